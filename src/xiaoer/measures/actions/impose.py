"""A measure begins, is set aside, put back, ended, published."""

from datetime import datetime
from typing import Literal
from uuid import UUID

from msgspec import structs

from xiaoer.clocks import actions as clocks
from xiaoer.identity import queries as identity
from xiaoer.kernel.refusal import Refusal, Refused
from xiaoer.measures import store
from xiaoer.measures.actions.move import lock, move, start_clocks
from xiaoer.measures.events import MeasureBegan, StandingChanged
from xiaoer.measures.machine import PUBLISH, Event
from xiaoer.measures.model import Measure, MeasureWish
from xiaoer.measures.rules import notices
from xiaoer.plumbing.db import Tx
from xiaoer.plumbing.events import publish
from xiaoer.rulebook import queries as rulebook


async def begin(tx: Tx, wish: MeasureWish, now: datetime) -> Measure:
    """Impose a measure and tell its subject why; the same id a second time answers as the first time.

    One against a shop is published at once, or gets a clock until when a person must publish it. Raises
    Refusal: `measures.needs_an_end` for a block or an officer's measure without end and review date,
    `measures.unknown_subject`. A start before `now` becomes now: reasons are never told after it.
    """
    if known := await store.find_measures(tx, [wish.id]):
        return known[0]
    if wish.source_kind != "penalty" and wish.ends_at is None and wish.review_at is None:
        raise Refusal(Refused("invalid", "measures.needs_an_end"))
    await _known_subject(tx, wish)
    begins_at = max(wish.begins_at, now)
    ends_at = None if wish.ends_at is None else max(wish.ends_at, begins_at)
    wish = _at(wish, begins_at, ends_at)
    book = await rulebook.book(tx, None, now)
    by = at = None
    if notices.is_public(wish):
        zone = (await identity.marketplace(tx)).time_zone
        off = notices.days_off(book.words("after_sale.holidays"))
        by = notices.publish_by(now, book.integer("measures.publish_working_days"), zone, off)
        at = now if book.word("measures.published_by") == "program" else None
    await store.insert_measure(tx, wish, publish_by=by, published_at=at, at=now)
    await store.insert_happening(
        tx, wish.id, 1, "begin", from_state="in_force", state="in_force", person=_who(wish), text="", at=now
    )
    if by is not None and at is None:
        await clocks.start(tx, owner=wish.id, name=PUBLISH, due_at=by, now=now)
    made = await lock(tx, wish.id)
    await start_clocks(tx, made, now)
    await publish(
        tx,
        StandingChanged(tenant=tx.tenant, at=now, subject=wish.subject),
        MeasureBegan.of(made, tx.tenant, now, begins_at=begins_at, ends_at=ends_at),
    )
    return made


async def end(
    tx: Tx,
    measure: UUID,
    why: Literal["lifted", "reversed", "replaced"],
    now: datetime,
    *,
    by: UUID | None = None,
    text: str = "",
) -> Measure:
    """End a measure before its time; one that has ended stays as it ended."""
    was = await lock(tx, measure)
    if was.state == "ended":
        return was
    return await move(tx, was, Event.END, now, by=by, text=text, why=why)


async def suspend(tx: Tx, measure: UUID, by: UUID | None, now: datetime, *, text: str = "") -> Measure:
    """Set a measure aside: it binds nobody and its time does not run. Raises Refusal."""
    return await move(tx, await lock(tx, measure), Event.SUSPEND, now, by=by, text=text)


async def resume(tx: Tx, measure: UUID, by: UUID | None, now: datetime, *, text: str = "") -> Measure:
    """Put a measure that was set aside back in force for the time that is left. Raises Refusal."""
    return await move(tx, await lock(tx, measure), Event.RESUME, now, by=by, text=text)


async def pass_exam(tx: Tx, measure: UUID, by: UUID | None, now: datetime) -> Measure:
    """The rule exam is passed: a measure whose time is over ends, another one ends with its time (P-008)."""
    was = await lock(tx, measure)
    if was.state == "ended" or not was.exam or was.passed_at is not None:
        return was
    return await move(tx, was, Event.PASS_EXAM, now, by=by)


async def publish_notice(tx: Tx, measure: UUID, now: datetime) -> Measure:
    """Publish a measure. Raises Refusal `measures.nothing_to_publish`."""
    await lock(tx, measure)
    if not await store.publish(tx, measure, now):
        raise Refusal(Refused("not_now", "measures.nothing_to_publish"))
    await clocks.stop(tx, measure, PUBLISH)
    return await lock(tx, measure)


async def _known_subject(tx: Tx, wish: MeasureWish) -> None:
    if wish.subject_kind == "shop":
        await identity.shop(tx, wish.subject)
    else:
        await identity.person(tx, wish.subject)


def _who(wish: MeasureWish) -> UUID | None:
    return wish.statement.decided_by


def _at(wish: MeasureWish, begins_at: datetime, ends_at: datetime | None) -> MeasureWish:
    return structs.replace(wish, begins_at=begins_at, ends_at=ends_at)
