"""Claims of cure, return and result, and what is said of competitors."""

from collections.abc import Callable, Iterator
from typing import Final

from xiaoer.guard.kinds.case import Case, Draft
from xiaoer.guard.model import Kind
from xiaoer.guard.scan import Hit, longest
from xiaoer.guard.vocabulary import Vocabulary

AREA: Final = "claims"
_LICENSED: Final = frozenset({"drug", "device", "medical", "health_food", "special_food"})
_NAMED: Final = frozenset({"rival", "slight"})
_KINDS: Final[dict[str, Kind]] = {
    "medical": "medical_claim",
    "investment": "investment_claim",
    "education": "education_claim",
}


def may_judge(hits: list[Hit], text: str, words: Vocabulary) -> bool:
    """Whether there can be a claim: more than competitors who are only named."""
    del text, words
    groups = {hit.term.group for hit in hits}
    return not groups <= _NAMED or groups >= _NAMED


def judge(case: Case) -> Iterator[Draft]:
    """Yield a draft for each claim, denials and neutral words with the verdict `pass`."""
    groups: dict[str, list[Hit]] = {}
    for hit in case.of(AREA):
        groups.setdefault(hit.term.group, []).append(hit)
    slighted = bool(groups.pop("slight", None))
    if not slighted:
        groups.pop("rival", None)  # named, but nothing that could run it down
    for group, hits in groups.items():
        for hit in longest(case.meant(hits)):
            draft = _FINDERS[group](case, hit)
            if draft is not None:
                yield draft


def _ruled(case: Case, claim: str, start: int, end: int, *, denied: bool) -> Draft:
    licensed = not _LICENSED.isdisjoint(case.context.category)
    ruling = case.rule("claims", claim=claim, denied=denied, licensed=licensed)
    wording = claim if claim in _KINDS else "competitor"
    return Draft(_KINDS.get(claim, "competitor"), ruling, start, end, wording=wording)


# ── effect, return, result ───────────────────────────────────────────────


def _medical(case: Case, hit: Hit) -> Draft | None:
    """Some words are everyday words too: those claim only with an effect or a promise beside them."""
    words, sentence = case.words, case.sentence(hit.start, hit.end)
    if words.has("claims.everyday_word", case.text[hit.start : hit.end]):
        if words.has("claims.goods", sentence) and not words.has("claims.promised_effect", sentence):
            return None
        if not words.has("claims.effect", sentence):
            return None
    return _ruled(case, "medical", hit.start, hit.end, denied=_is_denied(case, hit))


def _disease(case: Case, hit: Hit) -> Draft | None:
    """A complaint is claimed to be cured when a remedy stands before it or an effect after it."""
    words = case.words
    remedy = words.has("claims.remedy_before", case.passage.before(hit.start, 10))
    effect = words.has("claims.effect_after", case.passage.after(hit.end, 16))
    if not (remedy or effect) or words.has("claims.patient", case.sentence(hit.start, hit.end)):
        return None
    return _ruled(case, "medical", hit.start, hit.end, denied=_is_denied(case, hit))


def _investment(case: Case, hit: Hit) -> Draft | None:
    return _by_subject(case, hit, "investment", "claims.money_word", "claims.money")


def _education(case: Case, hit: Hit) -> Draft | None:
    return _by_subject(case, hit, "education", "claims.exam_word", "claims.exam")


def _by_subject(case: Case, hit: Hit, claim: str, ambiguous: str, subject: str) -> Draft | None:
    """An ambiguous word promises only when the goods or the sentence are about its subject."""
    if case.words.has(ambiguous, case.text[hit.start : hit.end]) and claim not in case.context.category:
        first, last = case.passage.sentence(hit.start, hit.end)
        rest = case.text[first : hit.start] + " " + case.text[hit.end : last]
        if not case.words.has(subject, rest):
            return None
    return _ruled(case, claim, hit.start, hit.end, denied=_is_denied(case, hit))


def _is_denied(case: Case, hit: Hit) -> bool:
    words = case.words
    before, word = case.back(hit.start, 14), case.text[hit.start : hit.end]
    if words.has("claims.denied_before", before):
        return not words.has("claims.denying_claim", word) or words.has("claims.really_denied", before)
    _, last = case.passage.sentence(hit.start, hit.end)
    return words.begins("claims.denied_after", case.text[hit.end : min(last + 1, hit.end + 16)])


# ── competitors ──────────────────────────────────────────────────────────


def _beaten(case: Case, hit: Hit) -> Draft | None:
    return _ruled(case, "rival_beaten", hit.start, hit.end, denied=_is_denied(case, hit))


def _rival(case: Case, hit: Hit) -> Draft | None:
    """A competitor is named: compared with, run down, or only mentioned."""
    words = case.words
    _, last = case.passage.sentence(hit.start, hit.end)
    asked = case.text.startswith("?", last)
    after = case.ahead(hit.end, 18)
    than = words.search("claims.than_before", case.back(hit.start, 14))
    better = than and (words.has("claims.than_latin", than[0]) or words.begins("claims.better", after))
    if than and better and not words.begins("claims.worse", after):
        return _ruled(case, "rival_compared", hit.start - len(than[0]), hit.end, denied=asked)
    end = _run_down(case, hit, after)
    return _ruled(case, "rival_lowered", hit.start, end, denied=asked) if end else None


def _run_down(case: Case, hit: Hit, after: str) -> int | None:
    """Where the words end that run a competitor down, if any do."""
    words = case.words
    bad = words.search("claims.bad_after", after)
    if bad is None or words.has("claims.cleared", bad["lead"]):
        return None
    said = after[: bad.end()]
    if words.has("claims.ours", said) and not words.has("claims.beneath_us", bad["bad"]):
        return None
    if hit.term.word in words.words("claims.named") and not words.has("claims.sweeping", said):
        return None
    neutral = words.has("claims.neutral", case.sentence(hit.start, hit.end))
    if neutral or words.has("claims.harmless", after[: bad.end() + 4]):
        return None
    return hit.end + bad.end()


def _turn(case: Case, hit: Hit) -> Draft | None:
    """An everyday word that claims something in the turn of phrase in which it stands."""
    claim = _TURNS[hit.term.group]
    return _ruled(case, claim, hit.start, hit.end, denied=_is_denied(case, hit))


_TURNS: Final = {
    "turn_medical": "medical",
    "turn_investment": "investment",
    "turn_education": "education",
    "turn_beat": "rival_beaten",
    "turn_compared": "rival_compared",
}
_FINDERS: Final[dict[str, Callable[[Case, Hit], Draft | None]]] = {
    **dict.fromkeys(_TURNS, _turn),
    "medical": _medical,
    "disease": _disease,
    "investment": _investment,
    "education": _education,
    "rival": _rival,
    "beat": _beaten,
}
