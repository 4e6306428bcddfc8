"""What a record says, exactly or with a reason; sums that add up; lines that keep their number."""

from collections.abc import Mapping
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any, cast
from zoneinfo import ZoneInfo

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from xiaoer.kernel.money import decimal_text
from xiaoer.orders.rules import amounts
from xiaoer.orders.rules.fields import Customs
from xiaoer.orders.rules.parse import Parsed, kind_of, parse
from xiaoer.orders.rules.places import line_numbers, places
from xiaoer.orders.rules.rows import (
    BuyerRow,
    ItemRow,
    Kind,
    OrderRow,
    ParcelRow,
    PaymentRow,
    ProductRow,
    ShopRow,
)
from xiaoer.orders.rules.values import bare_id, moment, pairs, plain_number, truth
from xiaoer.orders.rules.words import FLAGS, HEADERS, LIMITS, STATES, folded

CUSTOMS = Customs("CNY", ZoneInfo("Asia/Shanghai"), "s1")
ORDER = {"kind": "order", "id": "A1", "buyer": "b1", "state": "paid", "total": "10"}
ITEM = {"title": "T恤", "price": "10", "quantity": 1}
PRODUCT = {"kind": "product", "id": "p1", "title": "龙井", "price": "88"}


def read(data: Mapping[str, object], customs: Customs = CUSTOMS) -> Parsed:
    return parse(data, customs)


def codes(parsed: Parsed) -> list[tuple[str, object]]:
    return [(one.code.removeprefix("orders."), one.facts.get("field")) for one in parsed.faults]


def order(**given: object) -> OrderRow:
    parsed = read({**ORDER, **given})
    assert not parsed.faults, codes(parsed)
    assert isinstance(parsed.row, OrderRow)
    return parsed.row


# ── single values ────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("given_value", "text"),
    [
        (3, "3"),
        (Decimal("19.90"), "19.90"),
        ("1,234.50", "1234.50"),
        ("￥１２．５０", "12.50"),
        ("¥ 8", "8"),
        ("12元", "12"),
        ("-3", "-3"),
        ("1e2", "1e2"),
        ("12,34", None),
        ("1,23,456", None),
        ("1.", None),
        (".5", None),
        ("", None),
        ("NaN", None),
        ("Infinity", None),
        ("1_000", None),
        ("٣", None),
        (True, None),
        (None, None),
        ([], None),
        ("9" * 65, None),
    ],
)
def test_numbers(given_value: object, text: str | None):
    assert plain_number(given_value) == text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-11-11T20:00:00+08:00", datetime(2026, 11, 11, 12, tzinfo=UTC)),
        ("2026-11-11T12:00:00Z", datetime(2026, 11, 11, 12, tzinfo=UTC)),
        ("2026-11-11 20:00", datetime(2026, 11, 11, 12, tzinfo=UTC)),
        ("2026/11/11 20:00:01", datetime(2026, 11, 11, 12, 0, 1, tzinfo=UTC)),
        ("2026年11月1日 9时05分", datetime(2026, 11, 1, 1, 5, tzinfo=UTC)),
        ("２０２６-１１-１１ ２０：００", datetime(2026, 11, 11, 12, tzinfo=UTC)),
        ("2026-11-11T20:00:00.1234567-0330", datetime(2026, 11, 11, 23, 30, 0, 123456, tzinfo=UTC)),
        ("2026-1-2 3:04", datetime(2026, 1, 1, 19, 4, tzinfo=UTC)),
        ("2026-11-11", None),
        ("20:00", None),
        ("2026-02-30 10:00", None),
        ("2026-11-11 24:00", None),
        ("2026-11-11 10:61", None),
        ("2026-11-11T20:00:00+99:00", None),
        ("1762862400", None),
        ("0000-01-01 00:00", None),
        ("9999-12-31T23:59:59-12:00", None),
    ],
)
def test_moments(text: str, expected: datetime | None):
    assert moment(text, ZoneInfo("Asia/Shanghai")) == expected


EARLY, LATE = (datetime(year, 1, 2) for year in (1990, 2099))  # noqa: DTZ001  # their zones are drawn


@given(st.datetimes(EARLY, LATE, timezones=st.timezones()))
def test_a_moment_survives_its_own_notation(at: datetime):
    offset = at.utcoffset()
    if offset is None or offset.total_seconds() % 60:
        return
    assert moment(at.isoformat(), UTC) == at.astimezone(UTC)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A1", "A1"),
        ('="00123"', "00123"),
        ("'00123", "00123"),
        ("6.93E+17", None),
        ("1E5", "1E5"),
        ("E+1", "E+1"),
    ],
)
def test_ids_of_spreadsheets(text: str, expected: str | None):
    assert bare_id(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("颜色:红;尺码:L", {"颜色": "红", "尺码": "L"}),
        ("颜色分类：红色；尺码=XL", {"颜色分类": "红色", "尺码": "XL"}),
        ("红色", {"option": "红色"}),
        ("红色;大;颜色:蓝", {"option": "红色; 大", "颜色": "蓝"}),
        (":x", {"option": ":x"}),
        (";;", {}),
    ],
)
def test_pairs_in_one_cell(text: str, expected: dict[str, str]):
    assert pairs(text, "option") == expected


def test_yes_and_no():
    assert [truth(word) for word in (True, "是", "Yes", "1", "支持")] == [True] * 5
    assert [truth(word) for word in (False, "否", "no", 0, "不支持")] == [False] * 5
    assert truth("maybe") is None


def test_the_words_of_the_tables_mean_one_thing_each():
    for kind, fields in HEADERS.items():
        assert kind_of(kind) == kind
        assert set(fields.values()) <= set(fields.values())
    assert STATES[folded("交易成功")] == "completed"
    assert FLAGS[folded("生鲜")] == "fresh"
    assert folded(" 单价（元） ") == "单价"
    assert folded("Order_ID") == folded("orderid") == folded("ＯＲＤＥＲ－ｉｄ")


# ── amounts ──────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("amount", "currency", "minor"),
    [
        ("12.5", "CNY", 1250),
        (Decimal("12.50"), "CNY", 1250),
        ("12.500", "CNY", 1250),
        (12, "CNY", 1200),
        ("12", "JPY", 12),
        ("1.234", "KWD", 1234),
        ("0", "CNY", 0),
        ("1E1", "CNY", 1000),
        (Decimal("0.29"), "USD", 29),
    ],
)
def test_amounts_are_exact(amount: object, currency: str, minor: int):
    assert order(total=amount, currency=currency).total_minor == minor


@pytest.mark.parametrize(
    ("amount", "currency", "code"),
    [
        ("12.505", "CNY", "amount_too_fine"),
        ("1.5", "JPY", "amount_too_fine"),
        ("-1", "CNY", "amount_negative"),
        ("1e30", "CNY", "amount_too_large"),
        (Decimal("1e400000"), "CNY", "amount_expected"),
        (10**16, "CNY", "amount_too_large"),
        ("twelve", "CNY", "amount_expected"),
        (True, "CNY", "amount_expected"),
        ({}, "CNY", "amount_expected"),
        ("12", "XYZ", "currency_unknown"),
    ],
)
def test_an_amount_that_is_none_is_told(amount: object, currency: str, code: str):
    faults = codes(read({**ORDER, "total": amount, "currency": currency}))
    assert code in [one for one, _ in faults]


@given(st.integers(0, 10**13), st.sampled_from(["CNY", "JPY", "KWD", "USD"]))
def test_an_amount_written_is_the_amount_read(minor: int, currency: str):
    assert order(total=decimal_text(minor, currency), currency=currency).total_minor == minor


@pytest.mark.parametrize(
    ("goods", "total", "freight", "discount", "expected"),
    [
        (100, None, None, None, (100, 0, 0)),
        (100, None, 10, 5, (105, 10, 5)),
        (100, 90, None, None, (90, 0, 10)),
        (100, 110, None, None, (110, 10, 0)),
        (100, 110, None, 5, (110, 15, 5)),
        (100, 95, 10, None, (95, 10, 15)),
        (100, 105, 10, 5, (105, 10, 5)),
        (None, 90, None, None, (90, 0, 0)),
        (None, 90, 5, 3, (90, 5, 3)),
        (0, 0, 0, 0, (0, 0, 0)),
    ],
)
def test_sums_follow_from_each_other(
    goods: int | None, total: int | None, freight: int | None, discount: int | None, expected: tuple[int, ...]
):
    assert amounts.sums(goods, total, freight, discount) == amounts.Sums(*expected)


@pytest.mark.parametrize(
    ("goods", "total", "freight", "discount", "code"),
    [
        (100, 120, 10, None, "total_differs"),
        (100, 80, None, 10, "total_differs"),
        (100, 101, 0, 0, "total_differs"),
        (100, None, None, 101, "discount_too_large"),
    ],
)
def test_sums_that_contradict_each_other_are_told(
    goods: int, total: int | None, freight: int | None, discount: int | None, code: str
):
    found = amounts.sums(goods, total, freight, discount)
    assert isinstance(found, amounts.Mismatch)
    assert found.code == code


@given(
    st.lists(st.integers(0, 10**9), min_size=1, max_size=20),
    st.integers(0, 10**6),
    st.none() | st.integers(0, 10**10),
)
def test_what_was_paid_for_the_lines_is_what_was_paid(listed: list[int], freight: int, total: int | None):
    known = amounts.sums(sum(listed), total, freight, None)
    if not isinstance(known, amounts.Sums):
        return
    shares = amounts.paid_for_lines(listed, [None] * len(listed), known)
    assert isinstance(shares, list)
    assert sum(shares) == max(0, known.total_minor - known.freight_minor)
    assert all(share >= 0 for share in shares)
    assert known.total_minor == sum(listed) + known.freight_minor - known.discount_minor


def test_the_discount_is_shared_by_the_lines_in_proportion():
    row = order(
        items=[{**ITEM, "price": "30"}, {**ITEM, "price": "10"}, {**ITEM, "price": "0"}], total="36.01"
    )
    assert row.items is not None
    assert [item.paid_minor for item in row.items] == [2701, 900, 0]
    assert row.discount_minor == 399


@pytest.mark.parametrize(
    ("given_fields", "code"),
    [
        ({"items": [{**ITEM, "paid": "4"}, ITEM], "total": "20"}, "paid_for_some_items"),
        ({"items": [{**ITEM, "paid": "4"}], "total": "10"}, "paid_items_differ"),
        ({"total": "10", "paid": "9", "payments": [{"amount": "10"}]}, "payments_differ"),
    ],
)
def test_parts_that_do_not_add_up_are_told(given_fields: dict[str, object], code: str):
    assert [one for one, _ in codes(read({**ORDER, **given_fields}))] == [code]


@pytest.mark.parametrize(
    ("state", "given_fields", "paid"),
    [
        ("paid", {}, 1000),
        ("completed", {}, 1000),
        ("pending", {}, 0),
        ("cancelled", {}, 0),
        ("cancelled", {"paid": "3"}, 300),
        ("paid", {"payments": [{"amount": "4"}, {"amount": "6"}]}, 1000),
        ("paid", {"payments": [{}]}, 1000),
        ("paid", {"payments": [{"amount": "10"}, {"kind": "refund", "amount": "3"}]}, 1000),
        ("pending", {"payments": []}, 0),
    ],
)
def test_what_has_been_paid(state: str, given_fields: dict[str, object], paid: int):
    assert order(state=state, **given_fields).paid_minor == paid


# ── rows ─────────────────────────────────────────────────────────────────


def test_a_whole_order():
    row = order(
        state="已发货",
        currency="cny",
        total="21.00",
        freight="1",
        on_time_insurance="是",
        free_shipping=False,
        address={"name": "王小明", "city": "杭州", "text": "文三路 1 号"},
        placed_at="2026-11-11 20:00",
        items=[
            {**ITEM, "id": "i1", "options": "颜色:红", "flags": ["生鲜", "fresh", "临期"]},
            {**ITEM, "line": 7, "confirmed_no_return": "是"},
        ],
        payments=[{"amount": "21", "method": "alipay", "at": "2026-11-11T12:01:00Z"}],
        parcels=[
            {"carrier": "顺丰", "tracking_number": "SF1", "items": ["i1", "7"], "events": [{"text": "揽收"}]}
        ],
        details={"coupon": Decimal("0.10")},
    )
    assert (row.shop, row.state, row.source_state, row.currency) == ("s1", "dispatched", "已发货", "CNY")
    assert (row.total_minor, row.freight_minor, row.discount_minor, row.paid_minor) == (2100, 100, 0, 2100)
    assert row.on_time_insurance
    assert not row.free_shipping
    assert row.placed_at == datetime(2026, 11, 11, 12, tzinfo=UTC)
    assert row.items is not None
    assert row.items[0].flags == ["fresh", "near_expiry"]
    assert row.items[1].flags is None
    assert row.items[1].confirmed_no_return
    assert row.payments == [
        PaymentRow(
            "", "A1", "A1/1", "payment", "alipay", 2100, "CNY", datetime(2026, 11, 11, 12, 1, tzinfo=UTC)
        )
    ]
    assert row.parcels is not None
    assert (row.parcels[0].id, row.parcels[0].carrier) == ("SF1", "顺丰")
    assert bytes(row.details) == b'{"coupon":0.10}'


@pytest.mark.parametrize(
    ("given_fields", "expected"),
    [
        ({"id": None}, ("field_missing", "id")),
        ({"id": "  "}, ("field_missing", "id")),
        ({"id": "6.9E+17"}, ("id_damaged", "id")),
        ({"id": "a\u200bb"}, ("text_not_storable", "id")),
        ({"id": "a\u202eb"}, ("text_not_storable", "id")),
        ({"id": "x" * 129}, ("text_too_long", "id")),
        ({"id": Decimal("1.5")}, ("text_expected", "id")),
        ({"buyer": None}, ("field_missing", "buyer")),
        ({"state": None}, ("field_missing", "state")),
        ({"state": "flying"}, ("state_unknown", "state")),
        ({"total": None}, ("field_missing", "total")),
        ({"placed_at": "yesterday"}, ("time_expected", "placed_at")),
        ({"placed_at": "1900-01-01 00:00"}, ("time_out_of_range", "placed_at")),
        ({"on_time_insurance": "perhaps"}, ("yes_or_no_expected", "on_time_insurance")),
        ({"address": 5}, ("object_expected", "address")),
        ({"address": {"name": ["x"]}}, ("text_expected", "address.name")),
        ({"address": {"a\x00b": "x"}}, ("text_not_storable", "address")),
        ({"source_state": "a\x00b"}, ("text_not_storable", "source_state")),
        ({"details": [1]}, ("object_expected", "details")),
        ({"details": {"x": "a\x00"}}, ("text_not_storable", "details")),
        ({"details": {"x": "y" * 20_000}}, ("details_too_large", "details")),
        ({"items": {}}, ("list_expected", "items")),
        ({"items": [5]}, ("object_expected", "items[1]")),
        ({"items": [ITEM] * 501}, ("list_too_long", "items")),
        ({"items": [ITEM, {**ITEM, "price": None}]}, ("field_missing", "items[2].price")),
        ({"items": [{**ITEM, "quantity": 0}]}, ("number_out_of_range", "items[1].quantity")),
        ({"items": [{**ITEM, "quantity": "1.5"}]}, ("number_expected", "items[1].quantity")),
        ({"items": [{**ITEM, "quantity": "1e3"}]}, ("number_expected", "items[1].quantity")),
        ({"items": [{**ITEM, "title": None}]}, ("field_missing", "items[1].title")),
        ({"items": [{**ITEM, "flags": "shiny"}]}, ("flag_unknown", "items[1].flags")),
        (
            {"items": [{**ITEM, "price": "9999999999", "quantity": 999999}]},
            ("amount_too_large", "items[1].price"),
        ),
        ({"items": [{**ITEM, "line": 1}, {**ITEM, "line": 1}], "total": "20"}, ("repeated", "items")),
        ({"payments": [{"amount": "5"}, {}]}, ("field_missing", "payments[2].amount")),
        ({"payments": [{"amount": "10", "currency": "USD"}]}, ("currency_differs", "payments[1].currency")),
        ({"payments": [{"payment_kind": "gift"}]}, ("payment_kind_unknown", "payments[1].payment_kind")),
        ({"parcels": [{"tracking_number": "x"}] * 2}, ("repeated", "parcels")),
        ({"items": [ITEM], "parcels": [{"items": ["9"]}]}, ("item_unknown", "parcels[1].items")),
        ({"parcels": [{"events": [{}]}]}, ("field_missing", "parcels[1].events[1].text")),
    ],
)
def test_a_fault_names_its_field(given_fields: dict[str, object], expected: tuple[str, str]):
    parsed = read({**ORDER, **given_fields})
    assert parsed.row is None
    assert expected in codes(parsed)


def test_fields_that_nobody_knows_are_told_and_cost_nothing():
    parsed = read({**ORDER, "colour": 1, "items": [{**ITEM, "weight": 2}], "payments": [{"fee": 1}]})
    assert parsed.row is not None
    assert parsed.unknown == ["items[1].weight", "payments[1].fee", "colour"]


def test_a_row_says_its_kind_or_the_file_does():
    assert codes(parse({"id": "1"}, CUSTOMS)) == [("kind_missing", "kind")]
    assert codes(parse({"kind": "spaceship"}, CUSTOMS)) == [("kind_unknown", "kind")]
    assert codes(parse({"kind": {"a": 1}}, CUSTOMS)) == [("kind_unknown", "kind")]
    assert parse({"id": "s1"}, CUSTOMS, "shop").row == ShopRow("s1", None)
    assert isinstance(parse({**PRODUCT, "kind": "商品"}, CUSTOMS).row, ProductRow)


def test_without_a_shop_of_its_own_a_row_needs_that_of_the_import():
    alone = Customs("CNY", ZoneInfo("Asia/Shanghai"))
    assert codes(parse(PRODUCT, alone)) == [("field_missing", "shop")]
    row = parse({**PRODUCT, "shop": "s2"}, CUSTOMS).row
    assert isinstance(row, ProductRow)
    assert row.shop == "s2"


def test_a_product_has_the_lowest_price_of_its_variants_on_sale():
    variants = [
        {"id": "v1", "price": "30", "options": {"色": "红"}},
        {"id": "v2", "price": "20", "available": "否"},
        {"id": "v3", "price": "25"},
    ]
    row = read({**PRODUCT, "price": None, "variants": variants}).row
    assert isinstance(row, ProductRow)
    assert row.price_minor == 2500
    assert [variant.price_minor for variant in row.variants] == [3000, 2000, 2500]
    only = read({**PRODUCT, "variants": [{"id": "v1"}]}).row
    assert isinstance(only, ProductRow)
    assert only.variants[0].price_minor == 8800
    assert codes(read({**PRODUCT, "price": None, "variants": [{"id": "v1"}]})) == [
        ("field_missing", "variants[1].price")
    ]
    assert codes(read({**PRODUCT, "variants": [{"id": "v1"}, {"id": "v1"}]})) == [("repeated", "variants")]
    assert codes(read({**PRODUCT, "image_url": "javascript:alert(1)"})) == [("address_expected", "image_url")]


def test_a_buyer_with_his_ways_to_pay():
    row = read(
        {
            "kind": "买家",
            "id": "b1",
            "name": "王小明",
            "phone": "138-0000-0000",
            "address": "杭州市文三路 1 号",
            "payment_methods": [
                {"id": "g1", "kind": "gift_card", "balance": Decimal("12.3"), "currency": "USD"},
                {"id": "c1", "kind": "credit_card", "brand": "visa", "last_four": "0042"},
            ],
        }
    ).row
    assert isinstance(row, BuyerRow)
    assert row.address == {"text": "杭州市文三路 1 号"}
    assert msgspec.to_builtins(row.payment_methods) == [
        {"id": "g1", "kind": "gift_card", "balance_minor": 1230, "currency": "USD"},
        {"id": "c1", "kind": "credit_card", "brand": "visa", "last_four": "0042"},
    ]


@pytest.mark.parametrize(
    ("given_fields", "expected"),
    [
        ({"email": "nobody"}, ("email_expected", "email")),
        ({"email": "a b@c"}, ("email_expected", "email")),
        ({"phone": "12"}, ("phone_expected", "phone")),
        ({"phone": "call me maybe"}, ("phone_expected", "phone")),
        ({"language": "tlh"}, ("language_unknown", "language")),
        (
            {"payment_methods": [{"id": "c", "kind": "card", "last_four": "12a4"}]},
            ("last_four_expected", "payment_methods[1].last_four"),
        ),
        (
            {"payment_methods": [{"id": "c", "kind": "card", "last_four": "6222021234567890"}]},
            ("text_too_long", "payment_methods[1].last_four"),
        ),
    ],
)
def test_a_buyer_that_cannot_be_is_told(given_fields: dict[str, object], expected: tuple[str, str]):
    assert codes(read({"kind": "buyer", "id": "b1", **given_fields})) == [expected]


@pytest.mark.parametrize(
    ("given_fields", "expected"),
    [
        ({"time_zone": "Mars/Olympus"}, ("time_zone_unknown", "time_zone")),
        ({"time_zone": "../../etc/passwd"}, ("time_zone_unknown", "time_zone")),
        ({"allowed_origins": ["evil"]}, ("address_expected", "allowed_origins")),
        ({"state": "burnt"}, ("state_unknown", "state")),
    ],
)
def test_a_shop_that_cannot_be_is_told(given_fields: dict[str, object], expected: tuple[str, str]):
    assert codes(read({"kind": "shop", "id": "s1", **given_fields})) == [expected]


def test_rows_of_their_own():
    item = read({"kind": "item", "order": "A1", "line": 2, **ITEM}).row
    assert isinstance(item, ItemRow)
    assert (item.shop, item.order, item.line, item.paid_minor) == ("s1", "A1", 2, 1000)
    assert codes(read({"kind": "item", "order": "A1", **ITEM})) == [("line_or_id_missing", "line")]
    refund = read({"kind": "退款", "order": "A1", "id": "r1", "amount": "3", "payment_kind": "退款"}).row
    assert isinstance(refund, PaymentRow)
    assert (refund.kind, refund.amount_minor) == ("refund", 300)
    assert codes(read({"kind": "payment", "order": "A1", "id": "r1"})) == [("field_missing", "amount")]
    parcel = read({"kind": "parcel", "order": "A1", "tracking_number": "SF1", "items": "i1;i2"}).row
    assert isinstance(parcel, ParcelRow)
    assert (parcel.id, parcel.items) == ("SF1", ["i1", "i2"])
    assert codes(read({"kind": "parcel", "order": "A1"})) == [("field_missing", "id")]


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.decimals() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=8,
)


@given(
    st.sampled_from(["shop", "buyer", "product", "order", "item", "payment", "parcel"]),
    st.data(),
)
def test_no_record_can_break_the_parser(kind: Kind, data: st.DataObject):
    names = sorted(
        {path.partition(".")[0] for path in HEADERS[kind].values()} | {"details", "items", "events"}
    )
    record = data.draw(st.dictionaries(st.sampled_from(names), JSON))
    parsed = parse(record, CUSTOMS, kind)
    assert (parsed.row is None) == bool(parsed.faults)
    assert len(parsed.faults) <= LIMITS["faults_per_row_max"]
    if parsed.row is not None:
        msgspec.json.encode(parsed.row)


# ── lines and parcels ────────────────────────────────────────────────────


def item(id: str | None = None, line: int = 0) -> ItemRow:
    return cast("OrderRow", read({**ORDER, "items": [{**ITEM, "id": id, "line": line or None}]}).row).items[0]  # type: ignore[index]


@pytest.mark.parametrize(
    ("items", "known", "expected"),
    [
        ([item(), item()], [], [1, 2]),
        ([item("a"), item("b")], [], [1, 2]),
        ([item("b"), item("a")], [(1, "a"), (2, "b")], [2, 1]),
        ([item("b")], [(1, "a"), (2, "b")], [2]),
        ([item("c"), item("b")], [(1, "a"), (2, "b")], [3, 2]),
        ([item("a"), item("a")], [(1, "a")], [1, 2]),
        ([item("a"), item("a")], [(1, "a"), (4, "a")], [1, 4]),
        ([item(), item()], [(1, None), (2, None)], [1, 2]),
        ([item(), item()], [(1, "a")], [2, 3]),
        ([item(line=5), item()], [], [5, 1]),
        ([item("a", line=2), item("b")], [(2, "b")], [2, 1]),
    ],
)
def test_lines_keep_their_number(
    items: list[ItemRow], known: list[tuple[int, str | None]], expected: list[int]
):
    assert line_numbers(items, known) == expected


@given(
    st.lists(st.sampled_from(["a", "b", "c", None]), max_size=8),
    st.lists(st.sampled_from(["a", "b", "c", None]), max_size=8),
)
def test_no_line_is_given_twice_or_to_another_item(new: list[str | None], old: list[str | None]):
    known = list(enumerate(old, 1))
    numbers = line_numbers([item(name) for name in new], known)
    assert len(set(numbers)) == len(numbers)
    assert all(number > 0 for number in numbers)
    ids = dict(known)
    assert all(number not in ids or ids[number] == name for number, name in zip(numbers, new, strict=True))
    assert line_numbers([item(name) for name in new], list(zip(numbers, new, strict=True))) == numbers


@pytest.mark.parametrize(
    ("named", "lines", "expected"),
    [
        (None, [(1, "a"), (2, None)], [0, 1]),
        ([], [(1, "a")], []),
        (["b", "a"], [(1, "a"), (2, "b")], [1, 0]),
        (["a", "a"], [(1, "a"), (2, "x"), (3, "a")], [0, 2]),
        (["2"], [(1, "a"), (2, None)], [1]),
        (["1"], [(2, "1"), (1, "b")], [0]),
        (["a", "a"], [(1, "a")], "a"),
        (["z"], [], "z"),
    ],
)
def test_which_items_a_parcel_holds(named: Any, lines: Any, expected: Any):
    assert places(named, lines) == expected
