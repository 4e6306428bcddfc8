"""Words written so that nobody's machine should know them, put back to what they are read as.

Homophones (荃网蕞低架), pinyin and mixed script (quan网zui低价), initials (全w最d价), look-alikes (徽信),
halves written apart (亻言), numbers as words or shapes (一三8oo…), addresses spelled out (abc艾特163点com).
Only words of our own lists are put back, and only where what was written is no ordinary language: what
differs must stand there without a common word to explain it. What is put back is judged like any other
text, so a word restored by mistake does no harm unless its surroundings would be held back too.
"""

from collections.abc import Callable, Iterable
from typing import Final

from xiaoer.guard.disguise import aloud, bits, gate, numbers, shapes, sounds
from xiaoer.guard.disguise.words import Edit, apart
from xiaoer.guard.normal import Passage

STEPS: Final[tuple[Callable[[str], Iterable[Edit]], ...]] = (
    numbers.addresses,
    numbers.numbers,
    shapes.joined,
    shapes.halved,
    shapes.look_alike,
    aloud.read_aloud,
    sounds.with_pinyin,
    sounds.homophones,
    sounds.initials_in,
)


_BITS: Final = (
    bits.ADDRESSES,
    bits.IN_NUMBERS,
    bits.JOINED,
    bits.HALVED,
    bits.ALIKE,
    bits.ALOUD,
    bits.PINYIN,
    bits.SOUNDS,
    bits.INITIALS,
)


def worth(text: str, marks: int, seen: int) -> int:
    """The steps that could find something in a text in normal form, as bits; 0 where none does.

    `marks` is what was walked over, `seen` what `glance` tells.
    """
    found = gate.suspicions(text, marks, seen)
    if found & ~(bits.SOUNDS | bits.WEIGHED) or sounds.homophones(text):
        return found
    return 0


def unmasked(passage: Passage, steps: int = bits.ALL) -> tuple[Passage, list[tuple[int, int]]]:
    """The passage as it is meant, and the spans of the given text that were written otherwise.

    `steps` are those that could find something, as bits; what is put back may be part of more.
    """
    changed: list[tuple[int, int]] = []
    if not steps:
        return passage, changed
    for bit, step in zip(_BITS, STEPS, strict=True):
        if not steps & bit:
            continue
        edits = apart(step(passage.text))
        if edits:
            changed += [passage.span(start, end) for start, end, _ in edits]
            passage = passage.replaced(edits)
            steps = bits.ALL
    return passage, changed
