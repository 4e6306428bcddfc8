"""What identity tells others."""

from typing import ClassVar
from uuid import UUID

from xiaoer.plumbing.events import Event


class PersonMerged(Event, frozen=True):
    """A visitor turned out to be this buyer: what was the visitor's is the buyer's now."""

    name: ClassVar[str] = "identity.person_merged"

    visitor: UUID
    buyer: UUID


class AccessChanged(Event, frozen=True):
    """Somebody's rights, sessions or tokens changed, or a shop did: what is remembered of it is stale."""

    name: ClassVar[str] = "identity.access_changed"
    kept: ClassVar[bool] = False

    person: UUID | None = None
    shop: UUID | None = None


class MembershipEnded(Event, frozen=True):
    """Somebody no longer works for a shop."""

    name: ClassVar[str] = "identity.membership_ended"

    person: UUID
    shop: UUID
