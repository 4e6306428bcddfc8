"""Reviews: what the shop asks for and what it holds out for it."""

from collections.abc import Iterator
from typing import Final

from xiaoer.guard.kinds.case import Case, Draft
from xiaoer.guard.scan import Hit, longest
from xiaoer.guard.vocabulary import Vocabulary

AREA: Final = "reviews"
_RANK: Final = {"change": 0, "good": 1, "bad": 2, "review": 3}


def may_tell(hits: list[Hit], text: str, words: Vocabulary) -> bool:
    """Whether anything but lawful words can come of it: of a mere review only if something is held out."""
    return any(hit.term.group != "review" for hit in hits) or words.has("reviews.lure", text)


def judge(case: Case) -> Iterator[Draft]:
    """Yield one draft a sentence in which reviews are spoken of."""
    seen: list[tuple[int, int]] = []
    ranked = sorted(longest(case.of(AREA)), key=lambda hit: (_RANK[hit.term.group], hit.start))
    for hit in ranked:
        first, last = case.passage.sentence(hit.start, hit.end)
        if not any(start < last and first < end for start, end in seen):
            seen.append((first, last))
            yield _decide(case, hit, first, last)


def _decide(case: Case, hit: Hit, first: int, last: int) -> Draft:
    words, sentence = case.words, case.text[first:last]
    lure = _is_lured(case, sentence)
    wish = (
        "none"
        if words.has("reviews.refused", sentence)
        else _WISHES[hit.term.group](case, hit, sentence, lure)
    )
    solved = case.context.review_cause_solved or words.has(
        "reviews.solved", case.text[max(0, first - 60) : last]
    )
    ruling = case.rule(
        "reviews",
        wish=wish,
        lure=lure and wish != "none",
        pressure=words.has("reviews.pressure", sentence),
        solved_and_polite=solved and words.has("reviews.polite", sentence),
    )
    wording = "review_change" if wish == "change" else "review"
    return Draft("review_solicitation", ruling, hit.start, hit.end, wording=wording)


def _is_lured(case: Case, sentence: str) -> bool:
    """Something is held out, and not only the marketplace's own points."""
    lure = case.words.search("reviews.lure", sentence)
    if lure is None:
        return False
    return not (case.words.has("reviews.points", sentence) and case.words.has("reviews.points_word", lure[0]))


# ── what is wished for ───────────────────────────────────────────────────


def _change(case: Case, hit: Hit, sentence: str, lure: bool) -> str:
    del hit
    words = case.words
    if lure or words.has("reviews.pressure", sentence) or words.has("reviews.bargain", sentence):
        return "change"
    wanted = words.has("reviews.wanted", sentence) and not words.has("reviews.rule", sentence)
    return "change" if wanted else "none"


def _good(case: Case, hit: Hit, sentence: str, lure: bool) -> str:
    words = case.words
    if lure or words.has("reviews.forced", sentence):
        return "good_only"
    if words.has("reviews.denied_before", case.passage.before(hit.start, 14)):
        return "none"
    enough = words.begins("reviews.will_do", case.passage.after(hit.end, 4))
    return "good_only" if enough or _is_asked(case, hit) else "none"


def _bad(case: Case, hit: Hit, sentence: str, lure: bool) -> str:
    del hit
    paid = lure and case.words.has("reviews.change_verb", sentence)
    if paid or case.words.has("reviews.change_asked", sentence):
        return "change"
    return "good_only" if case.words.has("reviews.dissuaded", sentence) else "none"


def _neutral(case: Case, hit: Hit, sentence: str, lure: bool) -> str:
    reward = case.words.search("reviews.lure", sentence) if lure else None
    rewarded = (
        reward is not None
        and case.words.has("reviews.reward", reward[0])
        and case.words.has("reviews.rewarded", sentence)
    )
    return "honest" if rewarded or _is_asked(case, hit) else "none"


def _is_asked(case: Case, hit: Hit) -> bool:
    return case.words.has("reviews.asked_before", case.passage.before(hit.start, 14)) or case.words.has(
        "reviews.asked_after", case.passage.after(hit.end, 14)
    )


_WISHES: Final = {"change": _change, "good": _good, "bad": _bad, "review": _neutral}
