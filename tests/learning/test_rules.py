"""Unsatisfied dialogues: which they are, what may be done with one; exams; every cell of the machines."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import product
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xiaoer.learning.machine import DIALOGUE, Event, State
from xiaoer.learning.model import CAUSES, Dialogue, Outcome, Question, Said, Signals
from xiaoer.learning.rules import exam, found
from xiaoer.learning.rules.deeds import deeds, may
from xiaoer.rulebook.model import Book
from xiaoer.rulebook.rules.book import in_force

NOW = datetime(2026, 11, 11, 12, 0, tzinfo=UTC)
AGENT, LEAD = uuid4(), uuid4()


def book() -> Book:
    return in_force([], None, NOW)


def dialogue(state: str = "found") -> Dialogue:
    clock = DIALOGUE.due[State(state)][0] if State(state) in DIALOGUE.due else None
    return Dialogue(
        id=uuid4(),
        shop=uuid4(),
        conversation=uuid4(),
        consultation=1,
        agent=AGENT,
        state=state,  # type: ignore[arg-type]
        version=1,
        row="1",
        signals=Signals(),
        cause=None,
        plan="",
        contest="",
        found_at=NOW,
        moved_at=NOW,
        planned_at=None,
        clock=clock,
        due_at=NOW if clock else None,
        rules_at=NOW,
        rules_version="taobao.1",
    )


# ── S-120: which dialogues are unsatisfied ───────────────────────────────


@dataclass
class Row:
    stars: int | None
    percent: int | None
    outcome: Outcome
    row: str
    found: bool


ROWS = [
    Row(1, None, "none", "1", True),
    Row(2, 0, "complaint", "1", True),
    Row(5, 0, "complaint", "2", True),
    Row(None, None, "complaint", "2", True),
    Row(None, 50, "none", "3", True),
    Row(3, 80, "silent", "3", True),
    Row(None, 20, "silent", "4", True),
    Row(None, 49, "reopened", "4", True),
    Row(3, 20, "refund", "4", True),
    Row(3, 20, "none", "5", True),
    Row(None, 19, "refund", "6", False),
    Row(3, None, "silent", "6", False),
    Row(None, 20, "none", "7", False),
    Row(4, 100, "refund", "8", False),
    Row(5, 100, "none", "8", False),
]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"S-120-row-{row.row}")
def test_what_the_buyer_gave_said_and_did(row: Row):
    signals = Signals(row.stars, row.percent, row.outcome)
    decision = book().table(found.TABLE).decide(found.facts(signals, book()))
    assert (decision.row, decision.outcome["found"]) == (row.row, row.found)


def test_every_row_is_tried():
    table = book().table(found.TABLE)
    assert {row.row for row in ROWS} == {row.id for row in table.rows}


def test_more_stars_never_make_it_worse():
    outcomes: list[Outcome] = ["none", "silent", "reopened", "refund", "complaint"]
    for percent, outcome in product((None, 0, 20, 60), outcomes):
        answers = [
            book().table(found.TABLE).decide(found.facts(Signals(stars, percent, outcome), book())).outcome
            for stars in (1, 2, 3, 4, 5)
        ]
        told = [bool(one["found"]) for one in answers]
        assert told == sorted(told, reverse=True), (percent, outcome)


def test_the_window_and_the_reminder_are_parameters():
    assert found.window_ends(NOW, book()) == NOW + timedelta(days=7)
    assert found.reminder_at(NOW, book()) == NOW + timedelta(hours=24)
    for clock, _ in DIALOGUE.due.values():
        assert found.due(clock, NOW, book()) > NOW


def test_one_more_of_the_same_cause_has_come_back():
    assert found.followed_up(0) is Event.IMPROVE
    assert found.followed_up(1) is Event.COME_BACK


# ── what may be done ─────────────────────────────────────────────────────


def test_only_the_agent_answers_and_only_his_lead_decides():
    one = dialogue("contested")
    told = {deed.deed: deed.code for deed in deeds(one, LEAD, leads=True)}
    assert told["decide"] is None
    assert told["plan"] == "learning.not_yours"
    mine = {deed.deed: deed.code for deed in deeds(one, AGENT, leads=False)}
    assert mine["decide"] == "learning.lead_only"


def test_a_lead_does_not_judge_his_own():
    refused = may(dialogue("contested"), "decide", AGENT, leads=True)
    assert refused is not None
    assert refused.code == "learning.own_dialogue"


@pytest.mark.parametrize("state", list(State))
def test_the_agent_plans_exactly_where_the_machine_takes_it(state: State):
    refused = may(dialogue(state.value), "plan", AGENT, leads=False)
    assert (refused is None) == DIALOGUE.takes(state, Event.PLAN)


# ── exams ────────────────────────────────────────────────────────────────


def material(count: int) -> list[exam.Material]:
    talk = (Said("buyer", "还没到"), Said("agent", "亲，请稍等"))
    return [
        exam.Material(uuid4(), talk, "attitude", None)
        if number % 2
        else exam.Material(uuid4(), talk, None, "greet")
        for number in range(count)
    ]


def test_questions_ask_what_is_known_for_certain():
    asked = exam.questions([*material(2), exam.Material(uuid4(), (), None, None)], 10)
    assert [one.ask for one in asked] == ["step", "cause"]
    assert [one.options[one.right] for one in asked] == ["greet", "attitude"]
    assert asked[1].options == CAUSES


@given(st.lists(st.integers(0, 3), min_size=1, max_size=20), st.integers(1, 100))
def test_marks_add_up(answers: list[int], pass_percent: int):
    asked = [Question(UUID(int=place), (), "cause", CAUSES, place % 4) for place in range(len(answers))]
    marked = exam.mark(asked, {UUID(int=place): one for place, one in enumerate(answers)}, pass_percent)
    assert marked.right + len(marked.wrong) == marked.total == len(answers)
    assert marked.percent == marked.right * 100 // marked.total
    assert marked.passed == (marked.percent >= pass_percent)


def test_an_unanswered_question_is_wrong():
    asked = exam.questions(material(4), 4)
    marked = exam.mark(asked, {asked[0].id: asked[0].right, uuid4(): 0}, 50)
    assert (marked.right, marked.percent, marked.passed) == (1, 25, False)
