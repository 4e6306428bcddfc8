"""Another person approves or refuses; only then it binds, with reasons, through the measures."""

from datetime import datetime
from uuid import UUID, uuid5

from msgspec import structs

from xiaoer.blocks.actions.move import move, standing
from xiaoer.blocks.actions.propose import sealed
from xiaoer.blocks.machine import Event
from xiaoer.blocks.model import Block, By
from xiaoer.blocks.rules.deeds import Viewer
from xiaoer.blocks.rules.propose import FIT, is_party, measures_of, times
from xiaoer.kernel.refusal import Refusal, Refused
from xiaoer.measures.actions import impose
from xiaoer.measures.model import MeasureStatement, MeasureWish
from xiaoer.plumbing.db import Tx
from xiaoer.rulebook import queries as rulebook


async def approve(
    tx: Tx, block: UUID, viewer: Viewer, *, person: UUID, text: str, days: int | None, now: datetime
) -> Block:
    """Bring a block into force, as proposed or for fewer `days`. Raises Refusal.

    Codes besides those of the state: blocks.party_approves, not_longer.
    """
    was = await standing(tx, block, viewer, "approve", person)
    if is_party(person, was.subject, await sealed(tx, was.evidence)):
        raise Refusal(Refused("not_allowed", "blocks.party_approves"))
    if days is not None and was.days is not None and days > was.days:
        raise Refusal(Refused("refused", "blocks.not_longer", facts={"days": was.days}))
    book = await rulebook.book(tx, None, was.rules_at)
    unheard = was.state == "proposed"
    ends_at, review_at = times(book, days or was.days, danger=unheard, now=now)
    changed = structs.replace(
        was,
        days=days or was.days,
        approved_by=person,
        decided_text=text,
        begins_at=now,
        ends_at=ends_at,
        review_at=review_at,
        public=was.subject_kind == "shop",
    )
    event = Event.BEGIN if ends_at is not None and not unheard else Event.BEGIN_ON_WATCH
    after = await move(tx, was, event, By(viewer, person, text), now=now, changed=changed)
    await _impose(tx, after, person, now)
    return after


async def _impose(tx: Tx, block: Block, person: UUID, now: datetime) -> None:
    """The measures of it, with the statement of reasons (L-091, X-006)."""
    statement = MeasureStatement(
        facts=f"{block.facts}\n\n{block.decided_text}",
        table=FIT,
        row=block.fit_row,
        basis=block.fit_basis,
        rules_version=block.rules_version,
        evidence=block.evidence,
        automated=False,
        decided_by=person,
    )
    for kind in measures_of(block):
        wish = MeasureWish(
            id=uuid5(block.id, kind),
            subject_kind=block.subject_kind,
            subject=block.subject,
            kind=kind,
            source_kind="block",
            source=block.id,
            reason=block.ground,
            statement=statement,
            begins_at=now,
            ends_at=block.ends_at,
            review_at=block.review_at,
            scope=block.shop if block.side == "shop" else None,
        )
        await impose.begin(tx, wish, now)


async def refuse(tx: Tx, block: UUID, viewer: Viewer, *, person: UUID, text: str, now: datetime) -> Block:
    """Do not approve; nothing ever binds."""
    was = await standing(tx, block, viewer, "refuse", person)
    changed = structs.replace(was, decided_text=text)
    return await move(tx, was, Event.REFUSE, By(viewer, person, text), now=now, changed=changed)


async def withdraw(tx: Tx, block: UUID, viewer: Viewer, *, person: UUID, now: datetime) -> Block:
    """Take one's own proposal back."""
    was = await standing(tx, block, viewer, "withdraw", person)
    return await move(tx, was, Event.WITHDRAW, By(viewer, person), now=now)
