"""Other items cost more: the buyer pays first, and only then the order side is asked."""

from datetime import datetime, timedelta
from uuid import UUID

from msgspec.structs import replace

from xiaoer.instructions import store
from xiaoer.instructions.actions import money, settle
from xiaoer.instructions.actions.look import look
from xiaoer.instructions.events import InstructionRefused, InstructionWaits
from xiaoer.instructions.machine import INSTRUCTION, Event, State
from xiaoer.instructions.model import Instructed, ItemsBody, ItemsDifference
from xiaoer.instructions.rules.decide import decide, refused
from xiaoer.instructions.rules.difference import still_fits
from xiaoer.instructions.rules.facts import Sight, facts
from xiaoer.instructions.rules.plans import plan
from xiaoer.kernel.refusal import Refusal, Refused
from xiaoer.ledger import queries as ledger
from xiaoer.orders.actions import changing
from xiaoer.plumbing.clock import new_id
from xiaoer.plumbing.db import Tx
from xiaoer.plumbing.events import publish
from xiaoer.rulebook import queries as rulebook
from xiaoer.rulebook.model import Book

PRICE_CHANGED = Refused("not_now", "instructions.price_changed")


def due(book: Book, difference: ItemsDifference, now: datetime) -> ItemsDifference:
    """The difference with the moment until which it may be paid."""
    return replace(difference, by=now + timedelta(hours=book.integer("instructions.top_up")))


async def wait(tx: Tx, made: Instructed, now: datetime, *, pays_now: bool) -> Instructed:
    """The buyer is asked to pay, until its clock rings; who asks for himself has chosen to pay already."""
    if pays_now:
        return await _charge(tx, made, now)
    await settle.start_pay_clock(tx, made, now)
    await _tell(tx, made, now)
    return made


async def pay(
    tx: Tx, instruction: UUID, buyer: UUID, method: str | None, now: datetime, *, purchase: UUID | None = None
) -> Instructed:
    """The buyer pays, with another way to pay when he names one. Raises Refusal, and nothing is asked of him
    when the change is not possible any more.
    """
    made = await settle.lock(tx, instruction, buyer=buyer, purchase=purchase)
    if not INSTRUCTION.takes(State(made.state), Event.PAY) or made.difference is None:
        raise Refusal(settle.NOT_WAITING)
    chosen = replace(made, difference=replace(made.difference, method=method or made.difference.method))
    _, no = await _judged(tx, chosen, now)
    if no is not None:
        raise Refusal(no)
    return await _charge(tx, chosen, now)


async def taken(tx: Tx, instruction: UUID, collection: UUID, now: datetime) -> None:
    """The buyer has paid: the order side is asked; if the change is not possible any more he gets it back."""
    made = await _paying(tx, instruction, collection)
    if made is None or made.difference is None:
        return
    aside = replace(made, difference=replace(made.difference, state="taken", confirm_url=""))
    moved = await settle.move(tx, aside, Event.TAKEN, now)
    sight, no = await _judged(tx, moved, now)
    if no is not None:
        await settle.denied(tx, moved, no.code.rpartition(".")[2], now)
        return
    book = await rulebook.book(tx, made.shop, now)
    if book.word("instructions.order_side_url"):
        await _tell(tx, moved, now)
        return
    await settle.write(tx, sight, plan(moved.kind, sight, settle.body_of(moved)), now)
    await settle.confirmed(tx, moved, now)


async def declined(tx: Tx, instruction: UUID, collection: UUID, now: datetime) -> None:
    """His money was not taken: he may try again while his time runs."""
    made = await _paying(tx, instruction, collection)
    if made is None or made.difference is None:
        return
    due_again = replace(made.difference, state="due", collection=None, declined=True, confirm_url="")
    moved = await settle.move(tx, replace(made, difference=due_again), Event.DECLINED, now)
    await _tell(tx, moved, now)


async def to_confirm(tx: Tx, instruction: UUID, collection: UUID, now: datetime) -> None:
    """The provider wants him to confirm the payment himself: he is told where."""
    made = await _paying(tx, instruction, collection)
    found = await ledger.collection(tx, collection)
    if made is None or made.difference is None or found is None:
        return
    told = replace(made, difference=replace(made.difference, confirm_url=found.confirm_url))
    await store.save_difference(tx, told)
    await _tell(tx, told, now)


async def unpaid(tx: Tx, instruction: UUID, now: datetime) -> None:
    """His time is over: nothing has happened to the order."""
    made = await store.lock_instruction(tx, instruction)
    if made is None or not INSTRUCTION.takes(State(made.state), Event.UNPAID):
        return
    moved = await settle.move(tx, made, Event.UNPAID, now)
    await publish(tx, InstructionRefused.of(moved, tx.tenant, now, answer=None))


async def cancelled(tx: Tx, instruction: UUID) -> None:
    """People called the payout of the difference off."""
    made = await store.lock_instruction(tx, instruction)
    if made is not None and made.difference is not None:
        await store.save_difference(tx, replace(made, difference=replace(made.difference, state="cancelled")))


async def _charge(tx: Tx, made: Instructed, now: datetime) -> Instructed:
    assert made.difference is not None
    found = await money.ask_buyer(tx, made, new_id(), now)
    asked = replace(made.difference, state="asked", collection=found.id, declined=False, confirm_url="")
    moved = await settle.move(tx, replace(made, difference=asked), Event.PAY, now)
    await _tell(tx, moved, now)
    return moved


async def _judged(tx: Tx, made: Instructed, now: datetime) -> tuple[Sight, Refused | None]:
    """The order as it is now, and why it cannot be changed any more."""
    assert made.purchase is not None
    assert made.difference is not None
    purchase = await changing.lock(tx, made.shop, made.purchase)
    book, body = await rulebook.book(tx, made.shop, now), settle.body_of(made)
    sight = await look(tx, book, body, purchase, made.buyer)
    no = refused(decide(book, made.kind, facts(made.kind, sight, body)))
    if no is None and isinstance(body, ItemsBody) and not still_fits(made.difference, sight, body):
        no = PRICE_CHANGED
    return sight, no


async def _paying(tx: Tx, instruction: UUID, collection: UUID) -> Instructed | None:
    """The instruction, if it waits for this collection."""
    made = await store.lock_instruction(tx, instruction)
    if made is None or made.state != State.CHARGING or made.difference is None:
        return None
    return made if made.difference.collection == collection else None


async def _tell(tx: Tx, made: Instructed, now: datetime) -> None:
    await publish(tx, InstructionWaits.of(made, tx.tenant, now, state=made.state))
