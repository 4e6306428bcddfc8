"""Nobody decides an objection in time: it is overdue, passes to those above, and stays open."""

from datetime import timedelta

from msgspec.json import decode

from tests.objections.desk import LISTED, OURS, SHOPS, Desk
from xiaoer.objections.events import ObjectionOverdue
from xiaoer.plumbing.events import Envelope

PLATFORM = "/platform/v1/guard"
YES = {"upheld": True, "reason": "是面料的名字。", "phrase": OURS}
HOURS = timedelta(hours=72)


def told(desk: Desk) -> list[str]:
    """Who hears from now on that something is overdue, by name, as often as he hears it."""
    heard: list[str] = []
    names = {one.id: name for name, one in desk.talk.people.items()}

    def hear(envelope: Envelope | None) -> None:
        assert envelope is not None
        assert envelope.body is not None
        heard.append(names[decode(envelope.body, type=ObjectionOverdue).person])

    desk.talk.services.hub.on(ObjectionOverdue.name, hear)
    return heard


async def steps(desk: Desk) -> list[tuple[str, bool]]:
    async with desk.talk.database.read(desk.talk.tenant) as tx:
        rows = await tx.fetch("select event, person is null as alone from objections.step order by version")
    return [(row["event"], row["alone"]) for row in rows]


async def test_what_the_shop_leaves_lying_the_marketplaces_people_review(desk: Desk):
    made = (await desk.objection(SHOPS))["objection"]
    assert made["due_at"] is not None
    path = f"{PLATFORM}/objections/{made['id']}/decision"
    desk.talk.now += HOURS - timedelta(seconds=1)
    await desk.ring()
    assert (await desk.refused("officer", "POST", path, YES))[1:] == ("objections.review_shops_list", "G6")
    assert (await desk.done("officer", "GET", f"{PLATFORM}/objections"))["data"] == []

    heard = told(desk)
    desk.talk.now += timedelta(seconds=1)
    await desk.ring()
    await desk.ring()  # once and no more
    assert sorted(heard) == ["boss", "manager", "officer", "second boss"]
    (line,) = (await desk.done("officer", "GET", f"{PLATFORM}/objections", open=True))["data"]
    assert (line["objection"]["state"], line["deeds"][1]["allowed"]) == ("overdue", True)
    (line,) = (await desk.done("manager", "GET", "/objections", open=True))["data"]
    assert (line["objection"]["state"], line["deeds"][1]["allowed"]) == ("overdue", True)
    after = await desk.done("officer", "POST", path, YES)
    assert (after["objection"]["state"], after["objection"]["decided_row"]) == ("upheld", "G7")
    assert await steps(desk) == [
        ("lodged", False),
        ("proposed", False),
        ("fall_due", True),
        ("uphold", False),
    ]
    (line,) = (await desk.done("officer", "GET", f"{PLATFORM}/objections"))["data"]
    assert line["objection"]["overdue_at"] is not None  # it stays in sight of those who decided it


async def test_who_wrote_the_words_is_not_asked_to_decide(desk: Desk):
    await desk.objection(SHOPS, "manager")
    heard = told(desk)
    desk.talk.now += HOURS
    await desk.ring()
    assert sorted(heard) == ["boss", "officer", "second boss"]
    mine = await desk.done("manager", "GET", "/objections", mine=True, overdue=True)
    (line,) = mine["data"]
    assert line["deeds"][1]["allowed"] is False
    assert (await desk.done("manager", "GET", "/objections", open=False))["data"] == []


async def test_silence_never_decides_against_an_agent(desk: Desk):
    made = (await desk.objection(LISTED))["objection"]
    heard = told(desk)
    desk.talk.now += 2 * HOURS
    await desk.ring()
    (line,) = (await desk.done("agent", "GET", "/objections", open=True))["data"]
    assert (line["objection"]["state"], line["objection"]["decision"]) == ("overdue", "")
    assert sorted(heard) == ["boss", "officer", "second boss"]  # the marketplace's list is theirs to judge
    assert len((await desk.done("officer", "GET", f"{PLATFORM}/objections", overdue=True))["data"]) == 1
    assert (await desk.done("manager", "GET", "/objections", mine=True))["data"] == []
    assert await desk.count("objections.objection where state = 'dismissed'") == 0
    same = await desk.refused(
        "agent",
        "POST",
        "/objections",
        {**_same(made, LISTED), "conversation_id": str(desk.talk.conversation)},
    )
    assert same[1] == "objections.objected_before"
    after = await desk.done("agent", "POST", f"/objections/{made['id']}/withdrawal")
    assert after["objection"]["state"] == "withdrawn"


async def test_what_is_decided_in_time_rings_no_clock(desk: Desk):
    made = (await desk.objection(SHOPS))["objection"]
    no = {"upheld": False, "reason": "不是面料的名字。"}
    await desk.done("manager", "POST", f"/objections/{made['id']}/decision", no)
    assert await desk.count("clocks.clock where name = 'objections.decision'") == 0
    desk.talk.now += HOURS
    await desk.ring()
    (line,) = (await desk.done("agent", "GET", "/objections"))["data"]
    assert (line["objection"]["state"], line["objection"]["overdue_at"]) == ("dismissed", None)


async def test_the_time_is_a_rule_of_the_marketplace(desk: Desk):
    path = "/platform/v1/rulebook/guard.objection_hours"
    answer = await desk.talk.client("boss").put(path, {"value": 5, "reason": "x"})
    assert answer.status == 200, answer.body
    await desk.objection(SHOPS)
    desk.talk.now += timedelta(hours=5)
    await desk.ring()
    (line,) = (await desk.done("manager", "GET", "/objections"))["data"]
    assert line["objection"]["state"] == "overdue"


def _same(made: dict[str, object], text: str) -> dict[str, object]:
    spots = made["findings"]
    assert isinstance(spots, list)
    return {"text": text, "kind": made["kind"], "start": spots[0]["start"], "reason": "x"}
