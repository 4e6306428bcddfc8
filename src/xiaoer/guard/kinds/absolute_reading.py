"""How an absolute term is meant: the first exemption of D9 that fits, in their order."""

from collections.abc import Callable
from typing import Final, Protocol

from xiaoer.guard.kinds.case import Case
from xiaoer.guard.model import Proof
from xiaoer.guard.normal import fold

SENSITIVE: Final = frozenset(
    {"medical", "drug", "device", "health_food", "special_food", "investment", "education"}
)
_PROOFS: Final = {
    "self": "self",
    "grade": "grade",
    "registered": "name",
    "award": "award",
    "ranked_fact": "fact",
    "origin": "fact",
}


_READING_OF_PROOF: Final = {"self": "self", "grade": "grade", "name": "registered", "award": "award"}


class Claim(Protocol):
    """What is known of a term before it is read."""

    @property
    def start(self) -> int:
        """Where it begins."""
        ...

    @property
    def end(self) -> int:
        """Where it ends."""
        ...

    @property
    def strength(self) -> str:
        """How grave it is."""
        ...

    @property
    def scoped(self) -> bool:
        """Whether it compares with everybody."""
        ...

    @property
    def reading(self) -> str:
        """What its group tells."""
        ...


def reading_of(case: Case, claim: Claim) -> str:
    """Which use of the term this is; a claim when no exemption fits."""
    before, after = case.passage.before(claim.start, 16), case.passage.after(claim.end, 16)
    for reading, fits in _READINGS:
        if fits(case, claim, before, after):
            return reading
    return claim.reading or _proved_reading(case, claim) or "claim"


def is_proved(case: Case, claim: Claim, reading: str) -> bool:
    """Whether a proof is on file, or the text itself shows what the row asks for."""
    if reading not in _PROOFS:
        return False
    around = _around(case, claim)
    shown = (
        (reading == "grade" and case.words.has("absolute.standard", around))
        or (reading == "registered" and _is_inside_name(case, claim))
        or (reading == "award" and case.words.has("absolute.award_proof", around))
        or (reading == "ranked_fact" and _is_dated(case, around) and _is_sourced(case, around))
    )
    return shown or any(_serves(proof, case, _PROOFS[reading], around) for proof in case.context.proofs)


def _proved_reading(case: Case, claim: Claim) -> str | None:
    """A claim whose very words are proved by a document on file is the fact that the document shows."""
    said = case.text[max(0, claim.start - 8) : claim.end + 8]
    for proof in case.context.proofs:
        words = fold(proof.text)
        if words and words in said and _serves(proof, case, proof.kind, said):
            return _READING_OF_PROOF.get(proof.kind, "ranked_fact")
    return None


def _around(case: Case, claim: Claim) -> str:
    first, last = case.passage.sentence(claim.start, claim.end)
    return case.text[max(0, first - 40) : last + 40]


def _serves(proof: Proof, case: Case, kind: str, around: str) -> bool:
    now = case.context.now
    running = proof.ends is None or now is None or now < proof.ends
    return running and proof.kind in {kind, "any"} and fold(proof.text) in around


# ── the exemptions ───────────────────────────────────────────────────────


def _is_registered(case: Case, claim: Claim, before: str, after: str) -> bool:
    if _is_inside_name(case, claim) or case.words.has("absolute.registered_before", before):
        return True
    return after[:1] in {'"', "”", "'", "》", "」"} and case.words.has("absolute.registered", before)


def _is_inside_name(case: Case, claim: Claim) -> bool:
    for name in (*case.book.names, *map(fold, case.context.registered_names)):
        place = case.text.find(name, max(0, claim.end - len(name)))
        if name and 0 <= place <= claim.start and claim.end <= place + len(name):
            return True
    return False


def _is_own_name(case: Case, claim: Claim, before: str, after: str) -> bool:
    if case.words.has("absolute.name_before", before):
        return True
    named = claim.strength == "strong" and case.words.begins("absolute.name_after", after)
    return named and not case.words.has(
        "absolute.scope_direct", before + case.text[claim.start : claim.start + 2]
    )


def _is_not_claimed(case: Case, claim: Claim, before: str, after: str) -> bool:
    words = case.words
    if words.has("absolute.denied_before", before):
        return not words.has("absolute.not_denied", before)
    if words.begins("absolute.denied_after", after):
        return True
    first, last = case.passage.sentence(claim.start, claim.end)
    sentence = case.text[first : last + 1]
    return (
        not claim.scoped
        and words.has("shared.asked", sentence)
        and not words.has("absolute.not_asked", sentence)
    )


def _is_tip(case: Case, claim: Claim, before: str, after: str) -> bool:
    words = case.words
    if not words.has("absolute.tip_word", case.text[claim.start : claim.end]):
        return False
    if words.begins("absolute.tip_after", after):
        return True
    first, _ = case.passage.sentence(claim.start, claim.end)
    used = not claim.scoped and words.has("absolute.tip_use", case.text[first : claim.start])
    if used and words.has("absolute.tip_served", before):
        return True
    return words.has("absolute.tip_reached", before) and words.begins("absolute.tip_result", after)


def _is_award(case: Case, claim: Claim, before: str, after: str) -> bool:
    awarded = case.words.has("absolute.awarded_before", before)
    return awarded and (claim.reading == "award" or case.words.begins("absolute.award_after", after))


def _is_ranked_fact(case: Case, claim: Claim, before: str, after: str) -> bool:
    del before, after
    around = _around(case, claim)
    first, _ = case.passage.sentence(claim.start, claim.end)
    ranked = case.words.has("absolute.fact", case.text[max(first, claim.start - 8) : claim.end + 4])
    return ranked and (_is_dated(case, around) or _is_sourced(case, around))


def _is_dated(case: Case, around: str) -> bool:
    return case.words.has("absolute.when", around)


def _is_sourced(case: Case, around: str) -> bool:
    return case.words.has("absolute.source", around)


def _is_attitude(case: Case, claim: Claim, before: str, after: str) -> bool:
    words, word = case.words, case.text[claim.start : claim.end]
    if words.begins("absolute.scope", word):
        return words.has("absolute.aim_before", before)
    if words.begins("absolute.attitude_after", after) and not words.begins("absolute.goods_noun", after):
        return True
    if words.has("absolute.served_before", before) and not words.has("absolute.world_word", word):
        return True
    if words.has("absolute.attitude_verb", before):
        return not words.begins("absolute.attitude_goods", after) or words.has(
            "absolute.attitude_aim", before
        )
    return words.has("absolute.buyer_praised", before)


def _is_self(case: Case, claim: Claim, before: str, after: str) -> bool:
    words, word = case.words, case.text[claim.start : claim.end]
    if claim.scoped or not word.startswith("最"):
        return False
    praised = word[1:] in words.words("absolute.own_range_praise")
    if words.has("absolute.range_before", before) and (praised or words.has("absolute.range_marked", before)):
        return not words.has("absolute.range_boast", before)
    if words.has("absolute.range_near", before) and words.begins("absolute.range_one", after):
        return True
    if words.has("absolute.range_generation", before):
        return True
    return words.has("absolute.cheap_word", word) and words.has("absolute.price_before", before)


_READINGS: Final[tuple[tuple[str, Callable[[Case, Claim, str, str], bool]], ...]] = (
    ("registered", _is_registered),
    ("own_name", _is_own_name),
    ("not_claimed", _is_not_claimed),
    ("tip", _is_tip),
    ("award", _is_award),
    ("ranked_fact", _is_ranked_fact),
    ("attitude", _is_attitude),
    ("self", _is_self),
)
