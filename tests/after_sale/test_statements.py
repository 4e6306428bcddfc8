"""How often the database is asked for one deed: the same few statements, however much is stored."""

import asyncio
from collections.abc import AsyncIterator, Awaitable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from tests.after_sale.counter import ITEM, Counter
from tests.watched import watched as watched_by
from xiaoer.after_sale.actions import clock
from xiaoer.after_sale.actions.open import open_case
from xiaoer.after_sale.model import CaseWish, Doer, LineWish
from xiaoer.clocks.ring import Ring
from xiaoer.plumbing.clock import new_id
from xiaoer.plumbing.db import Database
from xiaoer.plumbing.driver import Connection

OPEN, OFFER, ASK, REFUSE, READ, PAGE = 2, 4, 7, 5, 1, 1
"""Round trips, the end of the transaction among them: what is written last takes the commit along."""

ASKS = {"reason": "quality", "asked_minor": 1_000}
WAITS = (
    "select exists (select from pg_stat_activity where datname = current_database() "
    "and wait_event_type = 'Lock' and query like $1)"
)


@pytest.fixture
def asked() -> list[str]:
    """The first line of each statement, as it is sent."""
    return []


@pytest.fixture
async def watched(database: Database, database_url: str, asked: list[str]) -> AsyncIterator[Database]:
    """A second set of pools on the same database."""
    async with watched_by(database_url, asked, 2) as second:
        yield second


async def test_each_deed_costs_the_same_few_statements(
    watched: Database, owner: Connection, asked: list[str]
):
    counter = await Counter.open(watched, owner)

    async def round_trips(deed: Awaitable[Any]) -> int:
        asked.clear()
        await deed
        await asyncio.sleep(0)  # what was asked is written down a turn of the loop later
        return len(asked)

    async def every() -> list[int]:
        order = await counter.order("delivered", signed=timedelta(days=1))
        opens = await round_trips(counter.opened(order, "refund_only", **ASKS))
        case = (await counter.client("agent").get(counter.place("agent"), order="newest")).json["data"][0][
            "id"
        ]
        page = counter.client("agent").get(counter.place("agent"), order="due", limit=25)
        return [
            opens,
            await round_trips(counter.did("agent", case, "offer", {"amount_minor": 500})),
            await round_trips(counter.did("buyer", case, "ask", {"asked_minor": 900})),
            await round_trips(counter.did("agent", case, "refuse", {"reason": "used", "text": "不同意"})),
            await round_trips(counter.case(case)),
            await round_trips(page),
        ]

    first = [await every() for _ in range(2)]  # learns who may do what, the book, and which wordings are kept
    few = await every()
    more = [await every() for _ in range(8)]
    assert more == [few] * 8, first
    assert few == [OPEN, OFFER, ASK, REFUSE, READ, PAGE]
    stranger = counter.client("other_buyer")
    assert (await stranger.get(counter.place("other_buyer"))).json["data"] == []
    order = await counter.order("delivered", signed=timedelta(days=1), who="other_buyer")
    opens = counter.opened(order, "refund_only", who="other_buyer", **ASKS)
    assert await round_trips(opens) == OPEN, "the first case of somebody who never spoke with the shop"


async def test_cases_that_fall_due_together_are_locked_together(
    watched: Database, owner: Connection, asked: list[str]
):
    counter = await Counter.open(watched, owner)
    orders = [await counter.order("delivered", signed=timedelta(days=1)) for _ in range(5)]
    cases = [(await counter.opened(order, "refund_only", **ASKS))["id"] for order in orders]
    counter.now += timedelta(days=30)
    asked.clear()
    assert await counter.ringer.ring_awake(counter.now) == len(cases)
    assert asked.count("-- store.lock_cases") == 1
    for case in cases:
        timeline = (await counter.case(case))["timeline"]
        assert [one["event"] for one in timeline[:2]] == ["ask_money", "seller_silent"]


async def test_what_opening_answers_is_what_is_read_afterwards(database: Database, owner: Connection):
    counter = await Counter.open(database, owner)
    wish = {**ASKS, "text": "漏了", "client_id": "k1"}
    for who in ("buyer", "agent"):
        order = await counter.order("delivered", signed=timedelta(days=1))
        answer = await counter.asks(order, "refund_only", who=who, **wish)
        assert answer.status == 201, answer.body
        assert await counter.case(answer.json["id"], who) == answer.json
        again = await counter.asks(order, "refund_only", who=who, **wish)
        assert again.json == answer.json


async def test_what_an_offer_answers_is_what_is_read_afterwards(database: Database, owner: Connection):
    counter = await Counter.open(database, owner)
    order = await counter.order("delivered", signed=timedelta(days=1))
    case = (await counter.opened(order, "refund_only", **ASKS))["id"]
    for amount in (400, 500):
        wish = {"amount_minor": amount, "text": "请收下"}
        answer = await counter.did("agent", case, "offer", wish)
        assert answer == await counter.case(case)
        assert [one["state"] for one in answer["offers"]][-1] == "open"
        assert answer["timeline"][-1]["text"] == "请收下"
        await counter.did("buyer", case, "ask", {"asked_minor": 900})


async def test_an_offer_that_had_to_wait_tells_what_happened_meanwhile(database: Database, owner: Connection):
    counter = await Counter.open(database, owner)
    order = await counter.order("delivered", signed=timedelta(days=1))
    case = await counter.opened(order, "refund_only", **ASKS)
    async with (
        asyncio.timeout(60),
        asyncio.TaskGroup() as group,
        database.transaction(counter.tenant) as tx,
    ):
        due_at = datetime.fromisoformat(case["due_at"])
        ring = Ring(
            kind="warn", owner=UUID(case["id"]), name=case["clock"], shop=counter.shop, at=counter.now,
            due_at=due_at, body={"stage": 1},
        )  # fmt: skip
        await clock.rang(tx, [ring], counter.now)
        offer = group.create_task(counter.did("agent", case["id"], "offer", {"amount_minor": 500}))
        while not await owner.fetchval(WAITS, "%lock_whole%"):
            pass
    assert [one["event"] for one in offer.result()["timeline"]] == ["ask_money", "warned", "offer"]
    assert offer.result() == await counter.case(case["id"])


@pytest.mark.parametrize("before", [0, 1])
async def test_two_cases_of_an_order_at_once_are_not_about_the_same_goods(
    database: Database, owner: Connection, before: int
):
    counter = await Counter.open(database, owner)
    order = await counter.order("delivered", [ITEM | {"quantity": 1 + before}], signed=timedelta(days=1))
    buyer = counter.people["buyer"].id
    one = {"item": str(counter.items[order][0])}
    for _ in range(before):
        await counter.opened(order, "repair", reason="quality", lines=[one])
    wish = CaseWish(kind="repair", lines=[LineWish(counter.items[order][0])], reason="quality")
    async with (
        asyncio.timeout(60),
        asyncio.TaskGroup() as group,
        database.transaction(counter.tenant) as tx,
    ):
        await open_case(
            tx,
            Doer("buyer", buyer),
            wish,
            id=new_id(),
            shop=None,
            purchase=order,
            buyer=buyer,
            now=counter.now,
        )
        second = group.create_task(counter.asks(order, "repair", reason="quality", lines=[one]))
        while not await owner.fetchval(WAITS, "%hold_order%"):
            pass
    refused = second.result()
    assert (refused.status, refused.json["error"]["code"]) == (422, "after_sale.too_many")
