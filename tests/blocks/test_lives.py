"""Random lives of blocks and grants: whatever people do or leave undone, what D8 promises holds."""

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.blocks.yard import Yard
from tests.compensation.purse import BALANCE
from tests.living import LIVED
from xiaoer.plumbing.db import Database
from xiaoer.plumbing.driver import Connection

Step = tuple[Any, ...]
DEEDS: dict[str, tuple[str, ...]] = {
    "buyer": ("statement", "ask", "receipts"),
    "manager": ("approve", "refuse", "lift"),
    "colleague": ("withdraw",),
    "officer": ("approve", "keep", "lift", "lift-wrong"),
    "second": ("approve", "refuse", "keep", "lift-wrong"),
}
BODIES: dict[str, Any] = {
    "ask": {"text": "请复核", "minutes": 30},
    "receipts": {"amount_minor": 700, "text": "车费"},
    "withdraw": {},
    "lift-wrong": {"text": "误判"},
}
ALLOWED = {200, 403, 404, 409, 422}

steps: st.SearchStrategy[Step] = st.one_of(
    st.tuples(st.just("propose"), st.sampled_from(["agent", "colleague", "officer"]), st.booleans()),
    st.tuples(
        st.just("act"),
        st.sampled_from([(who, deed) for who, deeds in DEEDS.items() for deed in deeds]),
        st.integers(0, 3),
    ),
    st.tuples(st.just("later"), st.sampled_from([1, 30, 80, 200])),
    st.tuples(st.just("answer"), st.sampled_from(["accept", "contest", "undo"]), st.integers(0, 5)),
)


async def prove(yard: Yard) -> None:
    """No block without reasons, evidence, notice and a second person; wrong ones bind nobody; sums hold."""
    await yard.prove()
    rows = await yard.owner.fetch("select * from blocks.block where tenant = $1", yard.tenant)
    bound = {
        row["source"]: row
        for row in await yard.owner.fetch(
            "select source, state, statement, ended_why, told_at, begins_at from measures.measure "
            "where tenant = $1",
            yard.tenant,
        )
    }
    for row in rows:
        assert row["evidence"]
        assert row["facts"]
        measure = bound.get(row["id"])
        assert (measure is not None) == (row["begins_at"] is not None)
        if measure is not None:
            assert row["approved_by"] not in {None, row["proposed_by"]}
            assert row["facts"] in measure["statement"]["facts"]
            assert measure["told_at"] <= measure["begins_at"]
            binding = row["state"] in {"in_force", "on_watch", "in_review"}
            assert binding or measure["state"] == "ended"
            if row["state"] == "lifted_wrong":
                assert row["lifted_by"] not in {row["proposed_by"], row["approved_by"]}
                assert {one["harm"] for one in row["good"]} == {
                    "economic",
                    "reputation",
                    "time",
                    "distress",
                }
        clocks = await yard.owner.fetchval("select count(*) from clocks.clock where owner = $1", row["id"])
        assert clocks == (1 if row["clock"] else 0)
    wrong = {row["id"] for row in rows if row["state"] == "lifted_wrong"}
    grants = await yard.owner.fetch(
        'select subject, bearer, state, amount_minor, kind from compensation."grant" where tenant = $1',
        yard.tenant,
    )
    assert {row["subject"] for row in grants} <= wrong
    # as before plus its compensation: what the shop bears, and nothing else, is gone from its balance
    borne = sum(
        row["amount_minor"]
        for row in grants
        if row["bearer"] == "shop" and row["state"] not in {"undone", "returned"}
    )
    assert (await yard.funds())[0] == BALANCE - borne


async def live(yard: Yard, life: list[Step]) -> None:
    blocks: list[str] = []
    for step in life:
        match step:
            case ("propose", who, danger):
                answer = await yard.proposes(who, danger=danger)
                assert answer.status in {201, 422}, answer.body
                if answer.status == 201:
                    blocks.append(answer.json["block"]["id"])
            case ("act", (who, deed), place) if place < len(blocks):
                body = BODIES.get(deed, {"text": "理由充分"})
                answer = await yard.acts(who, blocks[place], deed, body)
                assert answer.status in ALLOWED, answer.body
            case ("later", hours):
                await yard.later(hours=hours)
            case ("answer", deed, place):
                await respond(yard, deed, place)
            case _:
                pass
        await prove(yard)


async def respond(yard: Yard, deed: str, place: int) -> None:
    """The buyer, or an officer, does something with one of the grants."""
    found = (await yard.client("buyer").get("/public/v1/me/compensation")).json["data"]
    if place >= len(found):
        return
    grant = found[place]["id"]
    if deed == "undo":
        answer = await yard.client("officer").post(f"/platform/v1/compensation/{grant}/undo", {})
    else:
        answer = await yard.client("buyer").post(
            f"/public/v1/me/compensation/{grant}/{deed}", {"text": "不够"} if deed == "contest" else {}
        )
    assert answer.status in ALLOWED, answer.body


@settings(LIVED, max_examples=6)
@given(life=st.lists(steps, min_size=4, max_size=14))
async def test_whatever_happens_d8_holds(database: Database, owner: Connection, life: list[Step]):
    yard = await Yard.open(database, owner)
    prelude: list[Step] = [("propose", "colleague", False), ("act", ("buyer", "statement"), 0)]
    await live(yard, [*prelude, ("act", ("manager", "approve"), 0), *life])
