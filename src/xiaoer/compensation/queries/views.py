"""A grant as the wire shows it, to each side what it may see."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final, Literal
from uuid import UUID

from msgspec import Struct

from xiaoer.compensation import store
from xiaoer.compensation.model import (
    Bearer,
    Grant,
    GrantHappening,
    GrantKind,
    GrantPurpose,
    GrantSide,
    GrantState,
    Receiver,
)
from xiaoer.compensation.rules.deeds import GrantDeed, deeds
from xiaoer.identity import queries as identity
from xiaoer.plumbing.db import Tx

Then = Literal["accepted", "returned", "reminded"]
_THEN: Final[Mapping[str, Then]] = {
    "offered": "accepted",
    "contested": "reminded",
    "waiting": "returned",
    "held": "returned",
}


class GrantShown(Struct, frozen=True, kw_only=True):
    """A grant, with what the viewer may do now and what follows at `due_at` when nobody does anything."""

    id: UUID
    kind: GrantKind
    bearer: Bearer
    shop_id: UUID | None
    shop_name: str
    to_kind: Receiver
    receiver_id: UUID
    receiver_name: str
    amount_minor: int
    currency: str
    purpose: GrantPurpose
    order_id: UUID | None
    subject_kind: str
    subject_id: UUID
    is_offer: bool
    note: str
    state: GrantState
    version: int
    clock: str | None
    due_at: datetime | None
    then: Then | None
    deeds: list[GrantDeed]
    rules_version: str
    made_at: datetime
    moved_at: datetime


class GrantStep(Struct, frozen=True, kw_only=True):
    """One thing that happened to a grant; staff see who did it."""

    version: int
    at: datetime
    event: str
    side: GrantSide
    person_name: str
    state: GrantState
    amount_minor: int
    text: str


class GrantWhole(Struct, frozen=True, kw_only=True):
    """A grant with everything that happened to it."""

    grant: GrantShown
    timeline: list[GrantStep]


async def shown(tx: Tx, found: Sequence[Grant], side: GrantSide) -> list[GrantShown]:
    """Some grants as one side sees them."""
    shops = {one.shop for one in found if one.shop} | {one.receiver for one in found if one.to_kind == "shop"}
    people = {one.receiver for one in found if one.to_kind == "person"}
    names = await identity.names(tx, people, shops)
    return [_shown(one, side, names) for one in found]


def _shown(grant: Grant, side: GrantSide, names: Mapping[UUID, str]) -> GrantShown:
    return GrantShown(
        id=grant.id,
        kind=grant.kind,
        bearer=grant.bearer,
        shop_id=grant.shop,
        shop_name=names.get(grant.shop, "") if grant.shop else "",
        to_kind=grant.to_kind,
        receiver_id=grant.receiver,
        receiver_name=names.get(grant.receiver, ""),
        amount_minor=grant.amount_minor,
        currency=grant.currency,
        purpose=grant.purpose,
        order_id=grant.purchase,
        subject_kind=grant.subject_kind,
        subject_id=grant.subject,
        is_offer=grant.is_offer,
        note=grant.note,
        state=grant.state,
        version=grant.version,
        clock=grant.clock,
        due_at=grant.due_at,
        then=_THEN.get(grant.state),
        deeds=deeds(grant, side),
        rules_version=grant.rules_version,
        made_at=grant.made_at,
        moved_at=grant.moved_at,
    )


async def whole(tx: Tx, grant: Grant, side: GrantSide) -> GrantWhole:
    """A grant with its timeline, as one side sees it."""
    happened = await store.happenings(tx, grant.id)
    people = {one.person for one in happened if one.person} if side != "receiver" else set[UUID]()
    names = await identity.names(tx, people)
    (line,) = await shown(tx, [grant], side)
    return GrantWhole(grant=line, timeline=[_step(one, names) for one in happened])


def _step(one: GrantHappening, names: Mapping[UUID, str]) -> GrantStep:
    return GrantStep(
        version=one.version,
        at=one.at,
        event=one.event,
        side=one.side,
        person_name=names.get(one.person, "") if one.person else "",
        state=one.state,
        amount_minor=one.amount_minor,
        text=one.text,
    )
