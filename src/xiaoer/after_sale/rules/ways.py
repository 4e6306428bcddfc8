"""What else the rules would let through, and what they let through at once."""

from typing import Final

from msgspec import structs

from xiaoer.after_sale.model import CaseWish, Kind
from xiaoer.after_sale.rules import facts
from xiaoer.after_sale.rules.facts import Known
from xiaoer.kernel.table import Decision

_BESIDES: Final[tuple[tuple[Kind, str], ...]] = (
    ("partial_refund", "quality"),
    ("price_difference", "price_dropped"),
    ("freight_compensation", "freight_overpaid"),
)
"""What may be asked of the shop besides a return, and why."""


def named_ways(found: Decision) -> tuple[str, ...]:
    """What the refusing row says is still possible."""
    still = found.outcome.get("still")
    return tuple(str(word) for word in still) if isinstance(still, tuple) else ()


def open_ways(known: Known, wish: CaseWish, found: Decision) -> list[str]:
    """What the refusing row names and the rules would let through now, and what else they would."""
    claims: dict[str, tuple[Kind, str]] = {
        "quality_claim": (wish.kind, "quality"),
        "warranty": ("repair", "quality"),
    }
    named = named_ways(found)
    kept = [word for word in named if word not in claims or _let_through(known, wish, *claims[word])]
    return kept + [kind for kind, reason in _BESIDES if _let_through(known, wish, kind, reason)]


def _let_through(known: Known, wish: CaseWish, kind: Kind, reason: str) -> bool:
    asked = structs.replace(wish, kind=kind, reason=reason)
    claim = facts.claims(known, asked)
    found = known.book.table("after_sale.request").decide(facts.request_facts(known, asked, claim))
    return found.word("answer") != "refuse"


def sellers_risk(known: Known, wish: CaseWish, decisions: list[Decision]) -> bool:
    """Whether the carrier has told what is asked for, and the risk of the way was the shop's (D14)."""
    harm = facts.harm_of(wish.reason)
    if harm is None or harm not in known.harms:
        return False
    found = known.book.table("after_sale.transit_risk").decide(facts.first_parcel_facts(harm))
    decisions.append(found)
    return found.word("bearer") == "seller"
