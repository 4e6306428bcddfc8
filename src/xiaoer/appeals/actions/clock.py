"""What silence does in an appeal, and that a warning is written down."""

from datetime import datetime
from uuid import UUID

from msgspec import structs

from xiaoer.appeals.actions import assign
from xiaoer.appeals.actions.known import ground
from xiaoer.appeals.actions.move import move, note
from xiaoer.appeals.actions.stays import stays
from xiaoer.appeals.actions.targets import Targets
from xiaoer.appeals.machine import APPEAL, Event, State
from xiaoer.appeals.model import PROGRAM, Appeal
from xiaoer.appeals.rules.result import not_taken
from xiaoer.appeals.store import appeals as store
from xiaoer.plumbing.db import Tx


async def fell_due(tx: Tx, appeal: UUID, clock: str, *, targets: Targets, now: datetime) -> Appeal | None:
    """Nobody spoke: the appeal goes where its state says. None when it stands elsewhere meanwhile."""
    was = await store.lock_appeal(tx, appeal)
    if was is None or was.clock != clock:
        return None
    under = await ground(tx, was.rules_at)
    event = APPEAL.due[State(was.state)][1]
    changed = was
    if event is Event.LAPSE:
        statement = not_taken(was, under.book.profile, now, facts="", row="D11-A7", human=False)
        changed = structs.replace(await stays(tx, was, targets, by=None, now=now), statement=statement)
    after = await move(tx, was, event, PROGRAM, under, now=now, changed=changed)
    return await assign.by_itself(tx, after, under, now)


async def warned(tx: Tx, appeal: UUID, clock: str, now: datetime) -> Appeal | None:
    """The time is running out: whoever is concerned is told."""
    was = await store.lock_appeal(tx, appeal)
    if was is None or was.clock != clock:
        return None
    changed = structs.replace(was, stage=max(was.stage, 1))
    return await note(tx, was, "warned", PROGRAM, now=now, changed=changed, text="")
