"""What follows from the penalties that stand: the points, and the measures that bind now.

Nothing is remembered but the penalties themselves: the course is walked again from the first one, and what
counts earlier cases is decided again on the way. So a penalty that is taken back leaves no trace, whatever
it had led to: that is what "as if it had never been" means.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final, cast
from zoneinfo import ZoneInfo

from xiaoer.kernel.table import Decision
from xiaoer.measures.model import MeasureKind
from xiaoer.penalties.model import TRACKS, Course, Penalty, Planned, Track
from xiaoer.penalties.rules.impose import again
from xiaoer.rulebook.model import Book

NODES: Final = "penalties.nodes"
YEAR_END: Final = "penalties.year_end"
STRIKES: Final = "penalties.strikes"


RulesAt = Callable[[datetime], Book]
"""The rules that were in force at a moment."""


@dataclass(slots=True)
class _Group:
    """The measures one node brought: alive until their time is over and the exam is passed, or replaced."""

    weight: int
    planned: list[Planned]

    def is_alive(self, at: datetime, passed: Sequence[datetime]) -> bool:
        return any(not is_over(one, at, passed) for one in self.planned)


@dataclass(slots=True)
class _Line:
    """One track on its way through the years."""

    points: int = 0
    fresh: int = 0
    carried: bool = False
    strikes: int = 0
    groups: list[_Group] = field(default_factory=list[_Group])


def course(
    penalties: Sequence[Penalty], passed: Sequence[datetime], now: datetime, *, rules: RulesAt, zone: str
) -> Course:
    """Walk from the first penalty that stands to `now`; `passed` are the moments exams were passed."""
    standing = sorted((one for one in penalties if one.state != "reversed"), key=lambda one: (one.at, one.id))
    lines: dict[Track, _Line] = {track: _Line() for track in TRACKS}
    direct: list[Planned] = []
    walked: list[Penalty] = []
    ends = year_ends(standing[0].at, now, zone) if standing else []
    for one in standing:
        while ends and ends[0] <= one.at:
            close_year(lines, rules(ends.pop(0) - timedelta(microseconds=1)))
        found = again(one, walked, rules(one.at))
        walked.append(found)
        direct += _direct(found)
        if found.track is not None:
            _add(lines[found.track], found, rules(one.at), passed)
    for end in ends:
        close_year(lines, rules(end - timedelta(microseconds=1)))
    groups = (group for line in lines.values() for group in line.groups)
    planned = [*direct, *(one for group in groups for one in group.planned)]
    return Course(
        {track: line.points for track, line in lines.items()},
        tuple(_once(one for one in planned if not is_over(one, now, passed))),
    )


def is_over(one: Planned, at: datetime, passed: Iterable[datetime]) -> bool:
    """Whether a measure's time is over and no exam is owed: passed since it began, early or late (P-008)."""
    if one.ends_at is None or at < one.ends_at:
        return False
    return not one.exam or any(one.begins_at <= each <= at for each in passed)


def year_ends(first: datetime, now: datetime, zone: str) -> list[datetime]:
    """The ends of the years (31 December 24:00 on the marketplace's wall) after `first`, up to `now`."""
    place = ZoneInfo(zone)
    year = first.astimezone(place).year + 1
    found: list[datetime] = []
    while (end := datetime(year, 1, 1, tzinfo=place)) <= now:
        if end > first:
            found.append(end)
        year += 1
    return found


def close_year(lines: dict[Track, _Line], rules: Book) -> None:
    """Clear, carry or keep each track's points; what runs goes on (P-011 to P-013)."""
    table = rules.table(YEAR_END)
    for track, line in lines.items():
        decision = table.decide(
            {"track": track, "points": line.points, "carried": line.carried, "fresh": line.fresh}
        )
        keep = decision.word("keep")
        line.carried = keep == "some"
        line.fresh = 0
        if keep != "all":
            line.points = decision.number("points_kept")


def node(one: Penalty, before: int, strikes: int, rules: Book) -> Decision:
    """Which node a penalty's points reach."""
    return rules.table(NODES).decide(
        {
            "track": one.track,
            "before": before,
            "after": before + one.points,
            "strikes": one.track == "C" and one.strike and strikes + 1 >= rules.integer(STRIKES),
        }
    )


def _add(line: _Line, one: Penalty, rules: Book, passed: Sequence[datetime]) -> None:
    decision = node(one, line.points, line.strikes, rules)
    line.points += one.points
    line.fresh += one.points
    line.strikes += one.strike
    if decision.word("node") == "none":
        return
    weight = decision.number("weight")
    alive = [group for group in line.groups if group.is_alive(one.at, passed)]
    if any(group.weight > weight for group in alive):
        return  # the heaviest alone (P-007)
    line.groups = [group for group in line.groups if group not in alive]
    line.groups.append(_Group(weight, list(_of_node(one, decision))))


def _of_node(one: Penalty, decision: Decision) -> Iterator[Planned]:
    days = None if decision.flag("for_ever") else decision.number("days")
    for kind in decision.words("measures"):
        yield Planned(
            penalty=one.id,
            kind=cast("MeasureKind", kind),
            node=decision.word("node"),
            begins_at=one.at,
            ends_at=None if days is None else one.at + timedelta(days=days),
            exam=decision.flag("exam"),
            table=NODES,
            row=decision.row,
            basis=decision.basis,
        )


def _direct(one: Penalty) -> Iterator[Planned]:
    for kind in one.measures:
        yield Planned(
            penalty=one.id,
            kind=kind,
            node="direct",
            begins_at=one.at,
            ends_at=None if one.for_ever else one.at + timedelta(days=one.days),
            exam=False,
            table=one.table_name,
            row=one.row_id,
            basis=one.basis,
        )


def _once(planned: Iterable[Planned]) -> Iterator[Planned]:
    """Of one penalty and kind only the measure that lasts longest."""
    found: dict[tuple[object, str], Planned] = {}
    for one in planned:
        known = found.get((one.penalty, one.kind))
        if known is None or _lasts(one) > _lasts(known):
            found[one.penalty, one.kind] = one
    return iter(found.values())


def _lasts(one: Planned) -> float:
    return float("inf") if one.ends_at is None else one.ends_at.timestamp()
