"""What a shop knows for certain, and what its people say held against it."""

import pytest

from tests.conversations.talk import Talk
from tests.inspection.test_server import home, served
from xiaoer.plumbing.driver import Connection

WISH: dict[str, object] = {"title": "保修期", "about": ["保修"], "says": ["一年"], "never": ["两年", "终身"]}
TALKED = (
    ("buyer", "你好，这个耳机保修多久？"),
    ("agent", "您好，我是客服小张。这款耳机保修两年的。"),
    ("buyer", "好的"),
)


async def claims(talk: Talk) -> list[tuple[str, str, bool]]:
    """What the last inspection says of facts: the words said, the fact, whether they agree."""
    manager = talk.client("manager")
    line = (await manager.get(f"{home(talk)}/inspections")).json["data"][0]
    whole = (await manager.get(f"{home(talk)}/inspections/{line['id']}")).json
    return [
        (one["said"], one["known"], one["right"])
        for one in whole["result"]["claims"]
        if one["subject"] == "knowledge"
    ]


async def test_a_wrong_answer_is_found_with_the_fact_it_goes_against(talk: Talk) -> None:
    made = await talk.client("manager").post(f"{home(talk)}/facts", WISH)
    assert made.status == 201, made.body
    await served(talk, TALKED)
    assert await claims(talk) == [("两年", "保修期", False)]


async def test_a_fact_that_changes_is_another_fact(talk: Talk, owner: Connection) -> None:
    manager = talk.client("manager")
    first = (await manager.post(f"{home(talk)}/facts", WISH)).json
    second = await manager.put(f"{home(talk)}/facts/{first['id']}", WISH | {"says": ["两年"], "never": []})
    assert second.json["replaces"] == first["id"]
    assert [one["id"] for one in (await manager.get(f"{home(talk)}/facts")).json["data"]] == [
        second.json["id"]
    ]
    again = await manager.put(f"{home(talk)}/facts/{first['id']}", WISH)
    assert (again.status, again.json["error"]["code"]) == (404, "inspection.unknown_fact")
    await served(talk, TALKED)
    assert await claims(talk) == [("两年", "保修期", True)]
    assert (await manager.delete(f"{home(talk)}/facts/{second.json['id']}")).status == 204
    assert (await manager.get(f"{home(talk)}/facts")).json["data"] == []
    assert await owner.fetchval("select count(*) from inspection.fact") == 2


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"about": []}, "inspection.empty_fact"),
        ({"about": ["  "]}, "inspection.empty_fact"),
        ({"says": [], "never": [" "]}, "inspection.empty_fact"),
        ({"title": ""}, None),
        ({"about": ["字" * 61]}, None),
        ({"never": ["词"] * 21}, None),
    ],
)
async def test_what_says_nothing_is_refused(
    talk: Talk, owner: Connection, more: dict[str, object], code: str | None
) -> None:
    refused = await talk.client("manager").post(f"{home(talk)}/facts", WISH | more)
    assert refused.status in {400, 422}
    if code:
        assert refused.json["error"]["code"] == code
    assert await owner.fetchval("select count(*) from inspection.fact") == 0


async def test_agents_read_and_leaders_write(talk: Talk) -> None:
    agent = talk.client("agent")
    assert (await agent.get(f"{home(talk)}/facts")).status == 200
    assert (await agent.post(f"{home(talk)}/facts", WISH)).status == 403
    assert (await talk.client("buyer").get(f"{home(talk)}/facts")).status == 403
