"""What is written down about the guard: proofs on file, and whether its suggestions were heeded."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import lru_cache
from importlib.resources import files
from typing import Final
from uuid import UUID

from xiaoer.guard import store
from xiaoer.guard.events import ProofsChanged
from xiaoer.guard.model import FiledProof, Told
from xiaoer.kernel.refusal import Refusal, Refused
from xiaoer.kernel.table_text import load
from xiaoer.plumbing.db import Tx
from xiaoer.plumbing.events import publish
from xiaoer.rulebook import queries as rulebook

MOST_DAYS: Final = "guard.proof_days_most"
UNKNOWN: Final = Refused("not_found", "objections.unknown_proof")


async def file_proof(tx: Tx, proof: FiledProof) -> FiledProof:
    """Put a proof on file; from now on its words pass. Raises Refusal where it ends too soon or too late."""
    days = (await rulebook.book(tx, proof.shop, proof.at)).integer(MOST_DAYS)
    if not proof.at < proof.ends <= proof.at + timedelta(days=days):
        raise Refusal(Refused("refused", "objections.proof_when", row=MOST_DAYS, facts={"days": days}))
    await store.add_proof(tx, proof)
    await publish(tx, ProofsChanged(tenant=tx.tenant, at=proof.at, shop=proof.shop, proof=proof.id))
    return proof


async def end_proof(tx: Tx, shop: UUID, id: UUID, *, person: UUID, why: str, now: datetime) -> None:
    """Put a proof away before its time: its words are held back again. Raises Refusal when there is none."""
    if not await store.end_proof(tx, shop, id, person=person, why=why, now=now):
        raise Refusal(UNKNOWN)
    await publish(tx, ProofsChanged(tenant=tx.tenant, at=now, shop=shop, proof=id))


async def count(tx: Tx, shop: UUID, person: UUID, told: Sequence[Told], now: datetime) -> None:
    """Count what became of suggestions. Raises Refusal for a row that no table of the guard has."""
    strange = [one.row for one in told if one.row not in rows()]
    if strange:
        raise Refusal(Refused("invalid", "objections.unknown_row", facts={"row": strange[0]}))
    counted = Counter((one.kind, one.row, one.answer) for one in told)
    lines: list[dict[str, object]] = []
    for kind, row in sorted({(one.kind, one.row) for one in told}):
        lines.append(
            {
                "shop": shop,
                "day": now.date(),
                "person": person,
                "kind": kind,
                "row": row,
                "taken": counted[kind, row, "taken"],
                "edited": counted[kind, row, "edited"],
                "ignored": counted[kind, row, "ignored"],
            }
        )
    await store.count_answers(tx, lines)


@lru_cache(maxsize=1)
def rows() -> frozenset[str]:
    """Every row a finding can name; the tables are the same in every marketplace."""
    found: set[str] = set()
    for path in (files("xiaoer.guard") / "tables").iterdir():
        if path.name.endswith(".toml") and path.name not in {"grounds.toml", "wordings.toml"}:
            found |= {row.id.partition(".")[0] for row in load(path.read_text("utf-8")).rows}
    return frozenset(found)
