"""Tone: rare hints on words that brush the buyer off."""

from collections.abc import Iterator
from typing import Final

from xiaoer.guard.kinds.case import Case, Draft
from xiaoer.guard.scan import longest
from xiaoer.guard.vocabulary import Vocabulary

AREA: Final = "tone"
OVERLONG: Final = 800
SHORT: Final = 12
_SIGNS: Final = " \n,。.!?~…;:\x1f"
_PARTICLES: Final = "的呢哦啊呀吧啦哈噢嗯亲" + _SIGNS


def judge(case: Case) -> Iterator[Draft]:
    """Yield a hint for words that brush the buyer off."""
    for hit in longest(case.of(AREA)):
        yield _hint(case, "brush_off", hit.start, hit.end)


def whole(case: Case) -> Iterator[Draft]:
    """Yield a hint about the message as a whole: no more than a grunt, or far too long."""
    if len(case.text) > OVERLONG:
        yield _hint(case, "overlong", 0, len(case.text))
    elif is_curt(case.text, case.words):
        yield _hint(case, "curt", 0, len(case.text))


def is_curt(text: str, words: Vocabulary) -> bool:
    """Whether a text in normal form is no more than a grunt."""
    if len(text) > SHORT:
        return False
    bare = text.strip(_SIGNS)
    curt = words.words("tone.curt")
    return bare in curt or bare.rstrip(_PARTICLES) in curt


def _hint(case: Case, manner: str, start: int, end: int) -> Draft:
    ruling = case.rule("tone", manner=manner)
    if manner == "overlong":
        return Draft("tone", ruling, start, end, cut=(end, end))
    return Draft("tone", ruling, start, end, wording="tone")
