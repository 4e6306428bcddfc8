"""Asking a buyer how it was, once, and keeping what he says."""

from datetime import datetime
from uuid import UUID

from msgspec import structs

from xiaoer.clocks import actions as clocks
from xiaoer.kernel.refusal import Refusal, Refused
from xiaoer.learning.events import Rated, RatingAsked
from xiaoer.learning.machine import RATING, REMINDER_CLOCK, WINDOW_CLOCK, Answer, Asked
from xiaoer.learning.model import RatingRequest, RatingWish, Talked
from xiaoer.learning.rules import found
from xiaoer.learning.store import ratings as store
from xiaoer.plumbing.clock import new_id
from xiaoer.plumbing.db import Tx
from xiaoer.plumbing.events import publish
from xiaoer.rulebook import queries as rulebook


async def ask(tx: Tx, talked: Talked, agent: UUID | None, now: datetime) -> bool:
    """Ask the buyer about an ended consultation; False when there is nobody or nothing to ask about."""
    shop = talked.shop
    ended = await store.closed_consultation(tx, talked)
    if ended is None or ended.closed_at is None or agent is None:
        return False
    book = await rulebook.book(tx, shop, now)
    until = found.window_ends(ended.closed_at, book)
    if until <= now:
        return False
    asked = RatingRequest(
        id=new_id(),
        shop=shop,
        conversation=talked.conversation,
        consultation=talked.consultation,
        buyer=ended.buyer,
        agent=agent,
        state="asked",
        asked_at=now,
        until=until,
    )
    if not await store.add_request(tx, asked):
        return False
    reminder = min(found.reminder_at(now, book), until)
    await clocks.start(tx, owner=asked.id, name=REMINDER_CLOCK, shop=shop, due_at=reminder, now=now)
    await _tell(tx, asked, now)
    return True


async def rate(tx: Tx, buyer: UUID, conversation: UUID, wish: RatingWish, now: datetime) -> RatingRequest:
    """Keep what the buyer says of his last consultation; until the window closes he may think again.

    Raises Refusal: learning.not_asked, learning.rating_over.
    """
    asked = await store.lock_last_request(tx, conversation, buyer)
    if asked is None:
        raise Refusal(Refused("not_found", "learning.not_asked"))
    if asked.until <= now or not RATING.takes(Asked(asked.state), Answer.RATE):
        raise Refusal(Refused("not_now", "learning.rating_over"))
    await store.add_rating(tx, asked, wish, id=new_id(), at=now)
    after = await _step(tx, asked, Answer.RATE, now)
    await publish(
        tx,
        Rated(
            tenant=tx.tenant,
            at=now,
            shop=asked.shop,
            conversation=asked.conversation,
            consultation=asked.consultation,
            agent=asked.agent,
            stars=wish.stars,
        ),
    )
    return after


async def rang(tx: Tx, request: UUID, clock: str, now: datetime) -> RatingRequest | None:
    """A clock of a request rang: remind him once, or close the window. None when it stands elsewhere."""
    asked = await store.lock_request(tx, request)
    named = RATING.due.get(Asked(asked.state)) if asked else None
    if asked is None or named is None or named[0] != clock:
        return None
    return await _step(tx, asked, named[1], now)


async def _step(tx: Tx, was: RatingRequest, event: Answer, now: datetime) -> RatingRequest:
    state = RATING.step(Asked(was.state), event)
    after = structs.replace(was, state=state.value)
    await store.save_request(tx, was, after.state)
    before, named = RATING.due[Asked(was.state)][0], RATING.due.get(state)
    if named is None or named[0] != before:
        await clocks.stop(tx, was.id, before)
    if named is not None and named[0] != before:
        await clocks.start(tx, owner=was.id, name=WINDOW_CLOCK, shop=was.shop, due_at=was.until, now=now)
    await _tell(tx, after, now)
    return after


async def _tell(tx: Tx, asked: RatingRequest, now: datetime) -> None:
    await publish(
        tx,
        RatingAsked(
            tenant=tx.tenant,
            at=now,
            conversation=asked.conversation,
            consultation=asked.consultation,
            state=asked.state,
            until=asked.until,
        ),
    )
