"""Real masked cases of a shop that an exam can ask about; that they were read is written down."""

from datetime import datetime
from typing import Final
from uuid import UUID

from xiaoer.inspection.model import Inspection
from xiaoer.inspection.queries import scores
from xiaoer.learning.actions.read import Reader, words
from xiaoer.learning.model import Said
from xiaoer.learning.queries.dialogues import shared
from xiaoer.learning.rules.exam import Material
from xiaoer.learning.store import dialogues as store
from xiaoer.plumbing.db import Tx

LOOKED_THROUGH: Final = 200
"""How many of the latest scores are looked through for a step that is plainly missing."""


async def cases(tx: Tx, shop: UUID, *, most: int, reader: Reader, now: datetime) -> list[Material]:
    """At most so many cases an exam can ask about: causes that agents named, then steps that were missing."""

    async def talk(conversation: UUID, consultation: int) -> tuple[Said, ...]:
        return shared(await words(tx, shop, conversation, consultation, reader=reader, now=now))

    told = await store.told_causes(tx, shop, most)
    found = [
        Material(one.id, await talk(one.conversation, one.consultation), one.cause, None) for one in told
    ]
    if len(found) == most:
        return found
    for line in await scores.scores(tx, shop, limit=LOOKED_THROUGH):
        missing = _missing((await scores.score(tx, line.id)).result)
        if missing is not None:
            said = await talk(line.conversation_id, line.consultation)
            found.append(Material(line.id, said, None, missing))
        if len(found) == most:
            break
    return found


def _missing(result: Inspection) -> str | None:
    """The one step that was called for and not taken; None where there is no such, or several."""
    missing = [one.step for one in result.steps if one.points == 0]
    return missing[0] if len(missing) == 1 else None
