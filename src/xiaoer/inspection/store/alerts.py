"""How alerts are kept, and how the last lines of running talks are fetched."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from msgspec import Struct

from xiaoer.inspection.rules.alerts import LINES, Acknowledgement, Alert
from xiaoer.plumbing.db import Tx
from xiaoer.plumbing.sql import Statements


class RunningLine(Struct, frozen=True):
    """One of the last lines of a conversation's last consultation."""

    conversation: UUID
    shop: UUID
    number: int
    assignee: UUID | None
    closed_at: datetime | None
    version: int
    role: str
    person: UUID | None
    kind: str
    text: str
    at: datetime
    guard: Mapping[str, Any] | None
    recalls: int | None


class Place(Struct, frozen=True):
    """A line by its place."""

    conversation: UUID
    version: int


_statements: Final = Statements(__file__, "alerts.sql")
_windows = _statements.rows("windows", RunningLine)
_guarded = _statements.rows("guarded", Place)
_add = _statements.command("add_alert")
_open = _statements.rows("open_alerts", Alert)
_page = _statements.rows("alerts_page", Alert)
_find = _statements.rows("find_alert", Alert)
_acknowledge = _statements.command("acknowledge")


async def windows(tx: Tx, talks: Sequence[tuple[UUID, UUID, int]]) -> Sequence[RunningLine]:
    """The last lines of some conversations (shop, conversation, the line read last), each in its order."""
    shops, conversations, read = (list(column) for column in zip(*talks, strict=True))
    return await _windows.all(tx, shops=shops, conversations=conversations, read=read, lines=LINES)


async def guarded(tx: Tx, places: Sequence[tuple[UUID, UUID, int]]) -> Sequence[Place]:
    """Which of some lines (shop, conversation, version) the guard said something about."""
    shops, conversations, versions = (list(column) for column in zip(*places, strict=True))
    return await _guarded.all(tx, shops=shops, conversations=conversations, versions=versions)


async def add(tx: Tx, alert: Alert) -> bool:
    """Keep an alert; False when this consultation had one for this reason."""
    return bool(
        await _add.run(
            tx,
            shop=alert.shop,
            id=alert.id,
            conversation=alert.conversation,
            consultation=alert.consultation,
            reason=alert.reason,
            agent=alert.agent,
            version=alert.version,
            risk=alert.risk,
            percent=alert.percent,
            amount=alert.amount,
            why=list(alert.why),
            row=alert.row,
            basis=alert.basis,
            rules_version=alert.rules_version,
            model=alert.model,
            at=alert.at,
        )
    )


async def still_open(tx: Tx, shop: UUID, limit: int) -> Sequence[Alert]:
    """What nobody has acknowledged and still runs, the greatest risk first."""
    return await _open.all(tx, shop=shop, limit=limit)


async def page(
    tx: Tx,
    shop: UUID,
    *,
    conversation: UUID | None,
    consultation: int | None,
    before: UUID | None,
    limit: int,
) -> Sequence[Alert]:
    """Every alert of a shop, or of one consultation, the newest first."""
    return await _page.all(
        tx, shop=shop, conversation=conversation, consultation=consultation, before=before, limit=limit
    )


async def find(tx: Tx, shop: UUID, id: UUID) -> Alert | None:
    """An alert of a shop."""
    return await _find.first(tx, shop=shop, id=id)


async def acknowledge(tx: Tx, shop: UUID, id: UUID, done: Acknowledgement, *, by: UUID, at: datetime) -> bool:
    """Write down what somebody did; False when it was acknowledged before."""
    return bool(
        await _acknowledge.run(tx, shop=shop, id=id, person=by, at=at, did=done.did, note=done.note.strip())
    )
