"""Delivery promises: a stated time and an arrival in one breath, and how sure they are said."""

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from xiaoer.guard.kinds.case import Case, Draft

AREA: Final = "delivery"
_WHEN: Final = (
    r"(?P<range><delivery.range>)"
    r"|(?P<exact><delivery.day>(?:的?(?:上午|下午|晚上|中午|早上|傍晚|晚|早))?(?:\d{1,2}[点:](?:\d\d|半)?)?"
    r"|<delivery.number> ?<delivery.unit>(?:之内|以内|内)?)(?:之前|以前|前)?(?:内|之内|以内)?"
)


_FUTURE: Final = re.compile(r"[明后次隔下]|周|星期|礼拜|[号日]$|月")


class _Promise(NamedTuple):
    when: tuple[int, int]
    what: tuple[int, int]
    event: str
    time: str


def judge(case: Case) -> Iterator[Draft]:
    """Yield a draft for each stated time of arrival or dispatch, estimates with the verdict `pass`."""
    groups = {hit.term.group for hit in case.of(AREA)}
    if {"when", "arrives"} <= groups:
        for promise in _promises(case):
            yield _decide(case, promise)
    if "foreign" in groups:
        yield from _foreign(case)


def _promises(case: Case) -> Iterator[_Promise]:
    words, text = case.book.vocabulary, case.passage.text
    when, arrival = words.pattern(_WHEN), words.pattern(r"<delivery.arrival>")
    dispatch = words.pattern(r"<delivery.dispatch>")
    seen = -1
    for match in when.finditer(text):
        if (
            match.start() < seen
            or (re.match(r"[^,。]{0,2}前", text[match.end() :])
            and match["exact"]
            and match["exact"][-1] in "天日时"
            and match["exact"][0] in "0123456789一两三四五")
        ):
            continue
        _, end = case.passage.sentence(match.start(), match.end())
        limit = min(end, match.end() + 16)
        what = arrival.search(text, match.end(), limit)
        sent = dispatch.search(text, match.end(), limit)
        later = when.search(text, match.end(), limit)
        event = "arrival"
        if sent and (what is None or sent.start() < what.start()):
            what, event = sent, "dispatch"
        if what is None or (later and later.end() <= what.start() and later.start() > match.end()):
            continue
        if text[match.end() : what.start()].count(",") > 1 or re.search(
            r"[!?。;]", text[match.end() : what.start()]
        ):
            continue
        if event == "arrival" and what[0] == "到货":
            event = "restock"
        seen = what.end()
        yield _Promise(match.span(), what.span(), event, "range" if match["range"] else "exact")


def _decide(case: Case, promise: _Promise) -> Draft:
    start, end = promise.when[0], promise.what[1]
    force, start = _force(case, promise, start, end)
    decision = case.book.decide(
        "delivery",
        event=promise.event,
        time=promise.time,
        force=force,
        insured=case.context.on_time_insurance,
    )
    verdict = decision.word("verdict")
    instead = "" if verdict == "pass" else _estimate(case, promise, start, end)
    return Draft("delivery_promise", decision.row, verdict, decision.word("reason"), start, end, instead)  # type: ignore[arg-type]


def _force(case: Case, promise: _Promise, start: int, end: int) -> tuple[str, int]:
    """How sure it is said, and where the promise begins (a 保证 before the time belongs to it)."""
    words, text = case.book.vocabulary, case.passage.text
    first, last = case.passage.sentence(start, end)
    left, right = case.passage.clause(start, end)
    sentence, clause = text[first : min(last + 1, len(text))], text[left : min(right + 1, len(text))]
    inner = text[max(left, start - 8) : end]
    if words.pattern(r"<delivery.after_arrival>").search(text, left, min(right, end + 3)):
        return "told", start
    if words.pattern(r"<delivery.other_matter>").search(clause) and not words.pattern(
        r"<delivery.parcel>"
    ).search(clause):
        return "told", start
    certain = words.pattern(r"<delivery.certain>").search(inner)
    denied = words.pattern(
        r"(?:不|没法|没办法|无法|不能|不敢|难以|未)(?:能|敢|好|可)?(?:一定|肯定|保证|承诺|确保|确定|担保)"
    ).search(clause)
    if denied or words.pattern(r"<delivery.told>").search(clause):
        return "told", start
    if words.pattern(r"<delivery.estimate>").search(clause):
        return "estimated", start
    if (certain and promise.event != "restock") or (certain and certain[0] != "没问题"):
        return "promised", min(start, max(left, start - 8) + certain.start())
    if words.pattern(r"<delivery.estimate>|<delivery.told>").search(sentence) or (
        text[promise.what[1] : promise.what[1] + 1] == "了"
        and not _FUTURE.search(text[promise.when[0] : promise.when[1]])
    ):
        return "estimated", start
    return "plain", start


def _estimate(case: Case, promise: _Promise, start: int, end: int) -> str:
    """The same words as an estimate: 保证明天一定送达 → 预计明天送达，具体以物流更新为准."""
    words, text = case.book.vocabulary, case.passage.text
    kept = words.pattern(
        r"<delivery.certain>(?:能|会|可以|给您|地)?|(?<=[天内日号晚早前])就?(?:能|会|可以|可)(?=[^,]{0,4}(?:到|达|收))"
    ).sub("", text[start:end])
    kept = kept.replace("必达", "送达")
    if (
        not kept.endswith(
            ("达", "到", "货", "家", "手", "门", "来", "去", "收", "出", "库", "走", "递", "发")
        )
        and "必达" in text[start:end]
    ):
        kept += "送达"
    kept = kept.removesuffix("达") + "送达" if re.search(r"(?:内|天|日|时|h)达$", kept) else kept
    ending = case.book.wording(
        "delivery_dispatch" if promise.event == "dispatch" else "delivery_ending", "zh-Hans"
    )
    return f"预计{kept}{ending}"


# ── other languages ──────────────────────────────────────────────────────


def _foreign(case: Case) -> Iterator[Draft]:
    words, text = case.book.vocabulary, case.passage.text
    done = -1
    for hit in case.of(AREA):
        if hit.term.group != "foreign" or hit.start < done:
            continue
        first, last = case.passage.sentence(hit.start, hit.end)
        sentence = text[first:last]
        for tongue in ("en", "es", "ja", "ko"):
            border = r"\b" if tongue in {"en", "es"} else ""
            when = words.pattern(f"{border}<delivery.when_{tongue}>{border}").search(sentence)
            what = words.pattern(f"{border}<delivery.arrive_{tongue}>").search(sentence)
            if not (when and what):
                continue
            asked = text[last : last + 1] == "?"
            hedged = asked or words.pattern(f"{border}<delivery.estimate_{tongue}>{border}").search(sentence)
            done = last
            decision = case.book.decide(
                "delivery",
                event="arrival",
                time="exact",
                force="estimated" if hedged else "plain",
                insured=case.context.on_time_insurance,
            )
            start, end = first + min(when.start(), what.start()), first + max(when.end(), what.end())
            instead = case.book.wording("delivery_foreign", tongue).replace("{when}", when[0].strip())
            lead = len(sentence) - len(sentence.lstrip())
            yield Draft(
                "delivery_promise",
                decision.row,
                decision.word("verdict"),
                decision.word("reason"),
                start,
                end,
                instead,
                (first + lead, last),
            )  # type: ignore[arg-type]
            break
