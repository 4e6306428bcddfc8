"""What inspection tells others."""

from typing import ClassVar
from uuid import UUID

from xiaoer.inspection.model import Grade
from xiaoer.plumbing.events import Event


class Inspected(Event, frozen=True):
    """A consultation was inspected; its score stands."""

    name: ClassVar[str] = "inspection.inspected"
    topic: ClassVar[str] = "shop:{shop}"
    shop: UUID
    score: UUID
    conversation: UUID
    consultation: int
    agent: UUID | None
    grade: Grade | None
    flags: tuple[str, ...]
