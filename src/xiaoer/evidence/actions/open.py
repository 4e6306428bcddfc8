"""Opening a number: its own range, for its own case, and every time with its purpose written down."""

from datetime import datetime
from typing import Final, Literal
from uuid import UUID

from msgspec import structs

from xiaoer.evidence import store
from xiaoer.evidence.model import EvidenceOpening, OpenWish, Purpose, Seal
from xiaoer.kernel.actor import Actor
from xiaoer.kernel.refusal import Refusal, Refused
from xiaoer.plumbing.db import Tx

Way = Literal["read", "pack"]
NOBODY: Final = UUID(int=0)
"""In whose name the command line opens: it knows the machine and no person."""
_STAFF: Final = frozenset({"agent", "manager"})
UNKNOWN: Final = Refused("not_found", "evidence.unknown_number")


async def open_number(
    tx: Tx, actor: Actor, number: str, wish: OpenWish, *, way: Way, id: UUID, now: datetime
) -> Seal:
    """Open a number for a case; the first case it is opened for is the only one from then on.

    Raises Refusal: unknown_number, other_purpose, other_case.
    """
    seal = await store.lock_seal(tx, number)
    if seal is None:
        raise Refusal(UNKNOWN)
    if wish.purpose not in {seal.purpose, "appeal"}:  # an appeal looks at what was decided on
        raise Refusal(Refused("not_allowed", "evidence.other_purpose", facts={"purpose": seal.purpose}))
    if seal.case is None:
        await store.bind_seal(tx, seal.id, wish.case)
        seal = structs.replace(seal, case=wish.case)
    if seal.case != wish.case:
        raise Refusal(Refused("not_allowed", "evidence.other_case"))
    opening = EvidenceOpening(id, actor.person, actor.role, way, wish.purpose, wish.case, wish.reason, now)
    await store.add_opening(tx, seal.id, opening)
    return seal


async def bind(tx: Tx, number: str, *, person: UUID, shop: UUID | None, case: UUID, purpose: Purpose) -> Seal:
    """Give one's own number (a shop: one of its people's) to the one case it opens for from now on.

    Raises Refusal: unknown_number, also for the number of somebody else; other_purpose, other_case.
    """
    seal = await store.lock_seal(tx, number)
    own = seal is not None and (
        (seal.shop == shop and seal.asked_role in _STAFF) if shop is not None else seal.asked_by == person
    )
    if seal is None or not own:
        raise Refusal(UNKNOWN)
    if seal.purpose != purpose:
        raise Refusal(Refused("not_allowed", "evidence.other_purpose", facts={"purpose": seal.purpose}))
    if seal.case not in {None, case}:
        raise Refusal(Refused("not_allowed", "evidence.other_case"))
    await store.bind_seal(tx, seal.id, case)
    return structs.replace(seal, case=case)


async def take_own(
    tx: Tx, actor: Actor, number: str, *, shop: UUID | None, team: bool, id: UUID, now: datetime
) -> Seal:
    """A number of one's own (a manager: of his shop's people) to make its pack, written down too.

    Raises Refusal(unknown_number), also for the number of somebody else.
    """
    seal = await store.find_seal(tx, number)
    if seal is None or not is_own(seal, actor, shop=shop, team=team):
        raise Refusal(UNKNOWN)
    reason = "own pack"
    opening = EvidenceOpening(id, actor.person, actor.role, "pack", seal.purpose, seal.case, reason, now)
    await store.add_opening(tx, seal.id, opening)
    return seal


async def take_as_operator(tx: Tx, number: str, *, id: UUID, now: datetime) -> Seal:
    """A number for whoever runs this installation; written down as well. Raises Refusal."""
    seal = await store.find_seal(tx, number)
    if seal is None:
        raise Refusal(UNKNOWN)
    opening = EvidenceOpening(id, NOBODY, "operator", "pack", seal.purpose, seal.case, "command line", now)
    await store.add_opening(tx, seal.id, opening)
    return seal


def is_own(seal: Seal, actor: Actor, *, shop: UUID | None, team: bool) -> bool:
    """Whether somebody may have a number: he made it, or leads the shop whose people made it."""
    if shop is not None and seal.shop != shop:
        return False
    return seal.asked_by == actor.person or (team and shop is not None and seal.asked_role in _STAFF)
