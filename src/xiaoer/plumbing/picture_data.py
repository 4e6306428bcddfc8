"""Takes what a picture tells besides itself (place, camera, words) out of it, losing no pixel; pure."""

import struct
from collections.abc import Iterator
from typing import Final

_JPEG_KEPT: Final = {0xE0, 0xEE}  # JFIF and Adobe say how colours are to be read
_ICC: Final = b"ICC_PROFILE\0"
_PNG_HEAD: Final = b"\x89PNG\r\n\x1a\n"
_PNG_DROPPED: Final = {b"eXIf", b"tEXt", b"zTXt", b"iTXt", b"tIME"}
_WEBP_DROPPED: Final = {b"EXIF", b"XMP "}
_WEBP_FLAGS: Final = 0x08 | 0x04


def without_metadata(data: bytes, media_type: str, *, orientation: int = 1) -> bytes:
    """The same picture without metadata; only which side of a JPEG is up stays. Raises ValueError."""
    try:
        match media_type:
            case "image/jpeg":
                return _clean_jpeg(data, orientation)
            case "image/png":
                return _clean_png(data)
            case "image/webp":
                return _clean_webp(data)
            case _:
                return data
    except (IndexError, struct.error) as fault:
        raise ValueError("the picture ends too early") from fault


def _clean_jpeg(data: bytes, orientation: int) -> bytes:
    parts = [b"\xff\xd8"]
    if orientation != 1:
        parts.append(_orientation_segment(orientation))
    for marker, segment in _jpeg_segments(data):
        if marker == 0xE2:
            kept = segment[4:].startswith(_ICC)
        else:  # also 0xDA: from there to the end comes the picture itself
            kept = marker in _JPEG_KEPT or not (0xE0 <= marker <= 0xEF or marker == 0xFE)
        if kept:
            parts.append(segment)
    return b"".join(parts)


def _jpeg_segments(data: bytes) -> Iterator[tuple[int, bytes]]:
    place = 2
    while place < len(data):
        if data[place] != 0xFF:
            raise ValueError("the picture is no JPEG after all")
        marker = data[place + 1]
        if marker == 0xFF:  # filling
            place += 1
        elif marker == 0xDA:
            yield marker, data[place:]
            return
        else:
            (length,) = struct.unpack_from(">H", data, place + 2)
            end = place + 2 + length
            if length < 2 or end > len(data):
                raise ValueError("the picture ends too early")
            yield marker, data[place:end]
            place = end
    raise ValueError("the picture ends too early")


def _orientation_segment(orientation: int) -> bytes:
    """An Exif block with this one tag and nothing else."""
    tiff = b"MM\x00*" + struct.pack(">IHHHIHHI", 8, 1, 0x0112, 3, 1, orientation, 0, 0)
    body = b"Exif\0\0" + tiff
    return b"\xff\xe1" + struct.pack(">H", len(body) + 2) + body


def _clean_png(data: bytes) -> bytes:
    if not data.startswith(_PNG_HEAD):
        raise ValueError("the picture is no PNG after all")
    parts, place = [_PNG_HEAD], len(_PNG_HEAD)
    while True:
        length, kind = struct.unpack_from(">I4s", data, place)
        end = place + 12 + length
        if end > len(data):
            raise ValueError("the picture ends too early")
        if kind not in _PNG_DROPPED:
            parts.append(data[place:end])
        if kind == b"IEND":
            return b"".join(parts)  # what hides behind the end goes as well
        place = end


def _clean_webp(data: bytes) -> bytes:
    if data[:4] != b"RIFF" or data[8:12] != b"WEBP":
        raise ValueError("the picture is no WebP after all")
    parts: list[bytes] = []
    place = 12
    while place + 8 <= len(data):
        kind, length = struct.unpack_from("<4sI", data, place)
        end = place + 8 + length + length % 2
        if end > len(data) + 1:
            raise ValueError("the picture ends too early")
        if kind == b"VP8X":
            flags = data[place + 8] & ~_WEBP_FLAGS
            parts.append(data[place : place + 8] + bytes([flags]) + data[place + 9 : end])
        elif kind not in _WEBP_DROPPED:
            parts.append(data[place:end])
        place = end
    body = b"WEBP" + b"".join(parts)
    return b"RIFF" + struct.pack("<I", len(body)) + body
