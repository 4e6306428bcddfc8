"""Grants as others may ask for them; a foreign one looks like one that does not exist."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from xiaoer.compensation import store
from xiaoer.compensation.model import Grant, GrantHappening, GrantKind, PacketCount, Receiver, Sent
from xiaoer.kernel.refusal import Refusal, Refused
from xiaoer.ledger import queries as ledger
from xiaoer.plumbing.db import Tx

UNKNOWN = Refused("not_found", "compensation.unknown_grant")


async def grant(tx: Tx, grant_id: UUID) -> Grant:
    """One grant. Raises Refusal."""
    found = await store.find_grant(tx, grant_id)
    if found is None:
        raise Refusal(UNKNOWN)
    return found


async def grant_to(tx: Tx, grant_id: UUID, to_kind: Receiver, receiver: UUID) -> Grant:
    """One grant of this receiver. Raises Refusal."""
    found = await grant(tx, grant_id)
    if (found.to_kind, found.receiver) != (to_kind, receiver):
        raise Refusal(UNKNOWN)
    return found


async def grant_of_shop(tx: Tx, grant_id: UUID, shop: UUID) -> Grant:
    """One grant that concerns this shop, or that it was given. Raises Refusal."""
    found = await grant(tx, grant_id)
    if found.shop != shop and (found.to_kind, found.receiver) != ("shop", shop):
        raise Refusal(UNKNOWN)
    return found


async def grants_for(tx: Tx, subject_kind: str, subjects: Sequence[UUID]) -> Sequence[Grant]:
    """What was given for a ruling, a block, an order …, the oldest first."""
    return await store.grants_of_subject(tx, subject_kind, subjects)


async def grants_to(
    tx: Tx, to_kind: Receiver, receiver: UUID, *, before: UUID | None = None, limit: int = 50
) -> Sequence[Grant]:
    """What somebody was given, the newest first."""
    return await store.grants_of_receiver(tx, to_kind, receiver, before=before, limit=limit)


async def grants_of_shop(
    tx: Tx,
    shop: UUID,
    *,
    kind: GrantKind | None = None,
    purchase: UUID | None = None,
    before: UUID | None = None,
    limit: int = 50,
) -> Sequence[Grant]:
    """What concerns a shop, the newest first."""
    return await store.grants_of_shop(tx, shop, kind=kind, purchase=purchase, before=before, limit=limit)


async def contested(tx: Tx, *, after: UUID | None = None, limit: int = 50) -> Sequence[Grant]:
    """What waits for the people's answer, the oldest first."""
    return await store.contested_grants(tx, after=after, limit=limit)


async def happenings(tx: Tx, grant_id: UUID) -> Sequence[GrantHappening]:
    """What happened to a grant, in order."""
    return await store.happenings(tx, grant_id)


async def points(tx: Tx, person: UUID) -> int:
    """How many points somebody has."""
    return sum(one.balance_minor for one in await ledger.balances(tx, person) if one.kind == "points")


async def sent_since(tx: Tx, shop: UUID, agent: UUID, since: datetime) -> Sent:
    """What an agent and his shop sent in red packets since a moment."""
    return await store.sent_since(tx, shop, agent, since)


async def packet_counts(
    tx: Tx, shop: UUID, *, since: datetime, until: datetime, agent: UUID | None = None
) -> Sequence[PacketCount]:
    """How the red packets of a span stand now (R-001)."""
    return await store.packet_counts(tx, shop, since=since, until=until, agent=agent)
