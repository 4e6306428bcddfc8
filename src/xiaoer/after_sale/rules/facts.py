"""From an order and its history to the finite facts the tables ask for."""

from collections.abc import Mapping
from datetime import datetime
from typing import Final
from uuid import UUID

from msgspec import Struct

from xiaoer.after_sale.model import Case, CaseWish, Condition
from xiaoer.after_sale.rules.deadlines import Days, span, term
from xiaoer.after_sale.rules.money import NOTHING, Promotions
from xiaoer.after_sale.rules.reasons import reasons
from xiaoer.kernel.table import Decision
from xiaoer.orders.model import Item, Purchase
from xiaoer.rulebook.model import Book

_OPENED: Final[frozenset[Condition]] = frozenset({"opened", "seal_broken", "altered", "soiled", "incomplete"})
_PRECEDENCE: Final = (
    "custom", "fresh", "digital_opened", "newspaper", "hygiene_opened", "hygiene", "activation",
    "near_expiry", "flawed", "custom_stock", "ordinary",
)  # fmt: skip
PROMISED: Final = "return_promised"
"""The flag of a product that the seller takes back without a reason although law would not ask it of him."""

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


def signed_at(purchase: Purchase) -> datetime | None:
    """When the last parcel was signed for; sign-for is delivery (L-053)."""
    signed = [parcel.signed_at for parcel in purchase.parcels if parcel.signed_at is not None]
    return max(signed, default=purchase.signed_at)


def ground(reason: str) -> str:
    """`no_reason`, or `fault` where the seller is said to be at fault."""
    return "no_reason" if reasons()[reason].counts_as == "no_reason" else "fault"


def claim_ends(known: Known, reason: str) -> datetime | None:
    """Until when a fault may be claimed; None where nothing was signed for, or nothing limits it (T-003)."""
    signed = signed_at(known.purchase)
    if signed is None:
        return None
    name = "after_sale.claim_window_long" if reason == "fake" else "after_sale.claim_window"
    return term(known.book, name, signed, known.days)


def request_facts(known: Known, wish: CaseWish) -> dict[str, object]:
    """What the table after_sale.request asks."""
    ends = claim_ends(known, wish.reason)
    return {
        "kind": wish.kind,
        "order": known.purchase.state,
        "ground": ground(wish.reason),
        "window": "over" if ends is not None and known.now > ends else "open",
    }


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
