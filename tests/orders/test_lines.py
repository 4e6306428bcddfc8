"""Bytes become lines whatever the encoding, the line ends and the size of the pieces they arrive in."""

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xiaoer.orders.rules.lines import Bad, Line, Lines, encoding_of

TEXT = "订单号,商品名称\r\n1001,纯棉T恤\r\n1002,“生鲜”大闸蟹，八只装\r\n"
EXPECTED = ["订单号,商品名称", "1001,纯棉T恤", "1002,“生鲜”大闸蟹，八只装"]

ENCODED = {
    "utf-8": TEXT.encode(),
    "utf-8 with mark": codecs.BOM_UTF8 + TEXT.encode(),
    "gbk": TEXT.encode("gbk"),
    "gb18030 beyond gbk": TEXT.replace("八", "𠮷").encode("gb18030"),
    "utf-16 little": codecs.BOM_UTF16_LE + TEXT.encode("utf-16-le"),
    "utf-16 big": codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"),
}


def read(data: bytes, piece: int = 7, **options: object) -> list[Line | Bad]:
    lines = Lines(**options)  # type: ignore[arg-type]
    found = [line for start in range(0, len(data), piece) for line in lines.feed(data[start : start + piece])]
    return [*found, *lines.close()]


def texts(found: list[Line | Bad]) -> list[str]:
    return [line.text if isinstance(line, Line) else line.refused.code for line in found]


@pytest.mark.parametrize("name", ENCODED)
@pytest.mark.parametrize("piece", [1, 2, 5, 100_000])
def test_every_encoding_is_found_out(name: str, piece: int):
    expected = [text.replace("八", "𠮷") if "beyond" in name else text for text in EXPECTED]
    assert texts(read(ENCODED[name], piece)) == expected


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("piece", [1, 3, 1000])
def test_every_line_end_is_one(end: str, piece: int):
    data = end.join(["a", "b", "", "c"]).encode()
    assert texts(read(data, piece)) == ["a", "b", "", "c"]
    assert [line.line if isinstance(line, Bad) else line.number for line in read(data, piece)] == [1, 2, 3, 4]


def test_a_header_of_ascii_does_not_decide_the_encoding():
    header = b"order,title\n" + b"1,plain\n" * 20_000  # longer than the sample
    assert texts(read(header + "2,帽子\n".encode("gbk"), 65_536))[-1] == "2,帽子"
    assert texts(read(header + "2,帽子\n".encode(), 65_536))[-1] == "2,帽子"


def test_a_line_in_another_encoding_is_told_and_the_rest_goes_on():
    found = read("标题\n".encode() + b"\xff\xfe\xfa\n" + b"x" * 70_000 + b"\n", 100_000)
    # the sample decides: not UTF-8, so GB18030, in which the first line means something else
    assert len(found) == 3
    settled = read("标题".encode() * 20_000 + b"\n" + b"ok\n\xff\xff\nok\n", 1 << 20)
    assert texts(settled)[1:] == ["ok", "orders.not_in_encoding", "ok"]


def test_a_line_too_long_is_told_and_the_next_one_read():
    data = b"a\n" + b"x" * 300 + b"\nb\n" + b"y" * 101 + b"\n" + b"z" * 100
    found = read(data, 30, longest_bytes=100)
    assert texts(found) == ["a", "orders.row_too_long", "b", "orders.row_too_long", "z" * 100]
    assert found[1] == Bad(2, found[1].refused)  # type: ignore[union-attr]


def test_a_line_that_never_ends_is_kept_nowhere():
    lines = Lines(longest_bytes=1000)
    for _ in range(2000):
        assert lines.feed(b"x" * 1000) == []
        assert len(lines._rest) <= 65_536 + 1000
    assert texts(lines.close()) == ["orders.row_too_long"]


@pytest.mark.parametrize(
    ("sample", "encoding"),
    [
        (b"abc", None),
        ("表".encode(), "utf-8"),
        ("表".encode()[:2], "utf-8"),
        ("表单".encode("gbk"), "gb18030"),
        ("表单上有\n".encode() + b"\xff\xa1 broken", "utf-8"),
    ],
)
def test_the_encoding_of_a_sample(sample: bytes, encoding: str | None):
    assert encoding_of(sample) == encoding


@given(
    st.lists(st.text(st.characters(blacklist_categories=["Cs"], blacklist_characters="\r\n\ufeff"))),
    st.integers(1, 9),
    st.sampled_from(["utf-8", "gb18030"]),
)
def test_lines_come_out_as_they_went_in(lines: list[str], piece: int, encoding: str):
    data = "".join(f"{line}\n" for line in ["中文", *lines]).encode(encoding)
    if encoding_of(data) != encoding:  # a few texts are both
        return
    assert texts(read(data, piece)) == ["中文", *lines]
