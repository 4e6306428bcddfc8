"""What can be appealed: each kind of decision behind one small face, so that an appeal knows none of them."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final, Protocol
from uuid import UUID

from xiaoer.appeals.model import Effect, Target, TargetKind
from xiaoer.kernel.refusal import Refusal, Refused
from xiaoer.plumbing.db import Tx

UNKNOWN: Final = Refused("not_found", "appeals.unknown_target")


class Appealable(Protocol):
    """One kind of decision: how it is found, held up while it is looked at, and undone."""

    async def find(self, tx: Tx, id: UUID) -> Target | None:
        """The decision, or None when there is none by this id."""
        ...

    async def lodged(self, tx: Tx, target: Target, appeal: UUID, now: datetime) -> None:
        """An appeal is open against it."""
        ...

    async def suspend(self, tx: Tx, target: Target, *, by: UUID | None, now: datetime) -> None:
        """What it does is held up for now."""
        ...

    async def resume(self, tx: Tx, target: Target, *, by: UUID | None, now: datetime) -> None:
        """It goes on."""
        ...

    async def stands(self, tx: Tx, target: Target, appeal: UUID, now: datetime) -> None:
        """The appeal came to nothing: the decision stays."""
        ...

    async def reverse(
        self, tx: Tx, target: Target, *, appeal: UUID, by: UUID, why: str, now: datetime
    ) -> Sequence[Effect]:
        """Undo every effect of it; what was undone and made good."""
        ...


class Targets:
    """Every kind of decision that can be appealed here."""

    def __init__(self, kinds: Mapping[TargetKind, Appealable]) -> None:
        self._kinds: Final = dict(kinds)

    def of(self, kind: TargetKind) -> Appealable:
        """How decisions of this kind are handled. Raises Refusal when there are none here."""
        found = self._kinds.get(kind)
        if found is None:
            raise Refusal(UNKNOWN)
        return found

    async def find(self, tx: Tx, kind: TargetKind, id: UUID) -> Target:
        """A decision. Raises Refusal."""
        found = await self.of(kind).find(tx, id)
        if found is None:
            raise Refusal(UNKNOWN)
        return found
