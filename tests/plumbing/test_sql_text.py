import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xiaoer.plumbing.sql_text import SqlFault, number_parameters, read_statements, split_statements

FILE = """
-- The statements of orders.

-- name: find_purchase
-- One purchase of a shop.
-- Nobody else's.
select id, state from orders.purchase where tenant = :tenant and id = :id;

-- name: count_purchases
select count(*) from orders.purchase where tenant = :tenant and (:state::text is null or state = :state)
"""


def test_a_file_is_read_block_by_block() -> None:
    found = read_statements(FILE)
    assert list(found) == ["find_purchase", "count_purchases"]
    first = found["find_purchase"]
    assert first.sentence == "One purchase of a shop. Nobody else's."
    assert first.sql == "select id, state from orders.purchase where tenant = $1 and id = $2"
    assert first.parameters == ("tenant", "id")
    assert found["count_purchases"].sql.endswith("($2::text is null or state = $2)")


def test_what_statements_share_is_written_once() -> None:
    found = read_statements(
        "-- piece: mine\n-- his own\nwhere t.tenant = :tenant\n"
        "-- piece: open\n{{mine}} and t.open\n"
        "-- name: one\nselect 1 from t\n{{open}} and id = :id;\n"
        "-- name: other\n-- The rest.\nselect :id from t\n{{mine}};\n"
    )
    assert list(found) == ["one", "other"]
    assert found["one"].sql.endswith("where t.tenant = $1 and t.open and id = $2")
    assert found["one"].parameters == ("tenant", "id")
    assert (found["other"].parameters, found["other"].sentence) == (("id", "tenant"), "The rest.")


@pytest.mark.parametrize(
    "text",
    [
        "select 'at 10:30 :no'",
        "select 'it''s :no'",
        r"select E'it\'s :no'",
        'select ":no" from t',
        "select $$ :no $$",
        "select $body$ :no $$ :no $body$",
        "select 1 -- :no",
        "select 1 /* :no\n:no */",
        "select now()::timestamptz",
        "call f(a := 1)",
        "select a[1:2], a[low:high], (f(x))[:2]",
        "select '{\"a\": 1}'::jsonb",
        "select 10:30",
    ],
)
def test_what_only_looks_like_a_parameter_is_left_alone(text: str) -> None:
    assert number_parameters(text) == (text, ())


def test_parameters_next_to_anything_are_found() -> None:
    text, names = number_parameters("select :a::text||:b, f(:c,:a), array[:d], x=:e, '{}'::jsonb||:f::jsonb")
    assert text == "select $1::text||$2, f($3,$1), array[$4], x=$5, '{}'::jsonb||$6::jsonb"
    assert names == ("a", "b", "c", "d", "e", "f")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("select 1;\n-- name: x\nselect 2", "before the first"),
        ("-- name: x\nselect 1\n-- name: x\nselect 2", ":3: x is there already, in line 1"),
        ("-- name: Find It\nselect 1", "words_with_underscores"),
        ("-- name: findIt\nselect 1", "words_with_underscores"),
        ("-- name: x\n-- only a sentence\n", "has 0 statements"),
        ("-- name: x\nselect 1; select 2", "has 2 statements"),
        ("-- name: x\nselect $1", "numbered parameter"),
        ("-- name: x\nselect {{y}}", ":1: x asks for a piece y"),
        ("-- name: x\nselect {{y}}\n-- piece: y\n1", "does not stand above it"),
        ("-- piece: y\n1\n-- piece: y\n2", ":3: y is there already"),
    ],
)
def test_a_malformed_file_is_refused_with_its_place(text: str, says: str) -> None:
    with pytest.raises(SqlFault, match=says):
        read_statements(text)


def test_a_script_is_split_only_between_statements() -> None:
    script = """
    create function f() returns text language plpgsql as $$ begin return ';'; end; $$;
    -- a comment; with a semicolon
    insert into t values ('a;b', "c;d");
    ;
    """
    parts = split_statements(script)
    assert len(parts) == 2
    assert parts[0].endswith("end; $$")


_PIECES = st.sampled_from(
    [
        "select ",
        ":id",
        "'te''xt :no'",
        "::uuid",
        " /* :no */ ",
        "\n-- :no\n",
        '":no"',
        ", ",
        "$$ :no $$",
        " x ",
    ]
)


@given(st.lists(_PIECES, max_size=12))
def test_numbering_touches_parameters_and_nothing_else(pieces: list[str]) -> None:
    text = " ".join(pieces)  # a space keeps a piece from growing into its neighbour
    numbered, names = number_parameters(text)
    assert re.sub(r"\$1\b", ":id", numbered) == text
    assert names == (("id",) if ":id" in pieces else ())
