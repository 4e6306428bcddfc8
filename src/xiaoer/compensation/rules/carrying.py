"""How a grant is carried out by its kind, until when it waits, and whether a red packet goes out."""

from datetime import datetime
from typing import Final, Literal
from uuid import UUID, uuid5

from xiaoer.compensation.machine import GRANT, Event, State
from xiaoer.compensation.model import Grant, GrantWish, Sent
from xiaoer.kernel.refusal import Refused
from xiaoer.ledger.model import POINTS
from xiaoer.rulebook.model import Book

Limit = Literal["within", "packet", "agent_day", "agent_count", "shop_day"]
ASIDE: Final = frozenset({"coupon", "red_packet", "money"})
"""Kinds whose money is put aside when they are given; points come into being when they are."""


def wrong_wish(wish: GrantWish) -> Refused | None:
    """Whether a wish makes sense at all: a shop gets money only, points are the marketplace's."""
    if wish.to_kind == "shop" and wish.kind != "money":
        return Refused("invalid", "compensation.shops_take_money")
    if wish.kind == "points" and (wish.bearer != "marketplace" or wish.currency != POINTS):
        return Refused("invalid", "compensation.points_are_the_marketplaces")
    if wish.bearer == "shop" and wish.shop is None:
        return Refused("invalid", "compensation.bearer_missing")
    if wish.bearer == "shop" and wish.to_kind == "shop" and wish.receiver == wish.shop:
        return Refused("invalid", "compensation.to_oneself")
    return None


def carry(grant: Grant, *, taken: bool) -> Event:
    """What carrying out means: `taken` when its receiver has taken it, or nobody was asked."""
    if grant.is_offer and not taken:
        return Event.OFFER
    match grant.kind:
        case "red_packet":
            return Event.PAY if taken else Event.SEND
        case "coupon":
            return Event.ISSUE
        case "points":
            return Event.GIVE
        case "money":
            return Event.PAY if grant.to_kind == "person" else Event.GIVE


def clock_of(state: State, book: Book, now: datetime) -> tuple[str, datetime] | None:
    """The clock of a state and when it falls due; None where nothing waits."""
    named = GRANT.due.get(state)
    return None if named is None else (named[0], now + book.duration(named[0]))


def limit_passed(book: Book, amount_minor: int, sent: Sent) -> Limit:
    """The first limit that one more red packet would pass (R-001)."""
    if amount_minor > book.minor("compensation.packet_max"):
        return "packet"
    if sent.agent_count + 1 > book.integer("compensation.packet_agent_day_count"):
        return "agent_count"
    if sent.agent_minor + amount_minor > book.minor("compensation.packet_agent_day_max"):
        return "agent_day"
    if sent.shop_minor + amount_minor > book.minor("compensation.packet_shop_day_max"):
        return "shop_day"
    return "within"


def same_wish(grant: Grant, wish: GrantWish) -> bool:
    """Whether a grant is what this wish asks for: one key stands for one wish."""
    return (
        grant.kind == wish.kind
        and grant.bearer == wish.bearer
        and grant.shop == wish.shop
        and grant.receiver == wish.receiver
        and grant.currency == wish.currency
        and grant.subject == wish.subject
    )


def posting_id(grant: UUID, what: str) -> UUID:
    """The id of a grant's posting: whoever writes it and however often, it is one."""
    return uuid5(grant, what)


def worth_minor(book: Book, points: int) -> int:
    """What a coupon for so many points is worth, in minor units, rounded down (S-104)."""
    return points * book.integer("compensation.exchange_percent") // 100
