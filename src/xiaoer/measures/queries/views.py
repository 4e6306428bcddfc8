"""Measures as they travel: what binds, until when, why, and what the viewer may do."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from msgspec import Struct

from xiaoer.clocks import queries as clocks
from xiaoer.identity import queries as identity
from xiaoer.measures import store
from xiaoer.measures.model import (
    EndedWhy,
    Happening,
    Measure,
    MeasureKind,
    MeasureState,
    MeasureStatement,
    SourceKind,
    SubjectKind,
)
from xiaoer.measures.rules.deeds import MeasureDeed, deeds
from xiaoer.plumbing.db import Tx


class MeasureLine(Struct, frozen=True, kw_only=True):
    """A measure in a list, with its countdown.

    `clock` runs until `due_at`; `then` is what happens then, a key `then.<…>` of the catalogue measures.
    `binds`: it takes something away now. `late`: its notice was not published within its working day.
    """

    id: UUID
    subject_kind: SubjectKind
    subject_id: UUID
    subject_name: str
    kind: MeasureKind
    reason: str
    state: MeasureState
    binds: bool
    source_kind: SourceKind
    source_id: UUID
    begins_at: datetime
    ends_at: datetime | None
    exam: bool
    exam_passed_at: datetime | None
    ended_at: datetime | None
    ended_why: EndedWhy | None
    publish_by: datetime | None
    published_at: datetime | None
    late: bool
    clock: str | None
    due_at: datetime | None
    then: str | None
    statement: MeasureStatement
    deeds: list[MeasureDeed]


class MeasureWhole(Struct, frozen=True, kw_only=True):
    """One measure with its history."""

    measure: MeasureLine
    history: list[Happening]


async def lines(tx: Tx, found: Sequence[Measure], now: datetime, *, decides: bool) -> list[MeasureLine]:
    """Measures as they travel; `decides`: to people of the marketplace, who may do something about them."""
    running = {one.owner: one for one in reversed(await clocks.running(tx, [each.id for each in found]))}
    shops = await identity.shops(tx, [one.subject for one in found if one.subject_kind == "shop"])
    people = await identity.people(tx, [one.subject for one in found if one.subject_kind == "person"])
    made: list[MeasureLine] = []
    for one in found:
        clock = running.get(one.id)
        shop, person = shops.get(one.subject), people.get(one.subject)
        made.append(
            MeasureLine(
                id=one.id,
                subject_kind=one.subject_kind,
                subject_id=one.subject,
                subject_name=shop.name if shop else person.display_name if person else "",
                kind=one.kind,
                reason=one.reason,
                state=one.state,
                binds=one.binds(now),
                source_kind=one.source_kind,
                source_id=one.source,
                begins_at=one.begins_at,
                ends_at=one.ends_at,
                exam=one.exam,
                exam_passed_at=one.passed_at,
                ended_at=one.ended_at,
                ended_why=one.ended_why,
                publish_by=one.publish_by,
                published_at=one.published_at,
                late=one.late,
                clock=clock.name if clock else None,
                due_at=clock.due_at if clock else None,
                then=then(one, clock.name) if clock else None,
                statement=one.statement,
                deeds=deeds(one) if decides else [],
            )
        )
    return made


async def whole(tx: Tx, one: Measure, now: datetime, *, decides: bool) -> MeasureWhole:
    """One measure with its history."""
    [line] = await lines(tx, [one], now, decides=decides)
    return MeasureWhole(measure=line, history=list(await store.happenings(tx, one.id)))


def then(one: Measure, clock: str) -> str:
    """What happens when the clock of a measure rings."""
    if clock != "measures.end":
        return clock.removeprefix("measures.")
    return "exam" if one.exam and one.passed_at is None else "ends"
