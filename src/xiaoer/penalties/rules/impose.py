"""What a penalty comes to, by table D5 or the table of the other offences."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final, cast
from uuid import UUID

from msgspec import structs

from xiaoer.kernel.refusal import Refused
from xiaoer.kernel.table import Decision
from xiaoer.measures.model import MeasureKind
from xiaoer.penalties.model import Next, Penalty, PenaltyWish, Track
from xiaoer.rulebook.model import Book

ABUSE: Final = "penalties.abuse"
OFFENCES: Final = "penalties.offences"
UNLISTED: Final = "penalties.unlisted"


def table_of(wish: PenaltyWish | Penalty) -> str:
    """The table that decides."""
    return ABUSE if wish.offence == "abuse" else OFFENCES


def check(wish: PenaltyWish) -> Refused | None:
    """What is wrong with a wish whatever the tables say: `penalties.no_facts`, `penalties.unlisted`."""
    if not wish.facts.strip():
        return Refused("invalid", "penalties.no_facts")
    fits = wish.grade != "minor" if wish.offence == "abuse" else wish.grade not in {"none", "withdrawn"}
    if not fits:
        return Refused("refused", UNLISTED, facts={"offence": wish.offence, "grade": wish.grade})
    return None


def facts(wish: PenaltyWish | Penalty, book: Book, earlier: int) -> dict[str, object]:
    """What the table is asked; `earlier` counts abuse upheld in the time before."""
    side = "shop" if wish.subject_kind == "shop" else "person"
    if wish.offence != "abuse":
        return {"offence": wish.offence, "side": side, "grade": wish.grade}
    return {
        "ladder": book.word("penalties.abuse_ladder"),
        "side": side,
        "grade": wish.grade,
        "earlier": earlier,
        "review": "review" in wish.circumstances,
        "apology": "apology" in wish.circumstances,
    }


def earlier(penalties: Sequence[Penalty], now: datetime, span: timedelta) -> int:
    """How often a subject was penalised for abuse in the time before; what was taken back never was."""
    return sum(
        one.offence == "abuse"
        and one.state != "reversed"
        and one.grade not in {"none", "withdrawn"}
        and now - span < one.at <= now
        for one in penalties
    )


def penalty(wish: PenaltyWish, decision: Decision, book: Book, now: datetime) -> Penalty | Refused:
    """The penalty as it is imposed. Code: `penalties.unlisted`."""
    if wish.offence != "abuse" and decision.word("verdict") == "unlisted":
        return Refused(
            "refused", UNLISTED, row=decision.row, facts={"offence": wish.offence, "grade": wish.grade}
        )
    pays = bool(decision.outcome.get("pays"))
    made = Penalty(
        id=wish.id,
        subject_kind=wish.subject_kind,
        subject=wish.subject,
        offence=wish.offence,
        grade=wish.grade,
        circumstances=wish.circumstances,
        facts=wish.facts.strip(),
        evidence=wish.evidence,
        source_kind=wish.source_kind,
        source=wish.source,
        decided_by=wish.decided_by,
        automated=wish.automated or wish.decided_by is None,
        rules_version=book.version,
        table_name=decision.table,
        row_id=decision.row,
        basis=decision.basis,
        track=None,
        points=0,
        strike=False,
        measures=(),
        days=0,
        for_ever=False,
        pays_minor=book.minor("penalties.abuse_packet") if pays else 0,
        next=cast("Next | None", decision.outcome.get("next")),
        state="appealable",
        at=now,
        appeal_until=now + book.duration("appeals.penalty_days"),
        reversed_at=None,
        reversed_by=None,
        reversed_why="",
    )
    return decided(made, decision, book, quantity=wish.quantity)


def decided(one: Penalty, decision: Decision, book: Book, *, quantity: int = 1) -> Penalty:
    """A penalty with the points and measures a decision gives it."""
    points = decision.number("points")
    if decision.outcome.get("per_item"):
        points *= max(quantity, 1)
    track = cast("Track | None", decision.outcome.get("track"))
    return structs.replace(
        one,
        table_name=decision.table,
        row_id=decision.row,
        basis=decision.basis,
        track=track if points else None,
        points=points,
        strike=track == "C" and points >= book.integer("penalties.strike_points"),
        measures=cast("tuple[MeasureKind, ...]", decision.words("measures")),
        days=decision.number("days"),
        for_ever=decision.flag("for_ever"),
    )


def again(one: Penalty, before: Sequence[Penalty], book: Book) -> Penalty:
    """The penalty as it follows from those before it that stand: abuse counts earlier cases."""
    if one.offence != "abuse":
        return one
    count = earlier(before, one.at, book.duration("penalties.repeat_days"))
    return decided(one, book.table(ABUSE).decide(facts(one, book, count)), book)


def owns(one: Penalty, person: UUID) -> bool:
    """Whether somebody decided this himself: then another one takes it back."""
    return one.decided_by == person
