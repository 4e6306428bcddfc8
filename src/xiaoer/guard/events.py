"""What the guard tells others."""

from typing import ClassVar
from uuid import UUID

from xiaoer.plumbing.events import Event


class ProofsChanged(Event, frozen=True):
    """A proof was filed or put away; whoever keeps the proofs of a marketplace drops them."""

    name: ClassVar[str] = "guard.proofs_changed"
    topic: ClassVar[str] = "shop:{shop}"
    kept: ClassVar[bool] = False
    shop: UUID
    proof: UUID
