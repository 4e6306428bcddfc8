"""A block as a decision that can be appealed: found wrong, it is lifted and made good, unasked."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final
from uuid import UUID

from xiaoer.appeals.actions import held_up
from xiaoer.appeals.model import Effect, Party, Target
from xiaoer.blocks.actions import review
from xiaoer.blocks.model import BINDING
from xiaoer.blocks.queries import blocks as queries
from xiaoer.kernel.refusal import Refusal
from xiaoer.measures.queries import measures
from xiaoer.plumbing.db import Tx

_NOT_YET: Final = frozenset({"proposed", "heard", "refused", "withdrawn"})


class Blocks:
    """What keeps somebody from something, by a shop or by the marketplace."""

    async def find(self, tx: Tx, id: UUID) -> Target | None:
        """The block as an appeal sees it; one that never bound anybody is none."""
        try:
            found = await queries.block(tx, id)
        except Refusal:
            return None
        if found.state in _NOT_YET:
            return None
        by_shop = found.side == "shop" and found.shop is not None
        return Target(
            kind="block",
            id=id,
            shop=found.shop,
            parties=(Party(found.subject_kind, found.subject),),
            other=Party("shop", found.shop) if by_shop and found.shop else None,
            decided_at=found.begins_at or found.moved_at,
            ended_at=None if found.state in BINDING else found.lifted_at or found.ends_at or found.moved_at,
            judges=tuple(sorted({one for one in (found.proposed_by, found.approved_by) if one})),
            agent=found.proposed_by if by_shop else None,
            automated=False,
            undone=found.state == "lifted_wrong",
            published=found.public,
            title=found.ground,
            facts=found.facts,
            rows=(found.fit_row, found.fit_basis),
            rules_version=found.rules_version,
        )

    async def lodged(self, tx: Tx, target: Target, appeal: UUID, now: datetime) -> None:
        """A block stays as it is while it is looked at."""

    async def suspend(self, tx: Tx, target: Target, *, by: UUID | None, now: datetime) -> None:
        """It binds nobody for now."""
        await held_up.suspend(tx, target.id, by=by, now=now)

    async def resume(self, tx: Tx, target: Target, *, by: UUID | None, now: datetime) -> None:
        """It binds again."""
        await held_up.resume(tx, target.id, by=by, now=now)

    async def stands(self, tx: Tx, target: Target, appeal: UUID, now: datetime) -> None:
        """Nothing has to be done for it to stay."""

    async def reverse(
        self,
        tx: Tx,
        target: Target,
        *,
        appeal: UUID,  # noqa: ARG002  a block is lifted once, whoever found it wrong
        by: UUID,
        why: str,
        now: datetime,
    ) -> Sequence[Effect]:
        """Lifted at once, and the four kinds of D8 offered without being asked (S-101)."""
        held = await measures.of_sources(tx, [target.id])
        await held_up.resume(tx, target.id, by=by, now=now)
        after = await review.lift_wrong(tx, target.id, by=by, now=now, text=why)
        ended = await held_up.undone(tx, target.id, held)
        return [Effect(kind="block_lifted"), *ended, *await held_up.made_good(tx, after.good)]
