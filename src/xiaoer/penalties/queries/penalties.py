"""Penalties, points and exams of one subject, or of everybody."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final
from uuid import UUID

from xiaoer.kernel.refusal import Refusal, Refused
from xiaoer.penalties import store
from xiaoer.penalties.model import TRACKS, Effect, ExamTry, Penalty, PenaltyState, PointsEntry, TrackBalance
from xiaoer.plumbing.db import Tx

NODE_POINTS: Final = (12, 24, 36, 48)
TRIES: Final = 20


async def penalty(tx: Tx, penalty_id: UUID, subject: UUID | None = None) -> Penalty:
    """One penalty, of a subject when one is given. Raises Refusal."""
    found = await store.find_penalties(tx, [penalty_id])
    if not found or (subject is not None and found[0].subject != subject):
        raise Refusal(Refused("not_found", "penalties.unknown"))
    return found[0]


async def page(
    tx: Tx,
    *,
    subject: UUID | None = None,
    offence: str | None = None,
    state: PenaltyState | None = None,
    before: UUID | None = None,
    limit: int = 50,
) -> Sequence[Penalty]:
    """Penalties, the newest first."""
    return await store.page(tx, subject=subject, offence=offence, state=state, before=before, limit=limit)


async def balance(tx: Tx, subject: UUID) -> list[TrackBalance]:
    """The points of a subject on each track: the sum of its entries."""
    sums = await store.sums(tx, subject)
    return [
        TrackBalance(
            track,
            points := sums.get(track, 0),
            next((threshold for threshold in NODE_POINTS if threshold > points), None),
        )
        for track in TRACKS
    ]


async def entries(
    tx: Tx, subject: UUID, *, before: UUID | None = None, limit: int = 50
) -> Sequence[PointsEntry]:
    """The points ledger of a subject, the newest first."""
    return await store.entries(tx, subject, before, limit)


async def effects(tx: Tx, penalty_id: UUID) -> Sequence[Effect]:
    """The measures a penalty asked for."""
    return await store.effects(tx, [penalty_id])


async def tries(tx: Tx, shop: UUID) -> Sequence[ExamTry]:
    """The attempts of a shop at the exam, the newest first."""
    return await store.tries(tx, shop, TRIES)


async def passed_since(tx: Tx, shop: UUID, since: datetime) -> bool:
    """Whether a shop has passed the exam from a moment on."""
    return any(at >= since for at in await store.passes(tx, shop))
