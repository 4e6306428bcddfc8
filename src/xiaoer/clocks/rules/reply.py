"""When an answer is due, and what every entry of a timeline does to that clock."""

from datetime import datetime, timedelta
from importlib.resources import files
from typing import Final, cast

from xiaoer.clocks.model import Deed, ReplyClock, ResponseProfile, Speaker, Turn
from xiaoer.kernel import table_text
from xiaoer.kernel.calendar import Calendar, NeverOpen

REPLY_CLOCK: Final = table_text.load(
    (files("xiaoer.clocks") / "tables" / "reply_clock.toml").read_text("utf-8")
)


def reply_clock(asked_at: datetime, profile: ResponseProfile, calendar: Calendar) -> ReplyClock | None:
    """Return when an answer to a question is due, counted while the desk is open (S-001, S-002).

    A question off hours is counted from the opening. None when the desk is closed for good: then nobody can
    be late.
    """
    target = timedelta(seconds=profile.target_seconds)
    try:
        starts_at = calendar.next_open(asked_at)
        due_at = calendar.add_business(starts_at, target)
    except NeverOpen:
        return None
    warn_at = calendar.add_business(starts_at, target * profile.warn_percent / 100)
    return ReplyClock(starts_at, warn_at, due_at, off_hours=starts_at > asked_at)


def turn(
    speaker: Speaker,
    at: datetime,
    profile: ResponseProfile,
    calendar: Calendar,
    *,
    waiting: bool,
    counted: bool,
) -> Turn:
    """Return what an entry does to the reply clock of its conversation (tables/reply_clock.toml).

    `waiting`: the buyer already waits for a person; `counted`: the entry is a message nobody leaves out.
    """
    desk = "open" if calendar.is_open(at) else "closed"
    decision = REPLY_CLOCK.decide({"speaker": speaker, "counted": counted, "waiting": waiting, "desk": desk})
    deed = cast("Deed", decision.word("deed"))
    clock = reply_clock(at, profile, calendar) if deed == "start" else None
    return Turn(deed, decision.row, decision.version, clock, decision.flag("auto_answer"))
