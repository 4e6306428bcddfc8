"""What becomes of conversations whose agent is away."""

from datetime import timedelta

import pytest

from tests.conversations.talk import Talk
from xiaoer.plumbing.clock import new_id
from xiaoer.plumbing.db import Tx
from xiaoer.routing import actions as routing

PROCESS = new_id()


@pytest.fixture(autouse=True)
async def waits(talk: Talk) -> None:
    """The buyer waits in a queue that everybody serves; nobody is at work."""
    async with talk.database.transaction(talk.tenant) as tx:
        await routing.add_queue(tx, talk.shop, routing.QueueFields(name="所有人"), talk.now)
    await talk.said("buyer", "在吗")
    await talk.react()


async def comes(talk: Talk, who: str) -> None:
    async with talk.database.transaction(talk.tenant) as tx:
        await routing.arrive(tx, talk.shop, talk.people[who].id, PROCESS, talk.now)
    await talk.react()


async def goes(talk: Talk, who: str) -> None:
    person = talk.people[who].id

    async def settled(tx: Tx) -> None:
        await routing.leave(tx, talk.shop, person, PROCESS)
        await routing.settle(tx, talk.shop, person, grace=timedelta(0), now=talk.now)

    await talk.database.run(talk.tenant, settled)
    await talk.react()


async def test_what_a_manager_gives_to_somebody_who_is_away_is_his(talk: Talk):
    door = f"/api/v1/shops/{talk.shop}/conversations/{talk.conversation}"
    agent = talk.people["agent"].id
    answer = await talk.client("manager").post(f"{door}/assign", {"person_id": str(agent), "note": ""})
    assert answer.status == 200
    await talk.react()
    thread = await talk.thread()
    assert (thread.state, thread.assignee) == ("assigned", agent)
    await comes(talk, "agent")
    assert (await talk.thread()).assignee == agent


async def test_his_buyer_who_writes_is_given_to_somebody_else(talk: Talk):
    door = f"/api/v1/shops/{talk.shop}/conversations/{talk.conversation}"
    agent, colleague = talk.people["agent"].id, talk.people["colleague"].id
    await talk.client("manager").post(f"{door}/assign", {"person_id": str(agent), "note": ""})
    await comes(talk, "colleague")
    await talk.said("buyer", "还在吗")
    await talk.react()
    thread = await talk.thread()
    assert (thread.state, thread.assignee) == ("assigned", colleague)


async def test_whoever_was_away_and_comes_back_is_given_what_still_waits(talk: Talk):
    agent = talk.people["agent"].id
    await comes(talk, "agent")
    assert (await talk.thread()).assignee == agent
    await goes(talk, "agent")
    thread = await talk.thread()
    assert (thread.state, thread.assignee) == ("queued", None)
    await comes(talk, "agent")
    thread = await talk.thread()
    assert (thread.state, thread.assignee) == ("assigned", agent)
