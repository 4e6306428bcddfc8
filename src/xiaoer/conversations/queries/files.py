"""Uploaded files, for those who may read the conversation they belong to."""

from uuid import UUID

from xiaoer.conversations.model.thread import Speaker
from xiaoer.conversations.queries import threads
from xiaoer.conversations.store import upload as store
from xiaoer.conversations.store.upload import KeptFile
from xiaoer.guard.model import ProofFile
from xiaoer.kernel.refusal import Refusal, Refused
from xiaoer.plumbing.db import Tx

__all__ = ["KeptFile", "given", "kept", "readable"]

UNKNOWN = Refused("not_found", "conversations.file_unknown")


async def kept(tx: Tx, file: UUID) -> KeptFile:
    """An uploaded file, whoever asks: the address was signed. Raises Refusal."""
    found = await store.find_kept(tx, file)
    if found is None:
        raise Refusal(UNKNOWN)
    return found


async def readable(tx: Tx, speaker: Speaker, file: UUID) -> KeptFile:
    """A file of a conversation somebody may read. Raises Refusal."""
    found = await kept(tx, file)
    if found.conversation is None:
        if found.person != speaker.person:
            raise Refusal(UNKNOWN)
        return found
    await threads.readable(tx, speaker, found.conversation)
    return found


async def given(tx: Tx, person: UUID, conversation: UUID, file: UUID | None) -> ProofFile | None:
    """A file somebody gives, uploaded by himself for this conversation. Raises Refusal."""
    if file is None:
        return None
    found = await store.find_given(tx, person, conversation, file)
    if found is None:
        raise Refusal(UNKNOWN)
    return found
