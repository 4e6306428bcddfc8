"""The open labelled set: sentences on absolute terms, claims and delivery promises, the row as the label.

`labelled/promises_and_absolutes.jsonl`, one object a line: `text`, `kind`, `row` (of table D9 or D10),
`lawful` (whether it may be sent as it is) and, where it decides, `context`. Open for others to use.
"""

import json
from collections import Counter
from pathlib import Path
from typing import Any

import msgspec
import pytest

from xiaoer.guard import book, rules
from xiaoer.guard.model import Context, strictest

SET = Path(__file__).parent / "labelled" / "promises_and_absolutes.jsonl"
HELD = {"rewrite", "block"}
REACHED = 0.99
"""The share of sentences judged right that the rules have reached."""
REACHED_IN_ROWS = 0.98
"""The share for which they named the right row, too."""
REACHED_IN_EACH_ROW = 0.9
ROWS = [f"D9-{number}" for number in range(1, 14)] + ["D10-2"]


@pytest.fixture(scope="module")
def judged() -> list[tuple[dict[str, Any], bool, bool]]:
    """Each sentence, whether it was judged right, and whether by the right row."""
    return [(one, *_judged(one)) for one in map(json.loads, SET.read_text("utf-8").splitlines())]


def _judged(one: dict[str, Any]) -> tuple[bool, bool]:
    context = msgspec.convert(one.get("context", {}), Context)
    found = [x for x in rules.judge(one["text"], context, book.shipped()) if x.kind == one["kind"]]
    verdict = strictest([finding.verdict for finding in found])
    right = (verdict in HELD) != one["lawful"]
    rows = {finding.row for finding in found if finding.verdict == verdict}
    return right, right and (one["row"] in rows or (one["lawful"] and not rows))


def test_there_are_a_thousand_sentences_both_lawful_and_not_over_all_rows(
    judged: list[tuple[dict[str, Any], bool, bool]],
):
    assert len(judged) >= 1_000
    assert len({(one["text"], str(one.get("context"))) for one, _, _ in judged}) == len(judged)
    assert {one["row"] for one, _, _ in judged} == set(ROWS)
    lawful = sum(one["lawful"] for one, _, _ in judged) / len(judged)
    assert 0.4 < lawful < 0.6


def test_the_sentences_are_judged_as_well_as_the_rules_have_once_managed(
    judged: list[tuple[dict[str, Any], bool, bool]],
):
    wrong = [one["text"] for one, right, _ in judged if not right]
    assert 1 - len(wrong) / len(judged) >= REACHED, wrong
    misnamed = [one["text"] for one, _, named in judged if not named]
    assert 1 - len(misnamed) / len(judged) >= REACHED_IN_ROWS, misnamed


def test_no_row_is_left_behind(judged: list[tuple[dict[str, Any], bool, bool]]):
    total = Counter(one["row"] for one, _, _ in judged)
    named = Counter(one["row"] for one, _, right in judged if right)
    assert {
        row: named[row] / total[row] for row in ROWS if named[row] / total[row] < REACHED_IN_EACH_ROW
    } == {}


@pytest.mark.parametrize(
    "text",
    [
        "最近有货吗",
        "我们第一时间发货",
        "这是您的第一个订单",
        "请告诉我最新的地址",
        "面料是100% 棉",
        "一级（按GB/T 1354标准）大米",
    ],
)
def test_words_of_time_order_material_and_standard_pass(text: str):
    assert rules.review(text, Context(), book.shipped()).sendable


def test_the_lowest_price_of_the_whole_net_does_not():
    assert rules.review("全网最低价", Context(), book.shipped()).verdict == "block"
