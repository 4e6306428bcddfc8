"""Points become a coupon of the marketplace, by the rate of the rulebook, when their owner wants it."""

from datetime import datetime
from typing import Final
from uuid import UUID

from xiaoer.compensation import store
from xiaoer.compensation.actions.grants import grant
from xiaoer.compensation.actions.money import EXCHANGED, lock_points, take_points
from xiaoer.compensation.model import ExchangeWish, Grant, GrantWish
from xiaoer.compensation.queries.grants import points
from xiaoer.compensation.rules.carrying import worth_minor
from xiaoer.identity import queries as identity
from xiaoer.kernel.refusal import Refusal, Refused
from xiaoer.plumbing.clock import new_id
from xiaoer.plumbing.db import Tx
from xiaoer.rulebook import queries as rulebook
from xiaoer.rulebook.actions import decide

TABLE: Final = "compensation.exchange"


async def exchange(tx: Tx, wish: ExchangeWish, *, person: UUID, now: datetime) -> Grant:
    """Exchange points for a coupon; the same wish again answers with the first coupon. Raises Refusal.

    Codes: those of the table; compensation.key_taken when the id stands for another wish.
    """
    await lock_points(tx, person)
    if (before := await store.find_by_key(tx, _key(wish))) is not None:
        if (before.receiver, before.note) != (person, _note(wish)):
            raise Refusal(Refused("not_now", "compensation.key_taken"))
        return before
    book = await rulebook.book(tx, None, now)
    worth = worth_minor(book, wish.points)
    reached = worth > 0 and wish.points >= book.integer("compensation.exchange_least")
    facts = {
        "points": "enough" if await points(tx, person) >= wish.points else "short",
        "least": "reached" if reached else "below",
    }
    decision = await decide(
        tx,
        book,
        TABLE,
        facts,
        id=new_id(),
        shop=None,
        subject_kind="grant",
        subject=wish.id,
        actor=person,
        now=now,
    )
    answer = str(decision.outcome["answer"])
    if answer != "give":
        raise Refusal(Refused("refused", f"compensation.{answer}", row=decision.row))
    await take_points(tx, wish.id, person, wish.points, now)
    return await grant(
        tx,
        GrantWish(
            id=wish.id,
            key=_key(wish),
            kind="coupon",
            bearer="marketplace",
            to_kind="person",
            receiver=person,
            amount_minor=worth,
            currency=(await identity.marketplace(tx)).currency,
            purpose="exchange",
            subject_kind=EXCHANGED,
            subject=wish.id,
            note=_note(wish),
        ),
        now,
    )


def _key(wish: ExchangeWish) -> str:
    return f"{EXCHANGED}:{wish.id}"


def _note(wish: ExchangeWish) -> str:
    """How many points it was: a number, the same in every language."""
    return str(wish.points)
