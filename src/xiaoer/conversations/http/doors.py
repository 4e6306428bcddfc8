"""What the doors of both sides share: from a call to a speaker, a wish to an answer, marks to the marker."""

import secrets
from typing import Final
from uuid import UUID

import msgspec

from xiaoer.conversations.actions.committer import Committer
from xiaoer.conversations.actions.held_back import HeldBack
from xiaoer.conversations.actions.recall import recall_entry
from xiaoer.conversations.actions.schedule import hold, is_kept_back
from xiaoer.conversations.actions.send import prepared
from xiaoer.conversations.actions.speaker import speaker_of
from xiaoer.conversations.model.entry import Entry, Version, Wish
from xiaoer.conversations.model.scheduled import Scheduled
from xiaoer.conversations.model.thread import Speaker
from xiaoer.conversations.queries.shops import KeptShops
from xiaoer.conversations.rules.chain import SALT_BYTES
from xiaoer.conversations.rules.speak import recall_words
from xiaoer.kernel.refusal import Refusal, Refused, granted
from xiaoer.plumbing.clock import new_id
from xiaoer.plumbing.http import Answer, Call

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


async def send(call: Call, speaker: Speaker, conversation: UUID, wish: Wish) -> Entry | Answer:
    """Carry a wish that came by POST to the committer and bring back its answer.

    One that is to be kept back is kept, and answered 202 with what is kept.
    """
    if is_kept_back(wish):
        kept = await keep(call, speaker, conversation, wish)
        if isinstance(kept, Entry):
            return kept
        return Answer(msgspec.json.encode(kept), "application/json", status=202)
    wish = _addressed(wish, conversation)
    asked = granted(await prepared(call.database, speaker, wish, call.now))
    return granted(await call.service(Committer).submit(asked))


async def keep(call: Call, speaker: Speaker, conversation: UUID, wish: Wish) -> Entry | Scheduled:
    """Keep a wish until its time; an entry is the answer to one that was sent before."""
    return granted(
        await hold(
            call.database,
            call.service(KeptShops),
            call.service(HeldBack),
            speaker,
            _addressed(wish, conversation),
            now=call.now,
        )
    )


def _addressed(wish: Wish, conversation: UUID) -> Wish:
    """A POST names the conversation in its path. Raises Refusal where the wish names another one."""
    if wish.conversation_id not in {None, conversation}:
        raise Refusal(NOT_FOUND)
    return msgspec.structs.replace(wish, conversation_id=conversation)


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
