"""The doors to unsatisfied dialogues: the agent sees his own, whoever leads sees the team's."""

from collections.abc import Awaitable, Callable
from datetime import datetime
from uuid import UUID

from xiaoer.learning.actions import dialogues as actions
from xiaoer.learning.actions.find import SUBJECT
from xiaoer.learning.actions.read import Reader, words
from xiaoer.learning.model import ContestWish, Dialogue, DialogueDecideWish, DialogueState, HintWish, PlanWish
from xiaoer.learning.queries import dialogues as queries
from xiaoer.learning.queries import ratings
from xiaoer.learning.queries.dialogues import DialogueLine, DialogueWhole
from xiaoer.learning.queries.ratings import RatingFigures
from xiaoer.plumbing.db import Tx
from xiaoer.plumbing.http import Call, Limit, Page, page_of
from xiaoer.rulebook.model import Explained
from xiaoer.rulebook.queries import Books, why


def leads(call: Call) -> bool:
    """Whether whoever calls sees the team's dialogues, not only his own."""
    return call.reach in {"team", "all"}


async def list_dialogues(
    call: Call,
    shop: UUID,
    *,
    agent: UUID | None = None,
    state: DialogueState | None = None,
    limit: Limit = 50,
    starting_after: UUID | None = None,
) -> Page[DialogueLine]:
    """Unsatisfied dialogues, the newest first: one's own; of the team for whoever leads it."""
    whose = agent if leads(call) else call.actor.person
    async with call.database.read(call.tenant) as tx:
        found = await queries.page(
            tx,
            shop,
            person=call.actor.person,
            leads=leads(call),
            agent=whose,
            state=state,
            before=starting_after,
            limit=limit + 1,
        )
    return page_of(found, limit, lambda one: str(one.dialogue.id))


async def get_dialogue(call: Call, shop: UUID, dialogue: UUID) -> DialogueWhole:
    """One dialogue with its masked words; that one has read them is written down."""
    return await _whole(call, shop, dialogue)


async def get_why(call: Call, shop: UUID, dialogue: UUID) -> list[Explained]:
    """Why a dialogue counts as unsatisfied."""
    async with call.database.read(call.tenant) as tx:
        await queries.dialogue(tx, shop, dialogue, agent=None if leads(call) else call.actor.person)
        return list(await why(tx, SUBJECT, dialogue, call.language))


async def post_plan(call: Call, shop: UUID, dialogue: UUID, data: PlanWish) -> DialogueWhole:
    """Accept: say why it went wrong and what one will do differently."""
    return await _done(call, shop, dialogue, actions.plan, data)


async def post_contest(call: Call, shop: UUID, dialogue: UUID, data: ContestWish) -> DialogueWhole:
    """Say why this was not one's own to do better; whoever leads decides."""
    return await _done(call, shop, dialogue, actions.contest, data)


async def post_decision(call: Call, shop: UUID, dialogue: UUID, data: DialogueDecideWish) -> DialogueWhole:
    """Set a dialogue aside, or send a contested one back, with a reason."""
    return await _done(call, shop, dialogue, actions.decide, data)


async def post_hint(call: Call, shop: UUID, dialogue: UUID, data: HintWish) -> DialogueWhole:
    """Write advice to the agent; it stays as it was written."""
    return await _done(call, shop, dialogue, actions.hint, data)


async def get_figures(call: Call, shop: UUID, since: datetime, until: datetime) -> RatingFigures:
    """Ratings and unsatisfied dialogues in a time, by agent; an agent sees his own."""
    book = await call.service(Books).of(call.tenant, shop, call.now)
    async with call.database.read(call.tenant) as tx:
        return await ratings.figures(
            tx,
            shop,
            since,
            until,
            high=book.integer("learning.high_stars"),
            agent=None if leads(call) else call.actor.person,
        )


def _lead(call: Call, shop: UUID) -> bool:
    return call.actor.role_in(shop) == "manager"


async def _done(
    call: Call, shop: UUID, dialogue: UUID, deed: Callable[..., Awaitable[Dialogue]], wish: object
) -> DialogueWhole:
    leads = _lead(call, shop)
    await call.database.run(
        call.tenant, lambda tx: deed(tx, call.actor.person, shop, dialogue, wish, leads=leads, now=call.now)
    )
    return await _whole(call, shop, dialogue)


async def _whole(call: Call, shop: UUID, dialogue: UUID) -> DialogueWhole:
    person = call.actor.person
    lead = leads(call) or _lead(call, shop)

    async def work(tx: Tx) -> DialogueWhole:
        found = await queries.dialogue(tx, shop, dialogue, agent=None if lead else person)
        talk = await words(
            tx,
            shop,
            found.conversation,
            found.consultation,
            reader=Reader(person, call.actor.role_in(shop)),
            now=call.now,
        )
        return await queries.whole(tx, found, talk, person=person, leads=_lead(call, shop))

    return await call.database.run(call.tenant, work)
