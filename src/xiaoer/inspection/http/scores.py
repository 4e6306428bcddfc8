"""The doors of scores and of the strip of six steps on the wire."""

from datetime import datetime
from typing import Final
from uuid import UUID

from msgspec import structs

from xiaoer.conversations.actions.speaker import speaker_of, within
from xiaoer.conversations.queries import threads
from xiaoer.inspection.model import Grade, InspectionScore, Reading, ScoreLine, Strip
from xiaoer.inspection.queries import scores as queries
from xiaoer.inspection.queries.figures import Figures, figures
from xiaoer.inspection.rules.card import card_of
from xiaoer.inspection.rules.steps import strip_of
from xiaoer.kernel.refusal import Refusal
from xiaoer.plumbing.http import Call, Limit, Page
from xiaoer.rulebook.queries import Books

STEPS_DEED: Final = "inspection.steps"


async def get_steps(call: Call, shop: UUID, conversation: UUID) -> Strip:
    """The six steps of the running consultation as far as they have come."""
    speaker = within(speaker_of(call.actor, STEPS_DEED), shop)
    book = await call.service(Books).of(call.tenant, shop, call.now)
    async with call.database.read(call.tenant) as tx:
        await threads.readable(tx, speaker, conversation, shop=shop)
        about = await queries.consultation_of(tx, shop, conversation)
        if about is None:
            return strip_of((), card_of(book))
        talk = await queries.talk_of(tx, shop, conversation, about)
    return strip_of(talk.lines, card_of(book), consultation=about.number, closed=talk.closed)


async def list_inspections(
    call: Call,
    shop: UUID,
    *,
    agent: UUID | None = None,
    grade: Grade | None = None,
    flag: str | None = None,
    from_: datetime | None = None,
    to: datetime | None = None,
    limit: Limit = 50,
    starting_after: UUID | None = None,
) -> Page[ScoreLine]:
    """The inspections of a shop, the newest first; an agent sees his own."""
    mine = _only(call)
    async with call.database.read(call.tenant) as tx:
        found = await queries.scores(
            tx,
            shop,
            agent=mine or agent,
            grade=grade,
            flag=flag,
            since=from_,
            until=to,
            before=starting_after,
            limit=limit + 1,
            seen=mine is not None,
        )
    more = len(found) > limit
    return Page(
        [_shown(one, call.actor.person) for one in found[:limit]],
        more,
        str(found[limit - 1].id) if more else None,
    )


async def list_of_conversation(call: Call, shop: UUID, conversation: UUID) -> list[ScoreLine]:
    """The inspections of one conversation, each consultation's last; an agent sees his own."""
    mine = _only(call)
    async with call.database.read(call.tenant) as tx:
        if await queries.consultation_of(tx, shop, conversation) is None:
            raise Refusal(queries.UNKNOWN)
        found = await queries.scores_of(tx, shop, conversation)
    return [_shown(one, call.actor.person) for one in found if mine is None or one.agent_id == mine]


async def get_inspection(call: Call, shop: UUID, inspection: UUID) -> InspectionScore:
    """One inspection with everything it found; an agent sees his own."""
    mine = _only(call)
    async with call.database.read(call.tenant) as tx:
        found = await queries.score(tx, inspection)
    if found.shop_id != shop or (mine is not None and found.agent_id != mine):
        raise Refusal(queries.UNKNOWN)
    if found.veiled and found.agent_id != call.actor.person:
        raise Refusal(queries.VEILED)
    return found


async def get_figures(
    call: Call, shop: UUID, from_: datetime | None = None, to: datetime | None = None
) -> Figures:
    """How a shop and its agents did, with the facts of the formulas; an agent sees the shop and himself."""
    async with call.database.read(call.tenant) as tx:
        return await figures(tx, shop, since=from_, until=to, agent=_only(call), now=call.now)


async def list_readings(
    call: Call, shop: UUID, conversation: UUID, limit: Limit = 50, starting_after: UUID | None = None
) -> Page[Reading]:
    """Who read a conversation for quality, and the program itself; the newest first."""
    async with call.database.read(call.tenant) as tx:
        if await queries.consultation_of(tx, shop, conversation) is None:
            raise Refusal(queries.UNKNOWN)
        found = await queries.readings(tx, shop, conversation, before=starting_after, limit=limit + 1)
    more = len(found) > limit
    return Page(list(found[:limit]), more, str(found[limit - 1].id) if more else None)


def _shown(line: ScoreLine, person: UUID) -> ScoreLine:
    """A line as it may be seen: while people grade it blind, only its agent sees what the machine gave."""
    if not line.veiled or line.agent_id == person:
        return line
    return structs.replace(line, score=None, grade=None, flags=(), turns=0, dissatisfied=0)


def _only(call: Call) -> UUID | None:
    """Whose inspections may be seen: one's own, or (None) everybody's."""
    return call.actor.person if call.reach == "own" else None
