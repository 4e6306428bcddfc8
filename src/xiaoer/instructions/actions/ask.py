"""Asking: a request that its table lets through is done at once by the embedded order side, or sent."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

import msgspec

from xiaoer.clocks import actions as clocks
from xiaoer.instructions import store
from xiaoer.instructions.actions.look import look
from xiaoer.instructions.actions.settle import confirmed, write
from xiaoer.instructions.actions.top_up import due, wait
from xiaoer.instructions.machine import ANSWER_CLOCK
from xiaoer.instructions.model import SUBJECT, Instructed, Instruction
from xiaoer.instructions.rules.decide import decide, refused
from xiaoer.instructions.rules.difference import difference_of
from xiaoer.instructions.rules.facts import facts
from xiaoer.instructions.rules.plans import plan
from xiaoer.kernel.refusal import Refusal, Refused
from xiaoer.kernel.table import Decision
from xiaoer.orders.actions import changing
from xiaoer.plumbing.clock import new_id
from xiaoer.plumbing.db import Tx
from xiaoer.rulebook import actions as keeping
from xiaoer.rulebook import queries as rulebook
from xiaoer.rulebook.model import Book

WAITS: Final = Refused("not_now", "instructions.difference_waits")
KEY_REUSED: Final = Refused("not_now", "instructions.key_reused")


async def ask(tx: Tx, wish: Instruction, now: datetime, *, book: Book | None = None) -> Instructed:
    """Ask the order side for a change of an order or of a buyer's address; answers how it stands.

    The embedded side confirms in the same transaction; a connector is asked after the commit, and the answer
    comes as InstructionConfirmed or InstructionRefused. Asking again with the same key answers what became of
    the first. `book` is the one to decide by, else that in force now. Raises Refusal, naming the row.
    """
    known = await store.find_by_key(tx, wish.key)
    purchase = None
    if known is None and wish.purchase is not None:
        purchase = await changing.lock(tx, wish.shop, wish.purchase, buyer=wish.buyer)
        known = await store.find_by_key(tx, wish.key)  # somebody may have asked while we waited
    if known is not None:
        return _same(known, wish)
    shop = purchase.shop_id if purchase else wish.shop
    held = book or await rulebook.book(tx, shop, now)
    sight = await look(tx, held, wish.body, purchase, wish.buyer)
    decision = decide(held, wish.kind, facts(wish.kind, sight, wish.body))
    if (no := refused(decision)) is not None:
        raise Refusal(no)
    difference, settling = difference_of(held, wish.kind, sight, wish.body)
    if wish.kind == "items" and wish.purchase and await store.waiting_of_purchase(tx, wish.purchase):
        raise Refusal(WAITS)
    outside = bool(held.word("instructions.order_side_url"))
    pays = difference is not None and difference.amount_minor > 0
    if difference is not None and pays:
        difference = due(held, difference, now)
    await store.add_instruction(
        tx,
        wish,
        shop=shop,
        buyer=sight.profile.id,
        subject=wish.subject or wish.purchase or sight.profile.id,
        row_id=decision.row,
        rules=decision.version,
        send_at=now if outside and not pays else None,
        now=now,
        state="to_pay" if pays else "asked",
        difference=difference,
    )
    await _record(tx, held, wish, [one for one in (settling, decision) if one], shop=shop, now=now)
    made = await _read(tx, wish.id)
    if pays:
        return await wait(tx, made, now, pays_now=wish.actor == made.buyer)
    if outside:
        await start_clock(tx, held, made, now)
        return made
    await write(tx, sight, plan(wish.kind, sight, wish.body), now)
    return await confirmed(tx, made, now)


async def _record(
    tx: Tx, book: Book, wish: Instruction, found: Sequence[Decision], *, shop: UUID | None, now: datetime
) -> None:
    """Keep what was decided, so that it can be explained."""
    kept = [
        keeping.recorded(
            book,
            one,
            id=new_id(),
            shop=shop,
            subject_kind=SUBJECT,
            subject=wish.id,
            actor=wish.actor,
            at=now,
        )
        for one in found
    ]
    await keeping.record(tx, kept)


async def start_clock(tx: Tx, book: Book, made: Instructed, now: datetime) -> None:
    """From now on the order side's silence is counted."""
    due_at = now + timedelta(minutes=book.integer("instructions.answer_minutes"))
    await clocks.start(tx, owner=made.id, name=ANSWER_CLOCK, due_at=due_at, now=now, shop=made.shop)


def _same(known: Instructed, wish: Instruction) -> Instructed:
    same = (known.kind, known.purchase, known.body) == (
        wish.kind,
        wish.purchase,
        msgspec.to_builtins(wish.body),
    )
    if not same or (wish.buyer is not None and wish.buyer != known.buyer):
        raise Refusal(KEY_REUSED)
    return known


async def _read(tx: Tx, instruction: UUID) -> Instructed:
    found = await store.find_instruction(tx, instruction)
    if found is None:
        raise LookupError(instruction)
    return found
