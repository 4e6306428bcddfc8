"""From an order and its history to the finite facts the tables ask for."""

from collections.abc import Mapping
from datetime import datetime
from typing import Final
from uuid import UUID

from msgspec import Struct

from xiaoer.after_sale.model import Case, CaseWish, Condition
from xiaoer.after_sale.rules.deadlines import Days, ended, span, term
from xiaoer.after_sale.rules.money import NOTHING, Promotions
from xiaoer.after_sale.rules.reasons import reasons
from xiaoer.kernel.table import Decision
from xiaoer.orders.model import Item, Offer, Purchase
from xiaoer.rulebook.model import Book

_OPENED: Final[frozenset[Condition]] = frozenset({"opened", "seal_broken", "altered", "soiled", "incomplete"})
_PRECEDENCE: Final = (
    "custom", "fresh", "digital_opened", "newspaper", "hygiene_opened", "hygiene", "activation",
    "near_expiry", "flawed", "custom_stock", "ordinary",
)  # fmt: skip
PROMISED: Final = "return_promised"
"""The flag of a product that the seller takes back without a reason although law would not ask it of him."""

THREE_GUARANTEES: Final = "three_guarantees"
"""The flag of goods that law has repaired, replaced or taken back by their age (L-054)."""

_GUARANTEED: Final = frozenset({"return_refund", "exchange", "repair"})
_FAULTS: Final = {
    "fake": "fake",
    "damaged": "visible",
    "missing": "visible",
    "description": "visible",
    "quality": "hidden",
}
"""What a reason says about the goods; quality has the longer time, as the buyer could not see it."""

_CLAIMED: Final = (
    THREE_GUARANTEES, "live", "fresh", "pets", "aquatic", "tyres", "ceramics", "cosmetics", "wear",
    "electronics", "appliance", "household",
)  # fmt: skip
_WARRANTED: Final = ("shoes", "bags", "watches", "gold", "jewellery")
_WORN: Final = frozenset(_WARRANTED)
_GOODS_WORST: Final = ("exempt", "confirmed", "unconfirmed", "free", "promised")


class History(Struct, frozen=True):
    """What other cases of the order and of the buyer say."""

    taken: Mapping[UUID, int] = {}
    free_minor: int = 0
    asked_before: bool = False
    failed_repairs: int = 0
    cases: int = 0
    returns: int = 0
    ahead_minor: int = 0
    lost_fast: bool = False


class Known(Struct, frozen=True):
    """Everything a case is decided by."""

    purchase: Purchase
    history: History
    book: Book
    days: Days
    now: datetime
    promotions: Promotions = NOTHING
    buyer_name: str = ""
    offers: Mapping[UUID, Offer] = {}
    harms: frozenset[str] = frozenset()
    conversation: UUID | None = None
    """Of the buyer with the shop, when they have one."""
    person_name: str = ""
    """Whoever asks."""
    twin: UUID | None = None
    """What he opened meanwhile under the same key."""


def signed_at(purchase: Purchase) -> datetime | None:
    """When the last parcel was signed for; sign-for is delivery (L-053)."""
    signed = [parcel.signed_at for parcel in purchase.parcels if parcel.signed_at is not None]
    return max(signed, default=purchase.signed_at)


def ground(reason: str) -> str:
    """`no_reason`, or `fault` where the seller is said to be at fault."""
    return "no_reason" if reasons()[reason].counts_as == "no_reason" else "fault"


def claims(known: Known, wish: CaseWish) -> Decision | None:
    """Which window a claim has (J-017): of several lines the one that ends first; None while nothing came."""
    if signed_at(known.purchase) is None:
        return None
    fault = _FAULTS.get(reasons()[wish.reason].counts_as)
    table = known.book.table("after_sale.claims")
    found = [
        _longer(
            known,
            table.decide({"goods": _claimed(item) if fault else "ordinary", "fault": fault or "visible"}),
            _warranty(known, wish, item) if fault == "hidden" else None,
        )
        for item in meant(known, wish)
    ]
    return min(found, key=lambda one: _claim_end(known, one), default=None)


def _warranty(known: Known, wish: CaseWish, item: Item) -> Decision | None:
    """How long the goods are warranted (J-018), where a repair is asked for or repairs have failed."""
    most = known.book.integer("after_sale.repairs_before_return")
    instead = wish.kind in {"exchange", "return_refund"} and known.history.failed_repairs >= most
    words = set(item.flags)
    found = known.book.table("after_sale.warranty").decide(
        {
            "goods": next((word for word in _WARRANTED if word in words), "other"),
            "stated": known.book.integer("after_sale.warranty_days") > 0,
            "entitled": wish.kind == "repair" or instead,
        }
    )
    return None if found.word("window") == "claim" else found


def _longer(known: Known, claim: Decision, warranty: Decision | None) -> Decision:
    if warranty is None or _claim_end(known, warranty) <= _claim_end(known, claim):
        return claim
    return warranty


def _claimed(item: Item) -> str:
    words = set(item.flags)
    if words & _WORN:
        words.add("wear")
    return next((word for word in _CLAIMED if word in words), "ordinary")


def _claim_end(known: Known, found: Decision) -> datetime:
    signed = signed_at(known.purchase) or known.now
    if found.word("window") == "own":
        return ended(signed, found.number("amount"), found.word("unit"), known.days)
    if found.word("window") == "stated":
        return term(known.book, "after_sale.warranty_days", signed, known.days)
    long = found.word("window") == "long"
    name = "after_sale.claim_window_long" if long else "after_sale.claim_window"
    return term(known.book, name, signed, known.days)


def meant(known: Known, wish: CaseWish) -> list[Item]:
    """The items of the order somebody speaks of: all of them when he names none."""
    named = {line.item for line in wish.lines}
    return [item for item in known.purchase.items if not named or item.id in named]


def request_facts(known: Known, wish: CaseWish, claim: Decision | None) -> dict[str, object]:
    """What the table after_sale.request asks; T-003: what was never signed for has no end."""
    over = claim is not None and known.now > _claim_end(known, claim)
    return {
        "kind": wish.kind,
        "order": known.purchase.state,
        "ground": ground(wish.reason),
        "window": "over" if over else "open",
    }


def guarantee_facts(known: Known, wish: CaseWish) -> dict[str, object] | None:
    """What the table after_sale.guarantee asks (L-054); None where it has nothing to say."""
    signed = signed_at(known.purchase)
    guaranteed = any(THREE_GUARANTEES in item.flags for item in meant(known, wish))
    performance = reasons()[wish.reason].counts_as == "quality"
    if signed is None or not guaranteed or not performance or wish.kind not in _GUARANTEED:
        return None
    age = (known.days.day(known.now) - known.days.day(signed)).days
    return {"asked": wish.kind, "age_days": age, "failed_repairs": known.history.failed_repairs}


def transit_facts(case: Case, *, back: bool, harm: str) -> dict[str, object]:
    """What D14 asks when a carrier reports harm; goods come back for a fault only once it is agreed."""
    fault = "grave" if back and ground(case.reason) == "fault" else "none"
    return {
        "leg": "return" if back else "outbound",
        "harm": harm,
        "own_courier": False,  # the shop sends in a case
        "wrong_address": "none",
        "against_request": False,
        "fault": fault,
    }


def first_parcel_facts(harm: str) -> dict[str, object]:
    """What D14 asks of an order's own parcel before sign-for: the shop has sent it, where the order said."""
    return {
        "leg": "outbound",
        "harm": harm,
        "own_courier": False,
        "wrong_address": "none",
        "against_request": False,
        "fault": "none",
    }


def harm_of(reason: str) -> str | None:
    """What must have happened to a parcel for this reason to be right."""
    return {"not_received": "loss", "damaged": "breakage"}.get(reason)


def return_ends(known: Known) -> datetime | None:
    """Until when goods may go back without a reason (L-001 to L-004); None while they are not signed for."""
    signed = signed_at(known.purchase)
    if signed is None:
        return None
    return term(known.book, "return.no_reason_days", signed, known.days)


def window(known: Known) -> str:
    """Where the notice stands: in the period of law (D1 row 7), in the seller's longer promise, or after."""
    ends = return_ends(known)
    if ends is None:
        return "within" if known.purchase.state in {"delivered", "completed"} else "unsigned"
    if known.now > ends:
        return "after"
    name = "return.no_reason_days"
    law, signed = known.book[name].parameter.floor, signed_at(known.purchase)
    if law is None or signed is None or known.now <= span(known.book, name, law, signed, known.days):
        return "within"
    return "promised"


def shield(book: Book, item: Item, word: str) -> str:
    """What was said about an item at its purchase: a promise goes before a confirmation (L-006, L-009)."""
    if PROMISED in item.flags or word in book.words("return.promised_categories"):
        return "promised"
    return "confirmed" if item.confirmed_no_return else "none"


def category(item: Item, condition: Condition) -> str:
    """What the table after_sale.goods calls an item; of several flags the first by precedence."""
    words = set(item.flags)
    if "digital" in words:
        words.add("digital_opened")
    if "hygiene" in words and condition in _OPENED:
        words.add("hygiene_opened")
    return next((word for word in _PRECEDENCE if word in words), "ordinary")


def goods_decision(known: Known, items: list[Item], condition: Condition) -> Decision:
    """What the goods are towards D1: of several items the one that may go back least."""
    table = known.book.table("after_sale.goods")
    words = [category(item, condition) for item in items]
    found = [
        table.decide({"category": word, "shield": shield(known.book, item, word)})
        for item, word in zip(items, words, strict=True)
    ]
    return min(found, key=lambda one: _GOODS_WORST.index(one.word("goods")))


def eligibility_facts(known: Known, wish: CaseWish, goods: str) -> dict[str, object]:
    """What D1 asks. Whoever buys here is taken for a consumer."""
    most = known.book.integer("after_sale.bad_faith_returns")
    return {
        "reason": reasons()[wish.reason].counts_as,
        "consumer": True,
        "goods": goods,
        "window": window(known),
        "condition": wish.condition,
        "bad_faith": known.history.returns >= most,
        "asked_before": known.history.asked_before,
    }


def freight_facts(kind: str, reason: str, shipping: str, *, settlement: bool = False) -> dict[str, object]:
    """What D2 asks; a private settlement is one the parties have made by an offer."""
    if settlement:
        why = "settlement"
    elif ground(reason) == "fault":
        why = "seller_fault"
    else:
        why = "no_reason_exchange" if kind == "exchange" else "no_reason"
    return {"ground": why, "shipping": shipping, "first_at_fault": "none", "agreed": "none", "informed": True}


def fast_facts(known: Known, refund_minor: int) -> dict[str, object]:
    """What the table after_sale.fast_refund asks."""
    history, most = known.history, known.book.integer("after_sale.fast_refund_max")
    limit = "none" if most == 0 else _limit(refund_minor + history.ahead_minor, most)
    enough = history.cases >= known.book.integer("after_sale.fast_refund_cases")
    record = "lost" if history.lost_fast else ("clean" if enough else "short")
    return {"limit": limit, "record": record}


def _limit(out_minor: int, most_minor: int) -> str:
    return "within" if out_minor <= most_minor else "beyond"


def is_open(case: Case) -> bool:
    """Whether something is still to happen in a case."""
    return case.closed_at is None
