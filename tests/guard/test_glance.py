"""The one look over a text leaves nothing out of what the looks for each thing would see."""

import re
from itertools import product
from typing import Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from xiaoer.guard import book
from xiaoer.guard.disguise import bits
from xiaoer.guard.disguise.aloud import may_be_aloud
from xiaoer.guard.disguise.gate import suspicions
from xiaoer.guard.disguise.glance import glance
from xiaoer.guard.disguise.numbers import NUMBERS
from xiaoer.guard.disguise.shapes import inner_pairs
from xiaoer.guard.disguise.sounds import initial_runs, spelled
from xiaoer.guard.kinds import address
from xiaoer.guard.normal import HIDDEN, OPENING, SIGN, WEAK, fold

PULLED_APART: Final = re.compile(rf"[{SIGN}{WEAK}{OPENING}]{HIDDEN}")
GAP: Final = re.compile(r"(?<=[一-鿿])[ _\-.~/\x1f]{1,3}(?=[一-鿿])")
SIGNS: Final = [
    *" ._-/~=+'\"\\#()[]{}<>【】「」『』〔〕@:·,。、!?…“”—",
    *"0123456789oil零〇一壹两三伍七八玖舍",
    *"亲好微信全网最低价龌龊谞a b e n x q z V Ｑ①❤*|\u200b\n",
]
PARTS: Final = [
    *("138", "0013", "8000", "12345678", "l38oo", "lol", "oooo", "oilo", "hello", "xiao", "weixin", "qwzdj"),
    *(
        "一三八",
        "零零",
        "壹叁",
        "abc.com",
        "a@b",
        "://",
        "+86",
        "微 信",
        "微_信",
        "全(quan)",
        "微❤信",
        "【微】",
    ),
    *("[数字x]", "#e-s", "好", "好的", " ", "-", ".", ",", "全", "网"),
]


def _seen_one_by_one(text: str) -> int:
    seen = bits.HIDES * (PULLED_APART.search(text) is not None) | bits.NUMBERED * address.may_be_in(text)
    seen |= bits.NUMBERED * any(not match[0].isdigit() for match in NUMBERS.finditer(text))
    return seen


def _suspected_one_by_one(text: str) -> int:
    found = bits.ALOUD * may_be_aloud(text)
    found |= bits.IN_NUMBERS * any(not match[0].isdigit() for match in NUMBERS.finditer(text))
    gaps = (text[gap.start() - 1] + text[gap.end()] for gap in GAP.finditer(text))
    found |= bits.JOINED * (not inner_pairs().isdisjoint(gaps))
    for run in re.findall(r"[a-z]{2,}", text):
        found |= (bits.ALOUD | bits.PINYIN) * (spelled(run) is not None)
        found |= bits.INITIALS * (run in initial_runs())
    return found


@pytest.mark.parametrize(
    "text", ["电话 +12345678", "lol1234", "xlol1234", "aoooooooob", "call 1234567", "微 信"]
)
def test_what_is_seldom_written_is_seen(text: str):
    _check(text)
    assert glance(fold(text)) & bits.UNSURE


def _check(given_text: str) -> None:
    text = fold(given_text)
    seen = glance(text)
    assert not _seen_one_by_one(text) & ~seen, text
    assert not _suspected_one_by_one(text) & ~suspicions(text, 0, seen), text
    assert bool(seen & bits.HIDES) == (PULLED_APART.search(text) is not None), text


@settings(max_examples=600, deadline=None)
@given(st.text(st.sampled_from(SIGNS), max_size=24))
def test_of_signs_strewn_about_none_is_missed(text: str):
    _check(text)


@settings(max_examples=600, deadline=None)
@given(st.lists(st.sampled_from(PARTS), max_size=9).map("".join))
def test_of_numbers_letters_and_gaps_side_by_side_none_is_missed(text: str):
    _check(text)


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=60))
def test_of_any_text_nothing_is_missed(text: str):
    _check(text)


@pytest.mark.parametrize(
    "text", ["您好，已经为您安排了。", "订单10027179已发货", "收到，谢谢！", "2018年的那款也有哦"]
)
def test_ordinary_messages_hold_nothing(text: str):
    assert glance(fold(text)) == 0


def test_what_mere_reviews_come_to_without_a_lure_passes():
    table = book.shipped().tables["reviews"]
    for wish, pressure, polite in product(("honest", "none"), (False, True), (False, True)):
        facts = {"wish": wish, "lure": False, "pressure": pressure, "solved_and_polite": polite}
        assert table.decide(facts).outcome["verdict"] == "pass"
