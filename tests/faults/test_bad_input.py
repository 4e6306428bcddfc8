"""Bad input at both doors of a real server: clear refusals with codes, nothing written, nobody disturbed."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any
from uuid import uuid4

import msgspec
import pytest
from websockets.asyncio.client import ClientConnection

from tests.faults.clients import Account, say, until_closed
from tests.faults.installation import Installation, Process
from tests.faults.stage import Stage, staged
from xiaoer.plumbing.driver import Connection, connect

KINDS = {400: "invalid", 401: "unauthenticated", 403: "not_allowed", 404: "not_found", 422: "refused"}
DEEP = "[" * 20_000 + "]" * 20_000
WORDS = (
    "conversations.",
    "orders.",
    "identity.",
    "plumbing.dead_letter",
    "clocks.",
    "routing.",
)
ITS_OWN = ("identity.session", "routing.agent", "routing.presence", "conversations.search")
"""What a server writes about who is connected and, a moment later, about what was said before."""


@pytest.fixture
async def owner(installation: Installation, server: Process) -> AsyncIterator[Connection]:
    connection = await connect(installation.database_url)
    yield connection
    connection.terminate()


async def counted(owner: Connection) -> dict[str, int]:
    """How many rows each table of the product has, once what was said before has had its consequences."""
    async with asyncio.timeout(20):
        while await owner.fetchval("select exists (select from plumbing.outbox)"):  # noqa: ASYNC110 - nobody tells
            await asyncio.sleep(0.02)
    tables = await owner.fetch(
        "select schemaname || '.' || tablename from pg_tables "
        "where schemaname not in ('pg_catalog', 'information_schema') order by 1"
    )
    names = [name for [name] in tables if name.startswith(WORDS) and not name.startswith(ITS_OWN)]
    return {name: await owner.fetchval(f"select count(*) from {name}") for name in names}


def wishes(stage: Stage, others: Stage) -> list[tuple[str, Any, set[int]]]:
    """What is wrong, the wish, and with which status it may be refused."""
    theirs = str(others.conversations[0])
    plain = {"client_id": "x", "text": "在吗"}
    return [
        ("nothing", {}, {400}),
        ("a list", [], {400}),
        ("text is a number", plain | {"text": 5}, {400}),
        ("text is an object", plain | {"text": {"a": 1}}, {400}),
        ("an unknown field", plain | {"admin": True}, {400}),
        ("an unknown kind", plain | {"kind": "system"}, {400}),
        ("a client id with a space", plain | {"client_id": "a b"}, {400}),
        ("a client id with a right-to-left mark", plain | {"client_id": "a\u202eb"}, {400}),
        ("a huge client id", plain | {"client_id": "x" * 1_000}, {400}),
        ("an id that is none", plain | {"kind": "file", "file_id": "../../etc/passwd"}, {400}),
        ("an unknown file", plain | {"kind": "file", "file_id": str(uuid4())}, {404, 422}),
        ("an unknown card", plain | {"kind": "card", "card": {"kind": "order", "id": theirs}}, {404, 422}),
        ("a reply to before the first", plain | {"reply_to": -1}, {400}),
        ("a reply to beyond counting", plain | {"reply_to": 2**63}, {400}),
        ("a wait of years", plain | {"hold_seconds": 10**9}, {400}),
        ("a time that is none", plain | {"send_at": "gestern"}, {400}),
        ("nothing but space", plain | {"text": " \n\t\u3000"}, {422}),
        ("nothing to be seen", plain | {"text": "\u200b\u200b\u2060\ufeff"}, {422}),
        ("nothing but NUL", plain | {"text": "\x00\x00"}, {400, 422}),
        ("nothing but turns of direction", plain | {"text": "\u202e\u202d\u2066\u2069"}, {422}),
        ("more than the limit", plain | {"text": "长" * 4_001}, {422}),
        ("another marketplace's conversation", plain | {"conversation_id": theirs}, {404}),
        ("a conversation of nobody", plain | {"conversation_id": str(uuid4())}, {404}),
    ]  # fmt: skip


async def frame_answer(socket: ClientConnection, ref: str) -> dict[str, Any]:
    async with asyncio.timeout(10):
        while True:
            frame = msgspec.json.decode(await socket.recv())
            if frame.get("ref") == ref:
                return frame


async def test_wishes_that_make_no_sense(installation: Installation, stage: Stage, owner: Connection):
    async with staged(installation.database_url, stage.url, 1) as others:
        account = stage.account(stage.conversations[0], "buyer")
        before = await counted(owner)
        async with account.http() as http:
            for what, wish, statuses in wishes(stage, others):
                answer = await http.post(account.entries, json=wish)
                assert answer.status_code in statuses, (what, answer.text)
                error = answer.json()["error"]
                assert error["kind"] == KINDS[answer.status_code], what
                assert error["code"].partition(".")[0] in {"plumbing", "conversations", "orders"}, what
                assert error["message"], what
        for what, wish, _ in wishes(stage, others):
            async with account.socket() as socket:
                addressed = (
                    {"conversation_id": str(account.conversation)} | wish if isinstance(wish, dict) else wish
                )
                await say(socket, t="send", ref="r", wish=addressed)
                answer = await frame_answer(socket, "r")
                assert answer["t"] == "refused", what
                assert answer["error"]["code"], what
        assert await counted(owner) == before


async def test_bodies_that_are_none(stage: Stage, owner: Connection, server: Process):
    account = stage.account(stage.conversations[0], "buyer")
    before = await counted(owner)
    json = {"content-type": "application/json"}
    bodies = [
        (b"", json),
        (b"{", json),
        (b'{"client_id":"x","text":"a"', json),
        (b'{"client_id":"x","text":"\\ud800"}', json),  # half of a pair
        (b'{"client_id":"x","text":"\xed\xa0\x80"}', json),  # the same, in bytes
        (b'{"client_id":"x","text":"\xff\xfe"}', json),
        (b'{"client_id":"x","text":NaN}', json),
        (DEEP.encode(), json),
        (b'{"client_id":"x","text":' + DEEP.encode() + b"}", json),
        (b'{"client_id":"x","text":"' + b"x" * 70_000 + b'"}', json),
        (b'{"client_id":"x","text":"a"}', {"content-type": "text/plain"}),
    ]
    async with account.http() as http:
        for body, headers in bodies:
            answer = await http.post(account.entries, content=body, headers=headers)
            assert answer.status_code in {400, 413, 415, 422}, (body[:60], answer.text)
            assert answer.json()["error"]["code"], body[:60]
    assert (await announce(account, server.port, 10**12)).startswith(b"HTTP/1.1 413")
    assert await counted(owner) == before
    assert (
        await server.metric('xiaoer_faults_total{route="/public/v1/conversations/{conversation}/entries"}')
        == 0
    )


async def announce(account: Account, port: int, length: int) -> bytes:
    """Announce a body of some length, send none of it, and read the first line of the answer."""
    reading, writing = await asyncio.open_connection("127.0.0.1", port)
    head = (
        f"POST {account.entries} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {account.token}\r\n"
        f"Content-Type: application/json\r\nContent-Length: {length}\r\n\r\n"
    )
    writing.write(head.encode())
    async with asyncio.timeout(10):
        line = await reading.readline()
    writing.close()
    return line


async def test_frames_that_are_none(stage: Stage, owner: Connection):
    account = stage.account(stage.conversations[0], "buyer")
    before = await counted(owner)
    async with account.socket() as socket:
        for text in (
            "",
            "{",
            "null",
            "[]",
            DEEP[:30_000],
            '{"t":"send"}',
            '{"t":"\\ud800"}',
            "\x00",
            '{"t":5}',
        ):
            await socket.send(text)
            async with asyncio.timeout(10):
                refused = msgspec.json.decode(await socket.recv())
            assert (refused["t"], refused["error"]["code"]) == ("refused", "plumbing.frame_malformed"), text[
                :20
            ]
        await socket.send(b"\xff\xfe\x00")
        assert msgspec.json.decode(await socket.recv())["t"] == "refused"
    for frame, code in (("x" * 70_000, 4009), ("x" * 300_000, 1009)):
        async with account.socket() as socket:
            await socket.send(frame)
            assert await until_closed(socket) == code
    async with account.socket() as socket:
        socket.transport.write(b"\x81\x84\x00\x00\x00\x00\xff\xfe\xfd\xfc")  # a text that is no UTF-8
        assert await until_closed(socket) in {1007, None}
    async with account.socket() as socket:  # nobody was disturbed
        await say(socket, t="ping")
        assert msgspec.json.decode(await socket.recv())["t"] == "pong"
    assert await counted(owner) == before


async def test_doors_of_others_stay_shut(installation: Installation, stage: Stage, owner: Connection):
    """With a good session and somebody else's ids: as if they did not exist."""
    async with staged(installation.database_url, stage.url, 1) as others:
        mine = stage.account(stage.conversations[0], "agent")
        before = await counted(owner)
        shops = {"mine": stage.talk.shop, "theirs": others.talk.shop, "nobody's": uuid4()}
        theirs = others.conversations[0]
        async with mine.http() as http:
            for shop in shops.values():
                base = f"/api/v1/shops/{shop}/conversations/{theirs}"
                for method, path, body in (
                    ("GET", base, None),
                    ("GET", f"{base}/entries", None),
                    ("GET", f"{base}/transcript", None),
                    ("POST", f"{base}/entries", {"client_id": "x", "text": "您好"}),
                    ("POST", f"{base}/notes", {"text": "看看"}),
                    ("POST", f"{base}/take", None),
                    ("POST", f"{base}/close", None),
                    ("POST", f"{base}/seen", {"version": 1}),
                ):
                    answer = await http.request(method, path, json=body)
                    assert answer.status_code == 404, (method, path, answer.text)
                    assert answer.json()["error"]["kind"] == "not_found"
        async with mine.socket() as socket:
            for topic in (f"conversation:{theirs}", f"desk:{theirs}", f"shop:{others.talk.shop}"):
                await say(socket, t="sub", topic=topic)
                assert (await frame_answer(socket, topic))["t"] == "refused", topic
            wish = {"client_id": "x", "conversation_id": str(theirs), "text": "您好"}
            await say(socket, t="send", ref="r", wish=wish)
            assert (await frame_answer(socket, "r"))["error"]["code"] == "conversations.not_found"
        assert await counted(owner) == before


async def test_a_session_that_ended_ends_its_sockets(stage: Stage, owner: Connection):
    account = stage.account(stage.conversations[0], "buyer")
    async with account.socket() as socket, account.http() as http:
        before = await counted(owner)
        assert (await http.post("/public/v1/sign-out-everywhere")).status_code == 204
        assert await until_closed(socket) == 4001
        answer = await http.post(account.entries, json={"client_id": "x", "text": "在吗"})
        assert (answer.status_code, answer.json()["error"]["code"]) == (401, "plumbing.session_ended")
    async with account.http() as http:
        http.headers["authorization"] = f"Bearer {account.token[:-1]}x"
        answer = await http.post(account.entries, json={"client_id": "x", "text": "在吗"})
        assert answer.status_code == 401
    assert await counted(owner) == before


HOSTILE = (
    "../../etc/passwd",
    "a\u202egnp.exe",
    "\u200b.png",
    "x" * 5_000 + ".txt",
    "a\r\nSet-Cookie: x=1.txt",
    "..",
)


async def test_hostile_names_of_files_are_tamed(stage: Stage):
    account: Account = stage.account(stage.conversations[0], "buyer")
    async with account.http() as http:
        for name in HOSTILE:
            query = {"conversation_id": str(account.conversation), "name": name}
            answer = await http.post("/public/v1/files", params=query, content=b"hello")
            assert answer.status_code in {201, 400}, (name, answer.text)
            if answer.status_code == 201:
                kept = answer.json()["name"]
                assert not set(kept) & set("/\\\r\n\u202e\u200b\x00"), kept
                assert len(kept) <= 255
                assert kept.strip("."), kept
