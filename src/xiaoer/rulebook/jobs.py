"""What the rulebook does by itself: it notes which release's rules served when."""

import asyncio
from collections.abc import Callable
from datetime import datetime

from xiaoer.plumbing.db import Database, Tx
from xiaoer.plumbing.events import publish
from xiaoer.rulebook import store
from xiaoer.rulebook.events import RulebookChanged
from xiaoer.rulebook.model import RELEASE
from xiaoer.rulebook.rules.shipment import current


async def serve(tx: Tx, now: datetime) -> bool:
    """Write down that from now on the running release's rules are those that are shipped."""
    begun = await store.serve_release(tx, current().digest, current().files, now)
    if begun:
        await publish(tx, RulebookChanged(tenant=tx.tenant, at=now, shop=None, parameter=RELEASE))
    return begun


class Serving:
    """Writes it down once, as soon as the database answers."""

    def __init__(self, database: Database, now: Callable[[], datetime]) -> None:
        self._database = database
        self._now = now

    async def run(self) -> None:
        """Write it down, then rest until cancelled."""
        async with self._database.system() as tx:
            await serve(tx, self._now())
        await asyncio.Event().wait()
