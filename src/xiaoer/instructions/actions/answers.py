"""The connector's answers: what it confirms is written here too, as it was asked."""

from datetime import datetime
from uuid import UUID

from xiaoer.instructions import store
from xiaoer.instructions.actions.look import look
from xiaoer.instructions.actions.settle import NOT_WAITING, body_of, confirmed, denied, lock, write
from xiaoer.instructions.machine import INSTRUCTION, Event, State
from xiaoer.instructions.model import Instructed
from xiaoer.instructions.rules.decide import decide, refused
from xiaoer.instructions.rules.facts import facts
from xiaoer.instructions.rules.plans import plan
from xiaoer.kernel.refusal import Refusal
from xiaoer.orders.actions import changing
from xiaoer.plumbing.db import Tx
from xiaoer.rulebook import queries as rulebook


async def answered(
    tx: Tx, instruction: UUID, now: datetime, *, confirms: bool, words: str | None, shop: UUID | None = None
) -> Instructed:
    """Take the order side's answer; hearing the same answer twice changes nothing.

    What it confirms is written to our copy of the order, unless that has moved on meanwhile: then the next
    import says how it stands. Raises Refusal when it has been answered otherwise.
    """
    made = await lock(tx, instruction, shop)
    wanted = State.CONFIRMED if confirms else State.REFUSED
    if made.state == wanted:
        return made
    if not INSTRUCTION.takes(State(made.state), Event.CONFIRM if confirms else Event.REFUSE):
        raise Refusal(NOT_WAITING)
    if not confirms:
        return await denied(tx, made, words, now)
    purchase = None if made.purchase is None else await changing.lock(tx, made.shop, made.purchase)
    book = await rulebook.book(tx, made.shop, now)
    body = body_of(made)
    sight = await look(tx, book, body, purchase, made.buyer)
    if refused(decide(book, made.kind, facts(made.kind, sight, body))) is None:
        await write(tx, sight, plan(made.kind, sight, body), now)
    return await confirmed(tx, made, now)


async def taken(tx: Tx, instruction: UUID) -> None:
    """The order side has it and will answer in its own time."""
    await store.stop_sending(tx, instruction)
