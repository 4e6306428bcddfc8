"""Ways out of the marketplace in numbers and addresses: phones, e-mails, links."""

import re
from collections.abc import Iterator
from typing import Final

from xiaoer.guard.book import digits
from xiaoer.guard.kinds.case import Case, Draft
from xiaoer.guard.kinds.contact import is_warned, ruled

_NEXT: Final = r"[ \-.()]{0,2}[0-9]"  # written out as often as it is wanted: a counted group costs far more
_GATE: Final = re.compile(
    rf"[0-9@.:+](?:(?<=[0-9]){_NEXT * 8}|(?<=@)|(?<=[a-z0-9]\.)[a-z]{{2}}|(?<=:)//|(?<=\+){_NEXT * 7})"
)
_GATE_ABROAD: Final = re.compile(rf"[0-9]{_NEXT * 6}")
_HAN: Final = re.compile(r"[一-鿿]")

_DIGITS: Final = re.compile(r"\d(?:[ \-.]{0,2}\d){4}")
"""As many digits as the shortest number of a phone has: without them the pattern below need not be tried."""

_PHONE: Final = re.compile(
    r"(?<![\da-z.])(?:(?:\+?86|0086)[ -]?)?"
    r"(?P<mobile>1[ -]?[3-9](?:[ -]{0,2}\d){9}|1[3-9]\d\.\d{4}\.\d{4})(?!\d)"
    r"|(?<![\da-z.])(?P<fixed>0\d{2,3}[ -]?[2-9]\d{6,7})(?!\d)"
    r"|(?<![\da-z.])(?P<hotline>[48]00[ -]?\d{3,4}[ -]?\d{3,4}|95\d{3,4}|123\d\d)(?!\d)"
    r"|(?<![\d.])(?P<abroad>\+(?!86)\d{1,3}[ \-]?(?:\d[ \-]?){7,11})(?!\d)"
)
_EMAIL: Final = re.compile(
    r"[a-z0-9](?:[a-z0-9._+-]{0,40}[a-z0-9])? ?@ ?"
    r"(?P<domain>[a-z0-9-]{1,40}(?:\.[a-z0-9-]{1,20}){1,3})"
)
_DOMAIN: Final = re.compile(r"[/?#:]")
_SCHEME: Final = re.compile(r"[a-z]{2,6}://$")


def may_be_in(text: str) -> bool:
    """Whether there may be a number, an address or a link in a text in normal form.

    Order numbers have eight digits and fewer; of such only foreign ones are phones. The pattern begins with
    one set of characters, which the engine looks for fast; never with a class that matches Han.
    """
    if _GATE.search(text):
        return True
    return not _HAN.search(text) and _GATE_ABROAD.search(text) is not None


def judge(case: Case) -> Iterator[Draft]:
    """Yield a draft for every number and address, harmless ones with the verdict `pass`."""
    for match in _PHONE.finditer(case.text) if _DIGITS.search(case.text) else ():
        before = case.text[max(0, match.start() - 10) : match.start()]
        if match["hotline"]:
            yield _ruled_phone(case, "hotline", match)
        elif not case.words.has("contact.numbered", before):
            yield _ruled_phone(case, "landline" if match["fixed"] else "phone", match)
    taken: list[tuple[int, int]] = []
    for match in _EMAIL.finditer(case.text) if "@" in case.text else ():
        taken.append(match.span())
        yield ruled(case, "email", _email_use(case, match), *match.span())
    for match in case.words.pattern("contact.link").finditer(case.text) if "." in case.text else ():
        start, end = _scheme_start(case.text, match.start()), match.end()
        domain = _DOMAIN.split(match[0])[0]
        if any(one < end and start < other for one, other in taken):
            continue
        if start < match.start() or not case.words.has("contact.file_name", domain):
            yield ruled(case, "link", _link_use(case, domain, start, end), start, end)


def _scheme_start(text: str, start: int) -> int:
    """Where https:// before a domain begins, else where the domain does."""
    scheme = _SCHEME.search(text, max(0, start - 9), start)
    return scheme.start() if scheme else start


def _ruled_phone(case: Case, thing: str, match: re.Match[str]) -> Draft:
    return ruled(case, thing, _phone_use(case, digits(match[0]), *match.span()), *match.span())


def _phone_use(case: Case, number: str, start: int, end: int) -> str:
    words, text = case.words, case.text
    forms = {number, number.removeprefix("86"), number.removeprefix("0086")}
    if not forms.isdisjoint(case.book.phones):
        return "allowed"
    if not forms.isdisjoint(map(digits, case.context.own_data)):
        return "theirs"
    near = text[max(0, start - 24) : end + 16]
    if words.has("contact.private", near) and not words.has("contact.carried", near):
        return "solicits"
    if words.has("contact.theirs", near):
        return "theirs"
    if words.has("contact.service_phone", text[max(0, start - 40) : end + 20]):
        return "service"
    return "warned" if is_warned(case, start, end) else "bare"


def _email_use(case: Case, match: re.Match[str]) -> str:
    if match[0].replace(" ", "") in {data.strip().lower() for data in case.context.own_data}:
        return "theirs"
    use = _link_use(case, match["domain"], *match.span())
    near = case.text[max(0, match.start() - 24) : match.end() + 16]
    return "theirs" if use in {"bare", "service"} and case.words.has("contact.theirs", near) else use


def _link_use(case: Case, domain: str, start: int, end: int) -> str:
    if _is_allowed(case, domain):
        return "allowed"
    if is_warned(case, start, end):
        return "warned"
    near = case.text[max(0, start - 24) : end + 16]
    if case.words.has("contact.private", near):
        return "solicits"
    return "service" if case.words.has("contact.maker", near) else "bare"


def _is_allowed(case: Case, domain: str) -> bool:
    """Whether a domain or one it belongs to is allowed."""
    parts = domain.split(".")
    return any(".".join(parts[index:]) in case.book.domains for index in range(len(parts) - 1))
