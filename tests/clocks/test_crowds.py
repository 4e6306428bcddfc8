"""Clocks that fall due together ring together: each once, whatever is stopped, broken or held among them."""

import asyncio
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from xiaoer.clocks import actions, queries
from xiaoer.clocks.jobs import TOGETHER, Crowd, Ringer
from xiaoer.clocks.ring import Ring
from xiaoer.clocks.rules.crowds import in_steps
from xiaoer.plumbing import clock
from xiaoer.plumbing.db import Database, Tx

NOW = datetime(2026, 11, 11, 9, tzinfo=UTC)
LATER = NOW + timedelta(hours=1)
CROWD = TOGETHER * 2 + 7


class Listener:
    """A crowd's timer that keeps what it heard; it breaks at some, and leaves some, as it is told."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.crowds: list[Sequence[Ring]] = []
        self.breaking: set[UUID] = set()
        self.leaving: set[UUID] = set()

    async def hear(self, tx: Tx, rings: Sequence[Ring], now: datetime) -> list[Ring]:
        left = [ring for ring in rings if ring.owner in self.leaving]
        rung = [ring for ring in rings if ring.owner not in self.leaving]
        for ring in rung:  # written in the transaction: what is undone was never heard
            await actions.start(tx, owner=ring.owner, name="heard", due_at=now + timedelta(days=1), now=now)
        self.crowds.append(rung)
        if self.breaking & {ring.owner for ring in rung}:
            await tx.execute("select 1 / 0")
        return left

    async def alone(self, tx: Tx, ring: Ring, now: datetime) -> None:
        self.crowds.append([ring])

    def ringer(self) -> Ringer:
        return Ringer(self.database, {"reply": Crowd(self.hear), "ignored": self.alone})


async def started(
    database: Database, tenant: UUID, owners: Sequence[UUID], name: str = "reply", warn: int | None = None
) -> None:
    async with database.transaction(tenant) as tx:
        for second, owner in enumerate(owners):
            await actions.start(
                tx,
                owner=owner,
                name=name,
                due_at=NOW + timedelta(minutes=5, seconds=second),
                warn_at=None if warn is None else NOW + timedelta(minutes=warn),
                now=NOW,
            )


async def running(database: Database, tenant: UUID, owners: Sequence[UUID], name: str) -> set[UUID]:
    async with database.read(tenant) as tx:
        return {each.owner for each in await queries.running(tx, owners) if each.name == name}


async def test_a_crowd_rings_together_and_each_once(database: Database, tenant: UUID) -> None:
    listener, owners = Listener(database), [clock.new_id() for _ in range(CROWD)]
    await started(database, tenant, owners)
    assert await listener.ringer().ring_awake(LATER) == CROWD
    assert [len(crowd) for crowd in listener.crowds] == [TOGETHER, TOGETHER, 7]
    assert [ring.owner for crowd in listener.crowds for ring in crowd] == owners
    assert await running(database, tenant, owners, "reply") == set()
    assert await listener.ringer().ring_awake(LATER) == 0


async def test_a_crowd_warns_and_falls_due(database: Database, tenant: UUID) -> None:
    listener, owners = Listener(database), [clock.new_id() for _ in range(3)]
    await started(database, tenant, owners, warn=4)
    for minute, kinds in ((3, []), (4, ["warn"] * 3), (4, ["warn"] * 3), (6, ["warn"] * 3 + ["due"] * 3)):
        await listener.ringer().ring_awake(NOW + timedelta(minutes=minute))
        assert [ring.kind for crowd in listener.crowds for ring in crowd] == kinds
    assert await running(database, tenant, owners, "reply") == set()


async def test_a_broken_and_a_stopped_one_spoil_nobody(database: Database, tenant: UUID) -> None:
    listener, owners = Listener(database), [clock.new_id() for _ in range(CROWD)]
    await started(database, tenant, owners)
    stopped, broken = owners[11], owners[40]
    async with database.transaction(tenant) as tx:
        assert await actions.stop(tx, stopped, "reply")
    listener.breaking.add(broken)
    good = set(owners) - {stopped, broken}
    assert await listener.ringer().ring_awake(LATER) == CROWD - 1
    assert await running(database, tenant, owners, "heard") == good
    assert await running(database, tenant, owners, "reply") == {broken}
    assert len(listener.crowds) < TOGETHER  # nobody paid for it with a transaction of his own, but a few
    listener.breaking.clear()
    listener.crowds.clear()
    assert await listener.ringer().ring_awake(LATER) == 0  # it waits out its pause
    assert await listener.ringer().ring_awake(LATER + timedelta(seconds=2)) == 1
    assert [ring.owner for crowd in listener.crowds for ring in crowd] == [broken]


async def test_what_is_left_rings_a_moment_later(database: Database, tenant: UUID) -> None:
    listener, owners = Listener(database), [clock.new_id() for _ in range(5)]
    await started(database, tenant, owners[:3])
    await started(database, tenant, owners[3:], warn=4)
    listener.leaving = {owners[1], owners[4]}
    at = NOW + timedelta(minutes=5, seconds=10)
    assert await listener.ringer().ring_awake(at) == 3
    assert await running(database, tenant, owners, "reply") == listener.leaving
    assert await listener.ringer().ring_awake(at) == 0
    listener.leaving.clear()
    assert await listener.ringer().ring_awake(at) == 2
    assert sorted(ring.owner for crowd in listener.crowds for ring in crowd) == sorted(owners)


async def test_a_warning_that_is_left_is_still_given(database: Database, tenant: UUID) -> None:
    listener, owner = Listener(database), clock.new_id()
    await started(database, tenant, [owner], warn=4)
    listener.leaving.add(owner)
    for _ in range(2):
        await listener.ringer().ring_awake(NOW + timedelta(minutes=4))
        listener.leaving.clear()
    assert [ring.kind for crowd in listener.crowds for ring in crowd] == ["warn"]


async def test_three_ringers_share_a_crowd(database: Database, tenant: UUID, other_tenant: UUID) -> None:
    listeners = [Listener(database) for _ in range(3)]
    owners = [clock.new_id() for _ in range(CROWD)]
    await started(database, tenant, owners)
    await started(database, other_tenant, owners)
    rung = await asyncio.gather(*(each.ringer().ring_awake(LATER) for each in listeners))
    while sum(rung) < 2 * CROWD:  # what one had, the other passed by
        rung.append(await listeners[0].ringer().ring_awake(LATER))
    heard = [ring.owner for each in listeners for crowd in each.crowds for ring in crowd]
    assert sorted(heard) == sorted(owners * 2)


async def test_a_crowd_may_start_its_clocks_again(database: Database, tenant: UUID) -> None:
    owners = [clock.new_id() for _ in range(3)]

    async def again(tx: Tx, rings: Sequence[Ring], now: datetime) -> list[Ring]:
        for ring in rings:
            await actions.start(tx, owner=ring.owner, name=ring.name, due_at=now + timedelta(days=1), now=now)
        return []

    await started(database, tenant, owners)
    await Ringer(database, {"reply": Crowd(again)}).ring_awake(LATER)
    assert await running(database, tenant, owners, "reply") == set(owners)


async def test_a_crowd_may_set_what_has_warned_to_warn_again(database: Database, tenant: UUID) -> None:
    owners, heard = [clock.new_id() for _ in range(3)], list[list[str]]()

    async def again(tx: Tx, rings: Sequence[Ring], now: datetime) -> list[Ring]:
        heard.append([ring.kind for ring in rings])
        for ring in rings:
            if not ring.body and ring.kind == "warn":
                await actions.start(
                    tx, owner=ring.owner, name=ring.name, due_at=ring.due_at, now=now,
                    warn_at=now + timedelta(seconds=30), body={"again": True},
                )  # fmt: skip
        return []

    await started(database, tenant, owners, warn=4)
    ringer = Ringer(database, {"reply": Crowd(again, anew=True)})
    for seconds in (240, 269, 270, 299, 310, 320):
        await ringer.ring_awake(NOW + timedelta(seconds=seconds))
    assert heard == [["warn"] * 3, ["warn"] * 3, ["due"] * 3]
    assert await running(database, tenant, owners, "reply") == set()


async def test_one_owner_hears_his_clocks_in_their_order(database: Database, tenant: UUID) -> None:
    listener, owners = Listener(database), [clock.new_id() for _ in range(3)]
    await started(database, tenant, owners[:1])
    await started(database, tenant, [owners[2], owners[1]], "ignored")
    await started(database, tenant, [owners[2], owners[2], owners[2], owners[1]])
    await listener.ringer().ring_awake(LATER)
    heard = [(ring.name, ring.owner) for crowd in listener.crowds for ring in crowd]
    assert [name for name, owner in heard if owner == owners[1]] == ["ignored", "reply"]
    assert [name for name, owner in heard if owner == owners[2]] == ["ignored", "reply"]


NAMES = ("reply", "snooze", "ignored")
OWNERS = [UUID(int=number) for number in range(1, 5)]


def ring(name: str, owner: UUID) -> Ring:
    return Ring(kind="due", owner=owner, name=name, shop=None, at=NOW, due_at=NOW, body={})


@given(st.lists(st.builds(ring, st.sampled_from(NAMES), st.sampled_from(OWNERS))))
def test_steps_keep_the_order_of_each_owner_and_of_what_rings_alone(rings: list[Ring]) -> None:
    together = {"reply", "snooze"}
    steps = in_steps(rings, together)
    flat = [each for step in steps for each in step]
    assert sorted(map(id, flat)) == sorted(map(id, rings))
    for owner in OWNERS:
        assert [one for one in flat if one.owner == owner] == [one for one in rings if one.owner == owner]
    for name in NAMES:
        assert [one for one in flat if one.name == name] == [one for one in rings if one.name == name]
    for step in steps:
        assert len({each.name for each in step}) == 1
        assert len(step) == 1 or step[0].name in together


def test_a_crowd_of_one_name_is_one_step_whatever_lies_between_of_other_owners() -> None:
    rings = [ring("reply", OWNERS[0]), ring("ignored", OWNERS[1]), ring("reply", OWNERS[2])]
    assert in_steps(rings, {"reply"}) == [[rings[0], rings[2]], [rings[1]]]
    assert in_steps(rings, set()) == [[rings[0]], [rings[1]], [rings[2]]]
    between = [ring("reply", OWNERS[0]), ring("ignored", OWNERS[1]), ring("reply", OWNERS[1])]
    assert in_steps(between, {"reply"}) == [[between[0]], [between[1]], [between[2]]]
