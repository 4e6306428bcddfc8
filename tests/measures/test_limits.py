"""Every limit stops the deeds it names and no other: at the doors and row by row of an import."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Final
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest

from tests import make
from tests.client import Client
from tests.measures.samples import wish
from xiaoer.identity.actions import imports as identity
from xiaoer.kernel.refusal import Refused
from xiaoer.measures.actions import impose
from xiaoer.measures.model import KINDS, MeasureKind
from xiaoer.orders.actions.batch import Right, write_batch
from xiaoer.orders.actions.naming import Moment
from xiaoer.orders.rules.fields import Customs
from xiaoer.orders.rules.parse import parse
from xiaoer.orders.rules.rows import Row
from xiaoer.orders.rules.tally import Outcome
from xiaoer.plumbing import clock
from xiaoer.plumbing.clock import new_id
from xiaoer.plumbing.db import Database, Tx

DAY: Final = timedelta(days=1)
NAMED: Final[dict[MeasureKind, set[str]]] = {
    "limit_publishing": {"a new product"},
    "limit_dispatch": {"a parcel of a new order"},
    "limit_site_mail": {"a first word"},
    "limit_messages": {"a first word"},
    "limit_login": {"a new product", "a parcel of a new order", "a first word"},
    "close_shop": {"a new product", "a new order", "a first word"},
    "take_down_goods": {"a new order"},
    "seal_account": {"a new product", "a new order", "a parcel of a new order", "a first word"},
    # the marketplace's own: Xiaoer has no such deed of a shop
    "limit_new_shop": set(),
    "limit_community": set(),
    "limit_buying": set(),
    "shield_shop": set(),
    "public_warning": set(),
}
"""What each stops of a shop (P-023); a deed that is not named here goes on."""

IMPORTED: Final[tuple[str, ...]] = (
    "a new product",
    "a product from before, changed",
    "a new order",
    "an order from before, imported late",
    "an order from before, with its parcel",
)
PARCELS: Final = ({"tracking_number": "SF1"},)
BUYERS: Final[set[MeasureKind]] = {"limit_buying", "limit_login", "seal_account"}
"""What keeps a buyer from new orders."""


def row(**facts: object) -> Row:
    parsed = parse(facts, Customs("CNY", ZoneInfo("Asia/Shanghai")))
    assert parsed.row is not None, parsed.faults
    return parsed.row


def order(name: str, placed: datetime, parcels: Sequence[Mapping[str, str]] = ()) -> Row:
    return row(
        kind="order",
        id=name,
        shop="s1",
        buyer="b1",
        state="待发货",
        total="10",
        placed_at=placed.isoformat(),
        items=[{"title": "茶", "price": "10", "quantity": 1}],
        parcels=list(parcels),
    )


def product(name: str, title: str) -> Row:
    return row(kind="product", id=name, shop="s1", title=title, price="10")


async def put(tx: Tx, now: datetime, *rows: Row) -> list[Outcome]:
    return await write_batch(tx, rows, Right(), Moment(now, new_id))


async def prepared(tx: Tx, now: datetime) -> tuple[UUID, UUID]:
    """A shop with goods and an order from before, and its buyer."""
    before = now - 30 * DAY
    rows = (
        row(kind="shop", id="s1", name="山间茶铺"),
        row(kind="buyer", id="b1", name="王小明"),
        product("p1", "明前龙井"),
        order("A1", before),
    )
    assert await put(tx, before, *rows) == ["created"] * 4
    return (await identity.ids_of_shops(tx, ["s1"]))["s1"], (await identity.ids_of_buyers(tx, ["b1"]))["b1"]


def refused(outcome: Outcome, kind: str) -> bool:
    """Whether a row was refused, and by this measure."""
    if not isinstance(outcome, Refused):
        return False
    assert (outcome.kind, outcome.code, outcome.row) == ("not_allowed", "measures.in_force", kind)
    assert outcome.facts["why"] == "abuse"
    assert outcome.facts["field"] in {"shop", "buyer", "parcels"}
    return True


def test_every_limit_is_in_the_table() -> None:
    assert set(NAMED) == set(KINDS)


@pytest.mark.parametrize("kind", KINDS)
async def test_a_limit_of_a_shop_stops_what_it_names(database: Database, kind: MeasureKind) -> None:
    home, now = await make.marketplace(database), clock.now()
    async with database.transaction(home.tenant) as tx:
        shop, buyer = await prepared(tx, now)
        await impose.begin(tx, wish(shop, now, kind=kind), now)
        later = now + timedelta(minutes=5)
        done: dict[str, Outcome] = dict(
            zip(
                IMPORTED,
                await put(
                    tx,
                    later,
                    product("p2", "雨前龙井"),
                    product("p1", "明前龙井，降价"),
                    order("A2", later),
                    order("A0", now - DAY),
                    order("A1", now - 30 * DAY, parcels=PARCELS),
                ),
                strict=True,
            )
        )
        sent = row(kind="parcel", shop="s1", order="A2", tracking_number="SF2")
        if not isinstance(done["a new order"], Refused):
            (done["a parcel of a new order"],) = await put(tx, later, sent)
    stopped = {deed for deed, outcome in done.items() if refused(outcome, kind)}
    async with database.transaction(home.tenant) as tx:
        manager = await make.person_in(tx, role="manager", shops=[shop])
    token = await make.session(database, home.tenant, manager)
    client = Client(await make.app(database), token=token)
    answer = await client.post(f"/api/v1/shops/{shop}/conversations", {"buyer_id": str(buyer)})
    if answer.status == 403:
        assert (answer.code, answer.json["error"]["row"]) == ("measures.in_force", kind)
        stopped.add("a first word")
    expected = NAMED[kind] - ({"a parcel of a new order"} if "a new order" in NAMED[kind] else set())
    assert stopped == expected


@pytest.mark.parametrize("kind", KINDS)
async def test_a_limit_of_a_buyer_stops_new_orders_and_no_running_one(tx: Tx, kind: MeasureKind) -> None:
    now = datetime(2026, 11, 11, 12, 0, tzinfo=UTC)
    await make.marketplace_in(tx, now=now)
    _shop, buyer = await prepared(tx, now)
    made = await impose.begin(tx, wish(buyer, now, subject_kind="person", kind=kind), now)
    later = now + timedelta(minutes=5)
    fresh, early, running = await put(
        tx,
        later,
        order("A2", later),
        order("A0", now - DAY),
        order("A1", now - 30 * DAY, parcels=PARCELS),
    )
    assert refused(fresh, kind) == (kind in BUYERS)
    assert (early, running) == ("created", "updated"), "what was ordered before goes on (L-050)"
    await impose.end(tx, made.id, "reversed", later)
    again = await put(tx, later, order("A2", later))
    assert again == ["created" if kind in BUYERS else "unchanged"], "a reversal lets the row in"
