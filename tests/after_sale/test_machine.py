"""The machine of cases: cell by cell, and no state waits for ever."""

from typing import get_args

from tests import machines
from xiaoer.after_sale import model
from xiaoer.after_sale.machine import ASKED, CASE, SILENCE_MEANS, State
from xiaoer.kernel.machine import Cell

# state: events that lead to another one; what is not written cannot happen
_ASKS = (
    "ask_refund>asked_refund ask_money>asked_money ask_return>asked_return ask_exchange>asked_exchange "
    "ask_resend>asked_resend"
)
_AGREES = "agree_pay>paying agree_return>sending_back agree_send>sending_out"
_TURNS = f"{_ASKS} {_AGREES} offer>offered call_people>with_people withdraw>withdrawn"
_ANSWERS = f"{_TURNS} refuse>contested"
_BACK = "take_back>with_people"
WRITTEN = machines.lines(
    {
        "new": f"{_ASKS} ask_people>with_people {_AGREES}",
        "asked_refund": f"{_ANSWERS} seller_silent>paying",
        "asked_money": f"{_ANSWERS} seller_silent>paying",
        "asked_return": f"{_ANSWERS} seller_silent>sending_back",
        "asked_exchange": f"{_ANSWERS} seller_silent>sending_back",
        "asked_resend": f"{_ANSWERS} seller_silent>sending_out",
        "offered": f"{_TURNS} buyer_silent>contested",
        "contested": f"{_TURNS} buyer_silent>lapsed",
        "to_pay": f"{_BACK} {_ASKS} difference_asked>charging difference_unpaid>sending_back "
        "buyer_silent>contested withdraw>withdrawn",
        "charging": "difference_taken>sending_back difference_declined>to_pay remind>charging",
        "sending_back": f"{_BACK} difference_due>to_pay sent_back>coming_back "
        "sent_back_goods>coming_back_goods "
        "sent_ahead>paying buyer_silent>lapsed "
        "withdraw>withdrawn",
        "coming_back": f"{_BACK} arrived>inspecting accept_goods>paying deduct>deducting "
        "object_goods>contested seller_silent>paying",
        "inspecting": f"{_BACK} accept_goods>paying deduct>deducting object_goods>contested "
        "seller_silent>paying",
        "deducting": f"{_BACK} agree_pay>paying accept_goods>paying deduct>deducting call_people>with_people "
        "buyer_silent>with_people",
        "coming_back_goods": f"{_BACK} arrived>inspecting_goods accept_goods>sending_out "
        "accept_repair>repairing object_goods>contested seller_silent>sending_out",
        "inspecting_goods": f"{_BACK} accept_goods>sending_out "
        "accept_repair>repairing object_goods>contested "
        "seller_silent>sending_out",
        "repairing": f"{_BACK} sent_out>on_way seller_silent>sending_out",
        "sending_out": f"{_BACK} sent_out>on_way seller_silent>paying",
        "on_way": f"{_BACK} {_ASKS} received>settled lost_out>sending_out buyer_silent>settled",
        "paying": "paid>settled paid_first>paid_ahead payment_late>payment_failed "
        "payment_refused>payment_failed payment_cancelled>with_people",
        "payment_failed": "remind>payment_failed payment_retried>paying "
        "payment_cancelled>with_people paid>settled "
        "paid_first>paid_ahead",
        "paid_ahead": "accept_goods>settled seller_silent>settled object_goods>repaying",
        "repaying": "repaid>settled buyer_silent>owing",
        "with_people": f"{_AGREES} remind>with_people turn_down>turned_down withdraw>withdrawn",
        "settled": "buyer_silent>done confirm>done reopen>contested",
        "done": "",
        "withdrawn": "",
        "lapsed": "",
        "turned_down": "",
        "owing": "",
    }
)


@machines.each_cell(CASE)
def test_a_cell(cell: Cell) -> None:
    machines.holds(CASE, cell, WRITTEN)


def test_no_case_is_lost() -> None:
    machines.complete(CASE, WRITTEN)


def test_the_states_are_those_of_the_wire() -> None:
    assert get_args(model.State) == tuple(State)
    assert {state.value for state in CASE.final} == model.ENDED


def test_what_silence_means_is_what_the_clock_does() -> None:
    for state, target in SILENCE_MEANS.items():
        assert CASE.step(state, CASE.due[state][1]) == target
    assert {*ASKED.values()} == SILENCE_MEANS.keys()
