"""Insult, curse, threat, discrimination and sarcasm: who is meant decides."""

from collections.abc import Callable, Iterator
from typing import Final

from xiaoer.guard.book import GuardBook
from xiaoer.guard.disguise.bits import WEIGHED
from xiaoer.guard.kinds.case import Case, Draft
from xiaoer.guard.learned import likelihood, opinion
from xiaoer.guard.model import BUYERS
from xiaoer.guard.normal import SIGN
from xiaoer.guard.scan import ALLOW, EVERYWHERE, Hit, longest

AREA: Final = "abuse"
_SAYS: Final = 4
"""Shorter texts say too little to be weighed."""
_EVEN: Final = 0.5
"""Where a marketplace asks for less than this likelihood, every text is weighed."""


def judge(case: Case) -> Iterator[Draft]:
    """Yield a draft for each abusive word; the whole sentence is what a better wording replaces."""
    for hit in longest([hit for hit in case.of(AREA) if _is_meant(case, hit)]):
        sort = _SORTS.get(hit.term.group, hit.term.group)
        quoted = "abuse.threat_quoted" if sort == "threat" else "abuse.quoted"
        ruling = case.rule(
            "abuse",
            sort=sort,
            aim="self_or_quoted" if case.words.has(quoted, case.passage.before(hit.start, 14)) else "other",
            buyer=case.context.role in BUYERS,
        )
        yield Draft("abuse", ruling, hit.start, hit.end, wording="abuse")


def seems_abusive(text: str, book: GuardBook, marks: int) -> bool:
    """Whether the learned judge would speak of a text in normal form; `marks` is what was walked over."""
    if not book.learned or not (marks & WEIGHED or book.abuse_likely < _EVEN):
        return False
    return len(text) >= _SAYS and is_likely(text, book)


def is_likely(text: str, book: GuardBook) -> bool:
    """Whether the learned judge holds a text in normal form for abuse, whatever was walked over."""
    weights = book.weights()
    return weights is not None and likelihood(text, weights) >= book.abuse_likely


def learned(case: Case) -> Iterator[Draft]:
    """Yield a draft over what weighed most, when the learned judge holds the text for abuse."""
    weights, text = case.book.weights(), _without_allowed(case)
    if weights is None or not text.strip() or not is_likely(text, case.book):
        return
    thought = opinion(text, weights)
    sort = "sure" if thought.likelihood >= case.book.abuse_sure else "likely"
    ruling = case.rule("abuse", sort=sort, aim="other", buyer=case.context.role in BUYERS)
    yield Draft("abuse", ruling, thought.start, thought.end, wording="abuse", thought=thought)


def _without_allowed(case: Case) -> str:
    """The text with a sign for every character of what the lists allow: 垃圾桶 weighs nothing."""
    text = case.text
    for start, end, term in case.book.find(text)[0]:
        if term.group == ALLOW and term.area in {AREA, EVERYWHERE}:
            text = text[:start] + SIGN * (end - start) + text[end:]
    return text


def _is_meant(case: Case, hit: Hit) -> bool:
    """Whether a word that has harmless uses is used in its harmful one."""
    needs = _NEEDS.get(hit.term.group)
    return needs is None or needs(case, hit)


def _is_aimed(case: Case, hit: Hit) -> bool:
    """A word like 垃圾 insults when it is said of a person, or when it is all that is said."""
    words = case.words
    before, after = case.passage.before(hit.start, 8), case.passage.after(hit.end, 4)
    if hit.term.word.endswith("的") and after and not words.has("abuse.curse_after", after):
        return False
    if words.has("abuse.short_word", hit.term.word) and not words.has("abuse.pause", after[:3]):
        return False
    if words.has("abuse.at_you", before):
        return not words.begins("abuse.harmless_after", after)
    return not before and words.has("abuse.only_pause", after[:2]) and len(case.text.strip()) <= 6


def _is_slur(case: Case, hit: Hit) -> bool:
    """A group of people is named and something bad said of all of it."""
    return case.words.begins("abuse.slur_after", case.passage.after(hit.end, 12))


def _is_dare(case: Case, hit: Hit) -> bool:
    """再投诉试试: daring the buyer to do what he may do."""
    return case.words.has("abuse.dared_before", case.passage.before(hit.start, 14))


def _is_called(case: Case, hit: Hit) -> bool:
    """Somebody is called 二百五 or 十三点; else it is a price or a time of day, or part of a longer one."""
    before, after = case.passage.before(hit.start, 8), case.passage.after(hit.end, 4)
    return case.words.has("abuse.called", before) and case.words.begins("abuse.called_after", after)


def _is_alone(case: Case, hit: Hit) -> bool:
    """Nothing else stands in the clause."""
    first, last = case.passage.clause(hit.start, hit.end)
    rest = case.text[first : hit.start] + case.text[hit.end : last]
    return not rest.strip(" 吧啊了呀哦你您真的一个\x1f")


_NEEDS: Final[dict[str, Callable[[Case, Hit], bool]]] = {
    "turn_threat": Case.turned,
    "turn_curse": Case.turned,
    "turn_insult": Case.turned,
    "turn_sarcasm": Case.turned,
    "aimed": _is_aimed,
    "origin": _is_slur,
    "dare": _is_dare,
    "alone": _is_alone,
    "number": _is_called,
}
_SORTS: Final = {
    "turn_threat": "threat",
    "turn_curse": "curse",
    "turn_insult": "insult",
    "turn_sarcasm": "sarcasm",
    "aimed": "insult",
    "alone": "insult",
    "number": "insult",
    "origin": "discrimination",
    "dare": "threat",
}
