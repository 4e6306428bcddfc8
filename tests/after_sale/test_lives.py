"""Random lives of cases: whatever both sides do and however long they are silent, the money is right."""

from datetime import timedelta
from typing import Any

from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.after_sale.counter import ITEM, Counter
from tests.living import LIVED
from xiaoer.ledger import queries as ledger
from xiaoer.plumbing.db import Database
from xiaoer.plumbing.driver import Connection

Step = tuple[Any, ...]
PARCEL = {"carrier": "顺丰", "number": "SF1"}
DEEDS: dict[str, tuple[tuple[str, object], ...]] = {
    "buyer": (
        ("accept", {}),
        ("ask", {"asked_minor": 3_000}),
        ("ask", {"kind": "refund_only", "reason": "quality"}),
        ("ask", {"kind": "resend", "reason": "missing"}),
        ("withdraw", {}),
        ("pay", {}),
        ("send-back", PARCEL),
        ("accept-deduction", {}),
        ("receive", {}),
        ("call-people", {}),
        ("follow-up", {"settled": True}),
        ("follow-up", {"settled": False}),
    ),
    "agent": (
        ("agree", {}),
        ("offer", {"amount_minor": 2_000}),
        ("offer", {"settlement": "return_refund", "amount_minor": 9_000}),
        ("offer", {"settlement": "exchange"}),
        ("refuse", {"reason": "used", "text": "已使用"}),
        ("arrived", {}),
        ("inspect", {"result": "fine"}),
        ("inspect", {"result": "deduct", "deduct_minor": 500}),
        ("inspect", {"result": "object", "text": "空包裹"}),
        ("send-out", PARCEL | {"number": "SF2"}),
        ("repaid", {}),
    ),
    "officer": (
        ("decide", {"outcome": "refund", "text": "支持"}),
        ("decide", {"outcome": "turn_down", "text": "不支持"}),
    ),
}
KINDS: tuple[dict[str, object], ...] = (
    {"kind": "refund_only", "reason": "quality"},
    {"kind": "return_refund", "condition": "opened"},
    {"kind": "return_refund", "reason": "quality"},
    {"kind": "exchange", "condition": "opened"},
    {"kind": "resend", "reason": "missing"},
    {"kind": "exchange", "condition": "opened", "for": 12_500},
    {"kind": "exchange", "reason": "quality", "for": 12_500},
    {"kind": "exchange", "reason": "quality", "for": 6_500},
    {"kind": "repair", "reason": "quality"},
    {"kind": "partial_refund", "reason": "damaged", "asked_minor": 4_000},
    {"kind": "compensation", "reason": "late_dispatch"},
    {"kind": "fraud_claim", "reason": "fake"},
)
deeds = st.sampled_from([(who, *deed) for who, all_of in DEEDS.items() for deed in all_of])
steps: st.SearchStrategy[Step] = st.one_of(
    st.tuples(st.just("open"), st.sampled_from(KINDS)),
    st.tuples(st.just("do"), st.integers(0, 3), deeds),
    st.tuples(st.just("do"), st.integers(0, 3), deeds),
    st.tuples(st.just("wait"), st.sampled_from([1, 20, 50, 130, 260, 800])),
    st.tuples(st.just("mood"), st.sampled_from(["refuse", "time_out_after_paying", "honest"])),
)


class Life:
    """One order, its cases, and whatever is done to them."""

    def __init__(self, counter: Counter) -> None:
        self.counter = counter
        self.cases: list[str] = []

    async def do(self, step: Step) -> None:
        match step:
            case ("open", asked):
                wish = dict(asked)
                if price := wish.pop("for", None):
                    variant = str(self.variants[price])
                    item = str(self.counter.items[self.order][1])
                    wish["lines"] = [{"item": item, "new_variant": variant}]
                answer = await self.counter.client("buyer").post(
                    f"/public/v1/orders/{self.order}/cases", wish
                )
                assert answer.status in {201, 400, 409, 422}, answer.body
                if answer.status == 201:
                    self.cases.append(answer.json["id"])
            case ("do", place, (who, deed, data)) if self.cases:
                case_id = self.cases[place % len(self.cases)]
                before = (await self.counter.case(case_id))["version"]
                answer = await self.counter.does(who, case_id, deed, data)
                assert answer.status in {200, 400, 409, 422}, answer.body
                if answer.status != 200:
                    assert (await self.counter.case(case_id))["version"] == before, "a refusal wrote"
            case ("wait", hours):
                await self.counter.later(hours=hours)
            case ("mood", mood):
                if mood == "honest":
                    self.counter.provider.recover()
                else:
                    self.counter.provider.behave(mood)
            case _:
                pass

    async def begin(self) -> None:
        items = [ITEM | {"quantity": 2, "paid_minor": 9_999}, ITEM]
        self.variants = {price: await self.counter.variant(price) for price in (6_500, 12_500)}
        self.order = await self.counter.order("delivered", items, signed=timedelta(days=1))

    async def judge(self) -> None:
        await self.counter.settle()
        await self.counter.prove()
        paid, held, refunded = await self.counter.sums(self.order)
        assert held + refunded <= paid
        async with self.counter.database.read(self.counter.tenant) as tx:
            for table in ("line", "happening"):  # each comes with its case, unproved by the database
                alone = f"from after_sale.{table} as t left join after_sale.case as c on c.id = t.case_id"
                assert await tx.fetchval(f"select count(*) {alone} where c.id is null") == 0

    async def silence(self) -> None:
        """Left alone, everything comes to an end, or to people."""
        self.counter.provider.recover()
        for _ in range(12):
            await self.counter.later(days=40)
        for case_id in self.cases:
            state = (await self.counter.case(case_id))["state"]
            ends = {"done", "withdrawn", "lapsed", "turned_down", "owing"}
            assert state in ends | {"with_people", "payment_failed"}
        async with self.counter.database.read(self.counter.tenant) as tx:
            held = sum(one.balance_minor for one in await ledger.totals(tx) if one.kind == "held")
        stuck = [await self.counter.case(case_id) for case_id in self.cases]
        asides = [one["difference"] for one in stuck if one["state"] in {"with_people", "payment_failed"}]
        aside = sum(one["amount_minor"] for one in asides if one and one["state"] == "taken")
        assert held == aside, "what was put aside came to nobody"


@settings(LIVED, max_examples=20)
@given(life=st.lists(steps, min_size=1, max_size=14))
@example(
    life=[
        ("open", KINDS[1]),
        ("do", 0, ("agent", "agree", {})),
        ("do", 0, ("buyer", "send-back", PARCEL)),
        ("do", 0, ("agent", "inspect", {"result": "deduct", "deduct_minor": 500})),
        ("do", 0, ("buyer", "accept-deduction", {})),
        ("do", 0, ("buyer", "follow-up", {"settled": False})),
        ("do", 0, ("buyer", "ask", {"asked_minor": 3_000})),
        ("wait", 800),
    ]
)
@example(
    life=[
        ("open", KINDS[5]),
        ("do", 0, ("agent", "agree", {})),
        ("mood", "time_out_after_paying"),
        ("do", 0, ("buyer", "pay", {})),
        ("wait", 1),
        ("do", 0, ("buyer", "send-back", PARCEL)),
        ("do", 0, ("agent", "inspect", {"result": "object", "text": "空包裹"})),
        ("do", 0, ("buyer", "ask", {"kind": "refund_only", "reason": "quality"})),
        ("wait", 260),
    ]
)
async def test_whatever_happens_the_money_is_right(database: Database, owner: Connection, life: list[Step]):
    counter = await Counter.open(database, owner)
    lived = Life(counter)
    await lived.begin()
    for step in life:
        await lived.do(step)
        await lived.judge()
    await lived.silence()
    await lived.judge()
