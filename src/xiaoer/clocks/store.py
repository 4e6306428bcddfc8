"""How clocks and calendars are kept."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final
from uuid import UUID

import msgspec

from xiaoer.clocks.ring import Ring
from xiaoer.plumbing.db import Tx
from xiaoer.plumbing.sql import Statements


class Running(msgspec.Struct, frozen=True):
    """A clock that runs."""

    owner: UUID
    name: str
    shop: UUID | None
    due_at: datetime
    warn_at: datetime | None
    body: dict[str, Any]


class Awake(msgspec.Struct, frozen=True):
    """Which clock wants to be looked at, whose it is, and when."""

    tenant: UUID
    owner: UUID
    name: str
    wake_at: datetime


class StoredCalendar(msgspec.Struct, frozen=True):
    """A calendar as it lies in the table."""

    body: dict[str, Any]
    version: int


_statements: Final = Statements(__file__)
_set_clock = _statements.command("set_clock")
_set_clock_instead = _statements.command("set_clock_instead")
_stop_clock = _statements.command("stop_clock")
_running = _statements.rows("running", Running)
_awake = _statements.rows("awake", Awake)
_lock_awake = _statements.rows("lock_awake", Running)
_pass_over = _statements.command("pass_over")
_put_off = _statements.command("put_off")
_calendar = _statements.rows("calendar", StoredCalendar)
_calendar_at = _statements.rows("calendar_at", StoredCalendar)
_insert_calendar = _statements.value("insert_calendar", int)


async def set_clock(
    tx: Tx,
    *,
    owner: UUID,
    name: str,
    shop: UUID | None,
    due_at: datetime,
    warn_at: datetime | None,
    body: Mapping[str, Any],
    now: datetime,
    instead_of: str | None = None,
) -> None:
    """Start a clock, or start it anew; another of the same owner stops. It travels with other writes."""
    statement, other = _set_clock, {}
    if instead_of is not None:
        statement, other = _set_clock_instead, {"instead_of": instead_of}
    await statement.later(
        tx,
        "clocks.clock",
        owner=owner,
        name=name,
        shop=shop,
        due_at=due_at,
        warn_at=warn_at,
        body=dict(body),
        now=now,
        **other,
    )


async def stop_clock(tx: Tx, owner: UUID, name: str) -> bool:
    """Stop a clock; False when it did not run."""
    return await _stop_clock.run(tx, owner=owner, name=name) == 1


async def running(tx: Tx, owners: Sequence[UUID]) -> Sequence[Running]:
    """The clocks of some owners, the first due first."""
    return await _running.all(tx, owners=list(owners))


async def awake(tx: Tx, now: datetime, limit: int) -> Sequence[Awake]:
    """What should be looked at now, of every tenant, and at the end the one that comes next (as system)."""
    return await _awake.all(tx, now=now, limit=limit)


async def lock_awake(tx: Tx, clocks: Sequence[Awake], now: datetime) -> Sequence[Running]:
    """Those of the clocks that still want to ring and that nobody else is ringing."""
    return await _lock_awake.all(
        tx, owners=[each.owner for each in clocks], names=[each.name for each in clocks], now=now
    )


async def pass_over(tx: Tx, rings: Sequence[Ring]) -> None:
    """What is due has rung and is gone; what has warned waits for its due time."""
    rung = [ring for ring in rings if ring.kind == "due"]
    warned = [ring for ring in rings if ring.kind == "warn"]
    await _pass_over.later(
        tx,
        "clocks.clock",
        None,
        rung=[ring.owner for ring in rung],
        rung_names=[ring.name for ring in rung],
        rung_due=[ring.due_at for ring in rung],
        warned=[ring.owner for ring in warned],
        warned_names=[ring.name for ring in warned],
        warned_due=[ring.due_at for ring in warned],
    )


async def put_off(tx: Tx, owner: UUID, name: str, now: datetime) -> None:
    """The timer failed; it is tried again after a growing pause."""
    await _put_off.run(tx, owner=owner, name=name, now=now)


async def calendar(tx: Tx, shop: UUID) -> StoredCalendar | None:
    """The newest calendar of a shop."""
    return await _calendar.first(tx, shop=shop)


async def calendar_at(tx: Tx, shop: UUID, moment: datetime) -> StoredCalendar | None:
    """The newest calendar a shop had at a moment."""
    return await _calendar_at.first(tx, shop=shop, moment=moment)


async def insert_calendar(
    tx: Tx, calendar_id: UUID, *, shop: UUID, body: Mapping[str, Any], author: UUID, now: datetime
) -> int:
    """Add the next version of a shop's calendar and return its number."""
    return await _insert_calendar.one(tx, id=calendar_id, shop=shop, body=dict(body), author=author, now=now)
