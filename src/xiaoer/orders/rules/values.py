"""Single values as people and spreadsheets write them: numbers, moments, ids, pairs in one cell."""

import re
import unicodedata
from datetime import UTC, datetime, timedelta, tzinfo
from decimal import Decimal
from typing import Final

_TIME: Final = re.compile(
    r"([0-9]{4})[-/.年]([0-9]{1,2})[-/.月]([0-9]{1,2})日?(?:[Tt]|\s*)([0-9]{1,2})[:时]([0-9]{2})"
    r"(?:[:分]([0-9]{2})(?:[.,]([0-9]{1,9}))?)?[秒分]?\s*(?:([Zz])|([+-])([0-9]{2}):?([0-9]{2}))?",
)
_GROUPED: Final = re.compile(r"[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]*)?")
_NUMBER: Final = re.compile(r"-?[0-9]+(?:\.[0-9]+)?(?:[Ee][+-]?[0-9]+)?")
_DAMAGED: Final = re.compile(r"[0-9](?:\.[0-9]+)?[Ee]\+[0-9]{1,3}")
_FORMULA: Final = re.compile(r'="(.*)"', re.DOTALL)
_PAIR: Final = re.compile(r"[:：=]")
_PARTS: Final = re.compile(r"[;；\n]")
_LISTED: Final = re.compile(r"[;；,，、|\n]")
_YES: Final = frozenset(("true", "1", "yes", "y", "是", "有", "已", "√", "支持"))
_NO: Final = frozenset(("false", "0", "no", "n", "否", "无", "無", "未", "×", "不支持"))


def plain_number(value: object) -> str | None:
    """The number as a plain decimal text (also from `1,234.50`, `¥12`, `12元`); None when it is none."""
    if isinstance(value, Decimal) or (isinstance(value, int) and not isinstance(value, bool)):
        text = str(value)
    elif isinstance(value, str) and len(value) <= 64:
        text = unicodedata.normalize("NFKC", value).strip().strip("¥$€£").removesuffix("元").strip()
        if _GROUPED.fullmatch(text):
            text = text.replace(",", "")
    else:
        return None
    return text if len(text) <= 64 and _NUMBER.fullmatch(text) else None


def moment(text: str, zone: tzinfo) -> datetime | None:
    """A moment in UTC from a date with a time of day; without an offset it is read in `zone`."""
    match = _TIME.fullmatch(unicodedata.normalize("NFKC", text).strip())
    if match is None:
        return None
    year, month, day, hour, minute, second, fraction, utc, sign, hours, minutes = match.groups()
    try:
        local = datetime(
            int(year),
            int(month),
            int(day),
            int(hour),
            int(minute),
            int(second or 0),
            int((fraction or "0").ljust(6, "0")[:6]),
            tzinfo=UTC if utc or sign else zone,
        )
        if sign:
            if int(hours) > 15 or int(minutes) > 59:
                return None
            ahead = timedelta(hours=int(hours), minutes=int(minutes))
            return local - ahead if sign == "+" else local + ahead
        return local.astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def bare_id(text: str) -> str | None:
    """An id without spreadsheet quoting (`="0012"`, `'0012`); None when a spreadsheet has rounded it."""
    if text[:1] == "=" and (formula := _FORMULA.fullmatch(text)):
        text = formula[1].strip()
    text = text.removeprefix("'").strip()
    return None if "+" in text and _DAMAGED.fullmatch(text) else text


def truth(value: object) -> bool | None:
    """True or false, also as 是, 否, yes, no, 1, 0; None when it is neither."""
    if isinstance(value, bool):
        return value
    word = str(value).strip().casefold()
    return True if word in _YES else False if word in _NO else None


def parts(text: str) -> list[str]:
    """The parts of a list written in one cell: `a;b、c`."""
    return [part.strip() for part in _LISTED.split(text) if part.strip()]


def pairs(text: str, single: str) -> dict[str, object]:
    """Named texts written in one cell, `颜色:红;尺码:L`; what has no name is called `single`."""
    found: dict[str, object] = {}
    for part in (part.strip() for part in _PARTS.split(text)):
        split = _PAIR.search(part)
        if split and part[: split.start()].strip():
            found[part[: split.start()].strip()] = part[split.end() :].strip()
        elif part:
            found[single] = f"{found[single]}; {part}" if single in found else part
    return found
