"""Who looks at an appeal: somebody who had no part in the decision, whoever has least to do."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Final
from uuid import UUID

from msgspec import structs

from xiaoer.appeals.actions.known import Ground, standing
from xiaoer.appeals.actions.move import move
from xiaoer.appeals.machine import Event
from xiaoer.appeals.model import PROGRAM, Appeal, Doer
from xiaoer.appeals.rules.deeds import is_barred
from xiaoer.appeals.store import appeals as store
from xiaoer.identity import queries as identity
from xiaoer.kernel.refusal import Refusal, Refused
from xiaoer.plumbing.db import Tx

_PEOPLE_MAX: Final = 500
_NEVER: Final = datetime(1, 1, 1, tzinfo=UTC)


async def by_itself(tx: Tx, appeal: Appeal, under: Ground, now: datetime) -> Appeal:
    """Give an accepted appeal to whoever has least to do; it stays where it is when nobody may have it."""
    if appeal.state != "accepted" or not under.book.boolean("appeals.assign_itself"):
        return appeal
    free = await _free(tx, appeal)
    if not free:
        return appeal
    loads = await store.loads(tx, free)
    chosen = min(loads, key=lambda one: (one.open, one.last_at or _NEVER, one.person))
    return await _give(tx, appeal, chosen.person, PROGRAM, under=under, now=now)


async def take(tx: Tx, doer: Doer, appeal: UUID, now: datetime) -> Appeal:
    """Somebody takes an appeal nobody looks at. Raises Refusal(barred) for whoever decided before."""
    was, _, under = await standing(tx, doer, appeal, "take")
    assert doer.person is not None
    return await _give(tx, was, doer.person, doer, under=under, now=now)


async def give(tx: Tx, doer: Doer, appeal: UUID, person: UUID, now: datetime) -> Appeal:
    """Give an appeal to an officer. Raises Refusal: barred, no_officer."""
    was, _, under = await standing(tx, doer, appeal, "assign")
    if is_barred(was, Doer("people", person)):
        raise Refusal(Refused("not_allowed", "appeals.barred"))
    if person not in await _free(tx, was):
        raise Refusal(Refused("not_found", "appeals.no_officer"))
    return await _give(tx, was, person, doer, under=under, now=now)


async def step_aside(tx: Tx, doer: Doer, appeal: UUID, why: str, now: datetime) -> Appeal:
    """Whoever has it must or would rather not decide it; he never gets it again, somebody else does."""
    was, _, under = await standing(tx, doer, appeal, "step_aside")
    assert doer.person is not None
    changed = structs.replace(was, judge=None, barred=(*was.barred, doer.person))
    after = await move(tx, was, Event.STEP_ASIDE, doer, under, now=now, changed=changed, text=why)
    return await by_itself(tx, after, under, now)


async def _free(tx: Tx, appeal: Appeal) -> Sequence[UUID]:
    officers = await identity.people_page(tx, kind="staff", role="officer", limit=_PEOPLE_MAX)
    return [
        one.id
        for one in officers
        if one.disabled_at is None and not is_barred(appeal, Doer("people", one.id))
    ]


async def _give(tx: Tx, was: Appeal, person: UUID, doer: Doer, *, under: Ground, now: datetime) -> Appeal:
    changed = structs.replace(was, judge=person)
    return await move(tx, was, Event.ASSIGN, doer, under, now=now, changed=changed)
