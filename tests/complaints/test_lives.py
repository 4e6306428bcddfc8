"""Random lives of complaints: none waits for ever, withdrawn is never upheld, nothing of others is read."""

from typing import Any

from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.complaints.bar import ENDED, Bar
from tests.living import LIVED
from xiaoer.plumbing.db import Database
from xiaoer.plumbing.driver import Connection

Step = tuple[Any, ...]
SAID = {"text": "说明"}
DEEDS: tuple[tuple[str, str, object], ...] = (
    ("buyer", "withdraw", {}),
    ("buyer", "withdraw", {"free": True}),
    ("buyer", "accept-apology", {}),
    ("buyer", "decline-apology", {}),
    ("buyer", "add", SAID),
    ("buyer", "pressure", SAID),
    ("buyer", "apologise", SAID),
    ("buyer", "answer", SAID),
    ("manager", "apologise", SAID),
    ("manager", "answer", SAID),
    ("manager", "withdraw", {}),
    ("manager", "accept-apology", {}),
    ("manager", "coached", SAID),
    ("officer", "acceptance", SAID | {"evidence": True}),
    ("officer", "acceptance", SAID | {"malice": "shown"}),
    ("officer", "jump", SAID | {"cause": "safety"}),
    ("officer", "jump", SAID | {"cause": "authority_document"}),
    ("officer", "decide", SAID | {"outcome": "upheld"}),
    ("officer", "decide", SAID | {"outcome": "not_proved"}),
)
WISHES: tuple[tuple[str, dict[str, Any]], ...] = (
    ("buyer", {"type": "abuse", "asks": ["penalty"]}),
    ("buyer", {"type": "refused_service", "danger": "safety"}),
    ("buyer", {"type": "marketplace"}),
    ("buyer", {"type": "wrongful_block"}),
    ("manager", {"type": "buyer_abuse"}),
    ("manager", {"type": "review_threat", "asks": ["penalty"]}),
)
steps: st.SearchStrategy[Step] = st.one_of(
    st.tuples(st.just("lodge"), st.sampled_from(WISHES), st.booleans()),
    st.tuples(st.just("do"), st.integers(0, 3), st.sampled_from(DEEDS)),
    st.tuples(st.just("do"), st.integers(0, 3), st.sampled_from(DEEDS)),
    st.tuples(st.just("wait"), st.sampled_from([1, 20, 50, 80, 200])),
)


class Life:
    """What is complained of, and whatever is done about it."""

    def __init__(self, bar: Bar) -> None:
        self.bar = bar
        self.complaints: list[str] = []
        self.ended: dict[str, str] = {}

    async def do(self, step: Step) -> None:
        match step:
            case ("lodge", (who, wish), with_number):
                evidence = [await self.bar.number(who)] if with_number else []
                answer = await self.bar.complains(
                    who, conversation=self.bar.conversation, evidence=evidence, **wish
                )
                assert answer.status == 201, answer.body
                self.complaints.append(answer.json["id"])
            case ("do", place, (who, deed, data)) if self.complaints:
                one = self.complaints[place % len(self.complaints)]
                before = await self.bar.written()
                answer = await self.bar.step(who, one, deed, data)
                assert answer.status in {200, 201, 403, 404, 409, 422}, answer.body
                if answer.status >= 400:
                    assert await self.bar.written() == before, "a refusal wrote"
                elif deed == "pressure":
                    self.complaints.append(answer.json["id"])
            case ("wait", hours):
                await self.bar.later(hours=hours)
            case _:
                pass

    async def judge(self) -> None:
        """What holds at any moment."""
        stranger = self.bar.client("other_buyer")
        await self.bar.settle()
        await self.bar.clocked()
        for one in self.complaints:
            state = (await self.bar.look(one))["state"]
            final = self.ended.get(one)
            if final in {"withdrawn", "apology_accepted", "merged", "settled"}:
                assert state == final
            if state in ENDED:
                self.ended[one] = state
            assert (await stranger.get(f"{self.bar.bench('buyer')}/{one}")).status == 404
        assert (await stranger.get(self.bar.bench("buyer"))).json["data"] == []

    async def silence(self) -> None:
        """Left alone, everything comes to an end, or before people."""
        for _ in range(4):
            await self.bar.later(days=20)
        for one in self.complaints:
            found = await self.bar.look(one)
            assert found["state"] in ENDED | {"in_hearing"}
            if found["state"] == "in_hearing":
                assert found["turn"] == "people"


@settings(LIVED, max_examples=5)
@given(life=st.lists(steps, min_size=1, max_size=9))
@example(
    life=[
        ("lodge", WISHES[0], True),
        ("lodge", WISHES[4], True),
        ("do", 0, ("manager", "apologise", SAID)),
        ("do", 0, ("buyer", "pressure", SAID)),
        ("do", 0, ("buyer", "withdraw", {})),
        ("do", 0, ("buyer", "withdraw", {"free": True})),
        ("do", 1, ("buyer", "answer", SAID)),
        ("wait", 200),
    ]
)
async def test_no_complaint_waits_for_ever(database: Database, owner: Connection, life: list[Step]):
    bar = await Bar.open(database, owner)
    await bar.talk()
    lived = Life(bar)
    try:
        for step in life:
            await lived.do(step)
            await lived.judge()
        await lived.silence()
        await lived.judge()
    finally:
        await bar.close()


async def test_nothing_of_another_marketplace_is_read(database: Database, owner: Connection) -> None:
    here, there = await Bar.open(database, owner), await Bar.open(database, owner)
    made = await here.accepted()
    for who in ("buyer", "officer"):
        assert (await there.client(who).get(f"{there.bench(who)}/{made['id']}")).status == 404
        assert (await there.client(who).get(there.bench(who))).json["data"] == []
    assert (await there.client("manager").get(f"{there.bench('manager')}/{made['id']}")).status == 404
    taken = await there.complains(evidence=made["evidence"], shop=str(there.shop))
    assert (taken.status, taken.code) == (404, "evidence.unknown_number")
    strange = await there.complains(conversation=here.conversation)
    assert (strange.status, strange.code) == (404, "complaints.unknown_conversation")
    await here.close()
    await there.close()
