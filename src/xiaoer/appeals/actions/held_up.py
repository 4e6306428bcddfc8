"""The measures a decision stands on: held up, let go on; what ended, and what was made good, when undone."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from xiaoer.appeals.model import Effect
from xiaoer.compensation.model import Good
from xiaoer.identity import queries as identity
from xiaoer.measures.actions import impose
from xiaoer.measures.model import Measure
from xiaoer.measures.queries import measures
from xiaoer.plumbing.db import Tx


async def suspend(tx: Tx, source: UUID, *, by: UUID | None, now: datetime) -> None:
    """Set aside what binds now because of a decision."""
    for one in await measures.of_sources(tx, [source]):
        if one.state == "in_force":
            await impose.suspend(tx, one.id, by, now)


async def resume(tx: Tx, source: UUID, *, by: UUID | None, now: datetime) -> None:
    """Put back in force what was set aside."""
    for one in await measures.of_sources(tx, [source]):
        if one.state == "suspended":
            await impose.resume(tx, one.id, by, now)


async def undone(tx: Tx, source: UUID, before: Sequence[Measure]) -> list[Effect]:
    """What became of the measures of a decision that was undone; `before` are those it had."""
    after = {one.id: one for one in await measures.of_sources(tx, [source])}
    ended = [one for one in before if one.state != "ended" and after[one.id].state == "ended"]
    found = [Effect(kind="measure_ended", words=one.kind) for one in ended]
    if any(one.kind == "shield_shop" for one in ended):
        found.append(Effect(kind="visible_again"))
    if any(one.published_at for one in before):
        found.append(Effect(kind="correction_published"))
    return found


async def made_good(tx: Tx, good: Sequence[Good]) -> list[Effect]:
    """How each harm of a decision that was wrong is made good."""
    currency = (await identity.marketplace(tx)).currency
    return [
        Effect(
            kind="compensated",
            amount_minor=one.amount_minor or None,
            currency=currency if one.amount_minor else None,
            words=one.harm,
        )
        for one in good
    ]
