"""What the court of the demonstration has to do: quarrels of every stage, made by the product's own deeds."""

from datetime import datetime
from typing import Final
from uuid import UUID

from xiaoer.appeals.actions.lodge import lodge as lodge_appeal
from xiaoer.appeals.actions.registry import TARGETS
from xiaoer.appeals.model import AppealWish
from xiaoer.appeals.model import Doer as AppealDoer
from xiaoer.appeals.model import Party as Appellant
from xiaoer.blocks.actions import decide, review, subject
from xiaoer.blocks.actions.propose import propose
from xiaoer.blocks.model import BlockWish
from xiaoer.blocks.queries import blocks
from xiaoer.cli.demo_desk import Cast
from xiaoer.cli.demo_stage import Stage, open_for_business
from xiaoer.compensation.actions import grants
from xiaoer.compensation.actions.packets import send_packet
from xiaoer.compensation.model import PacketWish
from xiaoer.compensation.queries import grants as given
from xiaoer.complaints.actions import accused
from xiaoer.complaints.actions.lodge import lodge
from xiaoer.complaints.model import Complaint, ComplaintWish, SaidWish, ShowWish
from xiaoer.complaints.model import Doer as Complainer
from xiaoer.disputes.actions import party
from xiaoer.disputes.model.court import RuledMoney, RuledPenalty
from xiaoer.disputes.model.wishes import ProposalWish
from xiaoer.evidence.rules.sign import Signer
from xiaoer.plumbing.clock import new_id
from xiaoer.plumbing.db import Tx

BOSS: Final = "manager@demo.xiaoer"
SECOND: Final = "manager2@demo.xiaoer"
ME: Final = "buyer-1"


async def build(tx: Tx, cast_: Cast, signer: Signer, now: datetime) -> None:
    """Every scene, the oldest first."""
    stage = Stage(tx, cast_, signer, now)
    await open_for_business(stage)
    await wrongly_blocked(stage)
    await insulted(stage)
    await appealed(stage)
    await in_evidence(stage)
    await negotiating(stage)
    await complained(stage)
    await blocked(stage)
    await thanked(stage)


async def wrongly_blocked(stage: Stage) -> None:
    """A buyer's messages were stopped without good reason: found out, lifted, made good, half of it taken."""
    said = await stage.said("noise")
    number = await stage.sealed("agent2@demo.xiaoer", said, "连续追问", hours=480, shop="digital")
    wish = BlockWish(
        subject=stage.id(ME), ground="harassment", scope="message", days=7, evidence=(number,),
        facts="一小时内连续追问同一个问题，影响接待其他买家。",
    )  # fmt: skip
    block = await _proposed(stage, "digital", BOSS, wish, hours=470)
    mine = stage.id(ME)
    await subject.state(
        stage.tx, block, kind="person", subject=mine, person=mine, now=stage.at(466),
        text="我只是想找保修卡，没有骂人，也没有刷屏。",
    )  # fmt: skip
    await _approved(stage, block, "officer@demo.xiaoer", "先行限制，观察。", hours=460)
    await subject.ask(
        stage.tx, block, kind="person", subject=mine, person=mine, now=stage.at(450),
        text="请另一位同事看看聊天记录。", minutes=25,
    )  # fmt: skip
    await review.lift_wrong(
        stage.tx, block, by=stage.id("officer2@demo.xiaoer"), now=stage.at(60),
        text="五条正常咨询不构成骚扰，限制撤销。",
    )  # fmt: skip
    offered = [one for one in await given.grants_to(stage.tx, "person", mine) if one.state == "offered"]
    for one in offered[:1]:
        await grants.accept(stage.tx, one.id, to_kind="person", receiver=mine, person=mine, now=stage.at(40))


async def insulted(stage: Stage) -> None:
    """An insult, its number, the complaint, the hearing; twelve points and a shield that still holds."""
    said = await stage.said("insult")
    number = await stage.sealed(ME, said, "客服说我想白拿", hours=158)
    buyer = Complainer(stage.id(ME), "buyer")
    wish = ComplaintWish(
        type="abuse", purchase=await stage.order("stationery", "91001"), conversation=said.conversation,
        text="少发了一盒笔，客服不查件，还说我就是想白拿。", asks=["apology", "penalty"], evidence=[number],
    )  # fmt: skip
    made = await lodge(stage.tx, buyer, wish, id=new_id(), now=stage.at(157))
    shop = Complainer(stage.id(BOSS), "shop", stage.shop("stationery"))
    answer = ShowWish("客服当时情绪不好，但没有骂人的字眼。")
    heard = await accused.answer(stage.tx, shop, made.id, answer, stage.at(155))
    if heard.dispute is None:
        raise RuntimeError("no dispute judges the complaint")
    await stage.heard(heard.dispute, ME, BOSS, hours=152)
    found = (
        "服务器记录显示客服对买家说“您就是想白拿吧”，在没有核查发货的情况下指责买家；"
        "少发的一盒中性笔由店铺补偿 36 元。"
    )
    await stage.ruled(
        heard.dispute, found, hours=110,
        outcome=await stage.outcome(heard.dispute, outcome="penalise", favour="claimant", text=found),
        penalty=RuledPenalty("shop", stage.shop("stationery"), "abuse", "serious"),
        money=[RuledMoney("compensation", "shop", 3_600)],
    )  # fmt: skip


async def appealed(stage: Stage) -> None:
    """A partial refund was ruled and paid; the shop appeals, and somebody else looks at it."""
    case = await stage.refused_case("digital", "71012", "buyer-11", "硬盘写入时反复掉盘。", hours=66)
    asked = await stage.disputed(case, "buyer-11", "硬盘写入大文件时反复断开", hours=62, amount_minor=20_000)
    await stage.show(asked.id, BOSS, "statement", "买家使用的是第三方扩展坞，供电不足会掉盘。", hours=61)
    await stage.heard(asked.id, "buyer-11", BOSS, hours=58)
    text = "双方都没有检测报告，商家同意过换线排查而未寄出，酌情由商家补偿 200 元。"
    after = await stage.ruled(
        asked.id, text, hours=50,
        outcome=await stage.outcome(
            asked.id, outcome="partial", favour="claimant", amount_minor=20_000, text=text
        ),
    )  # fmt: skip
    if after.ruling is None:
        raise RuntimeError("nothing was ruled")
    shop = stage.shop("digital")
    wish = AppealWish(
        kind="ruling", target=after.ruling, text="排查用的数据线已于当天寄出，有底单。",
        wanted="撤销 200 元补偿", new_facts="补充快递底单",
    )  # fmt: skip
    doer = AppealDoer("appellant", stage.id(BOSS), Appellant("shop", shop), leads=True)
    await lodge_appeal(
        stage.tx, doer, Appellant("shop", shop), wish, id=new_id(), targets=TARGETS, now=stage.at(20)
    )


async def in_evidence(stage: Stage) -> None:
    """A dispute in which both show what they have: the buyer has, the shop has two days left."""
    said = await stage.said("buds")
    case = await stage.refused_case("digital", "71001", ME, "右耳有明显电流声。", hours=40)
    number = await stage.sealed(ME, said, "商家承认未检测", hours=37, purpose="dispute")
    asked = await stage.disputed(case, ME, "耳机右边有电流声，重置无效", hours=36, numbers=[number])
    await stage.ready(asked.id, ME, BOSS, hours=34)
    await stage.show(asked.id, ME, "statement", "录音时间和订单签收时间都在七天内。", hours=30)


async def negotiating(stage: Stage) -> None:
    """A dispute that has just begun: the shop has proposed to settle it."""
    case = await stage.refused_case("digital", "71004", "buyer-4", "左耳时有时无。", hours=16)
    asked = await stage.disputed(case, "buyer-4", "左耳断断续续，客服说充电就好，还是不行", hours=8)
    wish = ProposalWish(outcome="partial", amount_minor=8_000, text="补偿 80 元，耳机您留着用。")
    await party.propose(stage.tx, stage.side(asked, BOSS), asked.id, wish, stage.at(5))


async def complained(stage: Stage) -> None:
    """Complaints that wait for somebody: an apology, an answer, people; and one that was taken back."""
    rude = ComplaintWish(
        type="refused_service", purchase=await stage.order("apparel", "61006"),
        text="肩线歪的那件 T 恤说好换货，两天没人理。", asks=["apology", "compensation"],
    )  # fmt: skip
    await _lodged(stage, "buyer-3", rude, hours=3)
    slow = ComplaintWish(type="marketplace", text="订单页的物流总是晚半天才更新。", asks=["correction"])
    await _lodged(stage, "buyer-6", slow, hours=26)
    said = await stage.said("threat")
    number = await stage.sealed("agent2@demo.xiaoer", said, "以差评要挟", hours=29, shop="digital")
    threat = ComplaintWish(
        type="review_threat", buyer=stage.id("buyer-5"), conversation=said.conversation,
        purchase=await stage.order("digital", "71006"), evidence=[number],
        text="买家要求无理由赔 200 元，否则给所有商品差评。", asks=["stop"],
    )  # fmt: skip
    await lodge(
        stage.tx, Complainer(stage.id("agent2@demo.xiaoer"), "shop", stage.shop("digital")), threat,
        id=new_id(), now=stage.at(28),
    )  # fmt: skip
    await _apologised(stage)


async def _apologised(stage: Stage) -> None:
    """Dumplings without a date: an apology lies on the table."""
    wish = ComplaintWish(
        type="prohibited_goods", purchase=await stage.order("fresh", "81011"), danger="safety",
        text="水饺包装袋上没有生产日期。", asks=["refund"],
    )  # fmt: skip
    made = await _lodged(stage, "buyer-10", wish, hours=24)
    shop = Complainer(stage.id(SECOND), "shop", stage.shop("fresh"))
    if made.state == "accepted":
        sorry = SaidWish("非常抱歉，这一批漏喷码，已下架补喷，愿意全额退款。")
        await accused.apologise(stage.tx, shop, made.id, sorry, stage.at(10))


async def blocked(stage: Stage) -> None:
    """A block that binds, which its buyer has asked another person to look at."""
    said = await stage.said("flood")
    number = await stage.sealed("agent3@demo.xiaoer", said, "刷屏", hours=69, shop="fresh")
    wish = BlockWish(
        subject=stage.id("buyer-10"), ground="harassment", scope="message", days=7, evidence=(number,),
        facts="深夜连续刷屏并威胁一直发送。",
    )  # fmt: skip
    block = await _proposed(stage, "fresh", SECOND, wish, hours=66)
    mine = stage.id("buyer-10")
    await subject.state(
        stage.tx, block, kind="person", subject=mine, person=mine, text="当时很着急，抱歉。", now=stage.at(60)
    )
    await _approved(stage, block, BOSS, "暂停消息七天，订单与售后不受影响。", hours=50)
    await subject.ask(
        stage.tx, block, kind="person", subject=mine, person=mine, now=stage.at(6),
        text="七天太久了，我只发了一次。", minutes=10,
    )  # fmt: skip


async def thanked(stage: Stage) -> None:
    """A red packet for the postage of an order, which lies there for a day."""
    wish = PacketWish(new_id(), 500, "postage", "补您换货的邮费")
    order = await stage.order("apparel", "61001")
    agent = stage.id("agent@demo.xiaoer")
    await send_packet(stage.tx, stage.shop("apparel"), order, wish, agent=agent, now=stage.at(2))


async def _lodged(stage: Stage, who: str, wish: ComplaintWish, *, hours: float) -> Complaint:
    buyer = Complainer(stage.id(who), "buyer")
    return await lodge(stage.tx, buyer, wish, id=new_id(), now=stage.at(hours))


async def _proposed(stage: Stage, shop: str, who: str, wish: BlockWish, *, hours: float) -> UUID:
    made = await propose(
        stage.tx, wish, id=new_id(), side="shop", shop=stage.shop(shop), proposer=stage.id(who),
        now=stage.at(hours),
    )  # fmt: skip
    return made.id


async def _approved(stage: Stage, block: UUID, who: str, text: str, *, hours: float) -> None:
    """By the shop's own second person where he may, else by the marketplace."""
    viewer = (await blocks.block(stage.tx, block)).approval
    person = who if viewer == "shop" else "officer@demo.xiaoer"
    await decide.approve(
        stage.tx, block, viewer, person=stage.id(person), text=text, days=None, now=stage.at(hours)
    )
