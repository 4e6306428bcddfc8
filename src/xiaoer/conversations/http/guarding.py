"""The doors that tell what the guard will say to words while they are typed, and what a new list would do."""

from typing import Annotated
from uuid import UUID

import msgspec

from xiaoer.conversations.actions import prove, shadow
from xiaoer.conversations.actions.prove import ClaimProofWish, Here, Provable, judge_here
from xiaoer.conversations.actions.shadow import ShadowFound, ShadowWish
from xiaoer.conversations.actions.speaker import speaker_of, within
from xiaoer.conversations.queries.shops import KeptShops
from xiaoer.conversations.rules.judge import Ground, judged
from xiaoer.guard.model import FiledProof, Kind, ProofSort, Review
from xiaoer.plumbing.http import Call
from xiaoer.rulebook.rules.explain import said


class ReviewWish(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words, and for which conversation they are meant."""

    text: Annotated[str, msgspec.Meta(max_length=20_000)]
    conversation_id: UUID | None = None


class ProvableWish(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words that are held back, and for which conversation they are meant."""

    text: Annotated[str, msgspec.Meta(min_length=1, max_length=20_000)]
    conversation_id: UUID


class ProvableLine(msgspec.Struct, frozen=True, kw_only=True):
    """Something that holds words back: which proofs would let it pass; `because` says why."""

    kind: Kind
    row: str
    start: int
    words: str
    reason: str
    sorts: tuple[ProofSort, ...]
    override_row: str
    basis: str
    because: str


class ProvableList(msgspec.Struct, frozen=True):
    """Everything that holds words back, in their order."""

    data: list[ProvableLine]


async def post_review(call: Call, shop: UUID, data: ReviewWish) -> Review:
    """What the guard would say if the caller sent these words now.

    Places count code points of the text as given. Nothing is written; what is blocked here is held against
    nobody.
    """
    speaker = within(speaker_of(call.actor, "conversations.read"), shop)
    rules = await call.service(KeptShops).of(call.tenant, shop, call.now)
    if data.conversation_id is None:
        ground = Ground(None, rules.guard, filed=rules.proofs)
        return judged(data.text, speaker, speaker.role_in(shop), ground, call.now).review
    async with call.database.read(call.tenant) as tx:
        found, _ = await judge_here(tx, speaker, Here(shop, data.conversation_id, rules), data.text, call.now)
    return found.review


async def post_provable(call: Call, shop: UUID, data: ProvableWish) -> ProvableList:
    """Which proofs would let words pass that are held back, and why none does. Nothing is written."""
    speaker = within(speaker_of(call.actor, "guard.prove"), shop)
    rules = await call.service(KeptShops).of(call.tenant, shop, call.now)
    async with call.database.read(call.tenant) as tx:
        here = Here(shop, data.conversation_id, rules)
        found = await prove.provable(tx, speaker, here, data.text, call.now)
    language = call.language
    return ProvableList([_line(one, language) for one in found])


async def post_proof(call: Call, shop: UUID, data: ClaimProofWish) -> FiledProof:
    """Put a proof on file for words that are held back: the same claim passes until it ends."""
    speaker = within(speaker_of(call.actor, "guard.prove"), shop)
    rules = await call.service(KeptShops).of(call.tenant, shop, call.now)
    here = Here(shop, data.conversation_id, rules)
    return await call.database.run(call.tenant, lambda tx: prove.prove(tx, speaker, here, data, call.now))


async def post_shadow(call: Call, shop: UUID, data: ShadowWish) -> ShadowFound:
    """What a list would have done with what the shop sent in the last days.

    Nothing is written and nothing held back; personal data in the examples are hidden.
    """
    rules = await call.service(KeptShops).of(call.tenant, shop, call.now)
    async with call.database.read(call.tenant) as tx:
        sent = await shadow.sent(tx, shop, data.days, call.now)
    return await shadow.tried(sent, rules.guard, data, call.now)


def _line(one: Provable, language: str) -> ProvableLine:
    return ProvableLine(
        kind=one.kind,
        row=one.row,
        start=one.start,
        words=one.words,
        reason=one.reason,
        sorts=one.sorts,
        override_row=one.override_row,
        basis=one.basis,
        because=said(one.say, language),
    )
