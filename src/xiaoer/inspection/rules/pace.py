"""How fast one consultation was answered, by the rounds of a shop's figures (M-001, M-003, M-010, M-011)."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from xiaoer.clocks.model import Line as Tick
from xiaoer.clocks.model import ResponseProfile, Round, Speaker
from xiaoer.clocks.rules.figures import INSTANT, response_of, rounds, waited
from xiaoer.inspection.model import Clocks
from xiaoer.inspection.rules.speech import Said
from xiaoer.kernel.calendar import Calendar, daily

NOBODY: Final = UUID(int=0)
_SPEAKERS: Final[dict[str, Speaker]] = {
    "buyer": "buyer",
    "agent": "agent",
    "manager": "agent",
    "officer": "officer",
    "bot": "robot",
    "auto": "auto",
    "system": "system",
}


def ticks_of(messages: Sequence[Said], consultation: int) -> tuple[Tick, ...]:
    """The messages as response time sees them; none of a talk whose log holds no times."""
    return tuple(
        Tick(one.line.at, _SPEAKERS[one.line.role], consultation)
        for one in messages
        if one.line.at is not None
    )


def clocks_of(
    messages: Sequence[Said],
    consultation: int,
    *,
    profile: ResponseProfile,
    calendar: Calendar,
    now: datetime,
) -> Clocks | None:
    """The rounds of one consultation by a profile; None where the log holds no times.

    What is left out, capped, and counted as late is the profile's affair, the same as in the shop's figures.
    """
    ticks = ticks_of(messages, consultation)
    if not ticks:
        return None
    timed = [(NOBODY, one, waited(one, profile, calendar, now)) for one in rounds(ticks, profile)]
    counted = response_of(timed, profile, calendar, "round")
    lasted = [*_lasted(timed, profile, calendar)]
    answered = [(one, seconds) for one, seconds in lasted if one.answered_at is not None]
    return Clocks(
        profile=profile.name,
        rounds=counted.timed_rounds,
        in_time=counted.in_time.numerator,
        left_out=counted.left_out,
        total_seconds=counted.total_seconds,
        first_seconds=next((seconds for one, seconds in answered if one.is_first), None),
        slowest_seconds=max((seconds for _, seconds in answered), default=None),
        slow_versions=_slow(messages, lasted, profile),
        lasted_seconds=tuple(seconds for _, seconds in answered),
    )


def _lasted(
    timed: Sequence[tuple[UUID, Round, timedelta]], profile: ResponseProfile, calendar: Calendar
) -> Iterator[tuple[Round, int]]:
    """The rounds the profile counts, with their seconds: none asked off hours, none answered at once."""
    hours = None if profile.follows_calendar else daily(profile.name, calendar.zone, *profile.hours)
    for _, one, took in timed:
        instant = one.answered_at is not None and took < INSTANT and "instant" in profile.excluded
        if not instant and (hours is None or hours.is_open(one.asked_at)):
            yield one, int(took.total_seconds())


def _slow(
    messages: Sequence[Said], lasted: Sequence[tuple[Round, int]], profile: ResponseProfile
) -> tuple[int, ...]:
    """The questions that waited longer than the profile allows."""
    late = {one.asked_at for one, seconds in lasted if seconds > profile.target_seconds}
    if not late:
        return ()
    return tuple(one.version for one in messages if one.is_buyer and one.line.at in late)
