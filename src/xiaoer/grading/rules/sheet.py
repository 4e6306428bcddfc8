"""What a sheet comes to, whether it may be taken as it is, and when two of them lie apart."""

from collections.abc import Collection, Mapping, Sequence
from typing import Final

from xiaoer.grading.model import JUDGED, Graded, GradeGiven, PartPoints, Sheet
from xiaoer.inspection.model import STEPS, Inspection, Part, StepScore
from xiaoer.inspection.rules.card import FULL, Card, parts_of, score_of
from xiaoer.kernel.refusal import Refused

HAND_ROW: Final = "hand"
INCOMPLETE: Final = Refused("invalid", "grading.sheet_incomplete")


def check(sheet: Sheet, versions: Collection[int]) -> Refused | None:
    """Whether a sheet is whole and shows its evidence; `versions` are the messages that were read.

    Every step and judged part once; points for a step, and points missing from a part, name a message; a red
    line says in words what it was. Codes: grading.sheet_incomplete, evidence_missing, evidence_unknown,
    red_line_unexplained.
    """
    whole = sorted(one.step for one in sheet.steps) == sorted(STEPS)
    if not whole or sorted(one.part for one in sheet.parts) != sorted(JUDGED):
        return INCOMPLETE
    named = [version for mark in (*sheet.steps, *sheet.parts) for version in mark.versions]
    strange = [version for version in named if version not in versions]
    if strange:
        return Refused("invalid", "grading.evidence_unknown", facts={"version": strange[0]})
    given = any(one.points and not one.versions for one in sheet.steps)
    taken = any(one.points is not None and one.points < FULL and not one.versions for one in sheet.parts)
    if given or taken:
        return Refused("invalid", "grading.evidence_missing")
    if sheet.red_line and not sheet.remark.strip():
        return Refused("invalid", "grading.red_line_unexplained")
    return None


def graded(sheet: Sheet, inspected: Inspection, card: Card) -> Graded:
    """The score of a sheet by the card that made the machine's; speed is the measured one (M-001)."""
    given = {one.part: one.points for one in sheet.parts}
    own: list[Part] = []
    for part in parts_of(steps_of(sheet), inspected.clocks, (), dict.fromkeys(JUDGED, True), card):
        judged = part.name in JUDGED
        points = given.get(part.name) if judged else part.points
        own.append(Part(part.name, points, part.maximum, part.row))
    score, grade, _ = score_of(own, failed=sheet.red_line, card=card)
    parts = tuple(PartPoints(one.name, one.points, one.maximum, one.row) for one in own)
    return Graded(score, grade, parts, card.digest)


def steps_of(sheet: Sheet) -> tuple[StepScore, ...]:
    """The six steps of a sheet in their order, as an inspection holds them."""
    by_step = {one.step: one for one in sheet.steps}
    return tuple(
        StepScore(step, by_step[step].points, tuple(by_step[step].versions), HAND_ROW, "S-019")
        for step in STEPS
    )


def marks(sheet: Sheet) -> Mapping[str, int | None]:
    """The points of each step."""
    return {one.step: one.points for one in sheet.steps}


def apart(one: GradeGiven, other: GradeGiven, *, points: int) -> bool:
    """Whether two grades differ by more than so many points, or about a red line."""
    if one.sheet.red_line is not other.sheet.red_line or (one.score is None) is not (other.score is None):
        return True
    return one.score is not None and other.score is not None and abs(one.score - other.score) > points


def kinder(grades: Sequence[GradeGiven]) -> GradeGiven:
    """Of grades that agree, the one that is better for the agent; the earlier of equal ones."""
    return max(grades, key=lambda one: -1.0 if one.score is None else one.score)
