"""Penalties and a shop's standing as they travel."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from msgspec import Struct

from xiaoer.identity import queries as identity
from xiaoer.measures.model import MeasureKind, SubjectKind
from xiaoer.measures.queries import measures
from xiaoer.measures.queries import views as measure_views
from xiaoer.measures.queries.views import MeasureLine
from xiaoer.penalties.model import ExamTry, Next, Penalty, PenaltyState, PointsEntry, TrackBalance
from xiaoer.penalties.queries import penalties
from xiaoer.plumbing.db import Tx

OPEN_MOST = 200
LATEST = 20


class PenaltyLine(Struct, frozen=True, kw_only=True):
    """A penalty in a list. While `appealable` its clock runs until `appeal_until`; then it is final."""

    id: UUID
    subject_kind: SubjectKind
    subject_id: UUID
    subject_name: str
    offence: str
    grade: str
    circumstances: tuple[str, ...]
    track: str | None
    points: int
    measures: tuple[MeasureKind, ...]
    days: int
    for_ever: bool
    pays_minor: int
    next: Next | None
    row: str
    basis: str
    rules_version: str
    state: PenaltyState
    at: datetime
    appeal_until: datetime
    reversed_at: datetime | None


class PenaltyWhole(Struct, frozen=True, kw_only=True):
    """One penalty with its reasons, and the measures that came of it."""

    penalty: PenaltyLine
    facts: str
    evidence: tuple[str, ...]
    automated: bool
    source_kind: str
    source_id: UUID
    reversed_why: str
    effects: list[MeasureLine]


class ShopStanding(Struct, frozen=True, kw_only=True):
    """How a shop stands: points, what binds it, its latest penalties, and whether it owes the exam."""

    tracks: list[TrackBalance]
    measures: list[MeasureLine]
    penalties: list[PenaltyLine]
    entries: list[PointsEntry]
    owes_exam: bool
    tries: list[ExamTry]


async def lines(tx: Tx, found: Sequence[Penalty]) -> list[PenaltyLine]:
    """Penalties as lists show them."""
    shops = {one.subject for one in found if one.subject_kind == "shop"}
    names = await identity.names(tx, {one.subject for one in found} - shops, shops)
    return [line(one, names.get(one.subject, "")) for one in found]


def line(one: Penalty, subject_name: str) -> PenaltyLine:
    """A penalty as a list shows it."""
    return PenaltyLine(
        id=one.id,
        subject_kind=one.subject_kind,
        subject_id=one.subject,
        subject_name=subject_name,
        offence=one.offence,
        grade=one.grade,
        circumstances=one.circumstances,
        track=one.track,
        points=one.points,
        measures=one.measures,
        days=one.days,
        for_ever=one.for_ever,
        pays_minor=one.pays_minor,
        next=one.next,
        row=one.row_id,
        basis=one.basis,
        rules_version=one.rules_version,
        state=one.state,
        at=one.at,
        appeal_until=one.appeal_until,
        reversed_at=one.reversed_at,
    )


async def whole(tx: Tx, one: Penalty, now: datetime, *, decides: bool) -> PenaltyWhole:
    """One penalty with everything about it."""
    [shown] = await lines(tx, [one])
    found = await measures.of_sources(tx, [one.id])
    return PenaltyWhole(
        penalty=shown,
        facts=one.facts,
        evidence=one.evidence,
        automated=one.automated,
        source_kind=one.source_kind,
        source_id=one.source,
        reversed_why=one.reversed_why,
        effects=await measure_views.lines(tx, found, now, decides=decides),
    )


async def standing(tx: Tx, shop: UUID, now: datetime) -> ShopStanding:
    """How a shop stands now."""
    found = await measures.of_subject(tx, shop, is_open=True, limit=OPEN_MOST)
    return ShopStanding(
        tracks=await penalties.balance(tx, shop),
        measures=await measure_views.lines(tx, found, now, decides=False),
        penalties=await lines(tx, await penalties.page(tx, subject=shop, limit=LATEST)),
        entries=list(await penalties.entries(tx, shop, limit=LATEST)),
        owes_exam=any(one.exam and one.passed_at is None for one in found),
        tries=list(await penalties.tries(tx, shop)),
    )
