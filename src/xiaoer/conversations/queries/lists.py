"""The lists of the desk and of the buyer, page by page."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final, Literal
from uuid import UUID

from msgspec import Struct

from xiaoer.clocks import queries as clocks
from xiaoer.conversations.model.thread import Facts, Speaker
from xiaoer.conversations.model.wire import (
    AgentNamed,
    BuyerNamed,
    Conversation,
    Deed,
    Named,
    PlaceInLine,
    Summary,
)
from xiaoer.conversations.rules import desk
from xiaoer.conversations.rules.standing import may_speak, standing
from xiaoer.conversations.store import read as store
from xiaoer.conversations.store import send
from xiaoer.conversations.store.read import Description, Place
from xiaoer.identity import queries as identity
from xiaoer.kernel.calendar import NeverOpen
from xiaoer.kernel.refusal import Refusal, Refused
from xiaoer.plumbing.db import Tx
from xiaoer.routing import queries as routing
from xiaoer.routing.rules import members_of, wait_estimate

View = Literal["mine", "queue", "snoozed", "mentions", "all", "closed"]
LATELY: Final = timedelta(days=7)
"""The consultations that tell how long one takes."""


class Filter(Struct, frozen=True):
    """What a list of the desk is narrowed by."""

    view: View
    queue: UUID | None = None
    tag: str | None = None
    assignee: UUID | None = None


async def list_conversations(
    tx: Tx, speaker: Speaker, shop: UUID, wanted: Filter, *, after: str | None, limit: int
) -> tuple[list[Summary], str | None]:
    """One page of a list of the desk, and where the next one begins.

    Somebody who does not lead sees what is his, his queues' or shared with him.
    """
    places = await _places(tx, speaker, shop, wanted, after=read_cursor(after), limit=limit + 1)
    page = places[:limit]
    found = await summaries(tx, speaker, [place.id for place in page])
    return found, cursor(page[-1]) if len(places) > limit else None


async def _places(
    tx: Tx, speaker: Speaker, shop: UUID, wanted: Filter, *, after: Place | None, limit: int
) -> list[Place]:
    me = speaker.person
    leads = shop in speaker.leads
    theirs = wanted.assignee if leads else me
    match wanted.view:
        case "mine" | "snoozed":
            state = "assigned" if wanted.view == "mine" else "snoozed"
            assignee = theirs if wanted.view == "snoozed" else me
            return await store.served(
                tx, shop, state=state, assignee=assignee, tag=wanted.tag, after=after, limit=limit
            )
        case "queue":
            member = None if leads else me
            return await store.queued(
                tx, shop, queue=wanted.queue, tag=wanted.tag, member=member, after=after, limit=limit
            )
        case "closed":
            return await store.closed(tx, shop, assignee=theirs, tag=wanted.tag, after=after, limit=limit)
        case "mentions":
            return [] if me is None else await store.mentioned(tx, shop, me, after=after, limit=limit)
        case "all":
            return await store.everything(
                tx,
                shop,
                assignee=wanted.assignee,
                queue=wanted.queue,
                tag=wanted.tag,
                member=None if leads else me,
                after=after,
                limit=limit,
            )


async def summaries(tx: Tx, speaker: Speaker, conversations: Sequence[UUID]) -> list[Summary]:
    """These conversations as the desk lists them, in the order given."""
    if not conversations:
        return []
    questions = [send.Question(each, speaker.person, True, None) for each in conversations]
    known = await send.load_facts(tx.connection, tx.tenant, questions)
    described = await store.describe(tx, conversations)
    return [
        _summary(speaker, facts, described[facts.thread.id])
        for facts in known
        if facts is not None and facts.thread.id in described
    ]


def _summary(speaker: Speaker, facts: Facts, about: Description) -> Summary:
    thread = facts.thread
    assignee = Named(thread.assignee, about.assignee_name or "") if thread.assignee else None
    return Summary(
        id=thread.id,
        shop_id=thread.shop,
        buyer=BuyerNamed(thread.buyer, about.buyer_name or "", about.visitor, about.language),
        language=about.language,
        state=thread.state,
        consultation=thread.consultation,
        queue_id=thread.queue,
        queue_name=about.queue_name,
        assignee=assignee,
        version=thread.version,
        desk_version=thread.desk_version,
        opened_at=thread.opened_at,
        queued_at=thread.queued_at,
        waiting_since=thread.waiting_since,
        reply_due_at=thread.reply_due_at,
        reply_warn_at=thread.reply_warn_at,
        snoozed_until=thread.snoozed_until,
        closed_at=about.closed_at,
        last_at=thread.last_at,
        last_text=thread.last_text,
        last_kind=thread.last_kind,
        last_role=thread.last_role,
        unread=thread.unread_shop,
        read=thread.shop_read,
        buyer_read=thread.buyer_read,
        buyer_delivered=about.buyer_delivered,
        merged_into=thread.merged_into,
        tags=about.tags,
        deeds=deeds_of(speaker, facts),
    )


async def deeds_now(tx: Tx, speaker: Speaker, conversations: Sequence[UUID]) -> dict[UUID, list[Deed]]:
    """What the viewer may do with each of these conversations now."""
    if not conversations:
        return {}
    questions = [send.Question(each, speaker.person, True, None) for each in conversations]
    known = await send.load_facts(tx.connection, tx.tenant, questions)
    return {facts.thread.id: deeds_of(speaker, facts) for facts in known if facts is not None}


def deeds_of(speaker: Speaker, facts: Facts) -> list[Deed]:
    """What the viewer may do with a conversation now: speak, and everything of the desk."""
    where = standing(speaker, facts.thread, facts.relation)
    may = may_speak(where, facts.thread, facts.relation)
    if isinstance(may, Refused):
        speaks = Deed("send", allowed=False, code=may.code, row=may.row)
    else:
        speaks = Deed("send", allowed=True)
    others = desk.deeds(speaker, facts.thread, facts.relation)
    return [speaks, *(Deed(one.deed, one.allowed, one.code, one.row) for one in others)]


async def of_buyer(
    tx: Tx, buyer: UUID, *, after: str | None, limit: int, now: datetime
) -> tuple[list[Conversation], str | None]:
    """One page of a buyer's conversations, the latest words first, and where the next one begins."""
    places = await store.of_buyer(tx, buyer, after=read_cursor(after), limit=limit + 1)
    page = places[:limit]
    found = await for_buyer(tx, buyer, [place.id for place in page], now)
    return found, cursor(page[-1]) if len(places) > limit else None


async def for_buyer(tx: Tx, buyer: UUID, conversations: Sequence[UUID], now: datetime) -> list[Conversation]:
    """These conversations as their buyer sees them; those of other buyers are left out."""
    if not conversations:
        return []
    questions = [send.Question(each, buyer, False, None) for each in conversations]
    known = [
        facts
        for facts in await send.load_facts(tx.connection, tx.tenant, questions)
        if facts is not None and facts.thread.buyer == buyer
    ]
    described = await store.describe(tx, conversations)
    shops = await identity.shops(tx, sorted({facts.thread.shop for facts in known}))
    found: list[Conversation] = []
    for facts in known:
        thread, about = facts.thread, described[facts.thread.id]
        queued = thread.state == "queued"
        found.append(
            Conversation(
                id=thread.id,
                shop=Named(thread.shop, shops[thread.shop].name),
                state=thread.state,
                version=thread.version,
                unread=thread.unread_buyer,
                last_at=thread.last_at,
                last_text=thread.last_text,
                last_kind=thread.last_kind,
                last_role=thread.last_role,
                agent=AgentNamed(about.assignee_name or "") if thread.assignee else None,
                place=await place(tx, thread.shop, thread.id, now) if queued else None,
                read=thread.shop_read,
                delivered=about.shop_delivered,
                my_read=thread.buyer_read,
                reply_due_at=thread.reply_due_at,
            )
        )
    return found


async def place(tx: Tx, shop: UUID, conversation: UUID, now: datetime) -> PlaceInLine | None:
    """Where a conversation stands in its queue and how long that may take; None when it waits in none."""
    stands = await store.place_in_line(tx, conversation)
    if stands is None:
        return None
    calendar = (await clocks.calendar(tx, shop)).calendar()
    off_hours, opens_at = not calendar.is_open(now), None
    if off_hours:
        try:
            opens_at = calendar.next_open(now)
        except NeverOpen:
            opens_at = None
    queue = next((one for one in await routing.queues(tx, shop) if one.id == stands.queue), None)
    agents = members_of(await routing.agents(tx, shop), queue)
    times = await store.handling_times(tx, shop, now - LATELY)
    estimate = wait_estimate(stands.place, agents, times)
    return PlaceInLine(stands.place, estimate.low_seconds, estimate.high_seconds, off_hours, opens_at)


def cursor(place: Place) -> str:
    """Where the next page begins, as clients hand it back."""
    return f"{place.at.isoformat()}~{place.id}"


def read_cursor(text: str | None) -> Place | None:
    """What `cursor` said. Raises Refusal for anything else."""
    if text is None:
        return None
    at, _, conversation = text.partition("~")
    try:
        moment = datetime.fromisoformat(at)
        found = Place(UUID(conversation), moment)
    except ValueError:
        raise Refusal(Refused("invalid", "conversations.cursor_invalid")) from None
    if moment.tzinfo is None:
        raise Refusal(Refused("invalid", "conversations.cursor_invalid"))
    return found
