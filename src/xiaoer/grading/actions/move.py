"""The only writer of a sample's state: step, save, clock, history, news."""

from datetime import datetime
from uuid import UUID

from msgspec import structs

from xiaoer.clocks import actions as clocks
from xiaoer.grading.events import SampleMoved
from xiaoer.grading.machine import SAMPLE, Event, State
from xiaoer.grading.model import Chosen, Sample
from xiaoer.grading.rules.deeds import work_due
from xiaoer.grading.rules.draw import TABLE, risk_facts
from xiaoer.grading.store import samples as store
from xiaoer.kernel.refusal import Refusal, Refused
from xiaoer.plumbing.clock import new_id
from xiaoer.plumbing.db import Tx
from xiaoer.plumbing.events import publish
from xiaoer.rulebook import queries as rulebook
from xiaoer.rulebook.actions import record, recorded
from xiaoer.rulebook.model import Book

SUBJECT = "grading_sample"
UNKNOWN = Refused("not_found", "grading.unknown_sample")


async def begin(tx: Tx, shop: UUID, draw: UUID, chosen: Chosen, *, book: Book, now: datetime) -> Sample:
    """Lay a drawn talk before the graders; why it was drawn is kept, and shown when it is over."""
    clock, _ = SAMPLE.due[SAMPLE.start]
    one = chosen.candidate
    sample = Sample(
        id=new_id(),
        shop=shop,
        draw=draw,
        score=one.score,
        conversation=one.conversation,
        consultation=one.consultation,
        agent=one.agent,
        drawn_for=chosen.drawn_for,
        weight=chosen.weight,
        rows=chosen.rows,
        twice=chosen.twice,
        state=SAMPLE.start.value,
        version=1,
        holder=None,
        held_until=None,
        drawn_at=now,
        moved_at=now,
        clock=clock,
        due_at=work_due(now, book),
        rules_at=now,
        rules_version=book.version,
    )
    await store.add_sample(tx, sample)
    if chosen.drawn_for != "random":
        await record(
            tx,
            [
                recorded(
                    book,
                    decision,
                    id=new_id(),
                    shop=shop,
                    subject_kind=SUBJECT,
                    subject=sample.id,
                    actor=None,
                    at=now,
                )
                for decision in book.table(TABLE).collect(risk_facts(chosen.candidate, book, now))
            ],
        )
    await store.add_step(
        tx,
        sample.id,
        version=1,
        event="drawn",
        from_state="",
        state=sample.state,
        person=None,
        text="",
        at=now,
    )
    await _start(tx, sample, now)
    await _tell(tx, sample, now)
    return sample


async def locked(tx: Tx, shop: UUID, id: UUID) -> Sample:
    """A sample of a shop, locked. Raises Refusal(not_found)."""
    sample = await store.lock_sample(tx, id)
    if sample is None or sample.shop != shop:
        raise Refusal(UNKNOWN)
    return sample


async def move(
    tx: Tx, was: Sample, event: Event, *, now: datetime, person: UUID | None = None, text: str = ""
) -> Sample:
    """Bring a locked sample one step on. Raises IllegalStep where its state does not take the event."""
    state = SAMPLE.step(State(was.state), event)
    named = SAMPLE.due.get(state)
    book = await rulebook.book(tx, was.shop, was.rules_at)
    after = structs.replace(
        was,
        state=state.value,
        version=was.version + 1,
        holder=None,
        held_until=None,
        moved_at=now,
        clock=named[0] if named else None,
        due_at=work_due(now, book) if named else None,
    )
    if not await store.save_sample(tx, after):
        raise RuntimeError(f"sample {was.id} was moved without its lock")
    if was.clock is not None and was.clock != after.clock:
        await clocks.stop(tx, was.id, was.clock)
    await _start(tx, after, now)
    await store.add_step(
        tx,
        after.id,
        version=after.version,
        event=str(event),
        from_state=was.state,
        state=after.state,
        person=person,
        text=text,
        at=now,
    )
    await _tell(tx, after, now)
    return after


async def _start(tx: Tx, sample: Sample, now: datetime) -> None:
    if sample.clock is not None and sample.due_at is not None:
        await clocks.start(
            tx, owner=sample.id, name=sample.clock, shop=sample.shop, due_at=sample.due_at, now=now
        )


async def _tell(tx: Tx, sample: Sample, now: datetime) -> None:
    await publish(
        tx,
        SampleMoved(
            tenant=tx.tenant,
            at=now,
            shop=sample.shop,
            sample=sample.id,
            state=sample.state,
            due_at=sample.due_at,
        ),
    )
