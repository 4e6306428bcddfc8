"""A block as the wire shows it, to each side what it may see."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final, Literal
from uuid import UUID

from msgspec import Struct

from xiaoer.blocks import store
from xiaoer.blocks.model import (
    BINDING,
    STAYS_OPEN,
    Block,
    BlockReceipt,
    BlockState,
    Doer,
    Ground,
    Scope,
    Score,
    Side,
    SubjectKind,
)
from xiaoer.blocks.rules.deeds import BlockDeed, Viewer, deeds
from xiaoer.compensation.model import Good, GrantSide
from xiaoer.compensation.queries import grants
from xiaoer.compensation.queries import views as given
from xiaoer.compensation.queries.views import GrantShown
from xiaoer.identity import queries as identity
from xiaoer.measures.model import MeasureKind, MeasureState
from xiaoer.measures.queries import measures
from xiaoer.plumbing.db import Tx

Then = Literal["heard", "lapsed", "ended", "reviewed", "reminded"]
_THEN: Final[Mapping[str, Then]] = {
    "proposed": "heard",
    "heard": "lapsed",
    "in_force": "ended",
    "on_watch": "reviewed",
    "in_review": "reminded",
}


class BlockShown(Struct, frozen=True, kw_only=True):
    """A block, with what the viewer may do now and what follows at `due_at` when nobody does anything.

    Names of those who proposed and approved are for staff only. `stays_open`: what no block stops.
    """

    id: UUID
    side: Side
    shop_id: UUID | None
    shop_name: str
    subject_kind: SubjectKind
    subject_id: UUID
    subject_name: str
    ground: Ground
    facts: str
    evidence: tuple[str, ...]
    score: Score | None
    scope: Scope
    stops: MeasureKind | None
    danger: bool
    days: int | None
    approval: Side
    proposer_name: str
    approver_name: str
    state: BlockState
    is_binding: bool
    version: int
    clock: str | None
    due_at: datetime | None
    then: Then | None
    begins_at: datetime | None
    ends_at: datetime | None
    review_at: datetime | None
    lifted_at: datetime | None
    decided_text: str
    rules_version: str
    row: str
    basis: str
    stays_open: tuple[str, ...]
    deeds: list[BlockDeed]
    proposed_at: datetime
    moved_at: datetime


class BlockStep(Struct, frozen=True, kw_only=True):
    """One thing that happened to a block."""

    version: int
    at: datetime
    event: str
    side: Doer
    person_name: str
    state: BlockState
    text: str


class BlockMeasure(Struct, frozen=True, kw_only=True):
    """A measure by which a block takes effect."""

    id: UUID
    kind: MeasureKind
    state: MeasureState
    begins_at: datetime
    ends_at: datetime | None


class BlockWhole(Struct, frozen=True, kw_only=True):
    """A block with its measures, its history, what was handed in, and how it was made good."""

    block: BlockShown
    measures: list[BlockMeasure]
    timeline: list[BlockStep]
    receipts: list[BlockReceipt]
    good: list[Good]
    grants: list[GrantShown]


async def shown(tx: Tx, found: Sequence[Block], viewer: Viewer, person: UUID | None) -> list[BlockShown]:
    """Some blocks as one side sees them."""
    shops = {one.shop for one in found if one.shop} | {
        one.subject for one in found if one.subject_kind == "shop"
    }
    people = {one.subject for one in found if one.subject_kind == "person"}
    if viewer != "subject":
        people |= {one.proposed_by for one in found} | {one.approved_by for one in found if one.approved_by}
    names = await identity.names(tx, people, shops)
    return [_shown(one, viewer, person, names) for one in found]


def _shown(one: Block, viewer: Viewer, person: UUID | None, names: Mapping[UUID, str]) -> BlockShown:
    is_staff = viewer != "subject"
    return BlockShown(
        id=one.id,
        side=one.side,
        shop_id=one.shop,
        shop_name=names.get(one.shop, "") if one.shop else "",
        subject_kind=one.subject_kind,
        subject_id=one.subject,
        subject_name=names.get(one.subject, ""),
        ground=one.ground,
        facts=one.facts,
        evidence=one.evidence,
        score=one.score,
        scope=one.scope,
        stops=one.stops,
        danger=one.danger,
        days=one.days,
        approval=one.approval,
        proposer_name=names.get(one.proposed_by, "") if is_staff else "",
        approver_name=names.get(one.approved_by, "") if is_staff and one.approved_by else "",
        state=one.state,
        is_binding=one.state in BINDING,
        version=one.version,
        clock=one.clock,
        due_at=one.due_at,
        then=_THEN.get(one.state),
        begins_at=one.begins_at,
        ends_at=one.ends_at,
        review_at=one.review_at,
        lifted_at=one.lifted_at,
        decided_text=one.decided_text,
        rules_version=one.rules_version,
        row=one.fit_row,
        basis=one.fit_basis,
        stays_open=STAYS_OPEN,
        deeds=deeds(one, viewer, person),
        proposed_at=one.proposed_at,
        moved_at=one.moved_at,
    )


async def whole(tx: Tx, block: Block, viewer: Viewer, person: UUID | None) -> BlockWhole:
    """A block with everything that belongs to it, as one side sees it."""
    (line,) = await shown(tx, [block], viewer, person)
    happened = await store.happenings(tx, block.id)
    people = {one.person for one in happened if one.person} if viewer != "subject" else set[UUID]()
    names = await identity.names(tx, people)
    side: dict[Viewer, GrantSide] = {"subject": "receiver", "shop": "shop", "marketplace": "officer"}
    return BlockWhole(
        block=line,
        measures=[
            BlockMeasure(
                id=one.id, kind=one.kind, state=one.state, begins_at=one.begins_at, ends_at=one.ends_at
            )
            for one in await measures.of_sources(tx, [block.id])
        ],
        timeline=[
            BlockStep(
                version=one.version,
                at=one.at,
                event=one.event,
                side=one.side,
                person_name=names.get(one.person, "") if one.person else "",
                state=one.state,
                text=one.text,
            )
            for one in happened
        ],
        receipts=list(await store.receipts(tx, block.id)),
        good=list(block.good),
        grants=await given.shown(tx, await grants.grants_for(tx, "block", [block.id]), side[viewer]),
    )
