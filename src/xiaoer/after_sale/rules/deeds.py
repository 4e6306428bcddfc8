"""What a side may do with a case now, and why not where it may not: the one list buttons are drawn from."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from functools import cache, lru_cache
from typing import Final, NamedTuple

from msgspec import Struct

from xiaoer.after_sale.machine import CASE, Event, State
from xiaoer.after_sale.model import ENDED, Case, CaseHead, Side
from xiaoer.kernel.refusal import Refused
from xiaoer.rulebook.model import Book

E = Event
_ASKS: Final = (E.ASK_REFUND, E.ASK_MONEY, E.ASK_RETURN, E.ASK_EXCHANGE, E.ASK_RESEND)
_AGREES: Final = (E.AGREE_PAY, E.AGREE_RETURN, E.AGREE_SEND)
_ASKED: Final = frozenset({"asked_refund", "asked_money", "asked_return", "asked_exchange", "asked_resend"})


class CaseDeed(Struct, frozen=True):
    """Something the viewer may do now, or the code that says why not."""

    deed: str
    allowed: bool
    code: str | None = None


class _Way(Struct, frozen=True):
    """The events a deed may lead to, and the only states it is for (empty: every state that takes one)."""

    events: tuple[Event, ...]
    states: frozenset[str] = frozenset()


_WAYS: Final[Mapping[Side, Mapping[str, _Way]]] = {
    "buyer": {
        "accept": _Way(_AGREES, frozenset({"offered"})),
        "ask": _Way(_ASKS, _ASKED | {"offered", "contested", "to_pay", "on_way"}),
        "pay": _Way((E.DIFFERENCE_ASKED,)),
        "withdraw": _Way((E.WITHDRAW,)),
        "send_back": _Way((E.SENT_BACK, E.SENT_BACK_GOODS, E.SENT_AHEAD)),
        "accept_deduction": _Way((E.AGREE_PAY,), frozenset({"deducting"})),
        "receive": _Way((E.RECEIVED,)),
        "call_people": _Way((E.CALL_PEOPLE,)),
        "answer_follow_up": _Way((E.CONFIRM, E.REOPEN)),
    },
    "shop": {
        "agree": _Way(_AGREES, _ASKED | {"contested"}),
        "offer": _Way((E.OFFER,)),
        "refuse": _Way((E.REFUSE,)),
        "return_address": _Way((E.SENT_BACK,)),
        "arrived": _Way((E.ARRIVED,)),
        "inspect": _Way((E.ACCEPT_GOODS, E.DEDUCT, E.OBJECT_GOODS)),
        "send_out": _Way((E.SENT_OUT,)),
        "repaid": _Way((E.REPAID,)),
    },
    "officer": {"decide": _Way((E.TURN_DOWN,))},
    "program": {},
}


DEEDS: Final[Mapping[Side, tuple[str, ...]]] = {side: tuple(ways) for side, ways in _WAYS.items()}
"""What each side may ever do with a case: every one of them has its button in a page."""


class Terms(Struct, frozen=True):
    """What bounds the deeds of a case besides its state: how often a shop may offer, how long both negotiate.

    `talk_until` is when the buyer may call people although the shop has answered, or may still (D4).
    """

    rounds: int
    talk_until: datetime


def terms_of(book: Book, opened_at: datetime) -> Terms:
    """What the rules of a case say about its deeds."""
    rounds, talk = _said(book)
    return Terms(rounds, opened_at + talk)


@lru_cache(maxsize=64)
def _said(book: Book) -> tuple[int, timedelta]:
    """A book never changes: a list of cases asks the same one over and over."""
    return book.integer("after_sale.offer_rounds"), book.duration("after_sale.negotiate_before_platform")


class _Bounds(NamedTuple):
    """As much of a case and its terms as its deeds depend on besides the state."""

    escalated: bool
    used_up: bool
    talking: bool


def _bounds(case: CaseHead, terms: Terms, now: datetime) -> _Bounds:
    return _Bounds(case.stage > 1, case.rounds >= terms.rounds, now < terms.talk_until)


def deeds(case: CaseHead, side: Side, terms: Terms, now: datetime) -> tuple[CaseDeed, ...]:
    """Every deed of a side with its answer, in the order the buttons stand."""
    return _deeds(side, case.state, _bounds(case, terms, now))


def may(case: CaseHead, side: Side, deed: str, terms: Terms, now: datetime) -> Refused | None:
    """Why a side may not do something now; None when it may.

    Codes: after_sale.case_over, not_now, shop_may_still_answer, negotiate_first, offers_used_up.
    """
    code = _code(side, deed, case.state, _bounds(case, terms, now))
    if code is None:
        return None
    facts: dict[str, dict[str, object]] = {
        "not_now": {"state": case.state},
        "negotiate_first": {"until": terms.talk_until.isoformat()},
        "offers_used_up": {"rounds": terms.rounds},
    }
    return Refused("not_now", f"after_sale.{code}", facts=facts.get(code, {}))


@cache
def _deeds(side: Side, state: str, bounds: _Bounds) -> tuple[CaseDeed, ...]:
    """Few states, few answers: each is worked out once."""
    codes = {deed: _code(side, deed, state, bounds) for deed in _WAYS[side]}
    return tuple(CaseDeed(deed, code is None, code and f"after_sale.{code}") for deed, code in codes.items())


@cache
def _code(side: Side, deed: str, state: str, bounds: _Bounds) -> str | None:
    way = _WAYS[side][deed]
    if state in ENDED:
        return "case_over"
    at = State(state)
    if (way.states and state not in way.states) or not any(CASE.takes(at, one) for one in way.events):
        return "not_now"
    if deed == "call_people" and bounds.talking:
        if state in _ASKED and not bounds.escalated:
            return "shop_may_still_answer"
        if state == "contested":
            return "negotiate_first"
    return "offers_used_up" if deed == "offer" and bounds.used_up else None


def agreed_event(case: Case) -> Event:
    """What follows when what is asked is agreed to: money, goods to come back, or goods to go out."""
    return AGREED[case.path]


AGREED: Final[Mapping[str, Event]] = {
    "ask_refund": E.AGREE_PAY,
    "ask_money": E.AGREE_PAY,
    "ask_return": E.AGREE_RETURN,
    "ask_exchange": E.AGREE_RETURN,
    "ask_resend": E.AGREE_SEND,
    "ask_people": E.AGREE_PAY,
}

SETTLEMENTS: Final[Mapping[str, tuple[str, Event]]] = {
    "refund": ("ask_money", E.AGREE_PAY),
    "return_refund": ("ask_return", E.AGREE_RETURN),
    "exchange": ("ask_exchange", E.AGREE_RETURN),
    "repair": ("ask_exchange", E.AGREE_RETURN),
    "resend": ("ask_resend", E.AGREE_SEND),
}
"""What an offer of each kind turns the case into, and the event that accepting it is."""


def goods_event(case: Case) -> Event:
    """What the parcel's number of goods on their way back leads to."""
    if case.path != "ask_return":
        return E.SENT_BACK_GOODS
    return E.SENT_AHEAD if case.ahead else E.SENT_BACK


@cache
def then(state: str) -> str | None:
    """The state silence leads to; None where nothing waits."""
    named = CASE.due.get(State(state))
    return CASE.step(State(state), named[1]).value if named else None


def then_of(case: CaseHead) -> str | None:
    """The same for a case: where the rules decide what follows from silence, what they say."""
    if case.state == "to_pay" and case.difference is not None:
        return f"to_pay_{case.difference.unpaid}"
    return then(case.state)


@cache
def waits_for(state: str) -> Sequence[str]:
    """Whose turn it is: buyer, shop, people, or nobody."""
    if state in _ASKED | {"inspecting", "inspecting_goods", "coming_back", "coming_back_goods", "repairing"}:
        return ("shop",)
    if state in {"sending_out", "paid_ahead"}:
        return ("shop",)
    if state in {
        "offered",
        "contested",
        "to_pay",
        "sending_back",
        "deducting",
        "on_way",
        "settled",
        "repaying",
    }:
        return ("buyer",)
    return ("people",) if state in {"with_people", "payment_failed"} else ()
