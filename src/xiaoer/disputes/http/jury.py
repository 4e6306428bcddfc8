"""The doors of a juror: his readiness, his calls, what he judges by, his vote."""

from datetime import datetime
from uuid import UUID

from msgspec import Struct

from xiaoer.disputes.actions import jury
from xiaoer.disputes.model.wishes import VoteWish, WillingWish
from xiaoer.disputes.queries import jury as queries
from xiaoer.disputes.queries.jury import JuryCall
from xiaoer.plumbing.db import Tx
from xiaoer.plumbing.http import Call


class JuryService(Struct, frozen=True):
    """Whether somebody sits in juries, may, and to what he is called; `code` says why he may not."""

    willing: bool
    eligible: bool
    code: str | None
    calls: list[JuryCall]


class ExhibitTold(Struct, frozen=True):
    """Something shown, as a juror reads it: without names and numbers."""

    side: str
    kind: str
    text: str
    accept: str
    weight: str


class JuryBrief(Struct, frozen=True):
    """What a juror judges by: both sides without their names; never how the others voted."""

    dispute: UUID
    issue: str
    claimant_words: str
    exhibits: list[ExhibitTold]
    due_at: datetime


async def get_service(call: Call) -> JuryService:
    """One's readiness to sit in juries, and one's calls."""
    return await call.database.run(call.tenant, lambda tx: _service(call, tx))


async def put_service(call: Call, data: WillingWish) -> JuryService:
    """Say whether one would sit in juries."""

    async def work(tx: Tx) -> JuryService:
        await jury.set_willing(tx, call.actor.person, call.now, willing=data.willing)
        return await _service(call, tx)

    return await call.database.run(call.tenant, work)


async def get_brief(call: Call, dispute: UUID) -> JuryBrief:
    """What one is called to judge."""
    async with call.database.read(call.tenant) as tx:
        found, issue, exhibits, until = await queries.brief(tx, dispute, call.actor.person)
    told = [
        ExhibitTold(one.side, one.kind, one.text, one.accept, one.weight)
        for one in exhibits
        if one.kind != "chat_range"
    ]
    return JuryBrief(found.id, issue.issue, issue.words, told, until)


async def post_vote(call: Call, dispute: UUID, data: VoteWish) -> JuryService:
    """Vote, once."""

    async def work(tx: Tx) -> JuryService:
        await jury.vote(tx, call.actor.person, dispute, data.favour, call.now)
        return await _service(call, tx)

    return await call.database.run(call.tenant, work)


async def _service(call: Call, tx: Tx) -> JuryService:
    juror, code = await jury.eligible(tx, call.actor.person, call.now)
    return JuryService(juror.willing, code is None, code, list(await queries.calls(tx, call.actor.person)))
