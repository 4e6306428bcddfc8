"""Decision tables: asking them, reading and writing them, and the proof that they are complete."""

import itertools
from collections.abc import Mapping
from enum import StrEnum

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from xiaoer.kernel.table import FactError, Table, TableError, Value
from xiaoer.kernel.table_proof import flaws
from xiaoer.kernel.table_text import check, dump, load, load_plain, markdown, plain

REFUND = """
table = "refund_path"
title = { zh = "退款路径", en = "Refund path" }

[inputs]
reason = ["no_reason", "quality", "not_received"]
shipped = "bool"
days = { bands = { in_window = "..7", late = "8..15", too_late = "16.." } }

[outputs]
path = ["pay", "ask_seller", "refuse"]
hours = "int?"
measures = { words = ["warn", "shield"], many = true }

[[row]]
id = "1"
when = { shipped = false }
then = { path = "pay" }
basis = "O-001"
say = { zh = "未发货,直接退。", en = "Not shipped: pay at once." }

[[row]]
id = 2
when = { shipped = true, reason = "no_reason", days = "in_window" }
then = { path = "ask_seller", hours = 48 }
basis = "L-001"

[[row]]
id = "3"
when = { shipped = true, reason = "no_reason", days = { not = "in_window" } }
then = { path = "refuse", measures = ["warn", "shield"] }
basis = "L-001"

[[row]]
id = "4"
when = { shipped = true, reason = ["quality", "not_received"] }
then = { path = "ask_seller", hours = 24 }
basis = "T-024"
"""


class Reason(StrEnum):
    QUALITY = "quality"


def _facts(reason: str = "no_reason", shipped: bool = True, days: int = 3) -> dict[str, object]:
    return {"reason": reason, "shipped": shipped, "days": days}


@pytest.mark.parametrize(
    ("facts", "row", "path"),
    [
        (_facts(shipped=False), "1", "pay"),
        (_facts(), "2", "ask_seller"),
        (_facts(days=7), "2", "ask_seller"),
        (_facts(days=8), "3", "refuse"),
        (_facts(days=-400), "2", "ask_seller"),
        (_facts(days=10_000), "3", "refuse"),
        (_facts(reason=Reason.QUALITY, days=8), "4", "ask_seller"),
    ],
)
def test_one_row_answers(facts: Mapping[str, object], row: str, path: str) -> None:
    table = load(REFUND, version="v7")
    for _ in range(2):  # the second answer comes from memory
        decision = table.decide({**facts, "unrelated": object()})
        assert (decision.row, decision.word("path")) == (row, path)
        assert (decision.table, decision.version) == ("refund_path", "v7")
        assert decision.inputs == facts
        assert decision.basis == table.row(row).basis


def test_results_are_typed() -> None:
    table = load(REFUND)
    refused, asked = table.decide(_facts(days=9)), table.decide(_facts())
    assert refused.words("measures") == ("warn", "shield")
    assert asked.words("measures") == ()
    assert asked.number("hours") == 48
    assert refused.outcome["hours"] is None
    with pytest.raises(TypeError, match="no number"):
        refused.number("hours")
    with pytest.raises(TypeError, match="no word"):
        asked.word("hours")
    with pytest.raises(TypeError, match="neither true nor false"):
        asked.flag("path")
    with pytest.raises(TypeError, match="no list"):
        asked.words("path")


@pytest.mark.parametrize(
    ("facts", "message"),
    [
        ({"reason": "quality", "shipped": True}, "'days' is missing"),
        (_facts(reason="because"), "'reason' cannot be 'because'"),
        ({**_facts(), "days": "many"}, "'days' cannot be 'many'"),
        ({**_facts(), "days": "in_window"}, "cannot be"),
        ({**_facts(), "reason": ["quality"]}, "cannot be"),
        ({**_facts(), "shipped": None}, "cannot be None"),
    ],
)
def test_a_bad_fact_is_a_fault(facts: Mapping[str, object], message: str) -> None:
    table = load(REFUND)
    table.decide(_facts())
    with pytest.raises(FactError, match=message):
        table.decide(facts)


def test_a_memory_stays_bounded() -> None:
    table = load(REFUND)
    for days in range(20_000):
        assert table.decide(_facts(days=days)).row == ("2" if days <= 7 else "3")


def test_a_miss_is_explained() -> None:
    misses = load(REFUND).misses(_facts(days=9))
    assert misses == {"1": ("shipped",), "2": ("days",), "3": (), "4": ("reason",)}


def test_the_example_is_proved_and_drawn() -> None:
    table = load(REFUND)
    assert flaws(table) == ()
    assert check(REFUND) == ()
    assert table.cases == 18
    drawn = markdown(table, "zh")
    assert "# 退款路径" in drawn
    assert "18 cases, each taken by exactly one row" in drawn
    assert "| 3 | no_reason | yes | not in_window | refuse | – | warn, shield | L-001 |" in drawn
    assert "未发货,直接退。" in drawn


def test_text_goes_round() -> None:
    table = load(REFUND)
    again = load(dump(table))
    assert again == table
    assert dump(again) == dump(table)
    assert load_plain(plain(table)) == table
    assert plain(again) == plain(table)
    assert len(table.version) == 12
    assert load(REFUND.replace("48", "49")).version != table.version
    assert load("# the same words\n" + REFUND).version == table.version


# ── flaws ────────────────────────────────────────────────────────────────

SMALL = """
table = "small"
[inputs]
who = ["buyer", "agent", "robot"]
strikes = "0..2"
[outputs]
deed = ["go", "stop"]
"""


def _row(id: str, when: str, deed: str = "go") -> str:
    return f'[[row]]\nid = "{id}"\nwhen = {when}\nthen = {{ deed = "{deed}" }}\nbasis = "S-001"\n'


def test_a_gap_is_shown_by_a_case() -> None:
    text = SMALL + _row("1", '{ who = "buyer" }') + _row("2", '{ who = ["agent"], strikes = "0..1" }')
    table = load(text)
    gaps = flaws(table)
    assert [flaw.kind for flaw in gaps] == ["gap", "gap"]
    assert [flaw.example for flaw in gaps] == [
        {"who": "agent", "strikes": 2},
        {"who": "robot", "strikes": 0},
    ]
    for flaw in gaps:
        with pytest.raises(FactError, match="no row for"):
            table.decide(flaw.example or {})
    assert "not proved" in markdown(table)


def test_an_overlap_is_shown_by_a_case() -> None:
    table = load(SMALL + _row("1", '{ who = { not = "robot" } }') + _row("2", "{ strikes = [1, 2] }", "stop"))
    overlap = next(flaw for flaw in flaws(table) if flaw.kind == "overlap")
    assert overlap.rows == ("1", "2")
    assert overlap.example == {"who": "buyer", "strikes": 1}
    with pytest.raises(FactError, match="several rows for .*: 1, 2"):
        table.decide(overlap.example or {})


def test_cases_declared_impossible_need_no_row() -> None:
    never = '[[impossible]]\nwhen = { who = "robot", strikes = { not = 0 } }\nbecause = "robots get none"\n'
    rows = _row("1", '{ who = "robot" }') + _row("2", '{ who = { not = "robot" }, strikes = "any" }', "stop")
    table = load(SMALL + never + rows + _row("3", '{ who = "robot", strikes = 2 }'))
    assert [(flaw.kind, flaw.rows) for flaw in flaws(table)] == [("unreachable", ("3",))]
    assert table.decide({"who": "robot", "strikes": 0}).row == "1"
    with pytest.raises(FactError, match="robots get none"):
        table.decide({"who": "robot", "strikes": 1})
    assert "robots get none" in markdown(table)
    assert load(dump(table)) == table


def test_otherwise_takes_the_rest() -> None:
    rows = _row("1", '{ who = "buyer" }') + _row("2", '"otherwise"', "stop")
    table = load(SMALL + rows)
    assert flaws(table) == ()
    assert table.decide({"who": "buyer", "strikes": 1}).row == "1"
    assert table.decide({"who": "agent", "strikes": 1}).row == "2"
    assert table.misses({"who": "agent", "strikes": 1}) == {"1": ("who",)}
    assert load(dump(table)) == table
    full = load(SMALL + rows + _row("3", '{ who = ["agent", "robot"] }'))
    assert [(flaw.kind, flaw.rows) for flaw in flaws(full)] == [("unreachable", ("2",))]


def test_a_collecting_table_gives_all_rows() -> None:
    rows = _row("1", '{ who = "buyer" }') + _row("2", "{ strikes = 1 }", "stop")
    table = load(SMALL.replace('"small"', '"small"\nhit = "collect"') + rows)
    assert flaws(table) == ()
    assert [hit.row for hit in table.collect({"who": "buyer", "strikes": 1})] == ["1", "2"]
    assert table.collect({"who": "agent", "strikes": 0}) == ()
    assert [hit.row for hit in table.collect({"who": "buyer", "strikes": 1})] == ["1", "2"]
    with pytest.raises(FactError, match="collect"):
        table.decide({"who": "buyer", "strikes": 0})
    with pytest.raises(FactError, match="missing"):
        table.collect({"who": "buyer"})
    assert load(dump(table)) == table


def test_asked_again_a_collecting_table_says_the_row_it_said_as_long_as_that_fits() -> None:
    rows = _row("1", '{ who = "buyer" }') + _row("2", "{ strikes = 1 }", "stop")
    table = load(SMALL.replace('"small"', '"small"\nhit = "collect"') + rows)
    assert [table.again({"who": "buyer", "strikes": 1}, row).row for row in ("1", "2")] == ["1", "2"]
    with pytest.raises(FactError, match="'2' does not take"):
        table.again({"who": "agent", "strikes": 0}, "2")


def test_asked_again_a_table_with_one_answer_gives_it_whatever_it_said_before() -> None:
    table = load(SMALL + _row("1", '{ who = "buyer" }') + _row("2", '"otherwise"', "stop"))
    assert table.again({"who": "agent", "strikes": 1}, "1").row == "2"


ROW = _row("1", "{ }")


@pytest.mark.parametrize(
    ("text", "kind", "message"),
    [
        ("table = ", "syntax", "not TOML"),
        (SMALL, "shape", "at least one row"),
        (ROW, "shape", "table is missing"),
        (SMALL + _row("1", '{ who = "bayer" }'), "unknown_word", "did you mean 'buyer'"),
        (SMALL + _row("1", '{ whom = "buyer" }'), "unknown_word", "did you mean 'who'"),
        (SMALL + _row("1", "{ strikes = 3 }"), "unknown_word", "3 is not among"),
        (SMALL + _row("1", '{ strikes = "1..3" }'), "unknown_word", "not among"),
        (SMALL + _row("1", "{ strikes = true }"), "unknown_word", "true is not among"),
        (SMALL + _row("1", "{ strikes = [] }"), "shape", "names no value"),
        (SMALL + _row("1", '{ who = { never = "buyer" } }'), "shape", "not = …"),
        (SMALL + _row("1", '"never"'), "shape", "when is"),
        (SMALL + _row("1", "{ }", "walk"), "unknown_word", "'walk' is not among"),
        (SMALL + ROW + ROW, "repeated_row", "row id 1"),
        (SMALL + ROW.replace('basis = "S-001"', ""), "shape", "basis is missing"),
        (
            SMALL + ROW.replace('basis = "S-001"', 'basis = "S-001"\nbases = 1'),
            "shape",
            "did you mean 'basis'",
        ),
        (SMALL + ROW.replace('id = "1"', ""), "shape", "row number 1 has no id"),
        (SMALL + ROW.replace('{ deed = "go" }', "{}"), "shape", "'deed' is missing"),
        (SMALL + ROW.replace('deed = "go"', 'deed = "go", deeds = 1'), "unknown_word", "did you mean 'deed'"),
        (SMALL + _row("1", '"otherwise"') + _row("2", '"otherwise"'), "shape", "only one row"),
        (SMALL.replace('"0..2"', '"0-2"') + ROW, "shape", "a range like"),
        (SMALL.replace('"0..2"', '"0..2000"') + ROW, "shape", "a range like"),
        (SMALL.replace('"0..2"', "{ bands = {} }") + ROW, "shape", "bands are"),
        (SMALL.replace('"0..2"', '{ bands = { a = "..3", b = "5.." } }') + ROW, "shape", "one after the end"),
        (SMALL.replace('"0..2"', '{ bands = { a = "3..1" } }') + ROW, "shape", "ends before"),
        (SMALL.replace('"0..2"', '{ bands = { a = "x" } }') + ROW, "shape", "first..last"),
        (SMALL.replace('"robot"', '"any"') + ROW, "shape", "'any' cannot be a word"),
        (SMALL.replace('"robot"', '"buyer"') + ROW, "shape", "stands there twice"),
        (SMALL.replace('["go", "stop"]', '"float"') + ROW, "shape", "output 'deed'"),
        (SMALL.replace('["go", "stop"]', '"int"') + ROW, "shape", "'go' is no int"),
        (SMALL.replace('["go", "stop"]', "[]") + ROW, "shape", "at least one word"),
        ('hit = "first"\n' + SMALL + ROW, "shape", "hit is"),
        ("title = 3\n" + SMALL + ROW, "shape", "title is"),
        ("impossible = 3\n" + SMALL + ROW, "shape", "impossible is a list"),
        ('inputs = "x"\noutputs = "x"\ntable = "t"', "shape", "a table needs [inputs]"),
    ],
)
def test_a_mistake_is_named(text: str, kind: str, message: str) -> None:
    found = check(text)
    assert any(flaw.kind == kind and message in flaw.message for flaw in found), found


def test_all_mistakes_are_named_with_row_and_line() -> None:
    text = SMALL + _row("7", '{ who = "bayer" }', "walk") + _row("8", '{ who = "buyer", strikes = 9 }')
    with pytest.raises(TableError) as caught:
        load(text)
    places = [(flaw.rows, flaw.line, flaw.name, flaw.word) for flaw in caught.value.flaws]
    assert places == [(("7",), 8, "who", "bayer"), (("7",), 8, "deed", "walk"), (("8",), 13, "strikes", "9")]
    assert check("table = 1 2")[0].line == 1


# ── laws ─────────────────────────────────────────────────────────────────

DOMAINS: dict[str, tuple[Value, ...]] = {
    "a": ("x", "y", "z"),
    "b": (False, True),
    "c": (0, 1, 2),
    "d": ("low", "high"),
}


@st.composite
def _tables(draw: st.DrawFn) -> Table:
    def when() -> dict[str, object]:
        cells: dict[str, object] = {}
        for name, domain in DOMAINS.items():
            chosen = draw(st.lists(st.sampled_from(domain), unique=True, max_size=len(domain)))
            if chosen:
                cells[name] = {"not": chosen} if draw(st.booleans()) and len(chosen) < len(domain) else chosen
        return cells

    text = st.text(max_size=8)
    rows = [
        {
            "id": str(index),
            "when": when(),
            "then": {"t": draw(text), "n": draw(st.integers()), "f": draw(st.booleans())},
            "basis": "S-001",
            "say": {"zh": draw(text)},
        }
        for index in range(draw(st.integers(1, 6)))
    ]
    if draw(st.booleans()):
        rows[-1]["when"] = "otherwise"
    never = [{"when": when(), "because": "so"} for _ in range(draw(st.integers(0, 2)))]
    return load_plain(
        {
            "table": "random",
            "inputs": {"a": ["x", "y", "z"], "b": "bool", "c": "0..2", "d": ["low", "high"]},
            "outputs": {"t": "text", "n": "int", "f": "bool"},
            "impossible": never,
            "row": rows,
        }
    )


@settings(max_examples=25, deadline=None)
@given(_tables())
def test_the_proof_agrees_with_enumeration(table: Table) -> None:
    gaps = overlaps = 0
    reached: set[str] = set()
    pairs: set[tuple[str, ...]] = set()
    for case in itertools.product(*DOMAINS.values()):
        facts = dict(zip(DOMAINS, case, strict=True))
        if any(
            all(cell.takes(facts[name]) for name, cell in never.when.items()) for never in table.impossible
        ):
            with pytest.raises(FactError, match="impossible"):
                table.decide(facts)
            continue
        misses = table.misses(facts)
        hits = [row for row, missed in misses.items() if not missed]
        if not hits:
            hits = [row.id for row in table.rows if row.otherwise]
        reached.update(hits)
        gaps += not hits
        pairs |= set(itertools.combinations(hits, 2))
        if len(hits) == 1:
            assert table.decide(facts).row == hits[0]
        else:
            overlaps += bool(hits)
            with pytest.raises(FactError):
                table.decide(facts)
    found = flaws(table)
    assert bool(gaps) == any(flaw.kind == "gap" for flaw in found)
    assert pairs == {flaw.rows for flaw in found if flaw.kind == "overlap"}
    unreachable = {flaw.rows[0] for flaw in found if flaw.kind == "unreachable"}
    assert unreachable == {row.id for row in table.rows} - reached
    for flaw in found:
        if flaw.kind in ("gap", "overlap"):
            with pytest.raises(FactError):
                table.decide(flaw.example or {})


@settings(max_examples=25, deadline=None)
@given(_tables())
def test_every_table_goes_round(table: Table) -> None:
    assert load(dump(table)) == table
    assert load_plain(plain(table)) == table
    assert markdown(table)


def test_a_table_too_large_to_enumerate_is_proved() -> None:
    names = [f"i{n}" for n in range(40)]
    inputs = "".join(f'{name} = ["a", "b", "c"]\n' for name in names)
    rows = "".join(
        _row(name, "{ " + ", ".join([*(f'{x} = "a"' for x in names[:n]), f'{name} = {{ not = "a" }}']) + " }")
        for n, name in enumerate(names)
    )
    text = f'table = "large"\n[inputs]\n{inputs}[outputs]\ndeed = ["go"]\n'
    table = load(text + rows)
    assert table.cases == 3**40
    assert [flaw.example for flaw in flaws(table)] == [dict.fromkeys(names, "a")]
    assert flaws(load(text + rows + _row("last", "{ " + ", ".join(f'{x} = "a"' for x in names) + " }"))) == ()
