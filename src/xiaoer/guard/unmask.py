"""Words written so that nobody's machine should know them, put back to what they are read as.

Homophones (荃网蕞低架), pinyin and mixed script (quan网zui低价), initials (全w最d价), look-alikes (徽信),
halves written apart (亻言), numbers as words or shapes (一三8oo…), addresses spelled out (abc艾特163点com).
Only words of our own lists are put back, and only where what was written is no ordinary language: what
differs must stand there without a common word to explain it. What is put back is judged like any other
text, so a word restored by mistake does no harm unless its surroundings would be held back too.
"""

from collections.abc import Callable, Iterable
from typing import Final

from xiaoer.guard.disguise import aloud, gate, numbers, shapes, sounds
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
    gate.ADDRESSES,
    gate.IN_NUMBERS,
    gate.JOINED,
    gate.HALVED,
    gate.ALIKE,
    gate.ALOUD,
    gate.PINYIN,
    gate.SOUNDS,
    gate.INITIALS,
)


def worth(text: str, marks: int) -> int:
    """The steps that could find something in a text in normal form, as bits of `gate`; 0 where none does."""
    found = gate.suspicions(text, marks)
    if found & ~(gate.SOUNDS | gate.WEIGHED) or sounds.homophones(text):
        return found
    return 0


def unmasked(passage: Passage, steps: int = gate.ALL) -> tuple[Passage, list[tuple[int, int]]]:
    """The passage as it is meant, and the spans of the given text that were written otherwise.

    `steps` are those that could find something, as bits of `gate`; what is put back may be part of more.
    """
    changed: list[tuple[int, int]] = []
    for bit, step in zip(_BITS, STEPS, strict=True):
        if not steps & bit:
            continue
        edits = apart(step(passage.text))
        if edits:
            changed += [passage.span(start, end) for start, end, _ in edits]
            passage = passage.replaced(edits)
            steps = gate.ALL
    return passage, changed
