"""Money a buyer is to pay: whatever the provider does it is taken once, and never after its time."""

from datetime import timedelta
from typing import Any, get_args

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from tests.client import Client
from tests.ledger.till import Till
from xiaoer.kernel.machine import IllegalStep
from xiaoer.kernel.refusal import Refusal
from xiaoer.ledger import model, queries
from xiaoer.ledger.actions import collections
from xiaoer.ledger.actions.paying import reconcile
from xiaoer.ledger.machine import COLLECT, COLLECTION, CollectionEvent, CollectionState
from xiaoer.ledger.model import Collection, CollectionWish
from xiaoer.plumbing.clock import new_id
from xiaoer.plumbing.db import Database
from xiaoer.plumbing.payments_development import MOODS
from xiaoer.plumbing.signed import signature

Step = tuple[Any, ...]
# rows are events, columns are states; · marks a step that cannot happen
CELLS = """
         ordered   asking    taken  declined
ask      asking    asking    ·      ·
take     ·         taken     ·      ·
decline  ·         declined  ·      ·
"""


def _cells() -> list[tuple[str, str, str]]:
    head, *rows = [line.split() for line in CELLS.strip().splitlines()]
    return [(state, row[0], target) for row in rows for state, target in zip(head, row[1:], strict=True)]


@pytest.mark.parametrize(("state", "event", "target"), _cells())
def test_a_cell(state: str, event: str, target: str) -> None:
    if target == "·":
        with pytest.raises(IllegalStep):
            COLLECTION.step(CollectionState(state), CollectionEvent(event))
    else:
        assert COLLECTION.step(CollectionState(state), CollectionEvent(event)) == target


def test_every_cell_is_said_and_none_is_lost() -> None:
    assert len(_cells()) == len(CollectionState) * len(CollectionEvent) == 12
    assert COLLECTION.flaws() == ()
    assert COLLECTION.clocks == {COLLECT}
    assert get_args(model.CollectionState) == tuple(CollectionState)


def wish_of(till: Till, amount_minor: int = 500, *, minutes: int = 60, key: str = "") -> CollectionWish:
    fresh = new_id()
    return CollectionWish(
        id=fresh,
        key=key or f"case:{fresh}",
        shop=till.shop,
        buyer=till.buyer,
        purchase=None,
        payment_ref="alipay",
        amount_minor=amount_minor,
        currency="CNY",
        subject_kind="case",
        subject=fresh,
        until=till.now + timedelta(minutes=minutes),
    )


async def order(till: Till, wish: CollectionWish) -> Collection:
    return await till.database.run(till.tenant, lambda tx: collections.order_collection(tx, wish, till.now))


async def look(till: Till, wish: CollectionWish) -> Collection:
    async with till.database.read(till.tenant) as tx:
        found = await queries.collection(tx, wish.id)
    assert found is not None
    return found


async def held(till: Till) -> int:
    async with till.database.read(till.tenant) as tx:
        return sum(one.balance_minor for one in await queries.totals(tx) if one.kind == "held")


@pytest.fixture
async def till(database: Database) -> Till:
    return await Till.open(database, balance=800)


async def test_what_is_taken_is_put_aside_and_can_go_to_the_shop_once(till: Till):
    wish = wish_of(till)
    await order(till, wish)
    await till.later(0)
    assert (await look(till, wish)).state == "taken"
    assert await held(till) == 500
    for _ in range(2):
        await till.database.run(
            till.tenant,
            lambda tx: collections.give_to_shop(tx, wish.id, reason="exchange_difference", now=till.now),
        )
    assert (await held(till), (await till.funds()).balance_minor) == (0, 1_300)
    await till.prove()


async def test_one_key_is_one_wish(till: Till):
    wish = wish_of(till, key="k")
    assert (await order(till, wish)).id == (await order(till, wish)).id
    with pytest.raises(Refusal) as refused:
        await order(till, wish_of(till, 501, key="k"))
    assert refused.value.refused.code == "ledger.key_taken"


async def test_a_refusal_ends_it(till: Till):
    till.provider.behave("refuse")
    wish = wish_of(till)
    await order(till, wish)
    await till.later(0)
    found = await look(till, wish)
    assert (found.state, found.trouble) == ("declined", "account_closed")
    assert not await till.clocks(wish.id)
    assert (await till.paid_out(), await held(till)) == ([], 0)


@pytest.mark.parametrize("mood", ["time_out_before_paying", "die_before_paying", "pay_afterwards"])
async def test_after_its_time_nothing_is_taken(till: Till, mood: Any):
    wish = wish_of(till, minutes=1)
    till.provider.behave(mood)
    await order(till, wish)
    await till.later(0)
    assert (await look(till, wish)).state == "asking"
    await till.later(3_600)
    found = await look(till, wish)
    assert (found.state, found.trouble) == ("declined", "expired")
    assert await till.paid_out() == []


async def test_what_was_taken_in_time_is_found_later(till: Till):
    wish = wish_of(till, minutes=1)
    till.provider.behave("time_out_after_paying")
    await order(till, wish)
    await till.later(0)
    await till.later(3_600)
    assert (await look(till, wish)).state == "taken"
    assert await till.paid_out() == [(wish.key, -500)]


async def test_asked_twice_without_a_key_the_provider_takes_twice(till: Till):
    for _ in range(2):
        await till.provider.charge(
            account=str(till.tenant), key="", payment_ref=None, amount_minor=7, currency="CNY",
            until=till.now + timedelta(hours=1),
        )  # fmt: skip
    assert await till.paid_out() == [("", -7), ("", -7)]


async def test_reconciliation_covers_what_was_taken(till: Till):
    wish, stray = wish_of(till), wish_of(till)
    await order(till, wish)
    await till.order(300)
    await till.later(0)
    await till.provider.charge(
        account=str(till.tenant), key=stray.key, payment_ref=None, amount_minor=9, currency="CNY",
        until=stray.until,
    )  # fmt: skip
    found = await reconcile(till.database, till.provider, till.tenant, till.now.date())
    assert found.agreed == 2
    assert [(one.kind, one.theirs_minor) for one in found.differences] == [("unknown_here", -9)]
    assert (found.sums[0].ours_minor, found.sums[0].theirs_minor) == (-200, -209)


async def test_news_of_the_provider_has_it_asked_at_once(till: Till):
    wish = wish_of(till)
    till.provider.behave("time_out_after_paying")
    await order(till, wish)
    await till.later(0)
    assert (await look(till, wish)).state == "asking"
    door = f"/public/v1/payments/{till.tenant}/news"
    client = Client(till.program.app)
    body = f'{{"key":"{wish.key}"}}'.encode()
    false = {"x-xiaoer-signature": "t=1,v1=00"}
    refused = await client.request("POST", door, body=body, headers=false)
    assert (refused.status, refused.code) == (403, "ledger.signature_wrong")
    key = queries.payments_key(till.program.services.settings, till.tenant)
    right = {"x-xiaoer-signature": signature(key, body, till.now)}
    assert (await client.request("POST", door, body=body, headers=right)).status == 204
    strange = b'{"key": 7}'
    right = {"x-xiaoer-signature": signature(key, strange, till.now)}
    assert (await client.request("POST", door, body=strange, headers=right)).code == "ledger.news_unreadable"
    await till.later(0)
    assert (await look(till, wish)).state == "taken"


steps: st.SearchStrategy[Step] = st.one_of(
    st.tuples(st.just("order"), st.integers(1, 700), st.sampled_from((1, 30, 600))),
    st.tuples(st.just("mood"), st.sampled_from([mood for mood in MOODS if mood != "answer_late"])),
    st.tuples(st.just("later"), st.sampled_from((0, 30, 60, 600, 4000))),
    st.tuples(st.just("die")),
)


@example([("mood", "pay_afterwards"), ("order", 5, 1), ("later", 0), ("die",), ("later", 60)])
@given(st.lists(steps, max_size=12))
@settings(
    max_examples=15,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
async def test_random_lives(database: Database, life: list[Step]) -> None:
    till = await Till.open(database)
    wishes: list[CollectionWish] = []

    async def judge() -> None:
        await till.prove()
        found = [await look(till, wish) for wish in wishes]
        for one in found:
            running = [clock.name for clock in await till.clocks(one.id)]
            assert running == ([COLLECT] if one.state in {"ordered", "asking"} else [])
        paid = await till.paid_out()
        assert len({key for key, _ in paid}) == len(paid), "taken twice"
        taken = {one.key for one in found if one.state == "taken"}
        declined = {one.key for one in found if one.state == "declined"}
        assert taken <= {key for key, _ in paid}
        assert not declined & {key for key, _ in paid}, "taken after all"
        assert await held(till) == sum(one.amount_minor for one in found if one.state == "taken")

    for step in life:
        match step:
            case ("order", amount, minutes):
                wishes.append(wish_of(till, amount, minutes=minutes))
                await order(till, wishes[-1])
            case ("mood", mood):
                till.provider.behave(mood)
            case ("later", seconds):
                await till.later(seconds)
            case _:  # the process dies before anybody is asked: taken up, and forgotten
                await till.ringer.ring_awake(till.now)
                async with till.database.system() as tx:
                    await tx.execute("update ledger.collection set claimed = attempts where state = 'asking'")
        await judge()
    till.provider.recover()
    for _ in range(4):
        await till.later(4_000)
    await judge()
    assert {(await look(till, wish)).state for wish in wishes} <= {"taken", "declined"}
