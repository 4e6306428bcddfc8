"""Insult, curse, threat, discrimination and sarcasm: who is meant decides."""

from collections.abc import Iterator
from typing import Final

from xiaoer.guard.kinds.case import Case, Draft
from xiaoer.guard.model import BUYERS
from xiaoer.guard.scan import Hit, longest

AREA: Final = "abuse"


def judge(case: Case) -> Iterator[Draft]:
    """Yield a draft for each abusive word; the whole sentence is what a better wording replaces."""
    words = case.book.vocabulary
    for hit in longest([hit for hit in case.of(AREA) if _NEEDS.get(hit.term.group, _always)(case, hit)]):
        before = case.passage.before(hit.start, 14)
        sort = _SORTS.get(hit.term.group, hit.term.group)
        by = (
            r"(?:请不要|请勿|骂|有人|骗子|警惕|防止|谨防|避免|不会|不敢|绝不)"
            if sort == "threat"
            else r"(?:<abuse.self>)"
        )
        quoted = words.pattern(by + r"[^,]{0,5}$").search(before)
        decision = case.book.decide(
            "abuse", sort=sort, aim="self_or_quoted" if quoted else "other", buyer=case.context.role in BUYERS
        )
        instead = case.wording("abuse")
        yield Draft(
            "abuse",
            decision.row,
            decision.word("verdict"),  # type: ignore[arg-type]
            decision.word("reason"),
            hit.start,
            hit.end,
            instead,
            case.passage.sentence(hit.start, hit.end),
        )


def _always(case: Case, hit: Hit) -> bool:
    del case, hit
    return True


def _is_slur(case: Case, hit: Hit) -> bool:
    """A group of people is named and something bad said of all of it."""
    tail = case.passage.after(hit.end, 12)
    return bool(
        case.book.vocabulary.pattern(
            r"(?:全|也|真)?(?:都是?|就是?|就会|全是|真是?|没一个|就爱|最|净)(?:些|一群|一帮|这么|那么|喜欢)?<abuse.bad>"
        ).match(tail)
    )


def _is_aimed(case: Case, hit: Hit) -> bool:
    """A word like 垃圾 insults when it is said of a person, or when it is all that is said."""
    words = case.book.vocabulary
    before, after = case.passage.before(hit.start, 8), case.passage.after(hit.end, 4)
    if hit.term.word.endswith("的") and after and not words.pattern(r"[逼傻脑智死蠢了吧啊]").match(after):
        return False
    if words.pattern(r"<abuse.you>(?:<abuse.link>){1,3}$").search(before) or words.pattern(
        r"你(?:个|这|妈|们这)?$"
    ).search(before):
        return not words.pattern(r"(?:重|人|病学|处理|袋|桶)").match(after)
    return (
        not before
        and not case.passage.after(hit.end, 2).strip("吧啊了!。. 蛋")
        and len(case.passage.text.strip()) <= 6
    )


_NEEDS: Final = {"aimed": _is_aimed, "origin": _is_slur}
_SORTS: Final = {"aimed": "insult", "origin": "discrimination"}
