"""What of a price difference is still to be settled."""

from xiaoer.after_sale.model import Case, Difference


def owed(case: Case) -> Difference | None:
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
