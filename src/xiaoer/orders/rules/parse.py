"""A record as it was sent → a row as we understand it, or every fault found in it."""

from collections.abc import Callable, Mapping, Sequence
from typing import Final, cast

from xiaoer.kernel.refusal import Refused
from xiaoer.orders.rules import goods, parties, purchases
from xiaoer.orders.rules.fields import Customs, Fields, Findings
from xiaoer.orders.rules.rows import Kind, Row
from xiaoer.orders.rules.words import KINDS, LIMITS, folded

_READERS: Final[Mapping[Kind, Callable[[Fields], Row]]] = {
    "shop": parties.shop,
    "buyer": parties.buyer,
    "product": goods.product,
    "order": purchases.order,
    "item": purchases.item,
    "payment": purchases.payment,
    "parcel": purchases.parcel,
}


class Parsed:
    """What came of one record: its row (None when faulty), its faults, and the fields nobody knows."""

    __slots__ = ("faults", "kind", "row", "unknown")

    def __init__(self, kind: Kind | None, row: Row | None, findings: Findings) -> None:
        self.kind: Final = kind
        self.row: Final = row
        self.faults: Final[Sequence[Refused]] = findings.faults[: LIMITS["faults_per_row_max"]]
        self.unknown: Final[Sequence[str]] = findings.unknown


def parse(data: Mapping[str, object], customs: Customs, default_kind: Kind | None = None) -> Parsed:
    """Understand one record; its `kind` may be left out when the file has one kind."""
    findings = Findings()
    fields = Fields(data, customs, findings)
    kind = _kind(fields, default_kind)
    if kind is None:
        return Parsed(None, None, findings)
    row = _READERS[kind](fields)
    fields.finish()
    return Parsed(kind, None if findings.faults else row, findings)


def kind_of(word: str) -> Kind | None:
    """The kind that a word means, such as `order` or 订单."""
    return cast("Kind | None", KINDS.get(folded(word)))


def _kind(fields: Fields, default: Kind | None) -> Kind | None:
    value = fields.get("kind")
    if value is None:
        if default is None:
            fields.wrong("kind_missing", "kind")
        return default
    kind = kind_of(value) if isinstance(value, str) else None
    if kind is None:
        fields.wrong("kind_unknown", "kind", value=str(value)[:50])
    return kind
