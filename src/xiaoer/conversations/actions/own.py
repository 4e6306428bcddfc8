"""A wish decided with what the buyer is known by, where that may change what the guard says."""

from uuid import UUID

from xiaoer.conversations.model.entry import Entry
from xiaoer.conversations.model.thread import Asked, Facts, Thread
from xiaoer.conversations.rules.batch import OWN, NeedsLock, ShopRules, decide
from xiaoer.conversations.rules.speak import Spoken
from xiaoer.conversations.store import own as store
from xiaoer.guard.rules import own_data
from xiaoer.kernel.refusal import Refused
from xiaoer.plumbing.db import Tx


async def decided(
    tx: Tx,
    asked: Asked,
    known: Facts,
    rules: ShopRules,
    *,
    thread: Thread,
    first: Entry | None,
    deed: str | None = None,
) -> Spoken | Entry | Refused | NeedsLock:
    """Decide one wish as `rules.batch.decide` does, the buyer's own data looked up where it asks for them."""
    decision = decide(asked, thread, known.relation, first, rules, deed=deed)
    if decision != NeedsLock(OWN):
        return decision
    own = await own_of(tx, thread.shop, thread.buyer)
    return decide(asked, thread, known.relation, first, rules, deed=deed, own=own)


async def own_of(tx: Tx, shop: UUID, buyer: UUID) -> tuple[str, ...]:
    """What a buyer is known by, and the numbers and addresses within it."""
    return own_data(await store.own_data(tx, shop=shop, buyer=buyer))
