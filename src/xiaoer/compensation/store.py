"""How grants and what happened to them are kept."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final
from uuid import UUID

from xiaoer.compensation.model import By, Grant, GrantHappening, GrantKind, PacketCount, Receiver, Sent
from xiaoer.plumbing.db import Tx
from xiaoer.plumbing.sql import Statements

_statements: Final = Statements(__file__)
_lock_key: Final = _statements.command("lock_key")
_insert_grant: Final = _statements.command("insert_grant")
_save_grant: Final = _statements.command("save_grant")
_lock_grant: Final = _statements.rows("lock_grant", Grant)
_find_grant: Final = _statements.rows("find_grant", Grant)
_find_by_key: Final = _statements.rows("find_by_key", Grant)
_grants_of_subject: Final = _statements.rows("grants_of_subject", Grant)
_grants_of_receiver: Final = _statements.rows("grants_of_receiver", Grant)
_grants_of_shop: Final = _statements.rows("grants_of_shop", Grant)
_contested_grants: Final = _statements.rows("contested_grants", Grant)
_insert_happening: Final = _statements.command("insert_happening")
_happenings: Final = _statements.rows("happenings", GrantHappening)
_lock_shop: Final = _statements.command("lock_shop")
_sent_since: Final = _statements.rows("sent_since", Sent)
_packet_counts: Final = _statements.rows("packet_counts", PacketCount)


async def lock_key(tx: Tx, key: str) -> None:
    """Let those who give under one key go one after the other."""
    await _lock_key.run(tx, key=key)


async def insert_grant(tx: Tx, grant: Grant) -> None:
    """Keep a grant that is being made."""
    await _insert_grant.run(
        tx,
        id=grant.id,
        key=grant.key,
        kind=grant.kind,
        bearer=grant.bearer,
        shop=grant.shop,
        to_kind=grant.to_kind,
        receiver=grant.receiver,
        amount_minor=grant.amount_minor,
        currency=grant.currency,
        purpose=grant.purpose,
        purchase=grant.purchase,
        subject_kind=grant.subject_kind,
        subject=grant.subject,
        is_offer=grant.is_offer,
        note=grant.note,
        state=grant.state,
        version=grant.version,
        made_by=grant.made_by,
        rules_at=grant.rules_at,
        rules_version=grant.rules_version,
        now=grant.made_at,
    )


async def save_grant(tx: Tx, grant: Grant, version: int) -> bool:
    """Keep how a grant stands now; False when somebody else moved it from this version."""
    saved = await _save_grant.run(
        tx,
        id=grant.id,
        version=version,
        amount_minor=grant.amount_minor,
        state=grant.state,
        contests=grant.contests,
        attempt=grant.attempt,
        payout=grant.payout,
        postings=list(grant.postings),
        used_shop=grant.used_shop,
        used_purchase=grant.used_purchase,
        clock=grant.clock,
        due_at=grant.due_at,
        moved_at=grant.moved_at,
    )
    return saved == 1


async def lock_grant(tx: Tx, grant: UUID) -> Grant | None:
    """A grant that nobody else moves until the commit."""
    return await _lock_grant.first(tx, id=grant)


async def find_grant(tx: Tx, grant: UUID) -> Grant | None:
    """One grant."""
    return await _find_grant.first(tx, id=grant)


async def find_by_key(tx: Tx, key: str) -> Grant | None:
    """The grant that was given under this key."""
    return await _find_by_key.first(tx, key=key)


async def grants_of_subject(tx: Tx, subject_kind: str, subjects: Sequence[UUID]) -> Sequence[Grant]:
    """What was given for some things, the oldest first."""
    return await _grants_of_subject.all(tx, subject_kind=subject_kind, subjects=list(subjects))


async def grants_of_receiver(
    tx: Tx, to_kind: Receiver, receiver: UUID, *, before: UUID | None, limit: int
) -> Sequence[Grant]:
    """What somebody was given, the newest first."""
    return await _grants_of_receiver.all(tx, to_kind=to_kind, receiver=receiver, before=before, limit=limit)


async def grants_of_shop(
    tx: Tx,
    shop: UUID,
    *,
    kind: GrantKind | None,
    purchase: UUID | None,
    before: UUID | None,
    limit: int,
) -> Sequence[Grant]:
    """What a shop bears or is concerned by, the newest first."""
    return await _grants_of_shop.all(tx, shop=shop, kind=kind, purchase=purchase, before=before, limit=limit)


async def contested_grants(tx: Tx, *, after: UUID | None, limit: int) -> Sequence[Grant]:
    """What waits for the people's answer, the oldest first."""
    return await _contested_grants.all(tx, after=after, limit=limit)


async def insert_happening(
    tx: Tx, grant: Grant, *, event: str, by: By, from_state: str, now: datetime
) -> None:
    """Write down what happened to a grant."""
    await _insert_happening.run(
        tx,
        grant_id=grant.id,
        version=grant.version,
        at=now,
        event=event,
        side=by.side,
        person=by.person,
        from_state=from_state,
        state=grant.state,
        amount_minor=grant.amount_minor,
        text=by.text,
    )


async def happenings(tx: Tx, grant: UUID) -> Sequence[GrantHappening]:
    """What happened to a grant, in order."""
    return await _happenings.all(tx, grant_id=grant)


async def lock_shop(tx: Tx, shop: UUID) -> None:
    """Let those who send red packets of one shop go one after the other."""
    await _lock_shop.run(tx, shop=shop)


async def sent_since(tx: Tx, shop: UUID, agent: UUID, since: datetime) -> Sent:
    """What an agent and his shop sent in red packets since a moment."""
    return await _sent_since.one(tx, shop=shop, agent=agent, since=since)


async def packet_counts(
    tx: Tx, shop: UUID, *, since: datetime, until: datetime, agent: UUID | None
) -> Sequence[PacketCount]:
    """How the red packets of a span stand now."""
    return await _packet_counts.all(tx, shop=shop, since=since, until=until, agent=agent)
