import pytest
from hypothesis import given
from hypothesis import strategies as st

from xiaoer.plumbing.file_names import NAME_BYTES, NAME_CHARACTERS, clean_name, disposition, media_type


@pytest.mark.parametrize(
    ("given_name", "expected"),
    [
        ("发票.pdf", "发票.pdf"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\me\\photo.jpg", "photo.jpg"),
        ("a\x00b\r\nc.txt", "abc.txt"),
        ("photo\u202egpj.exe", "photogpj.exe"),
        ("in\u200bvisible.txt", "invisible.txt"),
        ("...hidden", "hidden"),
        ("name. . .", "name"),
        ('a<b>:"c|?*.txt', "abc.txt"),
        ("con.txt", "file con.txt"),
        ("", "file"),
        ("..", "file"),
        ("  two   words .png", "two words.png"),
        ("é.txt", "é.txt"),
    ],
)
def test_names_are_made_harmless(given_name: str, expected: str) -> None:
    assert clean_name(given_name) == expected


@given(st.text(max_size=400))
def test_a_clean_name_is_short_harmless_and_stays_as_it_is(text: str) -> None:
    name = clean_name(text)
    assert 0 < len(name) <= NAME_CHARACTERS
    assert len(name.encode()) <= NAME_BYTES
    assert not set(name) & set('/\\\0\r\n<>:"|?*')
    assert not name.startswith(".")
    assert clean_name(name) == name


def test_a_long_name_keeps_its_ending() -> None:
    assert clean_name("长" * 500 + ".xlsx").endswith("长.xlsx")


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        (b"\xff\xd8\xff\xe0", "image/jpeg"),
        (b"\x89PNG\r\n\x1a\n\0", "image/png"),
        (b"RIFF\0\0\0\0WEBPVP8 ", "image/webp"),
        (b"RIFF\0\0\0\0WAVEfmt ", "audio/wav"),
        (b"\0\0\0\x18ftypheic", "image/heic"),
        (b"\0\0\0\x18ftypisom", "video/mp4"),
        (b"%PDF-1.7", "application/pdf"),
        (
            b"PK\x03\x04" + b"\0" * 26 + b"word/document.xml",
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        ),
        (b"PK\x03\x04" + b"\0" * 26 + b"a.txt", "application/zip"),
        (b"MZ\x90\0", "application/x-msdownload"),
        (b"<html><script>alert(1)</script>", "text/plain"),
        (b"<svg onload='alert(1)'/>", "text/plain"),
        ("退款".encode() * 1000, "text/plain"),
        ("退款".encode()[:-1], "text/plain"),
        (b"\x01\x02\x03", "application/octet-stream"),
        (b"", "application/octet-stream"),
        (b"12345678WEBP", "text/plain"),
    ],
)
def test_the_bytes_say_what_it_is(head: bytes, expected: str) -> None:
    assert media_type(head) == expected


@given(st.text(max_size=100))
def test_a_header_cannot_be_broken_out_of(name: str) -> None:
    value = disposition(clean_name(name), inline=False)
    assert value.isascii()
    assert "\n" not in value
    assert value.count('"') == 2
    assert value.startswith("attachment; ")
