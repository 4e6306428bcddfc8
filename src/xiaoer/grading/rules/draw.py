"""Which inspected talks people grade: some by chance, some by risk; the same seed draws the same."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from hashlib import sha256
from math import log
from typing import Final, NamedTuple
from uuid import UUID

from xiaoer.grading.model import Candidate, Chosen
from xiaoer.rulebook.model import Book

TABLE: Final = "grading.risk"


class Sizes(NamedTuple):
    """How many are drawn by chance and by risk, and which share is read twice."""

    random: int
    risk: int
    twice_percent: int


class Weighed(NamedTuple):
    """A candidate with what the rows of grading.risk give it."""

    candidate: Candidate
    weight: int
    rows: tuple[str, ...]


def sizes(candidates: int, book: Book) -> Sizes:
    """How many of so many talks are drawn: a share, but at least and at most a number."""

    def share(name: str) -> int:
        wanted = -(-candidates * book.integer(f"grading.{name}_percent") // 100)
        return min(max(wanted, book.integer(f"grading.{name}_least")), book.integer("grading.most"))

    return Sizes(share("random"), share("risk"), book.integer("grading.twice_percent"))


def period(book: Book) -> timedelta:
    """How long the time is from which a clock draws; none where only people draw."""
    return timedelta(days=book.integer("grading.period_days"))


def risk_facts(candidate: Candidate, book: Book, now: datetime) -> dict[str, object]:
    """What grading.risk is asked about a talk."""
    since = candidate.agent_since
    fresh = since is not None and now - since < timedelta(days=book.integer("grading.new_agent_days"))
    stars = candidate.stars
    low = stars is not None and stars <= book.integer("learning.low_stars")
    return {
        "score": candidate.points,
        "guard": candidate.guard,
        "stars": "none" if stars is None else ("low" if low else "fine"),
        "new_agent": fresh,
        "alerted": candidate.alerted,
    }


def weigh(candidate: Candidate, book: Book, now: datetime) -> Weighed:
    """What makes a talk risky, by the rows of grading.risk: their weights are added up."""
    found = book.table(TABLE).collect(risk_facts(candidate, book, now))
    return Weighed(candidate, sum(one.number("weight") for one in found), tuple(one.row for one in found))


def draw(weighed: Sequence[Weighed], seed: str, wanted: Sizes) -> tuple[Chosen, ...]:
    """Draw by chance first, then by weight from the rest; the order of the candidates does not matter.

    By weight: the largest u^(1/weight) are taken, u being a number the seed gives each candidate (Efraimidis
    and Spirakis, 2006). A weight of 0 is never drawn for risk.
    """
    by_chance = sorted(weighed, key=lambda one: _chance(seed, "random", one.candidate.score))[: wanted.random]
    taken = {one.candidate.score for one in by_chance}
    rest = [one for one in weighed if one.candidate.score not in taken and one.weight > 0]
    rest.sort(key=lambda one: -log(_chance(seed, "risk", one.candidate.score)) / one.weight)
    by_risk = rest[: wanted.risk]

    def twice(one: Weighed) -> bool:
        return _chance(seed, "twice", one.candidate.score) * 100 <= wanted.twice_percent

    return (
        *(Chosen(one.candidate, "random", one.weight, one.rows, twice(one)) for one in by_chance),
        *(Chosen(one.candidate, "risk", one.weight, one.rows, twice(one)) for one in by_risk),
    )


def for_alert(one: Weighed, seed: str, book: Book) -> Chosen:
    """A talk somebody was alerted to while it ran: it is read whatever the draw says."""
    twice = _chance(seed, "twice", one.candidate.score) * 100 <= book.integer("grading.twice_percent")
    return Chosen(one.candidate, "alert", one.weight, one.rows, twice)


def _chance(seed: str, what: str, score: UUID) -> float:
    """A number in (0, 1] that belongs to a seed and a candidate."""
    digest = sha256(f"{seed}|{what}|{score}".encode()).digest()
    return (int.from_bytes(digest[:8], "big") + 1) / 2**64
