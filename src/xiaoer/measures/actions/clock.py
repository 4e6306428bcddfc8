"""The clocks of a measure ring."""

from datetime import datetime
from uuid import UUID

from xiaoer.measures import store
from xiaoer.measures.actions.move import lock, move
from xiaoer.measures.events import MeasureReviewDue, NoticeLate
from xiaoer.measures.machine import Event
from xiaoer.plumbing.db import Tx
from xiaoer.plumbing.events import publish


async def end_rang(tx: Tx, measure: UUID, now: datetime) -> None:
    """Its time is over: it ends, or waits for the exam."""
    was = await lock(tx, measure)
    if was.state != "in_force" or was.ends_at is None or was.ends_at > now:
        return
    owes_exam = was.exam and was.passed_at is None
    await move(tx, was, Event.EXAM_DUE if owes_exam else Event.RUN_OUT, now)


async def review_rang(tx: Tx, measure: UUID, now: datetime) -> None:
    """Somebody should look at it again; so that nobody is forgotten, it rings again after a while."""
    was = await lock(tx, measure)
    if was.state == "ended":
        return
    new = await move(tx, was, Event.LOOK, now)
    await publish(tx, MeasureReviewDue.of(new, tx.tenant, now, state=new.state))


async def publish_rang(tx: Tx, measure: UUID, now: datetime) -> None:
    """The working day is over and nobody has published it: the alarm of L-076."""
    was = await lock(tx, measure)
    if was.publish_by is not None and await store.mark_late(tx, measure):
        await publish(tx, NoticeLate.of(was, tx.tenant, now, publish_by=was.publish_by))
