"""Words read for quality: under its own disclosed purpose, every reading written down (U-02, S-127, K1)."""

from datetime import datetime
from uuid import UUID

from xiaoer.inspection.store import scores as store
from xiaoer.plumbing.clock import new_id
from xiaoer.plumbing.db import Tx


async def log_reading(
    tx: Tx,
    shop: UUID,
    conversation: UUID,
    *,
    first: int,
    last: int,
    person: UUID | None,
    role: str,
    now: datetime,
) -> None:
    """Write down that a person, or (None) the program, reads a stretch for quality."""
    await store.add_reading(
        tx,
        id=new_id(),
        shop=shop,
        conversation=conversation,
        first=first,
        last=last,
        person=person,
        role=role,
        now=now,
    )
