"""PostgreSQL is killed while both sides write: clear refusals, recovery, nothing lost or doubled."""

import os
import signal
from pathlib import Path

import httpx
import msgspec
from websockets.asyncio.client import ClientConnection

from tests.faults.clients import say
from tests.faults.installation import Installation, Process, until
from tests.faults.stage import Load, Stage
from xiaoer.plumbing.driver import connect
from xiaoer.plumbing.faults import PostgresError

WORDS = 30
MAY_BE_SAID = {"conversations.not_sent", "plumbing.database_unavailable", "plumbing.database_busy"}


async def test_a_killed_postmaster_comes_back_and_nothing_is_lost(
    installation: Installation, server: Process, stage: Stage
):
    load = Load(stage)
    everything = WORDS * len(load.writers)
    async with load.going(WORDS):
        await load.reach(everything // 4)
        before = installation.postmaster
        os.kill(before, signal.SIGKILL)
        await until(lambda: installation.postmaster not in {0, before}, "PostgreSQL runs again")
        await load.reach(everything // 2)
    assert server.alive, "the server lives through it"
    assert load.acknowledged == everything
    assert {code for _, code in load.refusals} <= MAY_BE_SAID
    await server.ready()


async def test_killed_backends_cost_a_moment(installation: Installation, server: Process, stage: Stage):
    """PostgreSQL ends every backend when one dies: the shared memory may be spoilt."""
    load = Load(stage)
    everything = WORDS * len(load.writers)
    async with load.going(WORDS):
        await load.reach(everything // 4)
        looking = await connect(installation.database_url)
        victim = await looking.fetchval(
            "select pid from pg_stat_activity where application_name = 'xiaoer committer' limit 1"
        )
        looking.terminate()
        os.kill(victim, signal.SIGKILL)
        await until(lambda: not Path(f"/proc/{victim}").exists(), "the backend is gone")
    assert server.alive
    assert load.acknowledged == everything
    assert {code for _, code in load.refusals} <= MAY_BE_SAID


async def test_while_it_is_away_everything_is_refused_clearly(
    installation: Installation, server: Process, stage: Stage
):
    """Nobody starts it again for a while: 503 through both doors, and afterwards everything goes on."""
    account = stage.account(stage.conversations[0], "buyer")
    wish = {"client_id": "away", "text": "在吗"}
    framed = wish | {"client_id": "framed", "conversation_id": str(account.conversation)}
    keeper = installation.keeper
    async with account.http() as http, account.socket() as socket:
        os.kill(keeper, signal.SIGSTOP)  # whoever would start it again at once
        try:
            os.kill(installation.postmaster, signal.SIGKILL)
            await until(lambda: not_answering(installation), "the database is away")
            await say(socket, t="send", ref="framed", wish=framed)
            sent = await http.post(account.entries, json=wish)
            assert sent.status_code == 503
            assert sent.json()["error"]["code"] in MAY_BE_SAID
            assert sent.headers["retry-after"] == "1"
            refused = msgspec.json.decode(await socket.recv())
            assert (refused["ref"], refused["error"]["code"]) == ("framed", "conversations.not_sent")
            read = await http.get(account.entries)
            assert (read.status_code, read.json()["error"]["code"]) == (503, "plumbing.database_unavailable")
            async with httpx.AsyncClient(base_url=server.url) as probe:
                assert (await probe.get("/health/ready")).status_code == 503
                assert (await probe.get("/health/live")).status_code == 200
        finally:
            os.kill(keeper, signal.SIGCONT)
        await server.ready()
        assert (await http.post(account.entries, json=wish)).status_code == 201
        await say(socket, t="send", ref="again", wish=framed)  # the socket outlives the database
        await until_frame(socket, "again")
    entries = await stage.whole(account.conversation)
    assert [entry.text for entry in entries if entry.role == "buyer"] == ["在吗", "在吗"]


async def not_answering(installation: Installation) -> bool:
    try:
        (await connect(installation.database_url)).terminate()
    except (OSError, PostgresError):
        return True
    return False


async def until_frame(socket: ClientConnection, ref: str) -> None:
    while (frame := msgspec.json.decode(await socket.recv())).get("ref") != ref:
        pass
    assert frame["t"] == "ok", frame
