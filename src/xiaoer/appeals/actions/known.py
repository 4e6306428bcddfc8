"""What an appeal is decided by: the rules in force when it was lodged, and how days are counted."""

from datetime import datetime
from typing import Final
from uuid import UUID

from msgspec import Struct

from xiaoer.after_sale.rules.deadlines import Days, days_of
from xiaoer.appeals.model import Appeal, Doer
from xiaoer.appeals.rules.deeds import may, sided
from xiaoer.appeals.store import appeals as store
from xiaoer.identity import queries as identity
from xiaoer.kernel.refusal import Refusal, Refused
from xiaoer.plumbing.db import Tx
from xiaoer.rulebook import queries as rulebook
from xiaoer.rulebook.model import Book

UNKNOWN: Final = Refused("not_found", "appeals.unknown_appeal")


class Ground(Struct, frozen=True):
    """The rules of the marketplace at a moment, and how its days are counted."""

    book: Book
    days: Days


async def ground(tx: Tx, at: datetime) -> Ground:
    """The rules as they were at a moment."""
    zone = (await identity.marketplace(tx)).time_zone
    book = await rulebook.book(tx, None, at)
    return Ground(book, days_of(book, zone))


async def standing(tx: Tx, doer: Doer, appeal: UUID, deed: str) -> tuple[Appeal, Doer, Ground]:
    """An appeal somebody may do something with now, locked; a party as the side it is. Raises Refusal."""
    party = doer.party
    was = await store.lock_appeal(tx, appeal, party.id if party else None)
    if was is None:
        raise Refusal(UNKNOWN)
    as_side = sided(was, doer)
    if as_side.side == "other" and deed == "add":
        deed = "answer"
    if as_side.side == "appellant" and deed == "answer":
        deed = "add"
    if as_side.side == "other" and deed == "withdraw":
        raise Refusal(Refused("not_allowed", "appeals.not_yours"))
    refused = may(was, as_side, deed)
    if refused is not None:
        raise Refusal(refused)
    return was, as_side, await ground(tx, was.rules_at)
