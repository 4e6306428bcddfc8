"""A file as a proof: uploaded by oneself for this talk, kept with its hash, opened by those it concerns."""

from hashlib import sha256

from tests import make
from tests.objections.desk import LISTED, PAPER, SHOPS, Desk
from xiaoer.kernel.refusal import Refused

PLATFORM = "/platform/v1/guard"
HASH = sha256(PAPER).hexdigest()
NO = {"upheld": False, "reason": "词表如此。"}


async def opened(desk: Desk, address: str | None) -> bytes:
    assert address is not None
    stranger = desk.talk.client("other_buyer")  # the address is signed, nothing else opens it
    path, query = address.split("?")
    answer = await stranger.request("GET", path, query=query)
    assert answer.status == 200, answer.body
    return answer.body


async def test_a_claim_passes_with_a_file_alone(desk: Desk):
    wish = await desk.proof(LISTED, "source", reference="", file_id=await desk.file())
    filed = await desk.done("agent", "POST", "/proofs", wish)
    assert (filed["reference"], filed["file"]["sha256"]) == ("", HASH)
    entry = await desk.talk.said("agent", LISTED)
    path = f"/api/v1/shops/{desk.talk.shop}/conversations/{desk.talk.conversation}/entries"
    last = (await desk.talk.client("agent").get(path)).json["data"][-1]
    assert (last["version"], last["guard"]["overridden"][0]["file_name"]) == (entry.version, "检验报告.pdf")
    (line,) = (await desk.done("manager", "GET", "/proofs"))["data"]
    assert line["proof"]["file"] == {**filed["file"], "name": "检验报告.pdf", "media_type": "application/pdf"}
    assert await opened(desk, line["file_url"]) == PAPER


async def test_a_proof_of_nothing_and_files_of_others_are_refused_and_nothing_is_kept(desk: Desk):
    nothing = await desk.proof(LISTED, "source", reference=" x ")
    assert (await desk.refused("agent", "POST", "/proofs", nothing))[:2] == (
        400,
        "objections.proof_of_nothing",
    )
    others = await desk.file("manager")
    wish = await desk.proof(LISTED, "source", file_id=others)
    assert (await desk.refused("agent", "POST", "/proofs", wish))[:2] == (404, "conversations.file_unknown")
    found = await desk.finding(SHOPS)
    objection = {
        "text": SHOPS,
        "kind": found["kind"],
        "start": found["start"],
        "reason": "x",
        "file_id": others,
    }
    objection["conversation_id"] = str(desk.talk.conversation)
    assert (await desk.refused("agent", "POST", "/objections", objection))[0] == 404
    page = await desk.upload(name="x.pdf", content=b"MZ\x90\x00 a program")
    assert (page.status, page.code) == (422, "conversations.file_type")  # by its bytes, not by its name
    assert await desk.count("guard.proof") == 0
    assert await desk.count("objections.objection") == 0
    assert isinstance(await desk.talk.say("agent", LISTED), Refused)


async def test_whoever_decides_opens_the_file_of_an_appeal_and_nobody_elses_shop(desk: Desk):
    talk = desk.talk
    made = (await desk.objection(LISTED, file_id=await desk.file(name="13911112222.pdf")))["objection"]
    assert made["file"]["sha256"] == HASH
    (line,) = (await desk.done("officer", "GET", f"{PLATFORM}/objections"))["data"]
    assert "13911112222" not in str(line["objection"])
    assert await opened(desk, line["file_url"]) == PAPER
    (mine,) = (await desk.done("agent", "GET", "/objections"))["data"]
    assert await opened(desk, mine["file_url"]) == PAPER
    other = await make.shop(talk.database, talk.tenant)
    stranger = await make.person(talk.database, talk.tenant, role="manager", shops=[other.id])
    talk.tokens["stranger"] = await make.session(talk.database, talk.tenant, stranger)
    answer = await talk.client("stranger").get(f"/public/v1/files/{made['file']['id']}")
    assert answer.status == 404
    answer = await talk.client("stranger").get(f"/api/v1/shops/{talk.shop}/guard/objections")
    assert answer.status == 404
    # once another has decided, those who did not have no business with it
    after = await desk.done("boss", "POST", f"{PLATFORM}/objections/{made['id']}/decision", NO)
    assert await opened(desk, after["file_url"]) == PAPER
    (line,) = (await desk.done("officer", "GET", f"{PLATFORM}/objections"))["data"]
    assert (line["opens_file"], line["file_url"]) == (False, None)
