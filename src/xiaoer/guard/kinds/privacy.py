"""Personal data: secrets and papers asked for, identity and card numbers written out."""

from bisect import bisect_left
from collections.abc import Iterator
from operator import attrgetter
from typing import Final

from xiaoer.guard.book import digits
from xiaoer.guard.kinds import personal
from xiaoer.guard.kinds.case import Case, Draft
from xiaoer.guard.scan import Hit, longest
from xiaoer.kernel import mask

AREA: Final = "privacy"
_DATA: Final = {
    "turn": "secret",
    "secret": "secret",
    "code": "one_time_code",
    "identity": "identity",
    "card": "card",
}
_OTHERS: Final = "others"
_REACH: Final = 60
"""How far after somebody is named what is written out is taken for his."""
_ADDRESS: Final[frozenset[mask.Kind]] = frozenset({"address"})
_end: Final = attrgetter("end")
_NUMBER_LEAST: Final = 6
_MOBILE_ABROAD: Final = 13


def judge(case: Case) -> Iterator[Draft]:
    """Yield a draft for each datum asked for in words, harmless mentions with the verdict `pass`.

    Addresses of other buyers too: only beside such a buyer are they told from those of shops.
    """
    yield from _others_addresses(case)
    for hit in longest(case.meant(hit for hit in case.of(AREA) if hit.term.group != _OTHERS)):
        first, last = case.passage.sentence(hit.start, hit.end)
        around = case.text[max(0, first - 40) : last + 40]
        lawful = "privacy.customs" if hit.term.group == "identity" else "privacy.refund"
        ruling = case.rule(
            "privacy",
            data=_DATA[hit.term.group],
            act="asks" if _asks(case, hit) else "mentions",
            purpose=case.words.has(lawful, around),
            own=False,
            others=False,
        )
        yield Draft("personal_data", ruling, hit.start, hit.end, wording="data")


def numbers(case: Case) -> Iterator[Draft]:
    """Yield a draft for every datum written out: papers, cards, phones, e-mails; lawful ones pass."""
    own = {_bare(data) for data in case.context.own_data}
    for datum in personal.find(case.text):
        said = case.text[datum.start : datum.end]
        known = _bare(said) in own or _allowed(case, datum, said)
        others = not known and _is_others(case, datum.start)
        yield _written(case, datum, own=known, others=others)


def _written(case: Case, datum: personal.Datum, *, own: bool, others: bool) -> Draft:
    ruling = case.rule("privacy", data=datum.data, act="writes", purpose=False, own=own, others=others)
    span = (datum.start, datum.end)
    return Draft("personal_data", ruling, *span, wording="number_hidden", cut=span)


def _others_addresses(case: Case) -> Iterator[Draft]:
    if all(hit.term.group != _OTHERS for hit in case.of(AREA)):
        return
    for found in mask.find(case.text, _ADDRESS):
        said = case.text[found.start : found.end]
        if _is_others(case, found.start) and not any(said in data for data in case.context.own_data):
            yield _written(case, personal.Datum("contact", found.start, found.end), own=False, others=True)


def _is_others(case: Case, place: int) -> bool:
    """Whether a datum stands after another buyer, with nothing between that makes it somebody else's."""
    hits = case.of(AREA)  # in order of their ends: of a long text only those near are looked at
    first, last = (bisect_left(hits, end, key=_end) for end in (place - _REACH, place + 1))
    return any(
        hit.term.group == _OTHERS and not case.words.has("privacy.no_others", case.text[hit.end : place])
        for hit in hits[first:last]
    )


def _bare(text: str) -> str:
    """A datum as it is compared: a number by its digits, an address as it stands."""
    number = digits(text)
    if "@" in text or len(number) < _NUMBER_LEAST:
        return text.strip().lower()
    return number.removeprefix("86") if len(number) == _MOBILE_ABROAD else number


def _allowed(case: Case, datum: personal.Datum, said: str) -> bool:
    """A number or address of the marketplace, or one that carriers and workshops are reached by."""
    if datum.data != "contact":
        return False
    if "@" in said:
        parts = said.partition("@")[2].split(".")
        return any(".".join(parts[index:]) in case.book.domains for index in range(len(parts) - 1))
    if _bare(said) in case.book.phones:
        return True
    near = case.text[max(0, datum.start - 20) : datum.end + 8]
    return case.words.has("privacy.reached_by", near)


def _asks(case: Case, hit: Hit) -> bool:
    words = case.words
    reach = 26 if case.text[hit.start].isascii() else 16
    before, after = case.back(hit.start, reach), case.ahead(hit.end, 14)
    if words.begins("privacy.partly_after", after) or words.has("privacy.partly_before", before):
        return False
    if words.has("privacy.not_asked", before) or words.has("privacy.not_asked_after", after):
        return False
    sentence = case.sentence(hit.start, hit.end)
    if words.has("privacy.warned", sentence) and not words.has("privacy.to_me", sentence):
        return False
    if hit.term.group == "turn":
        return True
    return words.has("privacy.ask", before) or words.has("privacy.ask", after)
