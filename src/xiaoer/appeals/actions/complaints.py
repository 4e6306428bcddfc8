"""A complaint that was not accepted, as a decision that can be appealed."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from xiaoer.appeals.model import Effect, Party, Target
from xiaoer.complaints.actions import refusal
from xiaoer.complaints.queries import complaints as queries
from xiaoer.plumbing.db import Tx


class RefusedComplaints:
    """What somebody complained about and was not heard."""

    async def find(self, tx: Tx, id: UUID) -> Target | None:
        """The refusal as an appeal sees it; a complaint that was never refused is none."""
        found = await queries.find(tx, id)
        if found is None or (found.state != "refused" and found.refusal is None):
            return None
        told = found.refusal
        return Target(
            kind="complaint_refusal",
            id=id,
            shop=found.shop,
            parties=(Party(found.complainant_kind, found.complainant),),
            decided_at=found.closed_at or found.moved_at,
            judges=tuple(sorted(await queries.deciders(tx, id))),
            automated=told.automated if told else False,
            undone=found.state != "refused",
            title=found.number,
            facts=told.text if told else "",
            rows=(told.row,) if told else (),
            rules_version=found.rules_version,
        )

    async def lodged(self, tx: Tx, target: Target, appeal: UUID, now: datetime) -> None:
        """The complaint waits for the answer."""

    async def suspend(self, tx: Tx, target: Target, *, by: UUID | None, now: datetime) -> None:
        """Nothing runs."""

    async def resume(self, tx: Tx, target: Target, *, by: UUID | None, now: datetime) -> None:
        """Nothing was held up."""

    async def stands(self, tx: Tx, target: Target, appeal: UUID, now: datetime) -> None:
        """It stays refused."""

    async def reverse(
        self,
        tx: Tx,
        target: Target,
        *,
        appeal: UUID,  # noqa: ARG002  the complaint keeps its own record
        by: UUID,
        why: str,
        now: datetime,
    ) -> Sequence[Effect]:
        """It is accepted after all; the time of the accused runs from now."""
        await refusal.reverse(tx, target.id, by=by, why=why, now=now)
        return [Effect(kind="complaint_reopened")]
