"""Pictures from strangers: measured before they are unpacked, cleaned of metadata, made small for lists."""

import asyncio
import io
from concurrent.futures import ThreadPoolExecutor
from typing import Final

import msgspec
from PIL import Image, ImageOps, UnidentifiedImageError

from xiaoer.kernel.refusal import Refusal, Refused
from xiaoer.plumbing.file_names import PICTURES, media_type
from xiaoer.plumbing.picture_data import without_metadata

PIXELS: Final = 50_000_000
"""More than any phone's camera; a file of a few KB can claim far more."""
SIDE_PIXELS: Final = 16_384
THUMBNAIL_PIXELS: Final = 480
THUMBNAIL_TYPE: Final = "image/jpeg"

_FORMATS: Final = ("JPEG", "PNG", "GIF", "WEBP")
_ORIENTATION_TAG: Final = 0x0112
_threads: Final = ThreadPoolExecutor(2, "pictures")  # two at once: each may need 200 MB for a moment


class Picture(msgspec.Struct, frozen=True):
    """A picture that may be shown: `data` without metadata, and a JPEG of at most 480 pixels a side."""

    media_type: str
    width: int
    height: int
    data: bytes
    thumbnail: bytes


async def picture(data: bytes) -> Picture:
    """Checks and cleans a picture in a thread. Raises Refusal(invalid) for a broken or monstrous one."""
    return await asyncio.get_running_loop().run_in_executor(_threads, make_picture, data)


def make_picture(data: bytes) -> Picture:
    """The same, here and now."""
    kind = media_type(data[:64])
    if kind not in PICTURES:
        raise Refusal(Refused("invalid", "plumbing.picture_broken"))
    try:
        with Image.open(io.BytesIO(data), formats=_FORMATS) as opened:
            width, height = opened.size
            if width * height > PIXELS or max(width, height) > SIDE_PIXELS:
                raise Refusal(
                    Refused("invalid", "plumbing.picture_too_large", facts={"limit_pixels": PIXELS})
                )
            orientation = int(opened.getexif().get(_ORIENTATION_TAG, 1))
            turned = 5 <= orientation <= 8
            small = _thumbnail(opened)
        clean = without_metadata(data, kind, orientation=orientation if 1 <= orientation <= 8 else 1)
    except Image.DecompressionBombError as fault:
        raise Refusal(
            Refused("invalid", "plumbing.picture_too_large", facts={"limit_pixels": PIXELS})
        ) from fault
    except (OSError, UnidentifiedImageError, ValueError, SyntaxError, EOFError) as fault:
        raise Refusal(Refused("invalid", "plumbing.picture_broken")) from fault
    if turned and kind == "image/jpeg":
        width, height = height, width
    return Picture(kind, width, height, clean, small)


def _thumbnail(opened: Image.Image) -> bytes:
    opened.draft("RGB", (THUMBNAIL_PIXELS, THUMBNAIL_PIXELS))  # a JPEG is unpacked no larger than needed
    small = ImageOps.exif_transpose(opened)
    small.thumbnail((THUMBNAIL_PIXELS, THUMBNAIL_PIXELS))
    if small.has_transparency_data:
        layers = small.convert("RGBA")
        small = Image.new("RGB", layers.size, "white")
        small.paste(layers, mask=layers.getchannel("A"))
    elif small.mode not in {"RGB", "L"}:
        small = small.convert("RGB")
    out = io.BytesIO()
    small.save(out, "JPEG", quality=80, optimize=True)
    return out.getvalue()
