"""Alerts: every row of the table, what is seen in the last lines, and what the server does with it."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import product
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.conversations.talk import Talk
from xiaoer.conversations.actions.held_back import HeldBack
from xiaoer.conversations.events import Added, EntriesAdded
from xiaoer.inspection.model import TalkLine
from xiaoer.inspection.queries import alerts as queries
from xiaoer.inspection.reactions import on_entries_added
from xiaoer.inspection.rules import alerts, mood
from xiaoer.inspection.rules.alerts import Reason, Signals, Watch
from xiaoer.plumbing.clock import new_id
from xiaoer.rulebook.model import Book
from xiaoer.rulebook.rules.book import in_force
from xiaoer.rulebook.rules.shelf import parameters

NOW = datetime(2026, 11, 11, 4, 0, tzinfo=UTC)
RULES = mood.shipped()


def book() -> Book:
    return in_force([], None, NOW)


# ── the table, whole ─────────────────────────────────────────────────────


@dataclass
class Row:
    row: str
    case: dict[str, Any]
    reason: Reason
    risk: int
    basis: str


CALM: dict[str, Any] = {"mood": "calm", "lately": 0, "unanswered": 0, "insult": "none"}
ROWS = [
    Row("A1", {"mood": "upset"}, "upset", 60, "S-120, G2"),
    Row("A2", {"lately": 4}, "lasting", 80, "S-120, S-011"),
    Row("A3", {"unanswered": 3}, "unanswered", 50, "S-004, S-005"),
    Row("A4", {"insult": "sent"}, "insult", 100, "S-016, S-061"),
    Row("A5", {"insult": "held"}, "insult_held", 70, "S-016, S-061"),
]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row.row}-{row.basis}")
def test_a_row_alone_raises_its_alert(row: Row):
    (found,) = book().table(alerts.TABLE).collect(CALM | row.case)
    assert (found.row, found.outcome["reason"], found.outcome["risk"], found.basis) == (
        row.row,
        row.reason,
        row.risk,
        row.basis,
    )


def test_every_row_and_reason_is_tried_and_calm_raises_nothing():
    table = book().table(alerts.TABLE)
    assert {row.row for row in ROWS} == {row.id for row in table.rows}
    assert {row.reason for row in ROWS} == set(get_args(Reason))
    assert table.collect(CALM) == ()


def test_every_case_collects_just_the_rows_that_fit():
    by_row = {row.row: row.case for row in ROWS}
    for upset, lately, unanswered, insult in product(
        ("calm", "upset"), (0, 3, 4, 9), (0, 2, 3, 8), ("none", "sent", "held")
    ):
        case = {"mood": upset, "lately": lately, "unanswered": unanswered, "insult": insult}
        wanted = {
            row
            for row, asked in by_row.items()
            if all(case[key] >= least if isinstance(least, int) else case[key] == least
                   for key, least in asked.items())
        }  # fmt: skip
        assert {one.row for one in book().table(alerts.TABLE).collect(case)} == wanted, case


# ── what is seen ─────────────────────────────────────────────────────────


def lines(*said: tuple[str, str], every: int = 60) -> list[TalkLine]:
    start = NOW - timedelta(seconds=every * len(said))
    return [
        TalkLine(place, role, text, start + timedelta(seconds=every * place))  # type: ignore[arg-type]
        for place, (role, text) in enumerate(said, 1)
    ]


def seen(talk: list[TalkLine], since: int = 1) -> Signals:
    return alerts.signals(talk, since, RULES, book(), NOW)


def reasons(talk: list[TalkLine], since: int = 1) -> list[str]:
    return [one.word("reason") for one in alerts.raised(seen(talk, since), book())]


ANGRY = "你们太垃圾了，骗子，我要投诉！！！"


def test_an_angry_message_is_upset_and_says_why():
    found = seen(lines(("buyer", "在吗"), ("agent", "您好，请问有什么可以帮您"), ("buyer", ANGRY)))
    assert found.turn is not None
    assert (found.turn.version, found.turn.label) == (3, "dissatisfied")
    assert "buyer.upset" in found.turn.why
    assert alerts.facts(found, book())["mood"] == "upset"


def test_what_was_said_before_the_news_raises_nothing_again():
    talk = lines(("buyer", ANGRY), ("agent", "非常抱歉，我马上为您退款，今天到账"), ("buyer", "好的，谢谢"))
    assert reasons(talk, since=3) == []
    assert "upset" in reasons(talk, since=1)


def test_three_questions_are_unanswered_only_once_they_have_waited():
    asked = ("退货地址是哪里？", "运费谁出？", "多久能退款？")
    slow = lines(*(("buyer", one) for one in asked), every=120)
    assert reasons(slow) == ["unanswered"]
    assert reasons(lines(*(("buyer", one) for one in asked), every=10)) == []
    answered = [*slow[:2], TalkLine(3, "agent", "您可以点击我的订单申请售后，运费我们承担。", NOW), slow[2]]
    assert reasons(answered) == []


def test_only_a_person_who_serves_insults_and_only_now():
    rude = TalkLine(2, "agent", "您真会说笑", NOW, marked=("abuse",))
    assert reasons([*lines(("buyer", "在吗")), rude], since=2) == ["insult"]
    assert reasons([*lines(("buyer", "在吗")), rude], since=3) == []
    robot = TalkLine(2, "bot", "您真会说笑", NOW, marked=("abuse",))
    assert reasons([*lines(("buyer", "在吗")), robot], since=2) == []
    buyer = TalkLine(2, "buyer", "你真会说笑", NOW, marked=("abuse",))
    assert reasons([*lines(("buyer", "在吗")), buyer], since=2) == []


SAID = st.sampled_from(
    [
        ("buyer", ANGRY),
        ("buyer", "退货地址是哪里？"),
        ("buyer", "好的，谢谢"),
        ("agent", "您好，请稍等"),
        ("agent", "您可以点击我的订单申请售后，运费我们承担。"),
        ("bot", "欢迎光临"),
    ]
)


@given(st.lists(SAID, min_size=1, max_size=30), st.integers(1, 30), st.integers(1, 30))
def test_a_talk_heard_in_pieces_is_the_talk_heard_at_once(
    spoken: list[tuple[str, str]], cut: int, since: int
):
    talk = lines(*spoken)
    watch = alerts.Watch(RULES)
    for line in talk[:cut]:
        watch.take(line)
    watch.signals(since, book(), NOW)
    for line in talk[cut:]:
        watch.take(line)
    assert watch.signals(since, book(), NOW) == seen(talk, since)


def test_as_many_turns_are_kept_as_may_be_asked_for():
    assert parameters("taobao")["inspection.alert_turns"].maximum == alerts.TURNS


def test_nothing_said_raises_nothing():
    assert seen([]) == Signals(1)


def test_a_model_of_ones_own_judges():
    own = mood.Mood(
        name="own",
        bias=(0.0, 0.0, 0.0),
        grams={"退": (9.0, 0.0, 0.0)},
        features={},
        dissatisfied_from=0.5,
        satisfied_from=0.9,
    )
    found = alerts.signals(lines(("buyer", "退")), 1, own, book(), NOW)
    assert [one.row for one in alerts.raised(found, book())] == ["A1"]
    assert found.turn is not None
    assert found.turn.why == ("退",)


# ── the server ───────────────────────────────────────────────────────────


def home(talk: Talk) -> str:
    return f"/api/v1/shops/{talk.shop}/alerts"


async def open_alerts(talk: Talk, who: str = "manager") -> list[Any]:
    answer = await talk.client(who).get(home(talk))
    assert answer.status == 200, answer.body
    return answer.json["data"]


async def upset(talk: Talk) -> None:
    """An angry buyer; his agent is there, so nobody else gets the conversation."""
    async with talk.page("agent") as desk:
        await desk.settled()
        await talk.said("buyer", "在吗")
        await talk.assign("agent")
        await talk.said("buyer", ANGRY)
        await talk.react()


async def test_an_upset_buyer_is_shown_to_who_leads_with_what_weighed_and_what_to_do(talk: Talk):
    async with talk.page("manager") as page:
        await page.say(t="sub", topic=f"shop:{talk.shop}")
        await page.hear("subbed")
        await upset(talk)
        (one,) = await open_alerts(talk)
        body = await page.event("inspection.alert_raised")
    alert = one["alert"]
    assert (alert["reason"], alert["row"], alert["agent"]) == (
        "upset",
        "A1",
        str(talk.people["agent"].id),
    )
    assert alert["percent"] >= 70
    assert "buyer.upset" in alert["why"]
    assert one["conversation"]["id"] == str(talk.conversation)
    open_deeds = {deed["deed"] for deed in one["conversation"]["deeds"] if deed["allowed"]}
    assert open_deeds == {"whisper", "step_in", "assign"}
    assert (body["alert"], body["reason"], body["risk"]) == (alert["id"], "upset", alert["risk"])
    assert "text" not in body
    (why,) = (await talk.client("manager").get(f"{home(talk)}/{alert['id']}/why")).json
    assert why["row"] == "A1"


async def test_a_reason_is_told_once_in_a_consultation(talk: Talk):
    await upset(talk)
    await talk.said("buyer", ANGRY)
    await talk.react()
    assert [one["alert"]["reason"] for one in await open_alerts(talk)].count("upset") == 1


async def test_the_same_news_twice_is_one_alert_and_one_decision(talk: Talk):
    """A reaction that is tried again."""
    await upset(talk)
    news = EntriesAdded(
        tenant=talk.tenant,
        at=talk.now,
        entries=(Added(talk.shop, talk.conversation, 2, "buyer", "text", 1),),
    )
    async with talk.database.transaction(talk.tenant) as tx:
        before = await tx.fetchval("select count(*) from rulebook.decision")
        await on_entries_added(tx, [news, news], talk.now)
        assert await tx.fetchval("select count(*) from rulebook.decision") == before
        assert await tx.fetchval("select count(*) from inspection.alert") == 1


async def test_it_is_acknowledged_once_with_what_was_done(talk: Talk):
    await upset(talk)
    (one,) = await open_alerts(talk)
    door = f"{home(talk)}/{one['alert']['id']}/acknowledge"
    manager = talk.client("manager")
    for body in ({"did": "prayed"}, {"note": "x"}, {"did": "nothing", "note": "字" * 501}):
        assert (await manager.post(door, body)).status == 400
    assert (await manager.post(door, {"did": "whispered", "note": " 先道歉 "})).status == 204
    assert await open_alerts(talk) == []
    again = await manager.post(door, {"did": "nothing"})
    assert (again.status, again.code) == (409, "inspection.alert_acknowledged")
    (kept,) = (await manager.get(f"{home(talk)}/all")).json["data"]
    assert (kept["did"], kept["note"], kept["acknowledged_by"]) == (
        "whispered",
        "先道歉",
        str(talk.people["manager"].id),
    )
    missing = await manager.post(f"{home(talk)}/{new_id()}/acknowledge", {"did": "nothing"})
    assert (missing.status, missing.code) == (404, "inspection.unknown_alert")


async def test_only_who_leads_the_shop_sees_and_acknowledges(talk: Talk):
    await upset(talk)
    (one,) = await open_alerts(talk)
    door = f"{home(talk)}/{one['alert']['id']}"
    for who in ("agent", "buyer", "officer"):
        client = talk.client(who)
        assert (await client.get(home(talk))).status == 403
        assert (await client.get(f"{home(talk)}/all")).status == 403
        assert (await client.get(f"{door}/why")).status == 403
        assert (await client.post(f"{door}/acknowledge", {"did": "nothing"})).status == 403
    assert len(await open_alerts(talk)) == 1


async def test_what_is_over_is_no_longer_shown_but_kept(talk: Talk):
    await upset(talk)
    path = f"/api/v1/shops/{talk.shop}/conversations/{talk.conversation}/close"
    assert (await talk.client("agent").post(path)).status == 200
    await talk.react()
    assert await open_alerts(talk) == []
    assert len((await talk.client("manager").get(f"{home(talk)}/all")).json["data"]) == 1


async def test_the_reading_is_written_down_and_the_words_stay_where_they_are(talk: Talk):
    await talk.said("buyer", "我的电话是13812345678")
    await talk.assign("agent")
    await upset(talk)
    async with talk.database.read(talk.tenant) as tx:
        kept = await tx.fetchval("select string_agg(a::text, ' ') from inspection.alert as a")
        assert "13812345678" not in kept
        assert "垃圾" not in kept
        reading = await tx.fetchval("select purpose from inspection.reading where person is null")
    assert reading == "quality"


async def test_abuse_that_was_held_back_is_told(talk: Talk):
    await talk.said("buyer", "在吗")
    await talk.assign("agent")
    await talk.refused("agent", "你这个傻逼")
    await talk.services.service(HeldBack).close()
    await talk.react()
    (one,) = await open_alerts(talk)
    assert one["alert"]["reason"] == "insult_held"


async def test_what_was_taken_back_is_not_read(talk: Talk):
    await talk.said("buyer", "在吗")
    await talk.assign("agent")
    said = await talk.said("buyer", ANGRY)
    door = f"/public/v1/conversations/{talk.conversation}/entries/{said.version}/recall"
    assert (await talk.client("buyer").post(door)).status == 200
    await talk.react()
    assert await open_alerts(talk) == []


async def heard(talk: Talk) -> Watch:
    async with talk.database.read(talk.tenant) as tx:
        found = await queries.running(tx, [(talk.shop, talk.conversation)], RULES)
    return found[talk.conversation].watch


def counted(watch: Watch) -> int:
    """How many of the buyer's last messages are dissatisfied."""
    return watch.signals(1, book(), NOW).lately


async def test_only_what_is_new_is_read_and_what_is_taken_back_is_forgotten(talk: Talk):
    await talk.said("buyer", ANGRY)
    watch = await heard(talk)
    assert counted(watch) == 1
    said = await talk.said("buyer", ANGRY)
    assert await heard(talk) is watch
    assert (watch.last, counted(watch)) == (said.version, 2)
    assert await heard(talk) is watch
    assert counted(watch) == 2
    door = f"/public/v1/conversations/{talk.conversation}/entries/{said.version}/recall"
    assert (await talk.client("buyer").post(door)).status == 200
    anew = await heard(talk)
    assert anew is not watch
    assert counted(anew) == 1
    await talk.said("buyer", ANGRY)
    assert await heard(talk) is anew
    assert counted(anew) == 2


async def test_after_a_gap_the_last_lines_are_read_anew(talk: Talk):
    await talk.said("buyer", ANGRY)
    watch = await heard(talk)
    for _ in range(alerts.LINES):
        await talk.said("buyer", "好的，谢谢")
    anew = await heard(talk)
    assert anew is not watch
    assert (watch.first, anew.first) == (1, 2)


async def test_only_so_many_talks_are_remembered(talk: Talk):
    await talk.said("buyer", "在吗")
    watch = await heard(talk)
    for _ in range(queries.HEARD_MOST - 1):
        queries.remember(talk.tenant, new_id(), queries.Heard(watch, 1))
    assert await heard(talk) is watch
    for _ in range(queries.HEARD_MOST):
        queries.remember(talk.tenant, new_id(), queries.Heard(watch, 1))
    assert await heard(talk) is not watch
