"""Asking the order side: what is granted is written once and whole, what is refused writes nothing."""

from datetime import datetime, timedelta
from uuid import uuid4

import pytest

from tests import world
from tests.instructions.goods import Trade, order, trade
from xiaoer.clocks.jobs import Ringer
from xiaoer.instructions import queries
from xiaoer.instructions.actions import answers, settle
from xiaoer.instructions.actions.ask import ask
from xiaoer.instructions.events import InstructionConfirmed, InstructionRefused, InstructionStuck
from xiaoer.instructions.model import (
    AddressBody,
    Body,
    CancelBody,
    Instructed,
    Instruction,
    ItemsBody,
    Kind,
    NewItem,
    PaymentBody,
    RefundBody,
    ReturnBody,
)
from xiaoer.instructions.reactions import on_answer_rang
from xiaoer.kernel.refusal import Refusal
from xiaoer.plumbing.clock import new_id
from xiaoer.plumbing.db import Database
from xiaoer.plumbing.driver import Connection
from xiaoer.rulebook import actions as rulebook

CANCEL = CancelBody("no longer needed")


@pytest.fixture
async def shop(database: Database) -> Trade:
    return await trade(database)


async def say(  # noqa: PLR0917 - a sentence
    database: Database,
    shop: Trade,
    number: str,
    kind: Kind,
    body: Body,
    now: datetime,
    *,
    key: str | None = None,
) -> Instructed:
    wish = Instruction(
        id=new_id(),
        key=key or str(uuid4()),
        kind=kind,
        body=body,
        shop=shop.shop,
        purchase=shop.orders[number],
    )
    return await database.run(shop.tenant, lambda tx: ask(tx, wish, now))


async def swap(
    database: Database, shop: Trade, number: str, *pairs: tuple[int, str], method: str | None = "alipay_1"
) -> ItemsBody:
    found = await shop.order(database, number)
    return ItemsBody(
        [NewItem(found.items[place].id, shop.variants.get(new) or uuid4()) for place, new in pairs], method
    )


# ── granted ──────────────────────────────────────────────────────────────


async def test_a_cancelled_order_pays_back_what_was_paid(database: Database, shop: Trade, now: datetime):
    made = await say(database, shop, "G1", "cancel", CANCEL, now)
    assert (made.state, made.settled_at) == ("confirmed", now)
    after = await shop.order(database, "G1")
    assert (after.state, after.source_state, after.refunded_minor) == ("cancelled", "cancelled", 20600)
    assert after.marks.cancel_reason == "no longer needed"
    assert [(one.kind, one.method, one.amount_minor) for one in after.payments] == [
        ("payment", "gift_1", 20600),
        ("refund", "gift_1", 20600),
    ]
    assert await shop.balance(database) == 10000 + 20600


async def test_an_address_is_replaced_whole(database: Database, shop: Trade, now: datetime):
    await say(database, shop, "P1", "address", AddressBody({"text": "上海市南京路 2 号"}), now)
    assert (await shop.order(database, "P1")).address == {"text": "上海市南京路 2 号"}


async def test_an_order_side_that_settles_differences_pays_from_the_gift_card_and_back_to_it(
    database: Database, now: datetime
):
    shop = await trade(database, profile="retail")
    cheaper = await swap(database, shop, "P1", (0, "t20"), method="gift_1")
    await say(database, shop, "P1", "items", cheaper, now)
    after = await shop.order(database, "P1")
    assert (after.state, after.source_state) == ("paid", "paid (item modified)")
    assert after.marks.items_changed
    assert (after.total_minor, after.items[0].unit_price_minor, after.items[0].paid_minor) == (
        10600,
        3800,
        7600,
    )
    assert (after.items[0].external_id, after.items[0].options) == ("t20", {"净含量": "20g"})
    assert [(one.kind, one.amount_minor) for one in after.payments] == [("payment", 20600), ("refund", 10000)]
    assert await shop.balance(database) == 20000
    dearer = await swap(database, shop, "P2", (0, "t100"), method="gift_1")
    await say(database, shop, "P2", "items", dearer, now)
    assert (await shop.order(database, "P2")).total_minor == 35000
    assert await shop.balance(database) == 20000 - 14400


async def test_paying_otherwise_moves_the_whole_payment(database: Database, shop: Trade, now: datetime):
    await say(database, shop, "G1", "payment", PaymentBody("wechat_1"), now)
    after = await shop.order(database, "G1")
    assert [(one.kind, one.method, one.amount_minor) for one in after.payments] == [
        ("payment", "gift_1", 20600),
        ("payment", "wechat_1", 20600),
        ("refund", "gift_1", 20600),
    ]
    assert (after.paid_minor, after.refunded_minor) == (41200, 20600)
    assert await shop.balance(database) == 30600


async def test_a_delivered_order_is_marked_for_return_or_exchange(
    database: Database, shop: Trade, now: datetime
):
    found = await shop.order(database, "D1")
    body = ReturnBody([found.items[1].id, found.items[0].id], "gift_1")
    await say(database, shop, "D1", "return_requested", body, now)
    after = await shop.order(database, "D1")
    assert (after.state, after.source_state) == ("delivered", "return requested")
    assert after.marks.return_items == ["c1", "t50"]
    assert after.marks.return_payment_method_id == "gift_1"
    with pytest.raises(Refusal, match="asked_before"):
        await say(
            database, shop, "D1", "exchange_requested", await swap(database, shop, "D1", (0, "t20")), now
        )


async def test_an_exchange_keeps_its_difference_and_moves_no_money(
    database: Database, shop: Trade, now: datetime
):
    body = await swap(database, shop, "D1", (0, "t20"))
    await say(database, shop, "D1", "exchange_requested", body, now)
    marks = (await shop.order(database, "D1")).marks
    assert (marks.exchange_items, marks.exchange_new_items) == (["t50"], ["t20"])
    assert (marks.exchange_payment_method_id, marks.exchange_price_difference_minor) == ("alipay_1", -10000)
    assert len((await shop.order(database, "D1")).payments) == 1


async def test_refunds_are_noted_up_to_what_was_paid(database: Database, shop: Trade, now: datetime):
    await say(database, shop, "D1", "mark_refunded", RefundBody(20000), now)
    assert (await shop.order(database, "D1")).refunded_minor == 20000
    with pytest.raises(Refusal, match="more_than_paid"):
        await say(database, shop, "D1", "mark_refunded", RefundBody(601), now)
    await say(database, shop, "D1", "mark_refunded", RefundBody(600), now)


async def test_an_order_that_comes_again_is_as_its_sender_says(
    database: Database, shop: Trade, now: datetime
):
    from tests.orders.test_actions import take

    await say(database, shop, "P1", "address", AddressBody({"text": "上海"}), now)
    done = await take(database, shop.tenant, order("P1", "paid"))
    assert done.updated == 1
    assert (await shop.order(database, "P1")).address == {"text": "杭州市文三路 1 号"}


# ── once ─────────────────────────────────────────────────────────────────


async def test_asking_twice_with_one_key_asks_once(database: Database, shop: Trade, now: datetime):
    first = await say(database, shop, "G1", "cancel", CANCEL, now, key="k")
    again = await say(database, shop, "G1", "cancel", CANCEL, now, key="k")
    assert again == first
    assert len((await shop.order(database, "G1")).payments) == 2
    with pytest.raises(Refusal, match="key_reused"):
        await say(database, shop, "G1", "cancel", CancelBody("other"), now, key="k")


async def test_its_decision_can_be_explained(database: Database, shop: Trade, now: datetime):
    from xiaoer.rulebook import queries as book

    made = await say(database, shop, "P1", "cancel", CANCEL, now)
    async with database.read(shop.tenant) as tx:
        [why] = await book.why(tx, "instruction", made.id, "en")
    assert (why.table, why.row) == ("instructions.cancel", made.row_id)


# ── refused ──────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("number", "kind", "body", "code"),
    [
        ("S1", "cancel", CANCEL, "already_sent"),
        ("X1", "cancel", CANCEL, "already_cancelled"),
        ("S1", "address", AddressBody({"text": "x"}), "already_sent"),
        ("P1", "address", AddressBody({"text": "  "}), "address_incomplete"),
        ("P1", "payment", PaymentBody("alipay_1"), "method_same"),
        ("P1", "payment", PaymentBody("nobody's"), "method_unknown"),
        ("P1", "payment", PaymentBody("gift_1"), "balance_short"),
        ("P1", "return_requested", ReturnBody([uuid4()]), "not_delivered"),
        ("D1", "return_requested", ReturnBody([uuid4()]), "item_unknown"),
        ("P1", "items", ItemsBody([NewItem(uuid4(), uuid4())], "alipay_1"), "item_unknown"),
    ],
)
async def test_a_refusal_names_its_row_and_writes_nothing(  # noqa: PLR0917
    database: Database,
    shop: Trade,
    owner: Connection,
    now: datetime,
    number: str,
    kind: Kind,
    body: Body,
    code: str,
):
    before = await world.state(owner, tenant=shop.tenant)
    with pytest.raises(Refusal) as caught:
        await say(database, shop, number, kind, body, now)
    assert caught.value.refused.code == f"instructions.{code}"
    assert (caught.value.refused.row or "").startswith(f"instructions.{kind} ")
    after = await world.state(owner, tenant=shop.tenant)
    assert {name: rows for name, (rows, _) in after.items()} == {
        name: rows for name, (rows, _) in before.items()
    }


@pytest.mark.parametrize(
    ("pairs", "method", "code"),
    [
        ([(0, "c1")], "alipay_1", "variant_elsewhere"),
        ([(0, "t500")], "alipay_1", "variant_unavailable"),
        ([(0, "unheard of")], "alipay_1", "variant_unavailable"),
        ([(0, "t20"), (0, "t100")], "alipay_1", "item_unknown"),
        ([(0, "t20")], "nobody's", "method_unknown"),
        ([(0, "t20")], None, "method_unknown"),
        ([(0, "t100")], "gift_1", "balance_short"),
    ],
)
async def test_items_change_only_within_their_product_and_only_when_paid_for(  # noqa: PLR0917
    database: Database,
    shop: Trade,
    now: datetime,
    pairs: list[tuple[int, str]],
    method: str | None,
    code: str,
):
    before = await shop.order(database, "P1")
    with pytest.raises(Refusal, match=f"instructions.{code}"):
        await say(database, shop, "P1", "items", await swap(database, shop, "P1", *pairs, method=method), now)
    assert await shop.order(database, "P1") == before


async def test_items_change_once(database: Database, shop: Trade, now: datetime):
    await say(database, shop, "P1", "items", await swap(database, shop, "P1", (0, "t20")), now)
    with pytest.raises(Refusal, match="items_changed_before"):
        await say(database, shop, "P1", "items", await swap(database, shop, "P1", (0, "t50")), now)


# ── an order side of one's own ───────────────────────────────────────────


@pytest.fixture
async def outside(database: Database, shop: Trade, now: datetime) -> Trade:
    async with database.transaction(shop.tenant) as tx:
        await rulebook.set_value(
            tx,
            shop=None,
            name="instructions.order_side_url",
            value="http://127.0.0.1:9/orders",
            reason="tests",
            author=uuid4(),
            now=now - timedelta(days=30),
        )
    return shop


async def test_it_is_asked_and_its_yes_is_written_once(database: Database, outside: Trade, now: datetime):
    made = await say(database, outside, "P1", "cancel", CANCEL, now)
    assert (made.state, made.settled_at) == ("asked", None)
    assert (await outside.order(database, "P1")).state == "paid"
    async with database.transaction(outside.tenant) as tx:
        done = await answers.answered(tx, made.id, now, confirms=True, words=None)
        assert any(isinstance(event, InstructionConfirmed) for event in tx.published)
    assert done.state == "confirmed"
    async with database.transaction(outside.tenant) as tx:
        assert (await answers.answered(tx, made.id, now, confirms=True, words=None)).state == "confirmed"
        with pytest.raises(Refusal, match="not_waiting"):
            await answers.answered(tx, made.id, now, confirms=False, words=None)
    after = await outside.order(database, "P1")
    assert (after.state, len(after.payments)) == ("cancelled", 2)


async def test_its_no_changes_nothing_and_is_told(database: Database, outside: Trade, now: datetime):
    made = await say(database, outside, "P1", "cancel", CANCEL, now)
    async with database.transaction(outside.tenant) as tx:
        done = await answers.answered(tx, made.id, now, confirms=False, words="picked already")
        [told] = [event for event in tx.published if isinstance(event, InstructionRefused)]
    assert (done.state, done.answer, told.answer) == ("refused", "picked already", "picked already")
    assert (await outside.order(database, "P1")).state == "paid"


async def test_its_silence_is_chased_once_then_a_person_looks(
    database: Database, outside: Trade, owner: Connection, now: datetime
):
    made = await say(database, outside, "P1", "cancel", CANCEL, now)
    ringer = Ringer(database, {"instructions.answer": on_answer_rang})
    for minutes, state in ((31, "retried"), (62, "stuck")):
        await ringer.ring_awake(now + timedelta(minutes=minutes))
        async with database.read(outside.tenant) as tx:
            assert (await queries.instruction(tx, made.id)).state == state
    assert await owner.fetchval("select count(*) from clocks.clock where owner = $1", made.id) == 0
    assert InstructionStuck.name in [
        row[0] for row in await owner.fetch("select name from plumbing.outbox order by id")
    ]
    async with database.read(outside.tenant) as tx:
        assert [one.id for one in await queries.stuck(tx, outside.shop)] == [made.id]
    async with database.transaction(outside.tenant) as tx:
        assert (await settle.again(tx, outside.shop, made.id, now)).state == "retried"
        with pytest.raises(Refusal, match="not_waiting"):
            await settle.withdraw(tx, outside.shop, made.id, now)
    await ringer.ring_awake(now + timedelta(minutes=93))
    async with database.transaction(outside.tenant) as tx:
        assert (await settle.withdraw(tx, outside.shop, made.id, now)).state == "withdrawn"
