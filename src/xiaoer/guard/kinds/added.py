"""Terms that a marketplace or shop has added: what they say is done."""

from collections.abc import Iterator
from typing import Final, cast

from xiaoer.guard.kinds.case import Case, Draft
from xiaoer.guard.model import Kind, Verdict
from xiaoer.guard.scan import longest

AREA: Final = "added"


def judge(case: Case) -> Iterator[Draft]:
    """Yield a draft for each added term."""
    for hit in longest(case.of(AREA)):
        decision = case.book.decide("added", verdict=hit.term.verdict)
        kind, verdict = cast("Kind", hit.term.group), cast("Verdict", hit.term.verdict)
        yield Draft(
            kind, decision.row, verdict, decision.word("reason"), hit.start, hit.end, hit.term.instead
        )
