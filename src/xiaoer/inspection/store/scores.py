"""How inspections are kept, and how the words they read are fetched."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final
from uuid import UUID

import msgspec
from msgspec import Struct

from xiaoer.inspection.model import (
    PURPOSE,
    Cause,
    Inspection,
    InspectionScore,
    Reading,
    ScoreLine,
    Settlement,
)
from xiaoer.plumbing.db import Tx
from xiaoer.plumbing.sql import Statements


class ConsultationRow(Struct, frozen=True):
    """One consultation: its stretch of the timeline and its people."""

    number: int
    opened_version: int
    last: int
    assignee: UUID | None
    buyer: UUID
    closed_at: datetime | None
    opened_at: datetime


class LineRow(Struct, frozen=True):
    """One message with what the guard said to it."""

    version: int
    role: str
    person: UUID | None
    kind: str
    text: str
    at: datetime
    guard: Mapping[str, Any] | None


class OpenRow(Struct, frozen=True):
    """A consultation that is open for long."""

    shop: UUID
    conversation: UUID
    number: int


class FigureRow(Struct, frozen=True):
    """Sums over the inspections of one agent."""

    agent: UUID | None
    inspected: int
    scored: int
    score_tenths: int
    failed: int
    flagged: int
    rounds: int
    in_time: int
    total_seconds: int
    turns: int
    dissatisfied: int
    called: tuple[int, ...]
    points: tuple[int, ...]


_statements: Final = Statements(__file__, "scores.sql")
_consultation = _statements.rows("consultation", ConsultationRow)
_lines = _statements.rows("lines", LineRow)
_long_open = _statements.rows("long_open", OpenRow)
_add_score = _statements.command("add_score")
_find_score = _statements.rows("find_score", InspectionScore)
_scores_page = _statements.rows("scores_page", ScoreLine)
_figures = _statements.rows("figures", FigureRow)
_add_settlement = _statements.command("add_settlement")
_settlements = _statements.rows("settlements", Settlement)
_add_veil = _statements.command("add_veil")
_lift_veil = _statements.command("lift_veil")
_add_reading = _statements.command("add_reading")
_readings = _statements.rows("readings", Reading)
_newest_model = _statements.value("newest_model", UUID)
_model_body = _statements.value("model_body", bytes)
_add_model = _statements.command("add_model")


async def consultation(tx: Tx, shop: UUID, conversation: UUID, number: int | None) -> ConsultationRow | None:
    """One consultation of a conversation, or (None) its last."""
    return await _consultation.first(tx, shop=shop, conversation=conversation, number=number)


async def lines(
    tx: Tx, shop: UUID, conversation: UUID, *, consultation: int, first: int, last: int, limit: int
) -> Sequence[LineRow]:
    """The messages of a stretch, recalled ones left out."""
    return await _lines.all(
        tx,
        shop=shop,
        conversation=conversation,
        consultation=consultation,
        first=first,
        last=last,
        limit=limit,
    )


async def long_open(
    tx: Tx, *, opened_before: datetime, inspected_after: datetime, limit: int
) -> Sequence[OpenRow]:
    """Consultations that are open for long and have news since they were last inspected."""
    return await _long_open.all(tx, opened_before=opened_before, inspected_after=inspected_after, limit=limit)


async def add_score(
    tx: Tx,
    *,
    id: UUID,
    shop: UUID,
    conversation: UUID,
    agent: UUID | None,
    cause: Cause,
    found: Inspection,
    now: datetime,
) -> bool:
    """Keep an inspection; false when the same stretch was inspected by the same card before."""
    return bool(
        await _add_score.run(
            tx,
            id=id,
            shop=shop,
            conversation=conversation,
            consultation=found.consultation,
            agent=agent,
            cause=cause,
            first=found.first,
            last=found.last,
            score_tenths=None if found.score is None else round(found.score * 10),
            grade=found.grade,
            flags=list(found.flags),
            turns=len(found.turns),
            dissatisfied=sum(one.label == "dissatisfied" for one in found.turns),
            rules=found.rules,
            card=found.card,
            model=found.model,
            result=msgspec.to_builtins(found),
            at=now,
        )
    )


async def find_score(tx: Tx, id: UUID) -> InspectionScore | None:
    """One inspection whole."""
    return await _find_score.first(tx, id=id)


async def scores_page(
    tx: Tx,
    shop: UUID,
    *,
    agent: UUID | None,
    conversation: UUID | None,
    grade: str | None,
    flag: str | None,
    since: datetime | None,
    until: datetime | None,
    before: UUID | None,
    limit: int,
    seen: bool,
) -> Sequence[ScoreLine]:
    """The last inspection of each consultation, the newest first; a veiled grade is only found if `seen`."""
    return await _scores_page.all(
        tx,
        shop=shop,
        agent=agent,
        conversation=conversation,
        grade=grade,
        flag=flag,
        since=since,
        until=until,
        before=before,
        limit=limit,
        seen=seen,
    )


async def figures(
    tx: Tx, shop: UUID, *, since: datetime, until: datetime, agent: UUID | None
) -> Sequence[FigureRow]:
    """Sums for each agent over a stretch of days."""
    return await _figures.all(tx, shop=shop, since=since, until=until, agent=agent)


async def add_settlement(tx: Tx, shop: UUID, score: UUID, id: UUID, settled: Settlement) -> None:
    """Add the score that stands from now on."""
    await _add_settlement.run(
        tx,
        shop=shop,
        score=score,
        id=id,
        source=settled.source,
        subject=settled.subject,
        score_tenths=None if settled.score is None else round(settled.score * 10),
        grade=settled.grade,
        steps=None if settled.steps is None else msgspec.to_builtins(settled.steps),
        row=settled.row,
        rules=settled.rules,
        at=settled.at,
    )


async def settlements(tx: Tx, shop: UUID, score: UUID) -> Sequence[Settlement]:
    """What people added to a score, in order."""
    return await _settlements.all(tx, shop=shop, score=score)


async def add_veil(tx: Tx, shop: UUID, score: UUID, at: datetime) -> None:
    """Hide a score from all but its agent."""
    await _add_veil.run(tx, shop=shop, score=score, at=at)


async def lift_veil(tx: Tx, shop: UUID, score: UUID, at: datetime) -> None:
    """Show a score again."""
    await _lift_veil.run(tx, shop=shop, score=score, at=at)


async def add_reading(
    tx: Tx,
    *,
    id: UUID,
    shop: UUID,
    conversation: UUID,
    first: int,
    last: int,
    person: UUID | None,
    role: str,
    now: datetime,
) -> None:
    """Write down that words were read for quality."""
    await _add_reading.run(
        tx,
        id=id,
        shop=shop,
        conversation=conversation,
        first=first,
        last=last,
        purpose=PURPOSE,
        person=person,
        role=role,
        at=now,
    )


async def readings(
    tx: Tx, shop: UUID, conversation: UUID, *, before: UUID | None, limit: int
) -> Sequence[Reading]:
    """Who read a conversation for quality, the newest first."""
    return await _readings.all(tx, shop=shop, conversation=conversation, before=before, limit=limit)


async def newest_model(tx: Tx) -> UUID | None:
    """The marketplace's newest model of dissatisfaction."""
    return await _newest_model.first(tx)


async def model_body(tx: Tx, id: UUID) -> bytes:
    """The file of a model."""
    return await _model_body.one(tx, id=id)


async def add_model(tx: Tx, *, id: UUID, name: str, body: bytes, now: datetime) -> None:
    """Keep a model; the newest judges."""
    await _add_model.run(tx, id=id, name=name, body=body, at=now)
