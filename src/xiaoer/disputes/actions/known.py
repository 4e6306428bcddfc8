"""What a dispute is judged by, and disputes locked for a deed."""

from datetime import datetime
from typing import Final
from uuid import UUID

from msgspec import Struct

from xiaoer.after_sale.rules.deadlines import Days, days_of
from xiaoer.disputes.model.court import Dispute, Doer, Issue, Proposal
from xiaoer.disputes.rules.deeds import may
from xiaoer.disputes.store import disputes as store
from xiaoer.identity import queries as identity
from xiaoer.kernel.refusal import Refusal, Refused
from xiaoer.plumbing.db import Tx
from xiaoer.rulebook import queries as rulebook
from xiaoer.rulebook.model import Book

UNKNOWN: Final = Refused("not_found", "disputes.unknown_dispute")


class Ground(Struct, frozen=True):
    """The rules in force when a dispute was opened, and how days are counted."""

    book: Book
    days: Days


class Standing(Struct, frozen=True):
    """A locked dispute somebody may do something with, and what it is judged by."""

    dispute: Dispute
    ground: Ground
    proposal: Proposal | None = None


async def ground(tx: Tx, shop: UUID, at: datetime) -> Ground:
    """The rules of a shop as they were at a moment."""
    zone = (await identity.marketplace(tx)).time_zone
    book = await rulebook.book(tx, shop, at)
    return Ground(book, days_of(book, zone))


async def locked(tx: Tx, dispute: UUID, doer: Doer) -> Dispute:
    """A dispute, locked until the end of the transaction; a party finds only its own. Raises Refusal."""
    found = await store.lock_dispute(tx, dispute)
    if found is None or not is_party(found, doer):
        raise Refusal(UNKNOWN)
    return found


def is_party(dispute: Dispute, doer: Doer) -> bool:
    """Whether a dispute is somebody's own, on the side he says; the marketplace's people see all."""
    if doer.side not in {"claimant", "respondent"}:
        return True
    return (dispute.claimant if doer.side == "claimant" else dispute.respondent) == doer.party


async def standing(tx: Tx, doer: Doer, dispute: UUID, deed: str, now: datetime) -> Standing:
    """A dispute somebody may do this with now, locked. Raises Refusal."""
    found = await locked(tx, dispute, doer)
    proposal = await open_proposal(tx, found, now)
    if refused := may(found, doer.side, deed, proposal=proposal):
        raise Refusal(refused)
    if doer.side == "officer" and deed in _JUDGES and found.officer != doer.person:
        raise Refusal(Refused("not_allowed", "disputes.not_your_dispute"))
    return Standing(found, await ground(tx, found.shop, found.rules_at), proposal)


_JUDGES: Final = frozenset(
    {"ask", "propose", "weigh", "refused", "rule", "jury", "suspend", "resume", "recuse"}
)
"""Deeds of the one who judges; others of the marketplace only look, assign, read, or have it carried out."""


async def open_proposal(tx: Tx, dispute: Dispute, now: datetime) -> Proposal | None:
    """The proposal that may still be answered."""
    for one in reversed(await store.proposals(tx, dispute.id)):
        if one.state == "open" and now < one.expires_at:
            return one
    return None


async def issue_of(tx: Tx, dispute: UUID, issue: UUID) -> Issue:
    """One issue of a dispute. Raises Refusal."""
    for one in await store.issues(tx, dispute):
        if one.id == issue:
            return one
    raise Refusal(Refused("not_found", "disputes.unknown_issue"))
