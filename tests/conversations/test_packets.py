"""A red packet in a conversation: a card of the sealed timeline and money put aside, or neither."""

from collections.abc import AsyncIterator
from typing import Any
from uuid import UUID

import pytest

from tests.compensation.purse import BALANCE, Purse
from tests.socket_client import page
from xiaoer.conversations.actions.committer import Committer
from xiaoer.conversations.actions.seen import Marker
from xiaoer.conversations.queries.chain import links
from xiaoer.conversations.rules.chain import first_fault
from xiaoer.plumbing.clock import new_id
from xiaoer.plumbing.db import Database
from xiaoer.plumbing.driver import Connection

MINE = "/public/v1/me/compensation"


@pytest.fixture
async def purse(database: Database, owner: Connection) -> AsyncIterator[Purse]:
    made = await Purse.open(database, owner)
    yield made
    await made.program.services.service(Marker).close()
    await made.program.services.service(Committer).close()


async def conversation(purse: Purse, who: str = "buyer") -> UUID:
    """A buyer asks something."""
    opened = await purse.client(who).post(f"/public/v1/shops/{purse.shop}/conversation")
    words = {"client_id": str(new_id()), "kind": "text", "text": "邮费谁出？"}
    path = f"/public/v1/conversations/{opened.json['id']}/entries"
    assert (await purse.client(who).post(path, words)).status == 201
    return UUID(opened.json["id"])


def packet(order: UUID, **more: Any) -> dict[str, Any]:
    wish: dict[str, Any] = {"id": str(new_id()), "order": str(order), "amount_minor": 500}
    return wish | {"purpose": "postage", "note": "补您的运费"} | more


def door(purse: Purse, talk: UUID) -> str:
    return f"/api/v1/shops/{purse.shop}/conversations/{talk}/red-packets"


async def test_a_packet_is_a_sealed_card_the_buyer_takes_and_both_sides_follow(purse: Purse):
    talk, order = await conversation(purse), await purse.order()
    async with page(purse.program.app, token=purse.tokens["buyer"]) as buyer:
        for topic in (f"conversation:{talk}", f"person:{purse.people['buyer'].id}"):
            await buyer.say(t="sub", topic=topic, since=1)
            await buyer.hear("subbed")
        wish = packet(order)
        answer = await purse.client("agent").post(door(purse, talk), wish)
        assert answer.status == 201, answer.body
        said = (await buyer.event("conversations.entry_added"))["entry"]
        assert (said["kind"], said["role"], said["text"]) == ("card", "agent", "补您的运费")
        card = said["body"]["card"]
        assert (card["kind"], card["id"], card["order_id"]) == ("red_packet", wish["id"], str(order))
        assert (card["amount_minor"], card["purpose"]) == (500, "postage")
        assert card["due_at"] == "2026-11-12T04:00:00+00:00"
        assert (await purse.client("buyer").post(f"{MINE}/{card['id']}/claim")).status == 200
        moved = await buyer.hear("event", lambda frame: frame["body"].get("state") == "paying")
        assert (moved["name"], moved["body"]["grant"]) == ("compensation.my_grant_moved", wish["id"])
    again = await purse.client("agent").post(door(purse, talk), wish)
    assert (again.status, again.json["id"]) == (201, said["id"])
    await purse.settle()
    shown = await purse.client("agent").get(f"/api/v1/shops/{purse.shop}/compensation/{wish['id']}")
    assert shown.json["grant"]["state"] == "given"
    assert await purse.funds() == (BALANCE - 500, 0, 0)
    async with purse.database.read(purse.tenant) as tx:
        chain = [link async for link in links(tx, purse.shop, talk)]
    assert first_fault(chain) is None
    assert [one.words.kind for one in chain if one.words is not None] == ["text", "card"]
    await purse.prove()


@pytest.mark.parametrize(
    ("code", "who", "wish"),
    [
        ("compensation.packet_too_large", "agent", {"amount_minor": 20_001}),
        ("compensation.tied_to_review", "agent", {"note": "给个五星好评，红包送您"}),
        ("compensation.words_not_sendable", "agent", {"note": "加我微信，我转给您"}),
        ("conversations.card_unknown", "agent", {"order": "other_buyer"}),
        ("identity.not_allowed", "officer", {}),
    ],
)
async def test_a_refused_packet_is_neither_money_nor_words(
    purse: Purse, code: str, who: str, wish: dict[str, Any]
):
    talk = await conversation(purse)
    order = await purse.order(who=wish.pop("order", "buyer"))
    answer = await purse.client(who).post(door(purse, talk), packet(order, **wish))
    assert answer.code == code, answer.body
    assert await purse.owner.fetchval('select count(*) from compensation."grant"') == 0
    assert await purse.owner.fetchval("select count(*) from conversations.entry") == 1
    assert await purse.funds() == (BALANCE, 0, 0)


async def test_whoever_may_not_speak_here_sends_no_packet(purse: Purse):
    """The words are refused after the packet was made: nothing of it stays."""
    talk, order = await conversation(purse), await purse.order()
    path = f"/api/v1/shops/{purse.shop}/conversations/{talk}/entries"
    words = {"client_id": str(new_id()), "kind": "text", "text": "您好，我来处理"}
    assert (await purse.client("manager").post(path, words)).status == 201
    await purse.owner.execute("update conversations.conversation set queue = null where id = $1", talk)
    answer = await purse.client("agent").post(door(purse, talk), packet(order))
    assert answer.status in {403, 404, 409}, answer.body
    assert await purse.owner.fetchval('select count(*) from compensation."grant"') == 0
    assert await purse.funds() == (BALANCE, 0, 0)


async def test_a_packet_nobody_took_went_back_and_cannot_be_taken(purse: Purse):
    talk, order = await conversation(purse), await purse.order()
    wish = packet(order)
    assert (await purse.client("agent").post(door(purse, talk), wish)).status == 201
    await purse.later(hours=24)
    mine = (await purse.client("buyer").get(f"{MINE}/{wish['id']}")).json["grant"]
    assert mine["state"] == "returned"
    late = await purse.client("buyer").post(f"{MINE}/{wish['id']}/claim")
    assert (late.status, late.code) == (409, "compensation.over")
    assert await purse.funds() == (BALANCE, 0, 0)
