"""A block from its proposal to its end: who may do what, what silence does, how wrong is made good."""

from datetime import timedelta
from typing import Any

import pytest

from tests.blocks.yard import Yard
from tests.compensation.purse import BALANCE

TEXT = {"text": "理由"}


@pytest.mark.parametrize(
    ("code", "more"),
    [
        ("blocks.protected_reason", {"facts": "因为她怀孕了"}),
        ("blocks.revenge_reason", {"facts": "他给了差评"}),
        ("blocks.rival_reason", {"facts": "他是竞争对手"}),
        ("blocks.no_evidence", {"evidence": []}),
        ("blocks.scope_too_wide", {"scope": "one_shop"}),
        ("blocks.scope_too_wide", {"days": 30}),
        ("evidence.unknown_number", {"evidence": ["E999999"]}),
        ("blocks.shops_block_at_home", {"scope": "account"}),
        ("blocks.name_the_function", {"stops": "limit_buying"}),
        ("blocks.score_missing", {"ground": "risk_score"}),
        (
            "blocks.no_ground",
            {"ground": "risk_score", "score": {"value": 10, "version": "r1", "factors": ["退货多"]}},
        ),
    ],
)
async def test_d8_a_proposal_without_ground_is_refused_and_writes_nothing(
    yard: Yard, code: str, more: dict[str, Any]
):
    answer = await yard.proposes("colleague", **more)
    assert answer.json["error"]["code"] == code
    assert await yard.count() == 0


async def test_d8_a_party_cannot_propose_and_foreign_evidence_does_not_count(yard: Yard):
    party = await yard.proposes("agent")
    assert party.json["error"]["code"] == "blocks.party_proposes"
    other = await yard.proposes("colleague", evidence=[await yard.evidence("agent", buyer="other_buyer")])
    assert other.json["error"]["code"] == "blocks.evidence_not_about"
    assert await yard.count() == 0


async def test_d8_nobody_approves_his_own_nor_unheard_nor_as_a_party(yard: Yard):
    own = await yard.proposed("manager")
    await yard.acted("buyer", own, "statement", TEXT)
    assert (await yard.acts("manager", own, "approve", TEXT)).json["error"]["code"] == "blocks.own_proposal"
    unheard = await yard.proposed()
    answer = await yard.acts("manager", unheard, "approve", TEXT)
    assert answer.json["error"]["code"] == "blocks.not_heard_yet"
    evidence = await yard.evidence("agent", "manager")
    party = await yard.proposed(evidence=[evidence])
    await yard.acted("buyer", party, "statement", TEXT)
    answer = await yard.acts("manager", party, "approve", TEXT)
    assert answer.json["error"]["code"] == "blocks.party_approves"
    assert await yard.binding() == []


async def test_an_approved_block_binds_with_reasons_until_its_end(yard: Yard):
    block = await yard.in_force()
    found = await yard.block(block, "buyer")
    assert (found["block"]["state"], found["block"]["then"]) == ("in_force", "ended")
    assert found["block"]["stays_open"] == [
        "orders", "refunds", "appeals", "complaints", "data", "authorities",
    ]  # fmt: skip
    assert found["block"]["proposer_name"] == ""
    assert await yard.binding() == [("limit_messages", "in_force")]
    statement = await yard.owner.fetchval("select statement from measures.measure")
    assert "多次辱骂客服" in statement["facts"]
    await yard.later(days=7)
    assert (await yard.block(block))["block"]["state"] == "ended"
    assert await yard.binding() == []


async def test_silence_of_the_person_lets_another_decide_silence_of_that_one_blocks_nobody(yard: Yard):
    block = await yard.proposed()
    await yard.later(hours=48)
    assert (await yard.block(block))["block"]["state"] == "heard"
    await yard.later(hours=72)
    assert (await yard.block(block))["block"]["state"] == "refused"
    assert await yard.binding() == []


async def test_danger_binds_at_once_and_is_looked_at_by_another_the_next_day(yard: Yard):
    block = await yard.proposed("officer", danger=True)
    await yard.acted("second", block, "approve", TEXT)
    assert await yard.binding() == [("limit_messages", "in_force")]
    await yard.later(hours=24)
    assert (await yard.block(block))["block"]["state"] == "in_review"
    for who in ("officer", "second"):
        answer = await yard.acts(who, block, "keep", TEXT)
        assert answer.json["error"]["code"] == "blocks.own_decision"
    await yard.acted("third", block, "keep", TEXT)
    assert (await yard.block(block))["block"]["state"] == "in_force"


async def test_a_buyer_who_asked_the_shop_for_something_is_decided_about_by_the_marketplace(yard: Yard):
    await yard.opened(await yard.order(), "refund_before_dispatch", reason="no_longer_needed")
    block = await yard.proposed()
    await yard.acted("buyer", block, "statement", TEXT)
    answer = await yard.acts("manager", block, "approve", TEXT)
    assert answer.json["error"]["code"] == "blocks.people_approve"
    assert (await yard.acted("officer", block, "approve", TEXT))["block"]["state"] == "in_force"


async def test_wrong_is_lifted_at_once_and_made_good_unasked_in_four_kinds(yard: Yard):
    block = await yard.in_force()
    cancelled = await yard.order("cancelled")
    await yard.owner.execute(
        "update orders.purchase set updated_at = $2 where id = $1", cancelled, yard.now + timedelta(hours=1)
    )
    yard.now += timedelta(hours=2)
    await yard.acted("buyer", block, "receipts", {"amount_minor": 1_500, "text": "快递费"})
    await yard.acted("buyer", block, "ask", {"text": "是别人用我的账号", "minutes": 60})
    insult = await yard.evidence("manager")
    wrong = {"text": "记录显示不是本人", "insult": "shown", "insult_evidence": [insult]}
    found = await yard.acted("officer", block, "lift-wrong", wrong)
    assert found["block"]["state"] == "lifted_wrong"
    assert await yard.binding() == []
    good = {one["harm"]: (one["remedy"], one["amount_minor"]) for one in found["good"]}
    assert good == {
        "economic": ("money", 3_000 + 1_500),  # 30 % of an order of 100.00, and the receipt
        "reputation": ("apology", 0),
        "time": ("coupon", 2_000 + 3 * 500),  # one hour, three contacts
        "distress": ("apology_and_money", 10_000),
    }
    offered = {one["purpose"]: (one["kind"], one["state"], one["bearer"]) for one in found["grants"]}
    assert offered == {
        "economic": ("money", "offered", "shop"),
        "time": ("coupon", "offered", "shop"),
        "distress": ("money", "offered", "shop"),
    }
    assert (await yard.funds())[0] == BALANCE - 4_500 - 3_500 - 10_000
    again = await yard.acts("officer", block, "lift-wrong", wrong)
    assert again.status == 200
    assert len(again.json["grants"]) == 3
    await yard.later(days=7)
    await yard.settle()
    states = {one["purpose"]: one["state"] for one in (await yard.block(block))["grants"]}
    assert states == {"economic": "given", "time": "held", "distress": "given"}
    await yard.prove()


async def test_an_insult_is_made_good_only_where_it_is_shown(yard: Yard):
    block = await yard.in_force()
    wrong = {"text": "误判", "insult": "shown", "insult_evidence": []}
    assert (await yard.acts("officer", block, "lift-wrong", wrong)).json["error"][
        "code"
    ] == "blocks.insult_not_shown"
    assert (await yard.block(block))["block"]["state"] == "in_force"
    assert (await yard.funds())[0] == BALANCE


async def test_a_shop_blocked_in_public_and_wrongly_gets_a_public_apology(yard: Yard):
    wish = {
        "subject_kind": "shop", "subject": str(yard.shop), "ground": "fakes", "stops": "limit_publishing",
        "days": 30,
    }  # fmt: skip
    block = await yard.proposed("officer", **wish)
    answer = await yard.client("manager").post(
        f"/api/v1/shops/{yard.shop}/blocks-against/{block}/statement", TEXT
    )
    assert answer.status == 200, answer.body
    await yard.acted("second", block, "approve", TEXT)
    assert await yard.binding() == [("limit_publishing", "in_force")]
    found = await yard.acted("third", block, "lift-wrong", {"text": "鉴定为正品"})
    remedies = {one["harm"]: one["remedy"] for one in found["good"]}
    assert remedies == {
        "economic": "nothing", "reputation": "public_apology", "time": "money", "distress": "apology",
    }  # fmt: skip
    slug = await yard.owner.fetchval("select slug from identity.marketplace where tenant = $1", yard.tenant)
    public = await yard.client("buyer").get(f"/public/v1/marketplaces/{slug}/block-apologies")
    assert [one["id"] for one in public.json["data"]] == [block]


async def test_a_block_lifted_as_right_owes_nothing(yard: Yard):
    block = await yard.in_force()
    found = await yard.acted("manager", block, "lift", TEXT)
    assert (found["block"]["state"], found["grants"], await yard.binding()) == ("lifted_right", [], [])
    assert (await yard.funds())[0] == BALANCE


async def test_a_foreign_block_looks_as_if_it_did_not_exist(yard: Yard):
    block = await yard.in_force()
    assert (await yard.client("other_buyer").get(f"/public/v1/me/blocks/{block}")).status == 404
    assert (await yard.acts("other_buyer", block, "ask", TEXT)).status == 404


async def test_the_same_proposal_twice_is_one(yard: Yard):
    first, again = await yard.proposed(client_id="a"), await yard.proposed(client_id="a")
    assert (first, await yard.count()) == (again, 1)
