"""Evidence through its doors."""

from pathlib import Path
from uuid import uuid4

from tests.conversations.talk import Talk
from xiaoer.cli import evidence as command
from xiaoer.evidence.rules.verify import verify
from xiaoer.identity import queries as identity

WISH = {"first": 1, "last": 3, "purpose": "complaint", "reason": "客服骂人"}


async def test_from_the_chat_to_a_checked_pack(talk: Talk, tmp_path: Path) -> None:
    buyer, officer, agent = (talk.client(who) for who in ("buyer", "officer", "agent"))
    made = await buyer.post(f"/public/v1/conversations/{talk.conversation}/evidence", WISH)
    assert made.status == 201, made.body
    number = made.json["number"]
    mine = await buyer.get("/public/v1/evidence")
    assert [one["number"] for one in mine.json["data"]] == [number]
    assert (await talk.client("other_buyer").get("/public/v1/evidence")).json["data"] == []

    pack = await buyer.get(f"/public/v1/evidence/{number}/pack")
    assert pack.status == 200
    async with talk.database.read(talk.tenant) as tx:
        slug = (await identity.marketplace(tx)).slug
    published = (await buyer.get(f"/public/v1/marketplaces/{slug}/evidence-key")).json
    report = verify(pack.body, key=command.public_key(published["pem"].encode()))
    assert report.right, report.fault
    assert report.key_fingerprint == published["fingerprint"]

    assert (await talk.client("other_buyer").get(f"/public/v1/evidence/{number}/pack")).status == 404
    assert (await agent.get(f"/api/v1/shops/{talk.shop}/evidence/{number}/pack")).status == 404

    case = str(uuid4())
    wish = {"purpose": "complaint", "case": case, "reason": "审理投诉"}
    opened = await officer.post(f"/platform/v1/evidence/{number}/open", wish)
    assert opened.status == 200, opened.body
    assert [one["version"] for one in opened.json["messages"]] == [1, 2, 3]
    assert opened.json["fault"] is None
    other = await officer.post(f"/platform/v1/evidence/{number}/open", wish | {"case": str(uuid4())})
    assert (other.status, other.code) == (403, "evidence.other_case")
    assert (await officer.post(f"/platform/v1/evidence/{number}/pack", wish)).status == 200
    log = await officer.get(f"/platform/v1/evidence/{number}/openings")
    assert [(one["way"], one["role"]) for one in log.json["data"]] == [
        ("pack", "officer"), ("read", "officer"), ("pack", "buyer")
    ]  # fmt: skip
    assert (await buyer.post(f"/platform/v1/evidence/{number}/open", wish)).status == 403


async def test_the_shop_seals_too_and_its_manager_sees_all_of_it(talk: Talk) -> None:
    await talk.assign("agent")
    agent, colleague, manager = (talk.client(who) for who in ("agent", "colleague", "manager"))
    path = f"/api/v1/shops/{talk.shop}"
    made = await agent.post(f"{path}/conversations/{talk.conversation}/evidence", WISH)
    assert made.status == 201, made.body
    number = made.json["number"]
    assert [one["number"] for one in (await agent.get(f"{path}/evidence")).json["data"]] == [number]
    assert (await colleague.get(f"{path}/evidence")).json["data"] == []
    assert [one["number"] for one in (await manager.get(f"{path}/evidence")).json["data"]] == [number]
    assert (await manager.get(f"{path}/evidence/{number}/pack")).status == 200
    refused = await colleague.post(f"{path}/conversations/{talk.conversation}/evidence", WISH)
    assert refused.status == 403


async def test_a_screenshot_is_compared_at_the_door(talk: Talk) -> None:
    buyer = talk.client("buyer")
    made = await buyer.post(f"/public/v1/conversations/{talk.conversation}/evidence", WISH)
    path = f"/public/v1/evidence/{made.json['number']}/items"
    shown = await buyer.post(path, {"kind": "screenshot", "text": "买家：第2句：衣服没有破"})
    assert shown.status == 201, shown.body
    assert shown.json["weighed"]["flag"] == "forgery_suspected"
    assert shown.json["comparison"]["lines"][0]["said"] == "第2句：衣服破了"
    assert len((await buyer.get(path)).json) == 1
    assert (await talk.client("other_buyer").get(path)).status == 404


async def test_a_wish_that_cannot_be_is_refused(talk: Talk) -> None:
    path = f"/public/v1/conversations/{talk.conversation}/evidence"
    buyer = talk.client("buyer")
    for wish, code in (
        (WISH | {"last": 999}, "evidence.range_unknown"),
        (WISH | {"purpose": "marketing"}, None),
        (WISH | {"reason": ""}, None),
    ):
        answer = await buyer.post(path, wish)
        assert answer.status == 400, answer.body
        assert code is None or answer.code == code
    assert (await buyer.get("/public/v1/evidence")).json["data"] == []


async def test_an_officer_corrects_what_an_evidence_shows(talk: Talk) -> None:
    """D7: what its author said stays beside it, and the reason is written down twice: log and decision."""
    buyer, officer = talk.client("buyer"), talk.client("officer")
    made = await buyer.post(f"/public/v1/conversations/{talk.conversation}/evidence", WISH)
    number, case = made.json["number"], str(uuid4())
    wish = {"kind": "photo_video", "shows": ["item", "label"]}
    item = (await buyer.post(f"/public/v1/evidence/{number}/items", wish)).json
    assert item["weighed"]["accept"] == "yes"
    path = f"/platform/v1/evidence/{number}/items/{item['id']}/correct"
    asked = {"purpose": "complaint", "case": case, "reason": "看不到订单标签"}
    after = await officer.post(path, asked | {"shows": ["item"]})
    assert after.status == 200, after.body
    assert after.json["weighed"]["missing"] == ["label"]
    assert after.json["corrected"]["shows"] == ["item", "label"]
    assert after.json["corrected"]["reason"] == "看不到订单标签"
    again = await officer.post(path, asked | {"shows": ["item"]})
    assert (again.status, again.code) == (400, "evidence.nothing_to_correct")
    late = await officer.post(path, asked | {"timing": "late"})
    assert late.json["weighed"]["accept"] == "no"
    other = f"/platform/v1/evidence/{number}/items/{uuid4()}/correct"
    assert (await officer.post(other, asked | {"timing": "late"})).code == "evidence.unknown_item"
    assert (await buyer.post(path, asked | {"timing": "late"})).status == 403
    log = (await officer.get(f"/platform/v1/evidence/{number}/openings")).json["data"]
    assert [one["reason"] for one in log] == ["看不到订单标签", "看不到订单标签"]
    shown = (await buyer.get(f"/public/v1/evidence/{number}/items")).json
    assert shown[0]["corrected"]["row"] == after.json["weighed"]["row"]
