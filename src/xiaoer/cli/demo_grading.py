"""What people of the demonstration made of a few talks: read blind, graded, and one score that differs."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final, cast
from uuid import UUID

from xiaoer.cli.demo_desk import Ended
from xiaoer.grading.actions import draw, grade
from xiaoer.grading.actions.read import Reader
from xiaoer.grading.model import JUDGED, DrawWish, PartMark, Points, Sheet, StepMark
from xiaoer.grading.queries import samples
from xiaoer.inspection.actions.inspect import inspect_consultation
from xiaoer.inspection.model import InspectionScore
from xiaoer.inspection.queries import scores
from xiaoer.plumbing.db import Tx

EARLIER: Final = timedelta(minutes=5)


async def build(
    tx: Tx, ended: Sequence[Ended], shop: UUID, graders: Sequence[tuple[UUID, str]], now: datetime
) -> None:
    """Every ended talk is inspected; those of one shop are drawn and graded, by as many as each wants."""
    for one in ended:
        await inspect_consultation(tx, one.shop, one.conversation, None, cause="closed", now=now - EARLIER)
    wish = DrawWish(now - timedelta(days=1), now)
    await draw.draw_samples(tx, shop, wish, person=None, now=now)
    for place, (person, role) in enumerate(graders):
        work = await samples.page(tx, shop, person=person, open=True, before=None, limit=50, now=now)
        for line in work:
            found, _ = await grade.open_sample(tx, shop, line.id, Reader(person, role), now)
            about = await scores.score(tx, found.score)
            await grade.grade(tx, shop, line.id, person, _sheet(about, stricter=place > 0), now=now)


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
