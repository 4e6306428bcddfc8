"""The public retail data set (tau-bench): objects keyed by id, read one entry at a time."""

import codecs
import json
import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Final, cast

from xiaoer.orders.rules.lines import Bad, unreadable
from xiaoer.orders.rules.records import Record
from xiaoer.orders.rules.words import LIMITS, RETAIL

_ENTRY: Final = re.compile(r'\s*+([{,])\s*+("(?:[^"\\]|\\.)*+")\s*+:\s*+(?=\{)')
_EMPTY: Final = re.compile(r"\s*+\{\s*+\}\s*+")
_END: Final = re.compile(r"\s*+\}\s*+")
_decoder: Final = json.JSONDecoder(parse_float=Decimal)
MARKS: Final = (
    "cancel_reason",
    "return_items",
    "return_payment_method_id",
    "exchange_items",
    "exchange_new_items",
    "exchange_payment_method_id",
    "exchange_price_difference",
)
"""What is written down on an order of the data set only once something was changed."""
_states: Final = cast(Mapping[str, str], RETAIL["states"])
Data = dict[str, object]

FILES: Final = ("products.json", "users.json", "orders.json")
SHOP: Final[Data] = {
    "kind": "shop",
    "id": RETAIL["shop"],
    "name": RETAIL["shop_name"],
    "language": RETAIL["shop_language"],
    "time_zone": RETAIL["shop_time_zone"],
}
"""The shop that all of it belongs to, as a record."""


class RetailRecords:
    """Cuts `{"id": {…}, "id": {…}}` into entries as it arrives and makes each a record of ours.

    Memory stays below one entry of the greatest length. What breaks the outer object ends the file with one
    `Bad`; the entries before it stand.
    """

    def __init__(self, shop: str | None = None) -> None:
        self._shop: Final = shop or str(RETAIL["shop"])
        self._decode: Final = codecs.getincrementaldecoder("utf-8-sig")("replace")
        self._text = ""
        self._line = 1
        self._opening = "{"
        self._ended = False

    def feed(self, chunk: bytes) -> list[Record | Bad]:
        """The entries that this chunk completes."""
        return self._read(self._decode.decode(chunk))

    def close(self) -> list[Record | Bad]:
        """The complaint about an object that does not end, or goes on after its end."""
        found = self._read(self._decode.decode(b"", final=True))
        if not self._ended or self._text.strip():
            found.append(Bad(self._line, unreadable("not_json", why="the object ends too early or too late")))
        return found

    def _read(self, text: str) -> list[Record | Bad]:
        if self._ended:
            self._text = self._text[:1] or text.strip()[:1]
            return []
        self._text += text
        found: list[Record | Bad] = []
        place = 0
        while (read := self._entry(place)) is not None:
            record, place = read
            found.append(record)
        end = (_END if self._opening == "," else _EMPTY).match(self._text, place)
        if end is not None:
            self._ended, place = True, end.end()
        self._text = self._text[place:]
        if len(self._text) > LIMITS["row_bytes_max"]:
            found.append(Bad(self._line, unreadable("row_too_long", most=LIMITS["row_bytes_max"])))
            self._ended, self._text = True, ""
        return found

    def _entry(self, place: int) -> tuple[Record | Bad, int] | None:
        """The entry that begins here and where it ends; None when it is not complete (or never will be)."""
        head = _ENTRY.match(self._text, place)
        if head is None or head[1] != self._opening:
            return None
        try:
            value, after = _decoder.raw_decode(self._text, head.end())
            key = str(json.loads(head[2]))
        except (ValueError, RecursionError, ArithmeticError):
            return None
        self._opening = ","
        line = self._line + self._text.count("\n", place, head.start(2))
        self._line += self._text.count("\n", place, after)
        record = record_of(key, cast(Data, value), self._shop)
        if record is None:
            return Bad(line, unreadable("not_retail", value=key[:100])), after
        return Record(line, record, after - place), after


def record_of(key: str, value: Data, shop: str) -> Data | None:
    """One entry as a record of ours, with what we do not know; None when it is no order, product or user."""
    rest = dict(value)
    if "order_id" in rest:
        return _order(key, rest, shop)
    if "product_id" in rest:
        return _product(key, rest, shop)
    if "payment_methods" in rest:
        return _buyer(key, rest)
    return None


def _buyer(key: str, rest: Data) -> Data:
    name = rest.pop("name", None)
    if isinstance(name, dict):
        names = cast(Mapping[str, object], name)
        name = " ".join(str(names[part]) for part in ("first_name", "last_name") if names.get(part))
    methods = rest.pop("payment_methods", None)
    rest.pop("orders", None)  # the orders say whose they are
    return {
        **rest,
        "kind": "buyer",
        "id": key,
        "name": name,
        "language": "en",
        "payment_methods": [_method(method) for method in _values(methods)],
    }


def _method(value: object) -> object:
    if not isinstance(value, dict):
        return value
    rest = _without(cast(Data, value), "source")
    return {**rest, "kind": cast(Data, value).get("source"), "currency": RETAIL["currency"]}


def _without(data: Data, *names: str) -> Data:
    return {name: value for name, value in data.items() if name not in names}


def _product(key: str, rest: Data, shop: str) -> Data:
    title, variants = rest.pop("name", None), rest.pop("variants", None)
    rest.pop("product_id")
    return {
        **rest,
        "kind": "product",
        "id": key,
        "shop": shop,
        "title": title,
        "currency": RETAIL["currency"],
        "variants": [_renamed(variant, item_id="id") for variant in _values(variants)],
    }


def _order(key: str, rest: Data, shop: str) -> Data:
    status, buyer = rest.pop("status", None), rest.pop("user_id", None)
    items, payments = rest.pop("items", None), rest.pop("payment_history", None)
    parcels = rest.pop("fulfillments", None)
    rest.pop("order_id")
    marks = {name: told for name in MARKS if (told := rest.pop(name, None)) is not None}
    if status in cast(list[str], RETAIL["items_changed"]):
        marks["items_changed"] = True
    return {
        **rest,
        "marks": marks,
        "kind": "order",
        "id": key,
        "shop": shop,
        "buyer": buyer,
        "state": _states.get(str(status), status),
        "source_state": status,
        "currency": RETAIL["currency"],
        "items": [_item(item) for item in _values(items)],
        "payments": [
            _renamed(one, transaction_type="payment_kind", payment_method_id="method")
            for one in _values(payments)
        ],
        "parcels": [parcel for one in _values(parcels) for parcel in _parcels(one)],
    }


def _item(value: object) -> object:
    """An item number there is the number of the variant that was bought."""
    item = _renamed(value, product_id="product", item_id="id", name="title")
    return {**cast(Data, item), "variant": cast(Data, item).get("id")} if isinstance(item, dict) else item


def _parcels(value: object) -> list[object]:
    """One parcel for each tracking number of a fulfilment."""
    if not isinstance(value, dict):
        return [value]
    rest = cast(Data, value)
    numbers = rest.get("tracking_id")
    each = cast(list[object], numbers) if isinstance(numbers, list) else [numbers]
    return [
        {
            **_without(rest, "tracking_id", "item_ids"),
            "tracking_number": number,
            "items": rest.get("item_ids"),
        }
        for number in each
    ]


def _renamed(value: object, **names: str) -> object:
    if not isinstance(value, dict):
        return value
    return {names.get(name, name): inner for name, inner in cast(Data, value).items()}


def _values(value: object) -> list[object]:
    if isinstance(value, dict):
        return list(cast(Data, value).values())
    return cast(list[object], value) if isinstance(value, list) else []
