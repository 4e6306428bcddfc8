"""May these words be sent? One pure function for people, robots, canned replies and files' names alike."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from importlib.resources import files
from typing import Final

from xiaoer.guard.book import GuardBook, shipped
from xiaoer.guard.disguise import bits
from xiaoer.guard.disguise.glance import glance
from xiaoer.guard.disguise.pictures import drawn as pictures_in
from xiaoer.guard.kinds import (
    absolute,
    abuse,
    added,
    address,
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
from xiaoer.guard.model import BUYERS, Changed, Context, Finding, Review, Shadow, Weighty, strictest
from xiaoer.guard.normal import SIGN, Passage, fold, plain, squeezed
from xiaoer.guard.scan import Hit, Hits
from xiaoer.guard.unmask import unmasked, worth
from xiaoer.guard.vocabulary import Vocabulary
from xiaoer.kernel import mask
from xiaoer.kernel.refusal import Refused

_ROUNDS: Final = 3
_HELD: Final = frozenset({"rewrite", "block"})
_MARKED: Final = "buyer_abuse"
_REACHED_BY: Final[frozenset[mask.Kind]] = frozenset({"mobile", "phone", "landline", "email"})
_JUDGES: Final = {
    kind.AREA: kind.judge
    for kind in (absolute, delivery, abuse, contact, reviews, privacy, clauses, claims, tone, added)
}


_NOTHING: Final[Hits] = {}
Looks = Mapping[str, Callable[[list[Hit], str, Vocabulary], bool]]
_MAY_JUDGE: Final[Looks] = {delivery.AREA: delivery.may_judge, claims.AREA: claims.may_judge}
"""Cheap looks at what was hit, for kinds whose words are often said and seldom judged."""
_MAY_TELL: Final = {**_MAY_JUDGE, reviews.AREA: reviews.may_tell}
"""The same where lawful uses are not asked for."""


def review(text: str, context: Context, book: GuardBook) -> Review:
    """Judge a text before it is sent; never raises, whatever the text (D9, D10, S-003…S-016, S-090, S-091).

    A buyer's words always pass; abuse in them is found so that it can be marked (S-063). `Review.text` is the
    text with every suggestion taken and may itself be sent; where suggestions do not get there it becomes a
    harmless holding answer. Only a contact that may not be made at all (frequency) is not mended by words.
    """
    findings = _found(text, context, book, _tells)
    if not findings:
        return Review("pass", (), text)
    verdict = strictest([finding.verdict for finding in findings])
    better = _reworded(text, findings, context, book) if verdict in _HELD else text
    return Review(verdict, findings, better)


def rewrite(text: str, context: Context, book: GuardBook) -> str:
    """What one click makes of a text; one that may be sent stays as it is."""
    return review(text, context, book).text


def found(text: str, context: Context, book: GuardBook) -> tuple[Finding, ...]:
    """What a review finds, without the better wording, which costs several times as much."""
    return _found(text, context, book, _tells)


def judge(text: str, context: Context, book: GuardBook) -> tuple[Finding, ...]:
    """Everything found, lawful uses too (with the row that lets them pass), in order of place."""
    return _found(text, context, book, _all)


def shadow(
    messages: Iterable[tuple[str, Context]], before: GuardBook, after: GuardBook, *, kept: int = 50
) -> Shadow:
    """What another book would have done with messages; nobody is told and nothing is held back (C10)."""
    count = held_before = held_after = changed = 0
    first: list[Changed] = []
    for text, context in messages:
        count += 1
        old = strictest([one.verdict for one in found(text, context, before)])
        findings = found(text, context, after)
        new = strictest([one.verdict for one in findings])
        held_before += old in _HELD
        held_after += new in _HELD
        if old != new:
            changed += 1
            if len(first) < kept:
                first.append(Changed(text, old, new, findings))
    return Shadow(count, held_before, held_after, changed, tuple(first))


def _all(draft: Draft) -> bool:
    del draft
    return True


def _tells(draft: Draft) -> bool:
    return draft.ruling.verdict != "pass" or draft.ruling.reason == _MARKED


def _holds(draft: Draft) -> bool:
    return draft.ruling.verdict in _HELD


def _found(
    text: str, context: Context, book: GuardBook, wanted: Callable[[Draft], bool]
) -> tuple[Finding, ...]:
    folded = fold(text)
    findings = _as_written(folded, text, context, book, wanted)
    if SIGN not in folded:
        return findings
    known = list(findings)
    for drawn, pictures in pictures_in(Passage(folded, text)):
        meant, _ = unmasked(squeezed(drawn) or drawn)
        known += _unmasked(meant, pictures, context, book, known)
    return findings if len(known) == len(findings) else _in_order(known)


def _as_written(
    folded: str, text: str, context: Context, book: GuardBook, wanted: Callable[[Draft], bool]
) -> tuple[Finding, ...]:
    buyer = context.role in BUYERS
    looks = _MAY_JUDGE if wanted is _all else _MAY_TELL
    hits, marks = _read(folded, book, looks, buyer=buyer)
    sharp = abuse.seems_abusive(folded, book, marks)
    seen = glance(folded)
    steps = 0 if seen & bits.UNSURE else worth(folded, marks, seen)
    if not (steps or hits or sharp or seen & bits.UNSURE) and (buyer or _is_plain(folded, context, book)):
        return ()
    passage, pulled, hidden = Passage(folded, text), None, _NOTHING
    numbered = seen & bits.UNSURE != 0 and not buyer and address.may_be_in(folded)
    if seen & bits.HIDES:
        bracketed = plain(passage)
        if bracketed is not passage:
            passage = bracketed
            hits, marks = _read(passage.text, book, looks, buyer=buyer)
        pulled = squeezed(passage)
        if pulled is not None:
            hidden, marks = _read(pulled.text, book, _MAY_TELL, buyer=buyer)
    closed = pulled or passage
    if seen & bits.UNSURE:
        steps = worth(closed.text, marks, seen if closed.text is folded else glance(closed.text))
    meant, changed = unmasked(closed, steps)
    if not (hits or hidden or numbered or changed or sharp) and (
        (buyer or _is_plain(passage.text, context, book))
        and (pulled is None or not _may_show(pulled.text, book, buyer=buyer))
    ):
        return ()
    case = Case(passage, hits, context, book)
    findings = _findings(case, filter(wanted, _drafts(case, numbered=numbered)))
    if pulled is not None:
        findings += _pulled_apart(Case(pulled, hidden, context, book), findings)
    if changed:
        findings += _unmasked(meant, changed, context, book, findings)
    if sharp or pulled is not None:
        findings += _weighed(Case(closed, hits, context, book), findings, wanted)
    return _in_order(findings)


def _in_order(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    return tuple(sorted(findings, key=lambda finding: (finding.start, finding.end)))


def _may_show(pulled: str, book: GuardBook, *, buyer: bool) -> bool:
    """Whether words closed up may hold what no list finds: a number, or what the learned judge knows."""
    return (not buyer and address.may_be_in(pulled)) or abuse.is_likely(pulled, book)


def _read(folded: str, book: GuardBook, looks: Looks, *, buyer: bool) -> tuple[Hits, int]:
    """What is hit in a text in normal form, as far as it is judged, and its marks."""
    found, marks = book.find(folded)
    return _to_judge(found, folded, book, looks, buyer=buyer) if found else _NOTHING, marks


def _to_judge(found: list[Hit], folded: str, book: GuardBook, looks: Looks, *, buyer: bool) -> Hits:
    """What was hit, by area, without what nothing can come of; of a buyer's words only abuse is judged."""
    hits = book.hits(found)
    if buyer:
        return {abuse.AREA: hits[abuse.AREA]} if abuse.AREA in hits else _NOTHING
    for area, may in looks.items():
        if area in hits and not may(hits[area], folded, book.vocabulary):
            del hits[area]
    return hits


def _is_plain(folded: str, context: Context, book: GuardBook) -> bool:
    """Whether nothing about the message as a whole needs looking at."""
    short = len(folded) <= tone.OVERLONG and context.channel == "chat"
    return short and not tone.is_curt(folded, book.vocabulary)


def _drafts(case: Case, *, numbered: bool) -> Iterator[Draft]:
    yield from _drafts_of_words(case, numbered=numbered)
    if case.context.role in BUYERS:
        return
    yield from tone.whole(case)
    if case.context.channel != "chat":
        yield from frequency.judge(case)


def _drafts_of_words(case: Case, *, numbered: bool) -> Iterator[Draft]:
    if case.context.role in BUYERS:
        yield from abuse.judge(case)
        return
    for area in case.hits:
        yield from _JUDGES[area](case)
    if numbered:
        yield from address.judge(case)
        yield from privacy.numbers(case)


def _pulled_apart(case: Case, known: list[Finding]) -> list[Finding]:
    """What shows only when words are closed up again; what was plain to see before is not told twice."""
    numbered = case.context.role not in BUYERS and address.may_be_in(case.text)
    more = _findings(case, filter(_tells, _drafts_of_words(case, numbered=numbered)))
    return [
        finding for finding in more if _was_hidden(case.passage, finding) and not _is_known(finding, known)
    ]


def _unmasked(
    meant: Passage,
    changed: list[tuple[int, int]],
    context: Context,
    book: GuardBook,
    known: list[Finding],
) -> list[Finding]:
    """What shows only when words are read as they sound or look (C8)."""
    buyer = context.role in BUYERS
    hits, _ = _read(meant.text, book, _MAY_TELL, buyer=buyer)
    numbered = not buyer and address.may_be_in(meant.text)
    if not (hits or numbered):
        return []
    case = Case(meant, hits, context, book)
    more = _findings(case, filter(_tells, _drafts_of_words(case, numbered=numbered)))
    return [
        finding
        for finding in more
        if any(finding.start < end and start < finding.end for start, end in changed)
        and not _is_known(finding, known)
    ]


def _weighed(case: Case, known: list[Finding], wanted: Callable[[Draft], bool]) -> list[Finding]:
    """What the learned judge says, where no list has spoken of abuse."""
    if any(finding.kind == "abuse" and finding.verdict != "pass" for finding in known):
        return []
    if any(finding.reason == _MARKED for finding in known):
        return []
    return _findings(case, filter(wanted, abuse.learned(case)))


def _is_known(finding: Finding, known: Iterable[Finding]) -> bool:
    return any(
        old.kind == finding.kind
        and old.verdict != "pass"
        and old.start < finding.end
        and finding.start < old.end
        for old in known
    )


def _was_hidden(passage: Passage, finding: Finding) -> bool:
    """Whether something was taken out inside the finding: only then was it disguised."""
    kept = sum(finding.start <= place < finding.end for place in passage.origin)
    return kept < len(fold(passage.given[finding.start : finding.end]))


def _findings(case: Case, drafts: Iterable[Draft]) -> list[Finding]:
    """Drafts with their places in the given text, each kind once at each place."""
    findings: dict[tuple[str, int, int], Finding] = {}
    for draft in drafts:
        start, end = case.passage.span(draft.start, draft.end)
        if (draft.kind, start, end) in findings:
            continue
        cut_start, cut_end = case.passage.span(*case.cut(draft))
        thought = draft.thought
        findings[draft.kind, start, end] = Finding(
            kind=draft.kind,
            row=draft.ruling.row.partition(".")[0],
            start=start,
            end=end,
            basis=case.book.ground(draft.ruling.basis, case.context.language),
            suggestion=case.instead(draft),
            reason=draft.ruling.reason,
            verdict=draft.ruling.verdict,
            cut_start=cut_start,
            cut_end=cut_end,
            likelihood=round(thought.likelihood, 3) if thought else None,
            parts=tuple(Weighty(*case.passage.span(part.start, part.end)) for part in thought.parts)
            if thought
            else (),
        )
    return list(findings.values())


def _reworded(text: str, findings: Sequence[Finding], context: Context, book: GuardBook) -> str:
    least = contact.keeping_clauses(text, findings, book.vocabulary)
    for begun in (least, findings) if least != tuple(findings) else (findings,):
        wording, left = text, begun
        for _ in range(_ROUNDS):
            wording = _taken(wording, left)
            left = _found(wording, context, book, _holds)
            if all(finding.kind == "contact_frequency" for finding in left):
                return wording or book.wording("anything", tongue(text, context.language))
    return book.wording("anything", tongue(text, context.language))


def _taken(text: str, findings: Iterable[Finding]) -> str:
    """The text with every suggestion taken, from the end to the beginning; of overlapping cuts the wider."""
    cuts: list[Finding] = []
    for finding in sorted(findings, key=lambda finding: (finding.cut_start, -finding.cut_end)):
        if finding.verdict not in _HELD or finding.kind == "contact_frequency":
            continue
        if not cuts or finding.cut_start >= cuts[-1].cut_end:
            cuts.append(finding)
    for finding in reversed(cuts):
        text = text[: finding.cut_start] + finding.suggestion + text[finding.cut_end :]
    return text


def warm() -> None:
    """Build the lists, automata and patterns that reviews ask most, before a first message has to wait.

    About half a second of work.
    """
    text = (files("xiaoer.guard") / "lists" / "first.txt").read_text("utf-8")
    for line in text.splitlines():
        for role in ("agent", "buyer"):
            review(line, Context(role=role), shipped())


def own_data(known: Iterable[str]) -> tuple[str, ...]:
    """What the marketplace knows a buyer by, and the numbers and addresses within it (`Context.own_data`)."""
    found: dict[str, None] = {}
    for datum in known:
        found[datum] = None
        for one in mask.find(datum, _REACHED_BY):
            found[datum[one.start : one.end]] = None
    return tuple(found)


def must_be_changed(review: Review) -> Refused:
    """The refusal of words that are held back, with everything a page needs to mark and rewrite them."""
    return Refused(
        "refused",
        "guard.must_be_changed",
        review.findings[0].row,
        {
            "verdict": review.verdict,
            "kinds": sorted({finding.kind for finding in review.findings}),
            "findings": review.findings,
            "suggestion": review.text,
        },
    )
