"""What every kind is given and what it gives back."""

import re
from collections.abc import Iterable
from typing import Final, NamedTuple, cast

from xiaoer.guard.book import GuardBook
from xiaoer.guard.learned import Opinion
from xiaoer.guard.model import Context, Kind, Verdict
from xiaoer.guard.normal import Passage, is_traditional
from xiaoer.guard.scan import Hit, Hits
from xiaoer.guard.traditional import traditional
from xiaoer.guard.vocabulary import Vocabulary

_TURN: Final = "turn"
"""So begin the groups of everyday words that mean harm only in some turns of phrase."""

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

    `instead` replaces `cut`, by default the span itself. A `wording` is a ready one by its name; it replaces
    the cut, by default the whole sentence. Neither is looked up for what passes. A `thought` is what the
    learned judge says of it.
    """

    kind: Kind
    ruling: Ruling
    start: int
    end: int
    instead: str = ""
    wording: str = ""
    cut: tuple[int, int] | None = None
    thought: Opinion | None = None


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

    def turn(self, hit: Hit) -> re.Match[str] | None:
        """The turn of phrase over a word that means harm only in some of them, if it stands in one.

        The turns are the pattern named like the group of the word; they are looked for in its sentence.
        """
        turns = self.words.pattern(f"{hit.term.area}.{hit.term.group}")
        first, last = self.passage.sentence(hit.start, hit.end)
        for turn in turns.finditer(self.text, first, last):
            if turn.start() < hit.end and hit.start < turn.end():
                return turn
        return None

    def turned(self, hit: Hit) -> bool:
        """Whether a word that means harm only in some turns of phrase stands in one of them."""
        return self.turn(hit) is not None

    def meant(self, hits: Iterable[Hit]) -> list[Hit]:
        """The hits without everyday words that stand in none of the turns of phrase looked for."""
        return [hit for hit in hits if not hit.term.group.startswith(_TURN) or self.turned(hit)]

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

    def instead(self, draft: Draft) -> str:
        """What a draft says instead, in the language and script the message is written in."""
        if not (draft.instead or draft.wording):
            return ""
        spoken = tongue(self.passage.given, self.context.language)
        if draft.wording:
            return self.book.wording(draft.wording, spoken)
        return traditional(draft.instead) if spoken == "zh-Hant" else draft.instead

    def cut(self, draft: Draft) -> tuple[int, int]:
        """What is replaced by it, in the passage."""
        if draft.cut is not None:
            return draft.cut
        if draft.wording:
            return self.passage.sentence(draft.start, draft.end)
        return draft.start, draft.end


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
