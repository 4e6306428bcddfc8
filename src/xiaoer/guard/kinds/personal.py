"""Personal data by their shapes: identity papers, bank cards, phones, e-mails, in Chinese and foreign forms.

What the kernel finds for masking counts here too; this adds forms that are data only beside a cue (a card
with a wrong check digit after 银行卡, a foreign number after "phone") or in a text without Han characters.
"""

import re
from collections.abc import Iterator
from datetime import date
from typing import Final, NamedTuple

from xiaoer.kernel import mask

_KINDS: Final[frozenset[mask.Kind]] = frozenset({"email", "id_card", "mobile", "phone", "landline"})
_DATA: Final = {"id_card": "identity"}
_GATE: Final = re.compile(r"[0-9@](?:(?<=@)|[0-9xX ().\-]{5}|(?<=[0-9])[ .\-(]{1,3}[0-9])")
_LONG: Final = re.compile(r"[0-9@+](?:(?<=@)|(?<=\+)[0-9]|(?<=[0-9])(?:[ ().\-]{0,3}[0-9]){8})")
"""What every datum shows in a text with Han characters."""

_HAN: Final = re.compile(r"[一-鿿]")
_IDENTITY: Final = re.compile(
    r"(?<![0-9a-z])[1-8]\d{5}((?:19|20)\d{2})(\d{2})(\d{2})\d{3}[0-9x](?![0-9a-z])"
    r"|(?<![0-9-])(?!000|666|9)\d{3}-(?!00)\d{2}-(?!0000)\d{4}(?![0-9-])"
)
_CARD: Final = re.compile(r"(?<![\d.-])\d(?:[ -]?\d){11,18}(?!\d|\.\d)")
_CARD_WORD: Final = re.compile(r"卡号|银行卡|信用卡|储蓄卡|借记卡|card|\bcc\b|visa|tarjeta|カード|카드")
_OTHER_NUMBER: Final = re.compile(
    r"(?:单号|订单|编号|编码|运单|快递|物流|序列号|条码|条形码|流水|imei|sn|交易号|货号|型号|商品id"
    r"|order|tracking)[^,。]{0,8}$"
)
_SCHEME: Final = re.compile(
    r"62\d{14,17}|4(?:\d{12}|\d{15}|\d{18})|(?:5[0-9]|6[0-9]|2[2-7]|35)\d{10,17}|3[47]\d{13}"
)
_SCHEME_ABROAD: Final = re.compile(r"(?:2131|1800)\d{11}|3[068]\d{12}|0604\d{8}|5[0-8]\d{10}|6\d{11,18}")
_ACCOUNT: Final = re.compile(
    r"(?<![a-z0-9])[a-z]{2}\d{2}(?: ?[a-z0-9]{4}){3,7}(?: ?[a-z0-9]{1,3})?(?![a-z0-9])"
)
_ABROAD: Final = re.compile(
    r"(?<![\w.+#$€£-])(?:\+|00)?\(?\d{1,5}\)?(?:[ .-]{0,1}\(?\d{1,5}\)?){1,6}(?: ?x\d{1,6})?(?![\d%]|[.,]\d)"
)
_PHONE_WORD: Final = re.compile(
    r"phone|tel\b|call|mobile|cell|fax|desk|office(?=\W*$)|text me|sms|messages? to|answering at|number|reach"
    r"|contact|whatsapp|registered"
)
_PHONE_AFTER: Final = re.compile(r"^\W{0,2}(?:office|fax|mobile|cell|phone|home|work)")
_NO_PHONE: Final = re.compile(
    r"\d{4}[-./]\d{1,2}[-./]\d{1,2}|\d{1,2}[-./]\d{1,2}[-./]\d{2,4}|\d{1,3}(?:\.\d{1,3}){3}"
)
_PHONE_LEAST: Final = 7
_PHONE_MOST: Final = 15
_CARD_LEAST: Final = 15
_NEAR: Final = 30
_AFTER: Final = 10


class Datum(NamedTuple):
    """A datum in a text: `identity`, `card` or `contact` (phone, e-mail), and where."""

    data: str
    start: int
    end: int


def find(text: str) -> tuple[Datum, ...]:
    """Every datum of a text in normal form, in order and apart."""
    if not _GATE.search(text) or not (_LONG.search(text) or not _HAN.search(text)):
        return ()
    taken: list[Datum] = []
    for datum in _all(text):
        if all(datum.end <= other.start or other.end <= datum.start for other in taken):
            taken.append(datum)
    return tuple(sorted(taken, key=lambda datum: datum.start))


def _all(text: str) -> Iterator[Datum]:
    """Data in the order of how sure they are."""
    yield from (Datum("identity", *match.span()) for match in _IDENTITY.finditer(text) if _is_born(match))
    for match in _CARD.finditer(text):
        if _is_card(text, match):
            yield Datum("card", *match.span())
    yield from (Datum("card", *match.span()) for match in _ACCOUNT.finditer(text) if _is_account(match[0]))
    for found in mask.find(text, _KINDS):
        yield Datum(_DATA.get(found.kind, "contact"), found.start, found.end)
    if not _HAN.search(text):
        yield from (
            Datum("contact", *match.span()) for match in _ABROAD.finditer(text) if _is_phone(text, match)
        )


def _is_born(match: re.Match[str]) -> bool:
    """An identity number is known by its birth date; a wrong check digit may be a slip and counts too."""
    if match[1] is None:
        return True
    try:
        return date(int(match[1]), int(match[2]), int(match[3])).year <= date.max.year
    except ValueError:
        return False


def _is_card(text: str, match: re.Match[str]) -> bool:
    """Of a scheme and right; or, right or wrong, where a card is spoken of."""
    number = "".join(one for one in match[0] if one.isdigit())
    before = text[max(0, match.start() - _NEAR) : match.start()]
    if len(set(number)) == 1 or _OTHER_NUMBER.search(before):
        return False
    abroad = not _HAN.search(text) and _SCHEME_ABROAD.fullmatch(number) is not None
    if not (_SCHEME.fullmatch(number) or abroad):
        return False
    spoken_of = _CARD_WORD.search(before) is not None
    if len(number) < _CARD_LEAST and not (spoken_of or abroad):
        return False
    return spoken_of or mask.is_luhn(number)


def _is_account(text: str) -> bool:
    """An international account number by its check digits (ISO 7064)."""
    plain = text.replace(" ", "")
    turned = plain[4:] + plain[:4]
    return int("".join(str(int(one, 36)) for one in turned)) % 97 == 1


def _is_phone(text: str, match: re.Match[str]) -> bool:
    """A foreign number as people write it, where a phone is spoken of."""
    count = sum(one.isdigit() for one in match[0].partition("x")[0])
    if not _PHONE_LEAST <= count <= _PHONE_MOST or _NO_PHONE.fullmatch(match[0]):
        return False
    before, after = (
        text[max(0, match.start() - _NEAR) : match.start()],
        text[match.end() : match.end() + _AFTER],
    )
    return _PHONE_WORD.search(before) is not None or _PHONE_AFTER.search(after) is not None
