"""Which held-back words may be said with which proof, and what a proof on file makes pass (L-120, S-091)."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Final, cast
from uuid import UUID

from xiaoer.guard.model import (
    SORTS,
    FiledProof,
    Finding,
    OnFile,
    Overridden,
    Proof,
    ProofSort,
    Serves,
    Way,
)
from xiaoer.kernel.table import Table

_HELD: Final = frozenset({"rewrite", "block"})
OVERRIDE: Final = "guard.override"
SENSITIVE: Final = "sensitive_category"
"""The reason that tells of goods for which law lets no absolute term stand (D9 row 11)."""


def held(findings: Iterable[Finding]) -> list[Finding]:
    """Those that keep a message back."""
    return [finding for finding in findings if finding.verdict in _HELD]


def ways(table: Table, finding: Finding) -> list[Way]:
    """What each sort of proof could do for a finding, by the table."""
    return [_way(table, finding, sort) for sort in SORTS]


def _way(table: Table, finding: Finding, sort: ProofSort) -> Way:
    facts = {"kind": finding.kind, "sensitive": finding.reason == SENSITIVE, "proof": sort}
    decision = table.decide(facts)
    serves = decision.word("serves")
    return Way(
        sort=sort,
        serves=None if serves == "never" else cast("Serves", serves),
        in_conversation=decision.word("holds_in") == "conversation",
        row=decision.row,
        basis=decision.basis,
        say=dict(table.row(decision.row).say),
    )


def on_file(filed: Iterable[FiledProof], conversation: UUID | None, at: datetime) -> OnFile:
    """What proofs prove now in a conversation, as the rules of D9 and D10 ask for it."""
    running = [one for one in filed if at < one.ends and one.conversation in {None, conversation}]
    proofs = tuple(Proof(one.serves, one.words, one.ends) for one in running if one.serves != "on_time")
    return OnFile(proofs, any(one.serves == "on_time" for one in running))


def overridden(
    text: str,
    before: Sequence[Finding],
    after: Sequence[Finding],
    filed: Iterable[FiledProof],
    *,
    conversation: UUID | None,
    at: datetime,
) -> tuple[Overridden, ...]:
    """Which proof answers for each finding that held a text back and no longer does."""
    stays = {(finding.kind, finding.start, finding.end) for finding in held(after)}
    gone = [one for one in held(before) if (one.kind, one.start, one.end) not in stays]
    known = [one for one in filed if at < one.ends and one.conversation in {None, conversation}]
    found: dict[UUID, Overridden] = {}
    for finding in gone:
        may = [proof for proof in known if proof.kind == finding.kind]
        near = [proof for proof in may if _touches(text, proof, finding)]
        for proof in (near or may)[:1]:
            found.setdefault(proof.id, _by(proof, finding))
    return tuple(found.values())


def _touches(text: str, proof: FiledProof, finding: Finding) -> bool:
    said = text[finding.start : finding.end]
    return proof.words in said or said in proof.words


def _by(proof: FiledProof, finding: Finding) -> Overridden:
    return Overridden(
        proof=proof.id,
        kind=finding.kind,
        row=finding.row,
        override_row=proof.override_row,
        sort=proof.sort,
        words=proof.words,
        reference=proof.reference,
        reason=proof.reason,
        person=proof.person,
        ends=proof.ends,
        file_name=proof.file.name if proof.file else "",
    )
