"""Ways out of the marketplace in words: messengers, dealing outside, payment codes, transfers."""

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from typing import Final, cast

from msgspec import structs

from xiaoer.guard.kinds.case import Case, Draft
from xiaoer.guard.model import Finding, Kind
from xiaoer.guard.normal import fold
from xiaoer.guard.scan import Hit, longest
from xiaoer.guard.vocabulary import Vocabulary

AREA: Final = "contact"
_WAYS_OUT: Final = frozenset({"outside_contact", "payment_code"})
_BORDER: Final = re.compile(r"[,，、；;]\s*(?!\d)")


def judge(case: Case) -> Iterator[Draft]:
    """Yield a draft for every word for a contact or payment, harmless ones with the verdict `pass`."""
    for hit in longest(sorted(case.meant(case.of(AREA)), key=lambda hit: hit.term.group not in _TURNS)):
        thing, use = _FINDERS[hit.term.group](case, hit)
        if use in {"solicits", "bare"} and (use == "solicits" or thing == "code"):
            use = "warned" if is_warned(case, hit.start, hit.end) else use
        yield ruled(case, thing, use, hit.start, hit.end)


def ruled(case: Case, thing: str, use: str, start: int, end: int) -> Draft:
    """The draft for one way out; the whole sentence is what a better wording replaces."""
    ruling = case.rule("contact", thing=thing, use=use)
    wording = "payment" if ruling.kind == "payment_code" else "contact"
    return Draft(cast("Kind", ruling.kind), ruling, start, end, wording=wording)


def is_warned(case: Case, start: int, end: int) -> bool:
    """Whether it is warned against, refused or called a fraud: 请不要加微信."""
    words = case.words
    first, last = case.passage.clause(start, end)
    before = case.text[max(first, start - 16) : start]
    if words.has("contact.denied", before) and not words.has("contact.not_denied", before):
        return True
    return words.has("contact.denied_after", case.text[end : min(last + 14, end + 24)])


# ── what a better wording leaves ─────────────────────────────────────────


def keeping_clauses(text: str, findings: Sequence[Finding], words: Vocabulary) -> tuple[Finding, ...]:
    """The findings, those of a way out with a cut that leaves clauses which speak of something else.

    加我微信 abc，今天下午发货 keeps the delivery. A clause that may say where it leads (a name, a handle)
    or says too little to stand alone goes with it, and so does all between two that go.
    """
    taken, least = bytearray(len(text)), dict[tuple[int, int], tuple[int, int]]()
    for one in findings:
        if one.kind in _WAYS_OUT:
            taken[one.start : one.end] = b"\1" * (one.end - one.start)
    kept: list[Finding] = []
    for one in findings:
        cut = one.cut_start, one.cut_end
        if one.kind in _WAYS_OUT and cut != (one.start, one.end):
            if cut not in least:  # many findings may stand in one sentence
                least[cut] = _least(text, cut, taken, words)
            start, end = least[cut]
            said = one.suggestion if start == cut[0] else _within(one.suggestion)
            kept.append(structs.replace(one, cut_start=start, cut_end=end, suggestion=said))
        else:
            kept.append(one)
    return tuple(kept)


def _least(text: str, cut: tuple[int, int], taken: bytearray, words: Vocabulary) -> tuple[int, int]:
    borders = [match.span() for match in _BORDER.finditer(text, *cut)]
    places = [cut[0], *(place for border in borders for place in border), cut[1]]
    gone = [
        (start, end)
        for start, end in list(pairwise(places))[::2]
        if 1 in taken[start:end] or not _stands_alone(text[start:end], words)
    ]
    return (gone[0][0], gone[-1][1]) if gone else cut


def _within(sentence: str) -> str:
    """A sentence that goes on after a comma begins small where its script has capitals; "I" stays."""
    return sentence[:1].lower() + sentence[1:] if sentence[1:2].islower() else sentence


def _stands_alone(clause: str, words: Vocabulary) -> bool:
    said = fold(clause)
    return words.has("contact.clause", said) and not words.has("contact.may_name", said)


# ── words ────────────────────────────────────────────────────────────────


def _messenger(case: Case, hit: Hit) -> tuple[str, str]:
    words = case.words
    around = case.text[max(0, hit.start - 8) : hit.end + 8]
    if words.has("contact.benign", around) and not words.has("contact.leading", around):
        return "messenger", "ordinary"
    before, after = case.passage.before(hit.start, 10), case.text[hit.end : hit.end + 24]
    wanted = words.has("contact.wanted_before", before) and (
        words.has("contact.given_before", before) or words.begins("contact.wanted_after", after)
    )
    if wanted or words.begins("contact.leads_after", after):
        return "messenger", "solicits"
    reason = "contact.reason" if words.has("contact.app_reason", hit.term.word) else "contact.strong_reason"
    leaves = words.has("contact.app_go", before) and words.has(reason, case.sentence(hit.start, hit.end))
    return "messenger", "solicits" if leaves else "bare"


def _lead(case: Case, hit: Hit) -> tuple[str, str]:
    words, word = case.words, case.text[hit.start : hit.end]
    around = case.text[max(0, hit.start - 8) : hit.end + 8]
    benign = words.has("contact.benign", around) and not words.has("contact.leading", word)
    if words.has("contact.short_lead", word):
        benign = benign or not words.begins("contact.short_lead_after", case.text[hit.end :][:8])
    if words.has("contact.offline_pay", word) and words.has("contact.company", around):
        return "transfer", "ordinary"
    if words.has("contact.paying", word):
        return "transfer", "solicits"
    if word.endswith("群") and _is_in_market(case, hit):
        return "messenger", "ordinary"
    thing = "deal" if words.has("contact.dealing", word) else "messenger"
    return thing, "ordinary" if benign else "solicits"


def _group(case: Case, hit: Hit) -> tuple[str, str]:
    words, after = case.words, case.passage.after(hit.end, 6)
    if words.has("contact.group_other", after) or _is_in_market(case, hit):
        return "messenger", "ordinary"
    led = words.has("contact.group_before", case.passage.before(hit.start, 12))
    return "messenger", "solicits" if led or words.has("contact.group_after", after) else "bare"


def _is_in_market(case: Case, hit: Hit) -> bool:
    """A shop's own group that is entered on its page is no way out."""
    sentence = case.sentence(hit.start, hit.end)
    return case.words.has("contact.in_market", sentence) and not case.words.has(
        "contact.out_of_market", sentence
    )


def _ping(case: Case, hit: Hit) -> tuple[str, str]:
    first, last = case.passage.sentence(hit.start, hit.end)
    rest = case.text[first : hit.start] + " " + case.text[hit.end : last]
    called = hit.term.word != "联系方式" or "加" in rest
    return "messenger", "solicits" if called and case.words.has("contact.reason", rest) else "bare"


def _numeral(case: Case, hit: Hit) -> tuple[str, str]:
    spelled = case.words.begins("contact.numerals", case.text[hit.start : hit.start + 30])
    return ("phone", "bare") if spelled else ("messenger", "bare")


def _scan(case: Case, hit: Hit) -> tuple[str, str]:
    words, sentence = case.words, case.sentence(hit.start, hit.end)
    if words.has("contact.scan_me", case.ahead(hit.start, 8)):
        return "messenger", "solicits"
    pays = words.has("contact.scan_pay", case.ahead(hit.start, 24))
    shown = words.has("contact.show_code", sentence) and not words.has("contact.own_code", sentence)
    return "code", "solicits" if pays and not shown else "ordinary"


def _payto(case: Case, hit: Hit) -> tuple[str, str]:
    """Money sent to somebody's card or account, not to the buyer's own and not a call put through."""
    words = case.words
    after = case.ahead(hit.end, 10) if len(hit.term.word) == 2 else case.ahead(hit.start + 1, 10)
    target = words.match("contact.payto_after", after)
    if target is None:
        return "transfer", "bare"
    sentence = case.sentence(hit.start, hit.end)
    hard = words.has("contact.payto_hard", target[0])
    paid = hard or words.has("contact.money", sentence)
    if not paid or words.has("contact.payto_put_through", sentence) or _is_from_others(case, hit):
        return "transfer", "bare"
    return "transfer", "solicits"


def _is_from_others(case: Case, hit: Hit) -> bool:
    """Whether a carrier, insurer, maker or the marketplace pays, not the buyer: 快递的赔款会打给我们."""
    first, last = case.passage.clause(hit.start, hit.end)
    words, before, after = (
        case.words,
        case.text[max(first, hit.start - 24) : hit.start],
        case.text[hit.end : last],
    )
    if words.has("contact.asked_to_pay", after):
        return False
    if words.has("contact.others_pay", before):
        return True
    return words.has("contact.others_paid", before) and words.has("contact.paid_on", case.ahead(hit.end, 24))


def _public(case: Case, hit: Hit) -> tuple[str, str]:
    near = case.passage.before(hit.start, 10) + case.passage.after(hit.end, 10)
    return "public_account", "solicits" if case.words.has("contact.shown", near) else "ordinary"


def _code(case: Case, hit: Hit) -> tuple[str, str]:
    words, sentence = case.words, case.sentence(hit.start, hit.end)
    if words.has("contact.show_code", sentence) and not words.has("contact.own_code", sentence):
        return "code", "ordinary"
    ours = "收" in hit.term.word or words.has("contact.ours_code", sentence)
    return "code", "solicits" if ours else "ordinary"


def _pay(case: Case, hit: Hit) -> tuple[str, str]:
    words, text = case.words, case.text
    before, after = case.back(hit.start, 10), case.ahead(hit.end, 12)
    near = before + text[hit.start : hit.end] + after
    sentence = case.sentence(hit.start, hit.end)
    if words.has("contact.official", sentence) and not words.has("contact.to_me", near):
        return "transfer", "ordinary"
    if words.has("contact.hand_over", hit.term.word) and not words.has("contact.money", near):
        return "transfer", "ordinary"
    asks = words.has("contact.question", sentence + text[hit.end + len(after) :][:1])
    if words.has("contact.yours", before) or (asks and not words.has("contact.asks_for_me", near)):
        return "transfer", "bare"
    if words.has("contact.account", hit.term.word) and not words.has(
        "contact.account_paid", text[max(0, hit.start - 40) : hit.start] + text[hit.end : hit.end + 40]
    ):
        return "transfer", "ordinary"  # an invoice is made out with these
    to_us = words.has("contact.to_us", near) and not _is_from_others(case, hit)
    return "transfer", "solicits" if to_us else "bare"


def _foreign(case: Case, hit: Hit) -> tuple[str, str]:
    pays = case.words.has("contact.foreign_pay", case.text[hit.start : hit.end])
    return "transfer" if pays else "messenger", "solicits"


def _turn(case: Case, hit: Hit) -> tuple[str, str]:
    del case
    return "transfer" if hit.term.group == "turn_pay" else "deal", "solicits"


_TURNS: Final = frozenset({"turn", "turn_pay"})
_FINDERS: Final[dict[str, Callable[[Case, Hit], tuple[str, str]]]] = {
    "app": _messenger,
    "lead": _lead,
    "group": _group,
    "ping": _ping,
    "numeral": _numeral,
    "scan": _scan,
    "payto": _payto,
    "public": _public,
    "code": _code,
    "pay": _pay,
    "foreign": _foreign,
    "turn": _turn,
    "turn_pay": _turn,
}
