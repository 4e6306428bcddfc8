"""What blocks tell others: the person or shop that is blocked, the shop that blocks, those who watch."""

from datetime import datetime
from typing import Any, ClassVar, Self
from uuid import UUID

from xiaoer.blocks.model import Block, BlockState, LookedAt, Scope, SubjectKind
from xiaoer.plumbing.events import Event


class _OfBlock(Event, frozen=True):
    """What everybody hears of a block that stands differently now."""

    block: UUID
    subject_kind: SubjectKind
    subject: UUID
    scope: Scope
    event: str
    state: BlockState
    block_version: int
    due_at: datetime | None

    @classmethod
    def of(cls, block: Block, event: str, tenant: UUID, now: datetime, **more: Any) -> Self:
        """The event about this block; `more` are the fields of its own."""
        return cls(
            tenant=tenant,
            at=now,
            block=block.id,
            subject_kind=block.subject_kind,
            subject=block.subject,
            scope=block.scope,
            event=event,
            state=block.state,
            block_version=block.version,
            due_at=block.due_at,
            **more,
        )


class BlockMoved(_OfBlock, frozen=True):
    """A block of a shop, or against it, stands differently."""

    name: ClassVar[str] = "blocks.block_moved"
    topic: ClassVar[str] = "shop:{shop}"
    shop: UUID


class MyBlockMoved(_OfBlock, frozen=True):
    """The same for the person it is about."""

    name: ClassVar[str] = "blocks.my_block_moved"
    topic: ClassVar[str] = "person:{subject}"
    kept: ClassVar[bool] = False


class BlockerStoodOut(Event, frozen=True):
    """Somebody's blocks turn out wrong clearly more often than the others'; told to an administrator."""

    name: ClassVar[str] = "blocks.blocker_stood_out"
    topic: ClassVar[str] = "person:{person}"
    person: UUID
    alert: UUID
    looked_at: LookedAt
    subject: UUID
