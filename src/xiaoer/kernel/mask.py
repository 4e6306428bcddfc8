"""Personal data in text: found by shape and cue, hidden for logs and for those who need not see it.

Every pattern starts at a fixed character or cue and has bounded parts, so time grows with the length of the
text and with nothing else; a text without digits, @ or a cue costs one look.
"""

import re
from bisect import bisect_left
from collections.abc import Callable, Mapping
from datetime import date
from typing import Final, Literal, NamedTuple, get_args

Kind = Literal[
    "email", "id_card", "bank_card", "mobile", "phone", "landline", "wechat", "qq", "address", "name"
]
KINDS: Final[frozenset[Kind]] = frozenset(get_args(Kind))

STARS: Final = "***"


class Found(NamedTuple):
    """Personal data in a text: what it is and where, as offsets into the text."""

    kind: Kind
    start: int
    end: int


def mask_text(text: str, kinds: frozenset[Kind] = KINDS) -> str:
    """Return the text with the personal data of those kinds hidden."""
    spans = find(text, kinds)
    if not spans:
        return text
    parts: list[str] = []
    position = 0
    for span in spans:
        parts += [text[position : span.start], _MASKS[span.kind](text[span.start : span.end])]
        position = span.end
    return "".join((*parts, text[position:]))


def find(text: str, kinds: frozenset[Kind] = KINDS) -> tuple[Found, ...]:
    """Return the personal data in a text, in order and apart; full-width characters count as plain ones."""
    if not _GATE.search(text):
        return ()
    folded = text.translate(_FOLD) if _WIDE.search(text) else text
    taken: list[tuple[int, int]] = [
        match.span() for match in _NOT_PERSONAL.finditer(folded)
    ]  # in order, apart
    found: list[Found] = []
    for kind, pattern, cue, confirm in _FINDERS:
        if kind not in kinds or not cue.search(folded):
            continue
        for match in pattern.finditer(folded):
            start, end = match.span("data")
            place = bisect_left(taken, (start, end))
            is_free = (not place or taken[place - 1][1] <= start) and (
                place == len(taken) or end <= taken[place][0]
            )
            if is_free and confirm(match["data"]):
                taken.insert(place, (start, end))
                found.append(Found(kind, start, end))
    return tuple(sorted(found, key=lambda one: one.start))


# ── one datum at a time ──────────────────────────────────────────────────


def mask_phone(phone: str) -> str:
    """Hide the middle of a telephone number: 138****5678; of a short one all but the last two digits."""
    digits = [index for index, char in enumerate(phone) if char.isdigit()]
    first, last = (3, 4) if len(digits) >= 11 else (0, 2)
    if len(digits) == 13 and "".join(phone[index] for index in digits[:2]) == "86":
        first = 5
    return _star(phone, digits[first : len(digits) - last])


def mask_email(email: str) -> str:
    """Hide the local part of an address but its first character: z***@example.com."""
    at = max(email.rfind("@"), email.rfind("＠"))
    return f"{email[:1]}{STARS}{email[at:] if at > 0 else ''}"


def mask_name(name: str) -> str:
    """Hide a name but the first character of each word: 张*, 欧***, J*** S****."""
    return " ".join(word[:1] + "*" * (max(len(word) - 1, 1) if word else 0) for word in name.split(" "))


def mask_id_card(number: str) -> str:
    """Hide an identity number but its province and last digit: 33***************X."""
    return number[:2] + "*" * (len(number) - 3) + number[-1:]


def mask_bank_card(number: str) -> str:
    """Hide a card number but its last four digits."""
    digits = [index for index, char in enumerate(number) if char.isdigit()]
    return _star(number, digits[:-4])


# ── checks ───────────────────────────────────────────────────────────────


def id_check_digit(first_17: str) -> str:
    """Return the check digit of an 18-digit identity number (GB 11643): X stands for ten."""
    total = sum(int(digit) * weight for digit, weight in zip(first_17, _ID_WEIGHTS, strict=True))
    return "10X98765432"[total % 11]


def is_id_card(number: str) -> bool:
    """Tell whether an identity number of 15 or 18 characters is right: province, birthday, check digit."""
    return _is_like_id_card(number) and (
        len(number) == 15 or id_check_digit(number[:17]) == number[17].upper()
    )


def is_luhn(number: str) -> bool:
    """Tell whether the digits of a card number add up (Luhn); spaces and dashes are skipped."""
    digits = [int(char) for char in number if char.isdigit()]
    doubled = (digit * 2 - 9 * (digit > 4) for digit in digits[-2::-2])
    return bool(digits) and (sum(digits[-1::-2]) + sum(doubled)) % 10 == 0


def _is_like_id_card(number: str) -> bool:
    """Right in province and birthday; people mistype the rest, and it is theirs all the same."""
    born = number[6:14] if len(number) == 18 else f"19{number[6:12]}"
    if len(number) not in (15, 18) or number[:2] not in _PROVINCES:
        return False
    try:
        return 1900 <= date(int(born[:4]), int(born[4:6]), int(born[6:8])).year <= 2100
    except ValueError:
        return False


def _is_bank_card(number: str) -> bool:
    """Of a known scheme, of its length, and right; order numbers rarely are."""
    digits = number.replace(" ", "").replace("-", "")
    return bool(_CARD_SCHEMES.fullmatch(digits)) and is_luhn(digits) and len(set(digits)) > 1


def _is_address(text: str) -> bool:
    """What follows the word address is one: it names places, or a place and a number."""
    places = len(_PLACE.findall(text))
    return places > 1 or (places == 1 and _has_digit(text))


def _is_international(text: str) -> bool:
    return 8 <= sum(char.isdigit() for char in text) <= 15


def _has_digit(text: str) -> bool:
    return any(char.isdigit() for char in text)


def _is_name(text: str) -> bool:
    return text[:2] not in _FORM_WORDS


def _always(_: str) -> bool:
    return True


def _star(text: str, places: list[int]) -> str:
    hidden = set(places)
    return "".join("*" if index in hidden else char for index, char in enumerate(text))


def _hide(text: str) -> str:
    return text[:1] + STARS


def _hide_all(_: str) -> str:
    return STARS


# ── patterns ─────────────────────────────────────────────────────────────

_ID_WEIGHTS: Final = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_PROVINCES: Final = frozenset(
    str(code)
    for first, last in ((11, 15), (21, 23), (31, 37), (41, 46), (50, 54), (61, 65), (71, 71), (81, 83))
    for code in range(first, last + 1)
)
# full-width digits, letters and the marks that join them; one character for one, so that offsets stay
_FOLD: Final[Mapping[int, int]] = {
    **{
        wide: wide - 0xFEE0
        for wide in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))
    },
    **{ord(wide): ord(plain) for wide, plain in zip("＠．－＋＿：　", "@.-+_: ", strict=True)},
}
_WIDE: Final = re.compile("[０-９Ａ-Ｚａ-ｚ＠．－＋＿：\u3000]")
_GATE: Final = re.compile("[0-9０-９@＠微薇威址住寄送货姓系件WwVvQqｗｖｑＷＶＱ]")
_DIGIT: Final = re.compile("[0-9]")
_AT: Final = re.compile("@")
# identifiers of our own in log lines: long hexadecimal words hold all kinds of digits
_NOT_PERSONAL: Final = re.compile(
    r"(?<![0-9A-Za-z])(?:[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}|[0-9a-f]{32,128})(?![0-9A-Za-z])"
)
_CARD_SCHEMES: Final = re.compile(
    r"62[0-9]{14,17}|4[0-9]{15}|(?:5[0-9]|6[0-9]|2[2-7]|35)[0-9]{14}|3[47][0-9]{13}|(?:2131|1800)[0-9]{11}|3[068][0-9]{12}"
)
_FORM_WORDS: Final = frozenset({"电话", "手机", "地址", "订单", "姓名", "联系", "收货", "信息"})
_NUMBER: Final = "[0-9A-Za-z-]{1,8}"
_PLACE: Final = re.compile(
    "省|市|区|县|镇|乡|村|路|街|道|巷|弄|号|栋|幢|座|单元|室|小区|花园|公寓|大厦|广场|学校"
)

_FINDERS: Final[tuple[tuple[Kind, re.Pattern[str], re.Pattern[str], Callable[[str], bool]], ...]] = (
    (
        "email",
        re.compile(
            r"(?<![A-Za-z0-9._%+-])(?P<data>[A-Za-z0-9._%+-]{1,64}@(?:[A-Za-z0-9-]{1,63}\.){1,5}[A-Za-z]{2,24})"
            r"(?![A-Za-z0-9-])"
        ),
        _AT,
        _always,
    ),
    (
        "id_card",
        re.compile(r"(?<![0-9])(?P<data>[1-8][0-9]{16}[0-9Xx]|[1-8][0-9]{14})(?![0-9A-Za-z])"),
        _DIGIT,
        _is_like_id_card,
    ),
    (
        "bank_card",
        re.compile(r"(?<![0-9])(?P<data>[1-6](?:[ -]?[0-9]){13,18})(?![0-9])"),
        _DIGIT,
        _is_bank_card,
    ),
    (
        "mobile",
        re.compile(r"(?<![0-9])(?P<data>(?:\+?86[ -]?)?1[3-9][0-9][ -]?[0-9]{4}[ -]?[0-9]{4})(?![0-9])"),
        _DIGIT,
        _always,
    ),
    (
        "phone",
        re.compile(r"(?P<data>\+[1-9][0-9]{0,2}(?:[ -]{0,1}\(?[0-9]{1,4}\)?){2,8}(?![0-9]))"),
        re.compile(r"\+[0-9]"),
        _is_international,
    ),
    (
        "phone",  # as written in America, Spain, Japan and Korea; 400 and 800 are hotlines
        re.compile(
            r"(?<![0-9.-])(?P<data>(?![48]00)\(?[2-9][0-9]{2}\)?[ .-][0-9]{3}[ .-][0-9]{4}"
            r"|[6-9][0-9]{2} [0-9]{3} [0-9]{3}|0[0-9]{1,2}-[0-9]{3,4}-[0-9]{4})(?![0-9-])"
        ),
        re.compile("[0-9][) .-]{1,2}[0-9]{3,4}[ .-][0-9]{3}"),
        _always,
    ),
    (
        "landline",
        re.compile(r"(?<![0-9-])(?P<data>\(?0[1-9][0-9]{1,2}\)?[ -]?[2-9][0-9]{6,7})(?![0-9])"),
        re.compile("0[1-9][0-9]"),
        _always,
    ),
    (
        "wechat",
        re.compile(
            r"(?:微信|薇信|威信|微❤|(?<![A-Za-z])(?:[Ww]e[Cc]hat|[Ww]eixin|WEIXIN|[Vv][Xx]|[Ww][Xx]))(?:号码|号|[Ii][Dd])?"
            r"(?:是|为|加|[:=\s]){0,4}(?P<data>[A-Za-z][A-Za-z0-9_-]{4,19}|[0-9]{5,11})(?![A-Za-z0-9_-])"
        ),
        re.compile("[微薇威WwVv]"),
        _always,
    ),
    (
        "qq",
        re.compile(
            r"(?:[Qq][Qq]|扣扣|企鹅)(?:号码|号)?(?:是|为|加|[:=\s]){0,4}(?P<data>[1-9][0-9]{4,10})(?![0-9])"
        ),
        re.compile("[Qq][Qq]|扣扣|企鹅"),
        _always,
    ),
    (
        "address",
        re.compile(
            r"(?:地址|住址|寄到|寄往|送到|家住|住在|居住于)(?:是|为|在|改成|改为|[:\s]){0,4}"
            r"(?P<data>[一-鿿0-9A-Za-z#()（）-]{4,60})"
        ),
        re.compile("[址住寄送]"),
        _is_address,
    ),
    (
        "address",
        re.compile(
            rf"[路街道巷弄村镇苑园里坊厦](?P<data>{_NUMBER}(?:号楼|号院|号|弄|栋|幢|座|单元|室)"
            rf"(?:{_NUMBER}(?:号楼|栋|幢|座|单元|室|层|楼|号)){{0,4}}(?:[0-9]{{1,5}})?)"
        ),
        _DIGIT,
        _has_digit,
    ),
    (
        "name",
        re.compile(r"(?:收货人|收件人|联系人|姓名)(?:是|为|[:\s]){1,3}(?P<data>[一-鿿·]{2,4})(?![一-鿿])"),
        re.compile("[姓系件货]"),
        _is_name,
    ),
)

_MASKS: Final[Mapping[Kind, Callable[[str], str]]] = {
    "email": mask_email,
    "id_card": mask_id_card,
    "bank_card": mask_bank_card,
    "mobile": mask_phone,
    "phone": mask_phone,
    "landline": mask_phone,
    "wechat": _hide,
    "qq": _hide,
    "address": _hide_all,
    "name": mask_name,
}
