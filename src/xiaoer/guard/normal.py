"""One normal form for every way of writing the same words, with a map back to what the person wrote.

Folding is character by character: compatibility forms (full width, circled, squared), case, traditional to
simplified, accents and look-alike letters, and everything invisible goes. What is not character by character
(pinyin in brackets, signs between Han characters) happens in `plain` and `squeezed`, each with its own map.
"""

import re
import unicodedata
from functools import lru_cache
from importlib.resources import files
from typing import Final

SIGN: Final = "\x1f"
"""What every emoji and ornamental sign becomes: never part of a word, always a possible disguise."""

_STROKES: Final = "丨|¦｜￨∣∥‖ǀǁ︱︳⎪⎮"
"""Upright strokes, one of them a character: they stand between, they say nothing."""
_DISGUISES: Final = f"{_STROKES}*^`†‡•·・‧∙⋅●◆■□◇○※ˉˇ¨"
_BREAKS: Final = {"\n": "\n", "\r": "\n", "\u2028": "\n", "\u2029": "\n", "\t": " "}
_NOT_SEEN: Final = frozenset({"Cc", "Cf", "Mn", "Me", "Cn"})
_INVISIBLE: Final = frozenset([0x034F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x180E, 0x2800, 0x3164, 0xFFA0])
_PICTURES: Final = {"🐧": "企鹅", "🛰": "卫星", "➕": "+"}  # signs that are read as a word
_LOOK_ALIKE: Final = dict(
    zip("авеёзкмнорстухіјѕԁԛԝαβεικνορτυχωϲ", "abee3kmhopctyxijsdqwabeiknoptuxwc", strict=True)
)
_SIGNS_OF_TYPE: Final = (
    ("，", ","),
    ("！", "!"),
    ("？", "?"),
    ("：", ":"),
    ("；", ";"),
    ("（", "("),
    ("）", ")"),
)
_PUNCTUATION: Final = (range(0x2010, 0x2060), range(0x3001, 0x3020))
"""Blocks of signs most of which stay as they are."""
_VOICED_MARKS: Final = frozenset([0x3099, 0x309A])
_MEMO_LIMIT: Final = 200_000
_REACH: Final = 160  # how far a sentence is followed each way: the cost of a hit must not grow with the text


class _Fold(dict[int, int | str]):
    """What a code point becomes, found out the first time it is met."""

    def __missing__(self, code: int) -> int | str:
        folded = _fold_character(chr(code))
        value = ord(folded) if len(folded) == 1 else folded
        if len(self) < _MEMO_LIMIT:
            self[code] = value
        return value


def _fold_character(character: str) -> str:
    code = ord(character)
    category = unicodedata.category(character)
    if character in _BREAKS or category == "Zs":
        return _BREAKS.get(character, " ")
    if (category in _NOT_SEEN and code not in _VOICED_MARKS) or code in _INVISIBLE:
        return ""
    if character in _DISGUISES or category in {"Cs", "Co"}:
        return SIGN
    if letter := _PICTURES.get(character) or _boxed_letter(code):
        return letter
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", character).casefold())
    if category in {"So", "Sk"} and not any(part.isalnum() for part in folded):
        return SIGN
    return "".join(
        _fold_part(part)
        for part in folded
        if unicodedata.category(part) != "Mn" or ord(part) in _VOICED_MARKS
    )


def _fold_part(part: str) -> str:
    if part > "\u2e7f":
        return _simplified().get(part, part)
    if part < "\x80" or part == "ñ":
        return part
    base = unicodedata.normalize("NFD", part)[0]
    return base if base < "\x80" and base.isalpha() else _LOOK_ALIKE.get(base, part)


def _boxed_letter(code: int) -> str:
    for first, start in (
        (0x1F1E6, "a"),
        (0x1F150, "a"),
        (0x1F170, "a"),
        (0x2776, "1"),
        (0x2780, "1"),
        (0x278A, "1"),
    ):
        if first <= code < first + (26 if start == "a" else 9):
            return chr(ord(start) + code - first)
    return ""


@lru_cache(maxsize=1)
def _simplified() -> dict[str, str]:
    lines = (files("xiaoer.guard") / "lists" / "traditional.txt").read_text("utf-8").splitlines()
    return {line[0]: line[1] for line in lines if len(line) == 2}


FOLD: Final = _Fold()


def fold(text: str) -> str:
    """Return the text in normal form; its characters need not stand one to one with the given ones."""
    if _unusual().search(text):
        return text.translate(FOLD)
    text = text.lower()
    for sign, folded in _SIGNS_OF_TYPE:
        text = text.replace(sign, folded)
    return text


@lru_cache(maxsize=1)
def _unusual() -> re.Pattern[str]:
    """What a text may not hold that needs no more than capitals lowered and Chinese punctuation narrowed."""
    narrowed = re.escape("".join(sign for sign, _ in _SIGNS_OF_TYPE))
    kept = {code for block in _PUNCTUATION for code in block if _fold_character(chr(code)) == chr(code)}
    changed = set(map(ord, (*_simplified(), *_STROKES)))
    usual = ranges(kept | set(range(ord("一"), ord("鿿") + 1)) - changed)
    return re.compile(rf"[^{usual} -)+-\]_a-{{}}~{narrowed}]")


def ranges(codes: set[int]) -> str:
    """Code points as the inside of a set of characters; one set is looked up much faster than two."""
    found: list[tuple[int, int]] = []
    for code in sorted(codes):
        if found and found[-1][1] == code - 1:
            found[-1] = (found[-1][0], code)
        else:
            found.append((code, code))
    return "".join(f"{chr(first)}-{chr(last)}" for first, last in found)


def is_traditional(text: str) -> bool:
    """Tell whether a text holds characters that only traditional script writes."""
    return _traditional().search(text) is not None


@lru_cache(maxsize=1)
def _traditional() -> re.Pattern[str]:
    return re.compile(f"[{''.join(_simplified())}]")


class Passage:
    """A text in normal form, for looking around a hit, and the way back to the text as given."""

    __slots__ = ("_cuts", "_ends", "_origin", "_whole", "given", "text")

    def __init__(
        self, text: str, given: str, whole: "Passage | None" = None, cuts: list[tuple[int, int]] | None = None
    ) -> None:
        self.text: Final = text
        self.given: Final = given
        self._whole = whole
        self._cuts = cuts or []
        self._origin: list[int] | None = None
        self._ends: list[int] | None = None

    @property
    def origin(self) -> list[int]:
        """For each character of the normal form the place of the given character it came from."""
        if self._origin is None:
            self._origin = (
                self._origin_of_given() if self._whole is None else self._origin_of_whole(self._whole)
            )
        return self._origin

    def _origin_of_given(self) -> list[int]:
        if not _unusual().search(self.given):
            return list(range(len(self.given)))
        origin: list[int] = []
        for place, character in enumerate(self.given):
            folded = FOLD[ord(character)]
            if isinstance(folded, int):
                origin.append(place)
            else:
                origin += [place] * len(folded)
        return origin

    def _origin_of_whole(self, whole: "Passage") -> list[int]:
        origin: list[int] = []
        kept = 0
        for start, end in [*self._cuts, (len(whole.text), len(whole.text))]:
            origin += whole.origin[kept:start]
            kept = end
        return origin

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The span of the given text that [start, end) of the normal form came from."""
        origin = self.origin
        if end <= start:
            place = origin[start] if start < len(origin) else len(self.given)
            return place, place
        return origin[start], origin[end - 1] + 1 if self._ends is None else self._ends[end - 1]

    def without(self, cuts: list[tuple[int, int]]) -> "Passage":
        """The same passage with some spans taken out (sorted, not overlapping)."""
        text: list[str] = []
        kept = 0
        for start, end in cuts:
            text.append(self.text[kept:start])
            kept = end
        return Passage("".join(text) + self.text[kept:], self.given, self, cuts)

    def replaced(self, edits: list[tuple[int, int, str]]) -> "Passage":
        """The same passage with some spans written otherwise (sorted, not overlapping)."""
        text: list[str] = []
        starts: list[int] = []
        ends: list[int] = []
        kept = 0
        for start, end, words in [*edits, (len(self.text), len(self.text), "")]:
            text += [self.text[kept:start], words]
            starts += self.origin[kept:start]
            ends += self.origin_ends[kept:start]
            if len(words) == end - start:
                starts += self.origin[start:end]
                ends += self.origin_ends[start:end]
            else:
                first, last = self.span(start, end)
                starts += [first] * len(words)
                ends += [last] * len(words)
            kept = end
        passage = Passage("".join(text), self.given)
        passage._origin, passage._ends = starts, ends
        return passage

    @property
    def origin_ends(self) -> list[int]:
        """For each character of the normal form the end of what it came from."""
        return [place + 1 for place in self.origin] if self._ends is None else self._ends

    def before(self, place: int, length: int = 12) -> str:
        """Up to `length` characters of the same clause before a place."""
        return _CLAUSE_START.split(self.text[max(0, place - length) : place])[-1]

    def after(self, place: int, length: int = 12) -> str:
        """Up to `length` characters of the same clause after a place."""
        return _CLAUSE_START.split(self.text[place : place + length])[0]

    def sentence(self, start: int, end: int) -> tuple[int, int]:
        """The bounds of the sentence around a span, its full stop not included."""
        return self._around(start, end, _SENTENCE_END)

    def clause(self, start: int, end: int) -> tuple[int, int]:
        """The bounds of the clause around a span, its comma not included."""
        return self._around(start, end, _CLAUSE_START)

    def _around(self, start: int, end: int, border: re.Pattern[str]) -> tuple[int, int]:
        first = max(0, start - _REACH)
        for match in border.finditer(self.text, first, start):
            first = match.end()
        limit = min(len(self.text), end + _REACH)
        last = border.search(self.text, end, limit)
        return first, last.start() if last else limit


_HAN: Final = "㐀-鿿"
_CLAUSE_START: Final = re.compile(
    rf"[,。!?;:、~\n{SIGN}…. ](?:(?<![. ])|(?<=\.)(?:(?<!\d\.)|(?!\d))|(?<=[{_HAN}] )(?=[{_HAN}]))"
)
"""A comma and the like, a dot that stands in no number, a blank between Han characters.

This and the next begin with one set of characters, which the engine skips to fast.
"""
_SENTENCE_END: Final = re.compile(r"[。!?;~\n.](?:(?<!\.)|(?<!\d\.)(?=\s|$)|\.+)")
OPENING: Final = r"(\[{<【「『〔"
_BRACKETED: Final = re.compile(
    rf"[{OPENING}](?<=[{_HAN}][{OPENING}])\s*[a-z][a-zü' ]{{0,24}}\d?\s*[)\]}}>】」』〕]"
)
_SIGNS: Final = re.compile(rf"{SIGN}(?<=[{_HAN}a-z0-9].)[{SIGN} ]*(?=[{_HAN}a-z0-9])")
WEAK: Final = r" ._\-/~=+'\"\\#"
_BOXED: Final = re.compile(
    rf"[【「『\[】」』\]](?:(?<=[【「『\[])(?=[{_HAN}][】」』\]])|(?<=[】」』\]])(?<=[【「『\[][{_HAN}].))"
)
_LONELY_HAN: Final = re.compile(
    rf"[{WEAK}](?<=[{_HAN}].)[{WEAK}]{{0,2}}(?=[{_HAN}](?![{_HAN}]))"
    rf"|[{WEAK}](?<=[{_HAN}].)(?<![{_HAN}][{_HAN}].)[{WEAK}]{{0,2}}(?=[{_HAN}])"
)
"""A gap between Han characters of which one stands alone."""
_LONELY_MIXED: Final = re.compile(
    rf"[{WEAK}](?<=[{_HAN}].)(?<![{_HAN}][{_HAN}].)[{WEAK}]{{0,2}}(?=[a-z](?![a-z0-9]))"
    rf"|[{WEAK}](?<=[a-z].)(?<![a-z0-9#][a-z].)[{WEAK}]{{0,2}}(?=[{_HAN}](?![{_HAN}]))"
)
"""A gap between a Han character that stands alone and a letter that does."""
_LONELY_LETTERS: Final = re.compile(rf"[a-z](?<![a-z0-9#].)(?:[{WEAK}]{{1,2}}[a-z](?![a-z0-9]))+")
_WEAK_SIGN: Final = re.compile(rf"[{WEAK}]+")
_DASH: Final = r"\-_./~"
_RULE: Final = f"{SIGN}—–"
_SPREAD: Final = re.compile(rf"[0-9](?:[{_DASH}{_RULE} ]{{0,5}}[0-9]){{6,}}")
"""A number as long as those one calls, however far its digits stand apart."""
_LOOSE: Final = re.compile(
    rf"[{_RULE} ](?:(?<=[{_RULE}])|(?=[{_DASH}{_RULE}])|(?<=[{_DASH}{_RULE}] ))[{_RULE} ]*"
)
"""Blanks around a dash; ornaments and long dashes with the blanks around them."""
_SQUEEZED: Final = (  # what stands after one set of characters, so that the engine skips fast
    rf"(?<=[{_HAN}a-z0-9]{SIGN})[{SIGN} ]*[{_HAN}a-z0-9]"
    rf"|(?<=[【「『\[])[{_HAN}][】」』\]]"
    rf"|(?<=[{_HAN}][{WEAK}])(?:[{WEAK}]{{0,2}}[{_HAN}](?![{_HAN}])"
    rf"|(?<![{_HAN}][{_HAN}].)[{WEAK}]{{0,2}}(?:[{_HAN}]|[a-z](?![a-z0-9])))"
    rf"|(?<=[a-z][{WEAK}])(?<![a-z0-9#][a-z].)"
    rf"(?:[{WEAK}]?[a-z](?![a-z0-9])|[{WEAK}]{{0,2}}[{_HAN}](?![{_HAN}]))"
    rf"|(?<=[0-9] )[{_DASH}{_RULE}] [0-9]"
)
_MAY_SQUEEZE: Final = re.compile(rf"[{SIGN}{WEAK}【「『\[](?:{_SQUEEZED})")
HIDDEN: Final = rf"(?:(?<=[{_HAN}][{OPENING}])\s*[a-z][a-zü' ]{{0,24}}\d?\s*[)\]}}>】」』〕]|{_SQUEEZED})"
"""What stands after a weak sign, an ornament or an opening bracket where either way of hiding words shows."""


def plain(passage: Passage) -> Passage:
    """Take out readings in brackets after a Han character: 话(huà)术(shù) is 话术."""
    if not _BRACKETED.search(passage.text):
        return passage
    return passage.without([match.span() for match in _BRACKETED.finditer(passage.text)])


def squeezed(passage: Passage) -> Passage | None:
    """Close up words that were pulled apart by signs or letter by letter; None when there is nothing to do.

    Ornaments between characters always go. Spaces and dots go only beside a character that stands alone
    (全 网 最 低, 加微 信), because people also use them to end a clause.
    """
    text = passage.text
    if not _MAY_SQUEEZE.search(text):
        return None
    signs = (_SIGNS, _BOXED) if SIGN in text else (_BOXED,)
    cuts = [match.span() for pattern in signs for match in pattern.finditer(text)]
    cuts += [match.span() for pattern in (_LONELY_HAN, _LONELY_MIXED) for match in pattern.finditer(text)]
    for letters in _LONELY_LETTERS.finditer(text):
        cuts += [sign.span() for sign in _WEAK_SIGN.finditer(text, *letters.span())]
    for digits in _SPREAD.finditer(text):
        cuts += [gap.span() for gap in _LOOSE.finditer(text, *digits.span())]
    return passage.without(_merged(cuts)) if cuts else None


def _merged(cuts: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Spans in order, those that touch made one."""
    merged: list[tuple[int, int]] = []
    for start, end in sorted(cuts):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged
