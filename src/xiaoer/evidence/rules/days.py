"""Which day gets its root next, and what is signed for it."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from xiaoer.evidence.model import FORMAT, Day, DayStatement
from xiaoer.evidence.rules import merkle, sign
from xiaoer.evidence.rules.sign import Signer


def local_day(at: datetime, zone: str) -> date:
    """The day of a moment in a marketplace."""
    return at.astimezone(ZoneInfo(zone)).date()


def bounds(day: date, zone: str) -> tuple[datetime, datetime]:
    """When a day begins and when the next one does."""
    here = ZoneInfo(zone)
    return datetime.combine(day, time(), here), datetime.combine(day + timedelta(days=1), time(), here)


def next_day(last: date | None, first_at: datetime | None, zone: str) -> date | None:
    """The day after the last that has its root, or the very first; None before anybody has spoken."""
    if last is not None:
        return last + timedelta(days=1)
    return None if first_at is None else local_day(first_at, zone)


def is_due(day: date, zone: str, now: datetime, delay: timedelta) -> bool:
    """Whether a day is over, and what was said in its last moments is written."""
    return bounds(day, zone)[1] + delay <= now


def day_of(
    marketplace: UUID, day: date, zone: str, hashes: Sequence[bytes], previous: Day | None, *, signer: Signer
) -> Day:
    """The signed root of a day over the hashes of its messages, which are in order."""
    root = merkle.root(hashes)
    before = None if previous is None else previous.root.hex()
    statement = sign.encode(DayStatement(FORMAT, marketplace, day, zone, len(hashes), root.hex(), before))
    return Day(day, len(hashes), root, statement, signer.sign(statement), b"".join(hashes))
