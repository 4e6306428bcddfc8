"""What a side may do with a case now, and why not where it may not: the one list buttons are drawn from."""

from collections.abc import Mapping, Sequence
from typing import Final

from msgspec import Struct

from xiaoer.after_sale.machine import CASE, Event, State
from xiaoer.after_sale.model import ENDED, Case, Side
from xiaoer.kernel.refusal import Refused

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
        "ask": _Way(_ASKS, _ASKED | {"offered", "contested", "on_way"}),
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


def deeds(case: Case, side: Side, *, rounds: int) -> list[CaseDeed]:
    """Every deed of a side with its answer, in the order the buttons stand; `rounds` bounds the offers."""
    return [_deed(case, side, deed, rounds) for deed in _WAYS[side]]


def may(case: Case, side: Side, deed: str, *, rounds: int = 10**9) -> Refused | None:
    """Why a side may not do something now; None when it may.

    Codes: after_sale.case_over, not_now, shop_may_still_answer, offers_used_up.
    """
    way = _WAYS[side][deed]
    if case.state in ENDED:
        return Refused("not_now", "after_sale.case_over")
    state = State(case.state)
    if (way.states and case.state not in way.states) or not any(CASE.takes(state, one) for one in way.events):
        return Refused("not_now", "after_sale.not_now", facts={"state": case.state})
    if deed == "call_people" and case.state in _ASKED and case.stage < 2:
        return Refused("not_now", "after_sale.shop_may_still_answer")
    if deed == "offer" and case.rounds >= rounds:
        return Refused("not_now", "after_sale.offers_used_up", facts={"rounds": rounds})
    return None


def _deed(case: Case, side: Side, deed: str, rounds: int) -> CaseDeed:
    refused = may(case, side, deed, rounds=rounds)
    return CaseDeed(deed, refused is None, refused.code if refused else None)


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


def waits_for(state: str) -> Sequence[str]:
    """Whose turn it is: buyer, shop, people, or nobody."""
    if state in _ASKED | {"inspecting", "inspecting_goods", "coming_back", "coming_back_goods", "repairing"}:
        return ("shop",)
    if state in {"sending_out", "paid_ahead"}:
        return ("shop",)
    if state in {"offered", "contested", "sending_back", "deducting", "on_way", "settled", "repaying"}:
        return ("buyer",)
    return ("people",) if state in {"with_people", "payment_failed"} else ()
