import contextlib
import io
import struct
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageChops, PngImagePlugin

from xiaoer.kernel.refusal import Refusal
from xiaoer.plumbing.picture_data import without_metadata
from xiaoer.plumbing.pictures import make_picture, picture

PLACE = b"N 30.2741 E 120.1551"


def drawn(width: int = 640, height: int = 320, mode: str = "RGB") -> Image.Image:
    image = Image.linear_gradient("L").resize((width, height)).convert("RGB")
    image.paste((200, 30, 30), (0, 0, width // 2, height // 2))
    return image.convert(mode)


def exif(orientation: int = 1) -> Image.Exif:
    found = Image.Exif()
    found[0x0112] = orientation
    found[0x010E] = PLACE.decode()
    found.get_ifd(0x8825)[29] = "2026:11:11"
    return found


def saved(image: Image.Image, kind: str, **options: object) -> bytes:
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def secretive(kind: str) -> bytes:
    if kind == "PNG":
        words = PngImagePlugin.PngInfo()
        words.add_text("Comment", PLACE.decode())
        return saved(drawn(), "PNG", pnginfo=words, exif=exif()) + b"after the end " + PLACE
    if kind == "JPEG":
        return saved(drawn(), "JPEG", exif=exif(), comment=PLACE, icc_profile=b"colours" * 20)
    return saved(drawn(), "WEBP", exif=exif(), xmp=PLACE, lossless=True)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_picture_tells_nothing_but_itself(kind: str) -> None:
    data = secretive(kind)
    assert PLACE in data
    made = make_picture(data)
    assert PLACE not in made.data
    assert b"2026:11:11" not in made.data
    before, after = Image.open(io.BytesIO(data)), Image.open(io.BytesIO(made.data))
    assert ImageChops.difference(before.convert("RGB"), after.convert("RGB")).getbbox() is None
    assert dict(after.getexif()) == {}
    assert after.info.get("icc_profile") == before.info.get("icc_profile")
    assert (made.width, made.height, made.media_type) == (640, 320, f"image/{kind.lower()}")


def test_which_side_is_up_stays_known() -> None:
    made = make_picture(saved(drawn(600, 300), "JPEG", exif=exif(6)))
    assert (made.width, made.height) == (300, 600)
    assert dict(Image.open(io.BytesIO(made.data)).getexif()) == {0x0112: 6}
    assert PLACE not in made.data
    small = Image.open(io.BytesIO(made.thumbnail))
    assert small.size == (240, 480)
    assert dict(small.getexif()) == {}


@pytest.mark.parametrize(
    ("kind", "mode"),
    [
        ("PNG", "RGBA"),
        ("PNG", "LA"),
        ("PNG", "P"),
        ("PNG", "1"),
        ("PNG", "I;16"),
        ("JPEG", "L"),
        ("JPEG", "CMYK"),
        ("GIF", "P"),
        ("WEBP", "RGBA"),
    ],
)
def test_every_kind_of_colour_becomes_a_thumbnail(kind: str, mode: str) -> None:
    image = Image.new("I;16", (640, 320), 40_000) if mode == "I;16" else drawn(mode=mode)
    small = Image.open(io.BytesIO(make_picture(saved(image, kind)).thumbnail))
    assert (small.format, small.size) == ("JPEG", (480, 240))


def test_what_is_transparent_becomes_white() -> None:
    image = Image.new("RGBA", (10, 10), (0, 0, 0, 0))
    small = Image.open(io.BytesIO(make_picture(saved(image, "PNG")).thumbnail))
    assert small.convert("RGB").getpixel((5, 5)) == (255, 255, 255)


def chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


@pytest.mark.parametrize("side", [20_000, 100_000])
def test_a_bomb_is_not_unpacked(side: int) -> None:
    """A few hundred bytes that claim to be gigabytes."""
    head = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    rows = zlib.compress(b"\0" * 1000)
    bomb = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")
    with pytest.raises(Refusal) as caught:
        make_picture(bomb)
    assert caught.value.refused.code == "plumbing.picture_too_large"


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "GIF"])
def test_half_a_picture_is_none(kind: str) -> None:
    data = saved(drawn(), kind)
    with pytest.raises(Refusal) as caught:
        make_picture(data[: len(data) // 2])
    assert caught.value.refused.code == "plumbing.picture_broken"


@given(st.sampled_from(["JPEG", "PNG", "WEBP", "GIF"]), st.integers(0, 2**32), st.binary(max_size=40))
def test_damage_is_refused_or_survived_but_never_a_fault(kind: str, place: int, junk: bytes) -> None:
    data = bytearray(saved(drawn(64, 32), kind))
    where = place % len(data)
    data[where : where + len(junk)] = junk
    with contextlib.suppress(Refusal):
        make_picture(bytes(data))


@given(st.sampled_from(["image/jpeg", "image/png", "image/webp"]), st.binary(max_size=300))
def test_cleaning_nonsense_raises_only_what_it_says(kind: str, data: bytes) -> None:
    with contextlib.suppress(ValueError):
        without_metadata(data, kind)


async def test_it_is_done_beside_the_loop() -> None:
    assert (await picture(saved(drawn(), "JPEG"))).width == 640
