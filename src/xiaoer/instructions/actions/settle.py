"""What an answer does: the change is written or somebody is told; silence goes to a person."""

from datetime import datetime, timedelta
from typing import Final, cast
from uuid import UUID

import msgspec
from msgspec.structs import replace

from xiaoer.clocks import actions as clocks
from xiaoer.identity.actions import buyers
from xiaoer.instructions import store
from xiaoer.instructions.events import InstructionConfirmed, InstructionRefused, InstructionStuck
from xiaoer.instructions.machine import ANSWER_CLOCK, INSTRUCTION, Event, State
from xiaoer.instructions.model import BODIES, Body, Instructed
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
    moved = await _move(tx, made, Event.CONFIRM, now)
    await publish(
        tx,
        InstructionConfirmed.of(made, tx.tenant, now),
    )
    return moved


async def denied(
    tx: Tx, made: Instructed, answer: str | None, now: datetime, *, event: Event = Event.REFUSE
) -> Instructed:
    """The order side will not do it, or (event withdraw) a person gives it up."""
    moved = await _move(tx, made, event, now, answer=answer)
    await publish(
        tx,
        InstructionRefused.of(made, tx.tenant, now, answer=answer),
    )
    return moved


async def lock(tx: Tx, instruction: UUID, shop: UUID | None = None) -> Instructed:
    """An instruction kept from others, of this shop when one is given. Raises Refusal."""
    found = await store.lock_instruction(tx, instruction)
    if found is None or (shop is not None and found.shop != shop):
        raise Refusal(UNKNOWN)
    return found


def body_of(made: Instructed) -> Body:
    """What it asks for."""
    return cast(Body, msgspec.convert(made.body, BODIES[made.kind]))


async def silent(tx: Tx, instruction: UUID, now: datetime) -> None:
    """No answer in time: it is asked once more, then a person looks at it."""
    made = await store.lock_instruction(tx, instruction)
    if made is None or not INSTRUCTION.takes(State(made.state), Event.SILENT):
        return
    moved = await _move(tx, made, Event.SILENT, now)
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
    return await _move(tx, made, Event.AGAIN, now)


async def withdraw(tx: Tx, shop: UUID, instruction: UUID, now: datetime) -> Instructed:
    """A person gives it up. Raises Refusal when it does not wait for a person."""
    made = await lock(tx, instruction, shop)
    if not INSTRUCTION.takes(State(made.state), Event.WITHDRAW):
        raise Refusal(NOT_WAITING)
    return await denied(tx, made, None, now, event=Event.WITHDRAW)


async def _move(
    tx: Tx, made: Instructed, event: Event, now: datetime, *, answer: str | None = None
) -> Instructed:
    """The only writer of an instruction's state: its clock stops, and runs anew where the state has one."""
    target = INSTRUCTION.step(State(made.state), event)
    settled_at = now if target in INSTRUCTION.final else None
    waits = target in INSTRUCTION.due
    await store.move_instruction(
        tx,
        made.id,
        target.value,
        answer=answer,
        send_at=now if waits else None,
        settled_at=settled_at,
    )
    await clocks.stop(tx, made.id, ANSWER_CLOCK)
    if waits:
        book = await rulebook.book(tx, made.shop, now)
        due_at = now + timedelta(minutes=book.integer("instructions.answer_minutes"))
        await clocks.start(tx, owner=made.id, name=ANSWER_CLOCK, due_at=due_at, now=now, shop=made.shop)
    return replace(made, state=target.value, answer=answer or made.answer, settled_at=settled_at)
