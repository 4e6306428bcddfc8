"""The guard's data: tables are proved, names exist, wordings pass, readings agree with OpenCC."""

import ast
import json
import re
import tomllib
from importlib.resources import files
from pathlib import Path

import pytest
from opencc import OpenCC

from xiaoer.guard import book, rules, vocabulary
from xiaoer.guard.model import LANGUAGES, Context
from xiaoer.guard.normal import Passage, fold, plain, squeezed
from xiaoer.kernel.table_text import check, load

GUARD = Path(str(files("xiaoer.guard")))
TABLES = sorted(path for path in (GUARD / "tables").glob("*.toml") if "[[row]]" in path.read_text("utf-8"))
WORDS = vocabulary.shipped()
TABLE_LANGUAGES = {"zh", "zh-Hant", "en", "es", "ja", "ko"}
NAME = re.compile(rf"^(?:{'|'.join(vocabulary.LISTS)})\.[a-z_]*[a-z]$")


@pytest.mark.parametrize("path", TABLES, ids=lambda path: path.stem)
def test_every_case_of_a_table_has_one_row(path: Path):
    assert check(path.read_text("utf-8")) == ()


@pytest.mark.parametrize("path", TABLES, ids=lambda path: path.stem)
def test_every_row_has_a_named_ground_and_a_reason_in_six_languages(path: Path):
    grounds = tomllib.loads((GUARD / "tables" / "grounds.toml").read_text("utf-8"))
    for row in load(path.read_text("utf-8")).rows:
        for name in row.basis.split(", "):
            assert set(grounds[name]) == set(LANGUAGES), f"{row.id}: {name}"
        if path.stem == "override":  # says in its own words what a proof answers for
            assert set(row.say) == TABLE_LANGUAGES, row.id
            continue
        for language in LANGUAGES:
            assert f"reason.{row.then['reason']}" in sentences(language), f"{row.id}: {language}"


def sentences(language: str) -> dict[str, str]:
    path = files("xiaoer") / "catalogue" / language / "guard.json"
    return json.loads(path.read_text("utf-8"))


def test_all_patterns_compile_and_all_names_in_the_code_exist():
    for name in WORDS.names():
        WORDS.pattern(name)
    used: set[str] = set()
    for path in GUARD.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                used |= set(NAME.findall(node.value))
    assert used <= WORDS.names(), used - WORDS.names()


def test_no_term_stands_in_a_list_twice():
    seen = [(fold(term.word), term.area, term.group) for term in WORDS.terms]
    assert sorted({one for one in seen if seen.count(one) > 1}) == []


def test_every_ready_wording_may_be_sent():
    wordings = tomllib.loads((GUARD / "tables" / "wordings.toml").read_text("utf-8"))
    shipped = book.shipped()
    for name, texts in wordings.items():
        for text in texts.values():
            said = f"您好{text}" if text.startswith("，") else text.replace("{when}", "3")
            assert rules.review(said, Context(), shipped).verdict == "pass", f"{name}: {text}"


def test_what_a_list_says_instead_may_be_said():
    shipped = book.shipped()
    for term in WORDS.terms:
        if term.instead:
            assert rules.review(f"这是{term.instead}", Context(), shipped).sendable, term
    for adjective, instead in WORDS.words("absolute.quality").items():
        assert rules.review(f"这款{instead or '很' + adjective}", Context(), shipped).sendable, adjective


def test_lists_are_read_line_by_line():
    read = vocabulary.parse(
        ["# a comment", "[one.group]", "", "甲 | 乙 => 丙", "丁"],
        ["[set.one.words]", "Ａ | 後\\d", "[pattern.one.p]", "^<one.words>$", "x|y"],
    )
    assert [(term.word, term.area, term.group, term.instead) for term in read.terms] == [
        ("甲", "one", "group", "丙"),
        ("乙", "one", "group", "丙"),
        ("丁", "one", "group", ""),
    ]
    assert list(read.words("one.words")) == ["a", "后\\d"]
    assert read.has("one.p", "后1")
    assert read.has("one.p", "x")
    assert not read.has("one.p", "b")
    with pytest.raises(ValueError, match="no heading"):
        vocabulary.parse(["甲"])


# ── the normal form ──────────────────────────────────────────────────────


def test_folding_simplifies_as_opencc_does():
    simplify = OpenCC("t2s").convert
    traditional = "國級極業獨價當達證絕對轉賬體驗電話發貨評價優惠預計臺灣後天訂單"
    assert fold(traditional) == simplify(traditional)


@pytest.mark.parametrize(
    ("given", "folded"),
    [
        ("ＶＸ：ａｂｃ", "vx:abc"),
        ("ⓥⓧ", "vx"),
        ("🅥🅧", "vx"),
        ("🇻🇽", "vx"),
        ("1️⃣3️⃣", "13"),
        ("①②❸", "123"),
        ("W\u200bei\u2060xin", "weixin"),
        ("más ÁÉÍ año", "mas aei año"),
        ("аɡе", "aɡe"),
        ("微❤信", "微\x1f信"),
        ("a\u3000b\tc", "a b c"),
        ("\ud800", "\x1f"),
        ("ﾀﾞｲ", "タ\u3099イ"),
    ],
)
def test_folding(given: str, folded: str):
    assert fold(given) == folded


@pytest.mark.parametrize(
    ("given", "closed"),
    [
        ("话(huà)术(shù)", "话术"),
        ("加(jiā)微（wēi）信[xìn]", "加微信"),
        ("苹果(一箱)", "苹果(一箱)"),
        ("全 网 最 低", "全网最低"),
        ("加微 信", "加微信"),
        ("稍微 信息", "稍微 信息"),
        ("最*低*价", "最低价"),
        ("v.x", "vx"),
        ("【最】【低】价", "最低价"),
        ("我的-客户服务", "我的-客户服务"),
    ],
)
def test_closing_up(given: str, closed: str):
    passage = plain(Passage(fold(given), given))
    assert (squeezed(passage) or passage).text == closed


def test_every_place_maps_back():
    given = "ＡＡ㍿(zuì)微❤️信\u200b 全 网"
    passage = plain(Passage(fold(given), given))
    pulled = squeezed(passage)
    assert pulled is not None
    for one in (passage, pulled):
        assert len(one.origin) == len(one.text)
        assert one.origin == sorted(one.origin)
    place = pulled.text.index("微信")
    start, end = pulled.span(place, place + 2)
    assert given[start:end] == "微❤️信"
