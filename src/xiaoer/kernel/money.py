"""Money in integer minor units: read exactly, written simply, split without losing a fen."""

import re
from collections.abc import Mapping, Sequence
from typing import Final, Literal

Trouble = Literal["unknown_currency", "not_a_number", "too_many_decimals", "too_large"]

_TWO = (
    "AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CNY COP "
    "CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HTG HUF IDR ILS "
    "INR IRR JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN "
    "MYR MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE "
    "SOS SRD SSP STN SVC SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD UYU UZS VES WST XCD YER ZAR ZMW"
)
_ZERO = "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF"
_THREE = "BHD IQD JOD KWD LYD OMR TND"

EXPONENTS: Final[Mapping[str, int]] = {
    code: decimals for decimals, codes in ((2, _TWO), (0, _ZERO), (3, _THREE)) for code in codes.split()
}
"""Decimals of each currency by ISO 4217; bank units such as CLF or XAU are left out."""

MINOR_LIMIT: Final = 2**63 - 1
"""The largest amount the database keeps (bigint)."""

_NUMBER: Final = re.compile(r"(-?)([0-9]{1,40})(?:\.([0-9]{1,40}))?(?:[eE]([+-]?[0-9]{1,2}))?")
_SYMBOLS: Final[Mapping[str, str]] = {
    "CNY": "CN¥",
    "USD": "US$",
    "EUR": "€",
    "GBP": "£",
    "JPY": "JP¥",
    "KRW": "₩",
    "HKD": "HK$",
    "TWD": "NT$",
}
_AT_HOME: Final[Mapping[tuple[str, str], str]] = {
    ("zh-Hans", "CNY"): "¥",
    ("zh-Hant", "TWD"): "$",
    ("ja", "JPY"): "¥",
    ("ja", "CNY"): "元",
    ("en", "USD"): "$",
    ("en", "JPY"): "¥",
}


class MoneyError(ValueError):
    """An amount that cannot be taken as it stands; `trouble` says why in one word."""

    def __init__(self, trouble: Trouble, given: str) -> None:
        super().__init__(f"{trouble.replace('_', ' ')}: {given[:60]!r}")
        self.trouble: Final = trouble


def exponent(currency: str) -> int:
    """Return the number of decimals of an ISO 4217 currency; raises MoneyError when it is unknown."""
    try:
        return EXPONENTS[currency]
    except KeyError:
        raise MoneyError("unknown_currency", currency) from None


def parse_minor(text: str, currency: str) -> int:
    """Read an exact decimal (also a JSON number as its text) into minor units: "12.3" CNY → 1230.

    Zeros beyond the currency's decimals are fine, other digits there are refused, never rounded. Raises
    MoneyError; signs of currency, separators and spaces are not understood.
    """
    decimals = exponent(currency)
    match = _NUMBER.fullmatch(text)
    if match is None:
        raise MoneyError("not_a_number", text)
    sign, whole, fraction, power = match.groups(default="")
    digits = int(whole + fraction)
    shift = decimals - len(fraction) + int(power or "0")
    if shift < 0:
        digits, rest = divmod(digits, 10**-shift)
        if rest:
            raise MoneyError("too_many_decimals", text)
        shift = 0
    amount_minor = digits * 10**shift
    if amount_minor > MINOR_LIMIT:
        raise MoneyError("too_large", text)
    return -amount_minor if sign else amount_minor


def decimal_text(amount_minor: int, currency: str) -> str:
    """Write minor units as a plain decimal with all decimals of the currency: 1230 CNY → "12.30"."""
    return _decimal(amount_minor, exponent(currency), "", ".")


def format_minor(amount_minor: int, currency: str, language: str) -> str:
    """Write an amount for people: ¥1,234.50 (zh-Hans), CN¥1,234.50 (en), 1234,50 CN¥ (es)."""
    symbol = _AT_HOME.get((language, currency)) or _SYMBOLS.get(currency) or currency
    sign, size = ("-" if amount_minor < 0 else ""), abs(amount_minor)
    if language == "es":  # a point groups from five digits on, the sign of the currency follows
        grouped = "." if size >= 10 ** (exponent(currency) + 4) else ""
        return f"{sign}{_decimal(size, exponent(currency), grouped, ',')}\N{NO-BREAK SPACE}{symbol}"
    space = "\N{NO-BREAK SPACE}" if symbol.isascii() and symbol.isalpha() else ""
    return f"{sign}{symbol}{space}{_decimal(size, exponent(currency), ',', '.')}"


def split_minor(amount_minor: int, weights: Sequence[int]) -> tuple[int, ...]:
    """Split an amount by weights so that the parts add up to it (largest remainder, earlier part first).

    Each part is less than one unit off its exact share; a weight of zero gets nothing. Raises ValueError
    without a positive weight or with a negative one.
    """
    total = sum(weights)
    if total <= 0 or min(weights) < 0:
        raise ValueError(f"weights are not negative and not all zero, unlike {list(weights)}")
    size = abs(amount_minor)
    parts = [size * weight // total for weight in weights]
    by_remainder = sorted(range(len(weights)), key=lambda i: -(size * weights[i] % total))
    for i in by_remainder[: size - sum(parts)]:
        parts[i] += 1
    return tuple(parts) if amount_minor >= 0 else tuple(-part for part in parts)


def share_minor(amount_minor: int, basis_points: int) -> int:
    """Return a share in hundredths of a percent, half a unit rounded away from zero: 30 % is 3000."""
    size = (2 * abs(amount_minor) * basis_points + 10_000) // 20_000
    return size if amount_minor >= 0 else -size


def _decimal(amount_minor: int, decimals: int, group: str, point: str) -> str:
    sign = "-" if amount_minor < 0 else ""
    whole, fraction = divmod(abs(amount_minor), 10**decimals)
    said = f"{whole:,}".replace(",", group)
    return f"{sign}{said}{point}{fraction:0{decimals}d}" if decimals else f"{sign}{said}"
