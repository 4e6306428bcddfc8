"""Random lives of disputes: whatever three sides do and however long they are silent, the court holds."""

from typing import Any
from uuid import UUID, uuid4

from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.disputes.court import Court
from tests.living import LIVED
from xiaoer.disputes.actions.reverse import reverse
from xiaoer.disputes.queries import rulings
from xiaoer.plumbing.db import Database
from xiaoer.plumbing.driver import Connection

Step = tuple[Any, ...]
PICTURE = {"kind": "photo_video", "text": "裂纹", "shows": ["item", "label"]}
PARTY: tuple[tuple[str, object], ...] = (
    ("say", {"text": "请看"}),
    ("show", PICTURE),
    ("show", {"kind": "statement", "text": "我方说明"}),
    ("show", {"kind": "carrier_record", "text": "已送达"}),
    ("ready", {}),
    ("propose", {"outcome": "partial", "amount_minor": 2_000}),
    ("propose", {"kind": "suspension"}),
    ("proposals/1/answer", {"accept": True}),
    ("proposals/2/answer", {"accept": False}),
    ("suspend", {"ground": "court", "text": "起诉"}),
    ("resume", {"text": "撤诉"}),
    ("withdraw", {"text": "算了"}),
    ("challenge", {"reason": "不公"}),
    ("execute", {}),
)
OFFICER: tuple[tuple[str, object], ...] = (
    ("ask", {"side": "respondent", "text": "补充"}),
    ("propose", {"outcome": "refund", "amount_minor": 5_000}),
    ("recuse", {"reason": "认识"}),
    ("assign", {}),
    ("resume", {"text": "继续"}),
    ("execute", {}),
)
ISSUES = ("visible_quality", "fake", "not_received", "surface_mismatch", "late_dispatch", "other")
steps: st.SearchStrategy[Step] = st.one_of(
    st.tuples(st.just("do"), st.sampled_from(["buyer", "agent"]), st.sampled_from(PARTY)),
    st.tuples(st.just("do"), st.sampled_from(["officer", "officer2"]), st.sampled_from(OFFICER)),
    st.tuples(st.just("rule"), st.sampled_from(["refund", "partial", "pay_seller", "not_proved"])),
    st.tuples(st.just("wait"), st.sampled_from([5, 30, 80, 200])),
    st.tuples(st.just("reverse")),
)


class Life:
    """One dispute, and whatever is done to it."""

    def __init__(self, court: Court) -> None:
        self.court = court

    async def begin(self, issue: str) -> None:
        await self.court.another_officer()
        wish = {"issue": issue, "words": "有问题", "remedy": "refund", "amount_minor": 6_000}
        self.dispute = (await self.court.disputed(wish))["id"]

    async def do(self, step: Step) -> None:
        match step:
            case ("do", who, (deed, data)):
                await self.act(who, deed, data)
            case ("rule", outcome):
                await self.rule(outcome)
            case ("wait", hours):
                await self.court.later(hours=hours)
            case _:
                await self.reverse()

    async def act(self, who: str, deed: str, data: object) -> None:
        before = await self.court.written()
        answer = await self.court.acts(who, self.dispute, deed, data)
        assert answer.status in {200, 400, 403, 404, 409, 422}, answer.body
        if answer.status != 200:
            assert await self.court.written() == before, "a refusal wrote"

    async def rule(self, outcome: str) -> None:
        for who in ("officer", "officer2"):
            wish = await self.court.drafted(self.dispute)
            favour = {"pay_seller": "respondent", "not_proved": "none"}.get(outcome, "claimant")
            wish["issues"][0] |= {"outcome": outcome, "favour": favour, "amount_minor": 6_000}
            await self.act(who, "rule", wish)

    async def reverse(self) -> None:
        """A third person takes the ruling back."""
        found = await self.court.dispute(self.dispute)
        if found.state not in {"decided", "closed"} or found.ruling is None:
            return
        async with self.court.database.transaction(self.court.tenant) as tx:
            by = self.court.people["administrator"].id
            await reverse(tx, found.ruling, id=uuid4(), by=by, why="新证据", now=self.court.now)

    async def judge(self) -> None:
        await self.court.settle()
        await self.court.prove_court()
        found = await self.court.dispute(self.dispute)
        async with self.court.database.read(self.court.tenant) as tx:
            made = await rulings.rulings(tx, found.id)
            sat = await rulings.judges(tx, found.id)
        assert not sat & {found.claimant.id, found.respondent.id}
        assert all(one.officer is None or one.officer in sat for one in made)
        standing = [one for one in made if one.executed_at and one.reversed_at is None]
        assert len(standing) <= 1
        if not standing:
            await self.nothing_stands(found.id)

    async def nothing_stands(self, dispute: UUID) -> None:
        """Without a ruling that stands the shop has all its money; lives before this one had other shops."""
        case = await self.court.owner.fetchval(
            "select count(*) from after_sale.case "
            "where (refunded_minor > 0 or state = 'paying') and tenant = $1",
            self.court.tenant,
        )
        grants = await self.court.owner.fetchval(
            "select count(*) from compensation.grant "
            "where state not in ('undone', 'returned') and tenant = $1",
            self.court.tenant,
        )
        funds = await self.court.owner.fetchval(
            "select sum(balance_minor) from ledger.account where kind like 'shop%' and tenant = $1",
            self.court.tenant,
        )
        assert (case, grants, funds) == (0, 0, 10_000_000), dispute

    async def silence(self) -> None:
        """Left alone, everything comes to an end, or to people."""
        for _ in range(14):
            await self.court.later(days=40)
        found = await self.court.dispute(self.dispute)
        assert found.state in {"closed", "settled", "withdrawn", "ruling", "in_court"}


@settings(LIVED, max_examples=12)
@given(issue=st.sampled_from(ISSUES), life=st.lists(steps, min_size=2, max_size=12))
@example(
    issue="visible_quality",
    life=[
        ("wait", 80),
        ("do", "buyer", ("show", PICTURE)),
        ("wait", 200),
        ("rule", "partial"),
        ("wait", 30),
        ("reverse",),
        ("wait", 200),
    ],
)
async def test_whatever_happens_the_court_holds(
    database: Database, owner: Connection, issue: str, life: list[Step]
) -> None:
    court = await Court.open(database, owner)
    lived = Life(court)
    await lived.begin(issue)
    for step in life:
        await lived.do(step)
        await lived.judge()
    await lived.silence()
    await lived.judge()
