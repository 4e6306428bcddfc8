"""What a file is called and what it is: names from strangers made harmless, kinds told by the bytes; pure."""

import re
import unicodedata
from typing import Final
from urllib.parse import quote

NAME_CHARACTERS: Final = 120
NAME_BYTES: Final = 200
HEAD_BYTES: Final = 4096
"""How much of a file `media_type` needs to see."""

UNKNOWN: Final = "application/octet-stream"
PICTURES: Final = frozenset({"image/jpeg", "image/png", "image/gif", "image/webp"})
"""Kinds that browsers show and that we check, clean and make thumbnails of."""

_FORBIDDEN: Final = re.compile(r'[\x00-\x1f\x7f<>:"|?*]')
_RESERVED: Final = re.compile(r"(?i)(con|prn|aux|nul|com\d|lpt\d)(\..*)?")
_SPACES: Final = re.compile(r"\s+")

_SIGNATURES: Final[tuple[tuple[int, bytes, str], ...]] = (
    (0, b"\xff\xd8\xff", "image/jpeg"),
    (0, b"\x89PNG\r\n\x1a\n", "image/png"),
    (0, b"GIF87a", "image/gif"),
    (0, b"GIF89a", "image/gif"),
    (8, b"WEBP", "image/webp"),
    (4, b"ftypavif", "image/avif"),
    (4, b"ftypheic", "image/heic"),
    (4, b"ftypheix", "image/heic"),
    (4, b"ftypmif1", "image/heif"),
    (4, b"ftypqt", "video/quicktime"),
    (4, b"ftypM4A", "audio/mp4"),
    (4, b"ftyp", "video/mp4"),
    (0, b"\x1aE\xdf\xa3", "video/webm"),
    (0, b"OggS", "audio/ogg"),
    (0, b"ID3", "audio/mpeg"),
    (0, b"\xff\xfb", "audio/mpeg"),
    (8, b"WAVE", "audio/wav"),
    (0, b"#!AMR", "audio/amr"),
    (0, b"%PDF-", "application/pdf"),
    (0, b"PK\x03\x04", "application/zip"),
    (0, b"Rar!\x1a\x07", "application/vnd.rar"),
    (0, b"7z\xbc\xaf\x27\x1c", "application/x-7z-compressed"),
    (0, b"\x1f\x8b", "application/gzip"),
    (0, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "application/x-ole-storage"),
    (0, b"MZ", "application/x-msdownload"),
    (0, b"\x7fELF", "application/x-executable"),
    (0, b"BM", "image/bmp"),
    (0, b"II*\x00", "image/tiff"),
    (0, b"MM\x00*", "image/tiff"),
)
_OFFICE: Final = {
    b"word/": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    b"xl/": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    b"ppt/": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
}


def clean_name(text: str) -> str:
    """The last part of a path without what could deceive or break: never empty, at most 120 characters.

    Characters that reverse or hide text go, so that `gpj.exe` cannot look like `exe.jpg`.
    """
    text = unicodedata.normalize("NFC", text).replace("\\", "/").rpartition("/")[2]
    text = "".join(
        one for one in text if unicodedata.category(one) not in {"Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
    )
    text = _SPACES.sub(" ", _FORBIDDEN.sub("", text)).strip(" .")
    if not text or _RESERVED.fullmatch(text):
        text = f"file {text}".strip()
    return _shortened(text)


def media_type(head: bytes) -> str:
    """What the first bytes of a file say it is; what the sender says is not asked.

    Text is always `text/plain`, also when it is HTML: nobody's upload is a page of ours.
    """
    for place, signature, found in _SIGNATURES:
        if head.startswith(signature, place) and (place != 8 or head.startswith(b"RIFF")):
            return _office(head) if found == "application/zip" else found
    return "text/plain" if _is_text(head) else UNKNOWN


def disposition(name: str, *, inline: bool) -> str:
    """The value of Content-Disposition for a file of this name (RFC 6266)."""
    kind = "inline" if inline else "attachment"
    plain = "".join(
        one if one.isascii() and one not in '"\\%;' and one.isprintable() else "_" for one in name
    )
    return f"{kind}; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"


def _shortened(text: str) -> str:
    """Cut in the middle, so that the end that says what it is stays."""
    stem, dot, ending = text.rpartition(".")
    if not dot or len(ending) > 16:
        stem, dot, ending = text, "", ""
    room = NAME_CHARACTERS - len(dot + ending)
    stem = stem[:room]
    while len((stem + dot + ending).encode()) > NAME_BYTES:
        stem = stem[:-1]
    return (stem.rstrip(" .") or "file") + dot + ending


def _office(head: bytes) -> str:
    return next((kind for folder, kind in _OFFICE.items() if folder in head), "application/zip")


def _is_text(head: bytes) -> bool:
    if b"\x00" in head:
        return False
    for cut in range(4):  # the head may end in the middle of a character
        try:
            text = head[: len(head) - cut].decode("utf-8")
        except UnicodeDecodeError:
            continue
        return bool(text) and not any(one < " " and one not in "\t\n\r\f" for one in text)
    return False
