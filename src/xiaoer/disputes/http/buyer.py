"""The doors of a buyer to his disputes."""

from uuid import UUID

from xiaoer.disputes.actions import execute, party, seats, show
from xiaoer.disputes.actions.open import open_from_case
from xiaoer.disputes.http import doors
from xiaoer.disputes.model.wishes import (
    AnswerWish,
    DisputeOpenWish,
    ExhibitWish,
    NothingMore,
    ProofWish,
    ProposalWish,
    ReasonWish,
    SayWish,
    SuspendWish,
)
from xiaoer.disputes.queries import disputes
from xiaoer.disputes.queries.views import DisputeLine, DisputeWhole
from xiaoer.plumbing.db import Tx
from xiaoer.plumbing.http import Call, Limit, Page
from xiaoer.rulebook.model import Explained


async def post_dispute(call: Call, case: UUID, data: DisputeOpenWish) -> DisputeWhole:
    """Take a case of after-sale to the marketplace."""
    me = doors.buyer(call)

    async def work(tx: Tx) -> UUID:
        return (await open_from_case(tx, me, call.actor.person, case, data, now=call.now)).id

    return await doors.one(call, await call.database.run(call.tenant, work), me)


async def list_disputes(
    call: Call, *, closed: bool | None = None, limit: Limit = 50, starting_after: UUID | None = None
) -> Page[DisputeLine]:
    """One's own disputes, the newest first."""
    me = doors.buyer(call)
    async with call.database.read(call.tenant) as tx:
        ids = await disputes.of_buyer(tx, me.id, closed=closed, after=starting_after, limit=limit + 1)
        return await doors.page(me, tx, ids, limit)


async def get_dispute(call: Call, dispute: UUID) -> DisputeWhole:
    """One dispute, with what one must show now, until when, and what follows else."""
    return await doors.one(call, dispute, doors.buyer(call))


async def get_why(call: Call, dispute: UUID) -> list[Explained]:
    """Every decision of a table about a dispute, with its row and basis."""
    return await doors.reasons(call, dispute, doors.buyer(call))


async def get_ruling_why(call: Call, ruling: UUID) -> list[Explained]:
    """What a ruling stands on: why what it gave was given."""
    return await doors.ruling_reasons(call, ruling, doors.buyer(call))


async def post_answer(call: Call, dispute: UUID, number: int, data: AnswerWish) -> DisputeWhole:
    """Yes or no to the open proposal."""
    return await doors.done(
        call,
        dispute,
        doors.buyer(call),
        lambda tx, me: party.answer(tx, me, dispute, number, data, now=call.now),
    )


async def post_say(call: Call, dispute: UUID, data: SayWish) -> DisputeWhole:
    """Say something to the other side and to the court."""
    return await doors.done(
        call, dispute, doors.buyer(call), lambda tx, me: party.say(tx, me, dispute, data, call.now)
    )


async def post_show(call: Call, dispute: UUID, data: ExhibitWish) -> DisputeWhole:
    """Show something for one's side; D7 says at once what it weighs."""
    return await doors.done(
        call, dispute, doors.buyer(call), lambda tx, me: show.show(tx, me, dispute, data, call.now)
    )


async def post_ready(call: Call, dispute: UUID, data: NothingMore) -> DisputeWhole:  # noqa: ARG001  takes an empty body
    """Say that one has nothing more to show."""
    return await doors.done(
        call, dispute, doors.buyer(call), lambda tx, me: party.ready(tx, me, dispute, call.now)
    )


async def post_propose(call: Call, dispute: UUID, data: ProposalWish) -> DisputeWhole:
    """Propose how it could end, or that both wait."""
    return await doors.done(
        call, dispute, doors.buyer(call), lambda tx, me: party.propose(tx, me, dispute, data, call.now)
    )


async def post_withdraw(call: Call, dispute: UUID, data: ProofWish) -> DisputeWhole:
    """Take the dispute back."""
    return await doors.done(
        call, dispute, doors.buyer(call), lambda tx, me: party.withdraw(tx, me, dispute, data.text, call.now)
    )


async def post_suspend(call: Call, dispute: UUID, data: SuspendWish) -> DisputeWhole:
    """Say that one has gone to court or to the police: the dispute waits."""
    return await doors.done(
        call, dispute, doors.buyer(call), lambda tx, me: party.suspend(tx, me, dispute, data, call.now)
    )


async def post_prove_court(call: Call, dispute: UUID, data: ProofWish) -> DisputeWhole:
    """Show that the court has accepted the suit."""
    return await doors.done(
        call, dispute, doors.buyer(call), lambda tx, me: party.prove_court(tx, me, dispute, data, call.now)
    )


async def post_resume(call: Call, dispute: UUID, data: ProofWish) -> DisputeWhole:
    """Say that what the dispute waited for is over."""
    return await doors.done(
        call, dispute, doors.buyer(call), lambda tx, me: party.resume(tx, me, dispute, data, call.now)
    )


async def post_challenge(call: Call, dispute: UUID, data: ReasonWish) -> DisputeWhole:
    """Ask for another officer, once, with the reason."""
    return await doors.done(
        call,
        dispute,
        doors.buyer(call),
        lambda tx, me: seats.challenge(tx, me, dispute, data.reason, call.now),
    )


async def post_execute(call: Call, dispute: UUID, data: NothingMore) -> DisputeWhole:  # noqa: ARG001  takes an empty body
    """Carry out the ruling oneself, before the marketplace does."""
    return await doors.done(
        call, dispute, doors.buyer(call), lambda tx, me: execute.execute(tx, me, dispute, call.now)
    )
