"""All occurrences of many words in one walk, by the quickest engine there is for the machine.

Daachorse walks over characters, ahocorasick_rs over bytes; both find the same in the same order, and the
first needs about half the time. It has no wheels for ARM Linux and Windows, where the other one serves.
"""

from collections.abc import Callable, Sequence

from ahocorasick_rs import AhoCorasick

try:
    from daachorse import CharwiseDoubleArrayAhoCorasick
except ImportError:  # pragma: no cover - where there is no wheel
    CharwiseDoubleArrayAhoCorasick = None

Found = list[tuple[int, int, int]]
Finder = Callable[[str], Found]
"""From a text to every occurrence: start, end and which word; by their ends, of one end the longest first."""


def finder(words: Sequence[str]) -> Finder:
    """What finds some different words, none of them empty."""
    if not words:
        return _nothing
    if CharwiseDoubleArrayAhoCorasick is None:
        return by_bytes(words)
    return CharwiseDoubleArrayAhoCorasick(list(words)).find_overlapping


def by_bytes(words: Sequence[str]) -> Finder:
    """The same by the engine that every machine has."""
    automaton = AhoCorasick(words, store_patterns=False)

    def find(text: str) -> Found:
        found = automaton.find_matches_as_indexes(text, overlapping=True)
        return [(start, end, index) for index, start, end in found]

    return find


def _nothing(text: str) -> Found:
    del text
    return []
