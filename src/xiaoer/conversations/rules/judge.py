"""What the guard says to words of one person to one buyer, with the proofs a shop has on file."""

from datetime import datetime
from typing import cast
from uuid import UUID

from msgspec import Struct

from xiaoer.conversations.model.entry import Role
from xiaoer.conversations.model.thread import Speaker
from xiaoer.guard import rules as guard
from xiaoer.guard.book import GuardBook
from xiaoer.guard.kinds.proofs import on_file, overridden
from xiaoer.guard.model import Context, FiledProof, Overridden, Proof, Review
from xiaoer.guard.model import Role as GuardRole


class Ground(Struct, frozen=True):
    """All that decides besides the words: where they go, by which book, what is known and on file."""

    conversation: UUID | None
    book: GuardBook
    on_time: bool = False
    own: tuple[str, ...] = ()
    filed: tuple[FiledProof, ...] = ()


class Judged(Struct, frozen=True):
    """What the guard says, and by which proofs words pass that it would have held back."""

    review: Review
    overridden: tuple[Overridden, ...] = ()


def judged(text: str, speaker: Speaker, role: Role, ground: Ground, at: datetime) -> Judged:
    """The answer at sending and while he types; proofs are asked only of words that would be held back."""
    review = _reviewed(text, speaker, role, ground, at)
    if review.sendable or not ground.filed:
        return Judged(review)
    on = on_file(ground.filed, ground.conversation, at)
    if not (on.proofs or on.on_time):
        return Judged(review)
    again = _reviewed(text, speaker, role, ground, at, proofs=on.proofs, on_time=on.on_time)
    used = overridden(
        text, review.findings, again.findings, ground.filed, conversation=ground.conversation, at=at
    )
    return Judged(again, used)


def _reviewed(
    text: str,
    speaker: Speaker,
    role: Role,
    ground: Ground,
    at: datetime,
    *,
    proofs: tuple[Proof, ...] = (),
    on_time: bool = False,
) -> Review:
    context = Context(
        role=cast("GuardRole", role),
        on_time_insurance=ground.on_time or on_time,
        proofs=proofs,
        own_data=ground.own,
        language=speaker.language or "zh-Hans",
        now=at,
    )
    return guard.review(text, context, ground.book)
