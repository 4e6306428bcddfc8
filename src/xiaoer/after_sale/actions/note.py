"""What happens in a case without moving it: an address, a carrier's word, a warning; its clock runs on."""

from datetime import datetime

from msgspec import structs

from xiaoer.after_sale.actions import tell
from xiaoer.after_sale.actions.move import NOTHING, Ground, Said, line_of
from xiaoer.after_sale.model import Case, Doer
from xiaoer.after_sale.store import cases as store
from xiaoer.plumbing.db import Tx


async def note(
    tx: Tx,
    was: Case,
    event: str,
    doer: Doer,
    ground: Ground,  # noqa: ARG001  the same shape as a move
    *,
    now: datetime,
    changed: Case | None = None,
    said: Said = NOTHING,
) -> Case:
    """Write something down in a locked case; its state and its clock stay."""
    after = structs.replace(
        changed or was,
        state=was.state,
        clock=was.clock,
        due_at=was.due_at,
        version=was.version + 1,
    )
    if not await store.save_case(tx, after, was.version, line_of(was, event, doer, said, now)):
        raise RuntimeError(f"case {was.id} was written without its lock")
    await tell.moved(tx, was, after, event, side=doer.side, now=now)
    return after
