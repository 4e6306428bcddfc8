"""The doors to a shop's proofs on file, and to what became of the guard's suggestions."""

from datetime import date, timedelta
from typing import Annotated
from uuid import UUID

from msgspec import Meta, Struct, structs

from xiaoer.guard import actions, queries
from xiaoer.guard.model import Told
from xiaoer.guard.queries import HeedingFigures, ProofLine
from xiaoer.plumbing.file_addresses import make_address
from xiaoer.plumbing.http import Call, Limit, Page, page_of

Days = Annotated[int, Meta(ge=1, le=92)]


class EndWish(Struct, frozen=True, forbid_unknown_fields=True):
    """Why a proof is put away before its time."""

    reason: Annotated[str, Meta(min_length=1, max_length=500)]


class ToldWish(Struct, frozen=True, forbid_unknown_fields=True):
    """What became of the suggestions made for one message."""

    told: Annotated[list[Told], Meta(min_length=1, max_length=20)]


async def list_proofs(
    call: Call, shop: UUID, starting_after: UUID | None = None, limit: Limit = 50
) -> Page[ProofLine]:
    """The proofs a shop has put on file, the newest first."""
    async with call.database.read(call.tenant) as tx:
        found = await queries.proofs(tx, shop, before=starting_after, limit=limit + 1, now=call.now)
    key = call.services.settings.key("files")
    shown = [
        structs.replace(one, file_url=make_address(key, call.tenant, one.proof.file.id, call.now))
        if one.proof.file
        else one
        for one in found
    ]
    return page_of(shown, limit, lambda one: str(one.proof.id))


async def post_proof_end(call: Call, shop: UUID, proof: UUID, data: EndWish) -> None:
    """Put a proof away: what it proved is held back again."""
    person, why = call.actor.person, data.reason.strip()
    await call.database.run(
        call.tenant, lambda tx: actions.end_proof(tx, shop, proof, person=person, why=why, now=call.now)
    )


async def post_told(call: Call, shop: UUID, data: ToldWish) -> None:
    """Count what the caller made of suggestions: taken, changed otherwise, or nothing."""
    person = call.actor.person
    await call.database.run(call.tenant, lambda tx: actions.count(tx, shop, person, data.told, call.now))


async def get_heeding(call: Call, shop: UUID, days: Days = 30) -> HeedingFigures:
    """How a shop's people heeded suggestions in the last days, by kind and row and by person."""
    since, until = _span(call, days)
    async with call.database.read(call.tenant) as tx:
        return await queries.heeding(tx, shop, since, until)


async def get_all_heeding(call: Call, days: Days = 30) -> HeedingFigures:
    """The same for the whole marketplace, by shop too."""
    since, until = _span(call, days)
    async with call.database.read(call.tenant) as tx:
        return await queries.heeding(tx, None, since, until)


def _span(call: Call, days: int) -> tuple[date, date]:
    until = call.now.date()
    return until - timedelta(days=days - 1), until
