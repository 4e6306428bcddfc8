"""What conversations tell others."""

from datetime import datetime
from typing import ClassVar
from uuid import UUID

from msgspec import Struct

from xiaoer.conversations.model.desk import DeskEntry
from xiaoer.conversations.model.entry import Entry, Guarded, Kind, Role, Side
from xiaoer.conversations.model.thread import State
from xiaoer.plumbing.events import Event


class EntryAdded(Event, frozen=True):
    """The timeline has a new line; both parties hear it, word for word.

    The moments are those of the reply clock after this line: until when an answer is due, if one is.
    """

    name: ClassVar[str] = "conversations.entry_added"
    topic: ClassVar[str] = "conversation:{conversation}"
    kept: ClassVar[bool] = False
    conversation: UUID
    entry: Entry
    waiting_since: datetime | None
    reply_due_at: datetime | None
    reply_warn_at: datetime | None


class Added(Struct, frozen=True):
    """One new line, by its place."""

    shop: UUID
    conversation: UUID
    version: int
    role: Role
    kind: Kind
    consultation: int


class EntriesAdded(Event, frozen=True):
    """Lines were added, in one conversation or in many; for reactions, at most a batch at a time."""

    name: ClassVar[str] = "conversations.entries_added"
    topic: ClassVar[str] = ""
    entries: tuple[Added, ...]


class EntryMarked(Event, frozen=True):
    """The guard let an entry through and said something about it; only staff hear that."""

    name: ClassVar[str] = "conversations.entry_marked"
    topic: ClassVar[str] = "desk:{conversation}"
    kept: ClassVar[bool] = False
    conversation: UUID
    entry_version: int
    guard: Guarded


class ConsultationOpened(Event, frozen=True):
    """A consultation has begun and nobody serves it yet."""

    name: ClassVar[str] = "conversations.consultation_opened"
    topic: ClassVar[str] = ""
    shop: UUID
    conversation: UUID
    consultation: int
    buyer: UUID
    off_hours: bool


class ConsultationWoken(Event, frozen=True):
    """The buyer spoke in a snoozed conversation: its assignee has it back."""

    name: ClassVar[str] = "conversations.consultation_woken"
    topic: ClassVar[str] = ""
    shop: UUID
    conversation: UUID
    consultation: int
    assignee: UUID


class OffHoursAsked(Event, frozen=True):
    """The buyer has begun to wait while the desk is closed: an automatic answer is due."""

    name: ClassVar[str] = "conversations.off_hours_asked"
    topic: ClassVar[str] = ""
    shop: UUID
    conversation: UUID
    consultation: int
    entry_version: int


class ConversationChanged(Event, frozen=True):
    """A conversation of the shop stands differently now; all its staff hear it, so it has no words."""

    name: ClassVar[str] = "conversations.conversation_changed"
    topic: ClassVar[str] = "shop:{shop}"
    kept: ClassVar[bool] = False
    shop: UUID
    conversation: UUID
    state: State
    consultation: int
    queue: UUID | None
    assignee: UUID | None
    entry_version: int
    desk_version: int
    waiting_since: datetime | None
    reply_due_at: datetime | None
    snoozed_until: datetime | None
    last_at: datetime | None


class ServedChanged(Event, frozen=True):
    """A conversation came to somebody, or left him, or stands differently; his list needs this.

    New entries are not told here: the desk follows the conversations of its list.
    """

    name: ClassVar[str] = "conversations.served_changed"
    topic: ClassVar[str] = "person:{assignee}"
    kept: ClassVar[bool] = False
    assignee: UUID
    shop: UUID
    conversation: UUID
    state: State
    entry_version: int
    desk_version: int
    waiting_since: datetime | None
    reply_due_at: datetime | None
    reply_warn_at: datetime | None
    snoozed_until: datetime | None
    last_at: datetime | None
    last_text: str
    last_kind: Kind | None
    last_role: Role | None
    unread: int


class DeskEntryAdded(Event, frozen=True):
    """Staff wrote or did something the buyer never sees."""

    name: ClassVar[str] = "conversations.desk_entry_added"
    topic: ClassVar[str] = "desk:{conversation}"
    shop: UUID
    conversation: UUID
    entry: DeskEntry


class GuardBlocked(Event, frozen=True):
    """The guard held back abuse of somebody of the shop; whoever leads it should look. Without the words."""

    name: ClassVar[str] = "conversations.guard_blocked"
    topic: ClassVar[str] = "shop:{shop}"
    kept: ClassVar[bool] = False
    shop: UUID
    conversation: UUID
    person: UUID | None
    person_name: str
    desk_entry_version: int


class Seen(Event, frozen=True):
    """One side has read, or its screen has received, everything up to a version."""

    name: ClassVar[str] = "conversations.seen"
    topic: ClassVar[str] = "conversation:{conversation}"
    kept: ClassVar[bool] = False
    conversation: UUID
    side: Side
    read: int
    delivered: int
    unread: int


class Typing(Event, frozen=True):
    """Somebody is typing, or has stopped."""

    name: ClassVar[str] = "conversations.typing"
    topic: ClassVar[str] = "conversation:{conversation}"
    kept: ClassVar[bool] = False
    conversation: UUID
    person: UUID
    person_name: str
    side: Side
    on: bool


class Viewing(Event, frozen=True):
    """A colleague looks at a conversation, or has left it."""

    name: ClassVar[str] = "conversations.viewing"
    topic: ClassVar[str] = "desk:{conversation}"
    kept: ClassVar[bool] = False
    conversation: UUID
    person: UUID
    person_name: str
    on: bool


class Mentioned(Event, frozen=True):
    """A colleague named somebody in a note."""

    name: ClassVar[str] = "conversations.mentioned"
    topic: ClassVar[str] = "person:{person}"
    kept: ClassVar[bool] = False
    person: UUID
    mention: UUID
    shop: UUID
    conversation: UUID
    mentioned_by: str
    text: str


class ScheduledFailed(Event, frozen=True):
    """A message kept for later was refused when its time came; its author hears why."""

    name: ClassVar[str] = "conversations.scheduled_failed"
    topic: ClassVar[str] = "person:{person}"
    kept: ClassVar[bool] = False
    person: UUID
    shop: UUID
    conversation: UUID
    scheduled: UUID
    client_id: str
    code: str
