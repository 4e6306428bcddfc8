"""May a block be proposed, who approves it, and how wide and long it may be (D8)."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Final, Literal
from uuid import UUID

from msgspec import Struct

from xiaoer.blocks.model import WIDTH, Block, BlockWish, Scope, Side, SubjectKind
from xiaoer.kernel.refusal import Refused
from xiaoer.measures.model import MeasureKind
from xiaoer.rulebook.model import Book

PROPOSAL: Final = "blocks.proposal"
FIT: Final = "blocks.fit"
Evidence = Literal["server", "foreign", "none"]
Motive = Literal["clean", "protected", "revenge", "rivalry"]

FUNCTIONS: Final[dict[SubjectKind, frozenset[MeasureKind]]] = {
    "person": frozenset(
        {"limit_buying", "limit_messages", "limit_publishing", "limit_community", "limit_site_mail"}
    ),
    "shop": frozenset(
        {"limit_publishing", "limit_new_shop", "limit_site_mail", "limit_dispatch", "limit_messages"}
    ),
}


class Sealed(Struct, frozen=True):
    """A piece of server evidence as a block sees it: of which shop and buyer, and who stands in it."""

    shop: UUID
    buyer: UUID
    people: frozenset[UUID]


class Known(Struct, frozen=True, kw_only=True):
    """What a proposal is judged by besides the wish itself."""

    side: Side
    shop: UUID | None
    proposer: UUID
    sealed: tuple[Sealed, ...]
    before: bool
    quarrel: bool


def wrong_wish(wish: BlockWish, side: Side) -> Refused | None:
    """Whether a wish makes sense at all: a shop blocks people, from itself; a function is named."""
    if side == "shop" and (wish.subject_kind != "person" or wish.scope not in {"message", "one_shop"}):
        return Refused("invalid", "blocks.shops_block_at_home")
    if wish.scope == "one_shop" and (side != "shop" or wish.subject_kind != "person"):
        return Refused("invalid", "blocks.one_shop_is_the_shops")
    if (wish.scope == "function") != (wish.stops is not None):
        return Refused("invalid", "blocks.name_the_function")
    if wish.stops is not None and wish.stops not in FUNCTIONS[wish.subject_kind]:
        return Refused("invalid", "blocks.no_such_function")
    if (wish.ground == "risk_score") != (wish.score is not None):
        return Refused("invalid", "blocks.score_missing")
    return None


def fit_facts(wish: BlockWish, known: Known) -> dict[str, object]:
    """What the table of scopes is asked."""
    return {"ground": wish.ground, "side": known.side, "before": known.before}


def proposal_facts(wish: BlockWish, known: Known, book: Book, *, widest: str, term: str) -> dict[str, object]:
    """What the table of proposals is asked."""
    return {
        "ground": _ground(wish, book),
        "evidence": evidence_of(wish, known),
        "proposer": "party" if is_party(known.proposer, wish.subject, known.sealed) else "neutral",
        "motive": motive_of(wish.facts, book),
        "quarrel": known.quarrel,
        "scope": "fits" if fits(wish, book, widest=widest, term=term) else "too_wide",
        "side": known.side,
    }


def _ground(wish: BlockWish, book: Book) -> str:
    if wish.ground != "risk_score" or wish.score is None:
        return "listed"
    return "score_high" if wish.score.value >= book.integer("blocks.risk_score") else "score_low"


def evidence_of(wish: BlockWish, known: Known) -> Evidence:
    """Whether the server's evidence is about whom it would block, in this shop when a shop blocks."""
    if not known.sealed:
        return "none"
    for one in known.sealed:
        about = one.buyer if wish.subject_kind == "person" else one.shop
        if about == wish.subject and (known.side == "marketplace" or one.shop == known.shop):
            return "server"
    return "foreign"


def is_party(person: UUID, subject: UUID, sealed: Iterable[Sealed]) -> bool:
    """Whether somebody stands in the evidence himself, or is who is to be blocked (S-111)."""
    return person == subject or any(person in one.people for one in sealed)


def motive_of(facts: str, book: Book) -> Motive:
    """What the words give away about why somebody is to be blocked."""
    said = facts.casefold()

    def speaks(name: str) -> bool:
        return any(word.casefold() in said for word in book.words(f"blocks.{name}"))

    if speaks("protected_words"):
        return "protected"
    if speaks("revenge_words"):
        return "revenge"
    return "rivalry" if speaks("rival_words") else "clean"


def fits(wish: BlockWish, book: Book, *, widest: str, term: str) -> bool:
    """Whether scope and time are no more than the table allows; without an end it is looked at in time."""
    allowed = [scope for scope in WIDTH if wider_not(scope, widest)]
    return wish.scope in allowed and (wish.days or 0) <= book.integer(f"blocks.{term}_days")


def wider_not(scope: Scope, widest: str) -> bool:
    """Whether a scope is no wider than the widest."""
    order = [str(one) for one in WIDTH]
    return order.index(scope) <= order.index(widest)


def measures_of(block: Block) -> tuple[MeasureKind, ...]:
    """The measures a block comes to."""
    match block.scope:
        case "message":
            return ("limit_messages",) if block.subject_kind == "person" else ("limit_site_mail",)
        case "one_shop":
            return ("limit_messages", "limit_buying")
        case "function":
            return (block.stops,) if block.stops else ()
        case "account":
            return ("limit_login",) if block.subject_kind == "person" else ("close_shop",)


def times(
    book: Book, days: int | None, *, danger: bool, now: datetime
) -> tuple[datetime | None, datetime | None]:
    """When it ends and when it is looked at again; what began before anybody was heard is looked at soon."""
    ends_at = now + timedelta(days=days) if days else None
    if danger:
        return ends_at, now + book.duration("blocks.danger_look")
    return ends_at, None if ends_at else now + book.duration("blocks.watch_days")
