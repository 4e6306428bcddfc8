"""Another person looks again: it stays, is lifted, or was wrong and is made good at once (S-101)."""

from collections.abc import Sequence
from datetime import datetime
from typing import Literal
from uuid import UUID

from msgspec import structs

from xiaoer.blocks import store
from xiaoer.blocks.actions import watch
from xiaoer.blocks.actions.move import locked, move, standing
from xiaoer.blocks.actions.propose import sealed
from xiaoer.blocks.machine import Event
from xiaoer.blocks.model import Block, By
from xiaoer.blocks.rules.deeds import Viewer, may
from xiaoer.blocks.rules.propose import is_party
from xiaoer.compensation.actions.good import Ground, make_good
from xiaoer.compensation.model import Good, LostOrder, Shown, Wrong
from xiaoer.identity import queries as identity
from xiaoer.kernel.refusal import Refusal, Refused
from xiaoer.measures.actions import impose
from xiaoer.measures.queries import measures
from xiaoer.plumbing.db import Tx
from xiaoer.rulebook import queries as rulebook


async def keep(tx: Tx, block: UUID, *, person: UUID, text: str, now: datetime) -> Block:
    """It was right and stays; without an end it is looked at again after a while."""
    was = await _looked_at(tx, block, "keep", person)
    book = await rulebook.book(tx, None, was.rules_at)
    review_at = None if was.ends_at else now + book.duration("blocks.watch_days")
    changed = structs.replace(was, review_at=review_at)
    event = Event.KEEP if was.ends_at else Event.KEEP_ON_WATCH
    return await move(tx, was, event, By("marketplace", person, text), now=now, changed=changed)


async def lift(tx: Tx, block: UUID, viewer: Viewer, *, person: UUID, text: str, now: datetime) -> Block:
    """Lift a block that had been right: nothing is owed for it."""
    was = await standing(tx, block, viewer, "lift", person)
    await _end_measures(tx, was, "lifted", by=person, text=text, now=now)
    changed = structs.replace(was, lifted_at=now, lifted_by=person)
    return await move(tx, was, Event.LIFT, By(viewer, person, text), now=now, changed=changed)


async def lift_wrong(
    tx: Tx,
    block: UUID,
    *,
    by: UUID | None,
    now: datetime,
    insult: Shown = "none",
    insult_evidence: tuple[str, ...] = (),
    text: str = "",
) -> Block:
    """It was wrong: lifted at once, records restored, the four kinds of D8 offered without being asked.

    A block that was found wrong before stays as it is. Raises Refusal: blocks.own_decision for whoever
    proposed or approved it, party_approves for a party, insult_not_shown for an insult without evidence.
    """
    was = await locked(tx, block)
    if was.state == "lifted_wrong":
        return was
    if refused := may(was, "marketplace", "lift_wrong", by):
        raise Refusal(refused)
    await _no_party(tx, was, by)
    if insult != "none" and not await sealed(tx, insult_evidence):
        raise Refusal(Refused("refused", "blocks.insult_not_shown"))
    await _end_measures(tx, was, "reversed", by=by, text=text, now=now)
    changed = structs.replace(was, lifted_at=now, lifted_by=by, insult=insult)
    good = await _make_good(tx, was, changed, now)
    changed = structs.replace(changed, good=good)
    after = await move(tx, was, Event.LIFT_WRONG, By("marketplace", by, text), now=now, changed=changed)
    await watch.look(tx, await rulebook.book(tx, None, now), now)
    return after


async def _make_good(tx: Tx, was: Block, block: Block, now: datetime) -> tuple[Good, ...]:
    book = await rulebook.book(tx, None, was.rules_at)
    ground = Ground(
        receiver=was.subject,
        shop=was.shop,
        subject_kind="block",
        subject=was.id,
        rules_at=was.rules_at,
        actor=block.lifted_by,
    )
    handed_in = sum(one.amount_minor for one in await store.receipts(tx, was.id))
    wrong = Wrong(
        who=was.subject_kind,
        bearer=was.side,
        public=was.public,
        orders=tuple(await _spoiled(tx, was, now)),
        receipts_minor=min(handed_in, book.minor("blocks.receipts_max")),
        minutes=min(was.minutes, book.integer("blocks.minutes_max")),
        contacts=was.contacts,
        insult=block.insult,
    )
    return tuple(good for good, _ in await make_good(tx, ground, wrong, now))


async def _spoiled(tx: Tx, was: Block, now: datetime) -> Sequence[LostOrder]:
    """The orders it spoiled while it bound; those of the shop that blocked, when a shop did."""
    if was.begins_at is None:
        return []
    over = [one for one in (was.ends_at, was.lifted_at, now) if one is not None]
    book = await rulebook.book(tx, None, was.rules_at)
    return await store.spoiled_orders(
        tx,
        shop=was.subject if was.subject_kind == "shop" else was.shop,
        buyer=was.subject if was.subject_kind == "person" else None,
        currency=(await identity.marketplace(tx)).currency,
        since=was.begins_at,
        until=min(over),
        dispatch=book.duration("blocks.dispatch"),
    )


async def _end_measures(
    tx: Tx, block: Block, why: Literal["lifted", "reversed"], *, by: UUID | None, text: str, now: datetime
) -> None:
    for one in await measures.of_sources(tx, [block.id]):
        await impose.end(tx, one.id, why, now, by=by, text=text)


async def _looked_at(tx: Tx, block: UUID, deed: str, person: UUID) -> Block:
    was = await standing(tx, block, "marketplace", deed, person)
    await _no_party(tx, was, person)
    return was


async def _no_party(tx: Tx, block: Block, person: UUID | None) -> None:
    if person is not None and is_party(person, block.subject, await sealed(tx, block.evidence)):
        raise Refusal(Refused("not_allowed", "blocks.party_approves"))
