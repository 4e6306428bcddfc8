"""The doors of clocks and calendars on the wire."""

from datetime import datetime, timedelta
from typing import Annotated, Any
from uuid import UUID

import msgspec

from xiaoer.clocks import actions, queries
from xiaoer.clocks.model import Counts, ResponseProfile
from xiaoer.clocks.rules.profiles import PROFILES, own_profile, profile_of
from xiaoer.kernel.calendar import Calendar, NeverOpen
from xiaoer.kernel.calendar_text import CalendarError, parse, plain, span_text
from xiaoer.kernel.refusal import Refusal, Refused
from xiaoer.plumbing.http import Call
from xiaoer.rulebook import queries as rulebook

PREVIEW_DAYS = Annotated[int, msgspec.Meta(ge=1, le=62)]
Hours = Annotated[list[Annotated[str, msgspec.Meta(max_length=11)]], msgspec.Meta(max_length=24)]


class CalendarWish(msgspec.Struct, forbid_unknown_fields=True):
    """A calendar: hours such as "09:00-12:00" a weekday (past midnight: "22:00-02:00"), and special days."""

    zone: Annotated[str, msgspec.Meta(max_length=64)]
    week: dict[str, Hours]
    specials: dict[str, dict[str, Any]] = {}
    name: Annotated[str, msgspec.Meta(max_length=60)] = ""


class CalendarInForce(msgspec.Struct):
    """The calendar in force; version 0 is the shipped one."""

    calendar: dict[str, Any]
    version: int
    is_open: bool
    next_change: datetime | None


class Opening(msgspec.Struct):
    """One stretch of business time."""

    opens_at: datetime
    closes_at: datetime


class Openings(msgspec.Struct):
    """When the desk is open."""

    data: list[Opening]


class ProfileView(msgspec.Struct):
    """How a response profile counts; `in_use` for the one the shop has chosen (`sla.profile`)."""

    name: str
    in_use: bool
    target_seconds: int
    warn_percent: int
    hours: str
    follows_calendar: bool
    counts: Counts
    excluded: list[str]
    cap_seconds: int
    minimum: int
    minimum_per_day: bool
    window_days: int
    good_percent: int
    basis: str


class Profiles(msgspec.Struct):
    """The response profiles a shop may choose from."""

    data: list[ProfileView]


async def list_profiles(call: Call, shop: UUID) -> Profiles:
    """The response profiles: those that are shipped, and the one the shop puts together itself."""
    async with call.database.read(call.tenant) as tx:
        book = await rulebook.book(tx, shop, call.now)
    in_use = profile_of(book).name
    known = (*PROFILES.values(), own_profile(book))
    return Profiles([_shown(profile, in_use=profile.name == in_use) for profile in known])


def _shown(profile: ResponseProfile, *, in_use: bool) -> ProfileView:
    plain_fields = {
        name: getattr(profile, name) for name in ProfileView.__struct_fields__ if name != "in_use"
    }
    plain_fields |= {"hours": span_text(profile.hours), "excluded": sorted(profile.excluded)}
    return ProfileView(in_use=in_use, **plain_fields)


async def get_calendar(call: Call, shop: UUID) -> CalendarInForce:
    """The calendar of a shop and whether its desk is open now."""
    async with call.database.read(call.tenant) as tx:
        found = await queries.calendar(tx, shop)
    return _answer(dict(found.body), found.version, call.now)


async def put_calendar(call: Call, shop: UUID, data: CalendarWish) -> CalendarInForce:
    """Put a new calendar in force at once; the old ones are kept."""
    body = _checked(msgspec.to_builtins(data))
    version = await call.database.run(
        call.tenant, lambda tx: actions.save_calendar(tx, shop, body, call.actor.person, call.now)
    )
    return _answer(body, version, call.now)


async def get_openings(
    call: Call, shop: UUID, start: datetime | None = None, days: PREVIEW_DAYS = 14
) -> Openings:
    """When the desk of a shop is open in the coming days."""
    async with call.database.read(call.tenant) as tx:
        found = await queries.calendar(tx, shop)
    first = start or call.now
    periods = found.calendar().openings(first, first + timedelta(days=days))
    return Openings([Opening(opens, closes) for opens, closes in periods])


def _checked(body: dict[str, Any]) -> dict[str, Any]:
    try:
        return plain(parse(body))
    except CalendarError as error:
        raise Refusal(
            Refused("invalid", "clocks.wrong_calendar", facts={"troubles": "; ".join(error.troubles[:5])})
        ) from error


def _answer(body: dict[str, Any], version: int, now: datetime) -> CalendarInForce:
    calendar = queries.InForce(body, version).calendar()
    is_open = calendar.is_open(now)
    return CalendarInForce(body, version, is_open, next_change_of(calendar, now, is_open=is_open))


def next_change_of(calendar: Calendar, now: datetime, *, is_open: bool) -> datetime | None:
    """When the desk closes, or opens again; None when that never happens."""
    try:
        return calendar.next_close(now) if is_open else calendar.next_open(now)
    except NeverOpen:
        return None
