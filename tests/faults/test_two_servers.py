"""Several processes on one database: what one commits, the clients of all see; any of them may die."""

from collections.abc import AsyncIterator

import msgspec
import pytest

from tests.faults.clients import say, until_closed
from tests.faults.installation import Installation, Process, until
from tests.faults.stage import Load, Stage, staged
from tests.served import free_port
from xiaoer.plumbing.driver import connect

WORDS = 25


@pytest.fixture
async def servers(installation: Installation, server: Process) -> AsyncIterator[list[Process]]:
    """Beside the one that does everything: one that only answers and one that only works."""
    answers = await installation.start("serve", "--no-jobs", port=free_port())
    works = installation.begin("work", port=free_port())
    yield [server, answers]
    for process in (answers, works):
        if process.alive:
            process.ask_to_end()
            await process.ended()


@pytest.fixture
async def shared(installation: Installation, servers: list[Process]) -> AsyncIterator[Stage]:
    async with staged(installation.database_url, lambda: servers[0].url) as made:
        yield made


async def test_clients_of_two_servers_share_every_timeline(servers: list[Process], shared: Stage):
    """Buyer and agent of each conversation sit at different servers; one server is killed on the way."""
    load = Load(shared, [server.url for server in servers])
    everything = WORDS * len(load.writers)
    async with load.going(WORDS):
        await load.reach(everything // 2)
        # everything of this one goes to the other, as a load balancer does
        for client in (*load.writers, *load.readers):
            client.account.url = servers[0].url
        servers[1].kill()
    assert load.acknowledged == everything


async def test_every_reaction_happens_once(installation: Installation, servers: list[Process], shared: Stage):
    """Two workers take turns with the outbox: nothing stays, nothing fails, every word is found once."""
    load = Load(shared, [server.url for server in servers])
    async with load.going(WORDS):
        pass
    looking = await connect(installation.database_url)
    try:

        async def done() -> bool:
            return not await looking.fetchval("select count(*) from plumbing.outbox")

        await until(done, "the outbox is empty")
        assert await looking.fetchval("select count(*) from plumbing.dead_letter") == 0
        found = await looking.fetchval(
            "select count(*) from conversations.search where tenant = $1 and shop = $2 and version > 0",
            shared.talk.tenant,
            shared.talk.shop,
        )
        total = sum([len(await shared.whole(conversation)) for conversation in shared.conversations])
        assert found == total
    finally:
        looking.terminate()


async def test_a_sign_out_at_one_server_ends_the_sockets_of_all(servers: list[Process], shared: Stage):
    conversation = shared.conversations[0]
    here, there = (shared.account(conversation, "buyer", server.url) for server in servers)
    async with there.socket() as socket, here.http() as http:
        await say(socket, t="sub", topic=there.topic, since=0)
        assert msgspec.json.decode(await socket.recv())["t"] == "subbed"
        before = await shared.whole(conversation)
        assert (await http.post("/public/v1/sign-out-everywhere")).status_code == 204
        assert await until_closed(socket) == 4001
        for server in servers:
            http.base_url = server.url
            answer = await http.post(here.entries, json={"client_id": "late", "text": "还在吗"})
            assert (answer.status_code, answer.json()["error"]["kind"]) == (401, "unauthenticated")
        assert await shared.whole(conversation) == before
