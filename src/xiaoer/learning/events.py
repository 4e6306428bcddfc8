"""What learning tells others."""

from datetime import datetime
from typing import ClassVar
from uuid import UUID

from xiaoer.learning.model import DialogueState, RequestState
from xiaoer.plumbing.events import Event


class RatingAsked(Event, frozen=True):
    """The buyer is asked how it was, is reminded, or has answered; his chat shows it."""

    name: ClassVar[str] = "learning.rating_asked"
    topic: ClassVar[str] = "conversation:{conversation}"
    kept: ClassVar[bool] = False
    conversation: UUID
    consultation: int
    state: RequestState
    until: datetime


class Rated(Event, frozen=True):
    """A buyer said how it was; without his words."""

    name: ClassVar[str] = "learning.rated"
    topic: ClassVar[str] = "shop:{shop}"
    shop: UUID
    conversation: UUID
    consultation: int
    agent: UUID | None
    stars: int


class DialogueMoved(Event, frozen=True):
    """An unsatisfied dialogue was found or stands differently; whoever it belongs to hears it."""

    name: ClassVar[str] = "learning.dialogue_moved"
    topic: ClassVar[str] = "person:{agent}"
    agent: UUID
    shop: UUID
    dialogue: UUID
    event: str
    state: DialogueState
    due_at: datetime | None
