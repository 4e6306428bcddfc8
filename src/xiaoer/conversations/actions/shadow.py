"""Shadow mode: what a new list would have done with what was sent lately; nothing is held back (C10)."""

import asyncio
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Annotated, Final, cast
from uuid import UUID

import msgspec

from xiaoer.conversations.store import shadow as store
from xiaoer.conversations.store.shadow import Sent
from xiaoer.guard import rules
from xiaoer.guard.book import GuardBook
from xiaoer.guard.model import Addition, Changed, Changes, Context, Kind, Role, Shadow, Verdict
from xiaoer.kernel.mask import mask_text
from xiaoer.plumbing.db import Tx

MOST: Final = 5_000
"""So many messages are tried at most, the newest: about half a second of work."""
_AT_ONCE: Final = 50
_SHOWN: Final = 20
_Term = Annotated[str, msgspec.Meta(min_length=1, max_length=100)]


class TriedTerm(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A term that would be added, and what it would do."""

    kind: Kind
    term: _Term
    verdict: Verdict = "block"


class ShadowWish(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A list to try: terms to add, phrases to let pass, and over how many days of messages."""

    add: Annotated[tuple[TriedTerm, ...], msgspec.Meta(max_length=500)] = ()
    allow: Annotated[tuple[_Term, ...], msgspec.Meta(max_length=500)] = ()
    days: Annotated[int, msgspec.Meta(ge=1, le=7)] = 7


class ShadowExample(msgspec.Struct, frozen=True):
    """A message that would have been judged otherwise, personal data in it hidden."""

    text: str
    before: Verdict
    after: Verdict
    kinds: tuple[str, ...]
    words: tuple[str, ...]


class ShadowFound(msgspec.Struct, frozen=True, kw_only=True):
    """What the list would have done; `complete` is false where only the newest messages were tried."""

    since: datetime
    messages: int
    complete: bool
    held_before: int
    held_after: int
    changed: int
    examples: tuple[ShadowExample, ...]


async def sent(tx: Tx, shop: UUID, days: int, now: datetime) -> list[Sent]:
    """What is tried, and one more where there is more."""
    return await store.sent_lately(tx, shop, since=now - timedelta(days=days), most=MOST + 1)


async def tried(messages: Sequence[Sent], before: GuardBook, wish: ShadowWish, now: datetime) -> ShadowFound:
    """Judge what was sent by the book in force and by the one wished for, a little at a time."""
    after = before.changed(
        Changes(
            add=tuple(Addition(one.kind, one.term, one.verdict) for one in wish.add),
            allow=wish.allow,
            abuse_likely=before.abuse_likely,
            abuse_sure=before.abuse_sure,
            learned=before.learned,
        )
    )
    parts: list[Shadow] = []
    for first in range(0, min(len(messages), MOST), _AT_ONCE):
        some = messages[first : min(first + _AT_ONCE, MOST)]
        spoken = [(one.text, Context(role=cast("Role", one.role), now=one.at)) for one in some]
        parts.append(rules.shadow(spoken, before, after, kept=_SHOWN))
        await asyncio.sleep(0)  # others are served meanwhile
    examples = [_example(one) for part in parts for one in part.changed]
    return ShadowFound(
        since=now - timedelta(days=wish.days),
        messages=sum(part.messages for part in parts),
        complete=len(messages) <= MOST,
        held_before=sum(part.held_before for part in parts),
        held_after=sum(part.held_after for part in parts),
        changed=sum(part.changed_count for part in parts),
        examples=tuple(examples[:_SHOWN]),
    )


def _example(one: Changed) -> ShadowExample:
    return ShadowExample(
        mask_text(one.text),
        one.before,
        one.after,
        tuple(sorted({finding.kind for finding in one.findings})),
        tuple(mask_text(one.text[finding.start : finding.end]) for finding in one.findings),
    )
