"""What instructions tell others."""

from datetime import datetime
from typing import Any, ClassVar, Self
from uuid import UUID

from xiaoer.instructions.model import Instructed
from xiaoer.plumbing.events import Event


class _OfInstruction(Event, frozen=True):
    """What is said of an instruction that has its answer; `subject` is for whom it was asked."""

    topic: ClassVar[str] = "person:{buyer}"
    instruction: UUID
    key: str
    kind: str
    shop: UUID | None
    purchase: UUID | None
    buyer: UUID
    subject_kind: str
    subject: UUID

    @classmethod
    def of(cls, made: Instructed, tenant: UUID, now: datetime, **more: Any) -> Self:
        """The event about this instruction; `more` are the fields of its own."""
        return cls(
            tenant=tenant,
            at=now,
            instruction=made.id,
            key=made.key,
            kind=made.kind,
            shop=made.shop,
            purchase=made.purchase,
            buyer=made.buyer,
            subject_kind=made.subject_kind,
            subject=made.subject,
            **more,
        )


class InstructionConfirmed(_OfInstruction, frozen=True):
    """The order side has done it."""

    name: ClassVar[str] = "instructions.confirmed"


class InstructionRefused(_OfInstruction, frozen=True):
    """The order side will not do it, or a person has given it up."""

    name: ClassVar[str] = "instructions.refused"
    answer: str | None


class InstructionWaits(_OfInstruction, frozen=True):
    """A change waits for its buyer's money, or there is news of his payment."""

    name: ClassVar[str] = "instructions.waits"
    state: str


class InstructionStuck(Event, frozen=True):
    """The order side stays silent: somebody of the shop has to look at it."""

    name: ClassVar[str] = "instructions.stuck"
    topic: ClassVar[str] = "shop:{shop}"
    instruction: UUID
    kind: str
    shop: UUID | None
    purchase: UUID | None
