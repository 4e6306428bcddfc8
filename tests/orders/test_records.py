"""Lines become records: JSON lines, and CSV as spreadsheets write it."""

import csv
import io
from collections.abc import Iterable
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xiaoer.orders.rules.lines import Bad, Line, unreadable
from xiaoer.orders.rules.reader import Format, reader
from xiaoer.orders.rules.records import CsvRecords, Record, delimiter_of, json_record, quote_is_open
from xiaoer.orders.rules.rows import Kind


def read(text: str | bytes, kind: Kind | None = None, form: Format = "xiaoer") -> list[Record | Bad]:
    data = text.encode() if isinstance(text, str) else text
    made = reader(form, kind)
    found = [one for start in range(0, len(data), 11) for one in made.feed(data[start : start + 11])]
    return [*found, *made.close()]


def data(found: Iterable[Record | Bad]) -> list[object]:
    return [dict(one.data) if isinstance(one, Record) else one.refused.code for one in found]


# ── JSON lines ───────────────────────────────────────────────────────────


def test_numbers_of_json_are_exact():
    [record] = read('{"price": 19.90, "big": 0.1000000000000000055, "n": 3}\n')
    assert isinstance(record, Record)
    assert record.data == {
        "price": Decimal("19.90"),
        "big": Decimal("0.1000000000000000055"),
        "n": 3,
    }
    assert str(record.data["price"]) == "19.90"


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("{", "not_json"),
        ("{'a': 1}", "not_json"),
        ('{"a": NaN}', "not_json"),
        ('{"a": 1} {"b": 2}', "not_json"),
        ("[" * 100_000, "json_list"),
        ('{"a":' * 50_000, "not_json"),
        ('{"a": 1e99999999999999999999}', "not_json"),
        ('{"a": "\\ud800"}', "not_json"),
        ('{"a": ' + "9" * 10_000 + "}", "not_json"),
        ("[1]", "json_list"),
        ("3", "not_an_object"),
        ('"text"', "not_an_object"),
        ("null", "not_an_object"),
    ],
)
def test_a_line_that_is_no_object_is_told(line: str, code: str):
    found = json_record(Line(7, line))
    assert isinstance(found, Bad)
    assert (found.line, found.refused.code) == (7, f"orders.{code}")


def test_one_bad_line_costs_only_itself():
    found = read('{"id": 1}\n\n{"id": \n   \n{"id": 3}')
    assert data(found) == [{"id": 1}, "orders.not_json", {"id": 3}]
    assert [one.line for one in found] == [1, 3, 5]


# ── CSV ──────────────────────────────────────────────────────────────────


def test_chinese_headers_are_understood_whatever_their_dress():
    text = (
        "订单编号,店铺 ID,买家编号,订单状态,订单金额(元),收货地址,收货人,下单时间\n"
        "A1,s1,b1,已付款,12.5,杭州,王先生,2026-11-11 20:00\n"
    )
    assert data(read(text, "order")) == [
        {
            "id": "A1",
            "shop": "s1",
            "buyer": "b1",
            "state": "已付款",
            "total": "12.5",
            "address": {"text": "杭州", "name": "王先生"},
            "placed_at": "2026-11-11 20:00",
        }
    ]


def test_a_column_names_the_kind_of_each_row():
    text = "类型,店铺编号,店铺名称,商品编号,商品名称,价格\n店铺,s1,茶铺,,,\n商品,s1,,p1,龙井,88\n,,,,,\n"
    assert data(read(text)) == [
        {"kind": "店铺", "id": "s1", "name": "茶铺"},
        {"kind": "商品", "shop": "s1", "id": "p1", "title": "龙井", "price": "88"},
    ]


def test_rows_of_one_order_become_one_order_with_items():
    text = (
        "订单号,买家编号,订单状态,商品名称,单价,数量,支付方式,物流单号\n"
        "A1,b1,已发货,T恤,10,2,支付宝,SF1\n"
        "A1,b1,已发货,裤子,30,1,支付宝,SF1\n"
        ",,,袜子,5,3,,SF2\n"
        "A2,b2,已付款,帽子,8,1,微信,\n"
    )
    first, second = data(read(text, "order"))
    assert first == {
        "id": "A1",
        "buyer": "b1",
        "state": "已发货",
        "items": [
            {"title": "T恤", "price": "10", "quantity": "2"},
            {"title": "裤子", "price": "30", "quantity": "1"},
            {"title": "袜子", "price": "5", "quantity": "3"},
        ],
        "payments": [{"method": "支付宝"}],
        "parcels": [{"tracking_number": "SF1"}, {"tracking_number": "SF2"}],
    }
    assert isinstance(second, dict)
    assert second["id"] == "A2"


def test_rows_of_one_order_must_stand_together():
    text = "订单号,商品名称,单价\nA1,a,1\nA2,b,2\nA1,c,3\n"
    found = read(text, "order")
    assert [one.refused.code for one in found if isinstance(one, Bad)] == ["orders.rows_apart"]
    assert [one.line for one in found if isinstance(one, Bad)] == [4]


def test_cells_may_hold_line_ends_quotes_and_delimiters():
    text = 'id,title\n1,"a ""quoted"" one,\nwith a second line"\n2,plain "quote\n3,x\n'
    found = read(text, "product")
    assert data(found) == [
        {"id": "1", "title": 'a "quoted" one,\nwith a second line'},
        {"id": "2", "title": 'plain "quote'},
        {"id": "3", "title": "x"},
    ]
    assert [one.line for one in found] == [2, 4, 5]


def test_a_quote_never_closed_costs_only_its_own_line():
    rows = "".join(f"{number},x\n" for number in range(3, 60))
    found = read(f'id,title\n1,a\n2,"never closed\n{rows}', "product")
    assert [one for one in found if isinstance(one, Bad)] == [Bad(3, unreadable("quote_not_closed"))]
    assert len(found) == 2 + 57
    assert data(found)[-1] == {"id": "59", "title": "x"}


def test_a_quote_never_closed_is_given_up_in_time():
    lines = [Line(1, "id,title"), Line(2, '1,"open'), *(Line(n, f"{n},{'x' * 1000}") for n in range(3, 3000))]
    records = CsvRecords("product")
    found = [one for line in lines for one in records.feed([line])]
    assert data(found)[0] == "orders.quote_not_closed"
    assert len(found) + len(records.close()) == 2998


@pytest.mark.parametrize(
    ("line", "before", "expected"),
    [
        ("a,b", False, False),
        ('a,"b', False, True),
        ('a,"b"', False, False),
        ('a,"b""', False, True),
        ('a,"b"""', False, False),
        ('a,"b" c"', False, False),
        ('a,5" pipe', False, False),
        ("a,b", True, True),
        ('a",b', True, False),
        ('a","b', True, True),
        ('a"",b', True, True),
        ('"', True, False),
        ('""', True, True),
        ("", True, True),
        ("", False, False),
    ],
)
def test_whether_a_quote_is_open(line: str, before: bool, expected: bool):
    assert quote_is_open(line, ",", before=before) is expected


@pytest.mark.parametrize(
    ("header", "delimiter"),
    [("a,b", ","), ("a\tb,c\td", "\t"), ("a;b;c", ";"), ("a", ","), ('"a;b;c;d",e', ",")],
)
def test_the_delimiter_is_found_in_the_header(header: str, delimiter: str):
    assert delimiter_of(header) == delimiter


def test_what_is_wrong_with_a_table_is_told():
    assert data(read("id,ID\n1,2\n", "product"))[0] == "orders.column_repeated"
    assert data(read("id,title\n1,a,b\n", "product")) == ["orders.too_many_cells"]
    assert data(read("id,title\n1,a,,\n", "product")) == [{"id": "1", "title": "a"}]
    many = "订单号,商品名称\n" + "A1,x\n" * 501
    assert data(read(many, "order"))[0] == "orders.too_many_lines"


def test_columns_that_contradict_each_other_break_nothing():
    text = "id,items,items.title,address,address.city,address.city.name\n1,a,b,c,d,e\n"
    assert data(read(text, "order")) == [{"id": "1", "items": "a", "address": {"text": "c", "city": "d"}}]


@given(
    st.lists(
        st.lists(st.text(st.characters(blacklist_categories=["Cs", "Cc"])), min_size=3, max_size=3),
        max_size=8,
    )
)
def test_what_python_writes_as_csv_is_read_back(rows: list[list[str]]):
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(["id", "one", "two"])
    kept = [[f"n{number}", *row] for number, row in enumerate(rows)]
    for row in kept:
        writer.writerow(row[:3])
    names = ("id", "one", "two")
    expected = [{name: cell for name, cell in zip(names, row, strict=False) if cell.strip()} for row in kept]
    if out.getvalue().count("\ufeff"):
        return
    assert data(read(out.getvalue(), "shop", "csv")) == expected


@given(st.binary(max_size=400), st.sampled_from(["xiaoer", "csv", "jsonl", "retail"]))
def test_no_bytes_can_break_the_reader(junk: bytes, form: Format):
    for record in read(junk, "order", form):
        assert isinstance(record, Record | Bad)
