"""Hiding personal data: what is found, what is left alone, and that hostile text costs no more."""

import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xiaoer.kernel.mask import (
    KINDS,
    find,
    id_check_digit,
    is_id_card,
    is_luhn,
    mask_bank_card,
    mask_email,
    mask_id_card,
    mask_name,
    mask_phone,
    mask_text,
)


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("我的电话13812345678,请回电", "我的电话138****5678,请回电"),
        ("tel13812345678ok", "tel138****5678ok"),
        ("+86 138-1234-5678", "+86 138-****-5678"),
        ("电话１３８１２３４５６７８", "电话１３８****５６７８"),
        ("call +34 612 345 678", "call +34 6** **5 678"),
        ("call 905-674-3793 now", "call ***-***-**93 now"),
        ("090-1234-5678", "090-****-5678"),
        ("座机0571-87654321", "座机057*-****4321"),
        ("(0571)87654321", "(057*)****4321"),
        ("身份证11010519491231002X", "身份证11***************X"),
        ("身份证 110105491231002", "身份证 11************2"),
        ("写错的身份证230103198008273629也是他的", "写错的身份证23***************9也是他的"),
        ("卡号6222 0212 3456 7890 128", "卡号**** **** **** ***0 128"),
        ("card 4111111111111111", "card ************1111"),
        ("邮箱zhang.san@example.com谢谢", "邮箱z***@example.com谢谢"),
        ("ｚｈａｎｇ＠ｅｘａｍｐｌｅ．ｃｏｍ", "ｚ***＠ｅｘａｍｐｌｅ．ｃｏｍ"),
        ("加微信 zhang_san88 聊", "加微信 z*** 聊"),
        ("加我vx:zhangsan", "加我vx:z***"),
        ("微信号是123456", "微信号是1***"),
        ("扣扣12345678", "扣扣1***"),
        ("QQ号:12345678", "QQ号:1***"),
        ("地址:浙江省杭州市西湖区文三路478号,谢谢", "地址:***,谢谢"),
        ("住在幸福小区3栋502", "住在***"),
        ("我在文三路478号3幢502室等你", "我在文三路***等你"),
        ("收货人:张三丰 电话:13812345678", "收货人:张** 电话:138****5678"),
        ("13812345678和13987654321", "138****5678和139****4321"),
    ],
)
def test_personal_data_is_hidden(text: str, masked: str) -> None:
    assert mask_text(text) == masked
    assert mask_text(masked) == masked


@pytest.mark.parametrize(
    "text",
    [
        "",
        "请问什么时候发货",
        "订单号 2026112200161923451 请查",
        "金额 1234.56 元,数量 20",
        "2026-11-22T02:16:23.123456Z",
        "1763777783123",
        "019372f5-1381-7234-9678-138123456781",
        "sha256 a13812345678bcdef13912345678ab15012345678f",
        "地址填错了怎么办",
        "我的地址在哪里改",
        "送到了吗",
        "微信支付可以吗",
        "QQ音乐会员",
        "请填姓名:电话:订单号",
        "400-820-8820",
        "95188",
        "user@localhost",
        "@小二 你好",
        "版本 1.2.3.4",
        "111111111111111111",
    ],
)
def test_what_is_not_personal_stays(text: str) -> None:
    assert mask_text(text) == text


def test_only_the_kinds_asked_for_are_hidden() -> None:
    text = "13812345678 zhang@example.com"
    assert mask_text(text, frozenset({"email"})) == "13812345678 z***@example.com"
    assert mask_text(text, frozenset()) == text
    assert [(one.kind, text[one.start : one.end]) for one in find(text)] == [
        ("mobile", "13812345678"),
        ("email", "zhang@example.com"),
    ]


def test_single_data_are_masked() -> None:
    assert mask_phone("13812345678") == "138****5678"
    assert mask_phone("+86 138 1234 5678") == "+86 138 **** 5678"
    assert mask_phone("87654321") == "******21"
    assert mask_phone("") == ""
    assert mask_email("zhangsan@example.com") == "z***@example.com"
    assert mask_email("nobody") == "n***"
    assert mask_email("@example.com") == "@***"
    assert mask_name("张三") == "张*"
    assert mask_name("欧阳娜娜") == "欧***"
    assert mask_name("张") == "张*"
    assert mask_name("John Smith") == "J*** S****"
    assert mask_name("") == ""
    assert mask_id_card("11010519491231002X") == "11***************X"
    assert mask_bank_card("6222-0212-3456-7890-128") == "****-****-****-***0-128"


def test_identity_numbers_are_checked() -> None:
    assert id_check_digit("11010519491231002") == "X"
    assert is_id_card("11010519491231002X")
    assert is_id_card("11010519491231002x")
    assert not is_id_card("110105194912310021")
    assert not is_id_card("11010519491331002X")
    assert not is_id_card("99010519491231002X")
    assert is_id_card("110105491231002")
    assert not is_id_card("110105491331002")
    assert not is_id_card("1101054912310021")


def test_card_numbers_are_checked() -> None:
    assert is_luhn("4111 1111 1111 1111")
    assert is_luhn("79927398713")
    assert not is_luhn("4111 1111 1111 1112")
    assert not is_luhn("")


@given(st.text(alphabet="0123456789X@a.微信地址路号姓名:：+- ０９＠*市", max_size=80))
def test_any_text_is_survived_and_spans_lie_apart(text: str) -> None:
    spans = find(text)
    assert all(one.end <= two.start for one, two in pairwise(spans))
    assert all(0 <= one.start < one.end <= len(text) and one.kind in KINDS for one in spans)
    assert bool(spans) == (mask_text(text) != text) or "*" in text


@given(st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True), st.text(alphabet="你好,请回电 谢谢abc", max_size=12))
def test_no_mobile_number_gets_through(number: str, words: str) -> None:
    assert number not in mask_text(f"{words}{number}{words}")


@pytest.mark.parametrize(
    "piece",
    [
        "1",
        "a",
        "1 ",
        "1@",
        "a@",
        "地址",
        "地址a",
        "微信 ",
        "路1号",
        "+1 2",
        "a.",
        "0571-",
        "138 ",
        "qq",
        "姓名:",
        "住在路",
    ],
)
def test_hostile_text_takes_linear_time(piece: str) -> None:
    text = piece * (60_000 // len(piece))
    begin = time.perf_counter()
    mask_text(text)
    assert time.perf_counter() - begin < 2  # a quadratic pattern takes minutes
