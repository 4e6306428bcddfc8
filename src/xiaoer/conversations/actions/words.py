"""Words of a shop to a buyer that travel with something else than a message: the same guard for all."""

from datetime import datetime
from uuid import UUID

from xiaoer.conversations.actions.own import own_of
from xiaoer.conversations.rules.own import may_be_theirs
from xiaoer.guard.model import Context
from xiaoer.guard.queries import guard_book
from xiaoer.guard.rules import must_be_changed, review
from xiaoer.kernel.refusal import Refusal
from xiaoer.plumbing.db import Tx
from xiaoer.rulebook import queries as rulebook


async def fit(tx: Tx, shop: UUID, buyer: UUID, text: str, now: datetime) -> None:
    """Hold what a shop writes to a buyer against the guard; his own data repeated to him are no leak.

    Raises Refusal(guard.must_be_changed).
    """
    if not text.strip():
        return
    book = guard_book(await rulebook.book(tx, shop, now))
    found = review(text, Context(role="agent", now=now), book)
    if may_be_theirs(found, text):
        own = await own_of(tx, shop, buyer)
        found = review(text, Context(role="agent", own_data=own, now=now), book)
    if not found.sendable:
        raise Refusal(must_be_changed(found))
