"""A consultation is inspected and its score kept: when it closes, by night if long, or when asked."""

from datetime import datetime
from uuid import UUID

from xiaoer.clocks import queries as clocks
from xiaoer.clocks.rules.profiles import profile_of
from xiaoer.guard.model import Context as GuardContext
from xiaoer.guard.queries import guard_book
from xiaoer.inspection.actions.reading import log_reading
from xiaoer.inspection.events import Inspected
from xiaoer.inspection.model import Cause, InspectionScore, Talk
from xiaoer.inspection.queries import facts
from xiaoer.inspection.queries import scores as queries
from xiaoer.inspection.rules.card import card_of
from xiaoer.inspection.rules.inspect import Context, inspect
from xiaoer.inspection.store import scores as store
from xiaoer.plumbing.clock import new_id
from xiaoer.plumbing.db import Tx
from xiaoer.plumbing.events import publish
from xiaoer.rulebook import queries as rulebook
from xiaoer.rulebook.model import Book


async def inspect_consultation(
    tx: Tx,
    shop: UUID,
    conversation: UUID,
    number: int | None,
    *,
    cause: Cause,
    now: datetime,
    person: UUID | None = None,
    role: str = "system",
) -> InspectionScore | None:
    """Inspect a consultation, or (None) a conversation's last; None when there is nothing new to inspect.

    Results are only added: a consultation that goes on or is opened again gets another one. The words are
    read masked, and the reading is written down.
    """
    about = await queries.consultation_of(tx, shop, conversation, number)
    if about is None:
        return None
    talk = await queries.talk_of(tx, shop, conversation, about)
    if not talk.lines:
        return None
    book = await rulebook.book(tx, shop, now)
    context = await _context(tx, shop, talk, book, buyer=about.buyer, now=now)
    found = inspect(talk, context, card_of(book))
    await log_reading(
        tx, shop, conversation, first=found.first, last=found.last, person=person, role=role, now=now
    )
    fresh = new_id()
    kept = await store.add_score(
        tx,
        id=fresh,
        shop=shop,
        conversation=conversation,
        agent=about.assignee,
        cause=cause,
        found=found,
        now=now,
    )
    if not kept:
        return None
    score = await store.find_score(tx, fresh)
    if score is not None:
        await publish(tx, Inspected.of(score, tx.tenant, now))
    return score


async def _context(tx: Tx, shop: UUID, talk: Talk, book: Book, *, buyer: UUID, now: datetime) -> Context:
    """What holds in the shop and what is known of the buyer's order."""
    words = " ".join(line.text for line in talk.lines)
    return Context(
        profile=profile_of(book),
        calendar=(await clocks.calendar(tx, shop)).calendar(),
        guard=guard_book(book),
        now=now,
        rules=book.version,
        mood=await queries.mood_of(tx),
        situation=GuardContext(role="agent"),
        order=await queries.order_of(tx, shop, buyer, words),
        knowledge=await facts.known(tx, shop),
    )
