"""What can be done to the rulebook, and with it."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from xiaoer.identity import queries as identity
from xiaoer.kernel.refusal import Refusal, Refused, granted
from xiaoer.kernel.table import Decision
from xiaoer.plumbing import clock
from xiaoer.plumbing.db import Tx
from xiaoer.plumbing.events import publish
from xiaoer.rulebook import queries, store
from xiaoer.rulebook.events import RulebookChanged
from xiaoer.rulebook.model import Book, InForce, Notice, Recorded, RuleEntry, TableInForce, Value, text_of
from xiaoer.rulebook.rules.shelf import shelf, shipped
from xiaoer.rulebook.rules.values import NOTICES, may_set, may_set_table


async def decide(
    tx: Tx,
    book: Book,
    table: str,
    facts: Mapping[str, object],
    *,
    id: UUID,
    shop: UUID | None,
    subject_kind: str,
    subject: UUID,
    actor: UUID | None,
    now: datetime,
) -> Decision:
    """Ask a table of the book and keep what it said, so that it can be explained and decided again.

    Raises FactError for a missing, unknown or impossible fact: a fault of the program.
    """
    decision = book.table(table).decide(facts)
    kept = recorded(
        book, decision, id=id, shop=shop, subject_kind=subject_kind, subject=subject, actor=actor, at=now
    )
    await record(tx, [kept])
    return decision


def recorded(
    book: Book,
    decision: Decision,
    *,
    id: UUID,
    shop: UUID | None,
    subject_kind: str,
    subject: UUID,
    actor: UUID | None,
    at: datetime,
) -> Recorded:
    """A decision as it will be kept."""
    return Recorded(
        id=id,
        shop=shop,
        table=decision.table,
        version=book.version,
        wording=decision.version,
        row=decision.row,
        inputs=decision.inputs,
        outcome=decision.outcome,
        basis=decision.basis,
        authority=decision.authority,
        subject_kind=subject_kind,
        subject=subject,
        actor=actor,
        at=at,
    )


async def record(tx: Tx, decisions: Sequence[Recorded]) -> None:
    """Keep decisions, and the wording of each table the first time it decides something here."""
    if not decisions:
        return
    asked = {one.wording: one for one in decisions}
    wordings = queries.wordings_of(tx)

    async def keep(missing: Sequence[str]) -> None:
        wordings.learn(tx, asked, missing)
        for digest in sorted(set(missing)):
            text = text_of(digest)
            if text is not None:
                await store.insert_wording(tx, asked[digest].table, digest, text, asked[digest].at)

    await store.insert_decisions(tx, decisions, None if wordings.has(tx, asked) else keep)


async def set_value(
    tx: Tx,
    *,
    shop: UUID | None,
    name: str,
    value: object,
    reason: str,
    author: UUID,
    now: datetime,
    effective_from: datetime | None = None,
) -> InForce:
    """Set a parameter from now or from a later time; `value` None goes back to the level above.

    Raises Refusal for an unknown name, a value that does not fit, goes past law or makes the buyer worse off,
    a level that may not set it, a past start, a start before the change was public long enough.
    """
    start = _start(effective_from, now)
    above = await queries.book_read(tx, None, start)
    kept = granted(may_set(name, value, for_shop=shop is not None, above=above))
    if shop is None:
        await _noticed(tx, shipped()[name].notice, start, now)
    await _keep(tx, shop, name, kept, reason=reason, author=author, start=start, now=now)
    return (await queries.book_read(tx, shop, now))[name]


async def set_table(
    tx: Tx,
    *,
    shop: UUID | None,
    name: str,
    text: str | None,
    reason: str,
    author: UUID,
    now: datetime,
    effective_from: datetime | None = None,
) -> TableInForce:
    """Put a wording of a table in force, now or from a later time; None goes back to the level above.

    Raises Refusal for a table nobody may change, a wording that is not complete and unique, has other
    columns, changes law against the buyer, or starts before it was public long enough (L-074, L-075).
    """
    start = _start(effective_from, now)
    above = await queries.book_read(tx, None, start)
    kept = granted(may_set_table(name, text, for_shop=shop is not None, above=above))
    if shop is None:
        await _noticed(tx, shelf()[name].notice, start, now)
    await _keep(tx, shop, name, kept, reason=reason, author=author, start=start, now=now)
    return (await queries.book_read(tx, shop, now)).table_in_force(name)


def _start(effective_from: datetime | None, now: datetime) -> datetime:
    if effective_from is not None and effective_from < now:
        raise Refusal(Refused("invalid", "rulebook.start_in_the_past", facts={"field": "from"}))
    return effective_from or now


def notice_days(book: Book, notice: Notice | None) -> int | None:
    """How many days a change is public before it begins; None when it needs no notice."""
    return None if notice is None else book.integer(NOTICES[notice])


async def _noticed(tx: Tx, notice: Notice | None, start: datetime, now: datetime) -> None:
    """Refuses a start before the public notice has run; before the first shop there is nobody to tell."""
    if notice is None:
        return
    days = (await queries.book_read(tx, None, now)).duration(NOTICES[notice])
    if start < now + days and await identity.shops_page(tx, after=None, limit=1):
        zone = await identity.home_zone(tx)
        earliest = (now + days).astimezone(zone)
        facts: dict[str, object] = {"field": "from", "days": days.days, "earliest": earliest}
        raise Refusal(Refused("not_now", "rulebook.notice_too_short", row=NOTICES[notice], facts=facts))


async def _keep(
    tx: Tx,
    shop: UUID | None,
    name: str,
    value: Value | None,
    *,
    reason: str,
    author: UUID,
    start: datetime,
    now: datetime,
) -> None:
    entry = RuleEntry(clock.new_id(), shop, name, 0, value, start, author, reason, now)
    await store.insert_entry(tx, entry)
    await publish(tx, RulebookChanged(tenant=tx.tenant, at=now, shop=shop, parameter=name))
