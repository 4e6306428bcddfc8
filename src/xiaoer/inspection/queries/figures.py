"""How shops and their agents did over some days: the sums of their inspections."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from msgspec import Struct

from xiaoer.clocks.model import ResponseProfile
from xiaoer.clocks.rules.figures import facts_of
from xiaoer.clocks.rules.profiles import profile_of
from xiaoer.identity import queries as identity
from xiaoer.inspection.model import STEPS, StepName
from xiaoer.inspection.store import scores as store
from xiaoer.inspection.store.scores import FigureRow
from xiaoer.kernel.refusal import Refusal, Refused
from xiaoer.plumbing.db import Tx
from xiaoer.rulebook import queries as rulebook

DAYS: Final = 30
DAYS_MAX: Final = 92


class StepMean(Struct, frozen=True):
    """How a step went over many consultations: how often it was called for, its mean points 0…2."""

    step: StepName
    called: int
    points: float | None


class Standing(Struct, frozen=True, kw_only=True):
    """How one agent, or a whole shop (`agent_id` None), did over some days.

    `assessed` is false below the response profile's minimum of rounds: shown, not judged (D16).
    """

    agent_id: UUID | None
    name: str
    inspected: int
    score: float | None
    failed: int
    flagged: int
    rounds: int
    in_time_percent: float | None
    average_seconds: float | None
    dissatisfied_percent: float | None
    assessed: bool
    steps: tuple[StepMean, ...]


class Figures(Struct, frozen=True, rename={"since": "from", "until": "to"}):
    """Inspection figures of a shop with the facts that fill the printed formulas (`formula.…`)."""

    since: datetime
    until: datetime
    profile: str
    shop: Standing
    agents: tuple[Standing, ...]
    facts: dict[str, int | str]


async def figures(
    tx: Tx,
    shop: UUID,
    *,
    since: datetime | None,
    until: datetime | None,
    agent: UUID | None,
    now: datetime,
) -> Figures:
    """How a shop and its agents did; `agent` leaves only his own line beside the shop's. Raises Refusal."""
    until = until or now
    since = since or until - timedelta(days=DAYS)
    if not since < until <= since + timedelta(days=DAYS_MAX):
        raise Refusal(Refused("invalid", "inspection.figures_when", facts={"days": DAYS_MAX}))
    profile = profile_of(await rulebook.book(tx, shop, now))
    rows = await store.figures(tx, shop, since=since, until=until, agent=None)
    shown = [row for row in rows if row.agent is not None and agent in {None, row.agent}]
    names = await identity.people(tx, [row.agent for row in shown if row.agent is not None])
    agents = [
        _standing(row, names[row.agent].display_name, profile)
        for row in shown
        if row.agent is not None and row.agent in names
    ]
    agents.sort(key=lambda one: (-one.inspected, one.name))
    facts = {name: value for name, value in facts_of(profile).items() if isinstance(value, int | str)}
    whole = _standing(_summed(rows), "", profile)
    return Figures(since, until, profile.name, whole, tuple(agents), facts)


def _summed(rows: Sequence[FigureRow]) -> FigureRow:
    def total(name: str) -> int:
        return sum(getattr(row, name) for row in rows)

    return FigureRow(
        agent=None,
        called=tuple(sum(row.called[place] for row in rows) for place in range(len(STEPS))),
        points=tuple(sum(row.points[place] for row in rows) for place in range(len(STEPS))),
        **{name: total(name) for name in FigureRow.__struct_fields__[1:-2]},
    )


def _standing(row: FigureRow, name: str, profile: ResponseProfile) -> Standing:
    def per(numerator: float, denominator: int, scale: float = 1.0) -> float | None:
        return round(scale * numerator / denominator, 1) if denominator else None

    return Standing(
        agent_id=row.agent,
        name=name,
        inspected=row.inspected,
        score=per(row.score_tenths / 10, row.scored),
        failed=row.failed,
        flagged=row.flagged,
        rounds=row.rounds,
        in_time_percent=per(row.in_time, row.rounds, 100),
        average_seconds=per(row.total_seconds, row.rounds),
        dissatisfied_percent=per(row.dissatisfied, row.turns, 100),
        assessed=0 < row.rounds >= profile.minimum,
        steps=tuple(
            StepMean(step, row.called[place], per(row.points[place], row.called[place]))
            for place, step in enumerate(STEPS)
        ),
    )
