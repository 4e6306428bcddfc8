"""The six steps of a good dialogue, told message by message (S-007…S-012, A4)."""

from collections.abc import Iterable
from typing import Final, Protocol

from xiaoer.inspection.model import STEPS, StepName, StepScore, Strip, TalkLine
from xiaoer.inspection.rules.speech import (
    Said,
    alike,
    answers,
    is_call,
    is_question,
    pattern,
    said,
    wants,
)
from xiaoer.kernel.table import Table

OPENING: Final = 3
"""How many human messages may make the opening."""
CLOSING: Final = 4
"""How many human messages may make the close, the last ones."""
KEPT: Final = 6
"""How many of a buyer's latest wishes an answer is held against."""
SIGNS_MAX: Final = 3
_SAME: Final = 0.3


class Scale(Protocol):
    """The table that gives points for signs; a `Card` is one."""

    @property
    def steps(self) -> Table:
        """The table inspection.steps."""
        ...


class Steps:
    """How far the six steps have come; `take` each message once, ask `scores` whenever you like.

    A message costs the same however long the talk is.
    """

    def __init__(self) -> None:
        self._shown: dict[StepName, dict[str, int]] = {step: {} for step in STEPS}
        self._tail: list[Said] = []
        self._wishes: list[Said] = []
        self._humans = 0
        self._asked_how = False
        self._told_to_do = False

    def take(self, one: Said) -> None:
        """Read the next message; recalled ones and those of programs are not given here."""
        if one.is_buyer:
            self._hear(one)
        elif one.is_human:
            self._humans += 1
            self._opening(one)
            self._confirming(one)
            self._solving(one)
            self._explaining(one)
            self._feeling(one)
            self._closing(one)

    def scores(self, scale: Scale, *, closed: bool) -> tuple[StepScore, ...]:
        """What the steps come to now; in a running talk the close is not yet called for."""
        return tuple(self._score(step, scale.steps, closed=closed) for step in STEPS)

    def _hear(self, one: Said) -> None:
        if is_call(one) or not (wants(one) or (not self._wishes and len(one.plain) > 1)):
            return
        self._wishes = [*self._wishes[-KEPT + 1 :], one]
        self._asked_how = self._asked_how or pattern("how").search(one.folded) is not None

    def _show(self, step: StepName, sign: str, one: Said) -> None:
        self._shown[step].setdefault(sign, one.version)

    def _opening(self, one: Said) -> None:
        if self._humans > OPENING:
            return
        if "agent.hello" in one.has:
            self._show("greet", "hello", one)
        if "agent.name" in one.has or pattern("own_name").search(one.folded):
            self._show("greet", "name", one)
        if "agent.offer" in one.has:
            self._show("greet", "offer", one)

    def _confirming(self, one: Said) -> None:
        if not self._wishes or "agent.more" in one.has or not is_question_or_request(one):
            return
        if "agent.playback" in one.has or any(alike(wish, one) >= _SAME for wish in self._wishes[-3:]):
            self._show("confirm", "ask", one)
            self._show("confirm", "playback", one)
        elif "agent.ask" in one.has and "agent.offer" not in one.has:
            self._show("confirm", "ask", one)

    def _solving(self, one: Said) -> None:
        if not self._wishes or not answers(one) or _only_asks(one):
            return
        if not one.any("agent.solve", "agent.done", "agent.operate"):
            if not is_question(one):
                self._show("solve", "answer", one)
            return
        self._show("solve", "answer", one)
        concrete = one.any("agent.done", "agent.operate") or pattern("figure").search(one.folded) is not None
        if concrete or any(alike(wish, one) >= _SAME for wish in self._wishes[-3:]):
            self._show("solve", "targeted", one)

    def _explaining(self, one: Said) -> None:
        told = "agent.operate" in one.has
        self._told_to_do = self._told_to_do or told
        if not (told or self._told_to_do or self._asked_how):
            return
        if told:
            self._show("explain", "told", one)
        path = pattern("path").search(one.folded) is not None
        if path or (told and "agent.order_words" in one.has) or pattern("listed").search(one.folded):
            self._show("explain", "told", one)
            self._show("explain", "ordered", one)
        if one.line.kind == "image" or "agent.aid" in one.has or pattern("link").search(one.folded):
            self._show("explain", "aid", one)

    def _feeling(self, one: Said) -> None:
        if not self._wishes:
            return
        if "agent.understood" in one.has or ("agent.more" in one.has and is_question(one)):
            self._show("feelings", "asked", one)
        if one.any("agent.empathy", "agent.sorry"):
            self._show("feelings", "met", one)

    def _closing(self, one: Said) -> None:
        if self._shown["solve"]:
            self._tail = [*self._tail[-CLOSING + 1 :], one]

    def _close(self) -> dict[str, int]:
        shown: dict[str, int] = {}
        for one in self._tail:
            for sign, groups in _CLOSE.items():
                if one.any(*groups):
                    shown.setdefault(sign, one.version)
        return shown

    def _is_called(self, step: StepName, *, closed: bool) -> bool:
        if step == "greet":
            return self._humans > 0
        if step == "close":
            return closed and bool(self._humans and self._wishes)
        if step == "explain":
            return bool(self._humans) and (self._asked_how or self._told_to_do)
        return bool(self._humans and self._wishes)

    def _score(self, step: StepName, table: Table, *, closed: bool) -> StepScore:
        shown = self._close() if step == "close" else self._shown[step]
        signs = min(len(shown), SIGNS_MAX)
        called = self._is_called(step, closed=closed) or (step == "close" and signs > 1)
        said_by = table.decide({"step": step, "signs": signs, "called": called})
        points = said_by.outcome.get("points")
        return StepScore(
            step,
            points if isinstance(points, int) else None,
            tuple(sorted(set(shown.values()))) if called else (),
            said_by.row,
            said_by.basis,
        )


_CLOSE: Final = {
    "thanks": ("agent.thanks", "agent.welcome"),
    "more": ("agent.more",),
    "wish": ("agent.wish",),
}


def _only_asks(one: Said) -> bool:
    """Whether a message asks the buyer back and settles nothing."""
    asks = is_question(one) and one.any("agent.playback", "agent.ask")
    return asks and not one.any("agent.done", "agent.operate")


def is_question_or_request(one: Said) -> bool:
    """Whether an agent's message asks the buyer for something or for his confirmation."""
    return is_question(one) or "确认" in one.folded or "提供" in one.folded


def strip_of(
    lines: Iterable[TalkLine], scale: Scale, *, consultation: int = 1, closed: bool = False
) -> Strip:
    """The steps of a talk as far as it has come, for the strip at the desk."""
    steps = Steps()
    version = 0
    for one in said(lines):
        steps.take(one)
        version = one.version
    return Strip(version, consultation, steps.scores(scale, closed=closed))
