"""What one accepted wish makes of a conversation: the next entry, sealed, and the thread after it."""

from datetime import datetime
from typing import Any, Final, Literal
from uuid import UUID

from msgspec import UNSET, Struct, structs

from xiaoer.clocks.model import ResponseProfile, Turn
from xiaoer.clocks.model import Speaker as ClockSpeaker
from xiaoer.clocks.rules.reply import turn
from xiaoer.conversations.machine import Event
from xiaoer.conversations.model.entry import (
    HUMAN_ROLES,
    MESSAGE_KINDS,
    Body,
    Entry,
    Guarded,
    Kind,
    Role,
    Sealed,
    side_of,
)
from xiaoer.conversations.model.thread import Speaker, Thread
from xiaoer.conversations.rules import chain
from xiaoer.conversations.rules.states import stepped
from xiaoer.conversations.rules.text import preview, shown
from xiaoer.kernel.calendar import Calendar
from xiaoer.kernel.refusal import Refused

REPLY: Final = "reply"
SNOOZE: Final = "snooze"


class ReplyTime(Struct, frozen=True):
    """How a shop's answers are timed now."""

    profile: ResponseProfile
    calendar: Calendar


class Opening(Struct, frozen=True):
    """A consultation that begins with this entry."""

    number: int
    by: Literal["buyer", "shop"]
    off_hours: bool


class Words(Struct, frozen=True):
    """What is to be said, by whom: everything but its place in the timeline."""

    id: UUID
    client_id: str | None
    role: Role
    person: UUID | None
    name: str
    kind: Kind
    text: str
    body: Body
    at: datetime
    salt: bytes
    guard: Guarded | None = None


class Spoken(Struct, frozen=True):
    """One wish carried out: the sealed entry, the thread after it, and what else begins or ends with it."""

    sealed: Sealed
    thread: Thread
    opening: Opening | None = None
    first_answer: bool = False
    woken: bool = False
    off_hours: bool = False
    """The desk is closed and the buyer has begun to wait: an automatic answer is due (S-002)."""


def seal(thread: Thread, words: Words, *, consultation: int, recalls: int | None = None) -> Sealed:
    """The next entry of a thread, joined to its chain."""
    version = thread.version + 1
    inner = chain.close(
        words.salt,
        chain.canonical(
            conversation=thread.id,
            version=version,
            id=words.id,
            role=words.role,
            person=words.person,
            kind=words.kind,
            text=words.text,
            body=words.body,
            at=words.at,
        ),
    )
    harmless = shown(words.text)
    entry = Entry(
        conversation_id=thread.id,
        version=version,
        id=words.id,
        client_id=words.client_id,
        role=words.role,
        person_id=words.person,
        name=words.name,
        kind=words.kind,
        text=words.text,
        body=words.body,
        at=words.at,
        consultation=consultation,
        shown=UNSET if harmless is None else harmless,
    )
    return Sealed(entry, words.salt, inner, chain.join(thread.last_hash, inner), words.guard, recalls)


def speak(thread: Thread, deed: str, words: Words, timing: ReplyTime) -> Spoken | Refused:
    """Say the words in the thread; `deed` is how (rules.standing): plainly, opening or waking it.

    Code: `conversations.reply_unknown`.
    """
    reply_to = words.body.get("reply_to")
    if isinstance(reply_to, int) and reply_to > thread.version:
        return Refused("refused", "conversations.reply_unknown", facts={"version": reply_to})
    if deed == "open":
        thread = _opened(thread, words.at)
    elif deed == "wake":
        thread = structs.replace(stepped(thread, Event.BUYER_SPOKE), snoozed_until=None)
    sealed = seal(thread, words, consultation=thread.consultation)
    turned = _turn(thread, words, timing)
    first_answer = words.role in HUMAN_ROLES and not thread.answered and thread.consultation > 0
    after = structs.replace(
        _waiting(thread, words.at, turned),
        version=sealed.entry.version,
        last_hash=sealed.hash,
        answered=thread.answered or first_answer,
        **_last(sealed.entry),
        unread_shop=thread.unread_shop + (words.role == "buyer"),
        unread_buyer=thread.unread_buyer + (words.role != "buyer"),
    )
    off_hours = turned.clock is not None and turned.clock.off_hours
    opening = Opening(thread.consultation, "buyer", off_hours) if deed == "open" else None
    return Spoken(sealed, after, opening, first_answer, deed == "wake", turned.auto_answer)


def announce(thread: Thread, words: Words) -> Spoken:
    """Add a line of the program (kind `system`): nobody is kept waiting by it, nothing becomes unread."""
    sealed = seal(thread, words, consultation=thread.consultation)
    return Spoken(sealed, structs.replace(thread, version=sealed.entry.version, last_hash=sealed.hash))


def _opened(thread: Thread, at: datetime) -> Thread:
    """A new consultation: it stands in line, and nobody has answered in it."""
    return structs.replace(
        stepped(thread, Event.BUYER_SPOKE),
        consultation=thread.consultation + 1,
        queue=None,
        answered=False,
        opened_at=at,
        queued_at=at,
        waiting_since=None,
        reply_due_at=None,
        reply_warn_at=None,
    )


def _turn(thread: Thread, words: Words, timing: ReplyTime) -> Turn:
    return turn(
        SPEAKERS[words.role],
        words.at,
        timing.profile,
        timing.calendar,
        waiting=thread.waiting_since is not None,
        counted=words.kind in MESSAGE_KINDS,
    )


def _waiting(thread: Thread, at: datetime, turned: Turn) -> Thread:
    """The thread with its reply clock as the table has turned it."""
    if turned.deed == "start":
        clock = turned.clock
        return structs.replace(
            thread,
            waiting_since=at,
            reply_due_at=clock.due_at if clock else None,
            reply_warn_at=clock.warn_at if clock else None,
        )
    if turned.deed == "stop":
        return structs.replace(thread, waiting_since=None, reply_due_at=None, reply_warn_at=None)
    return thread


def _last(entry: Entry) -> dict[str, Any]:
    return {
        "last_at": entry.at,
        "last_text": preview(entry.kind, entry.text, entry.body),
        "last_kind": entry.kind,
        "last_role": entry.role,
        "last_version": entry.version,
    }


SPEAKERS: Final[dict[Role, ClockSpeaker]] = {
    "buyer": "buyer",
    "agent": "agent",
    "manager": "agent",
    "officer": "officer",
    "bot": "robot",
    "auto": "auto",
    "system": "system",
}
"""Whoever speaks, as the clocks see him."""


def recall_words(id: UUID, speaker: Speaker, version: int, at: datetime, salt: bytes) -> Words:
    """What a recall says: which entry."""
    return Words(
        id=id,
        client_id=None,
        role=speaker.role,
        person=speaker.person,
        name=speaker.name,
        kind="recall",
        text="",
        body={"recalls": version},
        at=at,
        salt=salt,
    )


def recall(thread: Thread, words: Words, target: int, *, of_role: str) -> Spoken:
    """Hide an entry from the other party: a recall entry is added, nothing is taken away."""
    sealed = seal(thread, words, consultation=thread.consultation, recalls=target)
    of_buyer = side_of(of_role) == "buyer"
    hides_last = target == thread.last_version
    after = structs.replace(
        thread,
        version=sealed.entry.version,
        last_hash=sealed.hash,
        last_text="" if hides_last else thread.last_text,
        last_kind="recall" if hides_last else thread.last_kind,
        unread_shop=thread.unread_shop - (of_buyer and target > thread.shop_read),
        unread_buyer=thread.unread_buyer - (not of_buyer and target > thread.buyer_read),
    )
    return Spoken(sealed, after)
