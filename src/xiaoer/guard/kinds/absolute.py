"""Absolute terms: read from the words around a hit what is meant, then ask table D9."""

from collections.abc import Iterator
from typing import Final, NamedTuple

from xiaoer.guard.kinds.case import Case, Draft
from xiaoer.guard.model import Proof
from xiaoer.guard.normal import fold
from xiaoer.guard.scan import Hit, longest

AREA: Final = "absolute"
_SENSITIVE: Final = frozenset(
    {"medical", "drug", "device", "health_food", "special_food", "investment", "education"}
)
_STRONG_AREAS: Final = frozenset({"strong"})


class _Term(NamedTuple):
    """A hit as it will be marked, what to say instead, how grave it is, and what its group already tells."""

    start: int
    end: int
    instead: str
    strength: str
    scoped: bool = False
    reading: str = ""


def judge(case: Case) -> Iterator[Draft]:
    """Yield a draft for every absolute term, lawful ones with the verdict `pass`."""
    titles = [hit for hit in case.of(AREA) if hit.term.group == "title"]
    strong = longest([hit for hit in case.of(AREA) if hit.term.group in _FIXED and not _within(hit, titles)])
    taken = [(hit.start, hit.end) for hit in strong]
    for hit in strong:
        yield _decide(case, _Term(hit.start, hit.end, hit.term.instead, *_FIXED[hit.term.group]))
    for hit in case.of(AREA):
        reader = _READERS.get(hit.term.group)
        if reader is None or any(start < hit.end and hit.start < end for start, end in taken):
            continue
        term = reader(case, hit)
        if term is not None:
            taken.append((term.start, term.end))
            yield _decide(case, term)


def _within(hit: Hit, others: list[Hit]) -> bool:
    return any(other.start <= hit.start and hit.end <= other.end for other in others)


def _decide(case: Case, term: _Term) -> Draft:
    reading = term.reading if term.reading in _SETTLED else _read(case, term)
    decision = case.book.decide(
        "absolute",
        reading=reading,
        proved=_proved(case, term, reading),
        sensitive=not _SENSITIVE.isdisjoint(case.context.category),
        sells=case.context.sells,
        strength=term.strength,
    )
    verdict, reason = decision.word("verdict"), decision.word("reason")
    return Draft("absolute_term", decision.row, verdict, reason, term.start, term.end, term.instead)  # type: ignore[arg-type]


# ── finding the claim ────────────────────────────────────────────────────


def _most(case: Case, hit: Hit) -> _Term | None:
    """最 + an adjective, with the scope before it and the noun after it."""
    words, text = case.book.vocabulary, case.passage.text
    tail = text[hit.end : hit.end + 10]
    before = case.passage.before(hit.start, 14)
    scope = words.pattern(
        r"<absolute.scope>(?:的|里|中)?(?:价格|质量|品质|效果|口碑|评价|卖得|卖的|销量)?$"
    ).search(before)
    start = hit.start - (len(before) - scope.start()) if scope else hit.start
    quality = words.longest_prefix("absolute.quality", tail) or _made_up(case, tail)
    if quality:
        if quality.startswith("好") and not scope and _is_adverb(case, hit):
            return _Term(hit.start, hit.end + 1, "", "mild", reading="advice")
        instead = words.words("absolute.quality").get(quality) or f"很{quality}"
        return _Term(
            start,
            hit.end + len(quality),
            _agree(case, instead, tail[len(quality) :]),
            "strong" if scope else "mild",
            bool(scope),
        )
    measured = words.pattern(r"<absolute.dimension>(?:的)?(?:<absolute.claimed>)").match(tail) or (
        words.pattern(r"[高低大强多]").match(tail)
        and words.pattern(r"<absolute.measured>(?:是|都是|算是|绝对|真的)?$").search(before)
    )
    if measured or (scope and not words.pattern(r"<absolute.neutral>").match(tail) and tail[:1] >= "一"):
        return _Term(
            start, hit.end + 1, f"较{tail[0]}", "strong" if measured and scope else "mild", bool(scope)
        )
    return None


def _made_up(case: Case, tail: str) -> str | None:
    """Adjectives that the language makes as it needs them: 耐摔, 显高, 有质感."""
    made = case.book.vocabulary.pattern(r"<absolute.made_up>").match(tail)
    return made[0] if made else None


def _agree(case: Case, instead: str, tail: str) -> str:
    """Keep 的 from doubling: 最佳的 → 优质的, 最低的价格 → 实惠的价格."""
    del case
    return instead.removesuffix("的") if tail.startswith("的") else instead


def _is_adverb(case: Case, hit: Hit) -> bool:
    """最好 is praise before 的, a noun or a pause, and advice ("you had better") before all else."""
    words = case.book.vocabulary
    rest = case.passage.text[hit.end + 1 : hit.end + 8]
    before = case.passage.before(hit.start, 8)
    if words.pattern(r"(?:如果|要是|能|那就?|就|更|倒是)[^,]{0,4}$").search(before) and not rest.startswith(
        "的"
    ):
        return True
    pause = r"[了啦哦呢呀吧哈噢啊]*(?:[,。!?;~、\s\x1f]|$)"
    return not words.pattern(rf"(?:<absolute.praised>|{pause}|[用吃看喝穿玩闻听卖骑开](?:的|{pause}))").match(
        rest
    )


def _first(case: Case, hit: Hit) -> _Term | None:
    """第一 claims something of the goods only with a scope, a ranking, or 品牌 and the like behind it."""
    words, text = case.book.vocabulary, case.passage.text
    before, after = case.passage.before(hit.start, 14), case.passage.after(hit.end, 8)
    scope = words.pattern(
        r"<absolute.scope>(?:的|里|中)?(?:<absolute.ranked>)?(?:的|稳居|排名?|位居|连续.{0,4})*$"
    ).search(before)
    ranked = words.pattern(
        r"<absolute.ranked>(?:都是|是|做到|稳居|位居|位列|排|连续.{0,5}|长期|一直|的|绝对|稳坐|常年)*$"
    ).search(before)
    slogan = words.pattern(r"<absolute.slogan>(?:是|永远|永远是|始终|都是)?$").search(before)
    noun = words.pattern(r"(?:大|强)?(?:品牌|名牌|选择|品质|股)|(?:大|强)(?=[的厂企商卖供平])").match(after)
    if noun:
        start = hit.start - (len(before) - scope.start()) if scope else hit.start
        return _Term(start, hit.end + noun.end(), "知名品牌" if "牌" in noun[0] else "优质", "strong", True)
    first, last = case.passage.sentence(hit.start, hit.end)
    motto = words.pattern(r"至上|为本|为先|宗旨|理念|原则|坚持|秉承|本着|始终把|信念|态度").search(
        text[first:last]
    )
    if ranked and motto and not scope and ranked[0][:2] in {"质量", "品质", "口碑"}:
        return _Term(hit.start - len(before) + ranked.start(), hit.end, "", "mild", reading="attitude")
    if slogan and not scope:
        return _Term(hit.start - len(before) + slogan.start(), hit.end, "", "mild", reading="attitude")
    latin = not text[hit.start].isalpha() or text[hit.start] < "\u0250"
    if scope or ranked:
        found = scope or ranked
        assert found
        start = hit.start - (len(before) - found.start())
        if ranked and words.pattern(r"(?:个|次|批|天|步|种|位|款)").match(after) and not scope:
            return None
        return _Term(start, hit.end, "名列前茅" if ranked else "较早的", "strong", True)
    if latin and words.pattern(r"\s*(?:brand|in (?:the|china)|seller|choice|品牌|销量)").match(after):
        return _Term(hit.start, hit.end, "well-known", "strong", True)
    return None


def _prime(case: Case, hit: Hit) -> _Term | None:
    """首选, 首家, 首创 … claim with a scope; 首选 also with a brand or as "your first choice"."""
    words = case.book.vocabulary
    before, after = case.passage.before(hit.start, 10), case.passage.after(hit.end, 6)
    scope = words.pattern(r"<absolute.scope>(?:的)?$").search(before)
    if scope:
        return _Term(hit.start - len(before) + scope.start(), hit.end, "较早", "strong", True)
    if case.passage.text[hit.start : hit.end] == "首选" and words.pattern(
        r"(?:的)?(?:品牌|产品|好物|之选|好货)"
    ).match(after):
        return _Term(hit.start, hit.end, "常选", "mild")
    return None


def _only(case: Case, hit: Hit) -> _Term | None:
    words = case.book.vocabulary
    before, after = case.passage.before(hit.start, 10), case.passage.after(hit.end, 14)
    scope = words.pattern(r"<absolute.scope>(?:的)?$").search(before)
    noun = words.pattern(
        r"(?:的)?(?:一家|一款|品牌|厂家|厂商|指定|授权|官方授权|正品|能.{1,10}的(?:产品|品牌|店|厂家|款)|拥有|获得|通过|采用)"
    ).match(after)
    if scope or noun:
        start = hit.start - (len(before) - scope.start()) if scope else hit.start
        return _Term(start, hit.end, "少有", "strong" if scope else "mild", bool(scope))
    return None


def _certain(case: Case, hit: Hit) -> _Term | None:
    """绝对 and 100 %: a share of material, a fact of origin, a claim about the goods, or mere emphasis."""
    words, text = case.book.vocabulary, case.passage.text
    after = case.passage.after(hit.end, 14)
    word = text[hit.start : hit.end]
    if word[0] in "百1" and words.pattern(
        r"\s*(?:的|是|纯|天然|优质|进口|新疆|澳洲|头层)?<absolute.material>"
    ).match(after):
        return _Term(hit.start, hit.end, "", "mild", reading="material")
    lead = (
        r"\s*(?:地|的|是|都是|会是|能|能够|可以|保证|会|品牌|官方|专柜|海外|厂家|自营|够|能让您|让您|的?好)?"
    )
    if words.pattern(lead + r"(?:<absolute.certain_fact>)").match(after):
        return _Term(hit.start, hit.end, "", "mild", reading="origin")
    goods = words.pattern(lead + r"<absolute.certain_goods>").match(after)
    praised = words.pattern(r"(?:质量|品质|效果|安全性|性价比|材质|面料|口感)(?:上|方面)?(?:是|都)?$").search(
        case.passage.before(hit.start, 8)
    )
    if goods or praised:
        return _Term(hit.start, hit.end, "", "mild")
    return None


def _grade(case: Case, hit: Hit) -> _Term | None:
    word = case.passage.text[hit.start : hit.end]
    kept = word[2:] if word[:2] in {"一级", "特级"} and len(word) > 2 else ""
    return _Term(hit.start, hit.end, kept or "优质", "mild", reading="grade")


def _title(case: Case, hit: Hit) -> _Term:
    del case
    return _Term(hit.start, hit.end, "用心经营的品牌", "strong", reading="award")


def _superlative_en(case: Case, hit: Hit) -> _Term | None:
    """English superlatives claim with a scope after them, or right before price, quality and the like."""
    words, text = case.book.vocabulary, case.passage.text
    first, last = case.passage.sentence(hit.start, hit.end)
    around, after = (
        text[max(first, hit.start - 24) : min(last, hit.end + 24)],
        text[hit.end : min(last, hit.end + 60)],
    )
    before = text[max(first, hit.start - 24) : hit.start]
    scope = words.pattern(r"\b<absolute.scope_en>\b").search(after)
    goods = words.pattern(r"^[\s-]*(?:\w+ ){0,1}<absolute.goods_en>\b").search(after)
    if not (
        scope
        or (
            goods
            and words.pattern(r"\b(?:the|our|we (?:have|offer|sell)|with|of|at)\s+(?:very )?$").search(before)
        )
    ):
        return None
    if words.pattern(r"\b(?:<absolute.exempt_en>)").search(around) and not scope:
        return _Term(hit.start, hit.end, "", "mild", reading="attitude")
    return _Term(
        hit.start,
        hit.end,
        _EN_INSTEAD.get(text[hit.start : hit.end], "very good"),
        "strong" if scope else "mild",
        True,
    )


_EN_INSTEAD: Final = {"best": "good", "cheapest": "affordable", "lowest": "fair", "perfect": "good"}
_FIXED: Final = {"strong": ("strong", True), "mild": ("mild", False)}
_SETTLED: Final = frozenset({"advice", "material", "attitude", "origin"})
_READERS: Final = {
    "most": _most,
    "first": _first,
    "prime": _prime,
    "only": _only,
    "certain": _certain,
    "grade": _grade,
    "title": _title,
    "superlative_en": _superlative_en,
}


# ── reading the words around it ──────────────────────────────────────────


def _read(case: Case, term: _Term) -> str:
    """Which use of the term this is; the first that fits, in the order of the exemptions."""
    before = case.passage.before(term.start, 16)
    after = case.passage.after(term.end, 16)
    for reading, fits in _READINGS:
        if fits(case, term, before, after):
            return reading
    return term.reading or "claim"


def _is_own_name(case: Case, term: _Term, before: str, after: str) -> bool:
    words = case.book.vocabulary
    if words.pattern(r"<absolute.own_name_before>.{0,10}$").search(before):
        return True
    named = words.pattern(r"[^的是了,。 ]{0,6}?<absolute.own_name>(?![牌的])").match(after)
    return (
        bool(named)
        and term.strength == "strong"
        and not words.pattern(r"<absolute.scope>$").search(
            before + case.passage.text[term.start : term.start + 2]
        )
    )


def _is_registered(case: Case, term: _Term, before: str, after: str) -> bool:
    if _inside_name(case, term):
        return True
    words = case.book.vocabulary
    return bool(
        words.pattern(
            r"<absolute.registered>(?:(?:就?是|叫|为|名为)[\"“'《「]?|[\"“'《「])[^,]{0,4}$"
        ).search(before)
    ) or (after[:1] in "\"”'》」" and bool(words.pattern(r"<absolute.registered>").search(before)))


def _inside_name(case: Case, term: _Term) -> bool:
    text = case.passage.text
    for name in (*case.book.names, *map(fold, case.context.registered_names)):
        place = text.find(name, max(0, term.end - len(name)))
        if 0 <= place <= term.start and term.end <= place + len(name):
            return True
    return False


def _is_not_claimed(case: Case, term: _Term, before: str, after: str) -> bool:
    words = case.book.vocabulary
    if words.pattern(
        r"(?:<shared.denied>)(?:说|是|用|有|宣传|承诺|保证|使用|出现|写|自称|达到|做到)?[^,]{0,4}$"
    ).search(before):
        return not words.pattern(r"(?:不是|不会|没有).{0,3}(?:吹|骗)").search(before)
    if words.pattern(r"[^,]{0,8}(?:不敢|不能|无法|没法|不好|不)(?:说|保证|承诺)").match(after):
        return True
    first, last = case.passage.sentence(term.start, term.end)
    sentence = case.passage.text[first : min(last + 1, len(case.passage.text))]
    asked = words.pattern(r"<shared.asked>").search(sentence)
    return (
        bool(asked)
        and not term.scoped
        and not words.pattern(r"(?:难道|不就是|要不要|来一|需要)").search(sentence)
    )


def _is_tip(case: Case, term: _Term, before: str, after: str) -> bool:
    words = case.book.vocabulary
    text = case.passage.text
    word = text[term.start : term.end]
    if not words.pattern(r"最(?:佳|好|适|优|理想|适合|舒服|舒适|新鲜|好吃|好喝|安全|有效)$").search(word):
        return False
    if words.pattern(r"(?:的)?[^,的]{0,5}?<absolute.tip>").match(after):
        return True
    first, _ = case.passage.sentence(term.start, term.end)
    served = words.pattern(r"(?:口感|风味|味道|使用效果|效果|状态|口味)(?:会|是|也|更|达到)?$").search(before)
    if served and not term.scoped and words.pattern(r"<absolute.tip_use>").search(text[first : term.start]):
        return True
    reached = words.pattern(r"<absolute.tip_reach>(?:到)?$").search(before)
    return bool(reached) and bool(
        words.pattern(r"(?:的)?(?:效果|状态|口感|性能|体验|音质|画质|水平)").match(after)
    )


def _is_self(case: Case, term: _Term, before: str, after: str) -> bool:
    words, text = case.book.vocabulary, case.passage.text
    if term.scoped or text[term.start] != "最":
        return False
    adjective = text[term.start + 1 : term.end]
    praise = words.words("absolute.own_range_praise")
    in_range = words.pattern(
        r"(?:<absolute.own_range>)(?:的)?(?:里面|里|中|内)?(?:卖得|卖的|销量|评价|口碑)?(?:是|都是|算是|属于)?$"
    ).search(before)
    if in_range and (
        adjective in praise
        or words.pattern(r"(?:里|中|内|里面|卖得|卖的|销量|评价|口碑)(?:是|都是|算是|属于)?$").search(before)
    ):
        return not words.pattern(
            r"(?:我们?家|咱们?家|本店|我司|我们店)(?:的)?(?:质量|品质|效果|产品|东西|是|都是)$"
        ).search(before)
    if words.pattern(r"(?:<absolute.own_range>)[^,]{0,10}$").search(before) and words.pattern(
        r"(?:的)?(?:一款|款|那款|之一|几款|一个|的颜色|的尺码)"
    ).match(after):
        return True
    if words.pattern(r"(?:比上一代|相比上代|和上一代|较上一代|全系列|系列产品)").search(before):
        return True
    cheap = words.pattern(r"最(?:低价|低价格|低的价格|底价|优惠|优惠价|便宜|实惠|划算|低|低折扣)").fullmatch(
        text[term.start : term.end]
    )
    return bool(cheap) and bool(
        words.pattern(
            r"<absolute.own_price>(?:能|可以)?(?:给)?(?:您|到)?(?:的)?(?:价格)?(?:都)?(?:是)?$"
        ).search(before)
    )


def _is_attitude(case: Case, term: _Term, before: str, after: str) -> bool:
    words, text = case.book.vocabulary, case.passage.text
    if words.pattern(r"<absolute.scope>").match(text, term.start, term.end):
        return bool(
            words.pattern(r"(?:目标|争取|梦想|希望|致力于|追求|立志|力争|想做|愿景|心愿)[^,]{0,10}$").search(
                before
            )
        )
    word = text[term.start : term.end]
    if words.pattern(r"(?:的|地)?(?:\S{0,4}的)?<absolute.attitude>").match(after) and not words.pattern(
        r"(?:的)?(?:产品|质量|品质|宝贝|商品)"
    ).match(after):
        return True
    if (
        words.pattern(
            r"(?:服务|态度|售后|心情|客服|响应速度|回复速度)(?:是|都是|也是|做到|一定是)?(?:国际|国内|世界)?$"
        ).search(before)
        and "世界" not in word
        and "全国" not in word
    ):
        return True
    if words.pattern(r"(?:<absolute.attitude_before>)[^,]{0,5}$").search(before):
        goods = words.pattern(r"(?:的)?(?:品牌|产品|质量|品质|宝贝|商品|价格|效果|面料)").match(after)
        return not goods or bool(
            words.pattern(r"(?:力争|争取|致力于|追求|目标|希望|努力|梦想|立志|想做|成为)").search(before)
        )
    return bool(words.pattern(r"(?:您|你|亲|小主)(?:是|就是|真是|才是|也是|真的是)?$").search(before))


def _is_award(case: Case, term: _Term, before: str, after: str) -> bool:
    words = case.book.vocabulary
    return bool(words.pattern(r"(?:<absolute.awarded>)[^,]{0,12}$").search(before)) and bool(
        words.pattern(
            r"[^,]{0,10}(?:奖|称号|认证|企业|名单|产品|殊荣|品牌|项目|单位|证书|冠军|第一名)"
        ).match(after)
        or term.reading == "award"
    )


def _is_ranked_fact(case: Case, term: _Term, before: str, after: str) -> bool:
    del before, after
    words, text = case.book.vocabulary, case.passage.text
    first, last = case.passage.sentence(term.start, term.end)
    sentence = text[max(0, first - 40) : last + 40]
    ranked = words.pattern(r"<absolute.fact>").search(text[max(first, term.start - 8) : term.end + 4])
    stated = (
        words.pattern(r"<absolute.when>").search(sentence),
        words.pattern(r"<absolute.source>").search(sentence),
    )
    return bool(ranked) and any(stated)


_READINGS: Final = (
    ("registered", _is_registered),
    ("own_name", _is_own_name),
    ("not_claimed", _is_not_claimed),
    ("tip", _is_tip),
    ("award", _is_award),
    ("ranked_fact", _is_ranked_fact),
    ("attitude", _is_attitude),
    ("self", _is_self),
)


def _proved(case: Case, term: _Term, reading: str) -> bool:
    """Whether a proof is on file, or the text itself shows what the row asks for."""
    if reading not in _PROOFS:
        return False
    words, text = case.book.vocabulary, case.passage.text
    first, last = case.passage.sentence(term.start, term.end)
    sentence = text[max(0, first - 40) : last + 40]
    shown = {
        "grade": lambda: words.pattern(r"<absolute.standard>").search(sentence) is not None,
        "registered": lambda: _inside_name(case, term),
        "award": lambda: words.pattern(r"<absolute.award_proof>").search(sentence) is not None,
        "ranked_fact": lambda: bool(
            words.pattern(r"<absolute.when>").search(sentence)
            and words.pattern(r"<absolute.source>").search(sentence)
        ),
    }.get(reading)
    return (shown is not None and shown()) or any(
        _serves(proof, case, _PROOFS[reading], sentence) for proof in case.context.proofs
    )


_PROOFS: Final = {
    "self": "self",
    "grade": "grade",
    "registered": "name",
    "award": "award",
    "ranked_fact": "fact",
    "origin": "fact",
}


def _serves(proof: Proof, case: Case, kind: str, sentence: str) -> bool:
    now = case.context.now
    running = proof.ends is None or now is None or now < proof.ends
    return running and proof.kind in {kind, "any"} and fold(proof.text) in sentence
