"""Sentences written for this project, lawful and not, under the row that decides them."""

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest

from xiaoer.guard import book, rules
from xiaoer.guard.model import Context, Finding, strictest

SENTENCES = Path(__file__).parent / "sentences"
HELD = {"rewrite", "block"}


def _groups() -> Iterator[Any]:
    """Every group of every file, named by what it is about."""
    for path in sorted(SENTENCES.glob("*.toml")):
        for number, group in enumerate(tomllib.loads(path.read_text("utf-8"))["group"]):
            yield pytest.param(group, id=f"{path.stem}-{number}-{group['row']}-{group['expect'][0]}")


GROUPS = list(_groups())


def judged(group: dict[str, Any], sentence: str) -> tuple[Finding, ...]:
    context = msgspec.convert(group.get("context", {}), Context)
    return rules.judge(sentence, context, book.shipped())


@pytest.mark.parametrize("group", GROUPS)
def test_sentences_get_the_verdict_and_the_row_of_their_group(group: dict[str, Any]):
    wrong: list[str] = []
    for sentence in group["sentences"]:
        mine = [finding for finding in judged(group, sentence) if finding.kind == group["kind"]]
        verdict = strictest([finding.verdict for finding in mine])
        rows = {finding.row for finding in mine if finding.verdict == verdict}
        if verdict not in group["expect"] or (verdict != "pass" and group["row"] not in rows):
            wrong.append(f"{sentence}: {verdict} {sorted(rows)}")
    assert not wrong


@pytest.mark.parametrize("group", [one for one in GROUPS if one.values[0]["expect"][0] == "pass"])
def test_lawful_sentences_are_held_back_by_no_other_kind(group: dict[str, Any]):
    wrong = [
        f"{sentence}: {finding.kind} {finding.row}"
        for sentence in group["sentences"]
        for finding in judged(group, sentence)
        if finding.verdict in HELD
    ]
    assert not wrong


@pytest.mark.parametrize("group", [one for one in GROUPS if HELD & {*one.values[0]["expect"]}])
def test_the_reworded_sentence_may_be_sent(group: dict[str, Any]):
    context = msgspec.convert(group.get("context", {}), Context)
    wrong: list[str] = []
    for sentence in group["sentences"]:
        better = rules.review(sentence, context, book.shipped()).text
        if not better or not rules.review(better, context, book.shipped()).sendable:
            wrong.append(f"{sentence} → {better}")
    assert not wrong
