"""The only writer of a dispute's state: step, save, clock, record, news; for silence as for speech."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final
from uuid import UUID

from msgspec import Struct, structs

from xiaoer.clocks import actions as clocks
from xiaoer.disputes.actions import tell
from xiaoer.disputes.actions.known import Ground
from xiaoer.disputes.machine import DISPUTE, Event, State
from xiaoer.disputes.model.court import ENDED, Dispute, Doer
from xiaoer.disputes.rules.deadlines import due, warning
from xiaoer.disputes.store import disputes as store
from xiaoer.plumbing.clock import new_id
from xiaoer.plumbing.db import Tx


class Said(Struct, frozen=True):
    """What goes into the record with a move."""

    text: str = ""
    files: Sequence[UUID] = ()
    body: Mapping[str, object] = {}


NOTHING: Final = Said()


async def move(
    tx: Tx,
    was: Dispute,
    event: Event,
    doer: Doer,
    ground: Ground,
    *,
    now: datetime,
    changed: Dispute | None = None,
    said: Said = NOTHING,
) -> Dispute:
    """Bring a locked dispute one step on; `changed` is the dispute with everything else that is new about it.

    Raises IllegalStep where the rules let through what the machine does not take.
    """
    after = stepped(was, changed or was, event, ground, now)
    await _keep(tx, was, after)
    await _clock(tx, was, after, ground, now)
    await record(tx, was, after, str(event), doer=doer, said=said, now=now)
    return after


async def note(
    tx: Tx,
    was: Dispute,
    event: str,
    doer: Doer,
    ground: Ground,
    *,
    now: datetime,
    changed: Dispute | None = None,
    said: Said = NOTHING,
) -> Dispute:
    """Write something down in a locked dispute; its state stays, its clock may be given more time."""
    after = structs.replace(changed or was, state=was.state, clock=was.clock, version=was.version + 1)
    await _keep(tx, was, after)
    if after.due_at != was.due_at:
        await _clock(tx, was, after, ground, now)
    await record(tx, was, after, event, doer=doer, said=said, now=now)
    return after


def stepped(was: Dispute, changed: Dispute, event: Event, ground: Ground, now: datetime) -> Dispute:
    """The dispute one step on, with the clock its new state names; nothing is kept yet."""
    state = DISPUTE.step(State(was.state), event)
    named = DISPUTE.due.get(state)
    leaves = state is not State.EVIDENCE and was.state == "evidence"
    ended_at = now if leaves and state is State.HEARING else changed.evidence_ended_at
    changed = structs.replace(changed, evidence_ended_at=ended_at)
    falls = due(ground.book, changed, named[0], now, ground.days) if named else None
    ends = state.value in ENDED
    return structs.replace(
        changed,
        state=state.value,
        version=was.version + 1,
        clock=named[0] if named else None,
        due_at=falls,
        stage=0,
        rest_seconds=0 if state is State.EVIDENCE else changed.rest_seconds,
        moved_at=now,
        closed_at=now if ends else None,
    )


async def _keep(tx: Tx, was: Dispute, after: Dispute) -> None:
    if not await store.save_dispute(tx, after, was.version):
        raise RuntimeError(f"dispute {was.id} was moved without its lock")


async def _clock(tx: Tx, was: Dispute, after: Dispute, ground: Ground, now: datetime) -> None:
    if was.clock is not None and was.clock != after.clock:
        await clocks.stop(tx, was.id, was.clock)
    await start_clock(tx, after, ground, now)


async def start_clock(tx: Tx, dispute: Dispute, ground: Ground, now: datetime) -> None:
    """Start the clock of a dispute, if it has one."""
    if dispute.clock is None or dispute.due_at is None:
        return
    await clocks.start(
        tx,
        owner=dispute.id,
        name=dispute.clock,
        shop=dispute.shop,
        due_at=dispute.due_at,
        warn_at=warning(ground.book, now, dispute.due_at),
        now=now,
    )


async def record(
    tx: Tx, was: Dispute, after: Dispute, event: str, *, doer: Doer, said: Said, now: datetime
) -> None:
    """Add a line to the record of a dispute and tell everybody concerned."""
    await store.insert_happening(
        tx,
        after,
        id=new_id(),
        at=now,
        event=event,
        doer=doer,
        from_state=was.state,
        text=said.text,
        files=said.files,
        body=said.body,
    )
    await tell.moved(tx, was, after, event, now)
