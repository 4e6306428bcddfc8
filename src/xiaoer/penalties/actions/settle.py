"""What follows from a subject's penalties is brought about: measures begin and end, points come right."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Final, Literal
from uuid import UUID

from xiaoer.identity import queries as identity
from xiaoer.measures.actions import impose as measures
from xiaoer.measures.model import Measure, MeasureStatement, MeasureWish, SubjectKind
from xiaoer.measures.queries import measures as known_measures
from xiaoer.penalties import store
from xiaoer.penalties.model import TRACKS, Course, Effect, EntryReason, Penalty, Planned, Track
from xiaoer.penalties.rules.course import course, year_ends
from xiaoer.plumbing import clock
from xiaoer.plumbing.db import Tx
from xiaoer.rulebook import queries as rulebook
from xiaoer.rulebook.model import Book

_TICK: Final = timedelta(microseconds=1)


async def walk(tx: Tx, penalties: Sequence[Penalty], subject: UUID, now: datetime) -> Course:
    """What follows from the penalties of a subject at this moment."""
    zone = (await identity.marketplace(tx)).time_zone
    moments = {one.at for one in penalties}
    if penalties:
        first = min(moments)
        moments |= {end - _TICK for end in year_ends(first, now, zone)}
    books: Mapping[datetime, Book] = {at: await rulebook.book(tx, None, at) for at in moments}
    passed = await store.passes(tx, subject)
    return course(penalties, passed, now, rules=lambda at: books[at], zone=zone)


async def settle(
    tx: Tx,
    subject_kind: SubjectKind,
    subject: UUID,
    now: datetime,
    *,
    why: Literal["reversed", "replaced"],
    reason: EntryReason,
    by: UUID | None = None,
) -> Course:
    """Make measures and points what follows from the penalties that stand; the subject is locked."""
    penalties = await store.all_of_subject(tx, subject)
    found = await walk(tx, penalties, subject, now)
    await _points(tx, store.Subject(subject_kind, subject), found.points, reason, now)
    await _measures(tx, penalties, found.planned, now, why=why, by=by)
    return found


async def _points(
    tx: Tx,
    who: store.Subject,
    wanted: Mapping[Track, int],
    reason: EntryReason,
    now: datetime,
) -> None:
    """Entries are only added: what is missing to the right sum is an entry of its own."""
    sums = await store.sums(tx, who.subject)
    for track in TRACKS:
        difference = wanted[track] - sums.get(track, 0)
        if difference:
            await store.insert_entry(
                tx,
                clock.new_id(),
                subject_kind=who.subject_kind,
                subject=who.subject,
                track=track,
                points=difference,
                reason=reason,
                at=now,
            )


async def _measures(
    tx: Tx,
    penalties: Sequence[Penalty],
    planned: Sequence[Planned],
    now: datetime,
    *,
    why: Literal["reversed", "replaced"],
    by: UUID | None,
) -> None:
    by_id = {one.id: one for one in penalties}
    effects = {one.measure: one for one in await store.effects(tx, list(by_id))}
    held = {one.id: one for one in await known_measures.of_sources(tx, list(by_id)) if one.id in effects}
    wanted = {_key(one): one for one in planned}
    settled = set[object]()
    for measure in held.values():
        key = _key(effects[measure.id])
        if key in wanted and _stands(measure):
            settled.add(key)
        elif measure.binds(now) or measure.state == "suspended":  # what ran out is left to its clock
            await measures.end(tx, measure.id, why, now, by=by)
    for key, one in wanted.items():
        if key not in settled:
            await _begin(tx, by_id[one.penalty], one, now)


def _stands(measure: Measure) -> bool:
    """Whether a measure answers what is wanted: it runs, or ended by itself or by an officer."""
    return measure.state != "ended" or measure.ended_why in {"over", "lifted"}


def _key(one: Planned | Effect) -> object:
    return one.penalty, one.kind, one.node, one.begins_at, one.ends_at


async def _begin(tx: Tx, penalty: Penalty, one: Planned, now: datetime) -> None:
    """Impose a measure, with the reasons of the penalty it rests on (L-091, X-006)."""
    passed = await store.passes(tx, penalty.subject) if one.exam else ()
    made = await measures.begin(
        tx,
        MeasureWish(
            id=clock.new_id(),
            subject_kind=penalty.subject_kind,
            subject=penalty.subject,
            kind=one.kind,
            source_kind="penalty",
            source=penalty.id,
            reason=penalty.offence,
            statement=MeasureStatement(
                facts=penalty.facts,
                table=one.table,
                row=one.row,
                basis=one.basis,
                rules_version=penalty.rules_version,
                evidence=penalty.evidence,
                automated=penalty.automated,
                decided_by=penalty.decided_by,
                appeal_until=penalty.appeal_until,
            ),
            begins_at=now,
            ends_at=one.ends_at,
            exam=one.exam and not any(one.begins_at <= at <= now for at in passed),
        ),
        now,
    )
    await store.insert_effect(
        tx,
        Effect(
            measure=made.id,
            penalty=penalty.id,
            kind=one.kind,
            node=one.node,
            begins_at=one.begins_at,
            ends_at=one.ends_at,
        ),
    )
