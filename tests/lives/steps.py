"""What can happen in a marketplace of a life: single deeds, and stories that lead far into the chain."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any, Final
from uuid import UUID

from hypothesis import strategies as st

from tests.lives.market import OF_SHOP, Market
from xiaoer.plumbing.clock import new_id

Step = tuple[Any, ...]
Deed = tuple[str, str, Any]
WORDS: Final = {"text": "说明"}
WHY: Final = {"reason": "认识他"}
SAYINGS: Final = (
    "您好，帮您看看",
    "您妈没教过您吗",
    "您就是想白拿吧",
    "骗子，退钱",
    "您这样的客人，我们店不欢迎",
)
PICTURE: Final = {"kind": "photo_video", "text": "裂纹", "shows": ["item", "label"]}
UPHELD: Final = {"result": "upheld", "facts": "原认定有误", "rows": ["x"]}
COMPLAINTS: Final[tuple[tuple[str, Mapping[str, Any]], ...]] = (
    ("buyer", {"type": "abuse", "asks": ["penalty"]}),
    ("buyer", {"type": "refused_service", "danger": "safety"}),
    ("buyer", {"type": "officer"}),
    ("buyer", {"type": "marketplace"}),
    ("buyer", {"type": "wrongful_block"}),
    ("manager", {"type": "buyer_abuse"}),
    ("manager", {"type": "review_threat", "asks": ["penalty"]}),
)
RULINGS: Final[tuple[Mapping[str, Any], ...]] = (
    {"outcome": "refund", "favour": "claimant", "amount_minor": 6_000},
    {"outcome": "partial", "favour": "claimant", "amount_minor": 2_000},
    {"outcome": "pay_seller", "favour": "respondent"},
    {"outcome": "not_proved", "favour": "none"},
    {"outcome": "penalise", "favour": "claimant", "penalty": ("abuse", "serious")},
    {"outcome": "penalise", "favour": "claimant", "penalty": ("abuse", "general"), "points": 300},
    {"outcome": "compensate", "favour": "claimant", "amount_minor": 1_500, "freight": 1_200},
)
PENALTIES: Final = (
    ("abuse", "general"),
    ("abuse", "especially_serious"),
    ("fake_goods", "minor"),
    ("fake_goods", "general"),
    ("prohibited_goods", "general"),
    ("late_dispatch", "general"),
    ("spam_information", "especially_serious"),
)
DEEDS: Final[Mapping[str, tuple[Deed, ...]]] = {
    "complaints": (
        ("buyer", "withdraw", {}),
        ("buyer", "withdraw", {"free": True}),
        ("buyer", "accept-apology", {}),
        ("buyer", "decline-apology", {}),
        ("buyer", "pressure", WORDS),
        ("buyer", "answer", WORDS),
        ("manager", "apologise", WORDS),
        ("manager", "answer", WORDS),
        ("manager", "withdraw", {}),
        ("manager", "coached", WORDS),
        ("officer", "acceptance", WORDS | {"evidence": True}),
        ("second", "acceptance", WORDS | {"malice": "shown"}),
        ("officer", "jump", WORDS | {"cause": "safety"}),
        ("officer", "decide", WORDS | {"outcome": "upheld"}),
        ("second", "decide", WORDS | {"outcome": "not_proved"}),
    ),
    "cases": (
        ("buyer", "withdraw", {}),
        ("buyer", "call-people", {}),
        ("agent", "agree", {}),
        ("agent", "refuse", {"reason": "used", "text": "已使用"}),
        ("agent", "offer", {"amount_minor": 2_000}),
        ("officer", "decide", {"outcome": "refund", "text": "支持"}),
        ("second", "decide", {"outcome": "turn_down", "text": "不支持"}),
    ),
    "disputes": (
        ("buyer", "show", PICTURE),
        ("agent", "show", {"kind": "carrier_record", "text": "已送达"}),
        ("buyer", "ready", {}),
        ("manager", "ready", {}),
        ("buyer", "propose", {"outcome": "partial", "amount_minor": 2_000}),
        ("manager", "propose", {"kind": "suspension"}),
        ("manager", "proposals/1/answer", {"accept": True}),
        ("buyer", "proposals/1/answer", {"accept": True}),
        ("manager", "suspend", {"ground": "court", "text": "起诉"}),
        ("buyer", "suspend", {"ground": "police", "text": "报警"}),
        ("manager", "resume", {"text": "撤诉"}),
        ("buyer", "withdraw", {"text": "算了"}),
        ("manager", "challenge", WHY),
        ("manager", "execute", {}),
        ("holder", "execute", {}),
        ("holder", "ask", {"side": "respondent", "text": "补充"}),
        ("holder", "recuse", WHY),
        ("holder", "read", {"agree": True, "text": "同意"}),
        ("holder", "read", {"agree": False, "text": "不同意"}),
        ("officer", "read", {"agree": True, "text": "同意"}),
        ("administrator", "assign", {}),
    ),
    "appeals": (
        ("buyer", "add", {"text": "补充", "new_facts": "新的底单"}),
        ("manager", "add", {"text": "补充", "new_facts": "新的底单"}),
        ("buyer", "withdraw", {}),
        ("manager", "withdraw", {}),
        ("holder", "ask-more", WORDS),
        ("holder", "suspend", WORDS),
        ("holder", "resume", {}),
        ("holder", "step-aside", WORDS),
        ("holder", "decide", UPHELD),
        ("holder", "decide", UPHELD),
        ("holder", "decide", UPHELD | {"result": "dismissed"}),
        ("second", "take", {}),
        ("third", "take", {}),
        ("officer", "admit", WORDS | {"admit": True}),
        ("third", "admit", WORDS | {"admit": False}),
    ),
    "blocks": (
        ("buyer", "statement", WORDS),
        ("buyer", "ask", WORDS | {"minutes": 30}),
        ("buyer", "receipts", {"amount_minor": 700, "text": "车费"}),
        ("manager", "approve", {"text": "记录清楚，属实"}),
        ("manager", "lift", WORDS),
        ("colleague", "withdraw", {}),
        ("officer", "approve", {"text": "记录清楚，属实"}),
        ("officer", "keep", WORDS),
        ("second", "lift-wrong", WORDS),
        ("third", "lift-wrong", WORDS | {"insult": "shown"}),
    ),
    "compensation": (
        ("buyer", "accept", {}),
        ("buyer", "claim", {}),
        ("buyer", "contest", {"text": "不够"}),
        ("manager", "accept", {}),
        ("manager", "contest", {"text": "不够"}),
        ("officer", "answer", {"text": "再多一些", "amount_minor": 2_000}),
        ("officer", "undo", {}),
    ),
    "penalties": (("administrator", "reverse", {"why": "证据不足"}),),
}
"""By the family of a matter: who does what."""
LODGERS: Final = {
    "ruling": ("buyer", "manager"),
    "penalty": ("manager", "buyer"),
    "block": ("buyer",),
    "complaint_refusal": ("buyer", "manager"),
}
TARGETS: Final = {
    "ruling": "select id, executed_at is not null and reversed_at is null as stands "
    "from disputes.ruling where tenant = $1 order by made_at desc, id",
    "penalty": "select id, state <> 'reversed' as stands "
    "from penalties.penalty where tenant = $1 order by at desc, id",
    "block": "select id, begins_at is not null and state <> 'lifted_wrong' as stands "
    "from blocks.block where tenant = $1 order by proposed_at desc, id",
    "complaint_refusal": "select id, true as stands "
    "from complaints.complaint where tenant = $1 and refusal is not null order by lodged_at desc, id",
}
"""What can be appealed, the newest first."""
STORIES: Final = ("convicted", "contested", "blocked", "undone")

places = st.integers(0, 2)
deeds = st.one_of(
    *(
        st.tuples(st.just("do"), st.just(family), places, st.sampled_from(known))
        for family, known in DEEDS.items()
    )
)
stories = st.tuples(st.just("story"), st.sampled_from(STORIES), st.sampled_from(RULINGS))
steps: st.SearchStrategy[Step] = st.one_of(
    stories,
    stories,
    stories,
    st.tuples(st.just("say"), st.sampled_from(["buyer", "agent"]), st.sampled_from(SAYINGS)),
    st.tuples(st.just("complain"), st.sampled_from(COMPLAINTS), st.booleans()),
    st.tuples(st.just("rule"), places, st.sampled_from(RULINGS)),
    st.tuples(st.just("appeal"), st.sampled_from(sorted(LODGERS)), st.integers(0, 1), places, st.booleans()),
    st.tuples(st.just("penalty"), st.sampled_from(["shop", "person"]), st.sampled_from(PENALTIES)),
    st.tuples(st.just("block"), st.sampled_from(["agent", "colleague", "officer"]), st.booleans()),
    st.tuples(st.just("packet"), st.sampled_from([300, 5_000])),
    st.tuples(st.just("exam")),
    st.tuples(st.just("due"), st.sampled_from(["complaints", "disputes", "appeals", "blocks"]), places),
    st.tuples(st.just("wait"), st.sampled_from([5, 30, 80, 200, 2_000])),
    st.tuples(st.just("year")),
    deeds,
    deeds,
    deeds,
)
"""A step of a life: a story, a deed, or time."""


async def happens(market: Market, step: Step) -> None:  # noqa: C901 - one line a kind of step
    """One step, whatever it leads to."""
    match step:
        case ("do", family, place, (who, deed, data)):
            if matter := await market.at(family, place):
                await market.deals(who, family, matter, deed, data)
        case ("say", who, text):
            await market.say(who, text)
        case ("complain", (who, wish), sealed):
            await complain(market, who, wish, sealed=sealed)
        case ("rule", place, ruling):
            if dispute := await market.at("disputes", place):
                await rule(market, dispute, ruling)
        case ("appeal", kind, lodger, place, new):
            await appeal(market, kind, LODGERS[kind][lodger % len(LODGERS[kind])], place, new=new)
        case ("penalty", subject, (offence, grade)):
            await penalise(market, subject, offence, grade)
        case ("block", who, danger):
            await propose_block(market, who, danger=danger)
        case ("packet", amount):
            await packet(market, amount)
        case ("exam",):
            await market.sit()
        case ("due", family, place):
            if matter := await market.at(family, place):
                await market.until_due(family, matter)
        case ("wait", hours):
            await market.later(hours=hours)
        case ("year",):
            await market.year_end()
        case (_, story, ruling):
            await TOLD[story](market, ruling)
        case _:
            raise AssertionError(step)


# ── deeds that need more than a place ────────────────────────────────────


async def complain(market: Market, who: str, wish: Mapping[str, Any], *, sealed: bool) -> UUID | None:
    """Somebody complains of the other in the talk, with its number or without."""
    evidence = await market.seal(who) if sealed else []
    whole = {"text": "客服骂我", "conversation": market.conversation, "evidence": evidence, **wish}
    made = await market.asked(who, market.where(who, "complaints"), whole)
    return UUID(made.json["id"]) if made.status == 201 else None


async def rule(market: Market, dispute: UUID, ruling: Mapping[str, Any]) -> None:
    """Whoever has a dispute rules it like this by what the draft proposes."""
    judge = await market.holder("disputes", dispute)
    path = f"{market.where(judge, 'disputes')}/{dispute}"
    draft = await market.client(judge).get(f"{path}/draft")
    if draft.status != 200:
        return
    wish = draft.json["wish"]
    said = {name: ruling[name] for name in ("outcome", "favour", "amount_minor") if name in ruling}
    wish["issues"] = [one | said for one in wish["issues"]]
    if "penalty" in ruling:
        offence, grade = ruling["penalty"]
        subject = {"subject_kind": "shop", "subject": str(market.shop)}
        wish["penalty"] = subject | {"offence": offence, "grade": grade}
    if "points" in ruling:
        given = {"kind": "points", "bearer": "marketplace", "purpose": "ruling"}
        wish["grant"] = given | {"points": ruling["points"]}
    if "freight" in ruling:
        line = {"kind": "freight", "payer": "shop", "amount_minor": ruling["freight"], "basis": "T-027"}
        wish["money"] = [line]
    await market.asked(judge, f"{path}/rule", wish)


async def appeal(market: Market, kind: str, who: str, place: int, *, new: bool) -> None:
    """Somebody wants a decision looked at again."""
    found = await market.owner.fetch(TARGETS[kind], market.tenant)
    if found:
        wish = {"kind": kind, "target": str(found[place % len(found)][0]), "text": "与事实不符"}
        more = {"new_facts": "新的底单", "late_reason": "住院"} if new else {}
        await market.asked(who, market.where(who, "appeals"), wish | more)


async def penalise(market: Market, subject: str, offence: str, grade: str) -> None:
    """An officer penalises the shop, or the buyer."""
    whom = market.shop if subject == "shop" else market.people["buyer"].id
    wish = {"id": str(new_id()), "subject_kind": subject, "subject": str(whom), "offence": offence}
    wish |= {"grade": grade, "facts": "服务器记录", "evidence": ["E-1"]}
    await market.asked("officer", market.where("officer", "penalties"), wish)


async def propose_block(market: Market, who: str, *, danger: bool) -> None:
    """Somebody wants the buyer kept out of the talk, by what was said there."""
    evidence = await market.seal("manager" if who in OF_SHOP else "buyer", "after_sale")
    of_shop = who in OF_SHOP
    wish = {
        "subject": str(market.people["buyer"].id), "ground": "harassment", "facts": "多次辱骂客服",
        "scope": "message" if of_shop else "function", "days": 7, "evidence": evidence, "danger": danger,
    }  # fmt: skip
    await market.asked(
        who, market.where(who, "blocks"), wish | ({} if of_shop else {"stops": "limit_messages"})
    )


async def packet(market: Market, amount: int) -> None:
    """An agent sends a red packet for an order."""
    order = await market.order("delivered", signed=timedelta(days=1))
    wish = {"id": str(new_id()), "amount_minor": amount, "purpose": "comfort"}
    await market.asked("agent", f"/api/v1/shops/{market.shop}/orders/{order}/red-packets", wish)


# ── stories ──────────────────────────────────────────────────────────────


async def convicted(market: Market, ruling: Mapping[str, Any]) -> None:
    """An insult, its number, a complaint, a hearing, a ruling that is carried out."""
    await market.say("agent", SAYINGS[1])
    made = await complain(market, *COMPLAINTS[0], sealed=True)
    if made is None:
        return
    await market.deals("manager", "complaints", made, "answer", {"text": "没有骂人"})
    await market.settle()
    if dispute := await market.at("disputes", 0):
        for _ in range(2):
            for who in ("buyer", "manager"):
                await market.deals(who, "disputes", dispute, "ready")
        await ends(market, dispute, ruling)


async def contested(market: Market, ruling: Mapping[str, Any]) -> None:
    """A case the shop refuses, its dispute, evidence, silence, a ruling that is carried out."""
    purchase = await market.order("delivered", signed=timedelta(days=1))
    wish = {"kind": "refund_only", "reason": "quality"}
    made = await market.asked("buyer", f"/public/v1/orders/{purchase}/cases", wish)
    if made.status != 201:
        return
    case = made.json["id"]
    refusal = {"reason": "not_our_fault", "text": "不是我们的问题"}
    await market.deals("agent", "cases", case, "refuse", refusal)
    issue = {"issue": "visible_quality", "words": "杯子有裂纹", "remedy": "refund", "amount_minor": 6_000}
    taken = await market.deals("buyer", "cases", case, "dispute", {"issues": [issue]})
    if taken.status == 201:
        dispute = UUID(taken.json["id"])
        await market.until_due("disputes", dispute)
        await market.deals("buyer", "disputes", dispute, "show", PICTURE)
        await market.until_due("disputes", dispute)
        await ends(market, dispute, ruling)


async def ends(market: Market, dispute: UUID, ruling: Mapping[str, Any]) -> None:
    """A ruling, read by a second pair of eyes if it must be, and carried out."""
    await rule(market, dispute, ruling)
    await market.deals("holder", "disputes", dispute, "read", {"agree": True, "text": "同意"})
    await market.deals("manager", "disputes", dispute, "execute")
    await market.settle()


async def blocked(market: Market, _ruling: Mapping[str, Any]) -> None:
    """The buyer is kept out of the talk after he was heard."""
    await propose_block(market, "colleague", danger=False)
    if block := await market.at("blocks", 0):
        await market.deals("buyer", "blocks", block, "statement", WORDS)
        await market.deals("manager", "blocks", block, "approve", {"text": "记录清楚，属实"})


async def undone(market: Market, _ruling: Mapping[str, Any]) -> None:
    """The newest ruling, else penalty, else block is appealed, and the appeal upheld."""
    for kind in ("ruling", "penalty", "block"):
        newest = await market.owner.fetchrow(TARGETS[kind], market.tenant)
        if newest is not None and newest["stands"]:
            who = "buyer" if kind == "block" else "manager"
            await appeal(market, kind, who, 0, new=True)
            if lodged := await market.at("appeals", 0):
                await market.deals("holder", "appeals", lodged, "take")
                await market.deals("holder", "appeals", lodged, "decide", UPHELD)
                await market.settle()
            return


TOLD: Final = {"convicted": convicted, "contested": contested, "blocked": blocked, "undone": undone}
