"""What a shop knows for certain: written by whoever leads it; a fact that changes is another fact."""

from datetime import datetime
from uuid import UUID

from xiaoer.inspection.model import Fact, FactWish
from xiaoer.inspection.store import facts as store
from xiaoer.kernel.refusal import Refusal, Refused
from xiaoer.plumbing.clock import new_id
from xiaoer.plumbing.db import Tx
from xiaoer.rulebook import queries as rulebook

UNKNOWN = Refused("not_found", "inspection.unknown_fact")
MOST = "inspection.facts_most"


async def add(
    tx: Tx, shop: UUID, wish: FactWish, person: UUID, now: datetime, *, replaces: UUID | None = None
) -> Fact:
    """Add a fact. Raises Refusal for one that says nothing, and for more than a shop may have."""
    about, says, never = (_clean(words) for words in (wish.about, wish.says, wish.never))
    if not about or not (says or never):
        raise Refusal(Refused("invalid", "inspection.empty_fact"))
    most = (await rulebook.book(tx, shop, now)).integer(MOST)
    if await store.count(tx, shop) >= most:
        raise Refusal(Refused("refused", "inspection.too_many_facts", facts={"most": most}))
    fact = Fact(new_id(), wish.title.strip(), about, says, never, person, now, replaces)
    await store.add(tx, shop, fact)
    return fact


async def change(tx: Tx, shop: UUID, id: UUID, wish: FactWish, *, person: UUID, now: datetime) -> Fact:
    """Put another fact in the place of one. Raises Refusal as `add`, and when there is none."""
    await archive(tx, shop, id, person, now)
    return await add(tx, shop, wish, person, now, replaces=id)


async def archive(tx: Tx, shop: UUID, id: UUID, person: UUID, now: datetime) -> None:
    """Put a fact away; what was inspected under it stays as it is. Raises Refusal when there is none."""
    if not await store.archive(tx, shop, id, person, now):
        raise Refusal(UNKNOWN)


def _clean(words: list[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(word.strip() for word in words if word.strip()))
