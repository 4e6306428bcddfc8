"""What only staff see: notes and what was done with a conversation."""

from datetime import datetime
from typing import Literal
from uuid import UUID

from msgspec import Struct

from xiaoer.conversations.model.entry import Body

DeskKind = Literal[
    "note",
    "assigned",
    "transferred",
    "released",
    "taken_back",
    "tagged",
    "snoozed",
    "woken",
    "closed",
    "reopened",
    "merged",
    "breached",
    "warned",
    "whisper",
    "shared",
    "stepped_in",
    "guard_blocked",
]


class DeskEntry(Struct, frozen=True):
    """One staff-only line as it travels; it was written after entry `after_version` of the timeline."""

    conversation_id: UUID
    version: int
    id: UUID
    kind: DeskKind
    person_id: UUID | None
    name: str
    text: str
    mentions: tuple[UUID, ...]
    after_version: int
    body: Body
    at: datetime
