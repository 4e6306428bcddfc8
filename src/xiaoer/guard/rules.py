"""May these words be sent? One pure function for people, robots, canned replies and files' names alike."""

from collections.abc import Iterable, Iterator
from typing import Final

from xiaoer.guard.book import GuardBook
from xiaoer.guard.kinds import (
    absolute,
    abuse,
    added,
    claims,
    clauses,
    contact,
    delivery,
    frequency,
    privacy,
    reviews,
    tone,
)
from xiaoer.guard.kinds.case import Case, Draft, tongue
from xiaoer.guard.model import BUYERS, Context, Finding, Review, strictest
from xiaoer.guard.normal import Passage, fold, plain, squeezed
from xiaoer.guard.traditional import traditional

_ROUNDS: Final = 3
_SHORT: Final = 12
_JUDGES: Final = {
    judge.AREA: judge.judge
    for judge in (absolute, delivery, abuse, contact, reviews, privacy, clauses, claims, tone, added)
}
_HELD: Final = frozenset({"rewrite", "block"})
_MARKED: Final = frozenset({"buyer_abuse"})


def review(text: str, context: Context, book: GuardBook) -> Review:
    """Judge a text before it is sent; never raises, whatever the text (D9, D10, S-003…S-016, S-090, S-091).

    A buyer's words always pass; abuse in them is found so that it can be marked (S-063).
    """
    findings = tuple(
        finding
        for finding in judge(text, context, book)
        if finding.verdict != "pass" or finding.reason in _MARKED
    )
    if not findings:
        return Review("pass", (), text)
    verdict = strictest([finding.verdict for finding in findings])
    better = text if verdict in {"pass", "hint"} else _reworded(text, findings, context, book)
    return Review(verdict, findings, better)


def rewrite(text: str, context: Context, book: GuardBook) -> str:
    """Reword a text until it may be sent: what one click does. A text that may be sent stays as it is.

    Takes every suggestion; should something still stand after a few rounds (suggestions can meet in unforeseen
    ways), the whole message becomes a harmless holding answer. When nothing about the words is wrong but the
    contact itself is (frequency), the text comes back unchanged.
    """
    return review(text, context, book).text


def _reworded(text: str, findings: Iterable[Finding], context: Context, book: GuardBook) -> str:
    wording = text
    for _ in range(_ROUNDS):
        wording = _taken(wording, findings)
        findings = [finding for finding in judge(wording, context, book) if finding.verdict in _HELD]
        if all(finding.kind == "contact_frequency" for finding in findings):
            return wording
    return book.wording("anything", tongue(text, context.language))


def judge(text: str, context: Context, book: GuardBook) -> list[Finding]:
    """Everything found, lawful uses too (with the row that lets them pass), in order of place."""
    folded = fold(text)
    found = book.find(folded)
    numbered = contact.GATE.search(folded) is not None
    passage = Passage(folded, text)
    pulled = squeezed(passage)
    bracketed = plain(passage)
    if not found and not numbered and pulled is None and bracketed is passage and _is_plain(folded, context):
        return []
    if bracketed is not passage:
        passage = bracketed
        found = book.find(passage.text)
        pulled = squeezed(passage)
    drafts = _drafts(Case(passage, book.hits(found), context, book), numbered=numbered)
    findings = _findings(passage, drafts, context, book)
    if pulled is not None:
        findings += _pulled_apart(pulled, findings, context, book)
    return sorted(findings, key=lambda finding: (finding.start, finding.end))


def _is_plain(folded: str, context: Context) -> bool:
    """Whether nothing about the message as a whole needs looking at."""
    return _SHORT < len(folded) <= tone.OVERLONG and context.channel == "chat"


def _drafts(case: Case, *, numbered: bool) -> Iterator[Draft]:
    if case.context.role in BUYERS:
        yield from abuse.judge(case)
        return
    for area in case.hits:
        yield from _JUDGES[area](case)
    if numbered:
        if contact.AREA not in case.hits:
            yield from contact.judge(case)
        yield from privacy.numbers(case)
    yield from tone.whole(case)
    if case.context.channel != "chat":
        yield from frequency.judge(case)


def _pulled_apart(pulled: Passage, known: list[Finding], context: Context, book: GuardBook) -> list[Finding]:
    """What shows only when words are closed up again; what was plain to see before is not told twice."""
    case = Case(pulled, book.hits(book.find(pulled.text)), context, book)
    more = _findings(pulled, _drafts(case, numbered=False), context, book)
    return [
        finding
        for finding in more
        if finding.end - finding.start > 1
        and finding.verdict != "pass"
        and not any(
            old.start < finding.end
            and finding.start < old.end
            and old.kind == finding.kind
            and old.verdict != "pass"
            for old in known
        )
        and _has_sign(pulled, finding)
    ]


def _has_sign(pulled: Passage, finding: Finding) -> bool:
    """Whether something was taken out inside the finding: only then was it hidden."""
    kept = sum(1 for place in pulled.origin if finding.start <= place < finding.end)
    return kept < len(fold(pulled.given[finding.start : finding.end]))


def _findings(passage: Passage, drafts: Iterable[Draft], context: Context, book: GuardBook) -> list[Finding]:
    findings: dict[tuple[str, int, int], Finding] = {}
    for draft in drafts:
        start, end = passage.span(draft.start, draft.end)
        cut_start, cut_end = passage.span(*draft.cut) if draft.cut else (start, end)
        table = _TABLE_OF[draft.kind] if draft.row != "C10" else "added"
        basis = book.tables[table].row(draft.row).basis
        instead = draft.instead
        if instead and tongue(passage.given, context.language) == "zh-Hant":
            instead = traditional(instead)
        findings.setdefault(
            (draft.kind, start, end),
            Finding(
                kind=draft.kind,
                row=draft.row.partition(".")[0],
                start=start,
                end=end,
                basis=book.ground(basis, context.language),
                suggestion=instead,
                reason=draft.reason,
                verdict=draft.verdict,
                cut_start=cut_start,
                cut_end=cut_end,
            ),
        )
    return list(findings.values())


_TABLE_OF: Final = {
    "absolute_term": "absolute",
    "delivery_promise": "delivery",
    "abuse": "abuse",
    "outside_contact": "contact",
    "payment_code": "contact",
    "review_solicitation": "reviews",
    "personal_data": "privacy",
    "void_clause": "clauses",
    "medical_claim": "claims",
    "investment_claim": "claims",
    "education_claim": "claims",
    "competitor": "claims",
    "contact_frequency": "frequency",
    "tone": "tone",
}


def _taken(text: str, findings: Iterable[Finding]) -> str:
    """The text with every suggestion taken, from the end to the beginning; of overlapping cuts the wider."""
    cuts: list[Finding] = []
    for finding in sorted(findings, key=lambda finding: (finding.cut_start, -finding.cut_end)):
        if finding.verdict in {"pass", "hint"} or finding.kind == "contact_frequency":
            continue
        if not cuts or finding.cut_start >= cuts[-1].cut_end:
            cuts.append(finding)
    for finding in reversed(cuts):
        text = text[: finding.cut_start] + finding.suggestion + text[finding.cut_end :]
    return text
