"""The score card: tables that give points to steps, weights to parts, deductions to faults, grades."""

from collections.abc import Iterable, Mapping, Sequence
from hashlib import sha256
from typing import Final, NamedTuple, Protocol, cast

from xiaoer.inspection.model import GRADES, PARTS, Clocks, Deduction, Grade, Part, PartName, StepScore
from xiaoer.kernel.table import Table

TABLES: Final = ("inspection.steps", "inspection.weights", "inspection.deductions", "inspection.grades")
FULL: Final = 100.0


class Tables(Protocol):
    """Where tables come from: a book of the rulebook is one."""

    def table(self, name: str) -> Table:
        """The table of that full name."""
        ...


class Card(NamedTuple):
    """The four tables; `digest` names their wordings for good."""

    steps: Table
    weights: Table
    deductions: Table
    grades: Table
    digest: str


_cards: Final[dict[str, Card]] = {}


def card_of(book: Tables) -> Card:
    """The score card a rulebook holds; equal wordings give the same card."""
    steps, weights, deductions, grades = (book.table(name) for name in TABLES)
    versions = f"{steps.version}.{weights.version}.{deductions.version}.{grades.version}"
    digest = sha256(versions.encode()).hexdigest()[:12]
    card = _cards.get(digest)
    if card is None:
        if len(_cards) >= 1024:
            _cards.clear()
        card = _cards[digest] = Card(steps, weights, deductions, grades, digest)
    return card


class Fault(NamedTuple):
    """Something to take points off for, with the message that shows it."""

    reason: str
    version: int


def deducted(faults: Iterable[Fault], card: Card) -> tuple[tuple[Deduction, ...], bool]:
    """What each kind of fault takes off, up to its most, and whether one of them fails the whole talk."""
    by_reason: dict[str, list[int]] = {}
    for fault in faults:
        by_reason.setdefault(fault.reason, []).append(fault.version)
    found: list[Deduction] = []
    failed = False
    for reason, versions in by_reason.items():
        ruled = card.deductions.decide({"fault": reason})
        points = min(ruled.number("points") * len(versions), ruled.number("at_most"))
        failed = failed or ruled.flag("fails")
        part = cast("PartName", ruled.word("part"))
        found.append(Deduction(part, reason, points, ruled.row, ruled.basis, tuple(sorted(set(versions)))))
    return tuple(found), failed


def parts_of(
    steps: Sequence[StepScore],
    clocks: Clocks | None,
    deductions: Sequence[Deduction],
    assessed: Mapping[PartName, bool],
    card: Card,
) -> tuple[Part, ...]:
    """Every part with its points and the figures its formula prints; None where nothing was to assess."""
    off: dict[PartName, int] = dict.fromkeys(PARTS, 0)
    for one in deductions:
        off[one.part] += one.points
    called = [one.points for one in steps if one.points is not None]
    parts: list[Part] = []
    for name in PARTS:
        ruled = card.weights.decide({"part": name})
        points: float | None = max(FULL - off[name], 0.0) if assessed.get(name, False) else None
        facts: dict[str, int | float | str] = {"off": off[name]}
        if name == "steps":
            points = round(FULL * sum(called) / (2 * len(called)), 1) if called else None
            facts = {"got": sum(called), "of": 2 * len(called), "called": len(called)}
        elif name == "speed" and clocks is not None and clocks.rounds:
            points = round(FULL * clocks.in_time / clocks.rounds, 1)
            facts = {"in_time": clocks.in_time, "rounds": clocks.rounds, "profile": clocks.profile}
        elif name == "speed":
            points = None
        parts.append(Part(name, points, ruled.number("weight"), ruled.row, facts))
    return tuple(parts)


def score_of(parts: Sequence[Part], *, failed: bool, card: Card) -> tuple[float | None, Grade | None, bool]:
    """The weighted mean of the parts assessed, its grade, and whether a person should look."""
    counted = [(part.points, part.maximum) for part in parts if part.points is not None and part.maximum]
    weight = sum(maximum for _, maximum in counted)
    if not weight:
        return None, None, failed
    score = round(sum(points * maximum for points, maximum in counted) / weight, 1)
    ruled = card.grades.decide({"score": int(score), "failed": failed})
    grade = cast("Grade", ruled.word("grade"))
    assert grade in GRADES
    return score, grade, ruled.flag("review")
