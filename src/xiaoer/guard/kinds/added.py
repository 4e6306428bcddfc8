"""Terms that a marketplace or shop has added: what they say is done."""

from collections.abc import Iterator
from typing import Final, cast

from xiaoer.guard.kinds.case import Case, Draft
from xiaoer.guard.model import Kind
from xiaoer.guard.scan import longest

AREA: Final = "added"


def judge(case: Case) -> Iterator[Draft]:
    """Yield a draft for each added term."""
    for hit in longest(case.of(AREA)):
        ruling = case.rule("added", wanted=hit.term.verdict)
        yield Draft(cast("Kind", hit.term.group), ruling, hit.start, hit.end, hit.term.instead)
