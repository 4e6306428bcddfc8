"""Where the court of the demonstration plays: its shop, its people, and the deeds its scenes have in common.

Moments are hours before the demonstration is made, so that every clock still runs when it is looked at.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, Final, cast
from uuid import UUID

from xiaoer.after_sale.actions import shop as counter
from xiaoer.after_sale.actions.open import open_case
from xiaoer.after_sale.model import CaseWish, RefuseWish
from xiaoer.after_sale.model import Doer as CaseDoer
from xiaoer.cli import demo_trade
from xiaoer.cli.demo_desk import Cast, Once, Spoken, talk_through
from xiaoer.cli.demo_trade import Facts, table
from xiaoer.clocks import actions as clocks
from xiaoer.disputes.actions import execute, party, rule, show
from xiaoer.disputes.actions.open import open_from_case
from xiaoer.disputes.model.court import Dispute, Doer, Party, RuledIssue, RuledMoney, RuledPenalty
from xiaoer.disputes.model.wishes import DisputeOpenWish, ExhibitWish, IssueWish, ReadWish, RulingWish
from xiaoer.disputes.queries import disputes, views
from xiaoer.disputes.rules.ruling import sorted_exhibits
from xiaoer.evidence.actions.seal import seal_stretch
from xiaoer.evidence.model import Purpose, SealWish
from xiaoer.evidence.rules.sign import Signer
from xiaoer.identity.model import Person
from xiaoer.orders import queries as orders
from xiaoer.plumbing.clock import new_id
from xiaoer.plumbing.db import Tx
from xiaoer.rulebook import queries as rulebook

TALK: Final = "conversations.read"


class Stage:
    """Whoever plays, and the deeds that scenes have in common."""

    def __init__(self, tx: Tx, cast_: Cast, signer: Signer, now: datetime) -> None:
        self.tx: Final = tx
        self.cast: Final = cast_
        self.now: Final = now
        self._signer: Final = signer
        self._talks: Final = cast("dict[str, Facts]", table("court")["talks"])
        self._once: Final = Once(tx)

    def at(self, hours: float) -> datetime:
        """So many hours ago."""
        return self.now - timedelta(hours=hours)

    def shop(self, name: str) -> UUID:
        return self.cast.shops[name]

    def person(self, name: str) -> Person:
        return self.cast.people[name]

    def id(self, name: str) -> UUID:
        return self.cast.people[name].id

    async def order(self, shop: str, number: str) -> UUID:
        """An order by its number."""
        return (await orders.ids_of(self.tx, self.shop(shop), [number]))[number]

    async def said(self, name: str) -> Spoken:
        """A talk of the table is held."""
        return await talk_through(self.tx, self.cast, self._once, self._talks[name], self.now)

    async def sealed(
        self, who: str, said: Spoken, reason: str, *, hours: float, shop: str | None = None,
        purpose: Purpose = "complaint",
    ) -> str:  # fmt: skip
        """The number of a stretch somebody has sealed."""
        moment = self.at(hours)
        speaker = self.cast.speaker(self.tx, who, TALK)
        made = await seal_stretch(
            self.tx,
            await rulebook.book(self.tx, None, moment),
            self._signer,
            speaker,
            conversation=said.conversation,
            wish=SealWish(said.first, said.last, purpose, reason),
            id=new_id(),
            shop=self.shop(shop) if shop else None,
            now=moment,
        )
        return made.number

    def side(self, dispute: Dispute, who: str) -> Doer:
        """A buyer or a manager on the side he stands."""
        person = self.id(who)
        mine = Party("person", person) if who.startswith("buyer") else Party("shop", dispute.shop)
        return Doer(views.side_of(dispute, mine.kind, mine.id), person, mine)

    async def refused_case(self, shop: str, number: str, buyer: str, text: str, *, hours: float) -> UUID:
        """A case of an order that the shop refuses two hours later."""
        case = await open_case(
            self.tx,
            CaseDoer("buyer", self.id(buyer)),
            CaseWish("refund_only", reason="quality", text=text),
            id=new_id(),
            shop=None,
            purchase=await self.order(shop, number),
            buyer=self.id(buyer),
            now=self.at(hours),
        )
        doer = CaseDoer("shop", self.id("manager@demo.xiaoer"), self.shop(shop))
        wish = RefuseWish("not_our_fault", "出厂检验合格，我们认为不是商品问题。")
        await counter.refuse(self.tx, doer, case.id, wish, self.at(hours - 2))
        return case.id

    async def disputed(
        self, case: UUID, buyer: str, words: str, *, hours: float, amount_minor: int | None = None,
        numbers: Sequence[str] = (),
    ) -> Dispute:  # fmt: skip
        """The buyer takes a refused case to the marketplace."""
        person = self.id(buyer)
        issue = IssueWish("visible_quality", words, "partial" if amount_minor else "refund", amount_minor)
        wish = DisputeOpenWish([issue], list(numbers), text=words)
        mine = Party("person", person)
        return await open_from_case(self.tx, mine, person, case, wish, now=self.at(hours))

    async def show(self, dispute: UUID, who: str, kind: str, text: str, *, hours: float) -> None:
        """One side shows something."""
        found = await disputes.dispute(self.tx, dispute)
        wish = ExhibitWish("statement" if kind == "statement" else "carrier_record", text)
        await show.show(self.tx, self.side(found, who), dispute, wish, self.at(hours))

    async def ready(self, dispute: UUID, *who: str, hours: float) -> Dispute:
        """Both say that they have nothing more; the period ends."""
        for one in who:
            found = await disputes.dispute(self.tx, dispute)
            await party.ready(self.tx, self.side(found, one), dispute, self.at(hours))
        return await disputes.dispute(self.tx, dispute)

    async def heard(self, dispute: UUID, *who: str, hours: float) -> Dispute:
        """Both are ready as often as it takes until the court hears them."""
        found = await disputes.dispute(self.tx, dispute)
        while found.state in {"negotiation", "evidence"}:
            found = await self.ready(dispute, *who, hours=hours)
        return found

    async def ruled(
        self, dispute: UUID, text: str, *, hours: float, outcome: RuledIssue,
        penalty: RuledPenalty | None = None, money: Sequence[RuledMoney] = (),
    ) -> Dispute:  # fmt: skip
        """Its officer rules; whoever must read it first agrees; it is carried out ten hours later."""
        found = await disputes.dispute(self.tx, dispute)
        whole = await views.whole(self.tx, found)
        used, left = sorted_exhibits(whole.exhibits, {one.id: one.row for one in whole.exhibits})
        wish = RulingWish(
            issues=[outcome], facts_found=[text], used=used, refused=left, penalty=penalty, text=text,
            money=list(money),
        )  # fmt: skip
        officer = Doer("officer", found.officer)
        after = await rule.rule(self.tx, officer, dispute, wish, self.at(hours))
        if after.state == "second_reading":
            reader = Doer("officer", after.second_reader)
            yes = ReadWish(agree=True, text="同意")
            after = await rule.read(self.tx, reader, dispute, yes, self.at(hours))
        return await execute.execute(self.tx, officer, dispute, self.at(hours - 10))

    async def outcome(self, dispute: UUID, **what: Any) -> RuledIssue:
        """What is ruled about its only issue."""
        [issue] = (await views.whole(self.tx, await disputes.dispute(self.tx, dispute))).issues
        return RuledIssue(issue=issue.id, **what)


async def open_for_business(stage: Stage) -> None:
    """The shop of the court: its hours, what it sells, who bought."""
    plan = table("court")
    boss = stage.id("manager@demo.xiaoer")
    await clocks.save_calendar(stage.tx, stage.shop("stationery"), plan["calendar"], boss, stage.now)
    await demo_trade.bring(stage.tx, plan["product"], plan["order"], stage.now)
