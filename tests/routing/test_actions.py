"""What routing writes, and what it refuses to write."""

import asyncio
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from xiaoer.kernel.refusal import Refusal
from xiaoer.plumbing import clock
from xiaoer.plumbing.db import Database, Tx
from xiaoer.routing import actions, queries
from xiaoer.routing.actions import QueueFields
from xiaoer.routing.model import Agent, AgentState

NOW = datetime(2026, 11, 11, 9, tzinfo=UTC)
GRACE = timedelta(seconds=45)
SHOP, PERSON, PROCESS = UUID(int=7), UUID(int=8), UUID(int=9)


async def online(tx: Tx, person: UUID = PERSON, capacity: int = 2) -> Agent:
    await actions.ensure_agent(tx, SHOP, person, capacity, NOW)
    agent = await actions.arrive(tx, SHOP, person, PROCESS, NOW)
    assert agent is not None
    return agent


async def test_a_shop_gets_its_first_queue_once(tx: Tx) -> None:
    [first] = await actions.ensure_queue(tx, SHOP, NOW)
    assert await actions.ensure_queue(tx, SHOP, NOW) == [first]


async def test_queues_are_opened_changed_and_closed(tx: Tx) -> None:
    sales = await actions.add_queue(
        tx, SHOP, QueueFields(name="售前", position=1, languages=["en", "en"]), NOW
    )
    care = await actions.add_queue(
        tx, SHOP, QueueFields(name="售后", position=0, overflow_queue=sales.id), NOW
    )
    assert [queue.name for queue in await queries.queues(tx, SHOP)] == ["售后", "售前"]
    assert sales.languages == ["en"]
    await actions.change_queue(tx, SHOP, care.id, QueueFields(name="售后", position=2), NOW)
    await actions.archive_queue(tx, SHOP, sales.id, NOW)
    assert [queue.id for queue in await queries.queues(tx, SHOP)] == [care.id]
    assert len(await queries.queues(tx, SHOP, archived=True)) == 2


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        (QueueFields(name="售前"), "routing.queue_name_taken"),
        (QueueFields(name="  "), "routing.queue_name_empty"),
        (QueueFields(name="x", overflow_queue=UUID(int=99)), "routing.unknown_queue"),
    ],
)
async def test_a_wrong_queue_is_refused_and_nothing_written(tx: Tx, fields: QueueFields, code: str) -> None:
    await actions.add_queue(tx, SHOP, QueueFields(name="售前"), NOW)
    before = await queries.queues(tx, SHOP)
    with pytest.raises(Refusal) as refused:
        await actions.add_queue(tx, SHOP, fields, NOW)
    assert refused.value.refused.code == code
    assert await queries.queues(tx, SHOP) == before


async def test_overflow_in_a_circle_is_refused(tx: Tx) -> None:
    one = await actions.add_queue(tx, SHOP, QueueFields(name="one"), NOW)
    two = await actions.add_queue(tx, SHOP, QueueFields(name="two", overflow_queue=one.id), NOW)
    with pytest.raises(Refusal) as refused:
        await actions.change_queue(tx, SHOP, one.id, QueueFields(name="one", overflow_queue=two.id), NOW)
    assert refused.value.refused.code == "routing.overflow_circle"


async def test_the_last_queue_and_one_that_is_needed_stay(tx: Tx) -> None:
    one = await actions.add_queue(tx, SHOP, QueueFields(name="one"), NOW)
    with pytest.raises(Refusal) as refused:
        await actions.archive_queue(tx, SHOP, one.id, NOW)
    assert refused.value.refused.code == "routing.last_queue"
    await actions.add_queue(tx, SHOP, QueueFields(name="two", overflow_queue=one.id), NOW)
    with pytest.raises(Refusal) as refused:
        await actions.archive_queue(tx, SHOP, one.id, NOW)
    assert refused.value.refused.code == "routing.queue_is_overflow"


async def test_only_agents_serve_a_queue(tx: Tx) -> None:
    queue = await actions.add_queue(tx, SHOP, QueueFields(name="one"), NOW)
    await online(tx)
    assert (await actions.set_members(tx, SHOP, queue.id, [PERSON, PERSON], NOW)).members == [PERSON]
    with pytest.raises(Refusal) as refused:
        await actions.set_members(tx, SHOP, queue.id, [UUID(int=77)], NOW)
    assert refused.value.refused.code == "routing.unknown_agent"
    assert (await queries.queues(tx, SHOP))[0].members == [PERSON]


async def test_capacity_holds(tx: Tx) -> None:
    await online(tx, capacity=2)
    assert [bool(await actions.take(tx, SHOP, PERSON, NOW)) for _ in range(3)] == [True, True, False]
    taken = await actions.take(tx, SHOP, PERSON, NOW, whatever_load=True)
    assert taken is not None
    assert taken.load == 3
    for _ in range(4):
        await actions.release(tx, SHOP, PERSON, NOW)
    agent = await queries.agent(tx, SHOP, PERSON)
    assert agent is not None
    assert agent.load == 0


@pytest.mark.parametrize("wished", [AgentState.BUSY, AgentState.AWAY, AgentState.OFFLINE])
async def test_only_who_is_online_is_given_work(tx: Tx, wished: AgentState) -> None:
    await online(tx)
    await actions.wish_state(tx, SHOP, PERSON, wished, grace=GRACE, now=NOW)
    assert await actions.take(tx, SHOP, PERSON, NOW) is None


async def test_the_state_follows_the_connection(tx: Tx) -> None:
    await actions.ensure_agent(tx, SHOP, PERSON, 2, NOW)
    wished = await actions.wish_state(tx, SHOP, PERSON, AgentState.ONLINE, grace=GRACE, now=NOW)
    assert wished.state is AgentState.OFFLINE
    arrived = await actions.arrive(tx, SHOP, PERSON, PROCESS, NOW)
    assert arrived is not None
    assert arrived.state is AgentState.ONLINE
    await actions.wish_state(tx, SHOP, PERSON, AgentState.AWAY, grace=GRACE, now=NOW)
    other = UUID(int=10)
    await actions.arrive(tx, SHOP, PERSON, other, NOW)
    await actions.leave(tx, SHOP, PERSON, PROCESS)
    still = await actions.settle(tx, SHOP, PERSON, grace=GRACE, now=NOW)
    assert still is not None
    assert still.state is AgentState.AWAY
    await actions.leave(tx, SHOP, PERSON, other)
    gone = await actions.settle(tx, SHOP, PERSON, grace=GRACE, now=NOW)
    assert gone is not None
    assert (gone.state, gone.wished_state) == (AgentState.OFFLINE, AgentState.AWAY)


async def test_a_silent_process_leaves_nobody_online(database: Database, tenant: UUID) -> None:
    async with database.transaction(tenant) as tx:
        await online(tx)
    async with database.transaction(tenant) as tx:
        gone = await actions.settle(tx, SHOP, PERSON, grace=GRACE, now=NOW + timedelta(minutes=2))
    assert gone is not None
    assert gone.state is AgentState.OFFLINE


async def test_many_at_once_never_pass_the_capacity(database: Database, tenant: UUID) -> None:
    async with database.transaction(tenant) as tx:
        await online(tx, capacity=5)

    async def one() -> bool:
        return await database.run(tenant, lambda tx: actions.take(tx, SHOP, PERSON, clock.now())) is not None

    assert sum(await asyncio.gather(*(one() for _ in range(12)))) == 5


async def test_who_leaves_the_shop_is_asked_no_more(tx: Tx) -> None:
    queue = await actions.add_queue(tx, SHOP, QueueFields(name="one"), NOW)
    await online(tx)
    await actions.set_members(tx, SHOP, queue.id, [PERSON], NOW)
    await actions.remove_agent(tx, SHOP, PERSON, NOW)
    assert await queries.agents(tx, SHOP) == []
    assert (await queries.queues(tx, SHOP))[0].members == []
