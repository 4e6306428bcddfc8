"""A small retail data set of our own, in the format of the public one, and its tasks."""

import json
from pathlib import Path
from typing import Any

HOME = {
    "address1": "1 Hill Road",
    "address2": "Unit 2",
    "city": "Denver",
    "state": "CO",
    "country": "USA",
    "zip": "80201",
}
AWAY = {**HOME, "address1": "9 Lake Street", "zip": "80299"}


def variant(number: str, price: float, size: str, *, available: bool = True) -> dict[str, Any]:
    return {"item_id": number, "options": {"size": size}, "available": available, "price": price}


PRODUCTS = {
    "900": {
        "name": "Mug",
        "product_id": "900",
        "variants": {
            "901": variant("901", 10.1, "small"),
            "902": variant("902", 12.35, "large"),
            "903": variant("903", 99.0, "giant"),
        },
    }
}


def line(number: str) -> dict[str, Any]:
    made = PRODUCTS["900"]["variants"][number]
    return {
        "name": "Mug",
        "product_id": "900",
        "item_id": number,
        "price": made["price"],
        "options": made["options"],
    }


def paid(amount: float, method: str = "card_1", kind: str = "payment") -> dict[str, Any]:
    return {"transaction_type": kind, "amount": amount, "payment_method_id": method}


def order(number: str, status: str, *items: str, method: str = "card_1") -> dict[str, Any]:
    lines = [line(item) for item in items]
    total = round(sum(one["price"] for one in lines), 2)
    return {
        "order_id": number,
        "user_id": "ann_lee_1",
        "address": HOME,
        "items": lines,
        "fulfillments": [],
        "status": status,
        "payment_history": [paid(total, method)],
    }


ORDERS = {
    one["order_id"]: one
    for one in (
        order("#W1", "pending", "901", "901"),
        order("#W2", "pending", "901", method="gift_1"),
        order("#W3", "delivered", "901", "902"),
        order("#W4", "delivered", "901"),
    )
}
USERS = {
    "ann_lee_1": {
        "name": {"first_name": "Ann", "last_name": "Lee"},
        "address": HOME,
        "email": "ann.lee@example.com",
        "payment_methods": {
            "card_1": {"source": "credit_card", "brand": "visa", "last_four": "1111", "id": "card_1"},
            "gift_1": {"source": "gift_card", "balance": 20, "id": "gift_1"},
        },
        "orders": list(ORDERS),
    }
}


def write(
    name: str, *, ok: bool = True, address: dict[str, str] | None = None, **named: Any
) -> dict[str, Any]:
    kwargs = {**named, **(address or {})}
    return {"name": name, "kwargs": kwargs, "ok": ok, "error": None if ok else "Error"}


def changed(before: Any, after: Any) -> dict[str, Any]:
    return {"before": before, "after": after}


def cases() -> list[tuple[list[dict[str, Any]], dict[str, Any]]]:
    """Writes and the changes they must cause, task by task; each task finds the data as it is above."""
    wallet = USERS["ann_lee_1"]["payment_methods"]
    richer = {**wallet, "gift_1": {**wallet["gift_1"], "balance": 30.1}}
    larger = [line("902"), line("901")]
    first, gift = ORDERS["#W1"]["payment_history"], ORDERS["#W2"]["payment_history"]
    return [
        (
            [write("cancel_pending_order", order_id="#W2", reason="no longer needed")],
            {
                "orders": {
                    "#W2": {
                        "status": changed("pending", "cancelled"),
                        "cancel_reason": changed(None, "no longer needed"),
                        "payment_history": changed(gift, [*gift, paid(10.1, "gift_1", "refund")]),
                    }
                },
                "users": {"ann_lee_1": {"payment_methods": changed(wallet, richer)}},
            },
        ),
        (
            [
                write("modify_pending_order_address", order_id="#W1", address=AWAY),
                write(
                    "modify_pending_order_items",
                    order_id="#W1",
                    item_ids=["901"],
                    new_item_ids=["902"],
                    payment_method_id="card_1",
                ),
                write("cancel_pending_order", ok=False, order_id="#W1", reason="no longer needed"),
            ],
            {
                "orders": {
                    "#W1": {
                        "address": changed(HOME, AWAY),
                        "items": changed(ORDERS["#W1"]["items"], larger),
                        "status": changed("pending", "pending (item modified)"),
                        "payment_history": changed(first, [*first, paid(2.25)]),
                    }
                }
            },
        ),
        (
            [write("modify_pending_order_payment", ok=False, order_id="#W1", payment_method_id="gift_1")],
            {},
        ),
        (
            [
                write(
                    "return_delivered_order_items",
                    order_id="#W3",
                    item_ids=["902", "901"],
                    payment_method_id="gift_1",
                ),
                write(
                    "exchange_delivered_order_items",
                    order_id="#W4",
                    item_ids=["901"],
                    new_item_ids=["902"],
                    payment_method_id="card_1",
                ),
            ],
            {
                "orders": {
                    "#W3": {
                        "status": changed("delivered", "return requested"),
                        "return_items": changed(None, ["901", "902"]),
                        "return_payment_method_id": changed(None, "gift_1"),
                    },
                    "#W4": {
                        "status": changed("delivered", "exchange requested"),
                        "exchange_items": changed(None, ["901"]),
                        "exchange_new_items": changed(None, ["902"]),
                        "exchange_payment_method_id": changed(None, "card_1"),
                        "exchange_price_difference": changed(None, 2.25),
                    },
                }
            },
        ),
        (
            [write("modify_user_address", user_id="ann_lee_1", address=AWAY)],
            {"users": {"ann_lee_1": {"address": changed(HOME, AWAY)}}},
        ),
        ([write("cancel_pending_order", ok=False, order_id="#W1", reason="I am bored")], {}),
        ([write("cancel_pending_order", ok=False, order_id="#W9", reason="no longer needed")], {}),
    ]


def put(folder: Path) -> tuple[Path, Path]:
    """Write the data set, its tasks and what must come of them; answers where the last two are."""
    tasks = [
        {
            "user_id": "ann_lee_1",
            "actions": [{"name": one["name"], "kwargs": one["kwargs"]} for one in writes],
        }
        for writes, _ in cases()
    ]
    expected = [
        {"task": number, "writes": writes, "db_diff": change}
        for number, (writes, change) in enumerate(cases())
    ]
    named = {"products": PRODUCTS, "users": USERS, "orders": ORDERS, "tasks": tasks, "expected": expected}
    for name, content in named.items():
        (folder / f"{name}.json").write_text(json.dumps(content))
    return folder / "tasks.json", folder / "expected.json"
