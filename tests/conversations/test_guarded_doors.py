"""Every way words reach a buyer passes the same guard; his own number repeated to him is no leak (D10)."""

from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any, Final

import pytest

from tests.conversations.talk import Talk
from xiaoer import main
from xiaoer.clocks.jobs import Ringer
from xiaoer.conversations.actions.auto import say
from xiaoer.conversations.model.entry import Entry
from xiaoer.conversations.queries.shops import FreshShops
from xiaoer.plumbing.driver import Connection

OWN: Final = "138 0013 8000"
OTHERS: Final = "13911112222"
WORDS: Final = "您的收货电话是{},请确认"
BAD: Final = "加我微信 abc12345 给你便宜"


def _path(talk: Talk, rest: str) -> str:
    return f"/api/v1/shops/{talk.shop}/conversations/{talk.conversation}/{rest}"


async def _typed(talk: Talk, text: str) -> bool:
    data = {"text": text, "conversation_id": str(talk.conversation)}
    answer = await talk.client("agent").post(f"/api/v1/shops/{talk.shop}/guard/review", data)
    assert answer.status == 200, answer.body
    return answer.json["verdict"] in {"pass", "hint"}


async def _batched(talk: Talk, text: str) -> bool:
    return isinstance(await talk.say("agent", text), Entry)


async def _posted(talk: Talk, text: str) -> bool:
    answer = await talk.client("agent").post(_path(talk, "entries"), {"client_id": "p-1", "text": text})
    return answer.status == 201


async def _held(talk: Talk, text: str) -> bool:
    data = {"client_id": "h-1", "text": text, "hold_seconds": 3}
    return (await talk.client("agent").post(_path(talk, "entries"), data)).status == 202


async def _scheduled(talk: Talk, text: str) -> bool:
    at = (talk.now + timedelta(hours=1)).isoformat()
    data = {"client_id": "s-1", "text": text, "send_at": at}
    kept = await talk.client("agent").post(_path(talk, "scheduled"), data)
    talk.now += timedelta(hours=2)
    await Ringer(talk.database, main.TIMERS).ring_awake(talk.now)
    said = await talk.client("buyer").get(f"/public/v1/conversations/{talk.conversation}/entries")
    assert (kept.status == 201) == any(entry["text"] == text for entry in said.json["data"])
    return kept.status == 201


async def _automatic(talk: Talk, text: str) -> bool:
    async with talk.database.transaction(talk.tenant) as tx:
        answer = await say(
            tx,
            FreshShops(tx),
            shop=talk.shop,
            conversation=talk.conversation,
            client_id="auto-1",
            text=text,
            language="zh-Hans",
            now=talk.now,
        )
    return isinstance(answer, Entry)


DOORS: Final[dict[str, Callable[[Talk, str], Awaitable[bool]]]] = {
    "typed": _typed,
    "batched": _batched,
    "posted": _posted,
    "held for a moment": _held,
    "scheduled": _scheduled,
    "automatic": _automatic,
}


@pytest.fixture
async def served(talk: Talk, owner: Connection) -> Talk:
    """The agent serves a buyer whose phone is known."""
    await owner.execute(
        "update identity.person set phone = '13800138000' where id = $1", talk.people["buyer"].id
    )
    await talk.said("buyer", "在吗")
    await talk.said("agent", "您好,请问有什么可以帮您?")
    return talk


@pytest.mark.parametrize("door", DOORS)
@pytest.mark.parametrize(
    ("text", "passes"),
    [
        ("您好,在的", True),
        (WORDS.format(OWN), True),
        (f"请打 {OTHERS}", False),
        (f"请打 {OTHERS} 或 {OWN}", False),
        (f"{BAD} {OWN}", False),
    ],
    ids=["plain", "his own", "another's", "both", "blocked anyway"],
)
async def test_every_door_asks_the_same_guard(served: Talk, door: str, text: str, passes: bool):
    assert await DOORS[door](served, text) == passes


async def test_his_own_data_are_not_even_hinted_at(served: Talk):
    said = await served.said("agent", WORDS.format(OWN))
    rows: Any = await served.client("agent").get(_path(served, "entries"))
    assert "guard" not in next(one for one in rows.json["data"] if one["version"] == said.version)


@pytest.mark.parametrize(
    ("text", "status"), [("您好,我是客服{{agent}}", 201), (BAD, 422), ("亲,给个五星好评返现5元", 422)]
)
async def test_a_prepared_answer_that_may_never_be_sent_is_not_kept(served: Talk, text: str, status: int):
    data = {"title": "问候", "text": text}
    answer = await served.client("manager").post(f"/api/v1/shops/{served.shop}/canned", data)
    assert answer.status == status, answer.body
