"""A red packet sent in a conversation: money put aside and a card that is said, or neither."""

import secrets
from datetime import datetime
from uuid import UUID

from msgspec import Struct

from xiaoer.compensation.actions.packets import send_packet
from xiaoer.compensation.model import Amount, Grant, PacketNote, PacketPurpose, PacketWish
from xiaoer.conversations.actions.locked import say_locked
from xiaoer.conversations.actions.send import NO_CARD
from xiaoer.conversations.model.entry import Body, Entry
from xiaoer.conversations.model.thread import Asked, Message, Speaker
from xiaoer.conversations.queries import threads
from xiaoer.conversations.queries.shops import Shops
from xiaoer.conversations.rules.chain import SALT_BYTES
from xiaoer.kernel.refusal import Refusal, Refused
from xiaoer.orders import queries as orders
from xiaoer.orders.model import Purchase
from xiaoer.plumbing.clock import new_id
from xiaoer.plumbing.db import Tx


class PacketCardWish(Struct, frozen=True, forbid_unknown_fields=True):
    """A red packet for an order of the buyer one talks with; `id` is the caller's: it is sent once."""

    id: UUID
    order: UUID
    amount_minor: Amount
    purpose: PacketPurpose
    note: PacketNote = ""


async def say_packet(
    tx: Tx, speaker: Speaker, shops: Shops, conversation: UUID, wish: PacketCardWish, *, now: datetime
) -> Entry:
    """Send the packet and say its card, its note the card's words. Raises Refusal, and then nothing is sent.

    Codes: those of a red packet and of a message; conversations.card_unknown for another buyer's order.
    """
    thread = (await threads.readable(tx, speaker, conversation)).thread
    if speaker.person is None:
        raise ValueError("the program sends no red packets")
    try:
        order = await orders.purchase(tx, thread.shop, wish.order, buyer=thread.buyer)
    except Refusal:
        raise Refusal(NO_CARD) from None
    packet = PacketWish(id=wish.id, amount_minor=wish.amount_minor, purpose=wish.purpose, note=wish.note)
    grant = await send_packet(tx, thread.shop, order.id, packet, agent=speaker.person, now=now)
    message = Message(conversation, f"packet:{grant.id}", "card", grant.note, {"card": _card(grant, order)})
    said = await say_locked(
        tx, Asked(speaker, message, new_id(), secrets.token_bytes(SALT_BYTES), now), shops
    )
    if isinstance(said, Refused):
        raise Refusal(said)
    return said


def _card(grant: Grant, order: Purchase) -> Body:
    """The packet as it was when it was sent; how it stands now is asked of the packet itself."""
    return {
        "kind": "red_packet",
        "id": str(grant.id),
        "title": order.external_id,
        "order_id": str(order.id),
        "purpose": grant.purpose,
        "amount_minor": grant.amount_minor,
        "currency": grant.currency,
        **({"due_at": grant.due_at.isoformat()} if grant.due_at else {}),
    }
