"""How satisfied a buyer seems at each of his messages: features anybody can read, and a linear model.

Serving needs no libraries: a model maps pieces of text and named features to three weights. What a turn looks
like depends on nothing after it, so the same function serves a running talk.
"""

import math
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from importlib.resources import files
from itertools import islice
from typing import Final, Literal, NamedTuple

import msgspec
from msgspec import Struct

from xiaoer.inspection.model import Turn
from xiaoer.inspection.rules.speech import Said, answers, is_call, is_question, likest, pattern

LABELS: Final = ("dissatisfied", "neutral", "satisfied")
GRAM_MAX: Final = 3
TEXT_MAX: Final = 160
_WHY: Final = 3
_SPOKEN: Final = 8
_PLACEHOLDER: Final = re.compile(r"\[[一-鿿a-z_0-9]{1,24}\]")
_EMOTICON: Final = re.compile(r"#e-[a-z]?\d*(?:\[数字x\])?\d*")
_DIGITS: Final = re.compile(r"\d+")
_OWN_SIGNS: Final = frozenset(
    {
        "buyer.upset",
        "buyer.urge",
        "buyer.doubt",
        "buyer.denied",
        "buyer.leave",
        "buyer.you",
        "buyer.glad",
        "buyer.fine",
        "buyer.call",
        "buyer.request",
    }
)
_THEIR_SIGNS: Final = frozenset(
    {"agent.sorry", "agent.thanks", "agent.wish", "agent.more", "agent.done", "agent.hold"}
)

Weights = tuple[float, float, float]


class Mood(Struct, frozen=True, kw_only=True):
    """A model: weights towards dissatisfied, neutral and satisfied.

    `dissatisfied_from` and `satisfied_from` are the probabilities from which on a turn gets these labels.
    `source` and `license` say what it was made from, `figures` how well it did on talks it had not seen.
    """

    name: str
    bias: Weights
    grams: dict[str, Weights]
    features: dict[str, Weights]
    dissatisfied_from: float
    satisfied_from: float
    source: str = ""
    license: str = ""
    figures: dict[str, float] = {}


class Look(NamedTuple):
    """One buyer's turn as the model sees it: pieces of its text, and named features."""

    version: int
    grams: frozenset[str]
    features: Mapping[str, float]


@lru_cache(maxsize=1)
def shipped() -> Mood:
    """The model that is shipped: weights set by hand, made from nobody's data (tables/mood.toml)."""
    return msgspec.toml.decode((files("xiaoer.inspection") / "tables" / "mood.toml").read_bytes(), type=Mood)


def read_mood(data: bytes) -> Mood:
    """A model from the file `xiaoer inspect train` writes; raises ValueError when it is none."""
    try:
        return msgspec.json.decode(data, type=Mood)
    except msgspec.MsgspecError as error:
        raise ValueError(str(error)) from error


def turns(mood: Mood, messages: Sequence[Said]) -> tuple[Turn, ...]:
    """The buyer's turns of a talk with how satisfied each seems."""
    return tuple(judged(mood, look) for look in looks(messages, grams=bool(mood.grams)))


def judged(mood: Mood, look: Look) -> Turn:
    """One turn judged by a model."""
    unit = 1 / math.sqrt(len(look.grams)) if look.grams else 0.0
    bad, middle, good = mood.bias
    reasons: list[tuple[float, str]] = []
    weights = mood.grams
    for gram in look.grams:
        if found := weights.get(gram):
            bad += unit * found[0]
            middle += unit * found[1]
            good += unit * found[2]
            if found[0] > 0:
                reasons.append((unit * (found[0] - found[2]), gram))
    for name, value in look.features.items():
        if found := mood.features.get(name):
            bad += value * found[0]
            middle += value * found[1]
            good += value * found[2]
            if found[0] > found[2]:
                reasons.append((value * (found[0] - found[2]), name))
    top = max(bad, middle, good)
    raised = [math.exp(one - top) for one in (bad, middle, good)]
    total = sum(raised)
    probability, satisfied = raised[0] / total, raised[2] / total
    label = _label(mood, probability, satisfied)
    why = sorted(reasons, reverse=True)[:_WHY] if label == "dissatisfied" else ()
    shown = tuple(name.strip("^$") or name for _, name in why)
    return Turn(look.version, round(probability, 4), round(satisfied, 4), label, shown)


def _label(mood: Mood, bad: float, good: float) -> Literal["dissatisfied", "neutral", "satisfied"]:
    if bad >= mood.dissatisfied_from:
        return "dissatisfied"
    return "satisfied" if good >= mood.satisfied_from else "neutral"


# ── what the model looks at ──────────────────────────────────────────────


class Course:
    """A talk as the model hears it; `take` each message once. One costs the same however long the talk is."""

    __slots__ = ("_alone", "_answer", "_number", "_spoken")

    def __init__(self) -> None:
        self._spoken: list[Said] = []
        self._answer: Said | None = None
        self._alone = self._number = 0

    def take(self, one: Said, *, grams: bool = True) -> Look | None:
        """What the model sees of the next message, from what was said up to it; None unless the buyer's."""
        if not one.is_buyer:
            if one.is_human:
                self._answer, self._alone = one, 0
            return None
        self._number += 1
        features = _features(one, self._spoken, self._answer, self._alone, self._number)
        self._spoken = [*self._spoken[-_SPOKEN + 1 :], one]
        self._alone += 1
        return Look(one.version, grams_of(one) if grams else frozenset(), features)


def looks(messages: Iterable[Said], *, grams: bool = True) -> Iterator[Look]:
    """Every turn of the buyer as the model sees it."""
    course = Course()
    seen = (course.take(one, grams=grams) for one in messages)
    return (look for look in seen if look is not None)


def grams_of(one: Said) -> frozenset[str]:
    """The pieces of one to three characters of a message, its two ends marked."""
    bare = _EMOTICON.sub("", one.folded)
    bare = _DIGITS.sub("0", _PLACEHOLDER.sub("¤", bare))[:TEXT_MAX]
    text = f"^{bare}$"
    return frozenset(
        text[place : place + length]
        for length in range(1, GRAM_MAX + 1)
        for place in range(len(text) - length + 1)
    )


def _features(
    one: Said, spoken: Sequence[Said], answer: Said | None, alone: int, number: int
) -> dict[str, float]:
    """The named features that are not zero."""
    plain = len(one.plain)
    same = likest(one, spoken) if plain > 3 else 0.0
    found = {"turn": math.log1p(number), "length": min(plain, 60) / 20}
    for name, value in (
        ("alone", alone),
        ("first", number == 1),
        ("same", same),
        ("again", same >= 0.6),
        ("question", is_question(one)),
        ("call", is_call(one)),
        ("questions", min(one.folded.count("?"), 4)),
        ("shouts", min(one.folded.count("!"), 4)),
        ("empty", not plain),
        ("data", "[" in one.folded),
    ):
        if value:
            found[name] = float(value)
    for group in one.has & _OWN_SIGNS:
        found[group] = 1.0
    if spoken:
        _before(found, spoken)
    _answered(found, answer)
    return found


def _before(found: dict[str, float], spoken: Sequence[Said]) -> None:
    before = spoken[-1]
    for name in ("upset", "urge", "doubt", "glad"):
        if f"buyer.{name}" in before.has:
            found[f"before.{name}"] = 1.0
    if upset := sum("buyer.upset" in said.has for said in spoken):
        found["lately.upset"] = float(upset)


def _answered(found: dict[str, float], answer: Said | None) -> None:
    if answer is None:
        found["answer.none"] = 1.0
        return
    found["answer.length"] = min(len(answer.plain), 100) / 30
    if not answers(answer):
        found["answer.empty"] = 1.0
    if pattern("refused").search(answer.folded) is not None:
        found["answer.refused"] = 1.0
    if is_question(answer):
        found["answer.asked"] = 1.0
    for group in answer.has & _THEIR_SIGNS:
        found[f"answer.{group[6:]}"] = 1.0


def strongest(mood: Mood, count: int) -> Mapping[str, Weights]:
    """The pieces of text that weigh most towards dissatisfaction, for people to read."""
    ranked = sorted(mood.grams.items(), key=lambda item: item[1][2] - item[1][0])
    return dict(islice(ranked, count))
