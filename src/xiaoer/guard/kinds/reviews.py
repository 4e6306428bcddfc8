"""Reviews: what the shop asks for and what it holds out for it."""

from collections.abc import Iterator
from typing import Final

from xiaoer.guard.kinds.case import Case, Draft
from xiaoer.guard.scan import Hit, longest

AREA: Final = "reviews"


def judge(case: Case) -> Iterator[Draft]:
    """Yield one draft a sentence in which reviews are spoken of."""
    seen: list[tuple[int, int]] = []
    ranked = sorted(longest(case.of(AREA)), key=lambda hit: (_RANK[hit.term.group], hit.start))
    for hit in ranked:
        first, last = case.passage.sentence(hit.start, hit.end)
        if any(start < last and first < end for start, end in seen):
            continue
        seen.append((first, last))
        yield _decide(case, hit, first, last)


_RANK: Final = {"change": 0, "good": 1, "bad": 2, "review": 3}


def _decide(case: Case, hit: Hit, first: int, last: int) -> Draft:
    words, text = case.book.vocabulary, case.passage.text
    sentence = text[first:last]
    wish = _wish(case, hit, sentence)
    lured = words.pattern(r"<reviews.lure>").search(sentence)
    points = words.pattern(r"<reviews.points>").search(sentence)
    lure = (
        bool(lured)
        and not (points and lured and lured[0] in {"奖励", "领", "返"})
        and not _refused(case, hit, sentence)
    )
    polite = words.pattern(r"<reviews.polite>").search(sentence)
    solved = case.context.review_cause_solved or words.pattern(r"<reviews.solved>").search(
        text[max(0, first - 60) : last]
    )
    decision = case.book.decide(
        "reviews",
        wish=wish,
        lure=lure and wish != "none",
        pressure=bool(words.pattern(r"<reviews.pressure>").search(sentence)),
        solved_and_polite=bool(polite and solved),
    )
    end = hit.end
    return Draft(
        "review_solicitation",
        decision.row,
        decision.word("verdict"),  # type: ignore[arg-type]
        decision.word("reason"),
        hit.start,
        end,
        case.wording("review_change" if wish == "change" else "review"),
        (first, last),
    )


def _refused(case: Case, hit: Hit, sentence: str) -> bool:
    del hit
    return bool(
        case.book.vocabulary.pattern(
            r"(?:不要|请勿|切勿|禁止|严禁|不能|不可以|不允许|不得|不会|不支持|没有|无法|违规|违反|不做|拒绝|cannot|not allowed|do not|don't)[^,]{0,16}(?:好评|评价|返现|红包|review|星)"
            r"|(?:好评|评价|返现|红包|review)[^。]{0,10}(?:不允许|违规|禁止|不支持|是不可以|不可以|没有这|not allowed)"
        ).search(sentence)
    )


def _wish(case: Case, hit: Hit, sentence: str) -> str:
    words = case.book.vocabulary
    group = hit.term.group
    if _refused(case, hit, sentence):
        return "none"
    lured = words.pattern(r"<reviews.lure>").search(sentence)
    if group == "change":
        wanted = (
            lured
            or words.pattern(r"<reviews.pressure>").search(sentence)
            or words.pattern(r"<reviews.wanted>").search(sentence)
        )
        if not wanted:
            return "none"
        told = words.pattern(r"<reviews.rule>").search(sentence) and not lured
        return "none" if told and not words.pattern(r"<reviews.pressure>").search(sentence) else "change"
    before = case.passage.before(hit.start, 14)
    asked = words.pattern(r"(?:<reviews.ask>)[^,]{0,10}$").search(before) or words.pattern(
        r"^.{0,8}(?:哦|吧|支持|鼓励|please|お願い|부탁|ください|주세요|남겨)"
    ).search(case.passage.after(hit.end, 14))
    if group == "good":
        if words.pattern(r"(?:<reviews.denied>)[^,]{0,6}$").search(before) and not lured:
            return "none"
        if lured or asked or words.pattern(r"(?:就|即)?(?:行|好|可以)").match(case.passage.after(hit.end, 4)):
            return "good_only"
        return "none"
    if group == "bad":
        paid = lured and words.pattern(
            r"(?:改|删|撤|取消|修改|remove|delete|change|eliminar|cambiar|削除|変更|삭제|수정)"
        ).search(sentence)
        return (
            "change"
            if paid
            or words.pattern(
                r"(?:麻烦|请|帮忙|可以|能不能|能否|务必|必须|把)[^。]{0,10}(?:改|删|撤|取消)|(?:please|would you|could you|can you|por favor)[^.]{0,24}(?:delete|remove|change|edit|elimin|borr|cambi)"
            ).search(sentence)
            else "none"
        )
    rewarded = (
        lured
        and words.pattern(r"(?:返|红包|现金|元|块|券|礼|免单|话费|抽奖|奖|卡)").search(lured[0])
        and words.pattern(
            r"(?:评价|晒图|晒单|追评|评论|买家秀)[^。]{0,16}(?:返|送|领|得|给|有礼|有奖|补|退|转|发)"
        ).search(sentence)
    )
    return "honest" if rewarded or asked else "none"
