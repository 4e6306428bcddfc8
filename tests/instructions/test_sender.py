"""Sending to a marketplace's own order side: a real little server hears what is asked and answers."""

import asyncio
import hashlib
import hmac
import json
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import msgspec
import pytest

from tests import make
from tests.instructions.goods import Trade, trade
from tests.instructions.test_actions import CANCEL, say
from xiaoer.instructions import queries
from xiaoer.instructions.jobs import Sender
from xiaoer.instructions.model import Instructed
from xiaoer.instructions.queries import order_side_key
from xiaoer.plumbing.db import Database
from xiaoer.plumbing.signed import ANSWER_MAX_BYTES
from xiaoer.rulebook import actions as rulebook


@dataclass
class OrderSide:
    """It answers everything with `status` and `body`, and remembers what it heard."""

    status: int = 200
    body: bytes = b'{"state": "confirmed"}'
    address: str = ""
    heard: list[tuple[dict[str, str], bytes]] = field(default_factory=list)

    async def __call__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = (await reader.readuntil(b"\r\n\r\n")).decode()
        pairs = (line.split(": ", 1) for line in head.split("\r\n")[1:] if line)
        headers = {name.lower(): value for name, value in pairs}
        self.heard.append((headers, await reader.readexactly(int(headers["content-length"]))))
        lines = f"HTTP/1.1 {self.status} Said\r\nContent-Length: {len(self.body)}\r\nConnection: close\r\n"
        lines += "Location: http://elsewhere.example/\r\n" if self.status == 302 else ""
        writer.write(lines.encode() + b"\r\n" + self.body)
        writer.close()


@asynccontextmanager
async def listening(side: OrderSide) -> AsyncGenerator[OrderSide]:
    """The side on a port of this machine until the block ends."""
    server = await asyncio.start_server(side, "127.0.0.1")
    port = server.sockets[0].getsockname()[1]
    side.address = f"http://127.0.0.1:{port}/instructions"
    async with server:
        yield side


def sender(database: Database, *, here: bool = True) -> Sender:
    return Sender(database, msgspec.structs.replace(make.settings(), order_side_here=here))


@pytest.fixture
async def shop(database: Database) -> Trade:
    return await trade(database)


async def asked(database: Database, shop: Trade, side: OrderSide, now: datetime) -> Instructed:
    """A cancellation that waits to be sent to this side."""
    async with database.transaction(shop.tenant) as tx:
        await rulebook.set_value(
            tx,
            shop=None,
            name="instructions.order_side_url",
            value=side.address,
            reason="tests",
            author=shop.buyer,
            now=now,
        )
    return await say(database, shop, "P1", "cancel", CANCEL, now)


async def after(database: Database, shop: Trade, made: Instructed) -> Instructed:
    async with database.read(shop.tenant) as tx:
        return await queries.instruction(tx, made.id)


async def test_a_signed_request_is_sent_and_its_answer_is_done(
    database: Database, shop: Trade, now: datetime
):
    async with listening(OrderSide()) as side:
        made = await asked(database, shop, side, now)
        assert await sender(database).send_due(now) == 1
        done = await after(database, shop, made)
    assert done.state == "confirmed"
    assert (await shop.order(database, "P1")).state == "cancelled"
    [(headers, body)] = side.heard
    told: dict[str, Any] = json.loads(body)
    assert (told["id"], told["kind"], told["body"]) == (str(made.id), "cancel", {"reason": CANCEL.reason})
    assert headers["idempotency-key"] == made.key
    moment, _, signed = headers["x-xiaoer-signature"].removeprefix("t=").partition(",v1=")
    key = order_side_key(make.settings(), shop.tenant)
    assert hmac.new(key, f"{moment}.".encode() + body, hashlib.sha256).hexdigest() == signed


async def test_a_refusal_is_kept_with_its_words(database: Database, shop: Trade, now: datetime):
    words = json.dumps({"state": "refused", "words": "已出库"}).encode()
    async with listening(OrderSide(body=words)) as side:
        made = await asked(database, shop, side, now)
        await sender(database).send_due(now)
    done = await after(database, shop, made)
    assert (done.state, done.answer) == ("refused", "已出库")
    assert (await shop.order(database, "P1")).state == "paid"


async def test_what_is_taken_waits_for_its_answer_and_is_not_sent_again(
    database: Database, shop: Trade, now: datetime
):
    async with listening(OrderSide(status=202, body=b"")) as side:
        made = await asked(database, shop, side, now)
        await sender(database).send_due(now)
        await sender(database).send_due(now + timedelta(minutes=30))
        assert len(side.heard) == 1
    assert (await after(database, shop, made)).state == "asked"


@pytest.mark.parametrize(
    "side",
    [
        OrderSide(status=500, body=b""),
        OrderSide(status=302, body=b""),
        OrderSide(body=b"done"),
        OrderSide(body=b'{"state": "perhaps"}'),
        OrderSide(body=b" " * (ANSWER_MAX_BYTES + 1)),
    ],
    ids=["fault", "elsewhere", "no JSON", "unknown word", "too long"],
)
async def test_what_cannot_be_understood_is_sent_again_with_the_same_key(
    database: Database, shop: Trade, now: datetime, side: OrderSide
):
    async with listening(side):
        made = await asked(database, shop, side, now)
        assert await sender(database).send_due(now) == 1
        assert await sender(database).send_due(now) == 0, "it waits first"
        side.status, side.body = 200, b'{"state": "confirmed"}'
        assert await sender(database).send_due(now + timedelta(minutes=30)) == 1
    assert [headers["idempotency-key"] for headers, _ in side.heard] == [made.key] * 2
    assert (await after(database, shop, made)).state == "confirmed"


async def test_this_machine_is_asked_only_where_a_setting_allows_it(
    database: Database, shop: Trade, now: datetime
):
    async with listening(OrderSide()) as side:
        made = await asked(database, shop, side, now)
        assert await sender(database, here=False).send_due(now) == 1
        assert side.heard == []
    assert (await after(database, shop, made)).state == "asked"
