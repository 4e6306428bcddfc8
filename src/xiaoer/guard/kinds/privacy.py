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
_WEIGHTS: Final = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def judge(case: Case) -> Iterator[Draft]:
    """Yield a draft for each datum asked for in words, harmless mentions with the verdict `pass`."""
    words, text = case.book.vocabulary, case.passage.text
    for hit in longest(case.of(AREA)):
        asks = _asks(case, hit)
        first, last = case.passage.sentence(hit.start, hit.end)
        around = text[max(0, first - 40) : last + 40]
        purpose = words.pattern(
            r"<privacy.customs>" if hit.term.group == "identity" else r"<privacy.refund>"
        ).search(around)
        yield _decide(
            case,
            _DATA[hit.term.group],
            "asks" if asks else "mentions",
            hit.start,
            hit.end,
            purpose=bool(purpose),
        )


def numbers(case: Case) -> Iterator[Draft]:
    """Yield a draft for each identity or card number written out; asked only when there are long numbers."""
    text = case.passage.text
    own = {digits(data).lower() for data in case.context.own_data}
    taken: list[tuple[int, int]] = []
    for match in _IDENTITY.finditer(text):
        if _is_identity(match):
            taken.append(match.span())
            yield _decide(case, "identity", "writes", *match.span(), own=digits(match[0]) in own)
    for match in _CARD.finditer(text):
        number = digits(match[0])
        if any(start < match.end() and match.start() < end for start, end in taken):
            continue
        if 16 <= len(number) <= 19 and _is_card(case, number, match.start()):
            yield _decide(case, "card", "writes", *match.span(), own=number in own)


def _decide(
    case: Case, data: str, act: str, start: int, end: int, *, purpose: bool = False, own: bool = False
) -> Draft:
    decision = case.book.decide("privacy", data=data, act=act, purpose=purpose, own=own)
    instead = case.wording("number_hidden" if act == "writes" else "data")
    cut = (start, end) if act == "writes" else case.passage.sentence(start, end)
    return Draft(
        "personal_data",
        decision.row,
        decision.word("verdict"),
        decision.word("reason"),
        start,
        end,
        instead,
        cut,
    )  # type: ignore[arg-type]


def _asks(case: Case, hit: Hit) -> bool:
    words, text = case.book.vocabulary, case.passage.text
    left, right = case.passage.sentence(hit.start, hit.end)
    reach = 26 if text[hit.start].isascii() else 16
    before, after = text[max(left, hit.start - reach) : hit.start], text[hit.end : min(right, hit.end + 14)]
    if re.match(r"[的]?(?:后|末|尾)\S{0,6}位|尾号", after) or re.search(r"尾号|后四位", before):
        return False
    if words.pattern(r"<privacy.not_asked>").search(before) or words.pattern(
        r"^[^,]{0,6}(?:<privacy.not_asked>)"
    ).search(after):
        return False
    return bool(
        words.pattern(r"<privacy.ask>").search(before) or words.pattern(r"<privacy.ask>").search(after)
    )


def _is_identity(match: re.Match[str]) -> bool:
    """A Chinese identity number by its birth date; a wrong check digit may be a slip of the pen and counts too."""
    try:
        born = date(int(match[2]), int(match[3]), int(match[4]))
    except ValueError:
        return False
    return born.year < 2030


def has_check_digit(number: str) -> bool:
    """Tell whether an 18-character identity number ends in its right check digit."""
    total = sum(int(digit) * weight for digit, weight in zip(number, _WEIGHTS, strict=False))
    return "10x98765432"[total % 11] == number[-1].lower()


def _is_card(case: Case, number: str, start: int) -> bool:
    words = case.book.vocabulary
    before = case.passage.text[max(0, start - 16) : start]
    if words.pattern(r"<privacy.other_number>[^,]{0,6}$").search(before) or not passes_luhn(number):
        return False
    return number.startswith(("62", "4", "5", "35", "37")) or bool(
        words.pattern(r"<privacy.account_words>").search(before)
    )


def passes_luhn(number: str) -> bool:
    """Tell whether the check digit of a card number is right."""
    total = 0
    for place, digit in enumerate(reversed(number)):
        value = int(digit) * (1 + place % 2)
        total += value - 9 if value > 9 else value
    return total % 10 == 0
