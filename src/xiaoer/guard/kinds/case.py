"""What every kind is given and what it gives back."""

import re
from typing import Final, NamedTuple, cast

from xiaoer.guard.book import GuardBook
from xiaoer.guard.model import Context, Kind, Verdict
from xiaoer.guard.normal import Passage, is_traditional
from xiaoer.guard.scan import Hit, Hits
from xiaoer.guard.vocabulary import Vocabulary

_KANA: Final = re.compile(r"[ぁ-ゖァ-ヺ]")
_HANGUL: Final = re.compile(r"[가-힣]")
_HAN: Final = re.compile(r"[一-鿿㐀-䶿]")
_LATIN: Final = re.compile(r"[A-Za-z]")
_SPANISH: Final = re.compile(
    r"[¿¡ñ]|\b(?:el|la|los|las|que|de|su|por|para|con|es|un|una|no se|gracias|usted|le|tiene)\b"
)


class Ruling(NamedTuple):
    """What a row of a table says about a hit."""

    row: str
    verdict: Verdict
    reason: str
    basis: str
    kind: str


class Draft(NamedTuple):
    """A finding before it is mapped back: places in the passage, what was ruled, what to say instead.

    `cut` is what the wording replaces, by default the span itself.
    """

    kind: Kind
    ruling: Ruling
    start: int
    end: int
    instead: str
    cut: tuple[int, int] | None = None


class Case(NamedTuple):
    """One review under way: the text in normal form, what was hit in it, and everything that decides."""

    passage: Passage
    hits: Hits
    context: Context
    book: GuardBook

    @property
    def text(self) -> str:
        """The text in normal form."""
        return self.passage.text

    @property
    def words(self) -> Vocabulary:
        """The lists."""
        return self.book.vocabulary

    def of(self, area: str) -> list[Hit]:
        """The hits of one area."""
        return self.hits.get(area, [])

    def sentence(self, start: int, end: int) -> str:
        """The sentence around a span."""
        first, last = self.passage.sentence(start, end)
        return self.passage.text[first:last]

    def back(self, start: int, length: int) -> str:
        """Up to `length` characters of the same sentence before a place, commas included."""
        first, _ = self.passage.sentence(start, start)
        return self.passage.text[max(first, start - length) : start]

    def ahead(self, end: int, length: int) -> str:
        """Up to `length` characters of the same sentence after a place, commas included."""
        _, last = self.passage.sentence(end, end)
        return self.passage.text[end : min(last, end + length)]

    def rule(self, table: str, **facts: object) -> Ruling:
        """Ask one of the guard's tables."""
        decision = self.book.tables[table].decide(facts)
        outcome = decision.outcome
        verdict = cast("Verdict", outcome["verdict"])
        return Ruling(
            decision.row, verdict, decision.word("reason"), decision.basis, str(outcome.get("kind", ""))
        )

    def wording(self, name: str) -> str:
        """A ready wording in the language the message is written in."""
        return self.book.wording(name, tongue(self.passage.given, self.context.language))


def tongue(text: str, default: str) -> str:
    """The language a message is written in, by its script; for bare numbers and signs the default."""
    if _KANA.search(text):
        return "ja"
    if _HANGUL.search(text):
        return "ko"
    if _HAN.search(text):
        return "zh-Hant" if is_traditional(text) else "zh-Hans"
    if _LATIN.search(text):
        return "es" if default == "es" or _SPANISH.search(text.lower()) else "en"
    return default
