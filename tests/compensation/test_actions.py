"""Grants are given, taken, returned and undone; the ledger is zero after each of it."""

import pytest

from tests.compensation.purse import BALANCE, Purse
from xiaoer.compensation.actions import grants
from xiaoer.kernel.refusal import Refusal
from xiaoer.plumbing.clock import new_id


async def test_money_of_a_ruling_is_paid_at_once_and_only_then_given(purse: Purse):
    grant = await purse.gives("money", 1_000)
    assert grant.state == "paying"
    assert await purse.funds() == (BALANCE - 1_000, 0, 0)
    await purse.settle()
    assert (await purse.grant(grant.id)).state == "given"
    assert await purse.paid_out() == [(f"grant:{grant.id}:1", 1_000)]
    assert await purse.held(grant.id) == 0
    await purse.prove()


async def test_the_same_key_gives_once_and_another_wish_under_it_is_refused(purse: Purse):
    first = await purse.gives("money", 1_000, key="ruling:1", subject=(subject := new_id()))
    again = await purse.gives("money", 1_000, key="ruling:1", subject=subject)
    assert again.id == first.id
    with pytest.raises(Refusal, match="key_taken"):
        await purse.gives("coupon", 1_000, key="ruling:1", subject=subject)
    assert await purse.funds() == (BALANCE - 1_000, 0, 0)


async def test_what_the_balance_lacks_is_owed_t_031(purse: Purse):
    grant = await purse.gives("money", BALANCE + 500)
    assert await purse.funds() == (0, 0, 500)
    await purse.settle()
    assert (await purse.grant(grant.id)).state == "given"
    await purse.prove()


async def test_an_offer_is_taken_by_silence(purse: Purse):
    grant = await purse.gives("money", 700, is_offer=True)
    assert (grant.state, grant.clock) == ("offered", "compensation.answer")
    assert await purse.held(grant.id) == 700
    await purse.later(days=7)
    await purse.settle()
    assert (await purse.grant(grant.id)).state == "given"
    await purse.prove()


async def test_a_contested_offer_is_answered_with_more_never_less_and_once(purse: Purse):
    grant = await purse.gives("money", 700, is_offer=True)
    me, officer = purse.people["buyer"].id, purse.people["officer"].id
    mine = {"to_kind": "person", "receiver": me, "person": me, "now": purse.now}

    async def act(name: str, **more: object) -> None:
        await purse.database.run(purse.tenant, lambda tx: getattr(grants, name)(tx, grant.id, **more))

    await act("contest", text="我还有快递费票据", **mine)
    for person, amount, code in ((officer, 600, "not_less"), (me, 900, "own_grant")):
        with pytest.raises(Refusal, match=code):
            await act("answer", amount_minor=amount, text="", person=person, now=purse.now)
    assert await purse.held(grant.id) == 700
    await act("answer", amount_minor=900, text="票据已核", person=officer, now=purse.now)
    assert await purse.held(grant.id) == 900
    with pytest.raises(Refusal, match="answered_already"):
        await act("contest", text="还要", **mine)
    await act("accept", **mine)
    await purse.settle()
    assert (await purse.grant(grant.id)).state == "given"
    assert await purse.funds() == (BALANCE - 900, 0, 0)
    await purse.prove()


async def test_a_red_packet_nobody_opens_goes_back_after_a_day_r_002(purse: Purse):
    grant = await purse.gives("red_packet", 300)
    assert grant.state == "waiting"
    await purse.later(hours=23, minutes=59)
    assert (await purse.grant(grant.id)).state == "waiting"
    await purse.later(minutes=1)
    assert (await purse.grant(grant.id)).state == "returned"
    assert await purse.funds() == (BALANCE, 0, 0)
    await purse.prove()


async def test_a_claimed_red_packet_reaches_the_buyer_once(purse: Purse):
    grant = await purse.gives("red_packet", 300)
    me = purse.people["buyer"].id
    with pytest.raises(Refusal, match="unknown_grant"):
        await purse.database.run(
            purse.tenant,
            lambda tx: grants.claim(tx, grant.id, person=purse.people["other_buyer"].id, now=purse.now),
        )
    await purse.database.run(purse.tenant, lambda tx: grants.claim(tx, grant.id, person=me, now=purse.now))
    with pytest.raises(Refusal, match="not_now"):
        await purse.database.run(
            purse.tenant, lambda tx: grants.claim(tx, grant.id, person=me, now=purse.now)
        )
    await purse.settle()
    await purse.later(days=2)
    assert (await purse.grant(grant.id)).state == "given"
    assert await purse.funds() == (BALANCE - 300, 0, 0)
    await purse.prove()


async def test_a_coupon_is_used_on_an_order_or_ends(purse: Purse):
    used, ended = await purse.gives("coupon", 500), await purse.gives("coupon", 400)
    order = await purse.order()
    spend = {"shop": purse.shop, "purchase": order, "person": purse.people["manager"].id, "now": purse.now}
    await purse.database.run(purse.tenant, lambda tx: grants.use(tx, used.id, **spend))
    assert (await purse.grant(used.id)).state == "used"
    with pytest.raises(Refusal, match="not_now"):
        await purse.database.run(purse.tenant, lambda tx: grants.use(tx, used.id, **spend))
    await purse.later(days=90)
    assert (await purse.grant(ended.id)).state == "returned"
    assert await purse.funds() == (BALANCE, 0, 0)
    await purse.prove()


async def test_points_are_the_marketplaces_and_are_taken_back(purse: Purse):
    grant = await purse.gives("points", 250)
    assert (grant.state, await purse.points(), await purse.marketplaces("PTS")) == ("given", 250, -250)
    await purse.undoes(grant.id)
    assert (await purse.points(), await purse.marketplaces("PTS")) == (0, 0)
    await purse.prove()


@pytest.mark.parametrize("kind", ["money", "coupon", "red_packet"])
@pytest.mark.parametrize("is_offer", [True, False])
async def test_undone_before_it_left_everything_is_as_before(purse: Purse, kind: str, is_offer: bool):
    grant = await purse.gives(kind, 800, is_offer=is_offer)
    assert (await purse.undoes(grant.id)).state == "undone"
    assert await purse.funds() == (BALANCE, 0, 0)
    await purse.settle()
    assert await purse.paid_out() == []
    assert await purse.marketplaces() == 0
    assert (await purse.undoes(grant.id)).version == (await purse.grant(grant.id)).version
    await purse.prove()


async def test_undone_after_it_was_paid_the_shop_is_made_whole_by_the_marketplace(purse: Purse):
    grant = await purse.gives("money", 800)
    await purse.settle()
    await purse.undoes(grant.id)
    assert await purse.funds() == (BALANCE, 0, 0)
    assert await purse.marketplaces() == -800
    await purse.prove()


async def test_a_shop_is_given_money_and_gives_it_back(purse: Purse):
    grant = await purse.gives(
        "money", 900, bearer="marketplace", to_kind="shop", receiver=purse.shop, shop=None
    )
    assert (grant.state, await purse.funds()) == ("given", (BALANCE + 900, 0, 0))
    await purse.undoes(grant.id)
    assert (await purse.funds(), await purse.marketplaces()) == ((BALANCE, 0, 0), 0)
    await purse.prove()


@pytest.mark.parametrize(
    ("code", "more"),
    [
        ("shops_take_money", {"kind": "coupon", "to_kind": "shop"}),
        ("points_are_the_marketplaces", {"kind": "points", "bearer": "shop"}),
        ("bearer_missing", {"shop": None}),
    ],
)
async def test_a_wish_that_makes_no_sense_writes_nothing(purse: Purse, code: str, more: dict[str, object]):
    with pytest.raises(Refusal, match=code):
        await purse.gives(**{"amount_minor": 100, **more})
    assert await purse.owner.fetchval('select count(*) from compensation."grant"') == 0
    assert await purse.funds() == (BALANCE, 0, 0)


async def test_a_payout_called_off_waits_for_people_and_can_be_taken_again(purse: Purse):
    purse.provider.behave("refuse")
    grant = await purse.gives("money", 600)
    await purse.settle()
    paying = await purse.grant(grant.id)
    answer = await purse.client("officer").post(
        f"/platform/v1/payouts/{paying.payout}/cancel", {"note": "账户已注销"}
    )
    assert answer.status == 200, answer.body
    await purse.settle()
    assert (await purse.grant(grant.id)).state == "contested"
    assert await purse.held(grant.id) == 600
    purse.provider.behave("pay")
    me = purse.people["buyer"].id
    mine = {"to_kind": "person", "receiver": me, "person": me, "now": purse.now}
    await purse.database.run(purse.tenant, lambda tx: grants.accept(tx, grant.id, **mine))
    await purse.settle()
    assert (await purse.grant(grant.id)).state == "given"
    await purse.prove()
