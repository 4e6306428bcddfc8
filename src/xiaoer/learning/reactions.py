"""What learning does at news of a consultation read or rated, of a case, of a complaint, and at a bell."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from xiaoer.after_sale.events import CaseOpened
from xiaoer.clocks.ring import Ring
from xiaoer.complaints.events import ComplaintMoved
from xiaoer.complaints.queries import complaints
from xiaoer.inspection.events import Inspected
from xiaoer.learning.actions import dialogues, ratings
from xiaoer.learning.actions.find import look
from xiaoer.learning.events import Rated
from xiaoer.learning.machine import DIALOGUE, RATING
from xiaoer.learning.model import Talked
from xiaoer.learning.queries.ratings import ended_with
from xiaoer.plumbing.db import Tx
from xiaoer.rulebook import queries as rulebook

RATING_CLOCKS: Final = RATING.clocks
DIALOGUE_CLOCKS: Final = DIALOGUE.clocks


async def on_inspected(tx: Tx, event: Inspected, now: datetime) -> None:
    """A consultation has been read: its buyer is asked how it was, and its words may speak already."""
    talked = Talked(event.shop, event.conversation, event.consultation)
    await ratings.ask(tx, talked, event.agent, now)
    await look(tx, talked, now)


async def on_rated(tx: Tx, event: Rated, now: datetime) -> None:
    """Few stars make a dialogue an unsatisfied one."""
    await look(tx, Talked(event.shop, event.conversation, event.consultation), now)


async def on_case_opened(tx: Tx, events: Sequence[CaseOpened], now: datetime) -> None:
    """A refund asked for soon after a talk says something about the talk."""
    asked = [(one.shop, one.buyer, await _since(tx, one.shop, now, now)) for one in events]
    for one in await ended_with(tx, asked):
        await look(tx, one, now)


async def _since(tx: Tx, shop: UUID, at: datetime, now: datetime) -> datetime:
    """From when on a talk may be what something at a moment came of."""
    book = await rulebook.book(tx, shop, now)
    return at - timedelta(days=book.integer("learning.outcome_days"))


async def on_complaint_moved(tx: Tx, event: ComplaintMoved, now: datetime) -> None:
    """A complaint of a buyer that was taken on says something about the talks he had before it."""
    if event.side != "accused" or event.state != "accepted" or event.was == event.state:
        return
    found = await complaints.find(tx, event.complaint)
    if found is None or found.complainant_kind != "person":
        return
    since = await _since(tx, event.shop, found.lodged_at, now)
    for one in await ended_with(tx, [(event.shop, found.complainant, since)]):
        await look(tx, one, now)


async def on_rating_rang(tx: Tx, ring: Ring, now: datetime) -> None:
    """Remind once, or close the window."""
    if ring.kind == "due":
        await ratings.rang(tx, ring.owner, ring.name, now)


async def on_dialogue_rang(tx: Tx, ring: Ring, now: datetime) -> None:
    """Silence acts; or the time has come to see whether the cause came back."""
    if ring.kind == "due":
        await dialogues.fell_due(tx, ring.owner, ring.name, now)
