"""One field of a foreign row → a value of ours, or a fault that names the field and the reason."""

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, tzinfo
from decimal import Decimal
from typing import Final, cast

import msgspec

from xiaoer.kernel.money import EXPONENTS, MoneyError, Trouble, parse_minor
from xiaoer.kernel.refusal import Refused
from xiaoer.orders.rules import values
from xiaoer.orders.rules.words import FLAGS, LIMITS, folded

_TROUBLES: Final[Mapping[Trouble, str]] = {
    "not_a_number": "amount_expected",
    "too_many_decimals": "amount_too_fine",
    "too_large": "amount_too_large",
    "unknown_currency": "currency_unknown",
}
_KEY_MOST: Final = LIMITS["id_max"]
_PAIR_MOST: Final = LIMITS["title_max"]
_details: Final = msgspec.json.Encoder(decimal_format="number", order="sorted")


def fault(code: str, name: str, **facts: object) -> Refused:
    """A fault of one field; `name` is its path inside the row, such as `items[2].price`."""
    return Refused("invalid", f"orders.{code}", facts={"field": name, **facts})


@dataclass(frozen=True, slots=True)
class Customs:
    """What a row may leave unsaid: the marketplace's currency and time zone, and the shop of the import."""

    currency: str
    zone: tzinfo
    shop: str | None = None


@dataclass(slots=True)
class Findings:
    """What was wrong in one row, and which of its fields nobody knows."""

    faults: list[Refused] = field(default_factory=list[Refused])
    unknown: list[str] = field(default_factory=list[str])


class Fields:
    """Reads the fields of one object; a fault is noted and a harmless value returned in its stead."""

    __slots__ = ("_data", "_findings", "_path", "_used", "customs")

    def __init__(
        self, data: Mapping[str, object], customs: Customs, findings: Findings, path: str = ""
    ) -> None:
        self.customs = customs
        self._data = data
        self._findings = findings
        self._path = path
        self._used: set[str] = set()

    def wrong(self, code: str, name: str, **facts: object) -> None:
        """Note a fault of a field."""
        self._findings.faults.append(fault(code, f"{self._path}{name}", **facts))

    def get(self, name: str) -> object:
        """The value as sent, None when absent or empty."""
        value = self._data.get(name)
        if value is None:
            return None
        self._used.add(name)
        if isinstance(value, str):
            return value.strip() or None
        return value

    def names(self) -> list[str]:
        """The names of the fields sent."""
        return list(self._data)

    @property
    def spoiled(self) -> bool:
        """Whether a fault was found in the row so far: what follows from its fields would mislead."""
        return bool(self._findings.faults)

    def each_once(self, name: str, keys: Sequence[object]) -> None:
        """Note every key of a list that stands there twice."""
        seen: set[object] = set()
        for key in keys:
            if key in seen:
                self.wrong("repeated", name, value=key)
            seen.add(key)

    def finish(self) -> None:
        """Note every field that nobody asked for."""
        for name, value in self._data.items():
            if name not in self._used and value is not None:
                self._findings.unknown.append(f"{self._path}{name}")

    # ── words ────────────────────────────────────────────────────────────

    def text(self, name: str, *, most: int = LIMITS["text_max"], required: bool = False) -> str | None:
        """A text without control characters; other blanks than the plain one become plain."""
        value = self.get(name)
        if value is None:
            if required:
                self.wrong("field_missing", name)
            return None
        return self._text_of(value, name, most)

    def _text_of(self, value: object, name: str, most: int) -> str | None:
        if isinstance(value, int) and not isinstance(value, bool):
            value = str(value)
        if value is None:
            return None
        if not isinstance(value, str):
            self.wrong("text_expected", name)
            return None
        if len(value) > most:
            self.wrong("text_too_long", name, most=most)
            return None
        if value.isprintable():
            return value.strip()
        value = " ".join(value.split())
        if any(unicodedata.category(sign) in {"Cc", "Cs"} for sign in value):
            self.wrong("text_not_storable", name)
            return None
        return value

    def id(self, name: str, *, required: bool = False) -> str | None:
        """The sender's own number of a thing, freed of spreadsheet quoting; a rounded one is a fault."""
        value = self.text(name, most=LIMITS["id_max"], required=required)
        if value is None:
            return None
        bare = values.bare_id(value)
        if bare is None:
            self.wrong("id_damaged", name, value=value)
        elif not bare or not bare.isprintable():
            self.wrong("text_not_storable", name)
            return None
        return bare

    def shop(self) -> str:
        """The shop of the row, or that of the import."""
        shop = self.id("shop") or self.customs.shop
        if shop is None:
            self.wrong("field_missing", "shop")
        return shop or ""

    def word(self, name: str, *, known: Mapping[str, str], code: str) -> str | None:
        """One of some known words, in any of its spellings."""
        value = self.text(name, most=LIMITS["id_max"])
        if value is None:
            return None
        found = known.get(folded(value))
        if found is None:
            self.wrong(code, name, value=value)
        return found

    def yes(self, name: str, *, otherwise: bool) -> bool:
        """True or false, also as 是, 否, yes, no, 1, 0; `otherwise` when nothing is said."""
        value = self.get(name)
        if value is None:
            return otherwise
        found = values.truth(value)
        if found is None:
            self.wrong("yes_or_no_expected", name)
            return otherwise
        return found

    # ── numbers and time ─────────────────────────────────────────────────

    def _number(self, name: str, code: str) -> str | None:
        value = self.get(name)
        if value is None:
            return None
        found = values.plain_number(value)
        if found is None:
            self.wrong(code, name)
        return found

    def whole(self, name: str, *, least: int, most: int) -> int | None:
        """A whole number between two bounds."""
        text = self._number(name, "number_expected")
        if text is None:
            return None
        found = Decimal(text) if "e" not in text.lower() else Decimal("NaN")
        if not found.is_finite() or found != found.to_integral_value():
            self.wrong("number_expected", name)
            return None
        if not least <= found <= most:
            self.wrong("number_out_of_range", name, least=least, most=most)
            return None
        return int(found)

    def amount(self, name: str, currency: str | None, *, signed: bool = False) -> int | None:
        """An amount of money in minor units, exactly: 12.5 CNY is 1250, 12.505 CNY is a fault."""
        text = self._number(name, "amount_expected")
        if text is None or currency is None:
            return None
        try:
            minor = parse_minor(text, currency)
        except MoneyError as error:
            digits = EXPONENTS.get(currency, 2)
            self.wrong(_TROUBLES[error.trouble], name, value=currency, currency=currency, digits=digits)
            return None
        if minor < 0 and not signed:
            self.wrong("amount_negative", name)
        elif abs(minor) > LIMITS["amount_minor_max"]:
            self.wrong("amount_too_large", name, currency=currency)
        else:
            return minor
        return None

    def currency(self, name: str, default: str) -> str | None:
        """A currency of ISO 4217, or the default where none is named."""
        value = self.text(name, most=8)
        if value is None:
            return default if self.get(name) is None else None
        if value.upper() not in EXPONENTS:
            self.wrong("currency_unknown", name, value=value)
            return None
        return value.upper()

    def time(self, name: str) -> datetime | None:
        """A moment in UTC; without an offset it is read in the marketplace's time zone."""
        value = self.text(name, most=64)
        if value is None:
            return None
        found = values.moment(value, self.customs.zone)
        if found is None:
            self.wrong("time_expected", name)
            return None
        if not LIMITS["year_min"] <= found.year < LIMITS["year_max"]:
            self.wrong("time_out_of_range", name)
            return None
        return found

    # ── lists and objects ────────────────────────────────────────────────

    def _list(self, name: str, most: int) -> list[object] | None:
        value = self.get(name)
        if isinstance(value, str):
            return list(values.parts(value))
        if value is None:
            return None
        if not isinstance(value, list):
            self.wrong("list_expected", name)
            return None
        found = cast(list[object], value)
        if len(found) > most:
            self.wrong("list_too_long", name, most=most)
            return None
        return found

    def texts(self, name: str) -> list[str] | None:
        """A list of texts, also written in one cell: `a;b、c`."""
        found = self._list(name, LIMITS["list_max"])
        if found is None:
            return None
        most = LIMITS["text_max"]
        read = [self._text_of(part, f"{name}[{place}]", most) for place, part in enumerate(found, 1)]
        return [text for text in read if text]

    def flags(self, name: str) -> list[str] | None:
        """Category flags (RULES.md D1), sorted, each once."""
        words = self.texts(name)
        if words is None:
            return None
        found: set[str] = set()
        for word in words:
            flag = FLAGS.get(folded(word))
            if flag is None:
                self.wrong("flag_unknown", name, value=word[:50])
            else:
                found.add(flag)
        return sorted(found)

    def objects(self, name: str, *, most: int = LIMITS["list_max"]) -> "list[Fields] | None":
        """A list of objects, each to be read and finished by the caller; places count from 1."""
        found = self._list(name, most)
        if found is None:
            return None
        inner = [self._object(f"{name}[{place}]", part) for place, part in enumerate(found, 1)]
        return [one for one in inner if one is not None]

    def inside(self, name: str) -> "Fields | None":
        """An object inside, to be read and finished by the caller."""
        value = self.get(name)
        return None if value is None else self._object(name, value)

    def _object(self, name: str, value: object) -> "Fields | None":
        if not isinstance(value, dict):
            self.wrong("object_expected", name)
            return None
        found = cast(dict[str, object], value)
        if len(found) > LIMITS["list_max"]:
            self.wrong("list_too_long", name, most=LIMITS["list_max"])
            return None
        if any(len(key) > LIMITS["id_max"] or not key.isprintable() for key in found):
            self.wrong("text_not_storable", name)
            return None
        return Fields(found, self.customs, self._findings, f"{self._path}{name}.")

    def pairs(self, name: str, *, single: str) -> dict[str, str] | None:
        """Named texts: an object, or one cell such as `颜色:红;尺码:L`; a lone text is named `single`."""
        value = self.get(name)
        if value is None:
            return None
        if isinstance(value, str):
            value = values.pairs(value, single)
        if isinstance(value, dict):
            plain = cast("dict[str, str]", value)
            value = plain
            if len(plain) <= LIMITS["list_max"] and all(map(_is_plain, plain, plain.values())):
                return dict(plain)
        inner = self._object(name, value)
        if inner is None:
            return None
        read = {key: inner.text(key, most=LIMITS["title_max"]) for key in inner.names()}
        return {key: text for key, text in read.items() if text}

    def details(self, name: str) -> msgspec.Raw:
        """Free facts of the sender as JSON, kept as they are; their numbers stay exact."""
        value = self.get(name)
        if value is None:
            return msgspec.Raw(b"{}")
        if not isinstance(value, dict):
            self.wrong("object_expected", name)
            return msgspec.Raw(b"{}")
        try:
            encoded = _details.encode(cast(dict[str, object], value))
        except (TypeError, ValueError, RecursionError):
            encoded = b"\\u0000"
        if b"\\u0000" in encoded:
            self.wrong("text_not_storable", name)
        elif len(encoded) > LIMITS["details_bytes_max"]:
            self.wrong("details_too_large", name, most=LIMITS["details_bytes_max"])
        return msgspec.Raw(encoded)


def _is_plain(key: object, text: object) -> bool:
    """Whether a named text can be taken as it is: by far the most can."""
    return (
        isinstance(key, str)
        and isinstance(text, str)
        and len(key) <= _KEY_MOST
        and 0 < len(text) <= _PAIR_MOST
        and key.isprintable()
        and text.isprintable()
        and text[0] != " " != text[-1]
    )
