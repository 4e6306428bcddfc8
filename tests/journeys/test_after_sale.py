"""Every kind of case through each of its ends while both sides listen: what was heard is what stands."""

from collections.abc import AsyncIterator, Mapping, Sequence
from datetime import timedelta
from typing import Any

import pytest

from tests.after_sale.counter import Counter
from tests.socket_client import Page, page
from xiaoer.plumbing.db import Database
from xiaoer.plumbing.driver import Connection

Step = tuple[str, str, Mapping[str, Any]]
"""Who does what with it; `time` passes so many hours, or only what follows at once is done."""

ADDRESS = {"return_address": {"name": "茶行", "phone": "13800000000", "text": "杭州文三路 1 号"}}
PARCEL = {"carrier": "顺丰", "number": "SF1"}
NOTHING: Mapping[str, Any] = {}
AGREE: Step = ("agent", "agree", ADDRESS)
FINE: Step = ("agent", "inspect", {"result": "fine"})
BACK: Step = ("buyer", "send-back", PARCEL)
OUT: Step = ("agent", "send-out", PARCEL | {"number": "SF2"})
REFUSE: Step = ("agent", "refuse", {"reason": "not_our_fault", "text": "发货前已检查"})
OFFER: Step = ("agent", "offer", {"settlement": "refund", "amount_minor": 400, "text": "退四元可以吗"})
YES: Step = ("buyer", "follow-up", {"settled": True})
NO: Step = ("buyer", "follow-up", {"settled": False})
CALL, WITHDRAW, ACCEPT, RECEIVE, LESS = (
    ("buyer", deed, NOTHING) for deed in ("call-people", "withdraw", "accept", "receive", "accept-deduction")
)
ARRIVED: Step = ("agent", "arrived", NOTHING)
PAID, TALKED, WEEK, LONG = (("time", hours, NOTHING) for hours in ("0", "73", "193", "300"))

SENT: Mapping[str, Any] = {"state": "delivered", "signed": timedelta(days=1)}
KINDS: Mapping[str, tuple[Mapping[str, Any], Mapping[str, Any]]] = {
    "refund_before_dispatch": ({"state": "paid"}, {"reason": "no_longer_needed"}),
    "refund_only": (SENT, {"reason": "quality"}),
    "return_refund": (SENT, {"condition": "opened"}),
    "exchange": (SENT, {"condition": "opened"}),
    "resend": (SENT, {"reason": "missing"}),
    "partial_refund": (SENT, {"reason": "damaged", "asked_minor": 2_000}),
    "price_difference": (SENT, {"reason": "price_dropped", "asked_minor": 900}),
    "freight_compensation": (SENT, {"reason": "freight_overpaid", "asked_minor": 800}),
    "compensation": ({"state": "paid"}, {"reason": "late_dispatch"}),
    "repair": (SENT, {"reason": "quality"}),
    "fraud_claim": (SENT, {"reason": "fake"}),
}
MONEY = [
    kind for kind in KINDS if kind not in {"return_refund", "exchange", "resend", "repair", "fraud_claim"}
]


def decided(outcome: str, amount_minor: int | None = None) -> Step:
    """An officer decides."""
    return ("officer", "decide", {"outcome": outcome, "amount_minor": amount_minor, "text": "核实后决定"})


def journeys() -> list[tuple[str, str, str, Sequence[Step]]]:
    """Kind, end, how, and the steps there."""
    found: list[tuple[str, str, str, Sequence[Step]]] = []
    for kind in KINDS:
        if kind == "fraud_claim":
            continue
        found += [
            (kind, "withdrawn", "at once", [WITHDRAW]),
            (kind, "withdrawn", "after a refusal", [REFUSE, WITHDRAW]),
            (kind, "lapsed", "nobody answers a refusal", [REFUSE, WEEK]),
            (kind, "turned_down", "people decide", [REFUSE, TALKED, CALL, decided("turn_down")]),
            (kind, "done", "people decide", [REFUSE, TALKED, CALL, decided("refund", 500), PAID, YES]),
            (kind, "done", "an offer is taken", [OFFER, ACCEPT, PAID, YES]),
            (kind, "lapsed", "an offer lapses", [OFFER, TALKED, WEEK]),
        ]
    found += [(kind, "done", "by agreement", [AGREE, PAID, YES]) for kind in MONEY]
    found += [(kind, "done", "in silence", [WEEK, WEEK]) for kind in MONEY]
    found += [(kind, "lapsed", "not settled after all", [AGREE, PAID, NO, WEEK]) for kind in MONEY]
    for kind in ("return_refund", "exchange", "repair"):
        rest = [PAID] if kind == "return_refund" else [OUT, RECEIVE]
        found += [
            (kind, "done", "by agreement", [AGREE, BACK, ARRIVED, FINE, *rest, YES]),
            (kind, "lapsed", "never sent back", [AGREE, WEEK]),
            (kind, "withdrawn", "before it is sent back", [AGREE, WITHDRAW]),
        ]
    worth_less: Step = ("agent", "inspect", {"result": "deduct", "deduct_minor": 1_000, "text": "缺配件"})
    objects: Step = ("agent", "inspect", {"result": "object", "text": "空包裹"})
    kind = "return_refund"
    found += [
        (
            kind,
            "done",
            "with a deduction",
            [AGREE, BACK, worth_less, LESS, PAID, YES],
        ),
        (
            kind,
            "turned_down",
            "a deduction goes to people",
            [AGREE, BACK, worth_less, CALL, decided("turn_down")],
        ),
        (kind, "lapsed", "something else came back", [AGREE, BACK, objects, WEEK]),
        (kind, "done", "the shop is silent when it is back", [AGREE, BACK, LONG, WEEK]),
        ("resend", "done", "by agreement", [AGREE, OUT, RECEIVE, YES]),
        ("resend", "done", "in silence the shop pays", [WEEK, WEEK, WEEK]),
        ("exchange", "done", "in silence", [AGREE, BACK, FINE, OUT, LONG, WEEK]),
        ("fraud_claim", "withdrawn", "at once", [WITHDRAW]),
        ("fraud_claim", "turned_down", "people decide", [decided("turn_down")]),
        ("fraud_claim", "done", "people decide", [decided("refund"), PAID, YES]),
    ]
    return found


class Mirror:
    """What a page knows of a case from the events alone."""

    def __init__(self, one: Page, name: str, case: str) -> None:
        self._page = one
        self._name = name
        self._case = case
        self.state = ""
        self.due_at: str | None = None
        self.version = 0

    async def catch_up(self) -> None:
        """Apply what was heard; each version once and in its place."""
        await self._page.settled()
        for frame in [one for one in self._page.heard if one["t"] == "event" and one["name"] == self._name]:
            body = frame["body"]
            self._page.heard.remove(frame)
            if body["case"] != self._case:
                continue
            assert body["case_version"] == self.version + 1
            assert body["was"] in {self.state, "new"}
            self.version, self.state, self.due_at = body["case_version"], body["state"], body["due_at"]


@pytest.fixture(scope="module")
async def counter(
    open_database: Database, owner: Connection, delete_everything: str
) -> AsyncIterator[Counter]:
    """One marketplace for all journeys."""
    counter = await Counter.open(open_database, owner)
    yield counter
    await counter.prove()
    open_database.forget_hearers()
    await owner.execute(delete_everything)


async def went(counter: Counter, case: str, step: Step) -> None:
    who, deed, data = step
    if who == "time":
        await counter.later(hours=int(deed))
    else:
        await counter.did(who, case, deed, data)


async def sub(one: Page, topic: str) -> None:
    await one.say(t="sub", topic=topic, since=None)
    await one.hear("subbed", lambda frame: frame["topic"] == topic)


@pytest.mark.parametrize(
    ("kind", "end", "how", "steps"), journeys(), ids=[" ".join(one[:3]) for one in journeys()]
)
async def test_journey(counter: Counter, kind: str, end: str, how: str, steps: Sequence[Step]):
    placed, wish = KINDS[kind]
    order = await counter.order(**placed)
    async with (
        page(counter.program.app, token=counter.tokens["agent"]) as shop,
        page(counter.program.app, token=counter.tokens["buyer"]) as buyer,
    ):
        await sub(shop, f"shop:{counter.shop}")
        await sub(buyer, f"person:{counter.people['buyer'].id}")
        case = (await counter.opened(order, kind, **wish))["id"]
        mirrors = {
            "agent": Mirror(shop, "after_sale.case_moved", case),
            "buyer": Mirror(buyer, "after_sale.my_case_moved", case),
        }
        for step in steps:
            await went(counter, case, step)
            for who, mirror in mirrors.items():
                await mirror.catch_up()
                stands = await counter.case(case, who)
                known = (stands["version"], stands["state"], stands["due_at"])
                assert (mirror.version, mirror.state, mirror.due_at) == known, (how, step)
        stands = await counter.case(case)
        assert stands["state"] == end
        assert stands["closed_at"] is not None
        assert not [one for one in stands["deeds"] if one["allowed"]]
        assert (await shop.event("after_sale.case_opened"))["case"] == case
