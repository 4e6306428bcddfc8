"""What an answer does: the change is written or somebody is told; silence goes to a person."""

from datetime import datetime, timedelta
from typing import Final, cast
from uuid import UUID

import msgspec
from msgspec.structs import replace

from xiaoer.clocks import actions as clocks
from xiaoer.identity.actions import buyers
from xiaoer.instructions import store
from xiaoer.instructions.actions import money
from xiaoer.instructions.events import InstructionConfirmed, InstructionRefused, InstructionStuck
from xiaoer.instructions.machine import ANSWER_CLOCK, INSTRUCTION, PAY_CLOCK, Event, State
from xiaoer.instructions.model import BODIES, Body, Instructed, ItemsBody
from xiaoer.instructions.queries import UNKNOWN
from xiaoer.instructions.rules.facts import Sight
from xiaoer.instructions.rules.plans import Plan
from xiaoer.kernel.refusal import Refusal, Refused
from xiaoer.orders.actions import changing
from xiaoer.plumbing.clock import new_id
from xiaoer.plumbing.db import Tx
from xiaoer.plumbing.events import publish
from xiaoer.rulebook import queries as rulebook

NOT_WAITING: Final = Refused("not_now", "instructions.not_waiting")


async def write(tx: Tx, sight: Sight, plan: Plan, now: datetime) -> None:
    """Write what a granted request does to the order and to its buyer."""
    if plan.change is not None:
        await changing.change(tx, sight.order, plan.change, now=now, new_id=new_id)
    if plan.address is not None or plan.payment_methods is not None:
        await buyers.change_profile(
            tx, sight.profile.id, address=plan.address, payment_methods=plan.payment_methods
        )


async def confirmed(tx: Tx, made: Instructed, now: datetime) -> Instructed:
    """The order side has done it."""
    settled = await money.settled(tx, made, now, confirmed=True)
    moved = await move(tx, settled, Event.CONFIRM, now)
    await publish(
        tx,
        InstructionConfirmed.of(made, tx.tenant, now),
    )
    return moved


async def denied(
    tx: Tx, made: Instructed, answer: str | None, now: datetime, *, event: Event = Event.REFUSE
) -> Instructed:
    """The order side will not do it, or (event withdraw) a person gives it up."""
    settled = await money.settled(tx, made, now, confirmed=False)
    moved = await move(tx, settled, event, now, answer=answer)
    await publish(
        tx,
        InstructionRefused.of(made, tx.tenant, now, answer=answer),
    )
    return moved


async def lock(
    tx: Tx,
    instruction: UUID,
    shop: UUID | None = None,
    *,
    buyer: UUID | None = None,
    purchase: UUID | None = None,
) -> Instructed:
    """An instruction kept from others; of this shop, buyer and order when they are given. Raises Refusal."""
    found = await store.lock_instruction(tx, instruction)
    if (
        found is None
        or shop not in {None, found.shop}
        or buyer not in {None, found.buyer}
        or purchase not in {None, found.purchase}
    ):
        raise Refusal(UNKNOWN)
    return found


def body_of(made: Instructed) -> Body:
    """What it asks for; a difference is paid as its buyer chose last."""
    body = cast(Body, msgspec.convert(made.body, BODIES[made.kind]))
    if made.difference is not None and isinstance(body, ItemsBody):
        return replace(body, payment_method=made.difference.method)
    return body


async def silent(tx: Tx, instruction: UUID, now: datetime) -> None:
    """No answer in time: it is asked once more, then a person looks at it."""
    made = await store.lock_instruction(tx, instruction)
    if made is None or not INSTRUCTION.takes(State(made.state), Event.SILENT):
        return
    moved = await move(tx, made, Event.SILENT, now)
    if moved.state != State.STUCK:
        return
    await publish(
        tx,
        InstructionStuck(
            tenant=tx.tenant,
            at=now,
            instruction=made.id,
            kind=made.kind,
            shop=made.shop,
            purchase=made.purchase,
        ),
    )


async def again(tx: Tx, shop: UUID, instruction: UUID, now: datetime) -> Instructed:
    """A person has it sent once more. Raises Refusal when it does not wait for a person."""
    made = await lock(tx, instruction, shop)
    if not INSTRUCTION.takes(State(made.state), Event.AGAIN):
        raise Refusal(NOT_WAITING)
    return await move(tx, made, Event.AGAIN, now)


async def withdraw(
    tx: Tx,
    shop: UUID | None,
    instruction: UUID,
    now: datetime,
    *,
    buyer: UUID | None = None,
    purchase: UUID | None = None,
) -> Instructed:
    """A person of the shop, or the buyer, gives it up. Raises Refusal when it does not wait for a person."""
    made = await lock(tx, instruction, shop, buyer=buyer, purchase=purchase)
    if buyer is not None and made.state != State.TO_PAY:
        raise Refusal(NOT_WAITING)
    if not INSTRUCTION.takes(State(made.state), Event.WITHDRAW):
        raise Refusal(NOT_WAITING)
    return await denied(tx, made, None, now, event=Event.WITHDRAW)


async def move(
    tx: Tx, made: Instructed, event: Event, now: datetime, *, answer: str | None = None
) -> Instructed:
    """The only writer of an instruction's state: its clock stops, and that of the new state runs."""
    target = INSTRUCTION.step(State(made.state), event)
    clock = INSTRUCTION.due[target][0] if target in INSTRUCTION.due else None
    moved = replace(
        made,
        state=target.value,
        answer=answer or made.answer,
        settled_at=now if target in INSTRUCTION.final else None,
    )
    await store.move_instruction(tx, moved, send_at=now if clock == ANSWER_CLOCK else None)
    for name in (ANSWER_CLOCK, PAY_CLOCK):
        if name != clock:
            await clocks.stop(tx, made.id, name)
    if clock is not None:
        due_at = await _due(tx, moved, clock, now)
        await clocks.start(tx, owner=made.id, name=clock, due_at=due_at, now=now, shop=made.shop)
    return moved


async def start_pay_clock(tx: Tx, made: Instructed, now: datetime) -> None:
    """From now on the buyer's silence is counted."""
    due_at = await _due(tx, made, PAY_CLOCK, now)
    await clocks.start(tx, owner=made.id, name=PAY_CLOCK, due_at=due_at, now=now, shop=made.shop)


async def _due(tx: Tx, made: Instructed, clock: str, now: datetime) -> datetime:
    if clock == PAY_CLOCK and made.difference is not None and made.difference.by is not None:
        return made.difference.by
    book = await rulebook.book(tx, made.shop, now)
    return now + timedelta(minutes=book.integer("instructions.answer_minutes"))
