"""What can be done with clocks and calendars."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from xiaoer.clocks import store
from xiaoer.plumbing import clock
from xiaoer.plumbing.db import Tx


async def start(
    tx: Tx,
    *,
    owner: UUID,
    name: str,
    due_at: datetime,
    now: datetime,
    shop: UUID | None = None,
    warn_at: datetime | None = None,
    body: Mapping[str, Any] | None = None,
    instead_of: str | None = None,
) -> None:
    """Start a clock, or start it anew; a warning that lies in the past is not given any more.

    `instead_of` is another clock of the same owner, which stops.
    """
    still_to_warn = warn_at if warn_at is not None and now < warn_at < due_at else None
    await store.set_clock(
        tx, owner=owner, name=name, shop=shop, due_at=due_at, warn_at=still_to_warn, body=body or {}, now=now,
        instead_of=instead_of,
    )  # fmt: skip


async def stop(tx: Tx, owner: UUID, name: str) -> bool:
    """Stop a clock; False when it did not run (it may just have rung)."""
    return await store.stop_clock(tx, owner, name)


async def save_calendar(tx: Tx, shop: UUID, body: Mapping[str, Any], author: UUID, now: datetime) -> int:
    """Put a shop's next calendar in force and return its version; `body` has been checked."""
    return await store.insert_calendar(tx, clock.new_id(), shop=shop, body=body, author=author, now=now)
