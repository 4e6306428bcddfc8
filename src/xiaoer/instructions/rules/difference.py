"""What other items cost more or less before dispatch, and who settles it."""

from xiaoer.instructions.model import Body, ItemsBody, ItemsDifference, Kind
from xiaoer.instructions.rules.facts import Sight, price_difference_minor
from xiaoer.kernel.table import Decision
from xiaoer.rulebook.model import Book


def difference_of(
    book: Book, kind: Kind, sight: Sight, body: Body
) -> tuple[ItemsDifference | None, Decision | None]:
    """The difference that we settle, and the row that says so; None where nothing was paid yet, where the
    price is the same, and where the order side settles it itself.
    """
    if kind != "items" or not isinstance(body, ItemsBody) or not sight.order.payments:
        return None, None
    amount = price_difference_minor(sight.order, body.lines, sight.offers)
    word = "dearer" if amount > 0 else "cheaper" if amount < 0 else "none"
    found = book.table("instructions.items_difference").decide({"difference": word})
    if found.word("settle") not in {"pay", "refund"} or body.payment_method is None:
        return None, found
    return ItemsDifference(amount, sight.order.currency, body.payment_method, found.row), found


def still_fits(difference: ItemsDifference, sight: Sight, body: ItemsBody) -> bool:
    """Whether what the buyer pays is still what the other items cost more."""
    return price_difference_minor(sight.order, body.lines, sight.offers) == difference.amount_minor
