"""Random lives of a drawn and appealed talk: nobody judges twice, one clock each, a veil until it is over."""

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.grading.desk import Desk, at_desk, sheet
from tests.living import LIVED
from xiaoer.plumbing.db import Database

GRADERS = ("manager", "officer", "second", "third")
Step = tuple[Any, ...]
steps: st.SearchStrategy[Step] = st.one_of(
    st.tuples(st.just("open"), st.sampled_from(GRADERS)),
    st.tuples(st.just("grade"), st.sampled_from(GRADERS), st.sampled_from([0, 2])),
    st.tuples(st.just("both"), st.sampled_from(GRADERS), st.sampled_from([0, 2])),
    st.tuples(st.just("silence"), st.sampled_from(["grading.sample", "grading.score_appeal"])),
    st.tuples(st.just("lodge")),
    st.tuples(st.just("decide"), st.sampled_from(GRADERS), st.booleans()),
    st.tuples(st.just("withdraw")),
)


async def live(desk: Desk, sample: str, step: Step) -> None:
    """Do it, whether it may be done or not."""
    match step:
        case ("open", who):
            await desk.ask(who, "POST", f"{sample}/open")
        case ("grade", who, points):
            await desk.ask(who, "POST", f"{sample}/grade", sheet(points))
        case ("both", who, points):
            await desk.ask(who, "POST", f"{sample}/open")
            await desk.ask(who, "POST", f"{sample}/grade", sheet(points))
        case ("silence", table):
            async with desk.talk.database.read(desk.talk.tenant) as tx:
                waiting = await tx.fetchval(f"select id from {table} where clock is not null")
            if waiting is not None:
                where = "/score-appeals" if table.endswith("appeal") else "/grading-samples"
                await desk.rings(f"{where}/{waiting}")
        case ("lodge",):
            await desk.ask("agent", "POST", f"/inspections/{desk.score}/appeal", {"text": "x"})
        case (deed, *more):
            async with desk.talk.database.read(desk.talk.tenant) as tx:
                appeal = await tx.fetchval("select id from grading.score_appeal")
            if appeal is None:
                return
            who, changes = more or ("agent", False)
            path = f"/score-appeals/{appeal}/{'decision' if deed == 'decide' else 'withdrawal'}"
            wish = {"reason": "x", "sheet": sheet(2) if changes else None} if deed == "decide" else None
            await desk.ask(who, "POST", path, wish)


async def judge(desk: Desk) -> None:
    """What holds at any moment."""
    twice = "select subject from grading.grade group by subject, person having count(*) > 1"
    assert await desk.count(f"({twice}) x") == 0
    assert await desk.count("grading.grade where seat <> 'appeal'") <= 3
    for table in ("grading.sample", "grading.score_appeal"):
        waits = await desk.count(f"{table} where clock is not null")
        owners = f"clocks.clock where owner in (select id from {table})"
        assert await desk.count(owners) == waits
        lines = f"{table} t where version <> (select count(*) from grading.step s where s.subject = t.id)"
        assert await desk.count(lines) == 0, "every change is written down"
    over = await desk.count("grading.sample where state in ('settled', 'lapsed')")
    assert await desk.count("inspection.veil where lifted_at is null") == 1 - over
    decided = "(select grading.score_appeal.decided_by as person from grading.score_appeal) a"
    assert await desk.count(f"{decided} join grading.grade g using (person) where g.seat <> 'appeal'") == 0
    assert await desk.count("inspection.settlement where source = 'graded'") <= over


@settings(LIVED, max_examples=5)
@given(life=st.lists(steps, min_size=3, max_size=9), twice=st.booleans())
async def test_whatever_happens_a_score_is_judged_fairly(
    database: Database, life: list[Step], *, twice: bool
):
    async with at_desk(database) as desk:
        sample = await desk.draw(twice=twice)
        for step in life:
            await live(desk, sample, step)
            await judge(desk)
