"""What routing tells others."""

from typing import ClassVar
from uuid import UUID

from xiaoer.plumbing.events import Event


class AgentChanged(Event, frozen=True):
    """An agent's state, load or capacity is different now; a reaction hands out what waits, or takes back.

    `state_is_new` is false where only his load or capacity is different.
    """

    name: ClassVar[str] = "routing.agent_changed"
    topic: ClassVar[str] = "shop:{shop}"
    shop: UUID
    person: UUID
    state: str
    capacity: int
    load: int
    state_is_new: bool = True


class QueuesChanged(Event, frozen=True):
    """The queues of a shop, or who serves them, are different now."""

    name: ClassVar[str] = "routing.queues_changed"
    topic: ClassVar[str] = "shop:{shop}"
    shop: UUID
