"""Models of dissatisfaction: a marketplace's own takes the place of the shipped one from the next talk on."""

from datetime import datetime

from xiaoer.inspection.rules.mood import read_mood
from xiaoer.inspection.store import scores as store
from xiaoer.plumbing.clock import new_id
from xiaoer.plumbing.db import Tx


async def keep_model(tx: Tx, body: bytes, now: datetime) -> str:
    """Keep what `xiaoer inspect train` wrote; its name. Raises ValueError when it is no model."""
    name = read_mood(body).name
    await store.add_model(tx, id=new_id(), name=name, body=body, now=now)
    return name
