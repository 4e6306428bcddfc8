"""How appeals against scores are kept: one function per statement of `appeals.sql`."""

from collections.abc import Sequence
from typing import Final
from uuid import UUID

from xiaoer.grading.model import ScoreAppeal
from xiaoer.plumbing.db import Tx
from xiaoer.plumbing.sql import Statements

_statements: Final = Statements(__file__, "appeals.sql")
_add_appeal = _statements.command("add_appeal")
_lock_appeal = _statements.rows("lock_appeal", ScoreAppeal)
_find_appeal = _statements.rows("find_appeal", ScoreAppeal)
_appeal_of_score = _statements.rows("appeal_of_score", ScoreAppeal)
_appeals_page = _statements.rows("appeals_page", ScoreAppeal)
_save_appeal = _statements.command("save_appeal")


async def add_appeal(tx: Tx, appeal: ScoreAppeal) -> bool:
    """Keep an appeal; False when the score was appealed before."""
    return bool(
        await _add_appeal.run(
            tx,
            shop=appeal.shop,
            id=appeal.id,
            score=appeal.score,
            conversation=appeal.conversation,
            consultation=appeal.consultation,
            agent=appeal.agent,
            text=appeal.text,
            state=appeal.state,
            lodged_at=appeal.lodged_at,
            clock=appeal.clock,
            due_at=appeal.due_at,
            rules_at=appeal.rules_at,
            rules_version=appeal.rules_version,
        )
    )


async def lock_appeal(tx: Tx, id: UUID) -> ScoreAppeal | None:
    """An appeal, locked."""
    return await _lock_appeal.first(tx, id=id)


async def find_appeal(tx: Tx, shop: UUID, id: UUID) -> ScoreAppeal | None:
    """An appeal of a shop."""
    return await _find_appeal.first(tx, shop=shop, id=id)


async def appeal_of_score(tx: Tx, score: UUID) -> ScoreAppeal | None:
    """The appeal against a score."""
    return await _appeal_of_score.first(tx, score=score)


async def appeals_page(
    tx: Tx, shop: UUID | None, *, agent: UUID | None, open: bool, before: UUID | None, limit: int
) -> Sequence[ScoreAppeal]:
    """A page of appeals, the newest first: those to be decided, or those that are over."""
    return await _appeals_page.all(tx, shop=shop, agent=agent, open=open, before=before, limit=limit)


async def save_appeal(tx: Tx, appeal: ScoreAppeal) -> bool:
    """Write a locked appeal with its new version; False when somebody else was faster."""
    return bool(
        await _save_appeal.run(
            tx,
            shop=appeal.shop,
            id=appeal.id,
            state=appeal.state,
            version=appeal.version,
            decided_by=appeal.decided_by,
            reason=appeal.reason,
            moved_at=appeal.moved_at,
            clock=appeal.clock,
            due_at=appeal.due_at,
        )
    )
