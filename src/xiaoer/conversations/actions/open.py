"""Where a conversation begins: a buyer comes to a shop, or the shop turns to a buyer."""

from datetime import datetime
from uuid import UUID

from msgspec import structs

from xiaoer.conversations.actions.move import lock, move
from xiaoer.conversations.machine import Event
from xiaoer.conversations.model.thread import Speaker, Thread
from xiaoer.conversations.rules.standing import standing
from xiaoer.conversations.store import read as store
from xiaoer.conversations.store import send
from xiaoer.identity import queries as identity
from xiaoer.kernel.refusal import Refusal, Refused
from xiaoer.measures.queries.standing import stopped_now
from xiaoer.orders import queries as orders
from xiaoer.plumbing.db import Tx
from xiaoer.plumbing.sql import Asked
from xiaoer.routing import actions as routing


async def ensure(
    tx: Tx,
    shop: UUID,
    id: UUID,
    *,
    buyer: UUID,
    visitor: bool,
    language: str,
    now: datetime,
) -> UUID:
    """The conversation of a buyer and a shop; made with this id when there is none. Raises Refusal.

    With a shop that a measure hides, only who has bought there begins one.
    """
    found = await store.find_of_buyer(tx, shop, buyer)
    if found is not None:
        return found
    if (await identity.shop(tx, shop)).state != "active":
        raise Refusal(Refused("not_now", "conversations.shop_closed"))
    if not await orders.purchases_of_buyer(tx, shop, buyer, limit=1):  # running business stays open (L-050)
        stopped = await stopped_now(tx, "shop", shop, "new_consultation", now, who="other")
        if stopped is not None:
            raise Refusal(stopped)
    return await _made(tx, shop, id, buyer=buyer, visitor=visitor, language=language, now=now)


def after_buying(tx: Tx, purchase: UUID, id: UUID, now: datetime) -> Asked[Thread]:
    """The conversation of an order's buyer with its shop, locked together with something else that is asked.

    Where he has none it is made with this id, in his own language, and kept from others like a locked one.
    None for an order that is not there, where the shop is closed, and where somebody else made it at the
    same moment.
    """
    return send.place_asked(tx, purchase, id, now)


async def _made(
    tx: Tx, shop: UUID, id: UUID, *, buyer: UUID, visitor: bool, language: str, now: datetime
) -> UUID:
    """A conversation made with this id, or the one that somebody made at the same moment."""
    made = await store.create_conversation(
        tx, shop, id, buyer=buyer, visitor=visitor, language=language, now=now
    ) or await store.find_of_buyer(tx, shop, buyer)
    if made is None:
        raise RuntimeError(f"the conversation of buyer {buyer} with shop {shop} vanished")
    return made


async def start(tx: Tx, speaker: Speaker, shop: UUID, id: UUID, *, buyer: UUID, now: datetime) -> Thread:
    """Somebody of the shop turns to a buyer: a consultation opens with him, unless one is open already.

    Codes: `conversations.buyer_unknown`, `conversations.not_yours`.
    """
    person = (await identity.people(tx, [buyer])).get(buyer)
    if person is None or person.kind not in {"buyer", "visitor"} or person.merged_into is not None:
        raise Refusal(Refused("not_found", "conversations.buyer_unknown"))
    conversation = await ensure(
        tx, shop, id, buyer=buyer, visitor=person.kind == "visitor", language=person.language, now=now
    )
    known = await lock(tx, conversation, speaker.person)
    was = known.thread
    if was.state not in {"idle", "closed"}:
        if standing(speaker, was, known.relation) in {"stranger", "hidden"}:
            raise Refusal(Refused("not_allowed", "conversations.not_yours"))
        return was
    if speaker.person is None:
        raise ValueError("the program does not serve conversations")
    await routing.take(tx, shop, speaker.person, now, whatever_load=True)
    return await move(
        tx,
        was,
        Event.FOLLOW_UP,
        kind="reopened",
        changed=structs.replace(was, assignee=speaker.person, consultation=was.consultation + 1),
        person=speaker.person,
        name=speaker.name,
        at=now,
    )
