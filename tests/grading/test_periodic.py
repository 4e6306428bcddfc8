"""The clock draws: period after period, catching up after a silence; time is an argument."""

from datetime import datetime, timedelta
from typing import Any

from tests.grading.desk import Desk
from xiaoer import main
from xiaoer.clocks.jobs import Ringer

WEEK = timedelta(days=7)


async def rings(desk: Desk, at: datetime) -> None:
    """Everything that is due by then rings."""
    ringer = Ringer(desk.talk.database, main.TIMERS)
    while await ringer.ring_awake(at):
        pass


async def clock(desk: Desk) -> dict[str, Any] | None:
    async with desk.talk.database.read(desk.talk.tenant) as tx:
        row = await tx.connection.fetchrow(
            "select due_at, body from clocks.clock where owner = $1 and name = 'grading.draw'",
            desk.talk.shop,
        )
    return dict(row) if row else None


async def draws(desk: Desk) -> list[Any]:
    return (await desk.done("manager", "GET", "/grading-draws"))["data"]


async def test_an_inspection_sets_the_next_draw_from_the_beginning_of_its_day(desk: Desk):
    found = await clock(desk)
    assert found is not None
    since = datetime.fromisoformat(found["body"]["since"])
    assert since <= desk.talk.now < since + timedelta(days=1)
    assert found["due_at"] == since + WEEK


async def test_it_draws_when_the_period_is_over_and_the_same_can_be_drawn_again(desk: Desk):
    found = await clock(desk)
    assert found is not None
    due: datetime = found["due_at"]
    await rings(desk, due - timedelta(seconds=1))
    assert await draws(desk) == []
    await rings(desk, due)
    (made,) = await draws(desk)
    assert (made["candidates"], made["random"] + made["risk"], made["drawn_by"]) == (1, 1, None)
    assert datetime.fromisoformat(made["until"]) == due
    assert (await desk.done("manager", "GET", f"/grading-draws/{made['id']}"))["reproduced"] is True
    after = await clock(desk)
    assert after is not None
    assert after["due_at"] == due + WEEK


async def test_after_a_silence_every_period_is_caught_up_once_and_then_it_rests(desk: Desk):
    found = await clock(desk)
    assert found is not None
    await rings(desk, found["due_at"] + 3 * WEEK + timedelta(hours=1))
    assert len(await draws(desk)) == 1, "only the first period had anything"
    assert await desk.count("grading.sample") == 1
    assert await clock(desk) is None, "nothing is inspected: nothing is due"


async def test_where_only_people_draw_no_clock_runs(desk: Desk):
    await desk.set("period_days", 0)
    found = await clock(desk)
    assert found is not None
    await rings(desk, found["due_at"])
    assert len(await draws(desk)) == 1
    assert await clock(desk) is None
