"""Numbers written as words or shapes, and addresses spelled out."""

import re
from collections.abc import Iterator
from typing import Final

from xiaoer.guard.disguise.words import LATIN, Edit

NUMERALS: Final = {
    numeral: str(digit)
    for digit, numerals in enumerate(
        (
            *("零〇洞o凌灵", "一壹幺il", "二贰两", "三叁伞散", "四肆似"),
            *("五伍舞午", "六陆留溜", "七柒拐漆", "八捌巴扒", "九玖勾久酒"),
        )
    )
    for numeral in numerals
}
_PLAIN: Final = frozenset("0123456789零〇一壹幺二贰两三叁四肆五伍六陆七柒八捌九玖")
_NUMERAL: Final = rf"[0-9{''.join(NUMERALS)}]"
_NEXT: Final = rf"[ \-_.,、·\x1f/~]{{0,2}}{_NUMERAL}"
NUMBERS: Final = re.compile(rf"{_NUMERAL}{_NEXT * 6}(?:{_NEXT})*")
"""Seven numerals and more; the first are written out, which fails much faster than a counted group."""
_SPOKEN_ONE: Final = re.compile(r"ling|dong|yi|yao|er|san|si|wu|liu|qi|guai|ba|jiu|gou")
_SPOKEN: Final = re.compile(rf"(?:(?:{_SPOKEN_ONE.pattern})[ \-]?){{7,}}")
SPOKEN_RUN: Final = re.compile(rf"(?:{_SPOKEN_ONE.pattern}){{7}}|(?:{_SPOKEN_ONE.pattern})$")
"""What every run of letters shows in which a number said in pinyin stands or begins."""
_SPOKEN_DIGITS: Final = {
    "ling": "0",
    "dong": "0",
    "yi": "1",
    "yao": "1",
    "er": "2",
    "san": "3",
    "si": "4",
    "wu": "5",
    "liu": "6",
    "qi": "7",
    "guai": "7",
    "ba": "8",
    "jiu": "9",
    "gou": "9",
}
_MOBILE: Final = re.compile(r"(?:86)?1[3-9]\d{9}")
_PLAIN_LEAST: Final = 5
_SHAPES_LEAST: Final = 11
_SHAPES: Final = re.compile(r"[0-9oil \-]+")
FORMAL: Final = "壹贰叁肆伍陆柒捌玖幺〇"
_FORMAL_ONES: Final = frozenset("壹贰叁肆伍陆柒捌玖")
_FORMAL: Final = re.compile(rf"[{FORMAL}]{{1,2}}(?=个?(?:小时|天|日|号|月|点|星|分钟))")
_LETTERED: Final = re.compile(
    r"(?<![a-z0-9])(?=[0-9]?[lo])(?:[0-9lo]{1,2}(?=[月号日天]|小时|%)|[0-9lo]{3}(?=%))|(?<=第)l(?![a-z])"
)
WRITTEN: Final = "零〇一壹幺二贰三叁四肆五伍六陆七柒八捌九玖"
_BESIDE: Final = re.compile(
    rf"(?<=[a-z@._-])[{WRITTEN}]{{2,}}|[{WRITTEN}]{{2,}}(?=[@.][a-z])"
    r"|[零〇壹幺贰叁肆伍陆柒捌玖]{1,3}(?=%)|(?<=第)[壹幺]"
)
"""Numerals inside an address, before a sign of hundredths, or where a place is counted."""
_MIXED_LEAST: Final = 11
_EACH_APART: Final = re.compile(r"\d(?:[ \-_.,、·\x1f/~]{1,2}\d){6,}")
_COUNTED: Final = re.compile(r"一二三四|二三四五|三四五六|五六七八|[、,]")
TLD: Final = "com|cn|net|org|top|cc|xyz|vip|shop|me|io|info|tk"
_SPELLED: Final = re.compile(
    rf"(?:点|dot|。|、|丶|\(\.\)|\[\.\])\s?(?:{TLD})(?![a-z])"
    rf"|[a-z0-9]\s?(?:艾特|圈a|\(at\)|\[at\]|@号| at )\s?[a-z0-9]|(?:扣扣|qq)\s?(?:点|dot)"
)
_AT: Final = re.compile(
    r"(?<=[a-z0-9])\s?(?:艾特|圈a|\(at\)|\[at\]|@号|#| at )\s?(?=(?:[a-z0-9-]{2,20}|扣扣)\s?(?:\.|点|dot|。))"
)
_DOT: Final = re.compile(rf"(?<=[a-z0-9])\s?(?:点|dot|。|、|丶|\(\.\)|\[\.\])\s?(?=(?:{TLD})(?![a-z]))")
_MESSENGER: Final = re.compile(r"(?<=[微薇威])点(?=[信❤x])|(?<=v)点(?=[x信])|(?<=q)点(?=q)")
_POST: Final = re.compile(r"扣扣(?=\s?(?:点|dot|\.)\s?com)")


def numbers(text: str) -> Iterator[Edit]:
    """Numbers written in words and shapes: those of a mobile phone, and long ones in numerals alone."""
    for match in NUMBERS.finditer(text):
        marks = [one for one in match[0] if one in _PLAIN or one in NUMERALS]
        number = "".join(NUMERALS.get(one, one) for one in marks)
        if number == "".join(marks):
            if _EACH_APART.fullmatch(match[0]):
                yield *match.span(), number
            continue
        plain = sum(one in _PLAIN for one in marks)
        shapes = len(number) >= _SHAPES_LEAST and _SHAPES.fullmatch(match[0]) is not None
        is_mobile = _MOBILE.fullmatch(number) is not None
        least = _PLAIN_LEAST - 2 * (is_mobile and shapes)
        mixed = len(marks) >= _MIXED_LEAST and not _FORMAL_ONES.isdisjoint(marks)
        if ((is_mobile or shapes) and plain >= least) or (
            plain == len(marks) and (mixed or not _COUNTED.search(match[0]))
        ):
            yield *match.span(), number
    for match in _LETTERED.finditer(text) if LATIN.search(text) else ():
        yield *match.span(), match[0].replace("l", "1").replace("o", "0")
    for match in _BESIDE.finditer(text):
        yield *match.span(), "".join(NUMERALS[one] for one in match[0])
    for match in _FORMAL.finditer(text):
        yield *match.span(), "".join(NUMERALS[one] for one in match[0])
    for match in _SPOKEN.finditer(text) if LATIN.search(text) else ():
        yield *match.span(), "".join(_SPOKEN_DIGITS[one] for one in _SPOKEN_ONE.findall(match[0])) + " "


def addresses(text: str) -> Iterator[Edit]:
    """艾特 and 点com: addresses spelled out."""
    yield from ((*match.span(), "") for match in _MESSENGER.finditer(text))
    if not LATIN.search(text) or not _SPELLED.search(text):
        return
    yield from ((*match.span(), "@") for match in _AT.finditer(text))
    yield from ((*match.span(), ".") for match in _DOT.finditer(text))
    yield from ((*match.span(), "qq") for match in _POST.finditer(text))
