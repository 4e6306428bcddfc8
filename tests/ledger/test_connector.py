"""A marketplace's own payment provider: a real little server, asked over HTTP, misbehaves like any other."""

import asyncio
import json
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import msgspec
import pytest

from tests.ledger.test_collections import look, order, wish_of
from tests.ledger.till import NOON, Till
from xiaoer.kernel.refusal import Refusal
from xiaoer.ledger import queries
from xiaoer.ledger.actions.paying import Payer, reconcile
from xiaoer.plumbing.db import Database
from xiaoer.plumbing.payments import PaymentUnclearError, PaymentWaitsError
from xiaoer.plumbing.payments_http import HttpPayments
from xiaoer.plumbing.signed import is_signed
from xiaoer.rulebook import actions as rulebook

KEY = b"k" * 32


@dataclass
class Provider:
    """It moves money once for each key; `manners` says how it behaves towards the next requests that move it:
    well, silent (it breaks the line after moving), refuse, wait (for the buyer), broken (answers nonsense).
    """

    manners: list[str] = field(default_factory=list)
    moved: dict[str, dict[str, Any]] = field(default_factory=dict)
    refused: set[str] = field(default_factory=set)
    waiting: dict[str, dict[str, Any]] = field(default_factory=dict)
    heard: list[tuple[dict[str, str], bytes]] = field(default_factory=list)
    address: str = ""

    async def __call__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = (await reader.readuntil(b"\r\n\r\n")).decode()
        pairs = (line.split(": ", 1) for line in head.split("\r\n")[1:] if line)
        headers = {name.lower(): value for name, value in pairs}
        body = await reader.readexactly(int(headers["content-length"]))
        self.heard.append((headers, body))
        said = self.answer(json.loads(body))
        if said is not None:
            status, words = said
            lines = f"HTTP/1.1 {status} Said\r\nContent-Length: {len(words)}\r\nConnection: close\r\n\r\n"
            writer.write(lines.encode() + words)
        writer.close()

    def answer(self, asked: dict[str, Any]) -> tuple[int, bytes] | None:
        key: str = asked.get("key", "")
        if asked["do"] == "statement":
            return 200, json.dumps({"lines": list(self.moved.values())}).encode()
        if asked["do"] == "find":
            return 200, json.dumps(self.known(key) or {"state": "unknown"}).encode()
        if (before := self.known(key)) is not None:
            return 200, json.dumps(before).encode()
        manner = self.manners.pop(0) if self.manners else "well"
        line = {
            "kind": asked["do"],
            "ref": f"pay-{len(self.moved) + 1}",
            "key": key,
            "amount_minor": asked["amount_minor"],
            "currency": asked["currency"],
            "at": NOON.isoformat(),
        }
        if manner == "broken":
            return 200, b"<html>"
        if manner == "unwell":
            return 503, b""
        if manner == "refuse":
            self.refused.add(key)
        elif manner == "wait":
            self.waiting[key] = line
        else:
            self.moved[key] = line
        return None if manner == "silent" else (200, json.dumps(self.known(key)).encode())

    def known(self, key: str) -> dict[str, Any] | None:
        if key in self.moved:
            return {"state": "done", "moved": self.moved[key]}
        if key in self.refused:
            return {"state": "refused", "word": "card_declined"}
        return {"state": "waits", "confirm_url": "https://pay.example/c"} if key in self.waiting else None


@asynccontextmanager
async def listening(provider: Provider) -> AsyncGenerator[Provider]:
    """The provider on a port of this machine until the block ends."""
    server = await asyncio.start_server(provider, "127.0.0.1")
    provider.address = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/pay"
    async with server:
        yield provider


@asynccontextmanager
async def connected(database: Database, *manners: str) -> AsyncGenerator[tuple[Till, Provider]]:
    """A till whose marketplace has connected this provider."""
    async with listening(Provider(list(manners))) as provider:
        till = await Till.open(database, balance=800)
        settings = till.program.services.settings

        def connect(_tenant: Any, address: str) -> HttpPayments:
            key = queries.payments_key(settings, till.tenant)
            return HttpPayments(address, key, local=True)

        till.payer.connected = connect
        async with database.transaction(till.tenant) as tx:
            await rulebook.set_value(
                tx, shop=None, name="ledger.provider_url", value=provider.address, reason="tests",
                author=till.buyer, now=NOON,
            )  # fmt: skip
        yield till, provider


async def test_a_refund_is_asked_for_signed_with_its_key(database: Database):
    async with connected(database) as (till, provider):
        payout = await till.order(300)
        await till.later(0)
        assert (await till.payout(payout.id)).state == "paid"
        [(headers, body)] = provider.heard
        asked = json.loads(body)
        assert (asked["do"], asked["amount_minor"], headers["idempotency-key"]) == ("refund", 300, payout.key)
        key = queries.payments_key(till.program.services.settings, till.tenant)
        signed = headers["x-xiaoer-signature"]
        seconds = int(signed.removeprefix("t=").partition(",")[0])
        at = NOON.fromtimestamp(seconds, NOON.tzinfo)
        assert is_signed(key, body, signed, at)
        assert not is_signed(key, body + b" ", signed, at)
        assert not is_signed(b"another", body, signed, at)
        assert not is_signed(key, body, signed, at + timedelta(minutes=6))
        assert await till.paid_out() == [], "the program's own provider was asked, too"


@pytest.mark.parametrize("manner", ["silent", "broken", "unwell"])
async def test_after_an_unclear_answer_it_is_moved_once(database: Database, manner: str):
    async with connected(database, manner) as (till, provider):
        payout, wish = await till.order(300), None
        await till.later(0)
        assert (await till.payout(payout.id)).state == "paying"
        provider.manners = [manner]
        wish = wish_of(till, minutes=600)
        await order(till, wish)
        await till.later(0)
        assert (await look(till, wish)).state == "asking"
        await till.later(600)
        assert (await till.payout(payout.id)).state == "paid"
        assert (await look(till, wish)).state == "taken"
        assert [(one["kind"], one["amount_minor"]) for one in provider.moved.values()].count(
            ("charge", 500)
        ) == 1
        assert len(provider.moved) == 2
        found = await reconcile(
            database, await till.payer.provider_for(till.tenant), till.tenant, NOON.date()
        )
        assert (found.agreed, found.differences) == (2, [])
        await till.prove()


async def test_a_refusal_has_its_word(database: Database):
    async with connected(database, "refuse", "refuse") as (till, _):
        payout, wish = await till.order(300), wish_of(till)
        await order(till, wish)
        await till.later(0)
        found = await look(till, wish)
        assert (found.state, found.trouble) == ("declined", "card_declined")
        refused = await till.payout(payout.id)
        assert (refused.state, refused.trouble) == ("refused", "card_declined")


async def test_a_buyer_who_confirms_late_is_found(database: Database):
    async with connected(database, "wait") as (till, provider):
        wish = wish_of(till)
        await order(till, wish)
        await till.later(0)
        found = await look(till, wish)
        assert (found.state, found.confirm_url) == ("asking", "https://pay.example/c")
        provider.moved[wish.key] = provider.waiting.pop(wish.key)
        await till.later(60)
        assert (await look(till, wish)).state == "taken"


async def test_another_amount_than_was_asked_is_not_believed(database: Database):
    async with connected(database, "silent") as (till, provider):
        wish = wish_of(till)
        await order(till, wish)
        await till.later(0)
        provider.moved[wish.key]["amount_minor"] = 5
        await till.later(60)
        found = await look(till, wish)
        assert (found.state, found.trouble) == ("asking", "amount_differs")


async def test_no_address_inside_is_asked() -> None:
    async with listening(Provider()) as provider:
        with pytest.raises(Refusal) as refused:
            await HttpPayments(provider.address, KEY).find("a", "k")
        assert refused.value.refused.code == "plumbing.address_forbidden"
        assert provider.heard == []


async def test_a_bare_202_means_that_the_buyer_is_waited_for() -> None:
    class Taking(Provider):
        def answer(self, asked: dict[str, Any]) -> tuple[int, bytes] | None:
            return (202, b"") if asked["do"] == "charge" else (200, b'{"state": "done"}')

    async with listening(Taking()) as provider:
        payments = HttpPayments(provider.address, KEY, local=True)
        with pytest.raises(PaymentWaitsError):
            await payments.charge(
                account="a", key="k", payment_ref=None, amount_minor=1, currency="CNY", until=NOON
            )
        with pytest.raises(PaymentUnclearError):
            await payments.find("a", "k")


async def test_the_program_connects_what_the_rulebook_names(database: Database):
    async with listening(Provider()) as provider:
        till = await Till.open(database, balance=800)
        payer = till.program.services.service(Payer)
        assert await payer.provider_for(till.tenant) is till.provider
        async with database.transaction(till.tenant) as tx:
            await rulebook.set_value(
                tx, shop=None, name="ledger.provider_url", value=provider.address, reason="tests",
                author=till.buyer, now=NOON,
            )  # fmt: skip
        assert isinstance(await payer.provider_for(till.tenant), HttpPayments)
        assert msgspec.structs.replace(till.program.services.settings, order_side_here=True).order_side_here
