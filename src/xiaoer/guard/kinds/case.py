"""What every kind is given and what it gives back."""

import re
from typing import Final, NamedTuple

from xiaoer.guard.book import GuardBook
from xiaoer.guard.model import Context, Kind, Verdict
from xiaoer.guard.normal import Passage, is_traditional
from xiaoer.guard.scan import Hit, Hits

_KANA: Final = re.compile(r"[ぁ-ゖァ-ヺ]")
_HANGUL: Final = re.compile(r"[가-힣]")
_HAN: Final = re.compile(r"[一-鿿㐀-䶿]")
_SPANISH: Final = re.compile(
    r"[¿¡ñ]|\b(?:el|la|los|las|que|de|su|por|para|con|es|un|una|no se|gracias|usted|le|tiene)\b"
)


class Case(NamedTuple):
    """One review under way: the text in normal form, what was hit in it, and everything that decides."""

    passage: Passage
    hits: Hits
    context: Context
    book: GuardBook

    def of(self, area: str) -> list[Hit]:
        """The hits of one area."""
        return self.hits.get(area, [])

    def wording(self, name: str) -> str:
        """A ready wording in the language the message is written in."""
        return self.book.wording(name, tongue(self.passage.given, self.context.language))


class Draft(NamedTuple):
    """A finding before it is mapped back: places in the passage, row of the table, wording to say instead.

    `cut` is what the wording replaces, by default the span itself.
    """

    kind: Kind
    row: str
    verdict: Verdict
    reason: str
    start: int
    end: int
    instead: str
    cut: tuple[int, int] | None = None


def tongue(text: str, default: str) -> str:
    """The language a message is written in, by its script; for bare numbers and signs the default."""
    if _KANA.search(text):
        return "ja"
    if _HANGUL.search(text):
        return "ko"
    if _HAN.search(text):
        return "zh-Hant" if is_traditional(text) else "zh-Hans"
    if re.search(r"[A-Za-z]", text):
        return "es" if default == "es" or _SPANISH.search(text.lower()) else "en"
    return default
