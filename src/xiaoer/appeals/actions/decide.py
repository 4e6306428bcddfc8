"""The decision: what was wrong is undone with every effect, what was right stays; both with reasons."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from msgspec import structs

from xiaoer.appeals.actions import watch
from xiaoer.appeals.actions.known import standing
from xiaoer.appeals.actions.move import move
from xiaoer.appeals.actions.stays import stays
from xiaoer.appeals.actions.targets import Targets
from xiaoer.appeals.machine import Event
from xiaoer.appeals.model import Appeal, DecideAppealWish, Doer, Effect
from xiaoer.appeals.rules.result import answered, decided
from xiaoer.appeals.store import appeals as store
from xiaoer.kernel.refusal import Refusal, Refused
from xiaoer.plumbing.db import Tx


async def decide(
    tx: Tx, doer: Doer, appeal: UUID, wish: DecideAppealWish, *, targets: Targets, now: datetime
) -> Appeal:
    """Decide an appeal.

    Raises Refusal: not_yours, unknown_evidence, evidence_unanswered, nothing_stands when somebody undid the
    decision meanwhile.
    """
    was, _, under = await standing(tx, doer, appeal, "decide")
    refused = answered(wish, await store.evidence(tx, was.id))
    if refused is not None:
        raise Refusal(refused)
    if wish.result == "upheld":
        changed, effects = was, await _reverse(tx, was, doer, wish.facts, targets=targets, now=now)
        changed = structs.replace(was, suspended=False)
    else:
        changed, effects = await stays(tx, was, targets, by=doer.person, now=now), ()
    statement = decided(was, wish, effects, under.book.profile, now)
    changed = structs.replace(changed, statement=statement)
    event = Event.UPHOLD if wish.result == "upheld" else Event.DISMISS
    after = await move(tx, was, event, doer, under, now=now, changed=changed, text=wish.facts)
    if wish.result == "upheld":
        await watch.look(tx, under.book, now)
    return after


async def _reverse(
    tx: Tx, appeal: Appeal, doer: Doer, why: str, *, targets: Targets, now: datetime
) -> Sequence[Effect]:
    target = await targets.find(tx, appeal.target_kind, appeal.target)
    if target.undone:
        raise Refusal(Refused("not_now", "appeals.nothing_stands"))
    assert doer.person is not None
    return await targets.of(appeal.target_kind).reverse(
        tx, target, appeal=appeal.id, by=doer.person, why=why, now=now
    )
