"""Exams: questions made from real masked cases, and what answers come to."""

from collections.abc import Mapping, Sequence
from typing import Final
from uuid import UUID

from msgspec import Struct

from xiaoer.inspection.model import STEPS
from xiaoer.learning.model import CAUSES, Cause, Question, Said

LINES_MAX: Final = 30
"""A question shows this many lines at most: it is read, not searched."""


class Material(Struct, frozen=True):
    """A masked talk an exam may ask about: the cause its agent found, or the step that was missing."""

    id: UUID
    talk: tuple[Said, ...]
    cause: Cause | None
    missing: str | None


class Marked(Struct, frozen=True):
    """What a sheet of answers comes to."""

    right: int
    total: int
    percent: int
    passed: bool
    wrong: tuple[UUID, ...]


def questions(material: Sequence[Material], most: int) -> tuple[Question, ...]:
    """At most so many questions: each material asks what it knows for certain."""
    made: list[Question] = []
    for one in material:
        if one.cause is not None:
            made.append(_question(one, "cause", CAUSES, one.cause))
        elif one.missing is not None:
            made.append(_question(one, "step", STEPS, one.missing))
    return tuple(made[:most])


def _question(one: Material, ask: str, options: Sequence[str], right: str) -> Question:
    kind = "cause" if ask == "cause" else "step"
    return Question(one.id, one.talk[-LINES_MAX:], kind, tuple(options), list(options).index(right))


def mark(asked: Sequence[Question], answers: Mapping[UUID, int], pass_percent: int) -> Marked:
    """Mark a sheet: an unanswered question is wrong; the percent is rounded down."""
    wrong = tuple(one.id for one in asked if answers.get(one.id) != one.right)
    total = len(asked)
    right = total - len(wrong)
    percent = right * 100 // total if total else 0
    return Marked(right, total, percent, percent >= pass_percent, wrong)
