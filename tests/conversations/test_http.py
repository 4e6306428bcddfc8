"""The doors of both sides: lists, stretches of timelines, recalls, marks, places in line."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from msgspec import structs

from tests import make
from tests.conversations.proof import whole
from tests.conversations.talk import Talk, together
from xiaoer.conversations.model.entry import Entry

MINE = "/public/v1/conversations"


def desk(talk: Talk, rest: str = "") -> str:
    return f"/api/v1/shops/{talk.shop}/conversations{rest}"


def one(talk: Talk, rest: str = "") -> str:
    return desk(talk, f"/{talk.conversation}{rest}")


async def listed(talk: Talk, who: str, **query: Any) -> list[str]:
    answer = await talk.client(who).get(desk(talk), **query)
    assert answer.status == 200, answer.body
    return [line["id"] for line in answer.json["data"]]


# ── the buyer ────────────────────────────────────────────────────────────


async def test_a_buyer_has_one_conversation_with_a_shop(talk: Talk):
    made = await together(*(talk.make_conversation() for _ in range(6)))
    assert set(made) == {talk.conversation}
    answers = await together(*(talk.make_conversation("other_buyer") for _ in range(6)))
    assert len(set(answers)) == 1


async def test_a_buyer_sees_what_is_his(talk: Talk):
    await talk.said("buyer", "在吗")
    answer = await talk.client("buyer").get(MINE)
    (line,) = answer.json["data"]
    assert line["id"] == str(talk.conversation)
    assert line["shop"]["name"] == "山间茶铺"
    assert (line["state"], line["version"], line["unread"]) == ("queued", 1, 0)
    assert line["last_text"] == "在吗"
    assert line["place"]["position"] == 1
    assert line["place"]["off_hours"] is False
    assert line["agent"] is None
    assert "queue" not in line
    await talk.said("agent", "您好")
    line = (await talk.client("buyer").get(f"{MINE}/{talk.conversation}")).json
    assert (line["unread"], line["agent"], line["place"]) == (1, {"name": "agent"}, None)
    other = await talk.client("other_buyer").get(f"{MINE}/{talk.conversation}")
    assert (other.status, other.code) == (404, "conversations.not_found")
    assert (await talk.client("other_buyer").get(MINE)).json["data"] == []


async def test_a_place_in_line_is_honest(talk: Talk):
    await talk.said("buyer", "在吗")
    talk.now += timedelta(seconds=5)
    second = await talk.make_conversation("other_buyer")
    await talk.said("other_buyer", "我排第几", conversation=second)
    answer = await talk.client("other_buyer").get(f"{MINE}/{second}/place")
    assert answer.json == {
        "position": 2,
        "estimate_low_seconds": None,
        "estimate_high_seconds": None,
        "off_hours": False,
        "opens_at": None,
    }
    await talk.said("agent", "您好")
    assert (await talk.client("other_buyer").get(f"{MINE}/{second}/place")).json["position"] == 1
    mine = await talk.client("buyer").get(f"{MINE}/{talk.conversation}/place")
    assert mine.status == 204


async def test_at_night_the_place_says_when_the_desk_opens(talk: Talk):
    talk.now += timedelta(hours=12)
    await talk.said("buyer", "在吗")
    place = (await talk.client("buyer").get(f"{MINE}/{talk.conversation}/place")).json
    assert (place["off_hours"], place["opens_at"]) == (True, "2026-11-12T01:00:00Z")


async def test_at_night_a_buyer_is_answered_at_once_and_keeps_his_place(talk: Talk):
    talk.now += timedelta(hours=12)
    await talk.said("buyer", "在吗")
    await talk.react()
    entries = await whole(talk)
    assert [(entry.role, entry.kind) for entry in entries] == [("buyer", "text"), ("auto", "text")]
    thread = await talk.thread()
    assert thread.waiting_since == talk.now
    assert thread.reply_due_at is not None
    assert thread.reply_due_at.isoformat() == "2026-11-12T01:05:00+00:00"
    await talk.said("buyer", "有人吗")
    await talk.react()
    assert len(await whole(talk)) == 3  # told once while he waits


# ── the desk's lists ─────────────────────────────────────────────────────


async def test_each_list_holds_what_it_says(talk: Talk):
    await talk.said("buyer", "在吗")
    mine = str(talk.conversation)
    assert await listed(talk, "manager", view="queue") == [mine]
    assert await listed(talk, "agent", view="queue") == [mine]  # no queue yet: everybody's
    await talk.assign("agent")
    assert await listed(talk, "agent", view="mine") == [mine]
    assert await listed(talk, "agent", view="queue") == []
    assert await listed(talk, "colleague", view="mine") == []
    assert await listed(talk, "colleague", view="all") == []
    assert await listed(talk, "manager", view="all") == [mine]
    assert await listed(talk, "manager", view="all", assignee=talk.people["agent"].id) == [mine]
    assert await listed(talk, "manager", view="all", assignee=talk.people["colleague"].id) == []
    until = talk.now + timedelta(days=1)
    await talk.bring(lambda was: structs.replace(was, state="snoozed", snoozed_until=until), kind="snoozed")
    assert await listed(talk, "agent", view="snoozed") == [mine]
    assert await listed(talk, "manager", view="snoozed") == [mine]
    assert await listed(talk, "colleague", view="snoozed", assignee=talk.people["agent"].id) == []
    await talk.bring(lambda was: structs.replace(was, state="closed"), kind="closed")
    assert await listed(talk, "agent", view="closed") == [mine]
    assert await listed(talk, "colleague", view="closed") == []
    assert await listed(talk, "agent", view="all") == [mine]


async def test_a_line_of_the_list_says_everything_a_desk_needs(talk: Talk):
    await talk.said("buyer", "在吗")
    await talk.assign("agent")
    line = (await talk.client("agent").get(one(talk))).json
    assert line["buyer"]["name"] == "buyer"
    assert line["assignee"] == {"id": str(talk.people["agent"].id), "name": "agent"}
    assert (line["queue_id"], line["queue_name"]) == (str(talk.quiet_queue), "只有主管")
    assert (line["unread"], line["version"], line["desk_version"]) == (1, 1, 1)
    assert line["reply_due_at"] == "2026-11-11T04:05:00Z"
    assert line["reply_warn_at"] < line["reply_due_at"]
    deeds = {deed["deed"]: deed["allowed"] for deed in line["deeds"]}
    assert deeds["send"] is True
    assert deeds["close"] is True
    assert deeds["take"] is False
    stranger = await talk.client("colleague").get(one(talk))
    assert (stranger.status, stranger.code) == (403, "conversations.not_yours")


async def test_lists_are_read_page_by_page(talk: Talk):
    """Nothing is shown twice or left out, even while words come in."""
    conversations: list[UUID] = []
    for number in range(7):
        person = f"p{number}"
        talk.people[person] = await make.person(talk.database, talk.tenant, role="buyer")
        talk.tokens[person] = await make.session(talk.database, talk.tenant, talk.people[person])
        conversations.append(await talk.make_conversation(person))
        talk.now += timedelta(seconds=number % 2)  # some at the very same moment
        await talk.said(person, "在吗", conversation=conversations[-1])
    for view in ("queue", "all"):
        seen: list[str] = []
        query: dict[str, Any] = {"view": view, "limit": 3}
        while True:
            page = (await talk.client("manager").get(desk(talk), **query)).json
            seen += [line["id"] for line in page["data"]]
            await talk.said("p0", "还在吗", conversation=conversations[0])
            query["starting_after"] = page["next_cursor"]
            if not page["has_more"]:
                break
        assert sorted(seen) == sorted(map(str, conversations))
    answer = await talk.client("manager").get(desk(talk), starting_after="gestern")
    assert (answer.status, answer.code) == (400, "conversations.cursor_invalid")


# ── stretches of a timeline ──────────────────────────────────────────────


async def test_a_timeline_is_read_from_either_end(talk: Talk):
    for number in range(1, 8):
        await talk.said("buyer", str(number))
    client = talk.client("buyer")
    url = f"{MINE}/{talk.conversation}/entries"

    async def versions(**query: Any) -> tuple[list[int], bool, str | None]:
        page = (await client.get(url, **query)).json
        return [entry["version"] for entry in page["data"]], page["has_more"], page["next_cursor"]

    assert await versions(limit=3) == ([5, 6, 7], True, "5")
    assert await versions(before=5, limit=3) == ([2, 3, 4], True, "2")
    assert await versions(before=2, limit=3) == ([1], False, None)
    assert await versions(after=0, limit=3) == ([1, 2, 3], True, "3")
    assert await versions(after=5) == ([6, 7], False, None)
    assert await versions(after=7) == ([], False, None)


async def test_staff_lines_are_for_staff(talk: Talk):
    await talk.said("buyer", "在吗")
    await talk.assign("agent")
    (line,) = (await talk.client("agent").get(one(talk, "/desk-entries"))).json["data"]
    assert (line["kind"], line["version"], line["after_version"]) == ("assigned", 1, 1)
    assert (await talk.client("buyer").get(one(talk, "/desk-entries"))).status == 403
    assert (await talk.client("colleague").get(one(talk, "/desk-entries"))).status == 403


# ── recall ───────────────────────────────────────────────────────────────


async def test_recalled_words_are_gone_for_the_other_side_only(talk: Talk):
    await talk.said("buyer", "在吗")
    await talk.said("agent", "发错了")
    answer = await talk.client("agent").post(one(talk, "/entries/2/recall"))
    assert answer.status == 200
    assert answer.json["entry"]["body"] == {"recalls": 2}
    theirs = (await talk.client("buyer").get(f"{MINE}/{talk.conversation}/entries")).json["data"]
    ours = (await talk.client("agent").get(one(talk, "/entries"))).json["data"]
    assert [(entry["text"], entry["recalled"]) for entry in theirs] == [
        ("在吗", False),
        ("", True),
        ("", False),
    ]
    assert [(entry["text"], entry["recalled"]) for entry in ours] == [
        ("在吗", False),
        ("发错了", True),
        ("", False),
    ]
    assert (await talk.client("buyer").get(f"{MINE}/{talk.conversation}")).json["last_text"] == ""
    again = await talk.client("agent").post(one(talk, "/entries/2/recall"))
    assert (again.status, again.json) == (200, {"entry": None})
    entries = await whole(talk)
    assert entries[1].text == "发错了"  # evidence


@pytest.mark.parametrize(
    ("who", "version", "after_seconds", "code"),
    [
        ("agent", 2, 121, "conversations.recall_too_late"),
        ("agent", 1, 0, "conversations.recall_not_yours"),
        ("agent", 9, 0, "conversations.recall_unknown"),
        ("colleague", 2, 0, "conversations.recall_not_yours"),
        ("manager", 1, 0, "conversations.recall_not_yours"),
        ("buyer", 2, 0, "conversations.recall_not_yours"),
        ("other_buyer", 1, 0, "conversations.not_found"),
    ],
)
async def test_what_cannot_be_recalled(talk: Talk, who: str, version: int, after_seconds: int, code: str):
    await talk.said("buyer", "在吗")
    await talk.said("agent", "发错了")
    talk.now += timedelta(seconds=after_seconds)
    base = f"{MINE}/{talk.conversation}" if "buyer" in who else one(talk)
    answer = await talk.client(who).post(f"{base}/entries/{version}/recall")
    assert answer.code == code
    assert (await talk.thread()).version == 2


async def test_a_manager_recalls_what_an_agent_said(talk: Talk):
    await talk.said("buyer", "在吗")
    await talk.said("agent", "发错了")
    assert (await talk.client("manager").post(one(talk, "/entries/2/recall"))).status == 200
    assert (await talk.thread()).unread_buyer == 0


async def test_two_recalls_at_once_are_one(talk: Talk):
    await talk.said("buyer", "在吗")
    answers = await together(
        *(talk.client("buyer").post(f"{MINE}/{talk.conversation}/entries/1/recall") for _ in range(4))
    )
    assert [answer.status for answer in answers] == [200] * 4
    assert sum(answer.json["entry"] is not None for answer in answers) == 1
    assert [entry.kind for entry in await whole(talk)] == ["text", "recall"]


# ── read marks ───────────────────────────────────────────────────────────


async def test_reading_goes_forward_only_and_never_beyond(talk: Talk):
    for text in ("一", "二", "三"):
        await talk.said("manager", text)
    url = f"{MINE}/{talk.conversation}/seen"
    for version, read, unread in ((2, 2, 1), (1, 2, 1), (99, 3, 0)):
        assert (await talk.client("buyer").post(url, {"version": version})).status == 204
        thread = await talk.thread()
        assert (thread.buyer_read, thread.unread_buyer) == (read, unread)
    await talk.said("manager", "四")
    assert (await talk.thread()).unread_buyer == 1


async def test_a_colleague_who_looks_does_not_read_for_whoever_serves(talk: Talk):
    await talk.said("buyer", "在吗")
    await talk.assign("agent")
    assert (await talk.client("manager").post(one(talk, "/seen"), {"version": 1})).status == 204
    assert (await talk.thread()).unread_shop == 1
    assert (await talk.client("agent").post(one(talk, "/seen"), {"version": 1})).status == 204
    assert (await talk.thread()).unread_shop == 0
    assert (await talk.client("colleague").post(one(talk, "/seen"), {"version": 1})).status == 403


# ── the shop begins, the guard holds back ────────────────────────────────


async def test_the_shop_turns_to_a_buyer(talk: Talk):
    buyer = str(talk.people["other_buyer"].id)
    answer = await talk.client("agent").post(desk(talk), {"buyer_id": buyer})
    assert answer.status == 200
    assert (answer.json["state"], answer.json["assignee"]["name"]) == ("assigned", "agent")
    conversation = UUID(answer.json["id"])
    assert isinstance(await talk.say("agent", "您好,您的包裹已到", conversation=conversation), Entry)
    again = await talk.client("agent").post(desk(talk), {"buyer_id": buyer})
    assert again.json["consultation"] == 1
    person = str(talk.people["manager"].id)
    nobody = await talk.client("agent").post(desk(talk), {"buyer_id": person})
    assert (nobody.status, nobody.code) == (404, "conversations.buyer_unknown")


async def test_held_back_abuse_reaches_the_manager_and_never_the_buyer(talk: Talk):
    await talk.said("buyer", "在吗")
    await talk.assign("agent")
    share = {"person_id": str(talk.people["colleague"].id)}
    assert (await talk.client("agent").post(one(talk, "/share"), share)).status < 300
    async with talk.page("manager") as manager:
        await manager.say(t="sub", topic=f"shop:{talk.shop}")
        await manager.hear("subbed")
        refused = await talk.refused("agent", "你是傻逼吗,滚")
        assert refused.facts["verdict"] == "block"
        told = await manager.event("conversations.guard_blocked")
        assert told["person_name"] == "agent"
        assert "text" not in told
    reads = {"manager": "你是傻逼吗,滚", "agent": "你是傻逼吗,滚", "colleague": ""}
    for who, words in reads.items():
        line = (await talk.client(who).get(one(talk, "/desk-entries"))).json["data"][-1]
        assert (line["kind"], line["text"], line["body"]["kinds"]) == ("guard_blocked", words, ["abuse"])
    assert [entry.text for entry in await whole(talk)] == ["在吗"]
