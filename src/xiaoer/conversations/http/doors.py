"""What the doors of both sides share: from a call to a speaker, a wish to an answer, marks to the marker."""

import secrets
from typing import Final
from uuid import UUID

import msgspec

from xiaoer.conversations.actions.committer import Committer
from xiaoer.conversations.actions.recall import recall_entry
from xiaoer.conversations.actions.send import prepared
from xiaoer.conversations.actions.speaker import speaker_of
from xiaoer.conversations.model.entry import Entry, Version, Wish
from xiaoer.conversations.model.thread import Speaker
from xiaoer.conversations.queries.shops import KeptShops
from xiaoer.conversations.rules.chain import SALT_BYTES
from xiaoer.conversations.rules.speak import recall_words
from xiaoer.kernel.refusal import Refusal, Refused, granted
from xiaoer.plumbing.clock import new_id
from xiaoer.plumbing.http import Call

NOT_FOUND: Final = Refused("not_found", "conversations.not_found")


class SeenWish(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How far somebody has read; `delivered` how far his screen has received, when that is further."""

    version: Version
    delivered: Version = 0


class Stretch(msgspec.Struct, frozen=True):
    """A stretch of a timeline in order; ask on with `after` or `before` the version in `next_cursor`."""

    data: list[Entry]
    has_more: bool
    next_cursor: str | None


class RecallDone(msgspec.Struct, frozen=True):
    """The recall as an entry of the timeline; null when it had been done before."""

    entry: Entry | None


async def send(call: Call, speaker: Speaker, conversation: UUID, wish: Wish) -> Entry:
    """Carry a wish that came by POST to the committer and bring back its answer."""
    if wish.conversation_id not in {None, conversation}:
        raise Refusal(NOT_FOUND)
    wish = msgspec.structs.replace(wish, conversation_id=conversation)
    asked = granted(await prepared(call.database, speaker, wish, call.now))
    return granted(await call.service(Committer).submit(asked))


async def recall(call: Call, speaker: Speaker, conversation: UUID, version: int) -> RecallDone:
    """Take words back."""
    shops = call.service(KeptShops)
    words = recall_words(new_id(), speaker, version, call.now, secrets.token_bytes(SALT_BYTES))
    entry = await call.database.run(
        call.tenant,
        lambda tx: recall_entry(tx, speaker, shops, conversation=conversation, version=version, words=words),
    )
    return RecallDone(entry)


def me(call: Call, deed: str) -> Speaker:
    """Whoever calls, with his right to a deed in each of his shops."""
    return speaker_of(call.actor, deed)
