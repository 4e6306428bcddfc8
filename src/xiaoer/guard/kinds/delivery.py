"""Delivery promises: a stated time and an arrival in one breath, and how sure they are said."""

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from xiaoer.guard.kinds.case import Case, Draft
from xiaoer.guard.scan import Hit
from xiaoer.guard.vocabulary import Vocabulary

AREA: Final = "delivery"
_REACH: Final = 16
_TONGUES: Final = ("en", "es", "ja", "ko")


class _Promise(NamedTuple):
    """A time and what happens then; `time` is exact or a range."""

    start: int
    when_end: int
    what_start: int
    end: int
    event: str
    time: str


def may_judge(hits: list[Hit], text: str, words: Vocabulary) -> bool:
    """Whether there can be a promise: another language's words, or a time and then something that comes."""
    first = hits[0].start
    if words.pattern("delivery.comes").search(text, first) and (
        words.pattern("delivery.dispatch").search(text, first)
        or words.pattern("delivery.arrival").search(text, first)
    ):
        return True
    return any(hit.term.group == "foreign" for hit in hits)


def judge(case: Case) -> Iterator[Draft]:
    """Yield a draft for each stated time of arrival or dispatch, estimates with the verdict `pass`."""
    groups = {hit.term.group for hit in case.of(AREA)}
    if "when" in groups and case.words.has("delivery.comes", case.text):
        for promise in _promises(case):
            yield _decide(case, promise)
    if "foreign" in groups:
        yield from _foreign(case)


def _promises(case: Case) -> Iterator[_Promise]:
    done = -1
    for when in case.words.pattern("delivery.time").finditer(case.text):
        if when.start() >= done and not _is_past(case, when):
            promise = _promise(case, when)
            if promise is not None:
                done = promise.end
                yield promise


def _is_past(case: Case, when: re.Match[str]) -> bool:
    """三天前 tells of the past, 周五前 does not."""
    return case.words.has("delivery.span", when[0]) and case.words.has(
        "delivery.ago", case.text[when.end() : when.end() + 3]
    )


def _promise(case: Case, when: re.Match[str]) -> _Promise | None:
    """The arrival or dispatch that follows a time in the same sentence, no other time between."""
    text, words = case.text, case.words
    comes = words.pattern("delivery.comes")
    if comes.search(text, when.end(), when.end() + _REACH) is None:
        return None
    limit = when.end() + len(case.ahead(when.end(), _REACH))
    what = words.pattern("delivery.arrival").search(text, when.end(), limit)
    sent = words.pattern("delivery.dispatch").search(text, when.end(), limit)
    event = "arrival"
    if sent and (what is None or sent.start() < what.start()):
        what, event = sent, "dispatch"
    if what is None:
        return None
    between = text[when.end() : what.start()]
    if between.count(",") > 1 or words.has("delivery.stop", between):
        return None
    later = words.pattern("delivery.time").search(text, when.end() + 1, what.start())
    if later and later.end() <= what.start():
        return None
    if words.begins("delivery.received", what[0]) and not (
        words.has("delivery.future_day", when[0])
        or words.has(
            "delivery.will", case.passage.before(when.start(), 6) + text[when.start() : what.start()]
        )
    ):
        return None  # 今天收到: has been received
    if what[0] == "到货":
        event = "restock"
    time = "range" if when["range"] else "exact"
    return _Promise(when.start(), when.end(), what.start(), what.end(), event, time)


def _decide(case: Case, promise: _Promise) -> Draft:
    force, start = _force(case, promise)
    ruling = case.rule(
        "delivery",
        event=promise.event,
        time=promise.time,
        force=force,
        insured=case.context.on_time_insurance,
    )
    instead = "" if ruling.verdict == "pass" else _estimate(case, promise, start)
    return Draft("delivery_promise", ruling, start, promise.end, instead)


def _force(case: Case, promise: _Promise) -> tuple[str, int]:
    """How sure it is said, and where the promise begins (a 保证 before the time belongs to it)."""
    words, text = case.words, case.text
    start, end = promise.start, promise.end
    left, right = case.passage.clause(start, end)
    clause = text[left : right + 1]
    if _is_about_something_else(case, clause, text[left : min(right, end + 3)]):
        return "told", start
    if words.has("delivery.denied", clause) or words.has("delivery.told", clause):
        return "told", start
    if words.has("delivery.estimate", clause):
        return "estimated", start
    near = max(left, start - 8)
    if certain := words.search("delivery.certain", text[near:end]):
        return "promised", min(start, near + certain.start())
    first, last = case.passage.sentence(start, end)
    past = text.startswith("了", end) and not words.has("delivery.future_day", text[start : promise.when_end])
    if past or words.has("delivery.hedged", text[first : last + 1]):
        return "estimated", start
    return "plain", start


def _is_about_something_else(case: Case, clause: str, upto: str) -> bool:
    """What is to come is no parcel (退款到账), or its arrival is only the condition (收到货后48小时内)."""
    words = case.words
    if words.has("delivery.after_arrival", upto):
        return True
    return words.has("delivery.other_matter", clause) and not words.has("delivery.parcel", clause)


def _estimate(case: Case, promise: _Promise, start: int) -> str:
    """The same words as an estimate: 保证明天一定送达 → 预计明天送达，具体以物流更新为准."""
    said = case.text[start : promise.end].replace("必达", "送达")
    kept = case.words.pattern("delivery.sure").sub("", said)
    if case.words.has("delivery.bare_reach", kept):
        kept = kept.removesuffix("达") + "送达"
    ending = "delivery_dispatch" if promise.event == "dispatch" else "delivery_ending"
    return f"预计{kept}{case.book.wording(ending, 'zh-Hans')}"


# ── other languages ──────────────────────────────────────────────────────


def _foreign(case: Case) -> Iterator[Draft]:
    done = -1
    for hit in case.of(AREA):
        if hit.term.group == "foreign" and hit.start >= done:
            first, last = case.passage.sentence(hit.start, hit.end)
            draft = next(filter(None, (_in_tongue(case, tongue, first, last) for tongue in _TONGUES)), None)
            if draft is not None:
                done = last
                yield draft


def _in_tongue(case: Case, tongue: str, first: int, last: int) -> Draft | None:
    sentence = case.text[first:last]
    when = case.words.search(f"delivery.time_{tongue}", sentence)
    what = case.words.search(f"delivery.reach_{tongue}", sentence)
    if not (when and what):
        return None
    asked = case.text.startswith("?", last)
    hedged = asked or case.words.has(f"delivery.hedged_{tongue}", sentence)
    ruling = case.rule(
        "delivery",
        event="arrival",
        time="exact",
        force="estimated" if hedged else "plain",
        insured=case.context.on_time_insurance,
    )
    start, end = first + min(when.start(), what.start()), first + max(when.end(), what.end())
    instead = case.book.wording("delivery_foreign", tongue).replace("{when}", when[0].strip())
    cut = (first + len(sentence) - len(sentence.lstrip()), last)
    return Draft("delivery_promise", ruling, start, end, instead, cut=cut)
