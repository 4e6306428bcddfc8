"""Claims of cure, return and result, and what is said of competitors."""

import re
from collections.abc import Iterator
from typing import Final

from xiaoer.guard.kinds.case import Case, Draft
from xiaoer.guard.scan import Hit, longest

AREA: Final = "claims"
_LICENSED: Final = frozenset({"drug", "device", "medical", "health_food", "special_food"})
_BETTER: Final = r"(?:的|家|家的|店|店的|卖的|他们)?[^,。]{0,5}?(?:好|强|便宜|划算|优惠|实惠|耐用|正宗|靠谱|专业|高端|安全|新鲜|厚实?|快|低|真)"


def judge(case: Case) -> Iterator[Draft]:
    """Yield a draft for each claim, denials and neutral words with the verdict `pass`."""
    groups: dict[str, list[Hit]] = {}
    for hit in case.of(AREA):
        groups.setdefault(hit.term.group, []).append(hit)
    for group, hits in groups.items():
        for hit in longest(hits):
            if group == "rival":
                draft = _rival(case, hit)
                if draft:
                    yield draft
            elif group == "beat":
                yield _decide(case, "rival_beaten", _is_denied(case, hit), hit.start, hit.end)
            elif _FITS.get(group, _always)(case, hit):
                yield _decide(case, group, _is_denied(case, hit), hit.start, hit.end)


def _decide(case: Case, claim: str, denied: bool, start: int, end: int) -> Draft:
    decision = case.book.decide(
        "claims", claim=claim, denied=denied, licensed=not _LICENSED.isdisjoint(case.context.category)
    )
    wording = {"medical": "medical", "investment": "investment", "education": "education"}.get(
        claim, "competitor"
    )
    cut = case.passage.sentence(start, end)
    return Draft(
        decision.word("kind"),  # type: ignore[arg-type]
        decision.row,
        decision.word("verdict"),  # type: ignore[arg-type]
        decision.word("reason"),
        start,
        end,
        case.wording(wording),
        cut,
    )


def _is_denied(case: Case, hit: Hit) -> bool:
    words, text = case.book.vocabulary, case.passage.text
    first, last = case.passage.sentence(hit.start, hit.end)
    before = text[max(first, hit.start - 14) : hit.start]
    after = text[hit.end : min(last + 1, hit.end + 16)]
    if words.pattern(r"(?:<claims.denied>)[^,]{0,10}$").search(before):
        return not re.search(
            r"没有(?:任何)?副作用|无(?:任何|毒)?副作用|没有风险|无风险|不反弹|不复发",
            text[hit.start : hit.end],
        ) or bool(re.search(r"(?:不能|不敢|无法|不承诺|不保证)", before))
    return bool(
        words.pattern(
            r"[^。]{0,10}(?:不承诺|不保证|不能保证|无法保证|因人而异|以说明书|请咨询|遵医嘱|需谨慎|有风险|\?|吗)"
        ).match(after)
    )


def _always(case: Case, hit: Hit) -> bool:
    del case, hit
    return True


_EXAM_WORD: Final = re.compile(
    r"[包保必]过|一次过|速成|原题|提分|保分|不过退款|不过全额退|免考|押中|清北|保提分"
)
_MONEY_WORD: Final = re.compile(
    r"[无零]风险|没有风险|回本|抄底|年化|收益率|高收益|高回报|保本|内部消息|财富自由|快速回本|只涨不跌|必涨|[肯一]定涨"
)


def _is_education(case: Case, hit: Hit) -> bool:
    if (
        not _EXAM_WORD.fullmatch(case.passage.text[hit.start : hit.end])
        or "education" in case.context.category
    ):
        return True
    return bool(case.book.vocabulary.pattern(r"<claims.exam>").search(_near(case, hit)))


def _is_investment(case: Case, hit: Hit) -> bool:
    if (
        not _MONEY_WORD.fullmatch(case.passage.text[hit.start : hit.end])
        or "investment" in case.context.category
    ):
        return True
    return bool(case.book.vocabulary.pattern(r"<claims.money>").search(_near(case, hit)))


def _near(case: Case, hit: Hit) -> str:
    """The sentence around a hit without the hit itself."""
    first, last = case.passage.sentence(hit.start, hit.end)
    return case.passage.text[first : hit.start] + " " + case.passage.text[hit.end : last]


_EVERYDAY: Final = re.compile(r"(?:疗程|止痛|消炎|止咳|治疗|减肥|特效|补肾|提分|速成|增高|不复发|不反弹)$")


def _is_medical(case: Case, hit: Hit) -> bool:
    """Some words are everyday words too: those claim only with an effect, a person or a promise beside them."""
    word = case.passage.text[hit.start : hit.end]
    if not _EVERYDAY.search(word):
        return True
    words = case.book.vocabulary
    first, last = case.passage.sentence(hit.start, hit.end)
    sentence = case.passage.text[first:last]
    if words.pattern(r"<claims.goods>").search(sentence) and not words.pattern(
        r"(?:能|可以|有效|保证|效果|管用|帮您|帮助|就好|见效)"
    ).search(sentence):
        return False
    return bool(
        words.pattern(
            r"(?:能|可以|可|有效|保证|效果|管用|帮您|帮你|帮助|见效|作用|功效|具有|用于|针对|快速|轻松|就能|就好|一定|肯定|必|吃了|用了|喝了|贴了|药|病|炎|痛|癌|斤)"
        ).search(sentence)
    )


_FITS: Final = {"medical": _is_medical, "education": _is_education, "investment": _is_investment}


def _rival(case: Case, hit: Hit) -> Draft | None:
    words, text = case.book.vocabulary, case.passage.text
    first, last = case.passage.sentence(hit.start, hit.end)
    after = text[hit.end : min(last, hit.end + 18)]
    before = text[max(first, hit.start - 14) : hit.start]
    name = hit.term.word
    named = name in _NAMED
    compared = re.search(r"(?:比|胜过|超过|优于|better than |cheaper than |mejor que |よりも?)$", before)
    if (
        compared
        and (compared[0].endswith(("than ", "que ")) or re.match(_BETTER, after))
        and not re.match(r"[^,。]{0,6}(?:贵|慢|差一点|低配)", after)
    ):
        return _decide(case, "rival_compared", _is_asked(text, last), hit.start - len(compared[0]), hit.end)
    bad = words.pattern(r"^(?:[^,。]{0,12}?)<claims.bad>").search(after)
    if not bad:
        return None
    ours = re.search(r"(?:我们|咱们?|本店|自营|您|你|订单|收到|买的|您的|壳|膜)", after[: bad.end()])
    harmless = words.pattern(r"<claims.neutral>").search(text[first:last]) or re.search(
        r"(?:吗|\?|没有|不是|不会|差不多|差价|不差|差异|差别|差了?一点|有差|差评|差旅|偏差|误差|时差|温差|色差|相差|不好说|不好意思|不行的话|坑位|坑洼|有问题(?:请|可以|您|联系|找))",
        after[: bad.end() + 4],
    )
    if (
        harmless
        or (ours and not re.search(r"不如|比不|没法", bad[0]))
        or (named and not re.search(r"(?:都|全|就|卖|质量|东西|货)", after[: bad.end()]))
    ):
        return None
    return _decide(case, "rival_lowered", _is_asked(text, last), hit.start, hit.end + bad.end())


def _is_asked(text: str, last: int) -> bool:
    return text[last : last + 1] == "?"


_NAMED: Final = frozenset(
    {
        "淘宝",
        "天猫",
        "京东",
        "拼多多",
        "抖音",
        "苏宁",
        "唯品会",
        "亚马逊",
        "小米",
        "华为",
        "苹果",
        "三星",
        "耐克",
        "阿迪",
        "格力",
        "美的",
        "海尔",
    }
)
