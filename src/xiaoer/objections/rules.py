"""Who may decide an objection or a proposal, whose list held words back, what a phrase lets pass."""

from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from msgspec import Struct

from xiaoer.guard import rules as guard
from xiaoer.guard.book import GuardBook
from xiaoer.guard.kinds.proofs import held
from xiaoer.guard.model import Changes, Context, Finding
from xiaoer.kernel.refusal import Refused
from xiaoer.kernel.table import Table
from xiaoer.objections.machine import OBJECTION, PROPOSAL, Answer, Event, Proposed, State
from xiaoer.objections.model import Deed, Judge, Level, Objection, Spot, WhitelistProposal
from xiaoer.rulebook.model import Book

TABLE: Final = "objections.review"
OVER: Final = Refused("not_now", "objections.objection_over")
PROPOSAL_OVER: Final = Refused("not_now", "objections.proposal_over")
NOT_YOURS: Final = Refused("not_allowed", "objections.objection_of_another")
NOT_TRIED: Final = Refused("not_now", "objections.proposal_untried")
FOUR_EYES: Final = Refused("not_allowed", "objections.proposal_own")


class ObjectionDeed(Struct, frozen=True):
    """Something the viewer may do now, or the code and row that say why not."""

    deed: Deed
    allowed: bool
    code: str | None = None
    row: str | None = None


def may_decide(one: Objection, person: UUID, by: Judge, table: Table) -> Refused | None:
    """Why somebody may not decide an objection: table objections.review, or it is over."""
    if not OBJECTION.takes(State(one.state), Event.UPHOLD):
        return OVER
    decision = table.decide(asked(one, person, by))
    if decision.flag("may"):
        return None
    return Refused("not_allowed", decision.word("refusal"), decision.row)


def asked(one: Objection, person: UUID, by: Judge) -> dict[str, object]:
    """The facts of table objections.review."""
    return {
        "own": person == one.person,
        "level": one.level,
        "by": by,
        "lodged_as": one.lodged_as,
        "overdue": one.overdue_at is not None,
    }


def decision_due(now: datetime, book: Book) -> datetime:
    """Until when somebody is to decide an objection lodged now."""
    return now + timedelta(hours=book.integer("guard.objection_hours"))


def may_withdraw(one: Objection, person: UUID) -> Refused | None:
    """Only who lodged it takes it back, while nobody has decided."""
    if person != one.person:
        return NOT_YOURS
    return None if OBJECTION.takes(State(one.state), Event.WITHDRAW) else OVER


def may_answer(
    one: WhitelistProposal, of: UUID, person: UUID, answer: Answer, *, now: datetime, fresh: timedelta
) -> Refused | None:
    """Why somebody may not try, accept or decline a phrase.

    Accepting wants a trial of late, and somebody who neither wrote the words (`of`) nor proposed the phrase.
    """
    if not PROPOSAL.takes(Proposed(one.state), answer):
        return PROPOSAL_OVER
    if answer is not Answer.ACCEPT:
        return None
    if person in {of, one.proposed_by}:
        return FOUR_EYES
    if one.tried_at is None or now - one.tried_at > fresh:
        return NOT_TRIED
    return None


def deed(name: Deed, refused: Refused | None) -> ObjectionDeed:
    """As pages draw it."""
    return ObjectionDeed(
        name, refused is None, refused.code if refused else None, refused.row if refused else None
    )


def spots(text: str, findings: tuple[Finding, ...]) -> tuple[Spot, ...]:
    """What held a text back, as it is kept."""
    return tuple(
        Spot(
            one.kind,
            one.row,
            one.start,
            one.end,
            text[one.start : one.end],
            one.reason,
            one.basis,
            one.verdict,
        )
        for one in held(findings)
    )


def level_of(text: str, finding: Finding, context: Context, marketplace: GuardBook) -> Level:
    """Whose list held the words back: the marketplace's where its own book finds the same there."""
    return "marketplace" if _holds(text, finding, context, marketplace) else "shop"


def lets_pass(one: Objection, phrase: str, book: GuardBook) -> bool:
    """Whether the words objected about would pass with the phrase in the whitelist, and do not now."""
    if phrase not in one.text:
        return False
    context = Context(role=one.lodged_as)
    spot = next((spot for spot in one.findings if (spot.kind, spot.row) == (one.kind, one.row)), None)
    if spot is None:
        return False

    return _holds(one.text, spot, context, book) and not _holds(
        one.text, spot, context, with_phrase(book, phrase)
    )


def _holds(text: str, at: Spot | Finding, context: Context, book: GuardBook) -> bool:
    """Whether a book holds words back where a finding stood."""
    found = held(guard.review(text, context, book).findings)
    return any(one.kind == at.kind and one.start < at.end and at.start < one.end for one in found)


def with_phrase(book: GuardBook, phrase: str) -> GuardBook:
    """The same book, letting a phrase pass."""
    return book.changed(
        Changes(
            allow=(phrase,),
            abuse_likely=book.abuse_likely,
            abuse_sure=book.abuse_sure,
            learned=book.learned,
        )
    )
