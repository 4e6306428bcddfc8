"""Words that the guard holds back and a proof lets pass: what could prove them, and putting it on file."""

from datetime import UTC, datetime
from typing import Annotated, Final
from uuid import UUID

from msgspec import Meta, Struct, structs

from xiaoer.conversations.actions.own import own_of
from xiaoer.conversations.model.entry import Role
from xiaoer.conversations.model.thread import Speaker
from xiaoer.conversations.queries import files, threads
from xiaoer.conversations.rules.batch import ShopRules
from xiaoer.conversations.rules.judge import Ground, Judged, judged
from xiaoer.conversations.rules.own import may_be_theirs
from xiaoer.guard.actions import file_proof
from xiaoer.guard.kinds.proofs import OVERRIDE as TABLE
from xiaoer.guard.kinds.proofs import held, ways
from xiaoer.guard.model import FiledProof, Finding, Kind, ProofSort, Way
from xiaoer.kernel.refusal import Refusal, Refused
from xiaoer.plumbing.clock import new_id
from xiaoer.plumbing.db import Tx
from xiaoer.rulebook import queries as rulebook
from xiaoer.rulebook.actions import decide

SUBJECT: Final = "guard_proof"
NOTHING_HELD: Final = Refused("not_now", "objections.nothing_held")
NEITHER: Final = Refused("invalid", "objections.proof_of_nothing", facts={"field": "reference"})
CHANGES_NOTHING: Final = Refused("refused", "objections.proof_changes_nothing")
_LEAST: Final = 2
_Said = Annotated[str, Meta(min_length=1, max_length=500)]


class ClaimProofWish(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A proof for one finding in words that are held back: sort, number or address, file, reason, end.

    There is a `reference`, a file uploaded for this conversation, or both. `start` is where the finding
    begins, in code points of the text as given.
    """

    text: Annotated[str, Meta(min_length=1, max_length=20_000)]
    conversation_id: UUID
    kind: Kind
    start: Annotated[int, Meta(ge=0)]
    sort: ProofSort
    reference: Annotated[str, Meta(max_length=200)] = ""
    file_id: UUID | None = None
    reason: _Said
    ends: datetime


class Provable(Struct, frozen=True, kw_only=True):
    """Something that holds words back: which sorts of proof would let it pass, by which row, or why none."""

    kind: Kind
    row: str
    start: int
    words: str
    reason: str
    sorts: tuple[ProofSort, ...]
    override_row: str
    basis: str
    say: dict[str, str]


class Here(Struct, frozen=True):
    """Where words would go: the shop, the conversation, and what holds there."""

    shop: UUID
    conversation: UUID
    rules: ShopRules


async def judge_here(tx: Tx, speaker: Speaker, here: Here, text: str, now: datetime) -> tuple[Judged, Ground]:
    """What the guard would say if somebody sent these words here now; the buyer's own data are no leak."""
    facts = await threads.readable(tx, speaker, here.conversation, shop=here.shop)
    rules = here.rules
    ground = Ground(here.conversation, rules.guard, facts.relation.on_time, (), rules.proofs)
    role = speaker.role_in(here.shop)
    found = judged(text, speaker, role, ground, now)
    if found.review.findings and may_be_theirs(found.review, text):
        ground = structs.replace(ground, own=await own_of(tx, here.shop, facts.thread.buyer))
        found = judged(text, speaker, role, ground, now)
    return found, ground


async def provable(tx: Tx, speaker: Speaker, here: Here, text: str, now: datetime) -> list[Provable]:
    """For everything that holds words back: what could prove it."""
    found, ground = await judge_here(tx, speaker, here, text, now)
    table = (await rulebook.book(tx, here.shop, now)).table(TABLE)
    role = speaker.role_in(here.shop)
    told: list[Provable] = []
    for finding in held(found.review.findings):
        every = ways(table, finding)
        may = [
            way for way in every if _passes(text, speaker, role, ground, _tried(text, finding, way), now=now)
        ]
        shown = (may or [way for way in every if way.serves is None] or every)[0]
        told.append(
            Provable(
                kind=finding.kind,
                row=finding.row,
                start=finding.start,
                words=text[finding.start : finding.end],
                reason=finding.reason,
                sorts=tuple(way.sort for way in may),
                override_row=shown.row,
                basis=shown.basis,
                say=shown.say,
            )
        )
    return told


async def prove(tx: Tx, speaker: Speaker, here: Here, wish: ClaimProofWish, now: datetime) -> FiledProof:
    """Put a proof on file for one finding, so that the same claim passes until it ends.

    Raises Refusal: proof_of_nothing, file_unknown, nothing_held, proof_not_here (by the row that forbids it),
    proof_changes_nothing, proof_when.
    """
    if speaker.person is None:
        raise TypeError("a program proves nothing")
    shop = here.shop
    file = await files.given(tx, speaker.person, wish.conversation_id, wish.file_id)
    if file is None and len(wish.reference.strip()) < _LEAST:
        raise Refusal(NEITHER)
    found, ground = await judge_here(tx, speaker, here, wish.text, now)
    finding = next(
        (one for one in held(found.review.findings) if one.kind == wish.kind and one.start == wish.start),
        None,
    )
    if finding is None:
        raise Refusal(NOTHING_HELD)
    book = await rulebook.book(tx, shop, now)
    way = next(one for one in ways(book.table(TABLE), finding) if one.sort == wish.sort)
    proof = _tried(wish.text, finding, way, conversation=wish.conversation_id)
    if proof is None:
        raise Refusal(
            Refused("refused", "objections.proof_not_here", row=way.row, facts={"kind": finding.kind})
        )
    proof = structs.replace(
        proof,
        id=new_id(),
        shop=shop,
        reference=wish.reference.strip(),
        file=file,
        reason=wish.reason.strip(),
        ends=wish.ends,
        person=speaker.person,
        at=now,
    )
    filed = await file_proof(tx, proof)
    if not _passes(wish.text, speaker, speaker.role_in(shop), ground, proof, now=now):
        raise Refusal(CHANGES_NOTHING)
    await decide(
        tx,
        book,
        TABLE,
        {"kind": finding.kind, "sensitive": False, "proof": wish.sort},
        id=new_id(),
        shop=shop,
        subject_kind=SUBJECT,
        subject=proof.id,
        actor=speaker.person,
        now=now,
    )
    return filed


def _tried(text: str, finding: Finding, way: Way, *, conversation: UUID | None = None) -> FiledProof | None:
    """A proof of this sort as it would be on file; None where the table lets none stand."""
    if way.serves is None:
        return None
    return FiledProof(
        id=_NOBODY,
        shop=_NOBODY,
        conversation=conversation if way.in_conversation else None,
        sort=way.sort,
        serves=way.serves,
        kind=finding.kind,
        row=finding.row,
        override_row=way.row,
        words=text[finding.start : finding.end],
        reference="",
        reason="",
        ends=_LONG,
        person=_NOBODY,
        at=_LONG,
    )


def _passes(
    text: str, speaker: Speaker, role: Role, ground: Ground, proof: FiledProof | None, *, now: datetime
) -> bool:
    """Whether less holds the words back with this proof on file."""
    if proof is None:
        return False
    before = judged(text, speaker, role, ground, now).review
    after = judged(text, speaker, role, structs.replace(ground, filed=(*ground.filed, proof)), now).review
    kept = {(one.kind, one.start) for one in held(after.findings)}
    return any(
        (one.kind, one.start) not in kept
        for one in held(before.findings)
        if one.kind == proof.kind and text[one.start : one.end] == proof.words
    )


_NOBODY: Final = UUID(int=0)
_LONG: Final = datetime.max.replace(tzinfo=UTC)
