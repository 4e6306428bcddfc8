"""Lines that break and readers that do not read: others notice nothing, and nothing is lost or doubled."""

import asyncio
import socket as sockets
from collections.abc import Awaitable, Callable

import msgspec
import pytest
from websockets.asyncio.client import ClientConnection

from tests.faults.clients import Account, Reader, Writer, say, until_closed
from tests.faults.installation import Process, until
from tests.faults.stage import Stage

LONG = "长" * 3_900
LONG_WORDS = 150
MEMORY_BYTES = 100_000_000


async def cut_in_a_frame(socket: ClientConnection) -> None:
    """Half a frame, then the line is gone."""
    socket.transport.write(b"\x81\xfe\x01\x00half")
    socket.transport.abort()


async def cut_after_sending(socket: ClientConnection) -> None:
    """Everything was said; the answer is not waited for."""
    socket.transport.abort()


async def cut_politely(socket: ClientConnection) -> None:
    """A page that is closed the moment its message is on the line."""
    await socket.close()


@pytest.mark.parametrize("cut", [cut_in_a_frame, cut_after_sending, cut_politely])
async def test_a_line_cut_before_the_answer_doubles_nothing(
    stage: Stage, cut: Callable[[ClientConnection], Awaitable[None]]
):
    """The client cannot know whether it was heard: it asks again with the same client id."""
    account = stage.account(stage.conversations[0], "buyer")
    writer = Writer(account, "cut", "frame")
    for number in range(5):
        async with account.socket() as socket:
            await say(socket, t="send", ref="r", wish=writer.wish(number))
            await cut(socket)
    async with Reader(account).watching() as reader:
        await writer.write(5)
        entries = await stage.whole(account.conversation)
        texts = [entry.text for entry in entries if entry.role == "buyer"]
        assert sorted(texts) == sorted(writer.wish(number)["text"] for number in range(5))
        await reader.reach(len(entries))


async def test_the_same_words_in_parallel_are_one_entry(stage: Stage):
    """A double click, an impatient client, two doors at once: one client id is one entry."""
    account = stage.account(stage.conversations[0], "buyer")
    wish = Writer(account, "same", "post").wish(0)

    async def by_frame() -> str:
        async with account.socket() as socket:
            await say(socket, t="send", ref="r", wish=wish)
            while (frame := msgspec.json.decode(await socket.recv()))["t"] != "ok":
                assert frame["t"] != "refused", frame
            return frame["entry"]["id"]

    async with account.http() as http:

        async def by_post() -> str:
            answer = await http.post(account.entries, json=wish)
            assert answer.status_code == 201, answer.text
            return answer.json()["id"]

        ids = await asyncio.gather(*(by_post() for _ in range(8)), *(by_frame() for _ in range(4)))
    assert len(set(ids)) == 1
    assert len([entry for entry in await stage.whole(account.conversation) if entry.role == "buyer"]) == 1


@pytest.mark.parametrize("side", ["buyer", "agent"])
async def test_two_tabs_of_one_person_write_and_show_the_same(stage: Stage, side: str):
    account = stage.account(stage.conversations[0], side)
    async with Reader(stage.account(stage.conversations[0], "agent")).watching():
        await until(stage.served, "the agent is at work")
        async with Reader(account).watching() as first, Reader(account).watching() as second:
            tabs = [Writer(account, "tab-one", "frame"), Writer(account, "tab-two", "post")]
            await asyncio.gather(*(tab.write(15) for tab in tabs))
            entries = await stage.whole(account.conversation)
            assert len([entry for entry in entries if entry.text.startswith("tab")]) == 30
            for tab in tabs:
                mine = [entry.text for entry in entries if entry.text.startswith(tab.name)]
                assert mine == [tab.wish(number)["text"] for number in range(15)]
            for screen in (first, second):
                await screen.reach(len(entries))
                assert [entry["id"] for entry in screen.shown.values()] == [
                    str(entry.id) for entry in entries
                ]


async def test_a_reader_who_never_reads_harms_nobody(server: Process, stage: Stage):
    """He is dropped when his queue is full, his line is given back, and he finds everything by fetching."""
    conversation = stage.conversations[0]
    account, other = stage.account(conversation, "buyer"), stage.account(conversation, "agent")
    memory, slow_before = server.memory_bytes, await server.metric('xiaoer_hub_dropped_total{why="slow"}')
    async with Reader(other).watching() as quick:
        await until(stage.served, "the agent is at work")
        stuck = sockets.socket()
        stuck.setsockopt(sockets.SOL_SOCKET, sockets.SO_RCVBUF, 4096)
        stuck.connect(("127.0.0.1", server.port))
        stuck.setblocking(False)
        async with account.socket(sock=stuck) as socket:
            await say(socket, t="sub", topic=account.topic, since=0)
            assert msgspec.json.decode(await socket.recv())["t"] == "subbed"
            socket.transport.pause_reading()
            port = socket.local_address[1]
            assert server.holds(port)
            await asyncio.gather(*(write_long(account, place) for place in range(4)))

            async def dropped() -> bool:
                return await server.metric('xiaoer_hub_dropped_total{why="slow"}') > slow_before

            await until(dropped, "he is dropped")
            await until(lambda: not server.holds(port), "his line is given back", within_seconds=15)
            entries = await stage.whole(conversation)
            await quick.reach(len(entries))
            assert server.memory_bytes - memory < MEMORY_BYTES
            socket.transport.resume_reading()
            assert await until_closed(socket) in {None, 4008}
        async with Reader(account).watching() as again:
            await again.reach(len(entries))


async def write_long(account: Account, place: int) -> None:
    async with account.http() as http:
        for number in range(LONG_WORDS):
            wish = {"client_id": f"long-{place}-{number}", "text": LONG}
            answer = await http.post(account.entries, json=wish)
            assert answer.status_code == 201, answer.text
