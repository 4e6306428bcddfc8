"""One message as the rules of inspection read it: folded once, its signs found in one walk."""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from importlib.resources import files
from operator import add
from typing import Final

from xiaoer.guard.automaton import finder
from xiaoer.guard.normal import fold
from xiaoer.guard.vocabulary import Vocabulary, parse
from xiaoer.inspection.model import HUMANS, TalkLine

_MEDIA: Final = frozenset({"image", "file", "card"})
_NOTHING: Final[frozenset[str]] = frozenset()
SHORT: Final = 6
"""Up to so many characters an answer that is one of the empty words says nothing by itself."""


class Signs:
    """The automaton over all signs: every term of lists/speech.txt by its `area.group`."""

    __slots__ = ("_find", "_groups", "_latin", "words")

    def __init__(self, words: Vocabulary) -> None:
        by_word: dict[str, set[str]] = {}
        for term in words.terms:
            if word := fold(term.word).strip():
                by_word.setdefault(word, set()).add(f"{term.area}.{term.group}")
        self.words: Final = words
        self._groups: Final = tuple(frozenset(groups) for groups in by_word.values())
        self._latin: Final = tuple(word.isascii() for word in by_word)
        self._find: Final = finder(list(by_word))

    def of(self, folded: str) -> frozenset[str]:
        """The groups of which a term stands in a text in normal form."""
        found: set[str] = set()
        for start, end, index in self._find(folded):
            if self._latin[index] and _is_part_of_word(folded, start, end):
                continue
            found |= self._groups[index]
        return frozenset(found) if found else _NOTHING


def _is_part_of_word(text: str, start: int, end: int) -> bool:
    before = start > 0 and text[start].isalnum() and text[start - 1].isascii() and text[start - 1].isalnum()
    after = end < len(text) and text[end - 1].isalnum() and text[end].isascii() and text[end].isalnum()
    return before or after


@lru_cache(maxsize=1)
def signs() -> Signs:
    """The shipped signs, built once in a process."""
    lines = (files("xiaoer.inspection") / "lists" / "speech.txt").read_text("utf-8").splitlines()
    return Signs(parse(lines))


@lru_cache(maxsize=32)
def pattern(name: str) -> re.Pattern[str]:
    """A pattern of the list by its name."""
    return signs().words.pattern(f"speech.{name}")


@lru_cache(maxsize=32_768)
def _read(text: str) -> tuple[str, frozenset[str]]:
    """A text in normal form and its signs; much of what is said has been said before."""
    folded = fold(text)
    return folded, signs().of(folded)


class Said:
    """A message with what the rules ask about it; what few ask is found out when first asked."""

    __slots__ = (
        "_answers",
        "_asks",
        "_bigrams",
        "_plain",
        "folded",
        "has",
        "is_buyer",
        "is_human",
        "line",
        "version",
    )

    def __init__(self, line: TalkLine) -> None:
        self.line: Final = line
        self.version: Final = line.version
        self.is_buyer: Final = line.role == "buyer"
        self.is_human: Final = line.role in HUMANS
        self.folded, self.has = _read(line.text)
        self._plain: str | None = None
        self._bigrams: frozenset[str] | None = None
        self._asks: bool | None = None
        self._answers: bool | None = None

    @property
    def plain(self) -> str:
        """The words alone: no signs, emoticons or placeholders."""
        if self._plain is None:
            self._plain = pattern("noise").sub("", self.folded)
        return self._plain

    @property
    def bigrams(self) -> frozenset[str]:
        """Pairs of neighbouring characters, for telling whether two messages speak of the same."""
        if self._bigrams is None:
            plain = self.plain
            self._bigrams = frozenset(map(add, plain, plain[1:]))
        return self._bigrams

    def any(self, *groups: str) -> bool:
        """Whether a sign of one of these groups stands in it."""
        return not self.has.isdisjoint(groups)

    @property
    def asks(self) -> bool:
        """Whether it asks something; a call such as 在吗 does not."""
        if self._asks is None:
            self._asks = pattern("question").search(self.folded) is not None and not is_call(self)
        return self._asks

    @property
    def answers(self) -> bool:
        """Whether a human says anything in substance: no greeting, no grunt, no "one moment"."""
        if self._answers is None:
            self._answers = _has_substance(self)
        return self._answers

    @property
    def shows(self) -> bool:
        """Whether it is a picture, a file or a card."""
        return self.line.kind in _MEDIA


def said(lines: Iterable[TalkLine]) -> tuple[Said, ...]:
    """Messages read for the rules."""
    return tuple(map(Said, lines))


def is_question(one: Said) -> bool:
    """Whether a message asks something."""
    return one.asks


def is_call(one: Said) -> bool:
    """Whether a message only asks whether somebody is there."""
    return "buyer.call" in one.has and len(one.plain) <= 8


def wants(one: Said) -> bool:
    """Whether a buyer's message waits for an answer in substance: a question, a request, a complaint."""
    if one.shows or len(one.plain) < 2 or is_call(one):
        return False
    return is_question(one) or (one.any("buyer.request", "buyer.upset", "buyer.urge") and not is_glad(one))


def is_glad(one: Said) -> bool:
    """Whether a buyer is content with what he was told."""
    return "buyer.glad" in one.has and not one.any("buyer.upset", "buyer.denied", "buyer.urge")


def answers(one: Said) -> bool:
    """Whether a message answers in substance."""
    return one.answers


def _has_substance(one: Said) -> bool:
    if not one.is_human:
        return False
    if one.shows:
        return True
    plain = one.plain
    if len(plain) <= SHORT:
        return one.any("agent.solve", "agent.done") or _is_short_answer(plain)
    if one.any("agent.solve", "agent.done", "agent.operate", "agent.ask", "agent.playback"):
        return not (_only_holds(one) and len(plain) <= 16)
    if one.any("agent.hold", "agent.offer", "agent.more", "agent.wish", "agent.welcome", "agent.hello"):
        return len(plain) > 24
    return True


def _is_short_answer(plain: str) -> bool:
    return pattern("short_answer").search(plain) is not None


def _only_holds(one: Said) -> bool:
    return "agent.hold" in one.has and not one.any("agent.done", "agent.solve")


def alike(left: Said, right: Said) -> float:
    """How much two messages say the same: shared pairs of characters over those of the shorter, 0…1."""
    first, second = left.bigrams, right.bigrams
    if first and second and first.isdisjoint(second):
        return 0.0
    if not first or not second:
        return 1.0 if left.plain and left.plain == right.plain else 0.0
    return len(first & second) / max(min(len(first), len(second)), 3)


def likest(one: Said, others: Iterable[Said]) -> float:
    """How much a message says the same as the one of some others that is most like it; 0 without any."""
    mine = one.bigrams
    if not mine:
        return max((alike(one, other) for other in others), default=0.0)
    most = 0.0
    for other in others:
        theirs = other.bigrams
        if theirs and not mine.isdisjoint(theirs):  # without pairs its words are other ones
            most = max(most, len(mine & theirs) / max(min(len(mine), len(theirs)), 3))
    return most


def groups_of(messages: Iterable[Said]) -> Mapping[str, list[int]]:
    """Every sign in some messages with the versions that hold it."""
    found: dict[str, list[int]] = {}
    for one in messages:
        for group in one.has:
            found.setdefault(group, []).append(one.version)
    return found


def humans(messages: Iterable[Said]) -> Iterator[Said]:
    """The messages of people who serve."""
    return (one for one in messages if one.is_human)
