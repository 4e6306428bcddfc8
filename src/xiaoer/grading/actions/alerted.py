"""A talk somebody was alerted to while it ran goes before the graders as soon as it has been inspected."""

from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from xiaoer.grading.actions.move import begin
from xiaoer.grading.model import Sample
from xiaoer.grading.rules import draw as rules
from xiaoer.grading.store import samples as store
from xiaoer.inspection.actions.settle import veil
from xiaoer.inspection.queries import alerts, scores
from xiaoer.plumbing.db import Tx
from xiaoer.rulebook import queries as rulebook

DAY: Final = timedelta(days=1)
JUST_THEN: Final = timedelta(microseconds=1)


async def lay_alerted(tx: Tx, shop: UUID, score: UUID, now: datetime) -> Sample | None:
    """Lay an inspected talk before the graders when there was an alert; the first alert stands for the draw.

    None when there was none, it was read before, or so many were laid within a day (grading.alerted_most);
    such a talk keeps its weight for the next draw.
    """
    line = await scores.score(tx, score)
    raised = await alerts.of_consultation(tx, shop, line.conversation_id, line.consultation)
    if not raised:
        return None
    first = raised[-1].id
    found = await store.candidates(
        tx, shop, since=line.at, until=line.at + JUST_THEN, draw=first, now=now, limit=1, score=score
    )
    book = await rulebook.book(tx, shop, now)
    counted = await store.count_alerted(tx, shop, line.conversation_id, line.consultation, now - DAY)
    if not found or counted.this_one or counted.lately >= book.integer("grading.alerted_most"):
        return None
    chosen = rules.for_alert(rules.weigh(found[0], book, now), first.hex, book)
    sample = await begin(tx, shop, first, chosen, book=book, now=now)
    await veil(tx, shop, score, now)
    return sample
