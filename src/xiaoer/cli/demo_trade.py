"""What the shops of the demonstration sell, and who bought what when."""

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo

from xiaoer.kernel.money import decimal_text, parse_minor
from xiaoer.kernel.refusal import Refused
from xiaoer.orders.actions.batch import Right, write_batch
from xiaoer.orders.actions.naming import Moment
from xiaoer.orders.rules.fields import Customs
from xiaoer.orders.rules.parse import parse
from xiaoer.orders.rules.rows import Row
from xiaoer.plumbing.clock import new_id
from xiaoer.plumbing.db import Tx

HERE: Final = Path(__file__).parent
CURRENCY: Final = "CNY"
ZONE: Final = "Asia/Shanghai"
Facts = dict[str, Any]

_COURIERS: Final = {"顺": "SF", "中": "ZT", "圆": "YT", "申": "ST", "韵": "YD", "京": "JD", "德": "DB"}


def table(name: str) -> Facts:
    """One of the tables beside this file."""
    return tomllib.loads((HERE / f"demo_{name}.toml").read_text("utf-8"))


async def build(tx: Tx, now: datetime) -> None:
    """Import buyers' addresses, products and orders, as a marketplace would."""
    goods, orders = table("goods"), table("orders")
    await bring(tx, goods["product"], orders["order"], now, buyers=orders["buyer"])


async def bring(
    tx: Tx, products: Sequence[Facts], orders: Sequence[Facts], now: datetime, *, buyers: Sequence[Facts] = ()
) -> None:
    """Import rows of the tables."""
    prices = dict(_prices(products))
    records = [
        *({"kind": "buyer", **buyer} for buyer in buyers),
        *({"kind": "product", **product} for product in products),
        *(_order(order, prices, now) for order in orders),
    ]
    outcomes = await write_batch(tx, [_row(record) for record in records], Right(), Moment(now, new_id))
    for record, outcome in zip(records, outcomes, strict=True):
        if isinstance(outcome, Refused):
            raise RuntimeError(f"{record['kind']} {record['id']}: {outcome}")


def _row(record: Facts) -> Row:
    parsed = parse(record, Customs(CURRENCY, ZoneInfo(ZONE)))
    if parsed.row is None or parsed.unknown:
        raise RuntimeError(f"{record['kind']} {record['id']}: {parsed.faults} {parsed.unknown}")
    return parsed.row


def _prices(products: Iterable[Facts]) -> Iterable[tuple[str, tuple[str, str]]]:
    """What each variant, and each product without variants, belongs to and costs."""
    for product in products:
        yield product["id"], (product["id"], product["price"])
        for variant in product.get("variants", ()):
            yield variant["id"], (product["id"], variant.get("price", product["price"]))


def _order(order: Facts, prices: Mapping[str, tuple[str, str]], now: datetime) -> Facts:
    items = [_item(text, prices, confirmed=order.get("confirmed", False)) for text in order["items"]]
    goods_minor = sum(item["quantity"] * parse_minor(item["price"], CURRENCY) for item in items)
    total_minor = (
        goods_minor
        + parse_minor(order.get("freight", "0"), CURRENCY)
        - parse_minor(order.get("discount", "0"), CURRENCY)
    )
    total = decimal_text(total_minor, CURRENCY)
    return {
        "kind": "order",
        "id": order["id"],
        "shop": order["shop"],
        "buyer": f"buyer-{order['buyer']}",
        "state": order["state"],
        "total": total,
        "freight": order.get("freight", "0"),
        "discount": order.get("discount", "0"),
        "on_time_insurance": order.get("insured", False),
        "freight_insurance": order.get("freight_insurance", False),
        "free_shipping": order.get("free_shipping", True),
        "placed_at": _ago(order, "placed", now),
        "dispatched_at": _ago(order, "sent", now),
        "signed_at": _ago(order, "signed", now),
        "items": items,
        "payments": _payments(order, total, now),
        "parcels": _parcels(order, now),
    }


def _ago(order: Facts, name: str, now: datetime, *, later_minutes: float = 0) -> str | None:
    hours = order.get(name)
    if hours is None:
        return None
    return (now - timedelta(hours=hours) + timedelta(minutes=later_minutes)).isoformat()


def _item(text: str, prices: Mapping[str, tuple[str, str]], *, confirmed: bool) -> Facts:
    name, _, quantity = text.partition("*")
    product, price = prices[name]
    chosen: Facts = {} if name == product else {"variant": name}
    return {
        "product": product,
        **chosen,
        "quantity": int(quantity or "1"),
        "price": price,
        "confirmed_no_return": confirmed,
    }


def _payments(order: Facts, total: str, now: datetime) -> list[Facts]:
    method = order.get("pay")
    if not method:
        return []
    paid = {"amount": total, "method": method, "at": _ago(order, "placed", now, later_minutes=2)}
    if "refunded" not in order:
        return [paid]
    refund = {
        "payment_kind": "refund",
        "amount": order.get("refund", total),
        "method": method,
        "at": _ago(order, "refunded", now),
    }
    return [paid, refund]


def _parcels(order: Facts, now: datetime) -> list[Facts]:
    carrier = order.get("carrier")
    if carrier is None:
        return []
    number = f"{_COURIERS[carrier[0]]}{int(order['id']) * 7919 % 10**12:012d}"
    events = [{"at": _ago(order, "sent", now), "text": f"{carrier}已揽收"}]
    on_the_way = _ago(order, "sent", now, later_minutes=310)
    if order["sent"] > 6 and on_the_way is not None:
        events.append({"at": on_the_way, "text": "已离开始发地转运中心"})
    if "signed" in order:
        events += [
            {"at": _ago(order, "signed", now, later_minutes=-180), "text": "正在派送"},
            {"at": _ago(order, "signed", now), "text": "已签收，感谢使用"},
        ]
    return [
        {
            "carrier": carrier,
            "tracking_number": number,
            "dispatched_at": _ago(order, "sent", now),
            "signed_at": _ago(order, "signed", now),
            "events": events,
        }
    ]
