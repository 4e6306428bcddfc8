"""Why an answer is due when it is: the row, the profile and the calendar that really set the clock."""

from datetime import timedelta
from typing import Any

from msgspec import structs

from tests.conversations.talk import NOON, Talk
from tests.conversations.test_http import one
from xiaoer.conversations.queries.reply_clock import setting
from xiaoer.plumbing.db import Tx

SHORT = {"zone": "Asia/Shanghai", "week": {"wednesday": ["09:00-12:02"], "thursday": ["09:00-18:00"]}}


async def why(talk: Talk, who: str = "manager") -> list[dict[str, Any]]:
    answer = await talk.client(who).get(one(talk, "/reply-clock/why"))
    assert answer.status == 200, answer.body
    return answer.json


def facts(told: dict[str, Any], part: str = "inputs") -> dict[str, Any]:
    return {fact["name"]: fact["value"] for fact in told[part]}


async def test_the_row_and_the_profile_that_set_the_clock(talk: Talk):
    assert await why(talk) == []
    await talk.said("buyer", "在吗")
    row, profile = await why(talk)
    assert (row["table"], row["row"], row["basis"]) == ("clocks.reply_clock", "1", "S-001, M-001")
    assert facts(row) == {"speaker": "buyer", "counted": True, "waiting": False, "desk": "open"}
    assert (profile["row"], profile["basis"]) == ("five_minutes", "S-001, M-003, M-013")
    assert facts(profile)["target_seconds"] == 300
    assert facts(profile, "outcome")["due_at"] == "2026-11-11 12:05:00"
    assert row["version"] == profile["version"]
    assert await why(talk) == [row, profile]
    await talk.said("agent", "您好")
    assert await why(talk) == []


async def test_at_night_the_clock_is_counted_from_the_opening(talk: Talk):
    talk.now = NOON + timedelta(hours=12)
    await talk.said("buyer", "在吗")
    row, profile = await why(talk)
    assert (row["row"], facts(row)["desk"]) == ("2", "closed")
    assert next(one["said"] for one in row["inputs"] if one["name"] == "speaker") == ["买家"]
    assert facts(profile, "outcome") == {"starts_at": "2026-11-12 09:00:00", "due_at": "2026-11-12 09:05:00"}


async def test_what_is_changed_later_explains_no_clock_that_runs(talk: Talk):
    await talk.said("buyer", "在吗")
    before = await why(talk)
    talk.now += timedelta(minutes=1)
    book = f"/api/v1/shops/{talk.shop}/rulebook"
    for name, value in (("sla.own_target_seconds", 60), ("sla.profile", "own")):
        set_ = await talk.client("manager").put(f"{book}/{name}", {"value": value, "reason": "试用"})
        assert set_.status == 200, set_.body
    put = await talk.client("manager").put(f"/api/v1/shops/{talk.shop}/calendar", SHORT)
    assert put.status == 200, put.body
    talk.now += timedelta(minutes=1)
    assert await why(talk) == before
    await talk.said("agent", "您好")
    talk.now += timedelta(seconds=10)
    await talk.said("buyer", "还在吗")
    row, profile = await why(talk)
    assert (row["row"], profile["row"], profile["basis"]) == ("2", "own", "U-05")
    told = facts(profile)
    assert (told["target_seconds"], told["chosen_by"], told["calendar"]) == (60, "本店", "第 1 版")
    assert facts(profile, "outcome")["due_at"] == "2026-11-12 09:01:00"


async def test_a_calendar_that_a_process_still_remembered_is_the_one_told(talk: Talk):
    await talk.said("buyer", "在吗")
    await talk.said("agent", "您好")
    talk.now += timedelta(seconds=2)
    path = f"/api/v1/shops/{talk.shop}/calendar"
    put = await talk.client("manager").put(
        path, {"zone": "Asia/Shanghai", "week": {"thursday": ["09:00-18:00"]}}
    )
    assert put.status == 200, put.body
    talk.now += timedelta(seconds=1)
    await talk.said("buyer", "还在吗")
    thread = await talk.thread()
    assert thread.reply_due_at == talk.now + timedelta(minutes=5)
    row, profile = await why(talk)
    assert (row["row"], facts(profile)["calendar"]) == ("1", "默认日历")


async def test_rules_that_give_no_such_time_are_each_asked_for_once(talk: Talk):
    await talk.said("buyer", "在吗")
    thread = await talk.thread()
    assert thread.reply_due_at is not None
    odd = structs.replace(thread, reply_due_at=thread.reply_due_at + timedelta(days=400))
    asked: list[str] = []

    def heard(one: Any) -> None:
        asked.append(one.query)

    for known, books in ((thread, 1), (odd, 3)):
        async with talk.database.transaction(talk.tenant) as tx:
            fresh = Tx(tx.connection, talk.tenant)  # remembers nothing
            connection: Any = tx.connection
            connection.add_query_logger(heard)
            found = await setting(fresh, known)
            connection.remove_query_logger(heard)
        assert (found is None) == (known is odd)
        assert sum("from rulebook.entry" in one for one in asked) == books
        assert sum("from clocks.calendar" in one for one in asked) == books
        asked.clear()


async def test_strangers_are_told_nothing(talk: Talk):
    await talk.said("buyer", "在吗")
    await talk.assign("agent")
    path = one(talk, "/reply-clock/why")
    assert (await talk.client("colleague").get(path)).code == "conversations.not_yours"
    assert (await talk.client("buyer").get(path)).status == 403
    assert await why(talk, "agent")
