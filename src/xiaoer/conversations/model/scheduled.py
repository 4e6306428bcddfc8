"""A message that is kept back: for a moment, so that it can be undone, or for later."""

from datetime import datetime
from uuid import UUID

from msgspec import Struct

from xiaoer.conversations.model.entry import Wish


class Failed(Struct, frozen=True):
    """Why a message could not be sent when its time came."""

    code: str
    row: str | None
    at: datetime


class Scheduled(Struct, frozen=True):
    """A wish that is kept until `send_at`; `held` when only for the moment in which it can be undone.

    `failed` is there when its time came and it was refused; then it stays until somebody takes it back.
    """

    id: UUID
    conversation_id: UUID
    person_id: UUID
    client_id: str
    held: bool
    wish: Wish
    send_at: datetime
    created_at: datetime
    failed: Failed | None = None
