"""The manager's board: who waits, what is served, and what may be done with each and why not."""

from datetime import timedelta
from typing import Any

from tests.conversations.talk import NOON, Talk


def path(talk: Talk) -> str:
    return f"/api/v1/shops/{talk.shop}/live"


async def board(talk: Talk, who: str = "manager") -> Any:
    answer = await talk.client(who).get(path(talk))
    assert answer.status == 200, answer.body
    return answer.json


def deeds(row: Any) -> dict[str, str | None]:
    """The code of each deed's refusal; None where it may be done."""
    return {one["deed"]: one["code"] for one in row["deeds"]}


async def test_who_waits_longest_stands_first_and_the_answered_below(talk: Talk):
    await talk.said("buyer", "在吗")
    await talk.assign("agent")
    talk.now = NOON + timedelta(seconds=30)
    other = await talk.make_conversation("other_buyer")
    await talk.said("other_buyer", "我也在等", conversation=other)
    shown = await board(talk)
    assert [row["id"] for row in shown["at_risk"]] == [str(talk.conversation), str(other)]
    assert shown["served"] == []
    await talk.said("agent", "您好")
    shown = await board(talk)
    assert [row["id"] for row in shown["at_risk"]] == [str(other)]
    [served] = shown["served"]
    assert (served["id"], served["last_text"], served["reply_due_at"]) == (
        str(talk.conversation),
        "您好",
        None,
    )


async def test_each_row_says_what_may_be_done_and_why_not(talk: Talk):
    await talk.said("buyer", "在吗")
    [waiting] = (await board(talk))["at_risk"]
    assert deeds(waiting) == {
        "take": None,
        "assign": None,
        "whisper": "conversations.not_served",
        "step_in": None,
    }
    await talk.assign("agent")
    [served] = (await board(talk))["at_risk"]
    assert deeds(served) == {
        "take": "conversations.with_colleague",
        "assign": None,
        "whisper": None,
        "step_in": None,
    }


async def test_the_board_tells_the_truth(talk: Talk):
    """What the board opens is done, and the next board shows it."""
    await talk.said("buyer", "在吗")
    await talk.assign("agent")
    manager = talk.client("manager")
    door = f"/api/v1/shops/{talk.shop}/conversations/{talk.conversation}"
    assert (await manager.post(f"{door}/whisper", {"text": "先道歉"})).status in {200, 201}
    assert (await manager.post(f"{door}/step-in")).status == 200
    [mine] = (await board(talk))["at_risk"]
    assert mine["assignee_id"] == str(talk.people["manager"].id)
    colleague = str(talk.people["colleague"].id)
    assert (await manager.post(f"{door}/assign", {"person_id": colleague, "note": "请接"})).status == 200
    [theirs] = (await board(talk))["at_risk"]
    assert theirs["assignee_id"] == colleague


async def test_only_who_leads_the_shop_sees_it(talk: Talk):
    for who, status in (("agent", 403), ("buyer", 403), ("officer", 403)):
        assert (await talk.client(who).get(path(talk))).status == status
