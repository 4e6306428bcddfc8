"""Personal data: secrets and papers asked for, identity and card numbers written out."""

import re
from collections.abc import Iterator
from datetime import date
from typing import Final

from xiaoer.guard.book import digits
from xiaoer.guard.kinds.case import Case, Draft
from xiaoer.guard.scan import Hit, longest

AREA: Final = "privacy"
_DATA: Final = {"secret": "secret", "code": "one_time_code", "identity": "identity", "card": "card"}
_IDENTITY: Final = re.compile(
    r"(?<![0-9a-z])([1-8]\d{5})((?:19|20)\d{2})(\d{2})(\d{2})\d{3}[0-9x](?![0-9a-z])"
)
_CARD: Final = re.compile(r"(?<![\d.])(?:\d[ -]?){15,18}\d(?![\d.])")
_LONG: Final = re.compile(r"\d(?:[ -]?\d){15}")
"""What an identity or card number has at least; it begins with one set of characters, found fast."""

_CARD_BEGINNINGS: Final = ("62", "4", "5", "35", "37")


def judge(case: Case) -> Iterator[Draft]:
    """Yield a draft for each datum asked for in words, harmless mentions with the verdict `pass`."""
    for hit in longest(case.of(AREA)):
        first, last = case.passage.sentence(hit.start, hit.end)
        around = case.text[max(0, first - 40) : last + 40]
        lawful = "privacy.customs" if hit.term.group == "identity" else "privacy.refund"
        ruling = case.rule(
            "privacy",
            data=_DATA[hit.term.group],
            act="asks" if _asks(case, hit) else "mentions",
            purpose=case.words.has(lawful, around),
            own=False,
        )
        yield Draft("personal_data", ruling, hit.start, hit.end, wording="data")


def numbers(case: Case) -> Iterator[Draft]:
    """Yield a draft for each identity or card number written out; asked only when there are long numbers."""
    if not _LONG.search(case.text):
        return
    own = {digits(data).lower() for data in case.context.own_data}
    taken: list[tuple[int, int]] = []
    for match in _IDENTITY.finditer(case.text):
        if _has_birthday(match):
            taken.append(match.span())
            yield _written(case, "identity", match, own)
    for match in _CARD.finditer(case.text):
        if not any(start < match.end() and match.start() < end for start, end in taken) and _is_card(
            case, match
        ):
            yield _written(case, "card", match, own)


def _written(case: Case, data: str, match: re.Match[str], own: set[str]) -> Draft:
    ruling = case.rule("privacy", data=data, act="writes", purpose=False, own=digits(match[0]) in own)
    return Draft("personal_data", ruling, *match.span(), wording="number_hidden", cut=match.span())


def _asks(case: Case, hit: Hit) -> bool:
    words = case.words
    reach = 26 if case.text[hit.start].isascii() else 16
    before, after = case.back(hit.start, reach), case.ahead(hit.end, 14)
    if words.begins("privacy.partly_after", after) or words.has("privacy.partly_before", before):
        return False
    if words.has("privacy.not_asked", before) or words.has("privacy.not_asked_after", after):
        return False
    return words.has("privacy.ask", before) or words.has("privacy.ask", after)


def _has_birthday(match: re.Match[str]) -> bool:
    """An identity number is known by its birth date; a wrong check digit may be a slip and counts too."""
    try:
        return date(int(match[2]), int(match[3]), int(match[4])).year < 2030
    except ValueError:
        return False


def _is_card(case: Case, match: re.Match[str]) -> bool:
    number, before = digits(match[0]), case.text[max(0, match.start() - 16) : match.start()]
    if case.words.has("privacy.other_before", before) or not passes_luhn(number):
        return False
    return number.startswith(_CARD_BEGINNINGS) or case.words.has("privacy.account_words", before)


def passes_luhn(number: str) -> bool:
    """Tell whether the check digit of a card number is right."""
    total = 0
    for place, digit in enumerate(reversed(number)):
        value = int(digit) * (1 + place % 2)
        total += value - 9 if value > 9 else value
    return total % 10 == 0
