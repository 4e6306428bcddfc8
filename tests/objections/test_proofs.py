"""Words held back go out with a proof where the table allows it, and pass until it ends."""

from datetime import timedelta
from uuid import UUID, uuid4

from tests import world
from tests.conversations.talk import together
from tests.objections.desk import LISTED, SHOPS, Desk
from xiaoer.kernel.refusal import Refused
from xiaoer.plumbing.driver import Connection
from xiaoer.rulebook import queries as rulebook

LATE = "保证明天送到。"


async def test_what_could_prove_it_is_told_and_nothing_is_written(desk: Desk, owner: Connection):
    before = await world.state(owner, tenant=desk.talk.tenant)
    told = {}
    for text in (LISTED, LATE, "加我微信 abc12345", SHOPS):
        wish = {"text": text, "conversation_id": str(desk.talk.conversation)}
        told[text] = (await desk.done("agent", "POST", "/provable", wish))["data"][0]
    assert "source" in told[LISTED]["sorts"]
    assert told[LATE]["sorts"] == ["insurance"]
    assert (told["加我微信 abc12345"]["sorts"], told["加我微信 abc12345"]["override_row"]) == ([], "V3")
    assert told["加我微信 abc12345"]["because"].startswith("站外联系方式")
    assert told[SHOPS]["sorts"] == []  # a term the shop forbids is no claim of D9
    assert await world.state(owner, tenant=desk.talk.tenant) == before


async def test_a_claim_passes_with_its_proof_and_the_message_carries_it(desk: Desk):
    talk = desk.talk
    assert isinstance(await talk.say("agent", LISTED), Refused)
    filed = await desk.done("agent", "POST", "/proofs", await desk.proof(LISTED, "source"))
    assert (filed["serves"], filed["override_row"], filed["conversation"]) == ("fact", "V11.source", None)
    entry = await talk.said("agent", LISTED)
    async with talk.database.read(talk.tenant) as tx:
        guard = await tx.fetchval(
            "select guard from conversations.entry where conversation = $1 and version = $2",
            talk.conversation,
            entry.version,
        )
        (why,) = await rulebook.decided(tx, "guard_proof", UUID(filed["id"]))
    (carried,) = guard["overridden"]
    assert (carried["proof"], carried["override_row"]) == (filed["id"], "V11.source")
    assert carried["person"] == str(talk.people["agent"].id)
    assert carried["row"].startswith("D9-")
    assert why.row == "V11.source"
    # staff see it at the message, the buyer does not
    path = f"/api/v1/shops/{talk.shop}/conversations/{talk.conversation}/entries"
    for who, address in (("agent", path), ("manager", path)):
        last = (await talk.client(who).get(address)).json["data"][-1]
        assert last["guard"]["overridden"][0]["reference"] == "NO.2026-118"
    mine = await talk.client("buyer").get(f"/public/v1/conversations/{talk.conversation}/entries")
    assert "guard" not in mine.json["data"][-1]
    # and so does the officer who opens the stretch for a case
    wish = {"first": 1, "last": entry.version, "purpose": "complaint", "reason": "投诉"}
    sealed = await talk.client("buyer").post(f"/public/v1/conversations/{talk.conversation}/evidence", wish)
    case = {"purpose": "complaint", "case": str(uuid4()), "reason": "审理投诉"}
    number = sealed.json["number"]
    opened = await talk.client("officer").post(f"/platform/v1/evidence/{number}/open", case)
    assert opened.json["fault"] is None
    (told,) = opened.json["proved"]
    assert (told["version"], told["overridden"][0]["reason"]) == (entry.version, "检验报告在档。")
    # anybody of the shop says it now; and while typing it is no longer held back
    await talk.said("manager", LISTED)
    wish = {"text": LISTED, "conversation_id": str(talk.conversation)}
    assert (await desk.done("agent", "POST", "/review", wish))["verdict"] in {"pass", "hint"}
    # until it ends
    talk.now += timedelta(days=30)
    assert isinstance(await talk.say("agent", LISTED), Refused)


async def test_a_promise_of_delivery_is_proved_for_its_own_buyer_only(desk: Desk):
    talk = desk.talk
    filed = await desk.done("agent", "POST", "/proofs", await desk.proof(LATE, "insurance"))
    assert filed["conversation"] == str(talk.conversation)
    await talk.said("agent", LATE)
    other = await talk.make_conversation("other_buyer")
    await talk.said("other_buyer", "在吗", conversation=other)
    assert isinstance(await talk.say("agent", LATE, conversation=other), Refused)


async def test_a_proof_that_proves_nothing_is_refused_and_nothing_is_kept(desk: Desk):
    contact = await desk.proof("加我微信 abc12345", "source")
    assert await desk.refused("agent", "POST", "/proofs", contact) == (422, "objections.proof_not_here", "V3")
    late = await desk.proof(LATE, "award")
    assert await desk.refused("agent", "POST", "/proofs", late) == (422, "objections.proof_not_here", "V14")
    ours = await desk.proof(SHOPS, "source")
    assert (await desk.refused("agent", "POST", "/proofs", ours))[1] == "objections.proof_changes_nothing"
    claim = await desk.proof(LISTED, "source")
    for days in (-1, 366):
        ends = (desk.talk.now + timedelta(days=days)).isoformat()
        refused = await desk.refused("agent", "POST", "/proofs", {**claim, "ends": ends})
        assert refused[1:] == ("objections.proof_when", "guard.proof_days_most")
    assert (await desk.refused("agent", "POST", "/proofs", {**claim, "text": "您好"}))[
        1
    ] == "objections.nothing_held"
    assert await desk.count("guard.proof") == 0


async def test_a_manager_puts_a_proof_away_and_it_is_held_back_again(desk: Desk):
    filed = await desk.done("agent", "POST", "/proofs", await desk.proof(LISTED, "source"))
    await desk.talk.said("agent", LISTED)
    path = f"/proofs/{filed['id']}/end"
    assert (await desk.refused("agent", "POST", path, {"reason": "x"}))[0] == 403
    answers = await together(*(desk.ask("manager", "POST", path, {"reason": "过期了"}) for _ in range(2)))
    assert sorted(one.status for one in answers) == [204, 404]
    assert isinstance(await desk.talk.say("agent", LISTED), Refused)
    (line,) = (await desk.done("agent", "GET", "/proofs"))["data"]
    assert (line["holds"], line["proof"]["ended_why"], line["person_name"]) == (False, "过期了", "agent")


async def test_proofs_are_listed_by_time_page_by_page(desk: Desk):
    made: list[str] = []
    for text in (LISTED, "这款是行业第一。"):
        desk.talk.now += timedelta(minutes=1)
        made.append((await desk.done("agent", "POST", "/proofs", await desk.proof(text, "source")))["id"])
    first = await desk.done("manager", "GET", "/proofs", limit=1)
    rest = await desk.done("manager", "GET", "/proofs", limit=1, starting_after=first["next_cursor"])
    assert [one["proof"]["id"] for one in (*first["data"], *rest["data"])] == made[::-1]


# ── what became of suggestions ───────────────────────────────────────────


async def test_suggestions_taken_edited_and_ignored_are_counted(desk: Desk):
    def told(*answers: str) -> dict[str, object]:
        return {"told": [{"kind": "absolute_term", "row": "D9-13", "answer": one} for one in answers]}

    await desk.done("agent", "POST", "/told", told("taken", "edited"))
    await desk.done("agent", "POST", "/told", told("taken", "ignored"))
    await desk.done("colleague", "POST", "/told", told("ignored"))
    found = await desk.done("manager", "GET", "/heeding")
    (row,) = found["rows"]
    assert (row["row"], row["taken"], row["edited"], row["ignored"]) == ("D9-13", 2, 1, 2)
    assert [(one["name"], one["taken"]) for one in found["people"]] == [("agent", 2), ("colleague", 0)]
    everywhere = await desk.done("boss", "GET", "/platform/v1/guard/heeding")
    assert everywhere["rows"] == found["rows"]
    assert [one["person"] for one in everywhere["shops"]] == [str(desk.talk.shop)]
    assert (await desk.refused("agent", "GET", "/heeding"))[0] == 403


async def test_a_row_nobody_has_is_not_counted(desk: Desk):
    wish = {"told": [{"kind": "tone", "row": "X1", "answer": "taken"}]}
    assert (await desk.refused("agent", "POST", "/told", wish))[:2] == (400, "objections.unknown_row")
    assert await desk.count("guard.answer") == 0
