"""What people of the demonstration made of a few talks: read blind, graded, and one score that differs."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final, cast
from uuid import UUID

from xiaoer.cli.demo_desk import Ended
from xiaoer.grading.actions import appeals, draw, grade
from xiaoer.grading.actions.read import Reader
from xiaoer.grading.model import JUDGED, DrawWish, PartMark, Points, ScoreAppealWish, Sheet, StepMark
from xiaoer.grading.queries import samples
from xiaoer.inspection.actions.inspect import inspect_consultation
from xiaoer.inspection.model import InspectionScore
from xiaoer.inspection.queries import scores
from xiaoer.plumbing.db import Tx

EARLIER: Final = timedelta(minutes=5)
APPEAL: Final = ScoreAppealWish("买家的问题我当场查了数据才回答，这一步应当算确认过。")


async def build(
    tx: Tx,
    ended: Sequence[Ended],
    shop: UUID,
    *,
    agent: UUID,
    graders: Sequence[tuple[UUID, str]],
    now: datetime,
) -> None:
    """Every ended talk is inspected; those of one shop are drawn and graded, by as many as each wants.

    One is left to be graded, and the agent appeals a score that people have settled.
    """
    for one in ended:
        await inspect_consultation(tx, one.shop, one.conversation, None, cause="closed", now=now - EARLIER)
    wish = DrawWish(now - timedelta(days=1), now)
    await draw.draw_samples(tx, shop, wish, person=None, now=now)
    settled: dict[UUID, UUID] = {}
    left: UUID | None = None
    for place, (person, role) in enumerate(graders):
        work = await samples.page(tx, shop, person=person, open=True, before=None, limit=50, now=now)
        left = left or work[0].id
        for line in work:
            if line.id == left:
                continue
            found, _ = await grade.open_sample(tx, shop, line.id, Reader(person, role), now)
            about = await scores.score(tx, found.score)
            after = await grade.grade(tx, shop, line.id, person, _sheet(about, stricter=place > 0), now=now)
            if after.state == "settled" and about.agent_id is not None:
                settled.setdefault(about.agent_id, about.id)
    if agent in settled:
        await appeals.lodge(tx, shop, settled[agent], agent, APPEAL, now=now)


def _sheet(about: InspectionScore, *, stricter: bool) -> Sheet:
    """Much what the machine found; whoever is stricter gives less for an explanation."""
    steps = tuple(
        StepMark(
            one.step,
            1
            if stricter and one.step == "explain" and one.points == 2
            else cast("Points | None", one.points),
            one.versions[:3] or (about.first,),
        )
        for one in about.result.steps
    )
    return Sheet(steps, tuple(PartMark(part, 100) for part in JUDGED))
