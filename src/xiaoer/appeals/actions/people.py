"""What people of the marketplace do with an appeal before they decide it."""

from datetime import datetime
from uuid import UUID

from msgspec import structs

from xiaoer.appeals.actions import assign
from xiaoer.appeals.actions.known import standing
from xiaoer.appeals.actions.move import move, note
from xiaoer.appeals.actions.stays import stays
from xiaoer.appeals.actions.targets import Targets
from xiaoer.appeals.machine import Event
from xiaoer.appeals.model import AdmitWish, Appeal, Doer
from xiaoer.appeals.rules.result import not_taken
from xiaoer.plumbing.db import Tx


async def admit(
    tx: Tx, doer: Doer, appeal: UUID, wish: AdmitWish, *, targets: Targets, now: datetime
) -> Appeal:
    """Say whether a late appeal is taken; a refusal carries its reasons and what is still possible."""
    was, _, under = await standing(tx, doer, appeal, "admit")
    if wish.admit:
        after = await move(tx, was, Event.ACCEPT, doer, under, now=now, text=wish.text)
        return await assign.by_itself(tx, after, under, now)
    changed = await stays(tx, was, targets, by=doer.person, now=now)
    statement = not_taken(was, under.book.profile, now, facts=wish.text, row="D11-A6", human=True)
    changed = structs.replace(changed, statement=statement)
    return await move(tx, was, Event.REFUSE, doer, under, now=now, changed=changed, text=wish.text)


async def ask_more(tx: Tx, doer: Doer, appeal: UUID, text: str, now: datetime) -> Appeal:
    """Ask the appellant for what is missing; he has what is left of his window (P-024)."""
    was, _, under = await standing(tx, doer, appeal, "ask_more")
    return await move(tx, was, Event.ASK_MORE, doer, under, now=now, text=text)


async def suspend(tx: Tx, doer: Doer, appeal: UUID, text: str, *, targets: Targets, now: datetime) -> Appeal:
    """Hold up what was decided while it is looked at."""
    was, _, _ = await standing(tx, doer, appeal, "suspend")
    target = await targets.find(tx, was.target_kind, was.target)
    await targets.of(was.target_kind).suspend(tx, target, by=doer.person, now=now)
    changed = structs.replace(was, suspended=True)
    return await note(tx, was, "suspended", doer, now=now, changed=changed, text=text)


async def resume(tx: Tx, doer: Doer, appeal: UUID, text: str, *, targets: Targets, now: datetime) -> Appeal:
    """Let what was decided go on."""
    was, _, _ = await standing(tx, doer, appeal, "resume")
    target = await targets.find(tx, was.target_kind, was.target)
    await targets.of(was.target_kind).resume(tx, target, by=doer.person, now=now)
    changed = structs.replace(was, suspended=False)
    return await note(tx, was, "resumed", doer, now=now, changed=changed, text=text)
