"""What instructions tell others."""

from typing import ClassVar
from uuid import UUID

from xiaoer.plumbing.events import Event


class InstructionConfirmed(Event, frozen=True):
    """The order side has done it; `subject` is for whom it was asked."""

    name: ClassVar[str] = "instructions.confirmed"
    topic: ClassVar[str] = "person:{buyer}"
    instruction: UUID
    key: str
    kind: str
    shop: UUID | None
    purchase: UUID | None
    buyer: UUID
    subject_kind: str
    subject: UUID


class InstructionRefused(Event, frozen=True):
    """The order side will not do it, or a person has given it up."""

    name: ClassVar[str] = "instructions.refused"
    topic: ClassVar[str] = "person:{buyer}"
    instruction: UUID
    key: str
    kind: str
    shop: UUID | None
    purchase: UUID | None
    buyer: UUID
    subject_kind: str
    subject: UUID
    answer: str | None


class InstructionStuck(Event, frozen=True):
    """The order side stays silent: somebody of the shop has to look at it."""

    name: ClassVar[str] = "instructions.stuck"
    topic: ClassVar[str] = "shop:{shop}"
    instruction: UUID
    kind: str
    shop: UUID | None
    purchase: UUID | None
