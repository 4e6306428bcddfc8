"""How rulings are kept: what was ruled, what it did elsewhere, and what others can learn from it."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final
from uuid import UUID

import msgspec
from msgspec import Struct

from xiaoer.disputes.model.court import Dispute, Effect, EffectKind, Favour, IssueKind, Outcome, Ruling
from xiaoer.plumbing.db import Tx
from xiaoer.plumbing.sql import Statements


class Precedent(Struct, frozen=True):
    """What was ruled about something alike."""

    dispute: UUID
    ruling: UUID
    issue: IssueKind
    category: str
    standing: str
    row: str
    outcome: Outcome
    favour: Favour
    asked_minor: int
    amount_minor: int
    made_at: datetime
    reversed: bool


statements: Final = Statements(__file__, "rulings.sql")
_insert_ruling: Final = statements.command("insert_ruling")
_find_rulings: Final = statements.rows("find_rulings", Ruling)
_find_ruling: Final = statements.rows("find_ruling", Ruling)
_mark_executed: Final = statements.command("mark_executed")
_mark_read: Final = statements.command("mark_read")
_mark_dropped: Final = statements.command("mark_dropped")
_mark_reversed: Final = statements.command("mark_reversed")
_insert_effect: Final = statements.command("insert_effect")
_effects: Final = statements.rows("effects", Effect)
_undone_effect: Final = statements.value("undone_effect", UUID)
_mark_undone: Final = statements.command("mark_undone")
_insert_precedents: Final = statements.command("insert_precedents")
_reverse_precedents: Final = statements.command("reverse_precedents")
_precedents: Final = statements.rows("precedents", Precedent)


async def insert_ruling(tx: Tx, ruling: Ruling) -> None:
    """Keep a ruling."""
    plain = msgspec.to_builtins
    await _insert_ruling.run(
        tx,
        id=ruling.id,
        dispute=ruling.dispute,
        round=ruling.round,
        by=ruling.by,
        officer=ruling.officer,
        issues=plain(ruling.issues),
        facts_found=list(ruling.facts_found),
        used=list(ruling.used),
        refused=plain(ruling.refused),
        money=plain(ruling.money),
        penalty=plain(ruling.penalty),
        given=plain(ruling.grant),
        rows=plain(ruling.rows),
        rules_version=ruling.rules_version,
        automated=ruling.automated,
        text=ruling.text,
        outcome=ruling.outcome,
        favour=ruling.favour,
        now=ruling.made_at,
    )


async def rulings(tx: Tx, dispute: UUID) -> list[Ruling]:
    """The rulings of a dispute, in order."""
    return await _find_rulings.all(tx, dispute=dispute)


async def ruling(tx: Tx, ruling_id: UUID) -> Ruling | None:
    """One ruling."""
    return await _find_ruling.first(tx, id=ruling_id)


async def mark_executed(tx: Tx, ruling_id: UUID, now: datetime, appeal_until: datetime | None) -> bool:
    """Everything it orders has been done; False when that had been before."""
    return bool(await _mark_executed.run(tx, id=ruling_id, now=now, appeal_until=appeal_until))


async def mark_read(tx: Tx, ruling_id: UUID, person: UUID) -> None:
    """A second officer has read it."""
    await _mark_read.run(tx, id=ruling_id, person=person)


async def mark_dropped(tx: Tx, ruling_id: UUID, now: datetime) -> None:
    """The second reader objected: it never goes out."""
    await _mark_dropped.run(tx, id=ruling_id, now=now)


async def mark_reversed(
    tx: Tx, ruling_id: UUID, *, person: UUID | None, why: str, reversal: UUID, now: datetime
) -> bool:
    """It has been taken back; False when that had been before."""
    return bool(
        await _mark_reversed.run(tx, id=ruling_id, person=person, why=why, reversal=reversal, now=now)
    )


async def insert_effect(
    tx: Tx, ruling_id: UUID, kind: EffectKind, target: UUID, amount_minor: int = 0
) -> None:
    """Remember what a ruling had made elsewhere."""
    await _insert_effect.run(tx, ruling=ruling_id, kind=kind, target=target, amount_minor=amount_minor)


async def effects(tx: Tx, ruling_id: UUID) -> list[Effect]:
    """What a ruling had made elsewhere, in order."""
    return await _effects.all(tx, ruling=ruling_id)


async def undone_effect(tx: Tx, kind: EffectKind, target: UUID) -> UUID | None:
    """The ruling that had this made, if it was taken back and this could not be undone then."""
    return await _undone_effect.first(tx, kind=kind, target=target)


async def mark_undone(tx: Tx, effect: Effect, now: datetime) -> bool:
    """It has been undone; False when that had been before."""
    return bool(await _mark_undone.run(tx, ruling=effect.ruling, place=effect.place, now=now))


async def insert_precedents(tx: Tx, ruling: Ruling, dispute: Dispute) -> None:
    """What others can learn from a ruling, issue by issue."""
    await _insert_precedents.run(
        tx,
        ruling=ruling.id,
        dispute=ruling.dispute,
        shop=dispute.shop,
        asked_minor=dispute.asked_minor,
        issues=msgspec.to_builtins(ruling.issues),
        now=ruling.made_at,
    )


async def reverse_precedents(tx: Tx, ruling_id: UUID) -> None:
    """A ruling that was taken back teaches by that."""
    await _reverse_precedents.run(tx, ruling=ruling_id)


async def precedents(tx: Tx, dispute: UUID, kinds: Sequence[str], rows: Sequence[str]) -> list[Precedent]:
    """What was ruled about the like: of the same row of D3, and of the same kind."""
    return await _precedents.all(tx, dispute=dispute, kinds=list(kinds), rows=list(rows))
