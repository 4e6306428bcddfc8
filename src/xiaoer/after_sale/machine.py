"""How a case stands between a buyer and a shop, and what can happen to it next."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from xiaoer.kernel.machine import Machine


class State(StrEnum):
    """Where a case stands.

    new: being opened · asked_…: the shop is to answer, each with its own consequence of silence · offered:
    the buyer is to answer an offer · contested: the shop refused or the offer lapsed, the buyer's turn ·
    to_pay, charging: an exchange for something dearer, the buyer is to pay the difference, or is paying it ·
    sending_back, coming_back, inspecting: goods on their way back for a refund · coming_back_goods,
    inspecting_goods, repairing: the same for an exchange or a repair · deducting: the shop wants to pay
    less for what came back · sending_out, on_way: goods on their way to the buyer · paying, payment_failed:
    money · paid_ahead, repaying: a trusted buyer was paid before the goods were back · with_people: people
    of the marketplace decide · settled: the buyer is asked whether it is.
    """

    NEW = "new"
    ASKED_REFUND = "asked_refund"
    ASKED_MONEY = "asked_money"
    ASKED_RETURN = "asked_return"
    ASKED_EXCHANGE = "asked_exchange"
    ASKED_RESEND = "asked_resend"
    OFFERED = "offered"
    CONTESTED = "contested"
    TO_PAY = "to_pay"
    CHARGING = "charging"
    SENDING_BACK = "sending_back"
    COMING_BACK = "coming_back"
    INSPECTING = "inspecting"
    DEDUCTING = "deducting"
    COMING_BACK_GOODS = "coming_back_goods"
    INSPECTING_GOODS = "inspecting_goods"
    REPAIRING = "repairing"
    SENDING_OUT = "sending_out"
    ON_WAY = "on_way"
    PAYING = "paying"
    PAYMENT_FAILED = "payment_failed"
    PAID_AHEAD = "paid_ahead"
    REPAYING = "repaying"
    WITH_PEOPLE = "with_people"
    SETTLED = "settled"
    DONE = "done"
    WITHDRAWN = "withdrawn"
    LAPSED = "lapsed"
    TURNED_DOWN = "turned_down"
    OWING = "owing"


class Event(StrEnum):
    """What happens to a case.

    ask_…: the buyer asks, at first or differently; a counter-offer is asking differently · agree_…: it is
    agreed what follows, by agreeing, by taking an offer, by a decision, or because a rule lets it through ·
    seller_silent, buyer_silent: the clock of the state rang · sent_ahead: with the parcel's number a trusted
    buyer is paid at once · turn_down: people decide against the buyer ·
    take_back: what people decided was reversed; they have the case again · difference_due: before goods go
    back the buyer is to pay what the other costs more; difference_…: he pays, has paid, could not, or did not
    in time and the exchange becomes a return (buyer_silent: then it is open again).
    """

    ASK_REFUND = "ask_refund"
    ASK_MONEY = "ask_money"
    ASK_RETURN = "ask_return"
    ASK_EXCHANGE = "ask_exchange"
    ASK_RESEND = "ask_resend"
    ASK_PEOPLE = "ask_people"
    AGREE_PAY = "agree_pay"
    AGREE_RETURN = "agree_return"
    AGREE_SEND = "agree_send"
    OFFER = "offer"
    REFUSE = "refuse"
    SELLER_SILENT = "seller_silent"
    BUYER_SILENT = "buyer_silent"
    WITHDRAW = "withdraw"
    SENT_BACK = "sent_back"
    SENT_BACK_GOODS = "sent_back_goods"
    SENT_AHEAD = "sent_ahead"
    ARRIVED = "arrived"
    ACCEPT_GOODS = "accept_goods"
    ACCEPT_REPAIR = "accept_repair"
    OBJECT_GOODS = "object_goods"
    DEDUCT = "deduct"
    SENT_OUT = "sent_out"
    LOST_OUT = "lost_out"
    RECEIVED = "received"
    PAID = "paid"
    PAID_FIRST = "paid_first"
    PAYMENT_LATE = "payment_late"
    PAYMENT_REFUSED = "payment_refused"
    PAYMENT_RETRIED = "payment_retried"
    PAYMENT_CANCELLED = "payment_cancelled"
    REPAID = "repaid"
    CALL_PEOPLE = "call_people"
    REMIND = "remind"
    TURN_DOWN = "turn_down"
    CONFIRM = "confirm"
    REOPEN = "reopen"
    TAKE_BACK = "take_back"
    DIFFERENCE_DUE = "difference_due"
    DIFFERENCE_ASKED = "difference_asked"
    DIFFERENCE_TAKEN = "difference_taken"
    DIFFERENCE_DECLINED = "difference_declined"
    DIFFERENCE_UNPAID = "difference_unpaid"


S, E = State, Event

ASKED: Final[Mapping[Event, State]] = {
    E.ASK_REFUND: S.ASKED_REFUND,
    E.ASK_MONEY: S.ASKED_MONEY,
    E.ASK_RETURN: S.ASKED_RETURN,
    E.ASK_EXCHANGE: S.ASKED_EXCHANGE,
    E.ASK_RESEND: S.ASKED_RESEND,
}
"""What the buyer may ask of the shop, and where it then waits for its answer."""

SILENCE_MEANS: Final[Mapping[State, State]] = {
    S.ASKED_REFUND: S.PAYING,
    S.ASKED_MONEY: S.PAYING,
    S.ASKED_RETURN: S.SENDING_BACK,
    S.ASKED_EXCHANGE: S.SENDING_BACK,
    S.ASKED_RESEND: S.SENDING_OUT,
}
"""A shop that does not answer has agreed to what was asked (O-001, O-002, D4)."""

_AGREED: Final[Mapping[Event, State]] = {
    E.AGREE_PAY: S.PAYING,
    E.AGREE_RETURN: S.SENDING_BACK,
    E.AGREE_SEND: S.SENDING_OUT,
}


GOODS_ON_WAY: Final = (
    S.TO_PAY,
    S.SENDING_BACK,
    S.COMING_BACK,
    S.INSPECTING,
    S.DEDUCTING,
    S.COMING_BACK_GOODS,
    S.INSPECTING_GOODS,
    S.REPAIRING,
    S.SENDING_OUT,
    S.ON_WAY,
)
"""Where a decision of people may be under way and can still be taken back before money moved."""


def _steps() -> Mapping[tuple[State, Event], State]:
    steps: dict[tuple[State, Event], State] = {(S.NEW, event): state for event, state in ASKED.items()}
    steps[S.NEW, E.ASK_PEOPLE] = S.WITH_PEOPLE
    for state in (S.NEW, *SILENCE_MEANS, S.OFFERED, S.CONTESTED, S.WITH_PEOPLE):
        steps |= {(state, event): target for event, target in _AGREED.items()}
    for state, target in SILENCE_MEANS.items():
        steps[state, E.OFFER] = S.OFFERED
        steps[state, E.REFUSE] = S.CONTESTED
        steps[state, E.SELLER_SILENT] = target
        steps[state, E.CALL_PEOPLE] = S.WITH_PEOPLE
    for state in (*SILENCE_MEANS, S.OFFERED, S.CONTESTED, S.TO_PAY, S.ON_WAY):
        steps |= {(state, event): target for event, target in ASKED.items()}
    for state in (*SILENCE_MEANS, S.OFFERED, S.CONTESTED, S.TO_PAY, S.SENDING_BACK, S.WITH_PEOPLE):
        steps[state, E.WITHDRAW] = S.WITHDRAWN
    for state in GOODS_ON_WAY:
        steps[state, E.TAKE_BACK] = S.WITH_PEOPLE
    return {**steps, **_NEGOTIATION, **_DIFFERENCE, **_GOODS, **_MONEY}


_NEGOTIATION: Final[Mapping[tuple[State, Event], State]] = {
    (S.OFFERED, E.BUYER_SILENT): S.CONTESTED,
    (S.OFFERED, E.OFFER): S.OFFERED,
    (S.OFFERED, E.CALL_PEOPLE): S.WITH_PEOPLE,
    (S.CONTESTED, E.OFFER): S.OFFERED,
    (S.CONTESTED, E.CALL_PEOPLE): S.WITH_PEOPLE,
    (S.CONTESTED, E.BUYER_SILENT): S.LAPSED,
    (S.WITH_PEOPLE, E.REMIND): S.WITH_PEOPLE,
    (S.WITH_PEOPLE, E.TURN_DOWN): S.TURNED_DOWN,
    (S.SETTLED, E.BUYER_SILENT): S.DONE,
    (S.SETTLED, E.CONFIRM): S.DONE,
    (S.SETTLED, E.REOPEN): S.CONTESTED,
}

_DIFFERENCE: Final[Mapping[tuple[State, Event], State]] = {
    (S.SENDING_BACK, E.DIFFERENCE_DUE): S.TO_PAY,
    (S.TO_PAY, E.DIFFERENCE_ASKED): S.CHARGING,
    (S.TO_PAY, E.BUYER_SILENT): S.CONTESTED,
    (S.TO_PAY, E.DIFFERENCE_UNPAID): S.SENDING_BACK,
    (S.CHARGING, E.DIFFERENCE_TAKEN): S.SENDING_BACK,
    (S.CHARGING, E.DIFFERENCE_DECLINED): S.TO_PAY,
    (S.CHARGING, E.REMIND): S.CHARGING,
}

_GOODS: Final[Mapping[tuple[State, Event], State]] = {
    (S.SENDING_BACK, E.SENT_BACK): S.COMING_BACK,
    (S.SENDING_BACK, E.SENT_BACK_GOODS): S.COMING_BACK_GOODS,
    (S.SENDING_BACK, E.SENT_AHEAD): S.PAYING,
    (S.SENDING_BACK, E.BUYER_SILENT): S.LAPSED,
    (S.COMING_BACK, E.ARRIVED): S.INSPECTING,
    (S.COMING_BACK, E.ACCEPT_GOODS): S.PAYING,
    (S.COMING_BACK, E.DEDUCT): S.DEDUCTING,
    (S.COMING_BACK, E.OBJECT_GOODS): S.CONTESTED,
    (S.COMING_BACK, E.SELLER_SILENT): S.PAYING,
    (S.INSPECTING, E.ACCEPT_GOODS): S.PAYING,
    (S.INSPECTING, E.DEDUCT): S.DEDUCTING,
    (S.INSPECTING, E.OBJECT_GOODS): S.CONTESTED,
    (S.INSPECTING, E.SELLER_SILENT): S.PAYING,
    (S.DEDUCTING, E.AGREE_PAY): S.PAYING,
    (S.DEDUCTING, E.ACCEPT_GOODS): S.PAYING,
    (S.DEDUCTING, E.DEDUCT): S.DEDUCTING,
    (S.DEDUCTING, E.CALL_PEOPLE): S.WITH_PEOPLE,
    (S.DEDUCTING, E.BUYER_SILENT): S.WITH_PEOPLE,
    (S.COMING_BACK_GOODS, E.ARRIVED): S.INSPECTING_GOODS,
    (S.COMING_BACK_GOODS, E.ACCEPT_GOODS): S.SENDING_OUT,
    (S.COMING_BACK_GOODS, E.ACCEPT_REPAIR): S.REPAIRING,
    (S.COMING_BACK_GOODS, E.OBJECT_GOODS): S.CONTESTED,
    (S.COMING_BACK_GOODS, E.SELLER_SILENT): S.SENDING_OUT,
    (S.INSPECTING_GOODS, E.ACCEPT_GOODS): S.SENDING_OUT,
    (S.INSPECTING_GOODS, E.ACCEPT_REPAIR): S.REPAIRING,
    (S.INSPECTING_GOODS, E.OBJECT_GOODS): S.CONTESTED,
    (S.INSPECTING_GOODS, E.SELLER_SILENT): S.SENDING_OUT,
    (S.REPAIRING, E.SENT_OUT): S.ON_WAY,
    (S.REPAIRING, E.SELLER_SILENT): S.SENDING_OUT,
    (S.SENDING_OUT, E.SENT_OUT): S.ON_WAY,
    (S.SENDING_OUT, E.SELLER_SILENT): S.PAYING,
    (S.ON_WAY, E.RECEIVED): S.SETTLED,
    (S.ON_WAY, E.LOST_OUT): S.SENDING_OUT,
    (S.ON_WAY, E.BUYER_SILENT): S.SETTLED,
}

_MONEY: Final[Mapping[tuple[State, Event], State]] = {
    (S.PAYING, E.PAID): S.SETTLED,
    (S.PAYING, E.PAID_FIRST): S.PAID_AHEAD,
    (S.PAYING, E.PAYMENT_LATE): S.PAYMENT_FAILED,
    (S.PAYING, E.PAYMENT_REFUSED): S.PAYMENT_FAILED,
    (S.PAYING, E.PAYMENT_CANCELLED): S.WITH_PEOPLE,
    (S.PAYMENT_FAILED, E.REMIND): S.PAYMENT_FAILED,
    (S.PAYMENT_FAILED, E.PAYMENT_RETRIED): S.PAYING,
    (S.PAYMENT_FAILED, E.PAYMENT_CANCELLED): S.WITH_PEOPLE,
    (S.PAYMENT_FAILED, E.PAID): S.SETTLED,
    (S.PAYMENT_FAILED, E.PAID_FIRST): S.PAID_AHEAD,
    (S.PAID_AHEAD, E.ACCEPT_GOODS): S.SETTLED,
    (S.PAID_AHEAD, E.SELLER_SILENT): S.SETTLED,
    (S.PAID_AHEAD, E.OBJECT_GOODS): S.REPAYING,
    (S.REPAYING, E.REPAID): S.SETTLED,
    (S.REPAYING, E.BUYER_SILENT): S.OWING,
}

CASE: Final[Machine[State, Event]] = Machine(
    name="case",
    start=S.NEW,
    final=frozenset({S.DONE, S.WITHDRAWN, S.LAPSED, S.TURNED_DOWN, S.OWING}),
    steps=_steps(),
    due={
        S.ASKED_REFUND: ("after_sale.refund_not_shipped", E.SELLER_SILENT),
        S.ASKED_MONEY: ("after_sale.refund_shipped_only", E.SELLER_SILENT),
        S.ASKED_RETURN: ("after_sale.return_apply_answer", E.SELLER_SILENT),
        S.ASKED_EXCHANGE: ("after_sale.return_apply_answer", E.SELLER_SILENT),
        S.ASKED_RESEND: ("after_sale.resend_answer", E.SELLER_SILENT),
        S.OFFERED: ("after_sale.offer_expiry", E.BUYER_SILENT),
        S.CONTESTED: ("after_sale.buyer_answer", E.BUYER_SILENT),
        S.TO_PAY: ("after_sale.top_up", E.BUYER_SILENT),
        S.CHARGING: ("after_sale.payment_reminder", E.REMIND),
        S.SENDING_BACK: ("after_sale.buyer_ship_back", E.BUYER_SILENT),
        S.COMING_BACK: ("after_sale.seller_confirm_return", E.SELLER_SILENT),
        S.INSPECTING: ("after_sale.refund_after_goods_back", E.SELLER_SILENT),
        S.DEDUCTING: ("after_sale.offer_expiry", E.BUYER_SILENT),
        S.COMING_BACK_GOODS: ("after_sale.seller_confirm_return", E.SELLER_SILENT),
        S.INSPECTING_GOODS: ("after_sale.refund_after_goods_back", E.SELLER_SILENT),
        S.REPAIRING: ("after_sale.repair", E.SELLER_SILENT),
        S.SENDING_OUT: ("after_sale.seller_send_out", E.SELLER_SILENT),
        S.ON_WAY: ("after_sale.buyer_confirm", E.BUYER_SILENT),
        S.PAYING: ("after_sale.payment", E.PAYMENT_LATE),
        S.PAYMENT_FAILED: ("after_sale.payment_reminder", E.REMIND),
        S.PAID_AHEAD: ("after_sale.seller_confirm_return", E.SELLER_SILENT),
        S.REPAYING: ("after_sale.fast_refund_repay", E.BUYER_SILENT),
        S.WITH_PEOPLE: ("after_sale.officer_decision", E.REMIND),
        S.SETTLED: ("after_sale.follow_up", E.BUYER_SILENT),
    },
    resting={
        S.CHARGING: "only the provider knows, and it takes nothing after the buyer's time; it is asked again",
        S.NEW: "never kept: opening a case asks in the same breath",
        S.PAYMENT_FAILED: "a person has the payout tried again or calls it off, and is reminded",
        S.WITH_PEOPLE: "people decide by the evidence, never a clock; they are reminded",
    },
)
