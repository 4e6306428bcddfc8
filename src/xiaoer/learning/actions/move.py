"""The only writer of an unsatisfied dialogue's state: step, save, clock, history, news."""

from datetime import datetime
from uuid import UUID

from msgspec import structs

from xiaoer.clocks import actions as clocks
from xiaoer.kernel.refusal import Refusal, Refused
from xiaoer.learning.events import DialogueMoved
from xiaoer.learning.machine import DIALOGUE, Event, State
from xiaoer.learning.model import Dialogue, Signals, Talked
from xiaoer.learning.rules import found
from xiaoer.learning.store import dialogues as store
from xiaoer.plumbing.db import Tx
from xiaoer.plumbing.events import publish
from xiaoer.rulebook import queries as rulebook
from xiaoer.rulebook.model import Book

UNKNOWN = Refused("not_found", "learning.unknown_dialogue")


async def begin(
    tx: Tx,
    *,
    id: UUID,
    talked: Talked,
    agent: UUID,
    row: str,
    signals: Signals,
    book: Book,
    now: datetime,
) -> Dialogue | None:
    """Write down that a dialogue is unsatisfied, and whose turn it is; None when it is known already."""
    state = DIALOGUE.start
    clock, _ = DIALOGUE.due[state]
    dialogue = Dialogue(
        id=id,
        shop=talked.shop,
        conversation=talked.conversation,
        consultation=talked.consultation,
        agent=agent,
        state=state.value,
        version=1,
        row=row,
        signals=signals,
        cause=None,
        plan="",
        contest="",
        found_at=now,
        moved_at=now,
        planned_at=None,
        clock=clock,
        due_at=found.due(clock, now, book),
        rules_at=now,
        rules_version=book.version,
    )
    if not await store.add_dialogue(tx, dialogue):
        return None
    await store.add_step(tx, dialogue, event="found", from_state="", person=None, text="")
    await _start(tx, dialogue, now)
    await _tell(tx, dialogue, "found", now)
    return dialogue


async def locked(tx: Tx, shop: UUID, id: UUID) -> Dialogue:
    """A dialogue of a shop, locked. Raises Refusal(not_found)."""
    dialogue = await store.lock_dialogue(tx, id)
    if dialogue is None or dialogue.shop != shop:
        raise Refusal(UNKNOWN)
    return dialogue


async def move(
    tx: Tx,
    was: Dialogue,
    event: Event,
    *,
    now: datetime,
    changed: Dialogue | None = None,
    person: UUID | None = None,
    text: str = "",
) -> Dialogue:
    """Bring a locked dialogue one step on. Raises IllegalStep where its state does not take the event."""
    state = DIALOGUE.step(State(was.state), event)
    named = DIALOGUE.due.get(state)
    book = await rulebook.book(tx, was.shop, was.rules_at)
    after = structs.replace(
        changed or was,
        state=state.value,
        version=was.version + 1,
        moved_at=now,
        clock=named[0] if named else None,
        due_at=found.due(named[0], now, book) if named else None,
    )
    if not await store.save_dialogue(tx, after):
        raise RuntimeError(f"dialogue {was.id} was moved without its lock")
    if was.clock is not None and was.clock != after.clock:
        await clocks.stop(tx, was.id, was.clock)
    await _start(tx, after, now)
    await store.add_step(tx, after, event=str(event), from_state=was.state, person=person, text=text)
    await _tell(tx, after, str(event), now)
    return after


async def _start(tx: Tx, dialogue: Dialogue, now: datetime) -> None:
    if dialogue.clock is not None and dialogue.due_at is not None:
        await clocks.start(
            tx, owner=dialogue.id, name=dialogue.clock, shop=dialogue.shop, due_at=dialogue.due_at, now=now
        )


async def _tell(tx: Tx, dialogue: Dialogue, event: str, now: datetime) -> None:
    await publish(
        tx,
        DialogueMoved(
            tenant=tx.tenant,
            at=now,
            agent=dialogue.agent,
            shop=dialogue.shop,
            dialogue=dialogue.id,
            event=event,
            state=dialogue.state,
            due_at=dialogue.due_at,
        ),
    )
