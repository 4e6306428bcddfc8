"""Random lives of appeals: nobody judges his own decision, one clock each, nothing is undone twice."""

from typing import Any
from uuid import UUID

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.appeals.court import Court
from tests.living import LIVED
from xiaoer.appeals.model import TARGETS, TargetKind
from xiaoer.plumbing.db import Database
from xiaoer.plumbing.driver import Connection

Step = tuple[Any, ...]
LODGERS = {
    "ruling": ("buyer", "manager"),
    "penalty": ("manager",),
    "block": ("buyer",),
    "complaint_refusal": ("buyer",),
}
OFFICERS = ("officer", "second", "third")
DEEDS: tuple[tuple[str, str, dict[str, Any]], ...] = (
    ("appellant", "add", {"text": "补充", "new_facts": "新的底单"}),
    ("appellant", "add", {"text": "只是再说一次"}),
    ("appellant", "withdraw", {}),
    ("judge", "ask-more", {"text": "请补充"}),
    ("judge", "suspend", {"text": "先停"}),
    ("judge", "resume", {}),
    ("judge", "step-aside", {"text": "认识"}),
    ("judge", "decide", {"result": "upheld", "facts": "错", "rows": ["x"]}),
    ("judge", "decide", {"result": "dismissed", "facts": "对", "rows": ["x"]}),
    ("anyone", "take", {}),
    ("anyone", "admit", {"admit": True, "text": "可以"}),
    ("anyone", "admit", {"admit": False, "text": "不行"}),
)
steps: st.SearchStrategy[Step] = st.one_of(
    st.tuples(st.just("lodge"), st.sampled_from(TARGETS), st.integers(0, 1), st.booleans(), st.booleans()),
    st.tuples(st.just("do"), st.integers(0, 3), st.sampled_from(DEEDS), st.integers(0, 2)),
    st.tuples(st.just("do"), st.integers(0, 3), st.sampled_from(DEEDS), st.integers(0, 2)),
    st.tuples(st.just("wait"), st.sampled_from([1, 30, 80, 200, 500])),
)


class Life:
    """A decision of each kind, the appeals against them, and whatever is done to them."""

    def __init__(self, court: Court) -> None:
        self.court = court
        self.appeals: list[tuple[str, str]] = []
        self.targets: dict[TargetKind, UUID] = {
            "ruling": court.decided("ruling", "buyer", "shop"),
            "penalty": court.decided("penalty", "shop", judges=("officer", "second")),
            "block": court.decided("block", "buyer", judges=("manager", "third")),
            "complaint_refusal": court.decided("complaint_refusal", "buyer"),
        }

    async def do(self, step: Step) -> None:
        match step:
            case ("lodge", kind, place, new, late):
                await self._lodge(kind, place, new=new, late=late)
            case ("do", place, (who, deed, data), officer) if self.appeals:
                appeal, lodger = self.appeals[place % len(self.appeals)]
                before = await self.court.appeal(appeal)
                doer = lodger if who == "appellant" else OFFICERS[officer]
                if who == "judge" and before["judge"]:
                    doer = self.court.judge_of(before)
                answer = await self.court.does(doer, appeal, deed, data)
                assert answer.status in {200, 400, 403, 409, 422}, answer.body
                if answer.status != 200:
                    assert (await self.court.appeal(appeal))["version"] == before["version"], (
                        "a refusal wrote"
                    )
            case ("wait", hours):
                await self.court.later(hours=hours)
            case _:
                pass

    async def _lodge(self, kind: TargetKind, place: int, *, new: bool, late: bool) -> None:
        who = LODGERS[kind][place % len(LODGERS[kind])]
        more = ({"new_facts": "新的底单"} if new else {}) | ({"late_reason": "住院"} if late else {})
        answer = await self.court.lodges(who, kind, self.targets[kind], **more)
        assert answer.status in {201, 409, 422}, answer.body
        if answer.status == 201:
            self.appeals.append((answer.json["id"], who))

    async def judge(self) -> None:
        """What holds at any moment."""
        rows = await self.court.owner.fetch(
            "select a.state, a.judge = any (a.barred) as again, a.suspended, a.closed_at is null as open, "
            "(select count(*) from clocks.clock k where k.tenant = a.tenant and k.owner = a.id) as clocks, "
            "(select count(*) from appeals.happening h where h.tenant = a.tenant and h.appeal = a.id) "
            "as lines, "
            "a.version from appeals.appeal a where a.tenant = $1",
            self.court.tenant,
        )
        for _state, again, suspended, is_open, clocks, lines, version in rows:
            assert not again, "nobody decides what he decided before"
            assert clocks == (1 if is_open else 0)
            assert lines == version, "every change is written down"
            assert is_open or not suspended
        for kind, target in self.targets.items():
            done = self.court.did(kind, target)
            assert done.count("reversed") <= 1
            assert "resumed" not in done[: done.index("suspended")] if "suspended" in done else True
        for double in self.court.decisions.values():
            assert not {one for one in double.held if double.known[one].undone}

    async def silence(self) -> None:
        """Left alone, everything is with people, or over."""
        for _ in range(4):
            await self.court.later(days=40)
        for appeal, _ in self.appeals:
            assert (await self.court.appeal(appeal))["turn"] in {"people", None}


@settings(LIVED, max_examples=12)
@given(life=st.lists(steps, min_size=2, max_size=12))
async def test_whatever_happens_an_appeal_is_fair(database: Database, owner: Connection, life: list[Step]):
    court = await Court.open(database, owner)
    lived = Life(court)
    for step in life:
        await lived.do(step)
        await lived.judge()
    await lived.silence()
    await lived.judge()
