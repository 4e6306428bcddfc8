"""How instructions are kept: one function per statement of `store.sql`."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final
from uuid import UUID

from msgspec import Struct

from xiaoer.instructions.model import Instructed, Instruction, ItemsDifference, Standing
from xiaoer.plumbing.db import Tx
from xiaoer.plumbing.sql import Statements


class ToSend(Struct, frozen=True):
    """An instruction whose time to be sent has come."""

    tenant: UUID
    id: UUID


_statements: Final = Statements(__file__)
_find_by_key = _statements.rows("find_by_key", Instructed)
_find_instruction = _statements.rows("find_instruction", Instructed)
_lock_instruction = _statements.rows("lock_instruction", Instructed)
_page_of_purchase = _statements.rows("page_of_purchase", Instructed)
_waiting_of_purchase = _statements.rows("waiting_of_purchase", Instructed)
_save_difference = _statements.command("save_difference")
_page_stuck = _statements.rows("page_stuck", Instructed)
_add_instruction = _statements.command("add_instruction")
_move_instruction = _statements.command("move_instruction")
_stop_sending = _statements.command("stop_sending")
_claim_to_send = _statements.rows("claim_to_send", ToSend)
_buyer_of_shop = _statements.value("buyer_of_shop", bool)


async def find_by_key(tx: Tx, key: str) -> Instructed | None:
    """The instruction with this key."""
    return await _find_by_key.first(tx, key=key)


async def find_instruction(tx: Tx, instruction: UUID) -> Instructed | None:
    """One instruction."""
    return await _find_instruction.first(tx, id=instruction)


async def lock_instruction(tx: Tx, instruction: UUID) -> Instructed | None:
    """One instruction, kept from others until the end of the transaction."""
    return await _lock_instruction.first(tx, id=instruction)


async def page_of_purchase(tx: Tx, purchase: UUID, after: UUID | None, limit: int) -> Sequence[Instructed]:
    """What was asked of one order, in the order it was asked."""
    return await _page_of_purchase.all(tx, purchase=purchase, after=after, limit=limit)


async def waiting_of_purchase(tx: Tx, purchase: UUID) -> Instructed | None:
    """The change of an order that waits for the buyer's money."""
    return await _waiting_of_purchase.first(tx, purchase=purchase)


async def page_stuck(tx: Tx, shop: UUID, after: UUID | None, limit: int) -> Sequence[Instructed]:
    """What waits for a person of a shop, the oldest first."""
    return await _page_stuck.all(tx, shop=shop, after=after, limit=limit)


async def add_instruction(
    tx: Tx,
    wish: Instruction,
    *,
    shop: UUID | None,
    buyer: UUID,
    subject: UUID,
    row_id: str,
    rules: str,
    send_at: datetime | None,
    now: datetime,
    state: Standing = "asked",
    difference: ItemsDifference | None = None,
) -> None:
    """Write down what is asked. Raises Duplicate when its key has been used in the same moment."""
    await _add_instruction.run(
        tx,
        id=wish.id,
        key=wish.key,
        shop=shop,
        purchase=wish.purchase,
        buyer=buyer,
        kind=wish.kind,
        body=wish.body,
        state=state,
        row_id=row_id,
        rules=rules,
        subject_kind=wish.subject_kind,
        subject=subject,
        actor=wish.actor,
        send_at=send_at,
        difference=difference,
        now=now,
    )


async def move_instruction(
    tx: Tx,
    moved: Instructed,
    *,
    send_at: datetime | None,
) -> None:
    """Write the state an instruction has come to, its answer and what became of its difference."""
    await _move_instruction.run(
        tx,
        id=moved.id,
        state=moved.state,
        answer=moved.answer,
        send_at=send_at,
        settled_at=moved.settled_at,
        difference=moved.difference,
    )


async def save_difference(tx: Tx, made: Instructed) -> None:
    """Write what has become of its difference."""
    await _save_difference.run(tx, id=made.id, difference=made.difference)


async def stop_sending(tx: Tx, instruction: UUID) -> None:
    """It has been taken: wait for the answer."""
    await _stop_sending.run(tx, id=instruction)


async def claim_to_send(tx: Tx, pauses: Sequence[int], *, now: datetime, limit: int) -> Sequence[ToSend]:
    """What is to be sent now, put off by the pause (seconds) of its attempt; in a system transaction."""
    return await _claim_to_send.all(tx, pauses=list(pauses), now=now, limit=limit)


async def buyer_of_shop(tx: Tx, shop: UUID, buyer: UUID) -> bool:
    """Whether a buyer has bought in this shop."""
    return await _buyer_of_shop.one(tx, shop=shop, buyer=buyer)
