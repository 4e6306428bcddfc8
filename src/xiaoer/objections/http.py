"""The doors of whoever objects to a block, of whoever decides it, and of the whitelist's keeper."""

from typing import cast
from uuid import UUID

from msgspec import structs

from xiaoer.conversations.actions.speaker import speaker_of, within
from xiaoer.conversations.queries.shops import KeptShops
from xiaoer.guard.queries import GuardBooks
from xiaoer.objections import actions, queries
from xiaoer.objections.model import (
    DecisionWish,
    Judge,
    Objection,
    ObjectionWish,
    ProposalAnswer,
    WhitelistProposal,
)
from xiaoer.objections.queries import ObjectionLine, ProposalLine
from xiaoer.plumbing.db import Tx
from xiaoer.plumbing.file_addresses import make_address
from xiaoer.plumbing.http import Call, Limit, Page, page_of


async def post_objection(call: Call, shop: UUID, data: ObjectionWish) -> ObjectionLine:
    """Say that words the guard holds back are right to say; another person decides."""
    speaker = within(speaker_of(call.actor, "guard.prove"), shop)
    here = await call.service(KeptShops).of(call.tenant, shop, call.now)
    marketplace = await call.service(GuardBooks).of(call.tenant, None, call.now)

    async def work(tx: Tx) -> ObjectionLine:
        made = await actions.lodge(tx, speaker, shop, data, here=here, marketplace=marketplace, now=call.now)
        return await _line(tx, call, made, by=None, masked=False)

    return await call.database.run(call.tenant, work)


async def list_objections(
    call: Call,
    shop: UUID,
    *,
    open: bool | None = None,
    overdue: bool = False,
    mine: bool = False,
    starting_after: UUID | None = None,
    limit: Limit = 50,
) -> Page[ObjectionLine]:
    """The objections of a shop, the newest first; an agent sees his own, others theirs with `mine`."""
    led = call.reach != "own"
    async with call.database.read(call.tenant) as tx:
        found = await queries.page(
            tx,
            shop,
            viewer=call.actor.person,
            by="manager" if led else None,
            mine=mine or not led,
            open=open,
            overdue=overdue,
            before=starting_after,
            limit=limit + 1,
            now=call.now,
        )
    return page_of([_shown(call, one) for one in found], limit, lambda one: str(one.objection.id))


async def post_withdrawal(call: Call, shop: UUID, objection: UUID) -> ObjectionLine:
    """Take one's own objection back."""

    async def work(tx: Tx) -> ObjectionLine:
        after = await actions.withdraw(tx, shop, objection, call.actor.person, call.now)
        return await _line(tx, call, after, by=None, masked=False)

    return await call.database.run(call.tenant, work)


async def post_decision(call: Call, shop: UUID, objection: UUID, data: DecisionWish) -> ObjectionLine:
    """Uphold or dismiss an objection to the shop's own list; with a phrase it is proposed to pass."""
    return await _decided(call, shop, objection, "manager", data)


async def list_all_objections(
    call: Call,
    *,
    open: bool | None = None,
    overdue: bool = False,
    starting_after: UUID | None = None,
    limit: Limit = 50,
) -> Page[ObjectionLine]:
    """The objections the marketplace decides, the newest first; personal data in them are hidden."""
    async with call.database.read(call.tenant) as tx:
        found = await queries.page(
            tx,
            None,
            viewer=call.actor.person,
            by=_judge(call),
            mine=False,
            open=open,
            overdue=overdue,
            before=starting_after,
            limit=limit + 1,
            now=call.now,
        )
    return page_of([_shown(call, one) for one in found], limit, lambda one: str(one.objection.id))


async def post_any_decision(call: Call, objection: UUID, data: DecisionWish) -> ObjectionLine:
    """Uphold or dismiss an objection to the marketplace's list."""
    return await _decided(call, None, objection, _judge(call), data)


async def list_proposals(
    call: Call, open: bool | None = None, starting_after: UUID | None = None, limit: Limit = 50
) -> Page[ProposalLine]:
    """The phrases proposed to pass, the newest first."""
    async with call.database.read(call.tenant) as tx:
        found = await queries.proposals(
            tx,
            viewer=call.actor.person,
            open=open,
            before=starting_after,
            limit=limit + 1,
            now=call.now,
        )
    return page_of(found, limit, lambda one: str(one.proposal.id))


async def post_trial(call: Call, proposal: UUID) -> ProposalLine:
    """What last week would have been with the phrase let pass; kept with the proposal."""
    async with call.database.read(call.tenant) as tx:
        one = await queries.find_proposal(tx, proposal)
        messages = await queries.to_try(tx, one, call.now)
    at = one.shop if one.level == "shop" else None
    book = await call.service(GuardBooks).of(call.tenant, at, call.now)
    trial = await queries.trial(one, messages, book, call.now)

    async def work(tx: Tx) -> ProposalLine:
        after = await actions.tried(tx, proposal, call.actor.person, trial, call.now)
        return await _proposal(tx, call, after)

    return await call.database.run(call.tenant, work)


async def post_acceptance(call: Call, proposal: UUID, data: ProposalAnswer) -> ProposalLine:
    """Put the phrase into the whitelist: it passes from the next message on."""

    async def work(tx: Tx) -> ProposalLine:
        reason = data.reason.strip()
        return await _proposal(
            tx, call, await actions.accept(tx, proposal, call.actor.person, reason, call.now)
        )

    return await call.database.run(call.tenant, work)


async def post_refusal(call: Call, proposal: UUID, data: ProposalAnswer) -> ProposalLine:
    """Leave the list as it is."""

    async def work(tx: Tx) -> ProposalLine:
        reason = data.reason.strip()
        return await _proposal(
            tx, call, await actions.decline(tx, proposal, call.actor.person, reason, call.now)
        )

    return await call.database.run(call.tenant, work)


async def _decided(
    call: Call, shop: UUID | None, objection: UUID, by: Judge, data: DecisionWish
) -> ObjectionLine:
    books = call.service(GuardBooks)
    async with call.database.read(call.tenant) as tx:
        one = await queries.find(tx, objection, shop)
    book = await books.of(call.tenant, one.shop if one.level == "shop" else None, call.now)

    async def work(tx: Tx) -> ObjectionLine:
        after = await actions.decide(
            tx, shop, objection, call.actor.person, data, by=by, book=book, now=call.now
        )
        return await _line(tx, call, after, by=by, masked=shop is None)

    return await call.database.run(call.tenant, work)


def _judge(call: Call) -> Judge:
    return cast("Judge", call.actor.role)


async def _line(tx: Tx, call: Call, one: Objection, *, by: Judge | None, masked: bool) -> ObjectionLine:
    line = await queries.line(tx, one, viewer=call.actor.person, by=by, masked=masked, now=call.now)
    return _shown(call, line)


def _shown(call: Call, line: ObjectionLine) -> ObjectionLine:
    """With the address its file opens by, for whoever may open it."""
    file = line.objection.file
    if file is None or not line.opens_file:
        return line
    key = call.services.settings.key("files")
    return structs.replace(line, file_url=make_address(key, call.tenant, file.id, call.now))


async def _proposal(tx: Tx, call: Call, one: WhitelistProposal) -> ProposalLine:
    return await queries.proposal(tx, one, call.actor.person, call.now)
