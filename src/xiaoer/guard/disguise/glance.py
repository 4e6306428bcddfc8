"""One look over a text that tells what in it could matter besides its words.

Most messages hold nothing but words, ordinary punctuation and a number or two. What else there may be (a
word pulled apart, a reading in brackets, a phone, a link, a number in writing, a gap inside a word, pinyin,
a rare character) is looked for by one pattern in one walk; where it sees nothing, none of the patterns that
know each of them is tried. It says too much rather than too little.
"""

import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Final

from xiaoer.guard.disguise import bits
from xiaoer.guard.disguise.numbers import NUMERALS, SPOKEN_RUN
from xiaoer.guard.disguise.shapes import inner_pairs
from xiaoer.guard.disguise.sounds import initial_runs, seldom, spelled
from xiaoer.guard.normal import HIDDEN, OPENING, SIGN, WEAK

_GAP: Final = r" _\-.~/·\x1f"
_NUMERAL: Final = f"0-9{''.join(NUMERALS)}"
_NEXT: Final = rf"[ \-_.,、·\x1f/~()]{{0,2}}[{_NUMERAL}]"
_AFTER_LETTER: Final = (
    rf"[a-z]++(?:(?:(?<=[oil]{{4}})(?={_NEXT})|(?<=[oil])(?={_NEXT * 4}))()|())|(?<=[oil])(?={_NEXT * 6})()"
)
"""A run of letters, those of whose end a number may go on; or a letter with which one begins."""
_AFTER_SIGN: Final = (
    rf"(?={HIDDEN})()"
    rf"|(?<=[一-鿿][{_GAP}])[{_GAP}]{{0,2}}(?=[一-鿿])()"
    r"|(?:(?<=@)|(?<=[a-z0-9]\.)(?=[a-z]{2})|(?<=:)(?=//))()"
)
_RUN: Final = 2
_HIDDEN: Final = 4
_GAPPED: Final = 5
_NUMBER: Final = 7
_PHONE_LEAST: Final = 9
_NUMBER_BEGUN: Final = re.compile(rf"[{_NUMERAL}](?:{_NEXT}){{0,{_PHONE_LEAST - 1}}}")
"""A number as far as a phone is long: every place of a longer one is asked."""
_HAN: Final = re.compile(r"[一-鿿]")
_LONG: Final = re.compile(r"[oil]{7}")


def glance(text: str) -> int:
    """What could matter in a text in normal form, as `bits`; 0 where nothing does.

    Where it is `UNSURE`, gaps and letters may not all have been seen.
    """
    found = 0
    for match in _tells()(text):
        seen = match.lastindex
        if seen == _RUN:
            found |= of_run(match[0])
        elif seen == _GAPPED:
            if text[match.start() - 1] + text[match.end()] in inner_pairs():
                found |= bits.JOINED
        elif seen == _HIDDEN:
            found |= bits.HIDES
        elif seen is None:
            found |= bits.RARE
        elif not found & bits.NUMBERED and (seen != _NUMBER or not _is_order(text, match.start())):
            found |= bits.NUMBERED  # asked no more then: each digit of a long number would read it to its end
    return found


def _is_order(text: str, place: int) -> bool:
    """Whether a long number is too short for a phone in a text with Han characters, and written plainly.

    Numbers after a plus are shorter; only where there is no Han character are the shortest phones looked for.
    """
    number = _NUMBER_BEGUN.match(text, place)
    plain = number is not None and number[0].isdigit() and len(number[0]) < _PHONE_LEAST
    return plain and "+" not in text and _HAN.search(text) is not None


@lru_cache(maxsize=8192)
def of_run(run: str) -> int:
    """What a run of letters may be part of."""
    found = bits.IN_NUMBERS * (SPOKEN_RUN.search(run) is not None)
    found |= (bits.ALOUD | bits.PINYIN) * (spelled(run) is not None)
    return found | bits.INITIALS * (run in initial_runs()) | bits.NUMBERED * (_LONG.search(run) is not None)


@lru_cache(maxsize=1)
def _tells() -> Callable[[str], Iterator[re.Match[str]]]:
    """The pattern; it begins with one set of characters, and what follows asks for the kind of the first."""
    signs = rf"{SIGN}·{WEAK}{OPENING}@:"
    number = rf"(?<=[{_NUMERAL}])(?={_NEXT * 6})()"
    return re.compile(
        rf"[{signs}a-z{_NUMERAL}{seldom()}]"
        rf"(?:(?<=[a-z])(?:{_AFTER_LETTER})|(?<=[{signs}])(?:{_AFTER_SIGN})|{number}|(?<=[{seldom()}]))"
    ).finditer
