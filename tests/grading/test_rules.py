"""Which talks are drawn, what a sheet comes to, which grade stands, and who may do what."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import structs

from xiaoer.grading.machine import SAMPLE, State
from xiaoer.grading.model import JUDGED, Candidate, GradeGiven, PartMark, Sample, Sheet, StepMark
from xiaoer.grading.rules import deeds, draw
from xiaoer.grading.rules.draw import Sizes
from xiaoer.grading.rules.sheet import apart, check, kinder
from xiaoer.inspection.model import STEPS
from xiaoer.rulebook.model import Book
from xiaoer.rulebook.rules.book import in_force

NOW = datetime(2026, 11, 11, 12, 0, tzinfo=UTC)
AGENT, ONE, TWO = UUID(int=1), UUID(int=2), UUID(int=3)


def book() -> Book:
    return in_force([], None, NOW)


def candidate(number: int = 1, **more) -> Candidate:
    plain = Candidate(UUID(int=number), uuid4(), 1, AGENT, 95, "none", None, NOW - timedelta(days=400))
    return structs.replace(plain, **more)


# ── which talks are risky ────────────────────────────────────────────────

RISKS = [
    ("R0", candidate(), 1),
    ("R1", candidate(points=59), 6),
    ("R2", candidate(points=60), 3),
    ("R2-upper", candidate(points=79), 3),
    ("R0-good", candidate(points=80), 1),
    ("R3", candidate(guard="serious"), 5),
    ("R4", candidate(guard="hint"), 2),
    ("R5", candidate(stars=2), 5),
    ("R0-stars", candidate(stars=3), 1),
    ("R6", candidate(agent_since=NOW - timedelta(days=29)), 4),
    ("R0-known", candidate(agent_since=NOW - timedelta(days=30)), 1),
    ("R7", candidate(alerted=True), 6),
    ("R1+R3+R5+R6", candidate(points=0, guard="serious", stars=1, agent_since=NOW), 17),
]


@pytest.mark.parametrize(("name", "one", "weight"), RISKS, ids=[f"S-019-{risk[0]}" for risk in RISKS])
def test_what_makes_a_talk_risky(name: str, one: Candidate, weight: int):
    assert draw.weigh(one, book(), NOW).weight == weight


def test_every_row_of_risk_is_tried():
    hit = {row for _, one, _ in RISKS for row in draw.weigh(one, book(), NOW).rows}
    assert hit == {row.id for row in book().table(draw.TABLE).rows}


# ── the draw ─────────────────────────────────────────────────────────────


def weighed(count: int):
    return [
        draw.weigh(candidate(number, points=number * 7 % 100), book(), NOW) for number in range(1, count + 1)
    ]


@settings(deadline=None, max_examples=50)
@given(st.integers(0, 60), st.text(max_size=8), st.integers(0, 20), st.integers(0, 20), st.randoms())
def test_the_same_seed_draws_the_same_whatever_the_order(count, seed, random, risk, shuffle):
    found = weighed(count)
    drawn = draw.draw(found, seed, Sizes(random, risk, 30))
    shuffle.shuffle(found)
    assert draw.draw(found, seed, Sizes(random, risk, 30)) == drawn
    taken = [one.candidate.score for one in drawn]
    assert len(set(taken)) == len(taken) == min(count, random) + min(max(count - random, 0), risk)


def test_another_seed_draws_others():
    found = weighed(200)
    drawn = {seed: {one.candidate.score for one in draw.draw(found, seed, Sizes(10, 10, 0))} for seed in "ab"}
    assert drawn["a"] != drawn["b"]


def test_risky_talks_are_drawn_more_often():
    found = [
        draw.weigh(candidate(number, points=50 if number <= 50 else 95), book(), NOW)
        for number in range(1, 101)
    ]
    risky = sum(
        one.candidate.points == 50
        for seed in range(100)
        for one in draw.draw(found, str(seed), Sizes(0, 10, 0))
    )
    assert 780 < risky < 950  # of 1,000; 6 against 1 would be 857 if they were put back


def test_twice_is_a_share():
    drawn = draw.draw(weighed(60), "s", Sizes(60, 0, 30))
    assert 8 <= sum(one.twice for one in drawn) <= 30
    assert all(one.twice for one in draw.draw(weighed(9), "s", Sizes(9, 0, 100)))
    assert not any(one.twice for one in draw.draw(weighed(9), "s", Sizes(9, 0, 0)))


def test_sizes_are_parameters():
    assert draw.sizes(10, book()) == Sizes(5, 5, 30)
    assert draw.sizes(1_000, book()) == Sizes(20, 30, 30)
    assert draw.sizes(100_000, book()) == Sizes(200, 200, 30)


# ── sheets ───────────────────────────────────────────────────────────────


def sheet(
    points: int | None = 2, *, red: bool = False, remark: str = "", part: int | None = 100, version: int = 1
) -> Sheet:
    return Sheet(
        tuple(StepMark(step, points, (1,) if points else ()) for step in STEPS),  # type: ignore[arg-type]
        tuple(PartMark(name, part, (version,)) for name in JUDGED),
        red,
        remark,
    )


def test_a_whole_sheet_with_evidence_is_taken():
    assert check(sheet(), {1}) is None
    assert check(sheet(None), {1}) is None


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        (structs.replace(sheet(), steps=sheet().steps[:5]), "sheet_incomplete"),
        (structs.replace(sheet(), steps=(sheet().steps[0],) * 6), "sheet_incomplete"),
        (structs.replace(sheet(), parts=sheet().parts[1:]), "sheet_incomplete"),
        (structs.replace(sheet(), steps=(StepMark("greet", 1), *sheet().steps[1:])), "evidence_missing"),
        (structs.replace(sheet(), parts=(PartMark("guard", 99), *sheet().parts[1:])), "evidence_missing"),
        (sheet(part=99, version=7), "evidence_unknown"),
        (sheet(red=True, remark=" "), "red_line_unexplained"),
    ],
)
def test_what_is_wrong_with_a_sheet(wrong: Sheet, code: str):
    refused = check(wrong, {1})
    assert refused is not None
    assert refused.code == f"grading.{code}"


def given_(score: float | None, filled: Sheet | None = None) -> GradeGiven:
    return GradeGiven(
        id=uuid4(),
        subject=uuid4(),
        seat="first",
        person=ONE,
        person_name="",
        sheet=filled or sheet(),
        score=score,
        grade=None,
        parts=(),
        card="",
        at=NOW,
    )


def test_two_lie_apart_by_points_or_about_a_red_line():
    assert not apart(given_(80), given_(90), points=10)
    assert apart(given_(80), given_(90.1), points=10)
    assert apart(given_(80), given_(80, sheet(red=True, remark="骂人")), points=10)
    assert apart(given_(None), given_(80), points=10)
    assert not apart(given_(None), given_(None), points=10)


def test_the_kinder_of_two_stands_and_the_earlier_of_equals():
    low, high = given_(70), given_(80)
    assert kinder([low, high]) is high
    same = given_(80)
    assert kinder([high, same]) is high
    assert kinder([given_(None), low]) is low


# ── which grade stands ───────────────────────────────────────────────────


@dataclass
class Settle:
    row: str
    stands: str
    facts: dict[str, object] = field(default_factory=dict)


def facts(
    grades: str, wanted: str = "two", *, apart: bool = False, silent: bool = False
) -> dict[str, object]:
    return {"grades": grades, "wanted": wanted, "apart": apart, "silent": silent}


SETTLES = [
    Settle("1", "machine", facts("none", silent=True)),
    Settle("2", "first", facts("one", "one")),
    Settle("3", "wait", facts("one")),
    Settle("4", "first", facts("one", silent=True)),
    Settle("5", "kinder", facts("two")),
    Settle("6", "wait", facts("two", apart=True)),
    Settle("7", "kinder", facts("two", apart=True, silent=True)),
    Settle("8", "third", facts("three", apart=True)),
]


@pytest.mark.parametrize("one", SETTLES, ids=lambda one: f"S-019-settle-{one.row}")
def test_which_grade_stands(one: Settle):
    decision = book().table("grading.settle").decide(one.facts)
    assert (decision.row, decision.outcome["stands"]) == (one.row, one.stands)


def test_every_row_of_settle_is_tried():
    assert [one.row for one in SETTLES] == [row.id for row in book().table("grading.settle").rows]


@pytest.mark.parametrize(
    ("decided", "row", "stands"),
    [("kept", "A1", "before"), ("changed", "A2", "new"), ("silent", "A3", "none")],
)
def test_what_becomes_of_an_appealed_score(decided: str, row: str, stands: str):
    decision = book().table("grading.appeal").decide({"decided": decided})
    assert (decision.row, decision.outcome["stands"]) == (row, stands)


# ── who may ──────────────────────────────────────────────────────────────


def sample(state: str = "drawn", **more) -> Sample:
    named = SAMPLE.due.get(State(state))
    plain = Sample(
        id=uuid4(),
        shop=uuid4(),
        draw=uuid4(),
        score=uuid4(),
        conversation=uuid4(),
        consultation=1,
        agent=AGENT,
        drawn_for="random",
        weight=1,
        rows=("R0",),
        twice=True,
        state=state,  # type: ignore[arg-type]
        version=1,
        holder=None,
        held_until=None,
        drawn_at=NOW,
        moved_at=NOW,
        clock=named[0] if named else None,
        due_at=NOW if named else None,
        rules_at=NOW,
        rules_version="taobao.1",
    )
    return structs.replace(plain, **more)


def code(one: Sample, person: UUID, *, graded=(), spoke=()) -> str | None:
    refused = deeds.may_grade(one, person, graded=graded, spoke=spoke, now=NOW)
    return refused.code if refused else None


def test_nobody_grades_his_own_talk_or_twice():
    assert code(sample(), AGENT) == "grading.own_conversation"
    assert code(sample(), ONE, spoke=[ONE]) == "grading.own_conversation"
    assert code(sample("second"), ONE, graded=[ONE]) == "grading.graded_before"
    assert code(sample("apart"), TWO, graded=[ONE, TWO]) == "grading.graded_before"
    assert code(sample("second"), TWO, graded=[ONE]) is None


def test_what_another_has_in_hand_is_left_to_him_for_a_while():
    held = sample(holder=ONE, held_until=NOW + timedelta(minutes=1))
    assert code(held, TWO) == "grading.in_hand"
    assert code(held, ONE) is None
    assert code(sample(holder=ONE, held_until=NOW), TWO) is None


@pytest.mark.parametrize("state", list(State))
def test_a_sample_is_graded_exactly_while_the_machine_takes_it(state: State):
    assert (code(sample(state.value), ONE) is None) == bool(SAMPLE.accepts(state))


def test_an_agent_appeals_his_own_score_once_and_in_time():
    def may(person=AGENT, score: float | None = 50.0, *, appealed=False, late=False):
        until = NOW if late else NOW + timedelta(seconds=1)
        refused = deeds.may_appeal(AGENT, person, score=score, appealed=appealed, until=until, now=NOW)
        return refused.code if refused else None

    assert may() is None
    assert may(ONE) == "grading.not_yours"
    assert may(score=None) == "grading.no_score"
    assert may(appealed=True) == "grading.appealed"
    assert may(late=True) == "grading.too_late"


def test_times_are_parameters():
    assert deeds.appeal_until(NOW, book()) == NOW + timedelta(days=14)
    assert deeds.decision_due(NOW, book()) == NOW + timedelta(days=7)
    assert deeds.work_due(NOW, book()) == NOW + timedelta(days=7)
    assert deeds.held_until(NOW, book()) == NOW + timedelta(hours=1)
