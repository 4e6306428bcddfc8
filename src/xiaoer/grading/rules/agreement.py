"""How far graders agree with one another and with the machine, step by step and in the grade."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from xiaoer.grading.model import Doubled, Kappa, StepAgreement
from xiaoer.grading.rules.kappa import kappa
from xiaoer.inspection.model import GRADES, STEPS, Grade

POINTS: Final = 3
ALL: Final = "all"
GRADE: Final = "grade"
Marks = Mapping[str, int | None]


class _Pairs(NamedTuple):
    pairs: list[tuple[int, int]]
    called_apart: int


def agreement(samples: Sequence[Doubled], least: int) -> tuple[StepAgreement, ...]:
    """One line for each step, one for all six together, one for the grade; κ with linear weights.

    Graders are compared where two have graded blind, the machine with the first of them.
    """
    lines = [_line(step, samples, (step,), least) for step in STEPS]
    return (*lines, _line(ALL, samples, STEPS, least), _grades(samples, least))


def _line(about: str, samples: Sequence[Doubled], steps: Sequence[str], least: int) -> StepAgreement:
    people = _paired(((one.first, one.second) for one in samples if one.second is not None), steps)
    machine = _paired(((one.first, one.machine) for one in samples), steps)
    return StepAgreement(
        about,
        _steps_kappa(people.pairs, least),
        _steps_kappa(machine.pairs, least),
        people.called_apart,
        machine.called_apart,
    )


def _paired(found: Iterator[tuple[Marks, Marks]], steps: Sequence[str]) -> _Pairs:
    pairs: list[tuple[int, int]] = []
    apart = 0
    for one, other in found:
        for step in steps:
            left, right = one.get(step), other.get(step)
            if left is not None and right is not None:
                pairs.append((left, right))
            elif (left is None) is not (right is None):
                apart += 1
    return _Pairs(pairs, apart)


def _steps_kappa(pairs: Sequence[tuple[int, int]], least: int) -> Kappa:
    return kappa(pairs, POINTS, weights="linear", least=least)


def _grades(samples: Sequence[Doubled], least: int) -> StepAgreement:
    def of(other: Callable[[Doubled], Grade | None]) -> Kappa:
        pairs = [
            (GRADES.index(one.first_grade), GRADES.index(grade))
            for one in samples
            if one.first_grade is not None and (grade := other(one)) is not None
        ]
        return kappa(pairs, len(GRADES), weights="linear", least=least)

    return StepAgreement(GRADE, of(lambda one: one.second_grade), of(lambda one: one.machine_grade))
