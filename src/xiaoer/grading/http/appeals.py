"""The doors of the agent who appeals his score, and of whoever decides it."""

from uuid import UUID

from msgspec import Struct

from xiaoer.grading.actions import appeals as actions
from xiaoer.grading.actions.appeals import SUBJECT
from xiaoer.grading.actions.move import SUBJECT as SAMPLE_SUBJECT
from xiaoer.grading.actions.read import Reader
from xiaoer.grading.model import ScoreAppeal, ScoreAppealWish, ScoreDecisionWish
from xiaoer.grading.queries import appeals as queries
from xiaoer.grading.queries.appeals import ScoreAppealLine, ScoreStanding
from xiaoer.inspection.model import TalkLine
from xiaoer.plumbing.db import Tx
from xiaoer.plumbing.http import Call, Limit, Page, page_of
from xiaoer.rulebook.model import Explained
from xiaoer.rulebook.queries import why


class AppealOpened(Struct, frozen=True):
    """What lies before whoever decides: the masked words, and the score as it stands with its grades."""

    appeal: ScoreAppeal
    standing: ScoreStanding
    talk: list[TalkLine]


async def get_standing(call: Call, shop: UUID, inspection: UUID) -> ScoreStanding:
    """How a score stands, what people gave, and what may be done about it; an agent sees his own."""
    async with call.database.read(call.tenant) as tx:
        return await _standing(call, tx, shop, inspection)


async def get_standing_why(call: Call, shop: UUID, inspection: UUID) -> list[Explained]:
    """By which rows of which rules a score stands."""
    async with call.database.read(call.tenant) as tx:
        found = await _standing(call, tx, shop, inspection)
        told: list[Explained] = []
        if found.sample is not None and not found.being_graded:
            told += await why(tx, SAMPLE_SUBJECT, found.sample, call.language)
        if found.appeal is not None:
            told += await why(tx, SUBJECT, found.appeal.id, call.language)
        return told


async def post_appeal(call: Call, shop: UUID, inspection: UUID, data: ScoreAppealWish) -> ScoreAppeal:
    """Appeal one's own score, once and in time, with a reason."""

    async def work(tx: Tx) -> ScoreAppeal:
        return await actions.lodge(tx, shop, inspection, call.actor.person, data, now=call.now)

    return await call.database.run(call.tenant, work)


async def list_appeals(
    call: Call, shop: UUID, *, over: bool = False, limit: Limit = 50, starting_after: UUID | None = None
) -> Page[ScoreAppealLine]:
    """The appeals against scores of a shop, the newest first; an agent sees his own."""
    return await _appeals(call, shop, over=over, limit=limit, before=starting_after)


async def list_all_appeals(
    call: Call, *, over: bool = False, limit: Limit = 50, starting_after: UUID | None = None
) -> Page[ScoreAppealLine]:
    """The appeals against scores of all shops, the newest first."""
    return await _appeals(call, None, over=over, limit=limit, before=starting_after)


async def post_open(call: Call, shop: UUID, score_appeal: UUID) -> AppealOpened:
    """Read what an appeal is about, masked; the opening is written down."""
    reader = Reader(call.actor.person, call.actor.role_in(shop))

    async def work(tx: Tx) -> AppealOpened:
        talk = await actions.open_appeal(tx, shop, score_appeal, reader, call.now)
        found = await queries.appeal(tx, shop, score_appeal, agent=None)
        return AppealOpened(found, await _standing(call, tx, shop, found.score), list(talk))

    return await call.database.run(call.tenant, work)


async def post_decision(call: Call, shop: UUID, score_appeal: UUID, data: ScoreDecisionWish) -> ScoreAppeal:
    """Keep the score, or let another stand by a sheet of one's own, with a reason."""

    async def work(tx: Tx) -> ScoreAppeal:
        return await actions.decide(tx, shop, score_appeal, call.actor.person, data, now=call.now)

    return await call.database.run(call.tenant, work)


async def post_withdrawal(call: Call, shop: UUID, score_appeal: UUID) -> ScoreAppeal:
    """Take one's appeal back."""

    async def work(tx: Tx) -> ScoreAppeal:
        return await actions.withdraw(tx, shop, score_appeal, call.actor.person, call.now)

    return await call.database.run(call.tenant, work)


async def _standing(call: Call, tx: Tx, shop: UUID, inspection: UUID) -> ScoreStanding:
    reach = call.services.gate.reach(call.actor, "score_appeals.decide")
    return await queries.standing(
        tx,
        shop,
        inspection,
        person=call.actor.person,
        own=call.reach == "own",
        decides=reach != "none",
        now=call.now,
    )


async def _appeals(
    call: Call, shop: UUID | None, *, over: bool, limit: int, before: UUID | None
) -> Page[ScoreAppealLine]:
    async with call.database.read(call.tenant) as tx:
        found = await queries.page(
            tx,
            shop,
            person=call.actor.person,
            agent=call.actor.person if call.reach == "own" else None,
            open=not over,
            before=before,
            limit=limit + 1,
        )
    return page_of(found, limit, lambda one: str(one.appeal.id))
