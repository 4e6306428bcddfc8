"""Alerts: raised from the news of running conversations, after it is kept, and acknowledged by who leads."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final
from uuid import UUID

from xiaoer.inspection.actions.reading import log_reading
from xiaoer.inspection.events import AlertAcknowledged, AlertRaised
from xiaoer.inspection.queries import alerts as queries
from xiaoer.inspection.queries import scores
from xiaoer.inspection.queries.alerts import Running
from xiaoer.inspection.rules import alerts as rules
from xiaoer.inspection.rules.alerts import Acknowledgement, Alert, Signals
from xiaoer.inspection.rules.mood import Mood
from xiaoer.inspection.store import alerts as store
from xiaoer.kernel.refusal import Refusal, Refused
from xiaoer.plumbing.clock import new_id
from xiaoer.plumbing.db import Tx
from xiaoer.plumbing.events import publish
from xiaoer.rulebook import queries as rulebook
from xiaoer.rulebook.actions import record, recorded

SUBJECT: Final = "alert"
ACKNOWLEDGED: Final = Refused("not_now", "inspection.alert_acknowledged")
Talks = dict[tuple[UUID, UUID], int]


async def hear(tx: Tx, talks: Talks, now: datetime) -> None:
    """Look at conversations (shop, conversation) from their first new line on, and raise alerts."""
    if not talks:
        return
    mood = await scores.mood_of(tx)
    for one in (await queries.running(tx, list(talks), mood)).values():
        if one.closed:
            continue
        book = await rulebook.book(tx, one.shop, now)
        seen = one.watch.signals(talks[one.shop, one.conversation], book, now)
        await _raise(tx, one, seen, mood, now)


async def insult_held(tx: Tx, shop: UUID, conversation: UUID, now: datetime) -> None:
    """The guard has held back abuse of somebody who serves: whoever leads should look (S-016, S-061)."""
    mood = await scores.mood_of(tx)
    one = (await queries.running(tx, [(shop, conversation)], mood)).get(conversation)
    if one is not None and not one.closed:
        await _raise(tx, one, Signals(one.watch.last, insult="held"), mood, now)


async def acknowledge(
    tx: Tx, shop: UUID, id: UUID, done: Acknowledgement, *, person: UUID, now: datetime
) -> None:
    """Write down what somebody who leads did about an alert. Raises Refusal: not_found; not_now when done."""
    was = await queries.find(tx, shop, id)
    if not await store.acknowledge(tx, shop, id, done, by=person, at=now):
        raise Refusal(ACKNOWLEDGED)
    await publish(
        tx,
        AlertAcknowledged(
            tenant=tx.tenant, at=now, shop=shop, alert=id, conversation=was.conversation, did=done.did
        ),
    )


async def _raise(tx: Tx, one: Running, seen: Signals, mood: Mood, now: datetime) -> None:
    book = await rulebook.book(tx, one.shop, now)
    fresh: list[Alert] = []
    for decision in rules.raised(seen, book):
        alert = rules.alert_of(
            decision,
            seen,
            id=new_id(),
            shop=one.shop,
            conversation=one.conversation,
            consultation=one.consultation,
            agent=one.agent,
            rules=book.version,
            model=mood.name,
            now=now,
        )
        if not await store.add(tx, alert):
            continue
        fresh.append(alert)
        kept = recorded(
            book,
            decision,
            id=new_id(),
            shop=one.shop,
            subject_kind=SUBJECT,
            subject=alert.id,
            actor=None,
            at=now,
        )
        await record(tx, [kept])
    if fresh:
        await _tell(tx, one, fresh, now)


async def _tell(tx: Tx, one: Running, fresh: Sequence[Alert], now: datetime) -> None:
    """Push it to whoever leads, and write down that the lines were read for quality (U-02)."""
    if one.watch.last:
        await log_reading(
            tx,
            one.shop,
            one.conversation,
            first=one.watch.first,
            last=one.watch.last,
            person=None,
            role="system",
            now=now,
        )
    for alert in fresh:
        await publish(
            tx,
            AlertRaised(
                tenant=tx.tenant,
                at=now,
                shop=one.shop,
                alert=alert.id,
                conversation=one.conversation,
                consultation=one.consultation,
                reason=alert.reason,
                risk=alert.risk,
            ),
        )
