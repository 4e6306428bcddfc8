"""Who bears how much, what takes a posting back, when a provider is asked again, what does not agree."""

from datetime import UTC, datetime
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xiaoer.kernel.refusal import Refused
from xiaoer.ledger import rules
from xiaoer.ledger.model import AccountRef, Line, ProviderLine, Recorded, ShopFunds, Split

SHOP, BUYER, HOME = UUID(int=1), UUID(int=2), UUID(int=3)
AT = datetime(2026, 11, 11, tzinfo=UTC)
amounts = st.integers(0, 10**9)


@pytest.mark.parametrize(
    ("balance", "deposit", "amount", "split"),
    [
        (1000, 500, 400, Split(400, 0, 0)),
        (1000, 500, 1000, Split(1000, 0, 0)),
        (1000, 500, 1200, Split(1000, 200, 0)),
        (1000, 500, 1500, Split(1000, 500, 0)),
        (1000, 500, 1501, Split(1000, 500, 1)),
        (0, 0, 70, Split(0, 0, 70)),
    ],
)
def test_t031_a_charge_takes_balance_then_deposit_and_the_rest_is_owed(
    balance: int, deposit: int, amount: int, split: Split
) -> None:
    assert rules.charge(ShopFunds("CNY", balance, deposit), amount) == split


@given(amounts, amounts, amounts)
def test_a_charge_is_split_whole_and_never_overdraws(balance: int, deposit: int, amount: int) -> None:
    split = rules.charge(ShopFunds("CNY", balance, deposit), amount)
    assert split.total_minor == amount
    assert 0 <= split.balance_minor <= balance
    assert 0 <= split.deposit_minor <= deposit
    assert not split.debt_minor or (split.balance_minor, split.deposit_minor) == (balance, deposit)


@pytest.mark.parametrize(
    ("debt", "amount", "deposit", "split"),
    [
        (0, 100, 0, Split(100, 0, 0)),
        (0, 100, 100, Split(0, 100, 0)),
        (30, 100, 0, Split(70, 0, 30)),
        (30, 100, 100, Split(0, 70, 30)),
        (130, 100, 100, Split(0, 0, 100)),
        (0, 100, 40, Split(60, 40, 0)),
    ],
)
def test_j011_what_a_shop_gets_pays_its_debt_first(
    debt: int, amount: int, deposit: int, split: Split
) -> None:
    assert rules.credit(ShopFunds("CNY", 0, 0, debt), amount, deposit_minor=deposit) == split


@given(amounts, amounts, amounts)
def test_a_credit_is_shared_out_whole(debt: int, amount: int, deposit: int) -> None:
    split = rules.credit(ShopFunds("CNY", 0, 0, debt), amount, deposit_minor=deposit)
    assert split.total_minor == amount
    assert min(split.balance_minor, split.deposit_minor, split.debt_minor) >= 0
    assert split.debt_minor == min(debt, amount)


def test_an_account_stands_once_in_a_posting_and_nothing_is_left_over() -> None:
    buyer, house = AccountRef("buyer", BUYER), AccountRef("marketplace", HOME)
    lines = [Line(buyer, 70), Line(house, -100), Line(buyer, 30), Line(AccountRef("insurer", HOME), 0)]
    assert rules.merged(lines) == [Line(buyer, 100), Line(house, -100)]
    for wrong in ([], [Line(buyer, 0)], [Line(buyer, 5)], [Line(buyer, 5), Line(house, -4)]):
        answer = rules.merged(wrong)
        assert isinstance(answer, Refused)
        assert answer.code == "ledger.not_balanced"


funds_of = st.tuples(st.booleans(), amounts, amounts).map(
    lambda one: ShopFunds("CNY", 0, 0, one[1]) if one[0] else ShopFunds("CNY", one[1], one[2])
)


@given(funds_of, st.lists(st.tuples(st.sampled_from(rules.SHOP_KINDS), st.integers(-1000, 1000)), max_size=4))
def test_a_counter_posting_takes_back_the_sum_and_overdraws_nobody(
    held: ShopFunds, parts: list[tuple[rules.AccountKind, int]]
) -> None:
    lines = [Line(AccountRef(kind, SHOP), amount) for kind, amount in parts]
    lines.append(Line(AccountRef("buyer", BUYER), -sum(amount for _, amount in parts)))
    back = rules.counter_lines(lines, {SHOP: held})
    assert sum(line.amount_minor for line in back) == 0
    moved = {line.account.kind: line.amount_minor for line in back}
    assert moved.get("buyer", 0) == sum(amount for _, amount in parts)
    assert held.balance_minor + moved.get("shop_balance", 0) >= 0
    assert held.deposit_minor + moved.get("shop_deposit", 0) >= 0
    assert held.debt_minor - moved.get("shop_debt", 0) >= 0


def test_pauses_grow_until_the_longest_and_outlast_a_call() -> None:
    pauses = [
        rules.pause_seconds(attempts, first_seconds=30, longest_seconds=3600, call_seconds=20)
        for attempts in range(1, 12)
    ]
    assert pauses[:8] == [30, 60, 120, 240, 480, 960, 1920, 3600]
    assert set(pauses[8:]) == {3600}
    assert rules.pause_seconds(1, first_seconds=1, longest_seconds=9, call_seconds=20) == 25
    assert rules.pause_seconds(10**9, first_seconds=1, longest_seconds=9, call_seconds=20) == 25


def test_each_round_has_a_key_of_its_own() -> None:
    assert [rules.provider_key("case:7", round_) for round_ in (1, 2, 3)] == [
        "case:7",
        "case:7#2",
        "case:7#3",
    ]
    assert rules.keys_meant("case:7#3") == ["case:7#3", "case:7"]
    assert rules.keys_meant("case#seven") == ["case#seven"]


# ── comparing ────────────────────────────────────────────────────────────


def recorded(number: int, **more: object) -> Recorded:
    said = {"round": 1, "amount_minor": 100, "state": "paid", "provider_ref": f"p{number}", **more}
    return Recorded(id=UUID(int=number), key=f"k{number}", shop=SHOP, currency="CNY", paid_at=AT, **said)


def listed(number: int, *, key: str | None = None, amount: int = 100) -> ProviderLine:
    name = f"k{number}" if key is None else key
    return ProviderLine(ref=f"p{number}", key=name, amount_minor=amount, currency="CNY", at=AT)


def test_a_day_on_which_everything_agrees() -> None:
    ours = [recorded(1), recorded(2, round=2)]
    report = rules.reconcile("2026-11-11", ours, [listed(1), listed(2, key="k2#2")], ours)
    assert (report.agreed, report.differences) == (2, [])
    assert [(one.ours, one.ours_minor, one.theirs, one.theirs_minor) for one in report.sums] == [
        (2, 200, 2, 200)
    ]


@pytest.mark.parametrize(
    ("ours", "theirs", "known", "kinds"),
    [
        ([], [listed(1)], [], ["unknown_here"]),
        ([], [listed(1, key="")], [], ["unknown_here"]),
        ([recorded(1)], [], [], ["missing_there"]),
        ([recorded(1)], [listed(1), listed(1)], [recorded(1)], ["paid_twice"]),
        ([recorded(1, round=2)], [listed(1), listed(1, key="k1#2")], [], ["paid_twice"]),
        ([recorded(1)], [listed(1, amount=99)], [], ["amount_differs"]),
        ([], [listed(1)], [recorded(1, state="paying")], ["not_recorded"]),
        ([], [listed(1)], [recorded(1, state="cancelled")], ["not_recorded"]),
    ],
)
def test_each_way_not_to_agree_has_its_name(
    ours: list[Recorded], theirs: list[ProviderLine], known: list[Recorded], kinds: list[str]
) -> None:
    report = rules.reconcile("2026-11-11", ours, theirs, known)
    assert [one.kind for one in report.differences] == kinds
    assert report.agreed == 0
