"""Bytes as they arrive → lines of text: encodings, line ends, and lines that are too long."""

import codecs
from dataclasses import dataclass
from typing import Final

from xiaoer.kernel.refusal import Refused
from xiaoer.orders.rules.words import LIMITS

_BYTE_ORDER_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


@dataclass(frozen=True, slots=True)
class Bad:
    """A place in a file that is no row, with the reason."""

    line: int
    refused: Refused


@dataclass(frozen=True, slots=True)
class Line:
    """One line of text and its number, counted from 1."""

    number: int
    text: str


def unreadable(code: str, **facts: object) -> Refused:
    """The reason why a place of a file is no row."""
    return Refused("invalid", f"orders.{code}", facts=facts)


def encoding_of(sample: bytes) -> str | None:
    """The encoding of a file from its beginning: UTF-8, UTF-16 by its mark, or GB18030 (GBK, Chinese Excel).

    None while the sample holds nothing but ASCII: then it does not matter yet.
    """
    for mark, encoding in _BYTE_ORDER_MARKS:
        if sample.startswith(mark):
            return encoding
    if sample.isascii():
        return None
    decoder = codecs.getincrementaldecoder("utf-8")("replace")
    text = decoder.decode(sample)  # a character cut off at the end of the sample is no mistake
    broken = text.count("\ufffd")
    whole = sum(not one.isascii() for one in text) - broken
    is_utf_8 = not broken or whole > broken  # a few broken bytes do not make it another encoding
    return "utf-8" if is_utf_8 else "gb18030"


class Lines:
    """Cuts a stream of bytes into lines; memory stays below the sample and one line of the greatest length.

    Feed it what arrives, then close it. Lines end with LF, CR LF or CR, in any of the encodings; one that is
    too long, or not in the encoding of the file, comes out as `Bad` and the next one is read all the same.
    """

    def __init__(self, longest_bytes: int = LIMITS["row_bytes_max"], encoding: str | None = None) -> None:
        self._longest_bytes: Final = longest_bytes
        self._encoding = encoding
        self._settled = encoding is not None
        self._wide: codecs.IncrementalDecoder | None = None
        self._rest = b""
        self._number = 0
        self._skipping = False
        self._after_return = False

    def feed(self, chunk: bytes) -> list[Line | Bad]:
        """The lines that this chunk completes."""
        if not self._settled:
            self._rest += chunk
            if len(self._rest) < LIMITS["sample_bytes"]:
                return []
            return self._cut(self._settle())
        return self._cut(self._narrow(chunk, last=False))

    def close(self) -> list[Line | Bad]:
        """The last line, when the file does not end with a line end."""
        chunk = b"" if self._settled else self._settle()
        found = self._cut(chunk + self._narrow(b"", last=True))
        if self._skipping or self._rest:
            found.append(self._line(self._rest))
            self._rest = b""
        return found

    def _settle(self) -> bytes:
        sample, self._rest, self._settled = self._rest, b"", True
        self._encoding = encoding_of(sample)
        for mark, encoding in _BYTE_ORDER_MARKS:
            if sample.startswith(mark):
                sample = sample[len(mark) :]
                if encoding != "utf-8":
                    self._wide = codecs.getincrementaldecoder(encoding)("replace")
                    self._encoding = "utf-8"
                break
        return self._narrow(sample, last=False)

    def _narrow(self, chunk: bytes, *, last: bool) -> bytes:
        """UTF-16 becomes UTF-8, and every line end LF: neither CR nor LF is ever part of a character then."""
        if self._wide is not None:
            chunk = self._wide.decode(chunk, last).encode("utf-8", "replace")
        if self._after_return and chunk:
            chunk = chunk.removeprefix(b"\n")
            self._after_return = False
        if chunk.endswith(b"\r"):
            self._after_return = True
        return chunk.replace(b"\r\n", b"\n").replace(b"\r", b"\n") if b"\r" in chunk else chunk

    def _cut(self, chunk: bytes) -> list[Line | Bad]:
        pieces = chunk.split(b"\n")
        if len(pieces) == 1:
            self._keep(pieces[0])
            return []
        first, *middle, last = pieces
        found = [self._line(self._rest + first)]
        self._rest = b""
        found.extend(self._line(piece) for piece in middle)
        self._keep(last)
        return found

    def _keep(self, piece: bytes) -> None:
        self._rest += piece
        if len(self._rest) > self._longest_bytes:
            self._rest, self._skipping = b"", True

    def _line(self, raw: bytes) -> Line | Bad:
        self._number += 1
        if self._skipping or len(raw) > self._longest_bytes:
            self._skipping = False
            return Bad(self._number, unreadable("row_too_long", most=self._longest_bytes))
        if self._encoding is None and not raw.isascii():
            self._encoding = encoding_of(raw)
        try:
            return Line(self._number, raw.decode(self._encoding or "ascii"))
        except UnicodeDecodeError:
            return Bad(self._number, unreadable("not_in_encoding", encoding=str(self._encoding).upper()))
