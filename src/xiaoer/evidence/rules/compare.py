"""A screenshot beside the server copy: which words are there, which were changed, which were left out."""

import re
import unicodedata
from collections.abc import Sequence
from difflib import SequenceMatcher
from typing import Final

from xiaoer.evidence.model import Compared, Comparison, SealedLine

NEAR: Final = 0.6
"""From how alike a line and a message are taken to be the same message with other words."""
_SPEAKER: Final = re.compile(r"^[^:：]{1,30}[:：]\s*")
_BLANK: Final = re.compile(r"\s+")


def compare(text: str, lines: Sequence[SealedLine]) -> Comparison:
    """Hold every line of a text against the sealed messages, in their order.

    A line may begin with a name and a colon. Erased messages cannot be compared. Blank space, width and case
    of letters do not count.
    """
    given = [one.strip() for one in text.splitlines() if one.strip()]
    said = [(line, _plain(line.text)) for line in lines if line.text]
    if not given or not said:
        return Comparison("not_compared")
    found: list[Compared] = []
    after = 0
    for one in given:
        place, same = _nearest(one, [plain for _, plain in said], after)
        line = None if place is None else said[place][0]
        found.append(Compared(one, line.version if line else None, line.text if line else None, same))
        if place is not None:
            after = place + 1
    shown = [one.version for one in found if one.version is not None]
    between = range(min(shown), max(shown) + 1) if shown else range(0)
    left_out = tuple(
        line.version for line, _ in said if line.version in between and line.version not in shown
    )
    matches = "same" if all(one.same for one in found) and not left_out else "differs"
    return Comparison(matches, tuple(found), left_out)


def _nearest(given: str, said: Sequence[str], after: int) -> tuple[int | None, bool]:
    """The first message that says it, else the one most like it, at or after a place."""
    wordings = {_plain(given), _plain(_SPEAKER.sub("", given))}
    for place in range(after, len(said)):
        if said[place] in wordings:
            return place, True
    best, likeness = None, NEAR
    for place in range(after, len(said)):
        for wording in wordings:
            alike = SequenceMatcher(None, wording, said[place], autojunk=False)
            if alike.quick_ratio() > likeness and (ratio := alike.ratio()) > likeness:
                best, likeness = place, ratio
    return best, False


def _plain(text: str | None) -> str:
    return _BLANK.sub("", unicodedata.normalize("NFKC", text or "").casefold())
