"""Recorded tasks of the public retail data set: what was asked, what must come of it, how both compare."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any, Final, cast

from msgspec import Struct

from xiaoer.orders.rules.retail import MARKS

Data = dict[str, Any]
WRITES: Final = frozenset(
    {
        "cancel_pending_order",
        "modify_pending_order_address",
        "modify_pending_order_items",
        "modify_pending_order_payment",
        "modify_user_address",
        "return_delivered_order_items",
        "exchange_delivered_order_items",
    }
)
ADDRESS: Final = ("address1", "address2", "city", "state", "country", "zip")
ORDER_FIELDS: Final = ("status", "address", "items", "payment_history", *MARKS)
USER_FIELDS: Final = ("address", "email", "payment_methods")


class NotReadable(Exception):
    """The files are not what they should be; the text is one sentence."""


class Difference(Struct, frozen=True):
    """Something that came out otherwise; `subject` is an order's number, a user, or the name of a write."""

    task: int
    subject: str
    field: str
    expected: object
    actual: object


@dataclass(frozen=True, slots=True)
class Write:
    """One write action; `ok` is whether it must go through, None where the tasks and their results differ."""

    name: str
    kwargs: Mapping[str, Any]
    ok: bool | None


@dataclass(frozen=True, slots=True)
class Task:
    """One task: its writes, whom they concern, and what must be different afterwards."""

    number: int
    writes: Sequence[Write]
    users: frozenset[str]
    orders: Mapping[str, Mapping[str, Any]] = field(default_factory=dict[str, Mapping[str, Any]])
    profiles: Mapping[str, Mapping[str, Any]] = field(default_factory=dict[str, Mapping[str, Any]])


@dataclass(frozen=True, slots=True)
class Stock:
    """The data set the tasks play in, as its files have it."""

    products: Mapping[str, Data]
    users: Mapping[str, Data]
    orders: Mapping[str, Data]

    def orders_of(self, user: str) -> list[str]:
        """The numbers of a user's orders."""
        return [number for number, order in self.orders.items() if order["user_id"] == user]


def read_stock(folder: Path) -> Stock:
    """Read products, users and orders. Raises NotReadable."""
    read = [_read(folder / f"{name}.json") for name in ("products", "users", "orders")]
    return Stock(read[0], read[1], read[2])


def _read(path: Path) -> Any:
    try:
        return json.loads(path.read_bytes())
    except OSError as error:
        raise NotReadable(f"{path} cannot be read: {error.strerror}.") from error
    except ValueError as error:
        raise NotReadable(f"{path} is no JSON: {error}.") from error


def read_tasks(tasks: Path, expected: Path, stock: Stock) -> list[Task]:
    """Pair every task with its known results. Raises NotReadable."""
    asked, known = _list(tasks), _list(expected)
    if len(asked) != len(known):
        raise NotReadable(f"{tasks} and {expected} do not hold the same tasks.")
    pairs = zip(asked, known, strict=True)
    return [_task(number, one, result, stock) for number, (one, result) in enumerate(pairs)]


def _list(path: Path) -> list[Data]:
    found = _read(path)
    if not isinstance(found, list):
        raise NotReadable(f"{path} is no list of tasks.")
    return cast(list[Data], found)


def _task(number: int, asked: Data, known: Data, stock: Stock) -> Task:
    actions = [one for one in asked.get("actions", []) if one["name"] in WRITES]
    results = known.get("writes", [])
    writes: list[Write] = []
    for place, action in enumerate(actions):
        result = results[place] if place < len(results) else None
        same = result is not None and (result["name"], result["kwargs"]) == (action["name"], action["kwargs"])
        writes.append(Write(action["name"], action["kwargs"], result["ok"] if result and same else None))
    users = {asked["user_id"]} & stock.users.keys()
    for write in writes:
        order = stock.orders.get(write.kwargs.get("order_id", ""))
        users |= {order["user_id"]} if order else set[str]()
        users |= {write.kwargs.get("user_id", "")} & stock.users.keys()
    changes = known.get("db_diff", {})
    return Task(number, writes, frozenset(users), changes.get("orders", {}), changes.get("users", {}))


def rounds(tasks: Sequence[Task]) -> list[list[Task]]:
    """Tasks that share no user side by side: each finds everything as the data set has it."""
    found: list[tuple[set[str], list[Task]]] = []
    for task in tasks:
        for used, together in found:
            if not used & task.users:
                used.update(task.users)
                together.append(task)
                break
        else:
            found.append(({*task.users}, [task]))
    return [together for _, together in found]


# ── comparing ────────────────────────────────────────────────────────────


def minor(amount: Any) -> int | None:
    """An amount of dollars in cents: the data set's sums carry the noise of binary fractions."""
    return None if amount is None else round(Decimal(repr(amount)) * 100)


def order_as_is(order: Data, products: Mapping[str, str]) -> Data:
    """An order of the API in the words of the data set, amounts in cents."""
    marks = order["marks"]
    found: Data = {
        "status": order["source_state"],
        "address": order["address"],
        "items": [
            {
                "name": item["title"],
                "product_id": products.get(item["product_id"]),
                "item_id": item["external_id"],
                "price": item["unit_price_minor"],
                "options": item["options"],
            }
            for item in order["items"]
        ],
        "payment_history": [
            {
                "transaction_type": payment["kind"],
                "amount": payment["amount_minor"],
                "payment_method_id": payment["method"],
            }
            for payment in order["payments"]
        ],
        "exchange_price_difference": marks["exchange_price_difference_minor"],
    }
    return found | {name: marks[name] for name in ORDER_FIELDS if name in marks and name not in found}


def user_as_is(profile: Data) -> Data:
    """A buyer of the API in the words of the data set, balances in cents."""
    methods: Data = {}
    for method in profile["payment_methods"]:
        one = {"source": method["kind"], "id": method["id"]}
        one |= {name: method[name] for name in ("brand", "last_four") if method.get(name)}
        one |= {"balance": method["balance_minor"]} if method.get("balance_minor") is not None else {}
        methods[method["id"]] = one
    return {"address": profile["address"], "email": profile["email"], "payment_methods": methods}


def order_as_known(before: Data, change: Mapping[str, Any]) -> Data:
    """An order of the data set with what must be different, amounts in cents."""
    after = {**before, **{name: both["after"] for name, both in change.items()}}
    return {name: _known(name, after.get(name)) for name in ORDER_FIELDS}


def user_as_known(before: Data, change: Mapping[str, Any]) -> Data:
    """A user of the data set with what must be different, balances in cents."""
    after = {**before, **{name: both["after"] for name, both in change.items()}}
    return {name: _known(name, after.get(name)) for name in USER_FIELDS}


def _known(name: str, value: Any) -> Any:
    match name:
        case "items":
            return [
                {key: item[key] for key in ("name", "product_id", "item_id", "options")}
                | {"price": minor(item["price"])}
                for item in value
            ]
        case "payment_history":
            return [{**one, "amount": minor(one["amount"])} for one in value]
        case "exchange_price_difference":
            return minor(value)
        case "payment_methods":
            return {
                key: {**one, "balance": minor(one["balance"])} if "balance" in one else one
                for key, one in value.items()
            }
        case _:
            return value


def differences(task: int, subject: str, known: Data, actual: Data) -> Iterator[Difference]:
    """Every field that is not as it must be."""
    for name, value in known.items():
        if actual.get(name) != value:
            yield Difference(task, subject, name, value, actual.get(name))
