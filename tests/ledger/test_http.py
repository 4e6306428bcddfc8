"""Money over the wire: what a shop sees, what officers decide, what administrators enter."""

from uuid import UUID, uuid4

import pytest

from tests import make
from tests.client import Client
from tests.ledger.till import Till
from xiaoer.plumbing.db import Database


class Desk:
    """A till with people at it."""

    def __init__(self, till: Till, manager: Client, administrator: Client, officer: Client) -> None:
        self.till = till
        self.manager = manager
        self.administrator = administrator
        self.officer = officer
        self.shop = f"/api/v1/shops/{till.shop}"
        self.top_ups = f"/platform/v1/shops/{till.shop}/funds/top-ups"


@pytest.fixture
async def desk(database: Database) -> Desk:
    till = await Till.open(database, balance=1000)

    async def client(role: str) -> Client:
        shops: list[UUID] = [till.shop] if role == "manager" else []
        _, token = await make.signed_in(database, till.tenant, role=role, shops=shops)
        return Client(till.program.app, token=token)

    return Desk(till, await client("manager"), await client("administrator"), await client("officer"))


async def test_a_shop_sees_its_money_and_where_it_went(desk: Desk) -> None:
    await desk.till.order(300)
    answer = await desk.manager.get(f"{desk.shop}/funds")
    assert answer.json == {
        "data": [{"currency": "CNY", "balance_minor": 700, "deposit_minor": 0, "debt_minor": 0}]
    }
    page = await desk.manager.get(f"{desk.shop}/funds/statement", limit=1)
    assert [(one["reason"], one["amount_minor"], one["balance_minor"]) for one in page.json["data"]] == [
        ("payout_ordered", -300, 700)
    ]
    assert page.json["has_more"]
    rest = await desk.manager.get(
        f"{desk.shop}/funds/statement", starting_after=page.json["next_cursor"], currency="CNY"
    )
    assert [one["reason"] for one in rest.json["data"]] == ["top_up"]
    assert not rest.json["has_more"]
    deposit = await desk.manager.get(f"{desk.shop}/funds/statement", account="deposit")
    assert deposit.json["data"] == []


async def test_payouts_are_listed_with_their_states(desk: Desk) -> None:
    paid = await desk.till.order(300)
    await desk.till.later(0)
    ordered = await desk.till.order(200)
    everything = (await desk.manager.get(f"{desk.shop}/payouts")).json["data"]
    assert [(one["id"], one["state"]) for one in everything] == [
        (str(ordered.id), "ordered"),
        (str(paid.id), "paid"),
    ]
    only = (await desk.manager.get(f"{desk.shop}/payouts", state="paid")).json["data"]
    assert [one["id"] for one in only] == [str(paid.id)]
    one = await desk.manager.get(f"{desk.shop}/payouts/{paid.id}")
    assert (one.json["state"], one.json["provider_ref"]) == ("paid", "dev-1")
    missing = await desk.manager.get(f"{desk.shop}/payouts/{uuid4()}")
    assert (missing.status, missing.code) == (404, "ledger.unknown_payout")


async def test_a_top_up_is_entered_once_and_can_be_taken_back(desk: Desk) -> None:
    wish = {"id": str(uuid4()), "account": "deposit", "amount_minor": 500, "currency": "CNY", "note": "bank"}
    for _ in range(2):
        answer = await desk.administrator.post(desk.top_ups, wish)
        assert answer.status == 201
        assert answer.json["data"][0]["deposit_minor"] == 500
    back = await desk.administrator.post(f"{desk.top_ups}/{wish['id']}/reverse", {"note": "twice"})
    assert back.status == 200, back.body
    # what it gave is taken as every charge is: from the balance first
    assert back.json["data"][0] == {
        "currency": "CNY",
        "balance_minor": 500,
        "deposit_minor": 500,
        "debt_minor": 0,
    }
    unknown = await desk.administrator.post(f"{desk.top_ups}/{uuid4()}/reverse", {"note": "x"})
    assert (unknown.status, unknown.code) == (404, "ledger.unknown_posting")
    await desk.till.prove()


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({"amount_minor": 0}, 400),
        ({"amount_minor": -5}, 400),
        ({"currency": "XXX"}, 400),
        ({"account": "debt"}, 400),
    ],
)
async def test_a_wrong_top_up_is_refused(desk: Desk, change: dict[str, object], status: int) -> None:
    wish = {"id": str(uuid4()), "account": "balance", "amount_minor": 500, "currency": "CNY", **change}
    assert (await desk.administrator.post(desk.top_ups, wish)).status == status
    assert (await desk.till.funds()).balance_minor == 1000


async def test_an_officer_has_a_refused_payout_tried_again(desk: Desk) -> None:
    desk.till.provider.behave("refuse")
    payout = await desk.till.order(300)
    await desk.till.later(0)
    stuck = await desk.officer.get("/platform/v1/payouts", stuck="true")
    assert [one["id"] for one in stuck.json["data"]] == [str(payout.id)]
    answer = await desk.officer.post(f"/platform/v1/payouts/{payout.id}/retry")
    assert (answer.status, answer.json["state"], answer.json["round"]) == (200, "ordered", 2)
    await desk.till.later(0)
    assert (await desk.till.payout(payout.id)).state == "paid"
    again = await desk.officer.post(f"/platform/v1/payouts/{payout.id}/retry")
    assert (again.status, again.code) == (409, "ledger.already_paid")


async def test_an_officer_calls_a_refused_payout_off(desk: Desk) -> None:
    desk.till.provider.behave("refuse")
    payout = await desk.till.order(300)
    await desk.till.later(0)
    answer = await desk.officer.post(f"/platform/v1/payouts/{payout.id}/cancel", {"note": "by agreement"})
    assert (answer.status, answer.json["state"]) == (200, "cancelled")
    assert (await desk.till.funds()).balance_minor == 1000
    assert (await desk.officer.get("/platform/v1/payouts")).json["data"] == []
    again = await desk.officer.post(f"/platform/v1/payouts/{payout.id}/cancel", {"note": "again"})
    assert (again.status, again.code) == (409, "ledger.payout_not_refused")


async def test_what_may_have_been_paid_is_not_called_off(desk: Desk) -> None:
    desk.till.provider.behave("time_out_after_paying")
    payout = await desk.till.order(300)
    await desk.till.later(0)
    answer = await desk.officer.post(f"/platform/v1/payouts/{payout.id}/cancel", {"note": "impatient"})
    assert (answer.status, answer.code) == (409, "ledger.payout_not_refused")
    assert (await desk.till.payout(payout.id)).state == "paying"


async def test_the_audit_and_the_reconciliation(desk: Desk) -> None:
    desk.till.provider.behave("pay", "time_out_after_paying")
    await desk.till.order(300)
    await desk.till.later(0)
    late = await desk.till.order(200, key="case:late")
    await desk.till.later(0)
    audit = await desk.officer.get("/platform/v1/ledger")
    assert audit.json["is_balanced"]
    assert audit.json["wrong_accounts"] == []
    day = await desk.officer.get("/platform/v1/ledger/reconciliation", day="2026-11-11")
    assert day.json["agreed"] == 1
    [difference] = day.json["differences"]
    assert (difference["kind"], difference["key"], difference["payout"]) == (
        "not_recorded",
        "case:late",
        str(late.id),
    )
    await desk.till.later(30)
    healed = await desk.officer.get("/platform/v1/ledger/reconciliation", day="2026-11-11")
    assert (healed.json["agreed"], healed.json["differences"]) == (2, [])
    empty = await desk.officer.get("/platform/v1/ledger/reconciliation", day="2026-11-12")
    assert (empty.json["agreed"], empty.json["sums"]) == (0, [])
    wrong = await desk.officer.get("/platform/v1/ledger/reconciliation", day="2026-13-12")
    assert (wrong.status, wrong.code) == (400, "ledger.unknown_day")


async def test_a_manager_neither_enters_money_nor_decides(desk: Desk) -> None:
    wish = {"id": str(uuid4()), "account": "balance", "amount_minor": 500, "currency": "CNY"}
    assert (await desk.manager.post(desk.top_ups, wish)).status == 403
    assert (await desk.manager.get("/platform/v1/payouts")).status == 403
    assert (await desk.till.funds()).balance_minor == 1000
