"""An appeal came to nothing: what was held up goes on, and the decision stands."""

from datetime import datetime
from uuid import UUID

from msgspec import structs

from xiaoer.appeals.actions.targets import Targets
from xiaoer.appeals.model import Appeal
from xiaoer.plumbing.db import Tx


async def stays(tx: Tx, appeal: Appeal, targets: Targets, *, by: UUID | None, now: datetime) -> Appeal:
    """Let the decision go on; the appeal as it is without its suspension."""
    kind = targets.of(appeal.target_kind)
    target = await targets.find(tx, appeal.target_kind, appeal.target)
    if appeal.suspended and not target.undone:
        await kind.resume(tx, target, by=by, now=now)
    if not target.undone:
        await kind.stands(tx, target, appeal.id, now)
    return structs.replace(appeal, suspended=False)
