"""What conversations do when they hear news, and when a clock rings."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from xiaoer.clocks.ring import Ring
from xiaoer.conversations.actions import assign, auto, desk, merge, remember, schedule
from xiaoer.conversations.events import ConsultationOpened, EntriesAdded, OffHoursAsked
from xiaoer.identity.events import PersonMerged
from xiaoer.plumbing.db import Tx
from xiaoer.routing.events import AgentChanged


async def on_consultation_opened(tx: Tx, event: ConsultationOpened, now: datetime) -> None:
    """A consultation has begun and nobody serves it: find an agent; the buyer's name may be new."""
    await remember.remember_name(tx, event, now)
    await assign.route(tx, event.conversation, now)


async def on_off_hours_asked(tx: Tx, event: OffHoursAsked, now: datetime) -> None:
    """A buyer waits while the desk is closed: he is told at once that his place is kept (S-002)."""
    await auto.answer_off_hours(
        tx, shop=event.shop, conversation=event.conversation, version=event.entry_version, now=now
    )


async def on_agent_changed(tx: Tx, event: AgentChanged, now: datetime) -> None:
    """An agent has room: hand out what waits. He is gone: take back what waits for him.

    What is given to one who is away, by somebody's decision, is his until its buyer writes or waits too long.
    """
    if event.state == assign.OFFLINE:
        if event.state_is_new:
            await assign.take_back_from(tx, event.shop, event.person, now)
    elif event.state == "online" and event.load < event.capacity:
        await assign.drain(tx, event.shop, event.person, now)


async def on_entries_added(tx: Tx, events: Sequence[EntriesAdded], now: datetime) -> None:
    """Remember the words; and where a buyer wrote to an agent who is offline, find another one."""
    await remember.remember_words(tx, events)
    spoken = {entry.conversation for event in events for entry in event.entries if entry.role == "buyer"}
    if spoken:
        await assign.take_from_absent(tx, spoken, now)


async def on_person_merged(tx: Tx, event: PersonMerged, now: datetime) -> None:
    """A visitor turned out to be a buyer: his conversations are the buyer's."""
    await merge.adopt(tx, event.visitor, event.buyer, now)


async def on_replies_rang(tx: Tx, rings: Sequence[Ring], now: datetime) -> list[Ring]:
    """Answers are nearly due, or due; gives back what must ring a moment later."""
    return await desk.replies_overdue(tx, rings, now)


async def on_ignored_rang(tx: Tx, ring: Ring, now: datetime) -> None:
    """The agent has not answered in time: the conversation goes to somebody else (B4)."""
    await assign.take_back(tx, ring.owner, UUID(ring.body["person"]), "ignored", now)


async def on_overflow_rang(tx: Tx, ring: Ring, now: datetime) -> None:
    """It has waited too long in its queue."""
    await assign.overflow(tx, ring.owner, UUID(ring.body["queue"]), now)


async def on_snooze_rang(tx: Tx, ring: Ring, now: datetime) -> None:
    """The snooze is over."""
    await desk.snooze_over(tx, ring.owner, ring.due_at, now)


async def on_scheduled_rang(tx: Tx, ring: Ring, now: datetime) -> None:
    """A message that was kept back goes now, unless it was taken back."""
    if ring.shop is not None:
        await schedule.send_scheduled(tx, ring.owner, ring.shop, now)
