"""Clocks ring once, in order, whatever fails beside them."""

import asyncio
from datetime import UTC, datetime, timedelta
from uuid import UUID

from xiaoer.clocks import actions, queries
from xiaoer.clocks.jobs import Ringer
from xiaoer.clocks.ring import Ring
from xiaoer.plumbing import clock
from xiaoer.plumbing.db import Database, Tx

NOW = datetime(2026, 11, 11, 9, tzinfo=UTC)
SHOP = UUID(int=7)


class Heard:
    """Timers that write down what they heard, and fail when told to."""

    def __init__(self) -> None:
        self.rings: list[tuple[str, UUID]] = []
        self.failing: set[UUID] = set()

    async def hear(self, tx: Tx, ring: Ring, now: datetime) -> None:
        if ring.owner in self.failing:
            raise RuntimeError("the timer is broken")
        self.rings.append((ring.kind, ring.owner))


async def start(
    database: Database, tenant: UUID, owner: UUID, due: timedelta, warn: timedelta | None = None
) -> None:
    async with database.transaction(tenant) as tx:
        await actions.start(
            tx,
            owner=owner,
            name="reply",
            shop=SHOP,
            due_at=NOW + due,
            warn_at=None if warn is None else NOW + warn,
            now=NOW,
        )


async def running(database: Database, tenant: UUID, owner: UUID) -> int:
    async with database.read(tenant) as tx:
        return len(await queries.running(tx, [owner]))


async def test_a_clock_warns_then_rings_then_is_gone(database: Database, tenant: UUID) -> None:
    heard, owner = Heard(), clock.new_id()
    ringer = Ringer(database, {"reply": heard.hear})
    await start(database, tenant, owner, timedelta(minutes=5), timedelta(minutes=4))
    for minute, rings in ((3, []), (4, ["warn"]), (4, ["warn"]), (5, ["warn", "due"]), (6, ["warn", "due"])):
        await ringer.ring_awake(NOW + timedelta(minutes=minute))
        assert [kind for kind, _ in heard.rings] == rings
    assert await running(database, tenant, owner) == 0


async def test_what_fell_due_while_nobody_rang_is_due_without_a_late_warning(
    database: Database, tenant: UUID
) -> None:
    heard, owner = Heard(), clock.new_id()
    await start(database, tenant, owner, timedelta(minutes=5), timedelta(minutes=4))
    await Ringer(database, {"reply": heard.hear}).ring_awake(NOW + timedelta(hours=1))
    assert heard.rings == [("due", owner)]


async def test_a_stopped_clock_does_not_ring(database: Database, tenant: UUID) -> None:
    heard, owner = Heard(), clock.new_id()
    await start(database, tenant, owner, timedelta(minutes=5))
    async with database.transaction(tenant) as tx:
        assert await actions.stop(tx, owner, "reply")
        assert not await actions.stop(tx, owner, "reply")
    await Ringer(database, {"reply": heard.hear}).ring_awake(NOW + timedelta(hours=1))
    assert heard.rings == []


async def test_a_clock_set_anew_keeps_only_its_new_time(database: Database, tenant: UUID) -> None:
    heard, owner = Heard(), clock.new_id()
    ringer = Ringer(database, {"reply": heard.hear})
    await start(database, tenant, owner, timedelta(minutes=5))
    await start(database, tenant, owner, timedelta(minutes=9))
    await ringer.ring_awake(NOW + timedelta(minutes=6))
    assert heard.rings == []
    await ringer.ring_awake(NOW + timedelta(minutes=9))
    assert heard.rings == [("due", owner)]


async def test_two_ringers_at_once_ring_each_clock_once(
    database: Database, tenant: UUID, other_tenant: UUID
) -> None:
    heard = Heard()
    owners = [clock.new_id() for _ in range(100)]
    for number, owner in enumerate(owners):
        await start(database, tenant if number % 2 else other_tenant, owner, timedelta(seconds=number))
    ringers = [Ringer(database, {"reply": heard.hear}) for _ in range(3)]
    await asyncio.gather(*(ringer.ring_awake(NOW + timedelta(hours=1)) for ringer in ringers))
    assert sorted(owner for _, owner in heard.rings) == sorted(owners)


async def test_a_failing_timer_spoils_nobody_and_is_tried_again(database: Database, tenant: UUID) -> None:
    heard = Heard()
    good, bad = clock.new_id(), clock.new_id()
    heard.failing.add(bad)
    ringer = Ringer(database, {"reply": heard.hear})
    for owner in (good, bad):
        await start(database, tenant, owner, timedelta(minutes=1))
    later = NOW + timedelta(minutes=2)
    await ringer.ring_awake(later)
    assert ("due", good) in heard.rings
    assert await running(database, tenant, bad) == 1
    heard.failing.clear()
    before = len(heard.rings)
    await ringer.ring_awake(later)
    assert len(heard.rings) == before  # it waits out its pause
    await ringer.ring_awake(later + timedelta(seconds=2))
    assert heard.rings[before:] == [("due", bad)]


async def test_a_timer_may_start_the_same_clock_again(database: Database, tenant: UUID) -> None:
    owner = clock.new_id()

    async def again(tx: Tx, ring: Ring, now: datetime) -> None:
        await actions.start(tx, owner=ring.owner, name=ring.name, due_at=now + timedelta(minutes=5), now=now)

    await start(database, tenant, owner, timedelta(minutes=1))
    await Ringer(database, {"reply": again}).ring_awake(NOW + timedelta(minutes=1))
    assert await running(database, tenant, owner) == 1


async def test_a_warning_in_the_past_is_not_given(database: Database, tenant: UUID) -> None:
    heard, owner = Heard(), clock.new_id()
    await start(database, tenant, owner, timedelta(minutes=5), -timedelta(minutes=1))
    await Ringer(database, {"reply": heard.hear}).ring_awake(NOW + timedelta(minutes=1))
    assert heard.rings == []


async def test_every_shop_has_a_calendar_and_keeps_its_own(tx: Tx) -> None:
    shipped = await queries.calendar(tx, SHOP)
    assert shipped.version == 0
    assert shipped.calendar().is_open(datetime(2026, 11, 11, 1, 30, tzinfo=UTC))  # 09:30 in Shanghai
    own = {"zone": "Europe/Madrid", "week": {"monday": ["22:00-02:00"]}}
    assert await actions.save_calendar(tx, SHOP, own, UUID(int=1), NOW) == 1
    assert await actions.save_calendar(tx, SHOP, own, UUID(int=1), NOW) == 2
    kept = await queries.calendar(tx, SHOP)
    assert (kept.version, kept.calendar().zone) == (2, "Europe/Madrid")
