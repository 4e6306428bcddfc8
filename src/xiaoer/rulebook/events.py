"""What the rulebook tells others."""

from typing import ClassVar
from uuid import UUID

from xiaoer.plumbing.events import Event


class RulebookChanged(Event, frozen=True):
    """A value was set, or for nobody's tenant a release began to serve; whoever keeps a book drops it."""

    name: ClassVar[str] = "rulebook.changed"
    topic: ClassVar[str] = "rulebook:{tenant}"
    kept: ClassVar[bool] = False
    shop: UUID | None
    parameter: str
