import asyncio
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import ClassVar
from uuid import UUID, uuid4

import msgspec
import pytest

from tests import make
from xiaoer.identity.events import MembershipEnded
from xiaoer.plumbing import outbox_store
from xiaoer.plumbing.db import Database, Tx
from xiaoer.plumbing.driver import Connection
from xiaoer.plumbing.events import Event, publish
from xiaoer.plumbing.outbox import BACK_OFF, Batch, Outbox, Reactions


class Asked(Event, frozen=True):
    name: ClassVar[str] = "trial.asked"
    topic: ClassVar[str] = "trial:{number}"
    number: int


class Answered(Event, frozen=True):
    name: ClassVar[str] = "trial.answered"
    number: int


class World:
    """What reactions have done here, and a clock to set."""

    def __init__(self, database: Database, now: datetime) -> None:
        self.database = database
        self.now = now
        self.heard: list[object] = []
        self.fail: set[int] = set()
        self.tenants: list[tuple[UUID, str]] = []
        self.stirred = asyncio.Event()

    def outbox(self, reactions: Reactions) -> Outbox:
        return Outbox(self.database, reactions, now=lambda: self.now)

    async def ask(self, tenant: UUID, *numbers: int) -> None:
        async with self.database.transaction(tenant) as tx:
            await publish(tx, *(Asked(tenant=tenant, at=self.now, number=number) for number in numbers))

    async def on_asked(self, tx: Tx, event: Asked, now: datetime) -> None:
        seen = await tx.fetchrow("select plumbing.tenant(), current_user::text")
        assert seen is not None
        self.tenants.append((seen[0], seen[1]))
        await tx.execute(
            "insert into plumbing.dead_letter "
            "(tenant, reaction, name, topic, body, at, attempts, died_at, fault) "
            "values ($1, 'mark', $2, '', '', $3, 0, $3, '')",  # any table of the tenant will do as a witness
            tx.tenant,
            str(event.number),
            now,
        )
        if event.number in self.fail:
            raise ValueError(f"number {event.number}")
        self.heard.append(event.number)
        self.stirred.set()

    async def on_many(self, tx: Tx, events: Sequence[Asked], now: datetime) -> None:
        numbers = [event.number for event in events]
        if self.fail & set(numbers):
            raise ValueError(f"one of {numbers}")
        self.heard.append(numbers)

    async def on_asked_answer(self, tx: Tx, event: Asked, now: datetime) -> None:
        await publish(tx, Answered(tenant=tx.tenant, at=now, number=event.number))

    async def on_answered(self, tx: Tx, event: Answered, now: datetime) -> None:
        self.heard.append(f"answered {event.number}")


@pytest.fixture
def world(database: Database, now: datetime) -> World:
    return World(database, now)


async def marks(owner: Connection) -> list[str]:
    rows = await owner.fetch("select name from plumbing.dead_letter where reaction = 'mark' order by name")
    return [row[0] for row in rows]


async def waiting(database: Database) -> tuple[int, int, int]:
    async with database.system() as tx:
        found = await outbox_store.count_waiting(tx)
    return found.events, found.retries, found.dead


async def test_each_event_is_heard_once_in_order(world: World, tenant: UUID, owner: Connection) -> None:
    await world.ask(tenant, 1, 2, 3)
    outbox = world.outbox({Asked: (world.on_asked,)})
    assert await outbox.drain() == 3
    assert await outbox.drain() == 0
    assert world.heard == [1, 2, 3]
    assert await marks(owner) == ["1", "2", "3"]
    assert (await waiting(world.database))[:2] == (0, 0)


async def test_reactions_work_for_their_tenant_only(world: World, tenant: UUID, other_tenant: UUID) -> None:
    await world.ask(tenant, 1)
    await world.ask(other_tenant, 2)
    await world.ask(tenant, 3)
    await world.outbox({Asked: (world.on_asked,)}).drain()
    assert world.tenants == [
        (tenant, "xiaoer_app"),
        (tenant, "xiaoer_app"),
        (other_tenant, "xiaoer_app"),
    ]


async def test_a_batch_gets_the_events_of_one_tenant_together(
    world: World, tenant: UUID, other_tenant: UUID
) -> None:
    await world.ask(tenant, 1, 2)
    await world.ask(other_tenant, 3)
    await world.ask(tenant, 4)
    await world.outbox({Asked: (Batch(world.on_many),)}).drain()
    assert world.heard == [[1, 2, 4], [3]]


async def test_a_failure_spoils_no_neighbour_and_leaves_nothing(
    world: World, tenant: UUID, owner: Connection
) -> None:
    world.fail = {2}
    await world.ask(tenant, 1, 2, 3)
    await world.outbox({Asked: (world.on_asked, Batch(world.on_many))}).drain()
    assert [one for one in world.heard if one not in (1, 3)] == [[1], [3]]
    assert await marks(owner) == ["1", "3"]
    assert await waiting(world.database) == (0, 2, 2)


async def test_a_failed_reaction_is_tried_again_when_its_time_has_come(world: World, tenant: UUID) -> None:
    world.fail = {1}
    await world.ask(tenant, 1)
    outbox = world.outbox({Asked: (world.on_asked,)})
    await outbox.drain()
    world.fail = set()
    assert await outbox.drain() == 0
    world.now += BACK_OFF[0]
    assert await outbox.drain() == 1
    assert world.heard == [1]
    assert (await waiting(world.database))[:2] == (0, 0)


async def test_after_the_last_try_it_is_a_dead_letter_and_can_be_revived(
    world: World, tenant: UUID, owner: Connection
) -> None:
    world.fail = {1}
    await world.ask(tenant, 1)
    outbox = world.outbox({Asked: (Batch(world.on_many),)})
    await outbox.drain()
    for pause in BACK_OFF:
        assert await waiting(world.database) == (0, 1, 0)
        world.now += pause - timedelta(milliseconds=1)
        assert await outbox.drain() == 0
        world.now += timedelta(milliseconds=1)
        assert await outbox.drain() == 1
    assert await waiting(world.database) == (0, 0, 1)
    async with world.database.system() as tx:
        [dead] = await outbox_store.list_dead(tx)
        assert (dead.tenant, dead.attempts) == (tenant, 1 + len(BACK_OFF))
        assert "ValueError: one of [1]" in dead.fault
        assert await outbox_store.revive(tx, [dead.id], world.now) == 1
    world.fail = set()
    assert await outbox.drain() == 1
    assert world.heard == [[1]]
    assert await waiting(world.database) == (0, 0, 0)


async def test_what_a_reaction_publishes_is_told_and_heard(world: World, tenant: UUID) -> None:
    told: list[str] = []
    world.database.after_commit(lambda said: told.extend(one.name for one in said))
    await world.ask(tenant, 7)
    outbox = world.outbox({Asked: (world.on_asked_answer,), Answered: (world.on_answered,)})
    await outbox.drain()
    assert told == ["trial.asked", "trial.answered"]
    assert world.heard == ["answered 7"]


async def test_an_event_nobody_hears_is_cleared_away(world: World, tenant: UUID) -> None:
    await world.ask(tenant, 1)
    await world.outbox({}).drain()
    assert await waiting(world.database) == (0, 0, 0)


async def test_an_unreadable_event_is_buried_at_once(world: World, tenant: UUID, owner: Connection) -> None:
    await world.ask(tenant, 1, 2)
    await owner.execute("""update plumbing.outbox set body = '{"number": "two"}' where body like '%:2%'""")
    await world.outbox({Asked: (Batch(world.on_many),)}).drain()
    assert world.heard == [[1]]
    assert await waiting(world.database) == (0, 0, 1)


async def test_a_reaction_that_is_no_more_is_given_up(world: World, tenant: UUID) -> None:
    world.fail = {1}
    await world.ask(tenant, 1)
    await world.outbox({Asked: (world.on_asked,)}).drain()
    world.now += BACK_OFF[0]
    await world.outbox({}).drain()
    assert await waiting(world.database) == (0, 0, 1)


async def test_a_reaction_that_hangs_is_ended(world: World, tenant: UUID) -> None:
    async def hang(tx: Tx, event: Asked, now: datetime) -> None:
        await tx.execute("select pg_sleep(30)")

    await world.ask(tenant, 1)
    outbox = Outbox(
        world.database,
        {Asked: (hang, world.on_asked)},
        now=lambda: world.now,
        reaction_seconds=0.05,
    )
    await outbox.drain()
    assert world.heard == [1]
    assert await waiting(world.database) == (0, 1, 1)


async def test_two_workers_share_the_work(world: World, tenant: UUID) -> None:
    for start in range(0, 60, 10):
        await world.ask(tenant, *range(start, start + 10))
    workers = [
        Outbox(world.database, {Asked: (world.on_asked,)}, now=lambda: world.now, take_events=7)
        for _ in range(3)
    ]
    assert sum(await asyncio.gather(*(one.drain() for one in workers))) == 60
    assert sorted(number for number in world.heard if isinstance(number, int)) == list(range(60))


async def test_a_killed_worker_loses_nothing(world: World, tenant: UUID, owner: Connection) -> None:
    reached = asyncio.Event()

    async def die(tx: Tx, event: Asked, now: datetime) -> None:
        process = await tx.fetchval("select pg_backend_pid()")
        await owner.fetch("select pg_terminate_backend($1)", process)
        reached.set()
        await tx.execute("select pg_sleep(30)")

    await world.ask(tenant, 1)
    with pytest.raises(Exception, match="unavailable"):
        await world.outbox({Asked: (die,)}).drain()
    assert reached.is_set()
    assert await waiting(world.database) == (1, 0, 0)
    await world.outbox({Asked: (world.on_asked,)}).drain()
    assert world.heard == [1]


async def test_the_worker_runs_when_woken_and_stops_when_told(world: World, tenant: UUID) -> None:
    outbox = Outbox(world.database, {Asked: (world.on_asked,)}, now=lambda: world.now, poll_seconds=60)
    world.database.after_commit(lambda _: outbox.wake())
    running = asyncio.create_task(outbox.run())
    await world.ask(tenant, 1)
    await asyncio.wait_for(world.stirred.wait(), 10)
    outbox.stop()
    await asyncio.wait_for(running, 10)
    assert world.heard == [1]


async def test_a_commit_wakes_the_worker_of_the_whole_product_for_what_is_reacted_to(
    database: Database, tenant: UUID, now: datetime
) -> None:
    outbox = make.program(database).services.service(Outbox)
    async with database.transaction(tenant) as tx:
        await publish(tx, Asked(tenant=tenant, at=now, number=1))
    assert not outbox.is_awake  # nobody reacts to it
    async with database.transaction(tenant) as tx:
        await publish(tx, MembershipEnded(tenant=tenant, at=now, person=uuid4(), shop=uuid4()))
    assert outbox.is_awake


def test_one_reaction_cannot_be_named_twice(database: Database, now: datetime) -> None:
    world = World(database, now)
    with pytest.raises(ValueError, match="twice"):
        world.outbox({Asked: (world.on_asked, world.on_asked)})


async def test_the_body_holds_every_field(world: World, tenant: UUID, owner: Connection) -> None:
    await world.ask(tenant, 1)
    body = await owner.fetchval("select body from plumbing.outbox")
    assert msgspec.json.decode(body, type=Asked) == Asked(tenant=tenant, at=world.now, number=1)


_POST = (
    "select ledger.post($1, $2, 'trial', 'trial', $2, 'CNY', $3, null, '', null, "
    "array['marketplace', 'provider'], array[$1, $1]::uuid[], $4::bigint[])"
)


async def test_deferred_constraints_are_proved_as_the_reaction_and_fail_it_alone(
    world: World, tenant: UUID, owner: Connection
) -> None:
    async def on_asked_post(tx: Tx, event: Asked, now: datetime) -> None:
        amounts = [event.number, -event.number] if event.number not in world.fail else [event.number, 1]
        await tx.execute(_POST, tx.tenant, uuid4(), now, amounts)

    world.fail = {2}
    outbox = world.outbox({Asked: [on_asked_post]})
    await world.ask(tenant, 1, 2, 3)
    await outbox.drain()
    query = "select abs(amount_minor) from ledger.line where tenant = $1 and kind = 'provider' order by 1"
    assert [row[0] for row in await owner.fetch(query, tenant)] == [1, 3]
    assert await owner.fetchval("select count(*) from plumbing.retry where tenant = $1", tenant) == 1
