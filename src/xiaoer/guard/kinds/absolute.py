"""Absolute terms: find what is claimed with a hit, read how it is meant, then ask table D9."""

import re
from collections.abc import Callable, Iterator
from typing import Final, NamedTuple

from xiaoer.guard.kinds.absolute_reading import SENSITIVE, is_proved, reading_of
from xiaoer.guard.kinds.case import Case, Draft
from xiaoer.guard.scan import Hit, longest

AREA: Final = "absolute"


class Term(NamedTuple):
    """A claim as it will be marked, what to say instead, how grave it is, and what its group already tells.

    `scoped` claims compare with everybody (全网, 行业): they are no attitude and no self-comparison.
    """

    start: int
    end: int
    instead: str
    strength: str
    scoped: bool = False
    reading: str = ""


def judge(case: Case) -> Iterator[Draft]:
    """Yield a draft for every absolute term, lawful ones with the verdict `pass`."""
    titles = [hit for hit in case.of(AREA) if hit.term.group == "title"]
    fixed = longest([hit for hit in case.of(AREA) if hit.term.group in _FIXED and not _within(hit, titles)])
    taken = bytearray(len(case.text))  # one mark a character: the cost must not grow with what was found
    terms = [Term(hit.start, hit.end, hit.term.instead, *_FIXED[hit.term.group]) for hit in fixed]
    for term in terms:
        taken[term.start : term.end] = b"x" * (term.end - term.start)
        yield _decide(case, term)
    for hit in case.of(AREA):
        finder = _FINDERS.get(hit.term.group)
        if finder is None or taken.find(b"x", hit.start, hit.end) >= 0:
            continue
        term = finder(case, hit)
        if term is not None:
            taken[term.start : term.end] = b"x" * (term.end - term.start)
            yield _decide(case, term)


def _within(hit: Hit, others: list[Hit]) -> bool:
    return any(other.start <= hit.start and hit.end <= other.end for other in others)


def _decide(case: Case, term: Term) -> Draft:
    reading = term.reading if term.reading in _SETTLED else reading_of(case, term)
    ruling = case.rule(
        "absolute",
        reading=reading,
        proved=is_proved(case, term, reading),
        sensitive=not SENSITIVE.isdisjoint(case.context.category),
        sells=case.context.sells,
        strength=term.strength,
    )
    return Draft("absolute_term", ruling, term.start, term.end, term.instead)


# ── finding the claim ────────────────────────────────────────────────────


def _most(case: Case, hit: Hit) -> Term | None:
    """最 + an adjective, with the scope before it and the noun after it."""
    words = case.words
    tail = case.text[hit.end : hit.end + 10]
    before = case.passage.before(hit.start, 14)
    scope = words.search("absolute.scope_before", before)
    start = _from(hit, before, scope)
    grave = "strong" if scope else "mild"
    if quality := _quality(case, tail):
        if quality.startswith("好") and not scope and _is_advice(case, hit):
            return Term(hit.start, hit.end + 1, "", "mild", reading="advice")
        end = hit.end + len(quality)
        instead = words.words("absolute.quality").get(quality) or f"很{quality}"
        if case.text.startswith("的", end):
            instead = instead.removesuffix("的")
        return Term(start, end, instead, grave, bool(scope))
    measured = words.begins("absolute.measured_noun", tail) or (
        words.begins("absolute.measured_high", tail) and words.has("absolute.measured_before", before)
    )
    if measured or (scope and tail[:1] >= "一" and not words.begins("absolute.neutral", tail)):
        return Term(start, hit.end + 1, f"较{tail[0]}", grave if measured else "mild", bool(scope))
    return None


def _quality(case: Case, tail: str) -> str | None:
    """The adjective of praise: a listed one, or one the language makes as needed (耐摔, 显高, 有质感)."""
    made = case.words.match("absolute.made_up", tail)
    return case.words.longest_prefix("absolute.quality", tail) or (made[0] if made else None)


def _is_advice(case: Case, hit: Hit) -> bool:
    """最好 is praise before 的, a noun or a pause, and advice ("you had better") before all else."""
    rest = case.text[hit.end + 1 : hit.end + 8]
    wished = case.words.has("absolute.wished", case.passage.before(hit.start, 8))
    if wished and not rest.startswith("的"):
        return True
    return not case.words.begins("absolute.praise_after", rest)


def _first(case: Case, hit: Hit) -> Term | None:
    """第一 claims something of the goods only with a scope, a ranking, or 品牌 and the like behind it."""
    words = case.words
    before, after = case.passage.before(hit.start, 14), case.passage.after(hit.end, 8)
    if after[:1].isdigit():
        return None  # 第1 of 第10
    scope = words.search("absolute.scope_first", before)
    ranked = words.search("absolute.ranked_before", before)
    slogan = words.search("absolute.slogan_before", before)
    noun = words.match("absolute.first_noun", after)
    if noun:
        start = _from(hit, before, scope)
        return Term(start, hit.end + noun.end(), "知名品牌" if "牌" in noun[0] else "优质", "strong", True)
    motto = ranked and words.begins("absolute.motto_noun", ranked[0]) and _is_motto(case, hit)
    if not scope and (motto or slogan):
        return Term(_from(hit, before, ranked or slogan), hit.end, "", "mild", reading="attitude")
    if scope or (ranked and not words.begins("absolute.first_counted", after)):
        instead = "名列前茅" if ranked else "较早的"
        return Term(_from(hit, before, scope or ranked), hit.end, instead, "strong", True)
    if case.text[hit.start] < "\u0250" and words.begins("absolute.first_latin", after):
        return Term(hit.start, hit.end, "well-known", "strong", True)
    return None


def _is_motto(case: Case, hit: Hit) -> bool:
    return case.words.has("absolute.motto", case.sentence(hit.start, hit.end))


def _from(hit: Hit, before: str, found: re.Match[str] | None) -> int:
    """Where a claim begins whose first words may have been found before the hit."""
    return hit.start - (len(before) - found.start()) if found else hit.start


def _prime(case: Case, hit: Hit) -> Term | None:
    """首选, 首家, 首创 … claim with a scope; 首选 also with a brand or as "your first choice"."""
    before, after = case.passage.before(hit.start, 10), case.passage.after(hit.end, 6)
    scope = case.words.search("absolute.scope_direct", before)
    if scope:
        return Term(_from(hit, before, scope), hit.end, "较早", "strong", True)
    if hit.term.word == "首选" and case.words.begins("absolute.choice_after", after):
        return Term(hit.start, hit.end, "常选", "mild")
    return None


def _only(case: Case, hit: Hit) -> Term | None:
    before, after = case.passage.before(hit.start, 10), case.passage.after(hit.end, 14)
    scope = case.words.search("absolute.scope_direct", before)
    if scope or case.words.begins("absolute.only_after", after):
        return Term(_from(hit, before, scope), hit.end, "少有", "strong" if scope else "mild", bool(scope))
    return None


def _certain(case: Case, hit: Hit) -> Term | None:
    """绝对 and 100 %: a share of material, a fact of origin, a claim about the goods, or mere emphasis."""
    words, after = case.words, case.passage.after(hit.end, 14)
    share = case.text[hit.start] in "百1" and words.begins("absolute.material_after", after)
    if share:
        return Term(hit.start, hit.end, "", "mild", reading="material")
    if words.begins("absolute.fact_after", after):
        return Term(hit.start, hit.end, "", "mild", reading="origin")
    praised = words.has("absolute.goods_before", case.passage.before(hit.start, 8))
    if praised or words.begins("absolute.goods_after", after):
        return Term(hit.start, hit.end, "", "mild")
    return None


def _grade(case: Case, hit: Hit) -> Term | None:
    word = case.text[hit.start : hit.end]
    kept = word[2:] if word[:2] in {"一级", "特级"} and len(word) > 2 else ""
    return Term(hit.start, hit.end, kept or "优质", "mild", reading="grade")


def _title(case: Case, hit: Hit) -> Term | None:
    del case
    return Term(hit.start, hit.end, "用心经营的品牌", "strong", reading="award")


def _superlative(case: Case, hit: Hit) -> Term | None:
    """English superlatives claim with a scope after them, or right before price, quality and the like."""
    words = case.words
    after, before = case.ahead(hit.end, 60), case.back(hit.start, 24)
    scope = words.has("absolute.superlative_scope", after)
    goods = words.has("absolute.superlative_goods", after) and words.has(
        "absolute.superlative_before", before
    )
    if not (scope or goods):
        return None
    around = before + case.text[hit.start : hit.end] + case.ahead(hit.end, 24)
    if not scope and words.has("absolute.superlative_exempt", around):
        return Term(hit.start, hit.end, "", "mild", reading="attitude")
    instead = words.words("absolute.instead_en").get(hit.term.word) or "very good"
    return Term(hit.start, hit.end, instead, "strong" if scope else "mild", True)


def _turn(case: Case, hit: Hit) -> Term | None:
    """Nobody is better than we, or we are the ceiling: everyday words claim it in some turns of phrase."""
    turn = case.turn(hit)
    if turn is None:
        return None
    return Term(min(hit.start, turn.start()), hit.end, hit.term.instead, "mild", True)


_FIXED: Final = {"strong": ("strong", True), "mild": ("mild", False)}
_SETTLED: Final = frozenset({"advice", "material", "attitude", "origin"})
_FINDERS: Final[dict[str, Callable[[Case, Hit], Term | None]]] = {
    "most": _most,
    "first": _first,
    "prime": _prime,
    "only": _only,
    "certain": _certain,
    "grade": _grade,
    "title": _title,
    "superlative_en": _superlative,
    "turn": _turn,
}
