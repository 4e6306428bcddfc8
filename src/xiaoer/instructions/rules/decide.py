"""May this be asked? One table for each kind says so."""

from collections.abc import Mapping, Sequence
from typing import Final

from xiaoer.instructions.model import Kind, Possible
from xiaoer.instructions.rules.facts import hopeful
from xiaoer.kernel.refusal import Kind as Tone
from xiaoer.kernel.refusal import Refused
from xiaoer.kernel.table import Decision
from xiaoer.orders.model import Purchase
from xiaoer.rulebook.model import Book

ASKABLE: Final[Sequence[Kind]] = (
    "cancel",
    "address",
    "items",
    "payment",
    "return_requested",
    "exchange_requested",
)
"""What people may ask of an order, in the order pages show it."""

_KINDS: Final[Mapping[str, Tone]] = {
    "already_cancelled": "not_now",
    "already_sent": "not_now",
    "items_changed_before": "not_now",
    "not_delivered": "not_now",
    "asked_before": "not_now",
    "payments_not_one": "not_now",
    "reason_not_listed": "refused",
    "address_incomplete": "refused",
    "item_unknown": "refused",
    "variant_unavailable": "refused",
    "variant_elsewhere": "refused",
    "method_unknown": "refused",
    "method_same": "refused",
    "method_not_allowed": "refused",
    "balance_short": "refused",
    "more_than_paid": "refused",
}
OK: Final = "ok"


def decide(book: Book, kind: Kind, facts: Mapping[str, object]) -> Decision:
    """What the book's table of this kind says about a request."""
    return book.table(f"instructions.{kind}").decide(facts)


def refused(decision: Decision) -> Refused | None:
    """The refusal a decision means, naming table and row; None when it lets the request through."""
    answer = decision.word("answer")
    if answer == OK:
        return None
    return Refused(_KINDS[answer], f"instructions.{answer}", row_of(decision))


def row_of(decision: Decision) -> str:
    """The row as people read it: `instructions.cancel 3`."""
    return f"{decision.table} {decision.row}"


def possible(book: Book, purchase: Purchase) -> list[Possible]:
    """What may be asked of an order now, supposing that the request itself is right."""
    found: list[Possible] = []
    for kind in ASKABLE:
        said = refused(decide(book, kind, hopeful(kind, purchase)))
        found.append(
            Possible(kind, possible=True) if said is None else Possible(kind, False, said.code, said.row)
        )
    return found
