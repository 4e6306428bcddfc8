"""What the blocked may do: speak, ask for another look, hand in what it cost him."""

from datetime import datetime
from uuid import UUID

from msgspec import structs

from xiaoer.blocks import store
from xiaoer.blocks.actions.move import UNKNOWN, locked, move, note
from xiaoer.blocks.machine import Event
from xiaoer.blocks.model import Block, BlockReceipt, By, SubjectKind
from xiaoer.blocks.rules.deeds import may
from xiaoer.kernel.refusal import Refusal, Refused
from xiaoer.plumbing.db import Tx

RECEIPTS_MOST = 20


async def own(tx: Tx, block: UUID, kind: SubjectKind, subject: UUID, deed: str) -> Block:
    """A locked block of this person or shop; a foreign one looks unknown. Raises Refusal."""
    found = await locked(tx, block)
    if (found.subject_kind, found.subject) != (kind, subject):
        raise Refusal(UNKNOWN)
    if refused := may(found, "subject", deed, None):
        raise Refusal(refused)
    return found


async def state(
    tx: Tx, block: UUID, *, kind: SubjectKind, subject: UUID, person: UUID, text: str, now: datetime
) -> Block:
    """Say one's own side of it before anybody decides; after a danger the block is looked at at once."""
    was = await own(tx, block, kind, subject, "state")
    changed = structs.replace(was, statement=text, heard_at=now, contacts=was.contacts + 1)
    return await move(tx, was, Event.STATE, By("subject", person, text), now=now, changed=changed)


async def ask(
    tx: Tx,
    block: UUID,
    *,
    kind: SubjectKind,
    subject: UUID,
    person: UUID,
    text: str,
    minutes: int,
    now: datetime,
) -> Block:
    """Ask that another person looks at it (L-091, S-107)."""
    was = await own(tx, block, kind, subject, "ask")
    changed = structs.replace(
        was, asks=was.asks + 1, contacts=was.contacts + 1, minutes=was.minutes + minutes
    )
    return await move(tx, was, Event.ASK, By("subject", person, text), now=now, changed=changed)


async def hand_in(
    tx: Tx, block: UUID, receipt: BlockReceipt, *, kind: SubjectKind, subject: UUID, person: UUID
) -> Block:
    """Hand in what it cost: it is made good when the block was wrong (S-102)."""
    was = await own(tx, block, kind, subject, "receipt")
    if len(await store.receipts(tx, block)) >= RECEIPTS_MOST:
        raise Refusal(Refused("too_many", "blocks.receipts_used_up"))
    await store.insert_receipt(tx, block, receipt)
    changed = structs.replace(was, contacts=was.contacts + 1)
    return await note(tx, was, changed, "receipt", By("subject", person, receipt.text), now=receipt.at)
