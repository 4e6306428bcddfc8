"""Ways out of the marketplace: messengers, numbers, addresses, links, codes, transfers."""

import re
from collections.abc import Iterator
from typing import Final

from xiaoer.guard.book import digits
from xiaoer.guard.kinds.case import Case, Draft
from xiaoer.guard.scan import Hit, longest

AREA: Final = "contact"
GATE: Final = re.compile(
    r"\d[ \-.()]{0,2}\d[ \-.()]{0,2}\d[ \-.()]{0,2}\d[ \-.()]{0,2}\d[ \-.()]{0,2}\d[ \-.()]{0,2}\d|[@]|://|[a-z0-9]\.[a-z]{2}"
)
"""Whether there may be a number, an address or a link; cheap, and never `\\w`, which matches Han."""

_PHONE: Final = re.compile(
    r"(?<![\da-z.])(?:(?:\+?86|0086)[ -]?)?(?P<mobile>1[ -]?[3-9](?:[ -]{0,2}\d){9}|1[3-9]\d\.\d{4}\.\d{4})(?![\d])"
    r"|(?<![\da-z.])(?P<fixed>0\d{2,3}[ -]?[2-9]\d{6,7})(?!\d)"
    r"|(?<![\da-z.])(?P<hotline>[48]00[ -]?\d{3,4}[ -]?\d{3,4}|95\d{3,4}|123\d\d)(?!\d)"
    r"|(?<![\d.])(?P<abroad>\+(?!86)\d{1,3}[ \-]?(?:\d[ \-]?){7,11})(?!\d)"
)
_EMAIL: Final = re.compile(
    r"[a-z0-9](?:[a-z0-9._+-]{0,40}[a-z0-9])? ?@ ?(?P<domain>[a-z0-9-]{1,40}(?:\.[a-z0-9-]{1,20}){1,3})"
)
_LINK: Final = r"(?:[a-z]{2,6}://)?(?P<domain>(?:[a-z0-9](?:[a-z0-9-]{0,40}[a-z0-9])?\.){1,4}(?:<contact.tld>))(?![a-z0-9-])(?:[/?#:][!-~]*)?"


def judge(case: Case) -> Iterator[Draft]:
    """Yield a draft for every contact and payment, harmless ones with the verdict `pass`."""
    hits = longest(case.of(AREA))
    marked: list[tuple[int, int]] = []
    for hit in hits:
        thing, use = _THINGS[hit.term.group](case, hit)
        yield _decide(case, thing, use, hit.start, hit.end)
        marked.append((hit.start, hit.end))
    if GATE.search(case.passage.text):
        yield from _numbers(case)
        yield from _addresses(case)


def _decide(case: Case, thing: str, use: str, start: int, end: int) -> Draft:
    decision = case.book.decide("contact", thing=thing, use=use)
    kind = decision.word("kind")
    instead = case.wording("payment" if kind == "payment_code" else "contact")
    cut = case.passage.sentence(start, end)
    return Draft(
        kind, decision.row, decision.word("verdict"), decision.word("reason"), start, end, instead, cut
    )  # type: ignore[arg-type]


def _is_warned(case: Case, start: int, end: int) -> bool:
    words, text = case.book.vocabulary, case.passage.text
    first, last = case.passage.clause(start, end)
    before = text[max(first, start - 16) : start]
    denied = words.pattern(r"<contact.denied>").search(before)
    if denied and not words.pattern(r"(?:不方便|没有|没|不能|无法)[^,]{0,8}(?:可以|就|的话)").search(before):
        return True
    return bool(words.pattern(r"<contact.denied_after>").search(text[end : min(last + 14, end + 24)]))


# ── words ────────────────────────────────────────────────────────────────


def _messenger(case: Case, hit: Hit) -> tuple[str, str]:
    words, text = case.book.vocabulary, case.passage.text
    around = text[max(0, hit.start - 8) : hit.end + 8]
    if words.pattern(r"<contact.benign>").search(around) and not words.pattern(
        r"(?:加|同号|转给我|付给我|私聊|微信号)"
    ).search(around):
        return "messenger", "ordinary"
    before, after = case.passage.before(hit.start, 10), text[hit.end : hit.end + 24]
    solicits = words.pattern(r"(?:<contact.solicit_before>)(?:的|个|一?下)?$").search(before) and (
        words.pattern(r"(?:加|搜|扫|留|给|发|告诉|私|提供|换|方便)[^,]{0,6}$").search(before)
        or words.pattern(r"\s*(?:<contact.solicit_after>)").match(after)
    )
    solicits = solicits or words.pattern(
        r"\s*(?:号(?:码)?(?:是|:|多少|发|给|加|同|吗|\s*[a-z0-9])|同号|私聊|详聊|群|名片|加我|联系|沟通|聊|上聊|上说|[:=]\s*[a-z0-9])"
    ).match(after)
    solicits = solicits or words.pattern(
        r"\s*[:=]?\s*(?=[a-z_-]*[0-9_])[a-z][a-z0-9_-]{4,19}(?![a-z0-9])|[^。!?]{0,3},?(?:您|你)?(?:加一?下|加我|搜一?下|扫一?下)"
    ).match(after)
    if not solicits:
        return "messenger", "bare"
    return "messenger", "warned" if _is_warned(case, hit.start, hit.end) else "solicits"


def _lead(case: Case, hit: Hit) -> tuple[str, str]:
    words, text = case.book.vocabulary, case.passage.text
    word = text[hit.start : hit.end]
    around = text[max(0, hit.start - 8) : hit.end + 8]
    if words.pattern(r"<contact.benign>").search(around) and "加" not in word and "号" not in word:
        return "messenger", "ordinary"
    if word in {
        "加微",
        "加薇",
        "加威",
        "加q",
        "加v",
        "+v",
        "加群",
        "进群",
        "入群",
        "扫我",
        "私我",
        "+微",
    } and not words.pattern(
        r"(?:[,。!?~\s:]|$|[a-z0-9]|吧|哦|我|聊|详|一下|了解|领|送|优惠|信|好友|号|就|可以|给)"
    ).match(text[hit.end :]):
        return "messenger", "bare"
    if word in {"线下转账", "线下付款"} and words.pattern(r"(?:公司|对公|企业|支持|单位)").search(around):
        return "transfer", "ordinary"
    if "付款" in word or "转账" in word:
        return "transfer", "warned" if _is_warned(case, hit.start, hit.end) else "solicits"
    return "deal" if "交易" in word or "平台" in word else "messenger", "warned" if _is_warned(
        case, hit.start, hit.end
    ) else "solicits"


def _public(case: Case, hit: Hit) -> tuple[str, str]:
    near = case.passage.before(hit.start, 10) + case.passage.after(hit.end, 10)
    wanted = case.book.vocabulary.pattern(r"关注|搜索|搜一?下?|添加|扫").search(near)
    warned = _is_warned(case, hit.start, hit.end)
    return "public_account", "warned" if warned else "solicits" if wanted else "ordinary"


def _code(case: Case, hit: Hit) -> tuple[str, str]:
    words, text = case.book.vocabulary, case.passage.text
    first, last = case.passage.sentence(hit.start, hit.end)
    sentence, word = text[first:last], text[hit.start : hit.end]
    if _is_warned(case, hit.start, hit.end):
        return "code", "warned"
    ours = words.pattern(r"<contact.ours_code>").search(sentence)
    if words.pattern(r"<contact.show_code>").search(sentence) and not words.pattern(
        r"(?:我的|发您|发你|给我|私|店主|老板|个人)"
    ).search(sentence):
        return "code", "ordinary"
    if "收" in word or ours:
        return "code", "solicits"
    return "code", "ordinary"


def _pay(case: Case, hit: Hit) -> tuple[str, str]:
    words, text = case.book.vocabulary, case.passage.text
    first, last = case.passage.sentence(hit.start, hit.end)
    sentence = text[first:last]
    if _is_warned(case, hit.start, hit.end):
        return "transfer", "warned"
    near = text[max(first, hit.start - 10) : min(last, hit.end + 12)]
    if re.search(r"吗|\?", text[first : last + 1]) and not re.search(r"给我|转我|到我|打我", near):
        return "transfer", "bare"
    if re.match(r"开户|银行账|对公账|公司账", text[hit.start :]) and not re.search(
        r"打款|转账|汇款|付款|收款|转到|打到|汇到|支付到|转至",
        text[max(0, hit.start - 40) : hit.end + 40].replace(text[hit.start : hit.end], "", 1),
    ):
        return "transfer", "ordinary"  # an invoice is made out with these
    to_us = words.pattern(r"<contact.to_us>").search(near)
    if words.pattern(r"<contact.official>").search(sentence) and not words.pattern(
        r"(?:给我|转我|到我|我的支付宝|私|个人|微信转|支付宝转给?我|线下)"
    ).search(near):
        return "transfer", "ordinary"
    if re.match(r"(?:打我|转我|打给我|付给我)", text[hit.start :]) and not re.search(
        r"(?:款|钱|账|费|元|块|支付宝|微信|红包)", near
    ):
        return "transfer", "ordinary"
    if words.pattern(r"(?:提供|告诉|告知|发)[^,]{0,8}(?:您|你)的?$").search(
        text[max(first, hit.start - 12) : hit.start]
    ):
        return "transfer", "bare"
    return "transfer", "solicits" if to_us else "bare"


def _foreign(case: Case, hit: Hit) -> tuple[str, str]:
    word = case.passage.text[hit.start : hit.end]
    thing = "transfer" if re.search(r"pay|money|pag|friends", word) else "messenger"
    return thing, "warned" if _is_warned(case, hit.start, hit.end) else "solicits"


_THINGS: Final = {
    "app": _messenger,
    "lead": _lead,
    "public": _public,
    "code": _code,
    "pay": _pay,
    "foreign": _foreign,
}


# ── numbers and addresses ────────────────────────────────────────────────


def _numbers(case: Case) -> Iterator[Draft]:
    text = case.passage.text
    for match in _PHONE.finditer(text):
        thing = "hotline" if match["hotline"] else "landline" if match["fixed"] else "phone"
        number = digits(match[0]).removeprefix("0086")
        if not match["hotline"] and re.search(
            r"(?:单号|编号|订单|运单|序列号|条码|编码|型号|sku|id)[号码为是:]{0,3} ?$",
            text[max(0, match.start() - 10) : match.start()],
        ):
            continue
        yield _decide(case, thing, _number_use(case, number, *match.span()), *match.span())


def _number_use(case: Case, number: str, start: int, end: int) -> str:
    book, words, text = case.book, case.book.vocabulary, case.passage.text
    own = {digits(data) for data in case.context.own_data if any(map(str.isdigit, data))}
    if number in book.phones or number.removeprefix("86") in book.phones:
        return "allowed"
    if number in own or number.removeprefix("86") in own:
        return "theirs"
    near = text[max(0, start - 24) : end + 16]
    if words.pattern(r"<contact.private>").search(near) and not words.pattern(
        r"(?:收件人|收货人|退货地址|寄回|配送员|快递员)"
    ).search(near):
        return "solicits"
    if words.pattern(r"<contact.theirs>").search(near):
        return "theirs"
    if words.pattern(r"<contact.service_phone>").search(text[max(0, start - 40) : end + 20]):
        return "service"
    return "warned" if _is_warned(case, start, end) else "bare"


def _addresses(case: Case) -> Iterator[Draft]:
    text = case.passage.text
    taken: list[tuple[int, int]] = []
    for match in _EMAIL.finditer(text):
        taken.append(match.span())
        yield _decide(
            case, "email", _address_use(case, match["domain"], *match.span(), whole=match[0]), *match.span()
        )
    for match in case.book.vocabulary.pattern(_LINK).finditer(text):
        if any(start < match.end() and match.start() < end for start, end in taken) or not re.search(
            r"[a-z]", match["domain"]
        ):
            continue
        if _is_file_name(match["domain"]) and "://" not in match[0]:
            continue
        yield _decide(case, "link", _address_use(case, match["domain"], *match.span()), *match.span())


def _is_file_name(domain: str) -> bool:
    return bool(
        re.fullmatch(r"[a-z0-9-]+\.(?:in|me|la|pro|app|it|de|es|us|im|work|link)", domain)
    ) or not re.search(r"[a-z]", domain.rpartition(".")[0])


def _address_use(case: Case, domain: str, start: int, end: int, whole: str = "") -> str:
    words, text = case.book.vocabulary, case.passage.text
    parts = domain.split(".")
    if any(".".join(parts[index:]) in case.book.domains for index in range(len(parts) - 1)):
        return "allowed"
    if whole and whole.replace(" ", "") in {data.strip().lower() for data in case.context.own_data}:
        return "theirs"
    near = text[max(0, start - 24) : end + 16]
    if _is_warned(case, start, end):
        return "warned"
    if words.pattern(r"<contact.private>").search(near):
        return "solicits"
    if whole and words.pattern(r"<contact.theirs>").search(near):
        return "theirs"
    return "service" if words.pattern(r"<contact.maker>").search(near) else "bare"
