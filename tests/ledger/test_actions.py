"""What is written, charged and told; what is refused writes nothing."""

import asyncio
from datetime import timedelta

import pytest

from tests import make
from tests.ledger.till import NOON, Till, credit, funds, wish_of
from xiaoer.kernel.refusal import Refusal
from xiaoer.ledger import queries
from xiaoer.ledger.actions import payouts, posting
from xiaoer.ledger.events import FundsMoved, PayoutCancelled, PayoutFailed, PayoutPaid
from xiaoer.ledger.jobs import PayoutRunner
from xiaoer.ledger.model import AccountRef, Charge, Line, Posting, Source, Split
from xiaoer.plumbing.clock import new_id
from xiaoer.plumbing.db import Database, Tx
from xiaoer.plumbing.driver import Connection
from xiaoer.plumbing.faults import Broken
from xiaoer.plumbing.payments_development import Mood

RAW = (
    "insert into ledger.posting (tenant, id, reason, subject_kind, subject, currency, at) "
    "values ($1, $2, 'x', 'x', $2, 'CNY', now())"
)
LINE = (
    "insert into ledger.line (tenant, posting, kind, owner, currency, amount_minor, number, balance_minor) "
    "values ($1, $2, $3, $1, 'CNY', $4, $5, 0)"
)


def posting_of(*lines: Line) -> Posting:
    return Posting(
        id=new_id(),
        reason="test",
        subject_kind="case",
        subject=new_id(),
        lines=list(lines),
        currency="CNY",
        at=NOON,
    )


# ── the database's own proof ─────────────────────────────────────────────


async def test_the_database_refuses_a_posting_that_does_not_sum_to_zero(database: Database) -> None:
    till = await Till.open(database)

    async def post(amounts: tuple[int, ...]) -> None:
        async with database.transaction(till.tenant) as tx:
            await tx.execute(
                "select ledger.lock_accounts($1, '{insurer,marketplace}', array[$1, $1]::uuid[], 'CNY')",
                till.tenant,
            )
            this = new_id()
            await tx.execute(RAW, till.tenant, this)
            for kind, amount in zip(("insurer", "marketplace"), amounts, strict=False):
                await tx.execute(LINE, till.tenant, this, kind, amount, 1)

    for amounts in ((100, -99), (100, 100), (1,), ()):
        with pytest.raises(Broken) as broken:
            await post(amounts)
        assert broken.value.constraint == "posting_sums_to_zero"


async def test_the_database_refuses_a_line_added_to_an_old_posting(database: Database) -> None:
    till = await Till.open(database, balance=100)
    async with database.read(till.tenant) as tx:
        [line] = await queries.statement(tx, "shop_balance", till.shop, "CNY")
    with pytest.raises(Broken):
        async with database.transaction(till.tenant) as tx:
            await tx.execute(LINE, till.tenant, line.posting, "provider", 5, 99)
    await till.prove()


@pytest.mark.parametrize(
    "change",
    [
        "update ledger.line set amount_minor = 1",
        "delete from ledger.line",
        "update ledger.posting set reason = ''",
        "delete from ledger.posting",
        "delete from ledger.account",
        "update ledger.payout set amount_minor = 1",
        "delete from ledger.payout",
    ],
)
async def test_history_is_added_to_and_never_changed(tx: Tx, owner: Connection, change: str) -> None:
    with pytest.raises(Exception, match="permission denied"):
        await tx.execute(change)
    with pytest.raises(Exception, match="permission denied"):
        await owner.execute(f"begin; set local role xiaoer_system; {change}")
    await owner.execute("rollback")


async def test_no_shop_and_no_buyer_falls_below_zero(database: Database) -> None:
    till = await Till.open(database, balance=100)
    for kind in ("shop_balance", "shop_deposit", "buyer"):
        lines = (Line(AccountRef(kind, till.shop), -101), Line(AccountRef("provider", till.tenant), 101))
        with pytest.raises(Broken) as broken:
            async with database.transaction(till.tenant) as tx:
                await posting.post(tx, posting_of(*lines))
        assert broken.value.constraint == "account_not_overdrawn"
    await till.prove()


async def test_a_posting_with_the_same_id_is_made_once(tx: Tx) -> None:
    house, insurer = AccountRef("marketplace", tx.tenant), AccountRef("insurer", tx.tenant)
    wish = posting_of(Line(house, 7), Line(insurer, -7))
    assert [await posting.post(tx, wish), await posting.post(tx, wish)] == [True, False]
    assert {one.kind: one.balance_minor for one in await queries.balances(tx, tx.tenant)} == {
        "marketplace": 7,
        "insurer": -7,
    }


async def test_an_unbalanced_posting_is_refused_and_nothing_is_written(tx: Tx) -> None:
    with pytest.raises(Refusal, match=r"ledger\.not_balanced"):
        await posting.post(tx, posting_of(Line(AccountRef("marketplace", tx.tenant), 7)))
    assert list(await queries.totals(tx)) == []


# ── shops ────────────────────────────────────────────────────────────────


async def test_t031_a_shop_is_charged_from_balance_deposit_and_debt(tx: Tx) -> None:
    shop, house = new_id(), AccountRef("marketplace", tx.tenant)
    await credit(tx, shop, "balance", 1000)
    await credit(tx, shop, "deposit", 300)
    wish = Charge(
        id=new_id(),
        shop=shop,
        amount_minor=1500,
        currency="CNY",
        to=house,
        reason="penalty",
        subject_kind="case",
        subject=new_id(),
    )
    assert await posting.charge_shop(tx, wish, NOON) == Split(1000, 300, 200)
    assert await posting.charge_shop(tx, wish, NOON) == Split(1000, 300, 200)
    assert await funds(tx, shop) == (0, 0, 200)
    assert await credit(tx, shop, "deposit", 250) == Split(0, 50, 200)
    assert await funds(tx, shop) == (0, 50, 0)
    assert [type(one) for one in tx.published] == [FundsMoved] * 4


async def test_a_statement_shows_the_balance_after_each_line(tx: Tx) -> None:
    shop = new_id()
    for amount in (100, 200, 300):
        await credit(tx, shop, "balance", amount)
    lines = await queries.statement(tx, "shop_balance", shop, "CNY", limit=2)
    assert [(one.number, one.amount_minor, one.balance_minor) for one in lines] == [
        (3, 300, 600),
        (2, 200, 300),
    ]
    [first] = await queries.statement(tx, "shop_balance", shop, "CNY", before=2)
    assert (first.number, first.balance_minor) == (1, 100)


async def test_what_was_spent_meanwhile_is_charged_anew_when_a_top_up_is_taken_back(tx: Tx) -> None:
    shop = new_id()
    await credit(tx, shop, "balance", 1000)
    [line] = await queries.statement(tx, "shop_balance", shop, "CNY")
    await payouts.order_payout(tx, wish_of(shop, new_id(), 900), NOON)
    assert await posting.reverse(tx, line.posting, id=new_id(), reason="wrong", now=NOON)
    assert await funds(tx, shop) == (0, 0, 900)
    assert not await posting.reverse(tx, line.posting, id=new_id(), reason="wrong", now=NOON)


# ── payouts ──────────────────────────────────────────────────────────────


async def test_an_order_charges_the_shop_once_and_starts_its_clock(database: Database) -> None:
    till = await Till.open(database, balance=1000, deposit=100)
    first = await till.order(1050, key="case:1")
    again = await till.order(1050, key="case:1")
    assert first == again
    assert (first.state, first.attempts) == ("ordered", 0)
    funds = await till.funds()
    assert (funds.balance_minor, funds.deposit_minor, funds.debt_minor) == (0, 50, 0)
    assert await till.buyers() == 1050
    assert [(one.name, one.due_at) for one in await till.clocks(first.id)] == [("ledger.payout_retry", NOON)]
    assert await till.paid_out() == []


async def test_a_key_stands_for_one_wish(database: Database) -> None:
    till = await Till.open(database, balance=1000)
    await till.order(100, key="case:1")
    with pytest.raises(Refusal, match=r"ledger\.key_taken"):
        await till.order(101, key="case:1")
    assert (await till.funds()).balance_minor == 900
    await till.prove()


async def test_twins_that_order_at_once_get_one_payout(database: Database) -> None:
    till = await Till.open(database, balance=1000)
    made = await asyncio.gather(*(till.order(100, key="case:1") for _ in range(8)))
    assert len({one.id for one in made}) == 1
    assert (await till.funds()).balance_minor == 900


async def test_never_more_is_given_back_than_was_paid(database: Database) -> None:
    till = await Till.open(database, balance=10_000)
    purchase = new_id()

    async def order(amount: int, limit: int | None = 1000) -> bool:
        wish = wish_of(till.shop, till.buyer, amount, purchase=purchase, limit_minor=limit)
        try:
            await database.run(till.tenant, lambda tx: payouts.order_payout(tx, wish, NOON))
        except Refusal as refusal:
            return refusal.refused.code != "ledger.more_than_paid"
        return True

    done = await asyncio.gather(*(order(300) for _ in range(6)))
    assert sum(done) == 3
    assert not await order(101)
    assert await order(100)
    assert await order(500, limit=None)  # compensation is beside what was paid
    async with database.read(till.tenant) as tx:
        assert await queries.given_back(tx, purchase) == 1000
    await till.prove()


@pytest.mark.parametrize("source", ["marketplace", "insurer"])
async def test_others_bear_it_and_the_shop_keeps_its_money(database: Database, source: Source) -> None:
    till = await Till.open(database, balance=1000)
    await till.order(600, source=source)
    assert (await till.funds()).balance_minor == 1000
    async with database.read(till.tenant) as tx:
        held = {one.kind: one.balance_minor for one in await queries.balances(tx, till.tenant)}
    assert sum(amount for kind, amount in held.items() if kind == source) == -600


async def test_a_payout_is_paid_and_told_once(database: Database) -> None:
    till = await Till.open(database, balance=1000)
    ordered = await till.order(600, key="case:1")
    await till.later(0)
    paid = await till.payout(ordered.id)
    assert (paid.state, paid.attempts, paid.provider_ref, paid.paid_at) == ("paid", 1, "dev-1", NOON)
    assert await till.clocks(ordered.id) == []
    assert await till.buyers() == 0
    assert await till.paid_out() == [("case:1", 600)]
    async with database.transaction(till.tenant) as tx:
        found = await till.provider.find(str(till.tenant), "case:1")
        assert found
        assert await payouts.record_paid(tx, ordered.id, found, NOON) == paid
        assert tx.published == []
    await till.prove()


async def test_paid_although_nobody_said_so(database: Database) -> None:
    till = await Till.open(database, balance=1000)
    till.provider.behave("time_out_after_paying")
    ordered = await till.order(600)
    await till.later(0)
    waiting = await till.payout(ordered.id)
    assert (waiting.state, waiting.trouble, waiting.attempts) == ("paying", "time_out", 1)
    [clock] = await till.clocks(ordered.id)
    assert (clock.name, clock.due_at) == ("ledger.payout_retry", NOON + timedelta(seconds=30))
    await till.later(30)
    assert (await till.payout(ordered.id)).state == "paid"
    assert len(await till.paid_out()) == 1


@pytest.mark.parametrize(
    "mood", ["time_out_before_paying", "die_before_paying", "die_after_paying", "pay_afterwards"]
)
async def test_whatever_the_network_does_it_is_paid_once(database: Database, mood: Mood) -> None:
    till = await Till.open(database, balance=1000)
    till.provider.behave(mood, mood)
    ordered = await till.order(600)
    for seconds in (0, 30, 60, 120, 240):
        await till.later(seconds)
    assert (await till.payout(ordered.id)).state == "paid"
    assert [amount for _, amount in await till.paid_out()] == [600]
    await till.prove()


async def test_refused_for_good_people_hear_of_it_and_the_money_stays_reserved(database: Database) -> None:
    till = await Till.open(database, balance=1000)
    till.provider.behave("refuse")
    ordered = await till.order(600)
    async with database.transaction(till.tenant) as tx:
        await payouts.clock_rang(tx, ordered.id, NOON)
    async with database.transaction(till.tenant) as tx:
        refused = await payouts.record_refused(tx, ordered.id, 1, "account_closed", NOON)
        assert [type(one) for one in tx.published] == [PayoutFailed]
    assert (refused.state, refused.trouble) == ("refused", "account_closed")
    assert await till.buyers() == 600
    [clock] = await till.clocks(ordered.id)
    assert (clock.name, clock.due_at) == ("ledger.payout_reminder", NOON + timedelta(hours=24))
    async with database.read(till.tenant) as tx:
        assert [one.id for one in await queries.open_payouts(tx, stuck=True, attempts=6)] == [ordered.id]


async def test_tried_again_by_hand_it_gets_a_new_key_and_is_paid(database: Database) -> None:
    till = await Till.open(database, balance=1000)
    till.provider.behave("refuse")
    ordered = await till.order(600, key="case:1")
    await till.later(0)
    async with database.transaction(till.tenant) as tx:
        await payouts.retry(tx, ordered.id, till.now)
    assert [one.name for one in await till.clocks(ordered.id)] == ["ledger.payout_retry"]
    await till.later(0)
    assert (await till.payout(ordered.id)).state == "paid"
    assert await till.paid_out() == [("case:1#2", 600)]
    await till.prove()


async def test_called_off_the_money_goes_back_to_whom_it_came_from(database: Database) -> None:
    till = await Till.open(database, balance=500, deposit=50)
    till.provider.behave("refuse")
    ordered = await till.order(600)
    assert (await till.funds()).debt_minor == 50
    await till.later(0)
    async with database.transaction(till.tenant) as tx:
        done = await payouts.cancel(tx, ordered.id, author=None, note="wrong account", now=till.now)
        assert [type(one) for one in tx.published if not isinstance(one, FundsMoved)] == [PayoutCancelled]
    assert done.state == "cancelled"
    funds = await till.funds()
    assert (funds.balance_minor, funds.deposit_minor, funds.debt_minor) == (500, 50, 0)
    assert await till.buyers() == 0
    assert await till.clocks(ordered.id) == []
    await till.prove()


async def test_nobody_calls_off_what_may_have_been_paid(database: Database) -> None:
    till = await Till.open(database, balance=1000)
    till.provider.behave("time_out_after_paying")
    ordered = await till.order(600)
    await till.later(0)
    with pytest.raises(Refusal, match=r"ledger\.payout_not_refused"):
        async with database.transaction(till.tenant) as tx:
            await payouts.cancel(tx, ordered.id, author=None, note="", now=till.now)
    await till.later(30)
    with pytest.raises(Refusal, match=r"ledger\.already_paid"):
        async with database.transaction(till.tenant) as tx:
            await payouts.cancel(tx, ordered.id, author=None, note="", now=till.now)


async def test_a_late_yes_outdoes_a_no(database: Database) -> None:
    """The provider refused, and had paid all the same: calling off finds that out and records it."""
    till = await Till.open(database, balance=1000)
    ordered = await till.order(600, key="case:1")
    async with database.transaction(till.tenant) as tx:
        await payouts.clock_rang(tx, ordered.id, NOON)
        await payouts.record_refused(tx, ordered.id, 1, "odd", NOON)
    await till.provider.refund(
        account=str(till.tenant), key="case:1", payment_ref=None, amount_minor=600, currency="CNY"
    )
    with pytest.raises(Refusal, match=r"ledger\.already_paid"):
        await till.payer.cancel(till.tenant, ordered.id, author=None, note="", now=NOON)
    assert (await till.payout(ordered.id)).state == "paid"
    await till.prove()


async def test_after_some_attempts_officers_see_it(database: Database) -> None:
    till = await Till.open(database, balance=1000)
    for _ in range(6):
        till.provider.behave("time_out_before_paying")
    ordered = await till.order(600)
    for seconds in (0, 30, 60, 120, 240):
        await till.later(seconds)
    async with database.read(till.tenant) as tx:
        assert list(await queries.open_payouts(tx, stuck=True, attempts=6)) == []
    await till.later(480)
    async with database.read(till.tenant) as tx:
        assert [one.id for one in await queries.open_payouts(tx, stuck=True, attempts=6)] == [ordered.id]
    await till.later(960)
    assert (await till.payout(ordered.id)).state == "paid"


async def test_two_processes_ask_once_for_one_attempt(database: Database) -> None:
    till = await Till.open(database, balance=1000)
    other = make.program(database, now=lambda: till.now)
    for number in range(10):
        await till.order(10 + number)
    await till.ringer.ring_awake(till.now)
    taken = await asyncio.gather(
        till.runner.pay_waiting(), other.services.service(PayoutRunner).pay_waiting()
    )
    assert sum(taken) == 10


async def test_paid_is_told_with_what_it_was_for(database: Database) -> None:
    till = await Till.open(database, balance=1000)
    ordered = await till.order(600, key="case:1")
    async with database.transaction(till.tenant) as tx:
        await payouts.clock_rang(tx, ordered.id, NOON)
    answer = await till.provider.refund(
        account=str(till.tenant), key="case:1", payment_ref=None, amount_minor=600, currency="CNY"
    )
    async with database.transaction(till.tenant) as tx:
        await payouts.record_paid(tx, ordered.id, answer, NOON)
        [told] = tx.published
    assert isinstance(told, PayoutPaid)
    assert (told.key, told.subject, told.amount_minor) == ("case:1", ordered.subject, 600)
