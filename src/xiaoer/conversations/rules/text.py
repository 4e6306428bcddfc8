"""Which words may be kept, and how they are shown: clean text, harmless display, one-line previews.

Evidence is what is sealed, so as little as possible is changed before: line ends become one kind, characters
that no screen can show are taken out, blank space around the words goes. Marks that reorder or hide text
(bidirectional overrides and embeddings, zero-width spaces) stay in the evidence and are left out of what is
shown; ZWJ, ZWNJ, LRM and RLM stay, because emoji and several scripts need them.
"""

import re
from typing import Final

from xiaoer.conversations.model.entry import Body, Kind
from xiaoer.kernel.refusal import Refused

PREVIEW_LENGTH: Final = 80

_LINE_ENDS: Final = re.compile("\r\n|[\r\v\f\x1c-\x1e\x85\u2028\u2029]")
# Controls but tab and line feed, halves of surrogate pairs, non-characters, marks of interlinear annotation.
_UNSHOWABLE: Final = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufdd0-\ufdef\ufff9-\ufffb\ufffe\uffff]"
)
_TRICKS: Final = re.compile(
    "[\u00ad\u034f\u180e\u200b\u2060-\u2064\u202a-\u202e\u2066-\u2069\u206a-\u206f\ufeff]"
)
_INVISIBLE: Final = re.compile(
    "[\\s\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\u2800\u3164\ufe00-\ufe0f\ufeff\uffa0]+"
)
_SPACE: Final = re.compile(r"\s+")


def clean(text: str, *, limit: int) -> str | Refused:
    """The text as it will be sealed, or why it cannot be.

    `limit` counts code points. Codes: `conversations.text_empty`, `conversations.text_too_long`.
    """
    if _UNSHOWABLE.search(text):
        text = _UNSHOWABLE.sub("", _LINE_ENDS.sub("\n", text))
    text = text.strip()
    if len(text) > limit:
        return Refused("refused", "conversations.text_too_long", facts={"limit": limit, "length": len(text)})
    if not text or _INVISIBLE.fullmatch(text):
        return Refused("refused", "conversations.text_empty")
    return text


def shown(text: str) -> str | None:
    """The text without marks that reorder or hide characters; None when it holds none."""
    if text.isascii() or not _TRICKS.search(text):
        return None
    return _TRICKS.sub("", text)


def preview(kind: Kind, text: str, body: Body) -> str:
    """One line for lists: the first words of a text, the title of a card, the name of a file."""
    if kind == "card":
        text = _title(body.get("card"), "title")
    elif kind in {"image", "file"}:
        text = text or _title(body.get("file"), "name")
    elif kind == "recall":
        return ""
    line = text if len(text) <= PREVIEW_LENGTH else text[: PREVIEW_LENGTH * 4]
    line = _SPACE.sub(" ", _TRICKS.sub("", line)).strip()
    return line if len(line) <= PREVIEW_LENGTH else line[: PREVIEW_LENGTH - 1] + "…"


def _title(thing: object, key: str) -> str:
    if isinstance(thing, dict):
        title = thing.get(key)  # pyright: ignore[reportUnknownVariableType, reportUnknownMemberType]
        return title if isinstance(title, str) else ""
    return ""
