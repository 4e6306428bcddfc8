"""When an answer is due, and what every entry of a timeline does to that clock."""

from datetime import datetime, timedelta
from importlib.resources import files
from typing import Final, cast

from xiaoer.clocks.model import Deed, ReplyClock, ResponseProfile, Speaker, Starts, Turn
from xiaoer.kernel import table_text
from xiaoer.kernel.calendar import Calendar, NeverOpen, daily

REPLY_CLOCK: Final = table_text.load(
    (files("xiaoer.clocks") / "tables" / "reply_clock.toml").read_text("utf-8")
)


def reply_clock(
    asked_at: datetime, profile: ResponseProfile, calendar: Calendar, starts: Starts
) -> ReplyClock | None:
    """Return when an answer to a question is due, so that whoever keeps to it is in time in the figures.

    `starts` at the opening: when time next counts by the profile – the desk's opening, or for a profile with
    hours of its own the beginning of those, at once if it is within them (S-001, S-002). Such a profile
    counts time straight, others while the desk is open. None when the desk is closed for good: then nobody
    can be late.
    """
    target = timedelta(seconds=profile.target_seconds)
    early = target * profile.warn_percent / 100
    try:
        opens_at = calendar.next_open(asked_at)
        if profile.follows_calendar:
            warn_at, due_at = (calendar.add_business(opens_at, length) for length in (early, target))
            return ReplyClock(opens_at, warn_at, due_at, off_hours=starts == "opening")
    except NeverOpen:
        return None
    hours = daily(profile.name, calendar.zone, *profile.hours)
    starts_at = asked_at if starts == "now" else hours.next_open(asked_at)
    return ReplyClock(starts_at, starts_at + early, starts_at + target, off_hours=starts == "opening")


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
    decision = REPLY_CLOCK.decide(asked(speaker, at, calendar, waiting=waiting, counted=counted))
    deed = cast("Deed", decision.word("deed"))
    clock = None
    if deed == "start":
        clock = reply_clock(at, profile, calendar, cast("Starts", decision.word("starts")))
    return Turn(deed, decision.row, decision.version, clock, decision.flag("auto_answer"))


def asked(
    speaker: Speaker, at: datetime, calendar: Calendar, *, waiting: bool, counted: bool
) -> dict[str, object]:
    """The facts of the table."""
    desk = "open" if calendar.is_open(at) else "closed"
    return {"speaker": speaker, "counted": counted, "waiting": waiting, "desk": desk}
