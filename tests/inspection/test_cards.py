"""The score card: every row of its tables by name, and how points become one score."""

from itertools import product

import pytest

from tests.inspection.samples import card, context, inspected
from xiaoer.inspection.model import GRADES, PARTS, STEPS, Deduction, Part, PartName, StepScore
from xiaoer.inspection.rules.card import Fault, deducted, parts_of, score_of

BANDS = {
    "greet": (0, 1, 1, 2),
    "confirm": (0, 1, 2, 2),
    "solve": (0, 1, 2, 2),
    "explain": (0, 1, 2, 2),
    "feelings": (0, 1, 2, 2),
    "close": (0, 1, 1, 2),
}
BASIS = {name: f"S-{number:03}" for name, number in zip(STEPS, range(7, 13), strict=True)}
FAULTS = [
    ("guard_abuse", "guard", 100, 100, True, "S-061, S-015, R-009"),
    ("guard_block", "guard", 40, 100, False, "R-009, S-091"),
    ("guard_rewrite", "guard", 20, 60, False, "D9, D10"),
    ("guard_hint", "guard", 5, 20, False, "S-006, S-020"),
    ("unanswered", "answers", 25, 100, False, "S-014, R-009"),
    ("asked_again", "answers", 15, 60, False, "S-005, S-008"),
    ("promise_broken", "promises", 50, 100, False, "D5, S-049"),
    ("tone_cold", "tone", 20, 60, False, "S-003, S-015"),
    ("tone_impatient", "tone", 40, 100, False, "S-016"),
    ("tone_blaming", "tone", 40, 100, False, "S-016"),
    ("tone_robotic", "tone", 15, 45, False, "S-015"),
    ("claim_wrong", "accuracy", 50, 100, False, "S-004, S-022"),
    ("review_pressed", "reviews", 60, 100, False, "S-090, R-007"),
    ("review_paid_for", "reviews", 100, 100, False, "S-091, R-007"),
    ("review_ignored", "reviews", 50, 100, False, "S-090"),
]
WEIGHTS = {
    "steps": 30,
    "guard": 20,
    "answers": 15,
    "speed": 15,
    "promises": 5,
    "tone": 10,
    "accuracy": 10,
    "reviews": 5,
}


@pytest.mark.parametrize(("step", "signs"), list(product(STEPS, range(4))))
def test_points_of_a_step_s_007_to_s_012(step: str, signs: int):
    said = card().steps.decide({"step": step, "signs": signs, "called": True})
    assert said.outcome["points"] == BANDS[step][signs]
    assert said.basis == BASIS[step]


@pytest.mark.parametrize(("step", "signs"), list(product(STEPS, range(4))))
def test_a_step_not_called_for_has_no_points_s_013(step: str, signs: int):
    said = card().steps.decide({"step": step, "signs": signs, "called": False})
    assert (said.outcome.get("points"), said.row) == (None, "0")


def test_every_case_of_steps_is_listed():
    assert card().steps.cases == len(STEPS) * 4 * 2


@pytest.mark.parametrize("row", FAULTS, ids=lambda row: f"{row[0]} {row[5]}")
def test_deductions(row: tuple[str, str, int, int, bool, str]):
    fault, part, points, most, fails, basis = row
    (one,), failed = deducted([Fault(fault, 3)], card())
    assert (one.part, one.points, failed, one.basis) == (part, points, fails, basis)
    (many,), _ = deducted([Fault(fault, version) for version in range(50)], card())
    assert many.points == most
    assert many.versions == tuple(range(50))


def test_every_fault_is_listed():
    assert card().deductions.cases == len(FAULTS)


@pytest.mark.parametrize("part", PARTS)
def test_weights_d16(part: PartName):
    assert card().weights.decide({"part": part}).number("weight") == WEIGHTS[part]


@pytest.mark.parametrize(
    ("score", "grade", "review"),
    [
        (100, "excellent", False),
        (90, "excellent", False),
        (89, "good", False),
        (80, "good", False),
        (79, "fair", False),
        (70, "fair", False),
        (69, "poor", True),
        (60, "poor", True),
        (59, "failed", True),
        (0, "failed", True),
    ],
)
def test_grades_d16(score: int, grade: str, review: bool):
    said = card().grades.decide({"score": score, "failed": False})
    assert (said.word("grade"), said.flag("review")) == (grade, review)
    failed = card().grades.decide({"score": score, "failed": True})
    assert (failed.word("grade"), failed.flag("review")) == ("failed", True)
    assert grade in GRADES


def test_the_score_is_the_mean_by_weight_of_what_could_be_assessed():
    parts = [Part("steps", 50.0, 30, "W1"), Part("guard", 100.0, 20, "W2"), Part("speed", None, 15, "W4")]
    assert score_of(parts, failed=False, card=card())[:2] == (70.0, "fair")
    assert score_of([Part("speed", None, 15, "W4")], failed=False, card=card())[:2] == (None, None)


def test_parts_print_the_figures_of_their_formulas():
    steps = [StepScore("greet", 2, (1,), "1-2", "S-007"), StepScore("close", 1, (2,), "6-1", "S-012")]
    taken = [Deduction("tone", "tone_cold", 20, "F8", "S-003", (2,))]
    parts = {one.name: one for one in parts_of(steps, None, taken, {"tone": True, "guard": True}, card())}
    assert (parts["steps"].points, parts["steps"].facts) == (75.0, {"got": 3, "of": 4, "called": 2})
    assert (parts["tone"].points, parts["tone"].facts) == (80.0, {"off": 20})
    assert parts["guard"].points == 100
    assert parts["speed"].points is None
    assert parts["promises"].points is None


def test_an_inspection_can_be_added_up_by_hand():
    found = inspected("b:能退吗？", "a:您好，我是小张，为您服务", "a:可以退，点击申请售后，3天内到账")
    weighed = [(one.points, one.maximum) for one in found.parts if one.points is not None]
    mean = sum(points * weight for points, weight in weighed) / sum(weight for _, weight in weighed)
    assert found.score == round(mean, 1)
    assert (found.card, found.rules, found.model) == (card().digest, "test", context().mood.name)
