"""Complaints through their doors: both ends, people of the marketplace, and nobody else."""

from datetime import timedelta
from uuid import UUID, uuid4

from tests import make
from tests.complaints.bar import Bar
from xiaoer.complaints.actions.refusal import reverse

SORRY = {"text": "非常抱歉，是我们的不对"}


async def test_from_the_chat_to_an_apology(bar: Bar) -> None:
    """S-060, S-062, S-064: the number, the complaint, told at once, sorry, and it ends there."""
    made = await bar.accepted(asks=["apology"])
    assert made["side"] == "complainant"
    assert (made["turn"], made["clock"], made["then"]) == ("accused", "complaints.answer", "in_hearing")
    assert await bar.rows(made["id"]) == ["D13-1", "D15-accept", "D13-2"]
    theirs = await bar.look(made["id"], "agent")
    assert theirs["side"] == "accused"
    assert [one["deed"] for one in theirs["deeds"] if one["allowed"]] == ["apologise", "answer"]
    assert theirs["buyer_name"]

    rude = await bar.step("agent", made["id"], "apologise", {"text": "对不起行了吧，你这个傻逼"})
    assert (rude.status, rude.code) == (422, "guard.must_be_changed")
    offered = await bar.stepped("agent", made["id"], "apologise", SORRY)
    assert (offered["state"], offered["turn"]) == ("apology_offered", "complainant")
    again = await bar.step("agent", made["id"], "apologise", SORRY)
    assert (again.status, again.code) == (409, "complaints.apology_waits")
    ended = await bar.stepped("buyer", made["id"], "accept-apology", {"text": "好的"})
    assert (ended["state"], ended["apology"]["state"], ended["due_at"]) == (
        "apology_accepted", "accepted", None
    )  # fmt: skip
    assert (await bar.rows(made["id"]))[-1] == "D5-apology"
    shop = await bar.look(made["id"], "manager")
    assert shop["coaching"] == "due"
    assert (await bar.step("agent", made["id"], "coached", SORRY)).status == 403
    assert (await bar.stepped("manager", made["id"], "coached", SORRY))["coaching"] == "done"
    await bar.clocked()


async def test_the_complainant_is_free_to_say_no(bar: Bar) -> None:
    made = await bar.accepted()
    await bar.stepped("manager", made["id"], "apologise", SORRY)
    heard = await bar.stepped("buyer", made["id"], "decline-apology")
    assert (heard["state"], heard["apology"]["state"], heard["rung"]) == (
        "in_hearing", "declined", "mediation"
    )  # fmt: skip
    await bar.stepped("manager", made["id"], "apologise", SORRY)
    asked = await bar.look(made["id"], "buyer")
    assert asked["apology_open"]
    assert asked["state"] == "in_hearing"
    assert (await bar.stepped("buyer", made["id"], "decline-apology"))["state"] == "in_hearing"
    await bar.clocked()


async def test_it_can_be_taken_back_any_time_before_it_is_upheld(bar: Bar) -> None:
    """S-062, D5: no points, coaching inside the shop, the record stays."""
    made = await bar.accepted()
    back = await bar.stepped("buyer", made["id"], "withdraw", {"text": "算了"})
    assert back["state"] == "withdrawn"
    assert "D5-withdrawn" in await bar.rows(made["id"])
    before = await bar.written()
    for who, deed in (("buyer", "withdraw"), ("buyer", "accept-apology"), ("agent", "answer")):
        data = {"text": "好"}
        answer = await bar.step(who, made["id"], deed, data)
        assert (answer.status, answer.code) == (409, "complaints.over")
    assert await bar.written() == before
    await bar.clocked()


async def test_a_number_opens_for_its_complaint_alone(bar: Bar) -> None:
    """S-128, E-001: bound when it is shown."""
    number = await bar.number()
    first = await bar.lodged(evidence=[number], conversation=bar.conversation)
    other = await bar.complains(type="privacy_leak", evidence=[number], conversation=bar.conversation)
    assert (other.status, other.code) == (403, "evidence.other_case")
    wish = {"purpose": "complaint", "case": first["id"], "reason": "审理"}
    officer = bar.client("officer")
    assert (await officer.post(f"/platform/v1/evidence/{number}/open", wish)).status == 200
    strange = await bar.complains(
        "agent", "buyer_abuse", buyer=str(bar.people["buyer"].id), evidence=[number]
    )
    assert (strange.status, strange.code) == (404, "evidence.unknown_number")


async def test_duplicates_are_merged_and_nothing_is_lost(bar: Bar) -> None:
    first = await bar.accepted()
    second = await bar.lodged(
        conversation=bar.conversation, evidence=[await bar.number(last=1)], client_id="again"
    )
    assert (second["state"], second["merged_into"]) == ("merged", first["id"])
    whole = await bar.look(first["id"], "buyer")
    assert len(whole["evidence"]) == 2
    assert [one["kind"] for one in whole["links"]] == ["merged"]
    again = await bar.lodged(conversation=bar.conversation, client_id="again")
    assert again["id"] == second["id"]
    theirs = (await bar.client("agent").get(bar.bench("agent"))).json["data"]
    assert [one["id"] for one in theirs] == [first["id"]]
    assert (await bar.client("agent").get(f"{bar.bench('agent')}/{second['id']}")).status == 404
    await bar.clocked()


async def test_what_is_late_is_refused_with_reasons_and_other_ways(bar: Bar) -> None:
    """P-019, T-003: fifteen days; danger has no limit; people may excuse it."""
    order = str(await bar.order("completed", signed=timedelta(days=20)))
    quote = await bar.client("buyer").post(
        f"{bar.bench('buyer')}/quote", {"type": "refused_service", "text": "不理我", "purchase": order}
    )
    assert (quote.json["answer"], quote.json["reason"]) == ("refuse", "late")
    late = await bar.lodged(type="refused_service", purchase=order)
    assert late["state"] == "refused"
    assert late["refusal"]["reason"] == "late"
    assert "court" in late["refusal"]["ways"]
    assert late["refusal"]["automated"]
    hidden = await bar.client("agent").get(f"{bar.bench('agent')}/{late['id']}")
    assert hidden.status == 404
    danger = await bar.lodged(type="goods", purchase=order, danger="food_poisoning")
    assert (danger["state"], danger["urgent"]) == ("accepted", True)
    async with bar.database.transaction(bar.tenant) as tx:
        after = await reverse(
            tx, UUID(late["id"]), by=bar.people["officer"].id, why="有正当理由", now=bar.now
        )
    assert after.state == "accepted"
    assert (await bar.look(late["id"], "agent"))["side"] == "accused"
    await bar.clocked()


async def test_without_evidence_people_look_first(bar: Bar) -> None:
    """S-067, D15: and when they do not look in time, it is taken on."""
    made = await bar.lodged(shop=str(bar.shop))
    assert (made["state"], made["turn"], made["then"]) == ("lodged", "people", "accepted")
    queue = (await bar.client("officer").get("/platform/v1/complaints")).json["data"]
    assert [one["id"] for one in queue] == [made["id"]]
    seen = await bar.look(made["id"])
    assert (seen["acceptance"]["answer"], seen["acceptance"]["facts"]["evidence"]) == ("look", False)
    assert {one["signal"] for one in seen["signals"]} == {
        "malicious_complaints", "forged_evidence", "serial_returns"
    }  # fmt: skip
    unclear = await bar.step("officer", made["id"], "acceptance", {"text": "再看"})
    assert (unclear.status, unclear.code) == (422, "complaints.still_unclear")
    await bar.later(hours=25)
    assert (await bar.look(made["id"]))["state"] == "accepted"
    await bar.later(hours=80)
    heard = await bar.look(made["id"])
    assert (heard["state"], heard["rung"]) == ("in_hearing", "mediation")
    await bar.clocked()


async def test_people_find_and_the_table_answers(bar: Bar) -> None:
    made = await bar.lodged(shop=str(bar.shop))
    taken = await bar.stepped("officer", made["id"], "acceptance", {"evidence": True, "text": "有录音"})
    assert taken["state"] == "accepted"
    other = await bar.lodged(type="refused_service", shop=str(bar.shop))
    refused = await bar.stepped("officer", other["id"], "acceptance", {"malice": "shown", "text": "伪造截图"})
    assert (refused["state"], refused["refusal"]["reason"]) == ("refused", "malicious")
    assert not refused["refusal"]["automated"]
    assert (await bar.step("agent", made["id"], "acceptance", {"text": "x"})).status == 404
    forbidden = await bar.client("administrator").post(
        f"/platform/v1/complaints/{made['id']}/acceptance", {"text": "x"}
    )
    assert forbidden.status == 403


async def test_the_shop_complains_of_a_buyer_and_both_are_linked(bar: Bar) -> None:
    """S-063…S-067, D15: both at fault, both complaints linked."""
    mine = await bar.accepted()
    theirs = await bar.lodged(
        "manager", "buyer_abuse", conversation=bar.conversation, evidence=[await bar.number("manager")]
    )
    assert theirs["state"] == "accepted"
    assert [(one["id"], one["kind"]) for one in theirs["links"]] == [(mine["id"], "counter")]
    seen = await bar.look(theirs["id"], "buyer")
    assert seen["side"] == "accused"
    assert (await bar.stepped("buyer", theirs["id"], "apologise", SORRY))["state"] == "apology_offered"
    listed = await bar.client("buyer").get(bar.bench("buyer"), side="against")
    assert [one["id"] for one in listed.json["data"]] == [theirs["id"]]
    assert (await bar.stepped("agent", theirs["id"], "accept-apology"))["coaching"] == "none"


async def test_pressure_is_a_complaint_of_its_own(bar: Bar) -> None:
    made = await bar.accepted()
    pressed = await bar.step("buyer", made["id"], "pressure", {"text": "打电话逼我撤诉"})
    assert pressed.status == 201
    assert pressed.json["type"] == "pressure"
    assert pressed.json["state"] == "accepted"
    assert [one["kind"] for one in (await bar.look(made["id"], "buyer"))["links"]] == ["pressure"]
    assert (await bar.look(made["id"], "agent"))["links"] == []
    unfree = await bar.step("buyer", made["id"], "withdraw")
    assert (unfree.status, unfree.code) == (409, "complaints.say_it_is_free")
    assert (await bar.stepped("buyer", made["id"], "withdraw", {"free": True}))["state"] == "withdrawn"


async def test_nobody_judges_a_complaint_about_himself(bar: Bar) -> None:
    made = await bar.lodged(type="officer", officer=str(bar.people["officer"].id))
    assert made["state"] == "accepted"
    assert (await bar.client("officer").get("/platform/v1/complaints")).json["data"] == []
    assert (await bar.client("officer").get(f"/platform/v1/complaints/{made['id']}")).status == 404
    own = await bar.step("officer", made["id"], "jump", {"cause": "vip", "text": "我自己看"})
    assert (own.status, own.code) == (403, "complaints.your_own")
    other = await make.person(bar.database, bar.tenant, role="officer")
    bar.people["colleague"], bar.tokens["colleague"] = (
        other, await make.session(bar.database, bar.tenant, other)
    )  # fmt: skip
    await bar.later(hours=80)
    done = await bar.stepped("colleague", made["id"], "decide", {"outcome": "upheld", "text": "态度恶劣"})
    assert (done["state"], done["rung"]) == ("upheld", "ruling")


async def test_the_hotline_prepares_a_form_for_its_caller_alone(bar: Bar) -> None:
    """S-066: the operator writes down order and words, the caller gets a link."""
    order = await bar.order("completed", signed=timedelta(days=1))
    number = await bar.owner.fetchval("select external_id from orders.purchase where id = $1", order)
    wish = {"order_number": number, "type": "refused_service", "text": "电话里说不管", "caller": "138…"}
    call = await bar.client("officer").post("/platform/v1/complaint-calls", wish)
    assert call.status == 201, call.body
    token = call.json["link"].partition("prepared=")[2]
    form = await bar.client("buyer").get(f"{bar.bench('buyer')}/prepared/{token}")
    assert (form.json["order_id"], form.json["text"]) == (str(order), "电话里说不管")
    assert (await bar.client("other_buyer").get(f"{bar.bench('buyer')}/prepared/{token}")).status == 404
    assert (await bar.client("buyer").get(f"{bar.bench('buyer')}/prepared/{token[:-2]}xx")).status == 404
    made = await bar.lodged(type="refused_service", purchase=str(order), prepared=token)
    assert made["state"] == "lodged"
    used = await bar.complains(type="refused_service", purchase=str(order), prepared=token)
    assert (used.status, used.code) == (409, "complaints.link_used")
    calls = (await bar.client("officer").get("/platform/v1/complaint-calls")).json["data"]
    assert [one["complaint_id"] for one in calls] == [made["id"]]
    later = await bar.client("officer").post("/platform/v1/complaint-calls", wish)
    bar.now += timedelta(days=9)
    over = await bar.client("buyer").get(
        f"{bar.bench('buyer')}/prepared/{later.json['link'].partition('prepared=')[2]}"
    )
    assert (over.status, over.code) == (409, "complaints.link_over")


async def test_what_is_not_ones_own_is_not_there(bar: Bar) -> None:
    made = await bar.accepted()
    assert (await bar.client("other_buyer").get(f"{bar.bench('buyer')}/{made['id']}")).status == 404
    assert (await bar.step("other_buyer", made["id"], "withdraw")).status == 404
    assert (await bar.client("buyer").get(f"/api/v1/shops/{bar.shop}/complaints")).status == 403
    other = await make.shop(bar.database, bar.tenant, name="另一家")
    stranger = await make.person(bar.database, bar.tenant, role="manager", shops=[other.id])
    bar.tokens["stranger"] = await make.session(bar.database, bar.tenant, stranger)
    path = f"/api/v1/shops/{other.id}/complaints"
    assert (await bar.client("stranger").get(f"{path}/{made['id']}")).status == 404
    assert (await bar.client("stranger").post(f"{path}/{made['id']}/apologise", SORRY)).status == 404
    nobody = {"type": "buyer_abuse", "text": "骂人", "buyer": str(bar.people["buyer"].id)}
    refused = await bar.client("stranger").post(path, nobody)
    assert (refused.status, refused.code) == (404, "complaints.unknown_buyer")


async def test_wishes_that_cannot_be_write_nothing(bar: Bar) -> None:
    order = str(await bar.order("completed", signed=timedelta(days=1)))
    for wish, code in (
        ({"type": "buyer_abuse"}, "complaints.unknown_type"),
        ({"type": "abuse"}, "complaints.name_it"),
        ({"type": "abuse", "purchase": order, "asks": ["lift_block"]}, "complaints.cannot_be_asked"),
        ({"type": "abuse", "purchase": order, "items": [str(uuid4())]}, "complaints.unknown_item"),
        (
            {"type": "abuse", "purchase": order, "conversation": str(uuid4())},
            "complaints.unknown_conversation",
        ),
        ({"type": "abuse", "purchase": order, "files": [str(uuid4())]}, "complaints.unknown_file"),
        ({"type": "abuse", "purchase": order, "evidence": ["XE-1"]}, "evidence.unknown_number"),
        ({"type": "abuse", "purchase": str(uuid4())}, "orders.unknown_order"),
    ):
        answer = await bar.complains(**wish)
        assert answer.code == code, wish
    assert await bar.written() == 0
    assert (await bar.client("buyer").get("/public/v1/me/complaint-types")).json[0]["type"] == "abuse"
    shop = await bar.client("agent").get(f"/api/v1/shops/{bar.shop}/complaint-types")
    assert {one["type"] for one in shop.json} >= {"buyer_abuse", "review_threat", "malicious_orders"}


async def test_officers_merge_jump_and_decide_by_the_book(bar: Bar) -> None:
    first = await bar.lodged(shop=str(bar.shop))
    second = await bar.lodged(type="refused_service", shop=str(bar.shop))
    third = await bar.lodged("manager", "marketplace")
    wrong = await bar.step("officer", third["id"], "merge", {"into": first["id"]})
    assert (wrong.status, wrong.code) == (422, "complaints.not_the_same")
    joined = await bar.stepped("officer", second["id"], "merge", {"into": first["id"], "text": "同一件事"})
    assert (joined["state"], joined["merged_into"]) == ("merged", first["id"])
    await bar.stepped("officer", first["id"], "acceptance", {"evidence": True, "text": "有"})
    jumped = await bar.stepped(
        "officer", first["id"], "jump", {"cause": "threat_to_life", "text": "扬言上门"}
    )
    assert (jumped["state"], jumped["urgent"]) == ("in_hearing", True)
    early = await bar.step("officer", third["id"], "decide", {"outcome": "rejected", "text": "无"})
    assert (early.status, early.code) == (409, "complaints.not_now")
    await bar.clocked()


async def test_many_complaints_of_one_shop_rise_together(bar: Bar) -> None:
    """T-001, D13: the marketplace may start itself."""
    await bar.rule("complaints.mass_claims", 2)
    await bar.lodged("other_buyer", shop=str(bar.shop))
    made = await bar.lodged(shop=str(bar.shop))
    assert (made["rung"], made["urgent"]) == ("mediation", True)
    assert "D13-mass" in await bar.rows(made["id"])
