"""Tone: rare hints on words that brush the buyer off."""

import re
from collections.abc import Iterator
from typing import Final

from xiaoer.guard.kinds.case import Case, Draft
from xiaoer.guard.scan import longest

AREA: Final = "tone"
OVERLONG: Final = 800
_TRIMMINGS: Final = re.compile(r"[\s,。.!?~…;:\x1f]+|[的呢哦啊呀吧啦哈噢嗯亲]+$")
_SHORT: Final = 12


def judge(case: Case) -> Iterator[Draft]:
    """Yield a hint for words that brush the buyer off."""
    for hit in longest(case.of(AREA)):
        yield _decide(case, "brush_off", hit.start, hit.end)


def whole(case: Case) -> Iterator[Draft]:
    """Yield a hint about the message as a whole: no more than a grunt, or far too long."""
    text = case.passage.text
    if len(text) <= _SHORT:
        bare = _TRIMMINGS.sub("", text)
        if bare in case.book.vocabulary.words("tone.curt") or text.strip() in case.book.vocabulary.words(
            "tone.curt"
        ):
            yield _decide(case, "curt", 0, len(text))
    elif len(text) > OVERLONG:
        yield _decide(case, "overlong", 0, len(text))


def _decide(case: Case, manner: str, start: int, end: int) -> Draft:
    decision = case.book.decide("tone", manner=manner)
    instead = "" if manner == "overlong" else case.wording("tone")
    cut = (end, end) if manner == "overlong" else case.passage.sentence(start, end)
    return Draft("tone", decision.row, "hint", decision.word("reason"), start, end, instead, cut)
