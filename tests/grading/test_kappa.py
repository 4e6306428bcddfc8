"""Cohen's κ against worked examples of the literature, and the laws it must keep."""

from importlib.resources import files

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from xiaoer.grading.model import JUDGED, Doubled, GradeBand
from xiaoer.grading.rules.agreement import agreement, agreement_of_parts, bands, place, scale_of
from xiaoer.grading.rules.kappa import kappa
from xiaoer.inspection.model import GRADES
from xiaoer.kernel.table_text import load


def pairs(*table: tuple[int, ...]) -> list[tuple[int, int]]:
    """A table of counts as the pairs it counts."""
    return [
        (row, column)
        for row, counts in enumerate(table)
        for column, count in enumerate(counts)
        for _ in range(count)
    ]


FLEISS = pairs((75, 1, 4), (5, 4, 1), (0, 0, 10))
"""Fleiss, Levin and Paik, Statistical Methods for Rates and Proportions, example of two raters."""


def test_two_readers_of_fifty_grant_proposals():
    """20 · 5 / 10 · 15: agreed 0.70, by chance 0.50, κ = (0.7 - 0.5) / (1 - 0.5) = 0.4."""
    found = kappa(pairs((20, 5), (10, 15)), 2)
    assert (found.pairs, found.agreed_percent, found.kappa) == (50, 70.0, 0.4)


def test_the_example_of_fleiss_with_its_interval():
    found = kappa(FLEISS, 3)
    assert (found.kappa, found.agreed_percent) == (0.6765, 89.0)
    assert found.low == pytest.approx(0.5045, abs=0.0005)
    assert found.high == pytest.approx(0.8484, abs=0.0005)


def test_a_near_miss_counts_for_more_with_weights():
    """By hand, linear: agreed 0.89 + 0.5 × 0.07 = 0.925, by chance 0.73, κ = 0.195 / 0.27 = 0.7222."""
    found = kappa(FLEISS, 3, weights="linear")
    assert found.kappa == 0.7222
    assert found.low == pytest.approx(0.5570, abs=0.0005)
    assert found.high == pytest.approx(0.8874, abs=0.0005)


def test_quadratic_weights_by_hand():
    """0·0 1·1 2·2 0·2: apart 1/4, by chance 1.625/4 = 0.40625, κ = 1 - 0.25 / 0.40625 = 0.3846."""
    found = kappa([(0, 0), (1, 1), (2, 2), (0, 2)], 3, weights="quadratic")
    assert found.kappa == 0.3846


def test_always_alike_is_one_always_apart_is_minus_one():
    assert kappa([(0, 0), (1, 1)] * 5, 2).kappa == 1
    assert kappa([(0, 1), (1, 0)] * 5, 2).kappa == -1


def test_one_category_only_has_no_kappa():
    found = kappa([(2, 2)] * 9, 3, weights="linear")
    assert (found.enough, found.agreed_percent, found.kappa) == (True, 100.0, None)


def test_too_few_pairs_are_said_to_be_too_few():
    found = kappa([(0, 0), (1, 1)], 2, least=3)
    assert (found.pairs, found.enough, found.kappa, found.agreed_percent) == (2, False, None, None)
    assert kappa([], 3).enough is False


def test_a_category_out_of_range_is_a_fault():
    with pytest.raises(ValueError, match="categories"):
        kappa([(0, 3)], 3)


two = st.tuples(st.integers(0, 2), st.integers(0, 2))


@settings(deadline=None, max_examples=50)
@given(st.lists(two, min_size=1, max_size=40), st.sampled_from(["none", "linear", "quadratic"]))
def test_it_does_not_matter_who_is_first_nor_in_which_order(found, weights):
    one = kappa(found, 3, weights=weights)
    other = kappa([(right, left) for left, right in reversed(found)], 3, weights=weights)
    assert (one.kappa is None) == (other.kappa is None)
    if one.kappa is not None:
        assert one.kappa == pytest.approx(other.kappa, abs=0.0001)
        assert one.low is not None
        assert one.high is not None
        assert -1 <= one.low <= one.kappa <= one.high <= 1


def doubled(first: int | None, second: int | None, machine: int | None) -> Doubled:
    return Doubled({"greet": first}, {"greet": second}, {"greet": machine}, "good", "fair", "good")


def test_a_step_only_one_held_to_be_called_for_is_counted_apart():
    found = agreement([doubled(2, None, 2), doubled(1, 1, None), doubled(0, 2, 0)], least=2)
    greet = next(line for line in found if line.about == "greet")
    assert (greet.graders.pairs, greet.graders_called_apart) == (2, 1)
    assert (greet.machine.pairs, greet.machine_called_apart) == (2, 1)
    assert greet.machine.kappa == 1
    everything = next(line for line in found if line.about == "all")
    assert everything.graders == greet.graders
    grade = next(line for line in found if line.about == "grade")
    assert grade.graders.agreed_percent == 0
    assert grade.machine.agreed_percent == 100


def test_who_was_graded_once_says_nothing_about_graders():
    once = Doubled({"greet": 2}, None, {"greet": 2}, "good", None, "good")
    greet = agreement([once], least=1)[0]
    assert (greet.graders.pairs, greet.machine.pairs) == (0, 1)


# ── judged parts, by the grade their points come to ──────────────────────

TABLE = load((files("xiaoer.inspection") / "tables" / "grades.toml").read_text("utf-8"))
SCALE = scale_of(TABLE)


def test_the_bands_are_those_of_the_table_of_grades_d16():
    assert bands(SCALE) == (
        GradeBand("failed", 0, 59),
        GradeBand("poor", 60, 69),
        GradeBand("fair", 70, 79),
        GradeBand("good", 80, 89),
        GradeBand("excellent", 90, 100),
    )
    assert [GRADES[place(one, SCALE) or 0] for one in (100, 89.9, 79, 60, 59.9)] == list(GRADES)
    assert place(None, SCALE) is None


def test_other_edges_in_the_rulebook_are_other_bands():
    text = (files("xiaoer.inspection") / "tables" / "grades.toml").read_text("utf-8")
    moved = load(text.replace('high = "80..89", top = "90.."', 'high = "80..94", top = "95.."'))
    assert bands(scale_of(moved))[-2:] == (GradeBand("good", 80, 94), GradeBand("excellent", 95, 100))


def parted(first: int | None, second: int | None, machine: int | None, part: str = "tone") -> Doubled:
    one, other, third = ({part: place(points, SCALE)} for points in (first, second, machine))
    return Doubled({}, {}, {}, None, None, None, one, other, third)


def test_parts_are_weighted_over_five_grades_by_hand():
    """Places 0·0 1·0 4·4: apart 1/4 of 3, so agreed 0.9167; by chance 0.5278, κ = 0.3889 / 0.4722."""
    samples = [parted(95, 92, 10), parted(85, 91, 10), parted(10, 20, 10), parted(100, None, None)]
    lines = agreement_of_parts(samples, least=3)
    assert [line.about for line in lines] == [*JUDGED, "all"]
    tone = next(line for line in lines if line.about == "tone")
    assert (tone.graders.pairs, tone.graders.kappa, tone.graders_called_apart) == (3, 0.8235, 1)
    assert (tone.machine.pairs, tone.machine_called_apart) == (3, 1)
    assert tone.machine.agreed_percent == pytest.approx(33.3)
    assert lines[-1].graders == tone.graders
    assert next(line for line in lines if line.about == "guard").graders.pairs == 0


def test_points_in_one_band_agree_and_where_nobody_assessed_nothing_counts():
    (tone,) = (
        line
        for line in agreement_of_parts([parted(90, 100, None), parted(None, None, None)], least=1)
        if line.about == "tone"
    )
    assert (tone.graders.pairs, tone.graders.agreed_percent, tone.graders_called_apart) == (1, 100.0, 0)
    assert (tone.machine.pairs, tone.machine_called_apart) == (0, 1)
