"""One wish, two doors: a POST and a frame get the same answers, from the same parser and committer."""

from typing import Any

import pytest

from tests.conversations.talk import Talk
from tests.socket_client import page

NOBODY = "019a7000-0000-7000-8000-000000000001"
SEND = "/public/v1/conversations/{conversation}/entries"
SEND_DESK = "/api/v1/shops/{shop}/conversations/{conversation}/entries"


class Door:
    """One way in."""

    def __init__(self, talk: Talk, kind: str) -> None:
        self.talk = talk
        self.kind = kind

    async def send(self, who: str, **wish: Any) -> dict[str, Any]:
        """The entry, or the error."""
        conversation = wish.pop("conversation", str(self.talk.conversation))
        wish.setdefault("client_id", "c-1")
        if self.kind == "post":
            path = SEND if "buyer" in who else SEND_DESK
            url = path.format(shop=self.talk.shop, conversation=conversation)
            answer = await self.talk.client(who).post(url, wish)
            return answer.json.get("error", answer.json)
        async with page(self.talk.app, token=self.talk.tokens[who]) as socket:
            await socket.say(t="send", ref="r", wish={"conversation_id": conversation, **wish})
            frame = await _answer(socket)
            return frame["entry"] if frame["t"] == "ok" else frame["error"]


async def _answer(socket: Any) -> dict[str, Any]:
    await socket.settled()
    while True:
        for frame in socket.heard:
            if frame["t"] in {"ok", "refused"}:
                assert frame["ref"] == "r"
                return frame
        await socket.settled()


@pytest.fixture(params=["post", "frame"])
async def door(request: pytest.FixtureRequest, talk: Talk) -> Door:
    """Each test goes through both."""
    return Door(talk, request.param)


async def written(talk: Talk) -> tuple[int, int]:
    """How much a conversation holds: entries and staff lines."""
    thread = await talk.thread()
    return thread.version, thread.desk_version


async def test_a_text(door: Door):
    entry = await door.send("buyer", text=" 你好 ")
    assert entry["text"] == "你好"
    assert (entry["version"], entry["role"], entry["kind"], entry["client_id"]) == (1, "buyer", "text", "c-1")
    assert entry["person_id"] == str(door.talk.people["buyer"].id)
    assert "guard" not in entry
    again = await door.send("buyer", text=" 你好 ")
    assert again == entry


async def test_tricks_are_shown_harmless(door: Door):
    entry = await door.send("buyer", text="ok\u202egnp.exe")
    assert entry["text"] == "ok\u202egnp.exe"
    assert entry["shown"] == "okgnp.exe"


async def test_a_reply(door: Door):
    await door.send("buyer", text="有货吗", client_id="a")
    entry = await door.send("buyer", text="还在吗", client_id="b", reply_to=1)
    assert entry["body"] == {"reply_to": 1}


@pytest.mark.parametrize(
    ("wish", "kind", "code"),
    [
        ({"text": ""}, "refused", "conversations.text_empty"),
        ({"text": "字" * 4001}, "refused", "conversations.text_too_long"),
        ({"text": "x", "reply_to": 7}, "refused", "conversations.reply_unknown"),
        (
            {"text": "x", "file_id": NOBODY},
            "invalid",
            "conversations.wish_incomplete",
        ),
        ({"kind": "image"}, "invalid", "conversations.wish_incomplete"),
        ({"kind": "card"}, "invalid", "conversations.wish_incomplete"),
        (
            {"kind": "image", "file_id": NOBODY},
            "not_found",
            "conversations.file_unknown",
        ),
        (
            {"kind": "card", "card": {"kind": "order", "id": NOBODY}},
            "not_found",
            "conversations.card_unknown",
        ),
        (
            {"text": "x", "conversation": NOBODY},
            "not_found",
            "conversations.not_found",
        ),
    ],
)
async def test_what_cannot_be_sent_is_refused_and_leaves_nothing(
    door: Door, wish: dict[str, Any], kind: str, code: str
):
    before = await written(door.talk)
    error = await door.send("buyer", **wish)
    assert (error["kind"], error["code"]) == (kind, code)
    assert error["message"]
    assert "{{" not in error["message"]
    assert await written(door.talk) == before


@pytest.mark.parametrize(
    "wish",
    [
        {"text": 5},
        {"text": "x", "kind": "system"},
        {"text": "x", "kind": "recall"},
        {"text": "x", "client_id": ""},
        {"text": "x", "client_id": "a b"},
        {"text": "x", "client_id": "x" * 65},
        {"text": "x", "colour": "red"},
        {"text": "x", "reply_to": 0},
        {"text": "x", "reply_to": 1.5},
    ],
)
async def test_a_malformed_wish_is_invalid_and_leaves_nothing(door: Door, wish: dict[str, Any]):
    error = await door.send("buyer", **wish)
    assert error["kind"] == "invalid"
    assert await written(door.talk) == (0, 0)


async def test_strangers_learn_nothing(door: Door):
    await door.send("buyer", text="在吗")
    before = await written(door.talk)
    error = await door.send("other_buyer", text="我也来", client_id="x")
    assert (error["kind"], error["code"]) == ("not_found", "conversations.not_found")
    assert await written(door.talk) == before


async def test_an_agent_answers_and_a_colleague_does_not(door: Door):
    await door.send("buyer", text="在吗", client_id="a")
    answer = await door.send("agent", text="您好,请问有什么可以帮您", client_id="b")
    assert (answer["role"], answer["name"]) == ("agent", "agent")
    error = await door.send("colleague", text="我来", client_id="c")
    assert error["code"] == "conversations.with_colleague"
    assert error["row"] == "9"


async def test_the_guard_holds_words_back_and_writes_nothing(door: Door):
    await door.send("buyer", text="在吗", client_id="a")
    before = await written(door.talk)
    error = await door.send("agent", text="我们家是全国第一,最便宜", client_id="b")
    assert (error["kind"], error["code"]) == ("refused", "guard.must_be_changed")
    assert error["facts"]["findings"][0]["kind"] == "absolute_term"
    assert error["facts"]["suggestion"]
    assert await written(door.talk) == before


async def test_another_shop_is_another_world(door: Door):
    """The path of one shop does not lead to a conversation of another."""
    if door.kind == "frame":
        pytest.skip("a frame has no path")
    talk = door.talk
    url = SEND_DESK.format(shop="019a7000-0000-7000-8000-000000000009", conversation=talk.conversation)
    answer = await talk.client("manager").post(url, {"client_id": "a", "text": "x"})
    assert answer.status == 404


@pytest.mark.parametrize(("who", "status"), [("colleague", 201), ("manager", 201), ("other_buyer", 404)])
async def test_a_photo_of_a_case_is_kept_while_a_colleague_serves_the_buyer(
    talk: Talk, who: str, status: int
):
    await talk.assign("agent")
    answer = await talk.client(who).request(
        "POST",
        "/public/v1/files",
        body=b"%PDF-1.4 x",
        query={"conversation_id": str(talk.conversation), "name": "x.pdf"},
        headers={"content-type": "application/octet-stream"},
    )
    assert answer.status == status, answer.body
