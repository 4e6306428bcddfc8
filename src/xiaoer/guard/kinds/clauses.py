"""Void clauses: refusals that no shop may make in general, told from refusals with a lawful ground."""

from collections.abc import Iterator
from typing import Final

from xiaoer.guard.kinds.case import Case, Draft
from xiaoer.guard.scan import Hit, longest

AREA: Final = "clauses"
_TURNS: Final = {
    "turn_signed": "signed",
    "turn_opened": "no_return",
    "turn_liability": "no_liability",
    "turn_fine": "fine",
}


def judge(case: Case) -> Iterator[Draft]:
    """Yield a draft for each clause, lawful refusals with the verdict `pass`."""
    meant = [hit for hit in case.meant(case.of(AREA)) if _may_be_clause(case, hit)]
    for hit in longest(sorted(meant, key=lambda hit: hit.term.group != "punish")):
        clause = _clause(case, hit)
        if clause is None:
            continue
        first, last = case.passage.sentence(hit.start, hit.end)
        sentence = case.text[first:last]
        fault = "clauses.buyer_fault" if clause == "no_liability" else "clauses.facts"
        opened = case.words.has("clauses.opened", sentence)
        bare = case.words.pattern("clauses.resale").sub("", sentence) if opened else sentence
        facts = case.words.has(fault, bare)
        ruling = case.rule(
            "clauses",
            clause=clause,
            kept=not _is_denied(case, hit, sentence, last),
            ground=_ground(case, sentence, facts=facts),
            opened_only=not facts and opened,
        )
        wording = "clause_final_say" if clause == "final_say" else "clause"
        yield Draft("void_clause", ruling, hit.start, hit.end, wording=wording)


def _may_be_clause(case: Case, hit: Hit) -> bool:
    """Whether what is held out is held out for something; a refusal of money stands for itself."""
    if hit.term.group == "punish" and hit.term.word != "不退款":
        return case.words.has("clauses.punished_for", case.back(hit.start, 16))
    return True


def _clause(case: Case, hit: Hit) -> str | None:
    """Which clause it is; words that are part of many sentences need their counterpart before them."""
    before = case.back(hit.start, 16)
    if hit.term.group == "liability":
        borne = case.words.has("clauses.liability_before", before)
        other = case.words.has("clauses.liability_other", before) or case.words.begins(
            "clauses.liability_goes_on", case.ahead(hit.end, 4)
        )
        return "no_liability" if borne and not other else None
    if hit.term.group == "punish":
        punished = case.words.has("clauses.punished_for", before)
        return "no_complaint" if punished else "refusal" if hit.term.word == "不退款" else None
    return _TURNS.get(hit.term.group, hit.term.group)


def _is_denied(case: Case, hit: Hit, sentence: str, last: int) -> bool:
    if case.words.has("clauses.kept_before", case.passage.before(hit.start, 10)):
        return True
    return case.text.startswith("?", last) or case.words.has("clauses.asked", sentence)


def _ground(case: Case, sentence: str, *, facts: bool) -> str:
    """On what a refusal stands: the law's exceptions, a state of the goods, nothing, or nothing said."""
    if case.words.has("clauses.statutory", sentence):
        return "statutory"
    if facts:
        return "facts"
    return "none" if case.words.has("clauses.broad", sentence) else "unsaid"
