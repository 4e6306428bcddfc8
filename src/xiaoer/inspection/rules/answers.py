"""Which questions were answered, which were asked again, and what was promised (S-004, S-005, S-009)."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from xiaoer.inspection.model import Promise, PromiseKind, PromiseState, Question
from xiaoer.inspection.rules.speech import Said, alike, answers, is_glad, is_question, pattern, wants

SAME: Final = 0.7
"""From which likeness on a question is the same again."""
LONG_ENOUGH: Final = 4
_LOOK_BACK: Final = 12
_KINDS: Final[tuple[PromiseKind, ...]] = ("call_back", "refund", "send", "compensate", "pass_on", "look")


def questions_of(messages: Sequence[Said]) -> tuple[Question, ...]:
    """Every question or request of the buyer, what answered it, and whether it had to be asked again.

    An answer is the next message of a human that says something in substance; of questions asked in a row it
    answers all. A question that is the same as one before, with an answer in between, was not understood.
    """
    found: list[Question] = []
    asked: list[Said] = []
    answered: dict[int, Said] = {}
    waiting: list[Said] = []
    for one in messages:
        if one.is_buyer and wants(one):
            asked.append(one)
            waiting.append(one)
        elif waiting and answers(one):
            answered.update((question.version, one) for question in waiting)
            waiting.clear()
    for place, question in enumerate(asked):
        answer = answered.get(question.version)
        found.append(
            Question(
                question.version,
                answer.version if answer else None,
                _repeated(question, asked[max(0, place - _LOOK_BACK) : place]),
                _seconds(question.line.at, answer.line.at) if answer else None,
            )
        )
    return tuple(found)


def _repeated(question: Said, earlier: Sequence[Said]) -> int | None:
    if len(question.plain) < LONG_ENOUGH:
        return None
    for before in reversed(earlier):
        if len(before.plain) >= LONG_ENOUGH and alike(question, before) >= SAME:
            return before.version
    return None


def _seconds(asked: datetime | None, answered: datetime | None) -> int | None:
    return None if asked is None or answered is None else int((answered - asked).total_seconds())


# ── promises ─────────────────────────────────────────────────────────────

_DIGITS: Final = {**dict(zip("一二三四五六七八九十", range(1, 11), strict=True)), "两": 2}
_UNITS: Final = {
    "分钟": timedelta(minutes=1),
    "minute": timedelta(minutes=1),
    "小时": timedelta(hours=1),
    "钟头": timedelta(hours=1),
    "hour": timedelta(hours=1),
    "天": timedelta(days=1),
    "日": timedelta(days=1),
    "day": timedelta(days=1),
    "工作日": timedelta(days=1.4),  # five of seven days
    "business day": timedelta(days=1.4),
}


def promises_of(messages: Sequence[Said], until: datetime | None) -> tuple[Promise, ...]:
    """Everything an agent said he would do, and what came of it up to `until`.

    A look into something is kept by the next answer in substance. The rest is kept by a later message that
    tells it is done; broken when its time is over and nothing was told, or when the buyer asks for it again;
    open while its time runs. The same promise said again is one promise.
    """
    found: list[Promise] = []
    seen: set[PromiseKind] = set()
    for place, one in enumerate(messages):
        if not one.is_human:
            continue
        for kind in _promised(one):
            if kind in seen:
                continue
            later = messages[place + 1 :]
            due = _due(one.folded, one.line.at)
            state, kept_by = _became(kind, later, due, until)
            if kind != "look" or state != "kept":
                seen.add(kind)
            found.append(Promise(one.version, kind, due, state, kept_by))
    return tuple(found)


def _promised(one: Said) -> Sequence[PromiseKind]:
    if (
        not any(group.startswith("promise.") for group in one.has)
        or pattern("will").search(one.folded) is None
    ):
        return []
    kinds: list[PromiseKind] = [kind for kind in _KINDS if f"promise.{kind}" in one.has]
    done = "agent.done" in one.has
    if done or (pattern("own_deed").search(one.folded) is not None and "look" not in kinds):
        return []
    if is_question(one):
        kinds = [kind for kind in kinds if kind == "look"]
    return kinds[:1]


def _became(
    kind: PromiseKind, later: Sequence[Said], due: datetime | None, until: datetime | None
) -> tuple[PromiseState, int | None]:
    if kind == "look":
        kept = next((one.version for one in later if answers(one) and not _looks_again(one)), None)
        return ("kept" if kept is not None else "broken"), kept
    for one in later:
        if one.is_human and "agent.done" in one.has:
            return "kept", one.version
    if due is not None and until is not None and due < until:
        settled = any(one.is_buyer and is_glad(one) and one.line.at and one.line.at >= due for one in later)
        return ("unknown" if settled else "broken"), None
    return "open" if due is not None else "unknown", None


def _looks_again(one: Said) -> bool:
    return "promise.look" in one.has and not one.any("agent.done", "agent.operate") and len(one.plain) <= 20


def _due(folded: str, at: datetime | None) -> datetime | None:
    if at is None:
        return None
    if term := pattern("term").search(folded):
        amount = _number(term[2] or term[1])
        unit = _UNITS.get(term[3])
        return at + amount * unit if unit is not None else None
    if pattern("tomorrow").search(folded):
        return (at + timedelta(days=2)).replace(hour=0, minute=0, second=0, microsecond=0)
    if pattern("today").search(folded):
        return (at + timedelta(days=1)).replace(hour=0, minute=0, second=0, microsecond=0)
    return None


def _number(text: str) -> float:
    if text.isdigit():
        return int(text)
    if text == "半":
        return 0.5
    tens, mark, ones = text.partition("十")
    if mark:
        return _DIGITS.get(tens, 1) * 10 + _DIGITS.get(ones, 0)
    return _DIGITS.get(text[0], 1)
