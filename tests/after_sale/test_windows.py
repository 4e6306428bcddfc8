"""Until when what may be asked, by what the goods are, and who bears what happens to parcels."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from tests.after_sale.counter import ITEM, Counter
from xiaoer.plumbing.clock import new_id
from xiaoer.plumbing.db import Database
from xiaoer.plumbing.driver import Connection
from xiaoer.plumbing.language import LANGUAGES, Catalogue
from xiaoer.rulebook.model import parsed
from xiaoer.rulebook.rules.shelf import profiles, texts

SIX = {"zh", "zh-Hant", "en", "es", "ja", "ko"}
DAY = timedelta(days=1)
PARCEL = {"carrier": "顺丰", "number": "SF1"}

CLAIMS = [
    # profile, row, basis, goods, fault, window
    ("taobao", "C1", "T-003", "fresh", "fake", ("long", None, None)),
    ("taobao", "C2", "L-054", "three_guarantees", "hidden", ("long", None, None)),
    ("taobao", "C3", "O-006", "fresh", "visible", ("general", None, None)),
    ("jd", "C1", "T-003", "fresh", "fake", ("long", None, None)),
    ("jd", "C2", "L-054", "three_guarantees", "visible", ("long", None, None)),
    ("jd", "C3", "O-006", "ordinary", "hidden", ("general", None, None)),
    ("jd", "C4.seen", "J-017", "electronics", "visible", ("own", 48, "hours")),
    ("jd", "C4.hidden", "J-017", "appliance", "hidden", ("own", 72, "hours")),
    ("jd", "C4.fixed", "J-017", "appliance", "visible", ("own", 72, "hours")),
    ("jd", "C5.seen", "J-017", "wear", "visible", ("own", 48, "hours")),
    ("jd", "C5.hidden", "J-017", "wear", "hidden", ("own", 15, "days")),
    ("jd", "C6", "J-017", "household", "visible", ("own", 15, "days")),
    ("jd", "C7", "J-017", "ceramics", "hidden", ("own", 7, "days")),
    ("jd", "C8", "J-017", "cosmetics", "hidden", ("own", 60, "days")),
    ("jd", "C9", "J-017", "tyres", "visible", ("own", 365, "days")),
    ("jd", "C10", "J-017", "live", "visible", ("own", 12, "hours")),
    ("jd", "C11", "J-017", "fresh", "hidden", ("own", 48, "hours")),
    ("jd", "C12.seen", "J-017", "pets", "visible", ("own", 24, "hours")),
    ("jd", "C12.hidden", "J-017", "pets", "hidden", ("own", 7, "days")),
    ("jd", "C13.seen", "J-017", "aquatic", "visible", ("own", 24, "hours")),
    ("jd", "C13.hidden", "J-017", "aquatic", "hidden", ("own", 3, "days")),
]
GUARANTEE = [
    # row, basis, asked, days since sign-for, repairs that failed, still possible (None: it is due)
    ("G1", "L-054", "return_refund", 7, 0, None),
    ("G2", "L-054", "exchange", 15, 1, None),
    ("G3", "L-054", "return_refund", 8, 0, ("exchange", "repair")),
    ("G4", "L-054", "repair", 16, 0, None),
    ("G5", "L-054", "exchange", 16, 1, ("repair",)),
    ("G6", "J-018", "return_refund", 60, 2, None),
]


@pytest.mark.parametrize("case", CLAIMS, ids=[" ".join(one[:3]) for one in CLAIMS])
def test_claims_row(case: tuple[str, str, str, str, str, tuple[Any, ...]]):
    profile, row, basis, goods, fault, due = case
    table = parsed("after_sale.claims", texts(profile)["after_sale.claims"])
    said = table.decide({"goods": goods, "fault": fault})
    assert said.row == row
    assert basis in said.basis
    assert tuple(said.outcome.get(name) for name in ("window", "amount", "unit")) == due


@pytest.mark.parametrize("case", GUARANTEE, ids=[" ".join(one[:2]) for one in GUARANTEE])
def test_guarantee_row(case: tuple[str, str, str, int, int, tuple[str, ...] | None]):
    row, basis, asked, age, failed, still = case
    table = parsed("after_sale.guarantee", texts("taobao")["after_sale.guarantee"])
    said = table.decide({"asked": asked, "age_days": age, "failed_repairs": failed})
    assert (said.row, said.word("answer")) == (row, "not_due" if still else "due")
    assert said.words("still") == (still or ())
    assert basis in said.basis


@pytest.mark.parametrize(
    ("profile", "name"), [("taobao", "claims"), ("jd", "claims"), ("taobao", "guarantee")]
)
def test_every_row_has_its_case_its_authority_and_a_sentence_in_six_languages(profile: str, name: str):
    table = parsed(f"after_sale.{name}", texts(profile)[f"after_sale.{name}"])
    known = (
        {one[1] for one in CLAIMS if one[0] == profile} if name == "claims" else {one[0] for one in GUARANTEE}
    )
    assert {row.id for row in table.rows} == known
    assert not [row.id for row in table.rows if row.authority is None or set(row.say) != SIX]
    assert not [one.name for one in (*table.inputs, *table.outputs) if set(one.label) != SIX]


async def refusal(
    counter: Counter, flags: list[str], ago: timedelta, kind: str, reason: str
) -> Mapping[str, Any]:
    """Why something may not be asked; empty where it may."""
    order = await counter.order("delivered", [ITEM | {"flags": flags}], signed=ago)
    answer = await counter.asks(order, kind, reason=reason)
    return {} if answer.status == 201 else answer.json["error"]


async def test_j_017_a_category_has_its_own_window_where_the_profile_says_so(
    database: Database, owner: Connection
):
    counter = await Counter.open(database, owner, profile="jd")
    two, eight = timedelta(hours=49), timedelta(days=8)
    late = await refusal(counter, ["fresh"], two, "refund_only", "quality")
    assert (late["code"], late["facts"]["basis"]) == ("after_sale.too_late", "J-017")
    assert not await refusal(counter, ["fresh"], timedelta(hours=47), "refund_only", "quality")
    assert not await refusal(counter, ["fresh"], two, "refund_only", "late_dispatch")  # not about the goods
    assert not await refusal(counter, ["ceramics"], timedelta(days=7), "refund_only", "damaged")
    assert (await refusal(counter, ["ceramics"], eight, "refund_only", "damaged"))["row"] == "A18"
    assert not await refusal(counter, [], eight, "refund_only", "damaged")


async def test_l_054_three_guarantees_return_seven_days_replacement_fifteen_then_repair(counter: Counter):
    goods = ["three_guarantees"]
    assert not await refusal(counter, goods, 7 * DAY, "return_refund", "quality")
    late = await refusal(counter, goods, 8 * DAY, "return_refund", "quality")
    assert (late["code"], late["row"]) == ("after_sale.guarantee_not_due", "G3")
    assert late["facts"]["still"] == ["exchange", "repair"]
    assert not await refusal(counter, goods, 15 * DAY, "exchange", "quality")
    assert (await refusal(counter, goods, 16 * DAY, "exchange", "quality"))["row"] == "G5"
    assert not await refusal(counter, goods, 60 * DAY, "repair", "quality")  # beyond the usual fifteen days
    assert not await refusal(counter, goods, 8 * DAY, "return_refund", "damaged")  # not its performance
    assert not await refusal(counter, [], 8 * DAY, "return_refund", "quality")


async def test_l_054_two_repairs_that_failed_open_the_way_to_a_return(counter: Counter):
    order = await counter.order("delivered", [ITEM | {"flags": ["three_guarantees"]}], signed=20 * DAY)
    for number in ("R1", "R2"):
        case = (await counter.opened(order, "repair", reason="quality"))["id"]
        await counter.did(
            "agent", case, "agree", {"return_address": {"name": "店", "phone": "1", "text": "仓"}}
        )
        await counter.did("buyer", case, "send-back", PARCEL | {"number": number})
        await counter.did("agent", case, "inspect", {"result": "fine"})
        await counter.did("agent", case, "send-out", PARCEL | {"number": f"{number}-out"})
        await counter.did("buyer", case, "receive")
        refused = await counter.asks(order, "return_refund", reason="quality")
        assert refused.status != 201
        await counter.did("buyer", case, "follow-up", {"settled": True})
    await counter.opened(order, "return_refund", reason="quality")
    await counter.prove()


@pytest.mark.parametrize(
    ("reason", "event", "row", "state"),
    [
        ("quality", "lost", "D14-4", "paying"),  # T-026: the shop bears all of it
        ("no_reason", "lost", "D14-3.loss", "contested"),  # T-007: the buyer claims from his carrier
        ("no_reason", "damaged", "D14-3", "paying"),  # T-007: breakage is the shop's
    ],
)
async def test_d14_harm_on_the_way_back_goes_on_by_who_bears_it(
    counter: Counter, reason: str, event: str, row: str, state: str
):
    order = await counter.order("delivered", signed=DAY)
    case = (await counter.opened(order, "return_refund", reason=reason, condition="opened"))["id"]
    await counter.did("agent", case, "agree", {"return_address": {"name": "店", "phone": "1", "text": "仓"}})
    await counter.did("buyer", case, "send-back", PARCEL)
    await said_by_carrier(counter, "SF1", event)
    now = await counter.case(case)
    assert now["state"] == state
    assert now["timeline"][-1]["body"]["carrier_event"] == event
    why = (await counter.client("agent").get(f"{counter.place('agent')}/{case}/why")).json
    assert row in {one["row"] for one in why}
    await counter.prove()


async def test_d14_what_the_shop_sends_and_the_carrier_loses_it_sends_again(counter: Counter):
    order = await counter.order("delivered", signed=DAY)
    case = (await counter.opened(order, "resend", reason="missing"))["id"]
    await counter.did("agent", case, "agree")
    await counter.did("agent", case, "send-out", PARCEL)
    await said_by_carrier(counter, "SF1", "lost")
    assert (await counter.case(case))["state"] == "sending_out"
    await counter.did("agent", case, "send-out", PARCEL | {"number": "SF2"})
    await said_by_carrier(counter, "SF1", "lost")  # the old number is nobody's any more
    assert (await counter.case(case))["state"] == "on_way"
    await counter.did("buyer", case, "receive")
    await counter.prove()


async def said_by_carrier(counter: Counter, number: str, event: str) -> None:
    place = f"/api/v1/shops/{counter.shop}/carrier-events"
    answer = await counter.client("manager").post(place, {"number": number, "event": event})
    assert answer.status < 300, answer.body


def test_every_word_of_the_tables_has_a_name():
    catalogue = Catalogue.shipped()
    heads = ("fact", "kind", "still", "reason", "condition")  # what "why?" looks under
    nameless = {
        (language, table.name, word)
        for profile in profiles()
        for name, text in texts(profile).items()
        if name.startswith("after_sale.")
        for table in [parsed(name, text)]
        for column in (*(one.values for one in table.inputs), *(one.words for one in table.outputs))
        for word in column
        for language in LANGUAGES
        if isinstance(word, str)
        and all(
            catalogue.text(language, "after_sale", f"{head}.{word}").startswith("after_sale.")
            for head in heads
        )
    }
    assert not nameless


async def own_parcel(counter: Counter, number: str = "SF9", *, state: str = "dispatched") -> UUID:
    """An order on its way in a parcel of its own."""
    order = await counter.order(state)
    await counter.owner.execute(
        "insert into orders.parcel (tenant, shop, purchase, id, external_id, place, carrier, "
        "tracking_number, items, dispatched_at) values ($1, $2, $3, $4, 'p', 1, '顺丰', $5, '{}', $6)",
        counter.tenant, counter.shop, order, new_id(), number, counter.now,
    )  # fmt: skip
    return order


@pytest.mark.parametrize(
    ("event", "kind", "reason", "state"),
    [
        ("lost", "refund_only", "not_received", "paying"),
        ("lost", "resend", "not_received", "sending_out"),
        ("damaged", "refund_only", "damaged", "paying"),
        ("damaged", "refund_only", "not_received", "asked_money"),  # broken is not lost
        ("lost", "refund_only", "no_longer_needed", "asked_money"),
    ],
)
async def test_d14_1_what_happens_to_the_first_parcel_before_sign_for_is_the_shops_risk(
    counter: Counter, event: str, kind: str, reason: str, state: str
):
    order = await own_parcel(counter)
    await said_by_carrier(counter, "SF9", event)
    opened = await counter.opened(order, kind, reason=reason)
    assert opened["state"] == state
    why = (await counter.client("agent").get(f"{counter.place('agent')}/{opened['id']}/why")).json
    assert ("D14-1" in {one["row"] for one in why}) == (state != "asked_money")
    await counter.prove()


async def test_d14_1_a_case_that_waits_is_agreed_to_when_the_carrier_tells(counter: Counter):
    order = await own_parcel(counter)
    case = (await counter.opened(order, "refund_only", reason="not_received"))["id"]
    await said_by_carrier(counter, "SF9", "damaged")
    assert (await counter.case(case))["state"] == "asked_money"
    for _ in range(2):
        await said_by_carrier(counter, "SF9", "lost")
    now = await counter.case(case)
    assert now["state"] in {"paying", "settled"}
    assert [one["event"] for one in now["timeline"]].count("agree_pay") == 1
    await counter.prove()


async def test_d14_1_the_buyer_is_told_where_he_asked_nothing_yet_and_nobody_else(counter: Counter):
    order = await own_parcel(counter)
    place = f"/public/v1/orders/{order}/harms"
    assert (await counter.client("buyer").get(place)).json == []
    for _ in range(2):
        await said_by_carrier(counter, "SF9", "lost")
    [told] = (await counter.client("buyer").get(place)).json
    assert (told["number"], told["harm"], told["bearer"]) == ("SF9", "loss", "seller")
    foreign = await counter.client("other_buyer").get(place)
    assert (foreign.status, foreign.code) == (404, "orders.unknown_order")
    theirs = f"/api/v1/shops/{counter.shop}/orders/{order}/harms"
    assert (await counter.client("agent").get(theirs)).json == [told]
    for who, door in (("buyer", place), ("agent", theirs)):
        [why] = (await counter.client(who).get(f"{door}/why")).json  # told twice, decided and kept once
        assert (why["table"], why["row"]) == ("after_sale.transit_risk", "D14-1")
    assert (await counter.client("other_buyer").get(f"{place}/why")).status == 404


async def test_d14_1_once_signed_for_the_parcel_is_no_longer_the_shops_risk(counter: Counter):
    order = await own_parcel(counter, state="delivered")
    await counter.owner.execute(
        "update orders.parcel set signed_at = dispatched_at where purchase = $1", order
    )
    await said_by_carrier(counter, "SF9", "lost")
    assert (await counter.opened(order, "refund_only", reason="not_received"))["state"] == "asked_money"


@pytest.mark.parametrize(
    ("goods", "days"), [("shoes", 120), ("bags", 90), ("gold", 15), ("jewellery", 30), ("watches", 365)]
)
async def test_j_018_goods_are_repaired_for_so_long_when_nothing_was_stated(
    database: Database, owner: Connection, goods: str, days: int
):
    counter = await Counter.open(database, owner, profile="jd")
    assert not await refusal(counter, [goods], days * DAY, "repair", "quality")
    late = await refusal(counter, [goods], (days + 3) * DAY, "repair", "quality")
    assert late["code"] == "after_sale.too_late"
    assert (await refusal(counter, [goods], 20 * DAY, "exchange", "quality"))["code"] == "after_sale.too_late"


async def test_j_018_a_warranty_the_shop_states_goes_before(counter: Counter):
    assert (await refusal(counter, [], 100 * DAY, "repair", "quality"))["code"] == "after_sale.too_late"
    await counter.rule("after_sale.warranty_days", 180)
    assert not await refusal(counter, [], 180 * DAY, "repair", "quality")
    assert (await refusal(counter, [], 183 * DAY, "repair", "quality"))["row"] == "A18"


async def test_a_refusal_names_only_what_the_rules_would_let_through(counter: Counter):
    late = await refusal(counter, [], 9 * DAY, "return_refund", "does_not_suit")
    assert late["facts"]["still"] == [
        "quality_claim", "agreement", "warranty", "platform", "partial_refund", "price_difference",
        "freight_compensation",
    ]  # fmt: skip
    very_late = await refusal(counter, [], 60 * DAY, "return_refund", "does_not_suit")
    assert very_late["facts"]["still"] == ["agreement", "platform"]
