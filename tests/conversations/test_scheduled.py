"""Messages that wait: they go once, at their time, unless they are taken back before."""

from datetime import timedelta
from typing import Any

import pytest

from tests import world
from tests.client import Response
from tests.conversations.talk import Talk, together
from xiaoer import main
from xiaoer.clocks.jobs import Ringer
from xiaoer.plumbing.driver import Connection

BAD = "加我微信 abc12345 给你便宜"


@pytest.fixture
async def served(talk: Talk) -> Talk:
    """The agent serves the buyer's conversation."""
    await talk.said("buyer", "在吗")
    await talk.said("agent", "您好,请问有什么可以帮您?")
    await talk.react()
    return talk


def path(talk: Talk, rest: str = "scheduled") -> str:
    return f"/api/v1/shops/{talk.shop}/conversations/{talk.conversation}/{rest}"


def wish(talk: Talk, text: str = "稍后为您核实", client_id: str = "w-1", **more: Any) -> dict[str, Any]:
    more = more or {"send_at": (talk.now + timedelta(hours=1)).isoformat()}
    return {"client_id": client_id, "text": text, **more}


async def keep(talk: Talk, who: str = "agent", **more: Any) -> dict[str, Any]:
    answer = await talk.client(who).post(path(talk), wish(talk, **more))
    assert answer.status == 201, answer.body
    return answer.json


async def texts(talk: Talk) -> list[str]:
    answer = await talk.client("buyer").get(f"/public/v1/conversations/{talk.conversation}/entries")
    return [entry["text"] for entry in answer.json["data"]]


async def ring(talk: Talk, **later: float) -> None:
    talk.now += timedelta(**later)
    await Ringer(talk.database, main.TIMERS).ring_awake(talk.now)


async def waiting(talk: Talk, who: str = "agent") -> list[dict[str, Any]]:
    answer = await talk.client(who).get(path(talk))
    assert answer.status == 200, answer.body
    return answer.json["data"]


async def test_it_goes_at_its_time_and_only_once(served: Talk):
    kept = await keep(served)
    assert kept["held"] is False
    assert kept["conversation_id"] == str(served.conversation)
    await ring(served, minutes=59)
    assert "稍后为您核实" not in await texts(served)
    await ring(served, minutes=2)
    await ring(served, minutes=2)
    assert (await texts(served)).count("稍后为您核实") == 1
    assert await waiting(served) == []
    again = await served.client("agent").post(
        path(served, "entries"), {"client_id": "w-1", "text": "稍后为您核实"}
    )
    assert (again.status, again.json["id"]) == (201, kept["id"])
    assert (await texts(served)).count("稍后为您核实") == 1


async def test_a_moment_to_undo_by_post(served: Talk):
    answer = await served.client("agent").post(path(served, "entries"), wish(served, hold_seconds=5))
    assert answer.status == 202, answer.body
    assert answer.json["held"] is True
    undone = await served.client("agent").delete(path(served, f"scheduled/{answer.json['id']}"))
    assert undone.status == 204
    await ring(served, seconds=10)
    assert "稍后为您核实" not in await texts(served)


async def test_a_moment_to_undo_by_socket(served: Talk):
    async with served.page("agent") as page:
        frame = wish(served, hold_seconds=5) | {"conversation_id": str(served.conversation)}
        await page.say(t="send", ref="1", wish=frame)
        answer = await page.hear("ok")
        assert answer["ref"] == "1"
        assert answer["scheduled"]["held"] is True
        await page.say(t="send", ref="2", wish=frame | {"client_id": "w-2", "text": BAD})
        answer = await page.hear("refused")
        assert answer["ref"] == "2"
    await ring(served, seconds=6)
    assert (await texts(served)).count("稍后为您核实") == 1


async def test_what_went_cannot_be_taken_back(served: Talk):
    kept = await keep(served)
    await ring(served, hours=2)
    late = await served.client("agent").delete(path(served, f"scheduled/{kept['id']}"))
    assert (late.status, late.code) == (409, "conversations.already_sent")


async def test_taking_back_and_sending_at_once_end_in_one_of_the_two(served: Talk):
    kept = await keep(served)
    served.now += timedelta(hours=2)
    undone, _ = await together(
        served.client("agent").delete(path(served, f"scheduled/{kept['id']}")), ring(served)
    )
    assert undone.status == (409 if "稍后为您核实" in await texts(served) else 204)


async def test_the_same_wish_is_kept_once(served: Talk):
    first, second = await keep(served), await keep(served)
    assert first == second
    assert len(await waiting(served)) == 1
    other = await served.client("agent").post(path(served), wish(served, text="别的"))
    assert (other.status, other.code) == (422, "conversations.client_id_reused")


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"text": BAD, "hold_seconds": 3}, "guard.must_be_changed"),
        ({"text": "  ", "hold_seconds": 3}, "conversations.text_empty"),
        ({"hold_seconds": 59}, "conversations.hold_too_long"),
        ({"send_at": "2026-11-11T03:59:00Z"}, "conversations.send_when"),
        ({"send_at": "2027-11-11T03:59:00Z"}, "conversations.send_when"),
        ({"hold_seconds": 0}, "conversations.wish_incomplete"),
        ({"hold_seconds": 3, "send_at": "2026-11-12T04:00:00Z"}, "conversations.wish_incomplete"),
    ],
)
async def test_a_refusal_is_heard_at_once(served: Talk, owner: Connection, more: dict[str, Any], code: str):
    before = await world.state(owner, tenant=served.tenant)
    answer = await served.client("agent").post(path(served), wish(served, **more))
    assert answer.code == code
    assert await world.state(owner, tenant=served.tenant) == before


async def test_only_staff_hold_back(served: Talk):
    data = wish(served, hold_seconds=3)
    answer = await served.client("buyer").post(
        f"/public/v1/conversations/{served.conversation}/entries", data
    )
    assert (answer.status, answer.code) == (403, "conversations.schedule_staff_only")


async def test_a_colleague_sees_and_takes_back_nothing_a_manager_does(served: Talk):
    kept = await keep(served)
    shared = await served.client("agent").post(
        path(served, "share"), {"person_id": str(served.people["colleague"].id)}
    )
    assert shared.status == 200, shared.body
    assert await waiting(served, "colleague") == []
    refused = await served.client("colleague").delete(path(served, f"scheduled/{kept['id']}"))
    assert (refused.status, refused.code) == (404, "conversations.unknown_scheduled")
    assert [one["id"] for one in await waiting(served, "manager")] == [kept["id"]]
    done: Response = await served.client("manager").delete(path(served, f"scheduled/{kept['id']}"))
    assert done.status == 204
    assert await waiting(served) == []


async def test_a_refusal_at_its_time_is_told_to_its_author(served: Talk):
    """The conversation went to a colleague meanwhile: its author may not speak there any more."""
    kept = await keep(served)
    handed = await served.client("agent").post(
        path(served, "transfer"), {"person_id": str(served.people["colleague"].id)}
    )
    assert handed.status == 200, handed.body
    await ring(served, hours=2)
    assert "稍后为您核实" not in await texts(served)
    [failed] = await waiting(served, "manager")
    assert failed["id"] == kept["id"]
    assert failed["failed"]["code"].startswith("conversations.")
    lines = (await served.client("manager").get(path(served, "desk-entries"))).json["data"]
    assert [line["body"]["scheduled"] for line in lines if line["kind"] == "note"] == [kept["id"]]
