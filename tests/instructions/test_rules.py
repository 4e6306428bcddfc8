"""Machine, tables and money of instructions: every cell, every row, and no cent from nowhere."""

from datetime import UTC, datetime
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xiaoer.identity.model import PaymentMethod
from xiaoer.instructions.model import BODIES
from xiaoer.instructions.rules.decide import ASKABLE, decide, possible, refused
from xiaoer.instructions.rules.facts import HOPEFUL
from xiaoer.instructions.rules.wallet import enough, paid_by_method, settled
from xiaoer.orders.model import Flow, Marks, Payment, Purchase
from xiaoer.rulebook.model import Book, RuleEntry
from xiaoer.rulebook.rules.book import in_force

NOW = datetime(2026, 11, 11, 12, 0, tzinfo=UTC)
METHODS = ["card", "gift", "other_gift"]


def book(profile: str = "taobao") -> Book:
    entry = RuleEntry(
        id=uuid4(),
        shop=None,
        name="rulebook.profile",
        version=1,
        value=profile,
        effective_from=datetime(2026, 1, 1, tzinfo=UTC),
        author=uuid4(),
        reason="tests",
        created_at=datetime(2026, 1, 1, tzinfo=UTC),
    )
    return in_force([entry], None, NOW)


def purchase(state: str = "paid", marks: Marks | None = None) -> Purchase:
    return Purchase(
        id=uuid4(),
        shop_id=uuid4(),
        shop_name="",
        external_id="P1",
        buyer_id=uuid4(),
        buyer_name="",
        state=state,  # type: ignore[arg-type]
        source_state=state,
        currency="CNY",
        total_minor=100,
        paid_minor=100,
        refunded_minor=0,
        freight_minor=0,
        discount_minor=0,
        on_time_insurance=False,
        freight_insurance=False,
        free_shipping=False,
        address={},
        marks=marks or Marks(),
        placed_at=None,
        dispatched_at=None,
        signed_at=None,
        listed_at=NOW,
        items=[],
        payments=[Payment(uuid4(), "payment", "card", 100, "CNY", None)],
        parcels=[],
    )


@pytest.mark.parametrize("profile", ["taobao", "jd", "eu", "retail"])
@pytest.mark.parametrize("kind", list(BODIES))
def test_every_case_of_every_table_is_answered_or_refused_with_its_row(profile: str, kind: str):
    table = book(profile).table(f"instructions.{kind}")
    for row in table.rows:
        answers = {
            column.name: condition.values[0]
            for column in table.inputs
            for condition in [row.when.get(column.name)]
            if condition
        }
        facts = {column.name: answers.get(column.name, column.values[0]) for column in table.inputs}
        decision = decide(book(profile), kind, facts)  # type: ignore[arg-type]
        assert decision.row == row.id
        no = refused(decision)
        assert (no is None) == (row.then["answer"] == "ok")
        if no is not None:
            assert no.row == f"instructions.{kind} {row.id}"


@pytest.mark.parametrize(
    ("profile", "kinds"),
    [
        ("taobao", {"cancel", "address", "payment"}),
        ("retail", set[str]()),
    ],
)
def test_a_change_of_items_is_the_last_change_where_the_profile_says_so(profile: str, kinds: set[str]):
    changed = purchase(marks=Marks(items_changed=True))
    assert {one.kind for one in possible(book(profile), changed) if one.possible} == kinds
    fresh = {one.kind for one in possible(book(profile), purchase()) if one.possible}
    assert fresh == {"cancel", "address", "items", "payment"}


@pytest.mark.parametrize(
    ("state", "kinds"),
    [
        ("pending", {"cancel", "address", "items", "payment"}),
        ("dispatched", set[str]()),
        ("delivered", {"return_requested", "exchange_requested"}),
        ("completed", {"return_requested", "exchange_requested"}),
        ("cancelled", set[str]()),
    ],
)
def test_what_may_be_asked_follows_the_state_and_every_no_has_its_row(state: str, kinds: set[str]):
    told = possible(book(), purchase(state))
    assert [one.kind for one in told] == list(ASKABLE)
    assert {one.kind for one in told if one.possible} == kinds
    assert all((one.code is None) == one.possible == (one.row is None) for one in told)


def test_a_hopeful_request_names_every_fact_of_every_table():
    known = {*HOPEFUL, "state", "items_changed", "asked", "payments"}
    for kind in BODIES:
        assert {column.name for column in book().table(f"instructions.{kind}").inputs} <= known


flows = st.lists(
    st.builds(
        Flow,
        kind=st.sampled_from(["payment", "refund"]),
        method=st.sampled_from(METHODS),
        amount_minor=st.integers(0, 10_000),
    ),
    max_size=8,
)


@given(flows, st.integers(0, 10_000))
def test_balances_move_by_exactly_what_flowed(flowing: list[Flow], balance: int):
    methods = [
        PaymentMethod("card", "credit_card"),
        PaymentMethod("gift", "gift_card", balance_minor=balance, currency="CNY"),
    ]
    after = settled(methods, flowing)
    moved = sum(
        (1 if one.kind == "refund" else -1) * one.amount_minor for one in flowing if one.method == "gift"
    )
    assert (after is None) == (moved == 0)
    if after is not None:
        assert after[0] == methods[0]
        assert after[1].balance_minor == balance + moved


@given(flows)
def test_a_cancelled_order_gives_back_what_it_holds_and_no_more(flowing: list[Flow]):
    payments = [Payment(uuid4(), one.kind, one.method, one.amount_minor, "CNY", None) for one in flowing]
    held = paid_by_method(payments)
    assert all(minor > 0 for minor in held.values())
    for method, minor in held.items():
        paid = sum(one.amount_minor for one in flowing if one.method == method and one.kind == "payment")
        back = sum(one.amount_minor for one in flowing if one.method == method and one.kind == "refund")
        assert minor == paid - back


def test_only_a_balance_can_fall_short():
    gift = PaymentMethod("gift", "gift_card", balance_minor=5, currency="CNY")
    assert enough(None, 10)
    assert enough(PaymentMethod("card", "credit_card"), 10)
    assert enough(gift, 5)
    assert not enough(gift, 6)
