"""What the guard says while somebody types is what it says when he sends."""

from datetime import timedelta

from tests import world
from tests.conversations.talk import Talk
from xiaoer.kernel.refusal import Refused
from xiaoer.plumbing.driver import Connection

BAD = "加我微信 abc12345 给你便宜"
GOOD = "您好,请问有什么可以帮您?"


def path(talk: Talk) -> str:
    return f"/api/v1/shops/{talk.shop}/guard/review"


async def test_the_door_says_what_sending_says(talk: Talk):
    await talk.said("buyer", "在吗")
    for text in (BAD, GOOD, "保证今天送达", "全国第一,最好的茶"):
        answer = await talk.client("agent").post(
            path(talk), {"text": text, "conversation_id": str(talk.conversation)}
        )
        assert answer.status == 200, answer.body
        sent = await talk.say("agent", text)
        held = isinstance(sent, Refused)
        assert (answer.json["verdict"] in {"rewrite", "block"}) == held, text
        if isinstance(sent, Refused):
            assert sent.code == "guard.must_be_changed"
            assert sent.facts["verdict"] == answer.json["verdict"]
            assert sent.facts["suggestion"] == answer.json["text"]


async def test_without_a_conversation_only_the_words_count(talk: Talk):
    answer = await talk.client("agent").post(path(talk), {"text": BAD})
    assert (answer.status, answer.json["verdict"]) == (200, "block")
    assert answer.json["findings"][0]["start"] < answer.json["findings"][0]["end"]


async def test_asking_writes_nothing(talk: Talk, owner: Connection):
    await talk.said("buyer", "在吗")
    await talk.react()
    before = await world.state(owner, tenant=talk.tenant)
    for text in (BAD, GOOD, ""):
        answer = await talk.client("manager").post(
            path(talk), {"text": text, "conversation_id": str(talk.conversation)}
        )
        assert answer.status == 200
    assert await world.state(owner, tenant=talk.tenant) == before


async def test_a_conversation_that_is_none_of_his_business_is_refused(talk: Talk):
    await talk.said("buyer", "在吗")
    await talk.said("colleague", "您好")
    data = {"text": GOOD, "conversation_id": str(talk.conversation)}
    await talk.client("colleague").post(f"/api/v1/shops/{talk.shop}/conversations/{talk.conversation}/close")
    answer = await talk.client("agent").post(path(talk), data)
    assert (answer.status, answer.code) == (403, "conversations.not_yours")
    buyer = await talk.client("buyer").post(path(talk), {"text": GOOD})
    assert buyer.status == 403


# ── a list is tried before it holds ──────────────────────────────────────


def shadow_path(talk: Talk) -> str:
    return f"/api/v1/shops/{talk.shop}/guard/shadow"


async def test_a_list_is_tried_on_what_was_sent_lately(talk: Talk, owner: Connection):
    await talk.said("buyer", "在吗,量子面料的还有吗")
    await talk.said("agent", "您好,量子面料的还有")
    await talk.said("agent", "您的电话是 13911112222 吗?量子面料到货叫您")
    await talk.said("agent", "好的")
    before = await world.state(owner, tenant=talk.tenant)
    wish = {"add": [{"kind": "absolute_term", "term": "量子面料"}]}
    answer = await talk.client("manager").post(shadow_path(talk), wish)
    assert answer.status == 200, answer.body
    tried = answer.json
    assert (tried["messages"], tried["held_before"], tried["held_after"], tried["changed"]) == (3, 0, 2, 2)
    assert tried["complete"] is True
    assert {one["after"] for one in tried["examples"]} == {"block"}
    assert all("量子面料" in one["words"] for one in tried["examples"])
    assert "13911112222" not in str(tried)
    assert await world.state(owner, tenant=talk.tenant) == before
    assert await talk.said("agent", "量子面料的明天也有货")


async def test_only_the_days_asked_for_are_tried(talk: Talk):
    await talk.said("buyer", "在吗")
    await talk.said("agent", "量子面料的还有")
    talk.now += timedelta(days=2)
    wish = {"add": [{"kind": "absolute_term", "term": "量子面料"}], "days": 1}
    answer = await talk.client("manager").post(shadow_path(talk), wish)
    assert (answer.status, answer.json["messages"]) == (200, 0)


async def test_who_may_not_change_the_list_may_not_try_one(talk: Talk):
    assert (await talk.client("agent").post(shadow_path(talk), {})).status == 403
    assert (await talk.client("buyer").post(shadow_path(talk), {})).status == 403
