"""Void clauses: refusals that no shop may make in general, told from refusals with a lawful ground."""

from collections.abc import Iterator
from typing import Final

from xiaoer.guard.kinds.case import Case, Draft
from xiaoer.guard.scan import Hit, longest

AREA: Final = "clauses"


def judge(case: Case) -> Iterator[Draft]:
    """Yield a draft for each clause, lawful refusals with the verdict `pass`."""
    for hit in longest(case.of(AREA)):
        yield _decide(case, hit)


def _decide(case: Case, hit: Hit) -> Draft:
    words, text = case.book.vocabulary, case.passage.text
    first, last = case.passage.sentence(hit.start, hit.end)
    sentence = text[first:last]
    before = case.passage.before(hit.start, 10)
    denied = words.pattern(r"(?:<clauses.kept>)[^,]{0,6}$").search(before) or (
        text[last : last + 1] == "?" or words.pattern(r"吗|是否").search(sentence)
    )
    statutory, facts = (
        words.pattern(r"<clauses.statutory>").search(sentence),
        words.pattern(r"<clauses.facts>").search(sentence),
    )
    if hit.term.group == "no_liability":
        facts = words.pattern(r"人为|使用不当|私自|自行|擅自|改装").search(sentence)
    opened = words.pattern(r"(?:拆封|拆开|拆了|打开|开封|拆包|试穿|试用)").search(sentence)
    broad = words.pattern(r"<clauses.broad>").search(sentence)
    ground = "statutory" if statutory else "facts" if facts else "none" if broad else "unsaid"
    decision = case.book.decide(
        "clauses",
        clause=hit.term.group,
        kept=not denied,
        ground=ground,
        opened_only=bool(opened) and not facts,
    )
    return Draft(
        "void_clause",
        decision.row,
        decision.word("verdict"),  # type: ignore[arg-type]
        decision.word("reason"),
        hit.start,
        hit.end,
        case.wording("clause_final_say" if hit.term.group == "final_say" else "clause"),
        (first, last),
    )
