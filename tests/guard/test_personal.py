"""Personal data written out: whose, of what kind, and what is no datum at all."""

from itertools import pairwise

import pytest

from xiaoer.guard import book, rules
from xiaoer.guard.kinds import personal
from xiaoer.guard.model import Context, Finding

BOOK = book.shipped()


def found(text: str, **known: object) -> list[Finding]:
    review = rules.review(text, Context(**known), BOOK)  # type: ignore[arg-type]
    return [one for one in review.findings if one.kind == "personal_data"]


@pytest.mark.parametrize(
    ("text", "datum", "verdict"),
    [
        ("他的身份证是11010519491231002X", "11010519491231002X", "block"),
        ("身份证号110105194912310021（校验位不对）", "110105194912310021", "block"),
        ("她的卡号6222021234567890128", "6222021234567890128", "block"),
        ("付款卡 4111 1111 1111 1111", "4111 1111 1111 1111", "block"),
        ("王先生的电话13912345678", "13912345678", "hint"),
        ("另一位客户的邮箱是wang.li@163.com", "wang.li@163.com", "block"),
        ("his card is 4532015112830366.", "4532015112830366", "block"),
        ("Her phone: (555) 123-4567", "(555) 123-4567", "hint"),
        ("call her mobile +44 7700 900123", "+44 7700 900123", "hint"),
        ("SSN 123-45-6789", "123-45-6789", "block"),
        ("IBAN GB82WEST12345698765432", "GB82WEST12345698765432", "block"),
    ],
)
def test_a_datum_is_found_where_it_stands(text: str, datum: str, verdict: str):
    findings = found(text)
    assert [text[one.start : one.end] for one in findings] == [datum]
    assert [one.verdict for one in findings] == [verdict]


@pytest.mark.parametrize(
    "text",
    [
        "订单号是6222021234567890123",
        "运单号 4532015112830366",
        "2024-05-06 12:30 发货",
        "尺寸 120 200 35",
        "The office is at 17031 2202 Main Road",
        "IP 192.168.1.100",
        "客服热线 400-820-8820",
        "快递员电话 13912345678",
        "型号 SN1234567890123",
        "11111111111111111111",
    ],
)
def test_other_numbers_are_none(text: str):
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "own"),
    [
        ("您的手机是139-1234-5678对吗", "13912345678"),
        ("您的手机是13912345678对吗", "+86 139 1234 5678"),
        ("您的邮箱Buyer@Mail.com收到了吗", "buyer@mail.com"),
        ("您的身份证11010519491231002X已核验", "11010519491231002x"),
        ("卡号6222021234567890128已退款", "6222 0212 3456 7890 128"),
    ],
)
def test_the_buyers_own_data_read_back_to_him_are_no_leak(text: str, own: str):
    assert found(text, own_data=(own,)) == []
    assert found(text) != []


def test_data_are_apart_and_in_order():
    text = "电话13912345678，卡6222021234567890128，邮箱a@b.com，身份证11010519491231002x"
    data = personal.find(text)
    assert [one.data for one in data] == ["contact", "card", "contact", "identity"]
    assert all(one.end <= following.start for one, following in pairwise(data))
