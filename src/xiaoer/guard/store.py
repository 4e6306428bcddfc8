"""How proofs on file and counted answers are kept: one function per statement of `store.sql`."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Final
from uuid import UUID

import msgspec
from msgspec import structs

from xiaoer.guard.model import FiledProof, Heeded, HeededBy
from xiaoer.plumbing.db import Tx
from xiaoer.plumbing.sql import Statements

_statements: Final = Statements(__file__)
_add_proof = _statements.command("add_proof")
_end_proof = _statements.command("end_proof")
_proofs_holding = _statements.rows("proofs_holding", FiledProof)
_proofs_of_shop = _statements.rows("proofs_of_shop", FiledProof)
_count_answer = _statements.command("count_answer")
_heeded = _statements.rows("heeded", Heeded)
_heeded_by = _statements.rows("heeded_by", HeededBy)
_heeded_in = _statements.rows("heeded_in", HeededBy)
_KEPT: Final = ("shop", "id", "conversation", "sort", "serves", "kind", "row", "override_row", "words")
_SAID: Final = ("reference", "reason", "ends", "person", "at")


async def add_proof(tx: Tx, proof: FiledProof) -> None:
    """Keep a proof."""
    fields = structs.asdict(proof)
    file = None if proof.file is None else msgspec.to_builtins(proof.file)
    await _add_proof.run(tx, **{name: fields[name] for name in (*_KEPT, *_SAID)}, file=file)


async def end_proof(tx: Tx, shop: UUID, id: UUID, *, person: UUID, why: str, now: datetime) -> bool:
    """Put a proof away; False when there is none in force."""
    return await _end_proof.run(tx, shop=shop, id=id, person=person, why=why, now=now) == 1


async def proofs_holding(tx: Tx, now: datetime) -> Sequence[FiledProof]:
    """Every proof of the marketplace in force."""
    return await _proofs_holding.all(tx, now=now)


async def proofs_of_shop(tx: Tx, shop: UUID, *, before: UUID | None, limit: int) -> Sequence[FiledProof]:
    """A page of a shop's proofs, the newest first."""
    return await _proofs_of_shop.all(tx, shop=shop, before=before, limit=limit)


async def count_answers(tx: Tx, lines: Sequence[Mapping[str, object]]) -> None:
    """Add to the day's counts."""
    await _count_answer.run_many(tx, lines)


async def heeded(tx: Tx, shop: UUID | None, since: date, until: date) -> Sequence[Heeded]:
    """Counts by kind and row."""
    return await _heeded.all(tx, shop=shop, since=since, until=until)


async def heeded_by(tx: Tx, shop: UUID | None, since: date, until: date) -> Sequence[HeededBy]:
    """Counts by person."""
    return await _heeded_by.all(tx, shop=shop, since=since, until=until)


async def heeded_in(tx: Tx, since: date, until: date) -> Sequence[HeededBy]:
    """Counts by shop."""
    return await _heeded_in.all(tx, since=since, until=until)
