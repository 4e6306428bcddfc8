"""Two conversations become one: by an agent's decision, or because a visitor turned out to be a buyer."""

from datetime import datetime
from uuid import UUID

from msgspec import structs

from xiaoer.clocks import actions as clocks
from xiaoer.conversations.actions.assign import IGNORED, OVERFLOW
from xiaoer.conversations.actions.desk import allowed
from xiaoer.conversations.actions.locked import lock_thread
from xiaoer.conversations.actions.move import move, note
from xiaoer.conversations.machine import Event
from xiaoer.conversations.model.thread import Speaker, Thread
from xiaoer.conversations.store import merge as store
from xiaoer.kernel.refusal import Refusal, Refused
from xiaoer.plumbing.db import Tx
from xiaoer.routing import actions as routing


async def merge(tx: Tx, speaker: Speaker, conversation: UUID, into: UUID, now: datetime) -> Thread:
    """Merge a conversation into another one of the shop; it stops there and is shown inside the other one.

    Returns the one that goes on. Raises Refusal when either may not be merged by this person, or when they
    are the same. Both chains of hashes stay as they are (decision 0001).
    """
    if conversation == into:
        raise Refusal(Refused("invalid", "conversations.merge_itself"))
    threads = {each: await allowed(tx, speaker, each, "merge") for each in sorted((conversation, into))}
    was, target = threads[conversation], threads[into]
    if was.shop != target.shop:
        raise Refusal(Refused("not_found", "conversations.not_found"))
    return await _join(tx, was, target, person=speaker.person, name=speaker.name, now=now)


async def adopt(tx: Tx, visitor: UUID, buyer: UUID, now: datetime) -> None:
    """A visitor is this buyer: his conversations become the buyer's, or are merged into those he has."""
    for mine, theirs in await store.conversations_of(tx, visitor, buyer):
        if theirs is None:
            await store.give_to(tx, mine, buyer)
            continue
        threads = {each: await lock_thread(tx, each) for each in sorted((mine, theirs))}
        was, target = threads[mine], threads[theirs]
        if was is not None and target is not None:
            await _join(tx, was, target, person=None, name="", now=now)


async def _join(
    tx: Tx, was: Thread, target: Thread, *, person: UUID | None, name: str, now: datetime
) -> Thread:
    """Both are locked; what was open goes on in the target unless that is open itself."""
    hands_on = was.state in {"queued", "assigned", "snoozed"} and target.state in {"idle", "closed"}
    if was.assignee is not None and not hands_on:
        await routing.release(tx, was.shop, was.assignee, now)
    for clock in (IGNORED, OVERFLOW):
        await clocks.stop(tx, was.id, clock)
    ended, into = structs.replace(was, merged_into=target.id), {"into": str(target.id)}
    await move(
        tx, was, Event.MERGE, kind="merged", changed=ended, person=person, name=name, body=into, at=now
    )
    body = {"from": str(was.id), "entries": was.version}
    if not hands_on:
        return await note(tx, target, kind="merged", person=person, name=name, body=body, at=now)
    goes_on = structs.replace(
        target,
        assignee=was.assignee,
        queue=was.queue,
        consultation=target.consultation + 1,
        waiting_since=was.waiting_since,
        reply_due_at=was.reply_due_at,
        reply_warn_at=was.reply_warn_at,
    )
    opens = Event.BUYER_SPOKE if was.state == "queued" else Event.FOLLOW_UP
    return await move(
        tx, target, opens, kind="merged", changed=goes_on, person=person, name=name, body=body, at=now
    )
