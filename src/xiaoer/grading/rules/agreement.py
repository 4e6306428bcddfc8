"""How far graders agree with one another and with the machine: by step, by judged part, in the grade."""

from collections.abc import Callable, Mapping, Sequence
from typing import Final, NamedTuple, cast

from xiaoer.grading.model import JUDGED, Doubled, GradeBand, Kappa, StepAgreement
from xiaoer.grading.rules.kappa import kappa
from xiaoer.inspection.model import GRADES, STEPS, Grade
from xiaoer.kernel.table import Table

POINTS: Final = 3
FULL: Final = 100
ALL: Final = "all"
GRADE: Final = "grade"
Marks = Mapping[str, int | None]


class _Asked(NamedTuple):
    """What two put into so many categories: two graders, a grader and the machine."""

    people: list[tuple[Marks, Marks]]
    machine: list[tuple[Marks, Marks]]
    categories: int


class _Pairs(NamedTuple):
    pairs: list[tuple[int, int]]
    called_apart: int


def agreement(samples: Sequence[Doubled], least: int) -> tuple[StepAgreement, ...]:
    """One line for each step, one for all six together, one for the grade; κ with linear weights.

    Graders are compared where two have graded blind, the machine with the first of them.
    """
    asked = _Asked(
        [(one.first, one.second) for one in samples if one.second is not None],
        [(one.first, one.machine) for one in samples],
        POINTS,
    )
    return (*_lines(asked, STEPS, least), _grades(samples, least))


def agreement_of_parts(samples: Sequence[Doubled], least: int) -> tuple[StepAgreement, ...]:
    """One line for each judged part, one for all together; κ with linear weights over the grades."""
    asked = _Asked(
        [(one.first_parts, one.second_parts) for one in samples if one.second_parts is not None],
        [(one.first_parts, one.machine_parts) for one in samples],
        len(GRADES),
    )
    return _lines(asked, JUDGED, least)


def scale_of(grades: Table) -> tuple[Grade, ...]:
    """The grade that 0, 1 … 100 points come to by the table inspection.grades."""
    return tuple(
        cast("Grade", grades.decide({"score": points, "failed": False}).word("grade"))
        for points in range(FULL + 1)
    )


def bands(scale: Sequence[Grade]) -> tuple[GradeBand, ...]:
    """The edges of a scale, from the lowest."""
    found: list[GradeBand] = []
    for points, grade in enumerate(scale):
        low = found.pop().low if found and found[-1].grade == grade else points
        found.append(GradeBand(grade, low, points))
    return tuple(found)


def place(points: float | None, scale: Sequence[Grade]) -> int | None:
    """The place of the grade that the points of a part come to; None where there was nothing to assess."""
    return None if points is None else GRADES.index(scale[int(points)])


def _lines(asked: _Asked, names: Sequence[str], least: int) -> tuple[StepAgreement, ...]:
    return (*(_line(name, asked, (name,), least) for name in names), _line(ALL, asked, names, least))


def _line(about: str, asked: _Asked, names: Sequence[str], least: int) -> StepAgreement:
    people, machine = _paired(asked.people, names), _paired(asked.machine, names)
    return StepAgreement(
        about,
        kappa(people.pairs, asked.categories, weights="linear", least=least),
        kappa(machine.pairs, asked.categories, weights="linear", least=least),
        people.called_apart,
        machine.called_apart,
    )


def _paired(found: Sequence[tuple[Marks, Marks]], names: Sequence[str]) -> _Pairs:
    pairs: list[tuple[int, int]] = []
    apart = 0
    for one, other in found:
        for name in names:
            left, right = one.get(name), other.get(name)
            if left is not None and right is not None:
                pairs.append((left, right))
            elif (left is None) is not (right is None):
                apart += 1
    return _Pairs(pairs, apart)


def _grades(samples: Sequence[Doubled], least: int) -> StepAgreement:
    def of(other: Callable[[Doubled], Grade | None]) -> Kappa:
        pairs = [
            (GRADES.index(one.first_grade), GRADES.index(grade))
            for one in samples
            if one.first_grade is not None and (grade := other(one)) is not None
        ]
        return kappa(pairs, len(GRADES), weights="linear", least=least)

    return StepAgreement(GRADE, of(lambda one: one.second_grade), of(lambda one: one.machine_grade))
