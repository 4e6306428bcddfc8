"""Which words are kept, and how they are shown."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xiaoer.conversations.rules.text import PREVIEW_LENGTH, clean, preview, shown
from xiaoer.kernel.refusal import Refused


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("  你好 \n", "你好"),
        ("一\r\n二\r三", "一\n二\n三"),
        ("一\u2028二", "一\n二"),
        ("a\x00b\x07c\x9f", "abc"),
        ("a\tb", "a\tb"),
        ("\ud800x\udfff", "x"),
        ("\ufffe是\uffff", "是"),
        ("👩\u200d👩\u200d👧", "👩\u200d👩\u200d👧"),
        ("\u202e款退\u202c", "\u202e款退\u202c"),
    ],
)
def test_text_is_cleaned_and_evidence_stays(given: str, kept: str):
    assert clean(given, limit=100) == kept


@pytest.mark.parametrize(
    "nothing", ["", " \n\t", "\u200b\u200b", "\u202e\u202c", "\x00\x01", "\u3164", "\u2800 "]
)
def test_nothing_to_see_is_nothing_to_send(nothing: str):
    assert clean(nothing, limit=10) == Refused("refused", "conversations.text_empty")


def test_the_limit_counts_code_points():
    assert clean("字" * 10, limit=10) == "字" * 10
    refused = clean("字" * 11, limit=10)
    assert isinstance(refused, Refused)
    assert (refused.code, refused.facts) == ("conversations.text_too_long", {"limit": 10, "length": 11})


@pytest.mark.parametrize(
    ("text", "harmless"),
    [
        ("退款 100 元", None),
        ("plain", None),
        ("مرحبا \u200f(1)", None),
        ("ok\u202egnp.exe", "okgnp.exe"),
        ("微\u200b信", "微信"),
        ("\u2066x\u2069", "x"),
    ],
)
def test_marks_that_reorder_or_hide_are_not_shown(text: str, harmless: str | None):
    assert shown(text) == harmless


@given(st.text(max_size=300))
def test_clean_text_stays_clean(text: str):
    once = clean(text, limit=1000)
    if isinstance(once, str):
        assert clean(once, limit=1000) == once
        once.encode()  # whole characters only
        assert "\x00" not in once


@given(st.text(max_size=2000))
def test_a_preview_is_one_short_line(text: str):
    line = preview("text", text, {})
    assert len(line) <= PREVIEW_LENGTH
    assert "\n" not in line


def test_previews_of_things_name_them():
    assert preview("card", "", {"card": {"title": "红色大衣"}}) == "红色大衣"
    assert preview("image", "", {"file": {"name": "a.png"}}) == "a.png"
    assert preview("file", "发票在这里", {"file": {"name": "a.pdf"}}) == "发票在这里"
    assert preview("recall", "", {"recalls": 3}) == ""
