"""The price difference of an exchange: what it is, and what of it is still to be settled."""

from collections.abc import Sequence

from xiaoer.after_sale.model import Case, CaseLine, CaseWish, PriceDifference
from xiaoer.after_sale.rules import facts, money
from xiaoer.after_sale.rules.facts import Known
from xiaoer.kernel.table import Decision


def difference_of(
    known: Known, wish: CaseWish, lines: Sequence[CaseLine], decisions: list[Decision]
) -> PriceDifference | None:
    """What the new goods cost more or less, where the case settles it; never more back than was paid."""
    if wish.kind != "exchange" or not any(line.new_variant for line in lines):
        return None
    amount = max(
        money.difference_minor(known.purchase.items, lines, known.offers),
        -sum(line.amount_minor for line in lines),
    )
    word = "dearer" if amount > 0 else "cheaper" if amount < 0 else "none"
    table = known.book.table("after_sale.exchange_difference")
    found = table.decide({"difference": word, "ground": facts.ground(wish.reason)})
    decisions.append(found)
    if found.word("settle") not in {"refund", "pay"}:
        return None
    unpaid = "return" if found.outcome.get("unpaid") == "becomes_return" else "open_again"
    return PriceDifference(amount, found.row, unpaid)


def owed(case: Case) -> PriceDifference | None:
    """What the buyer is still to pay before an exchange goes on."""
    difference = case.difference
    if difference is None or case.path != "ask_exchange" or difference.state != "due":
        return None
    return difference if difference.amount_minor > 0 else None


def put_aside(case: Case) -> bool:
    """Whether the buyer has paid and neither the shop nor he has the money."""
    return case.difference is not None and case.difference.state == "taken"


def waits_or_aside(case: Case) -> bool:
    """Whether the buyer's money is on its way or put aside: then it stays with the case."""
    return case.difference is not None and case.difference.state in {"asked", "taken"}


def given_back_minor(case: Case) -> int:
    """What of the order's money went back because the new goods are cheaper."""
    difference = case.difference
    if difference is None or difference.amount_minor >= 0 or difference.state != "back":
        return 0
    return -difference.amount_minor
