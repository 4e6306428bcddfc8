"""Money: exact reading, simple writing, splits that add up."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from xiaoer.kernel.money import (
    EXPONENTS,
    MINOR_LIMIT,
    MoneyError,
    decimal_text,
    exponent,
    format_minor,
    parse_minor,
    share_minor,
    split_minor,
)

CURRENCIES = st.sampled_from(["CNY", "USD", "JPY", "KRW", "KWD", "EUR"])
AMOUNTS = st.integers(-MINOR_LIMIT, MINOR_LIMIT)


@pytest.mark.parametrize(
    ("text", "currency", "amount_minor"),
    [
        ("12.3", "CNY", 1230),
        ("0", "CNY", 0),
        ("-0.01", "CNY", -1),
        ("12.3400", "CNY", 1234),
        ("1e2", "CNY", 10_000),
        ("1.5E+1", "JPY", 15),
        ("1250e-2", "USD", 1250),
        ("100", "JPY", 100),
        ("100.0", "JPY", 100),
        ("1.234", "KWD", 1234),
        ("92233720368547758.07", "CNY", MINOR_LIMIT),
        ("0.1", "USD", 10),
    ],
)
def test_an_amount_is_read_exactly(text: str, currency: str, amount_minor: int) -> None:
    assert parse_minor(text, currency) == amount_minor


@pytest.mark.parametrize(
    ("text", "currency", "trouble"),
    [
        ("12.345", "CNY", "too_many_decimals"),
        ("0.5", "JPY", "too_many_decimals"),
        ("1e-3", "CNY", "too_many_decimals"),
        ("92233720368547758.08", "CNY", "too_large"),
        ("1e99", "CNY", "too_large"),
        ("", "CNY", "not_a_number"),
        ("1,000", "CNY", "not_a_number"),
        ("¥5", "CNY", "not_a_number"),
        ("５", "CNY", "not_a_number"),
        ("٣", "CNY", "not_a_number"),
        ("1.", "CNY", "not_a_number"),
        (".5", "CNY", "not_a_number"),
        ("NaN", "CNY", "not_a_number"),
        ("Infinity", "CNY", "not_a_number"),
        ("1 ", "CNY", "not_a_number"),
        ("1\n", "CNY", "not_a_number"),
        ("9" * 10_000, "CNY", "not_a_number"),
        ("1", "RMB", "unknown_currency"),
        ("1", "cny", "unknown_currency"),
    ],
)
def test_an_amount_that_is_not_exact_is_refused(text: str, currency: str, trouble: str) -> None:
    with pytest.raises(MoneyError) as caught:
        parse_minor(text, currency)
    assert caught.value.trouble == trouble
    assert len(str(caught.value)) < 100


@pytest.mark.parametrize(
    ("amount_minor", "currency", "language", "written"),
    [
        (123_450, "CNY", "zh-Hans", "¥1,234.50"),
        (123_450, "CNY", "zh-Hant", "CN¥1,234.50"),
        (123_450, "CNY", "en", "CN¥1,234.50"),
        (123_450, "CNY", "ja", "元1,234.50"),
        (123_450, "CNY", "es", "1234,50\N{NO-BREAK SPACE}CN¥"),
        (1_234_500, "EUR", "es", "12.345,00\N{NO-BREAK SPACE}€"),
        (-5, "USD", "en", "-$0.05"),
        (1234, "JPY", "ja", "¥1,234"),
        (1234, "KRW", "ko", "₩1,234"),
        (1234, "KWD", "en", "KWD\N{NO-BREAK SPACE}1.234"),
    ],
)
def test_an_amount_is_written_for_people(
    amount_minor: int, currency: str, language: str, written: str
) -> None:
    assert format_minor(amount_minor, currency, language) == written


def test_the_decimals_of_the_trade_are_known() -> None:
    assert {code: exponent(code) for code in ("CNY", "USD", "EUR", "JPY", "KRW", "KWD")} == {
        "CNY": 2,
        "USD": 2,
        "EUR": 2,
        "JPY": 0,
        "KRW": 0,
        "KWD": 3,
    }
    assert all(len(code) == 3 and code.isupper() for code in EXPONENTS)


@given(AMOUNTS, CURRENCIES)
def test_written_and_read_is_the_same(amount_minor: int, currency: str) -> None:
    text = decimal_text(amount_minor, currency)
    assert parse_minor(text, currency) == amount_minor
    assert Decimal(text).scaleb(exponent(currency)) == amount_minor


@settings(max_examples=60)
@given(AMOUNTS, st.lists(st.integers(0, 10**12), min_size=1, max_size=8).filter(any))
def test_parts_add_up_and_are_fair(amount_minor: int, weights: list[int]) -> None:
    parts = split_minor(amount_minor, weights)
    assert sum(parts) == amount_minor
    for part, weight in zip(parts, weights, strict=True):
        assert abs(part - Fraction(amount_minor * weight, sum(weights))) < 1
    assert parts == tuple(-part for part in split_minor(-amount_minor, weights))


def test_the_odd_unit_goes_to_the_largest_remainder_then_to_the_earlier() -> None:
    assert split_minor(100, [1, 1, 1]) == (34, 33, 33)
    assert split_minor(10, [1, 0, 2]) == (3, 0, 7)
    assert split_minor(-10, [1, 1, 1]) == (-4, -3, -3)


@pytest.mark.parametrize("weights", [[], [0, 0], [2, -1]])
def test_weights_without_sense_are_a_fault(weights: list[int]) -> None:
    with pytest.raises(ValueError, match="weights"):
        split_minor(5, weights)


def test_a_share_rounds_half_away_from_zero() -> None:
    assert share_minor(10_001, 3000) == 3000
    assert share_minor(5, 5000) == 3
    assert share_minor(-5, 5000) == -3
    assert share_minor(333, 10_000) == 333
