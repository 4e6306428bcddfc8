"""The words a grader or decider reads: masked, for quality only, each opening written down (U-02)."""

from datetime import datetime
from typing import Final
from uuid import UUID

from msgspec import Struct

from xiaoer.inspection.actions.reading import log_reading
from xiaoer.inspection.model import TalkLine
from xiaoer.inspection.queries import scores
from xiaoer.plumbing.db import Tx


class Reader(Struct, frozen=True):
    """Who reads, in which role."""

    person: UUID
    role: str


NOTHING: Final[tuple[TalkLine, ...]] = ()


async def words(
    tx: Tx, shop: UUID, score: UUID, *, reader: Reader | None, now: datetime
) -> tuple[TalkLine, ...]:
    """The masked lines an inspection was about; a reader's opening is written down first.

    What was said after the inspection is left out: a person judges what the machine has judged.
    """
    inspected = await scores.score(tx, score)
    about = await scores.consultation_of(tx, shop, inspected.conversation_id, inspected.consultation)
    if about is None:
        return NOTHING
    talk = await scores.talk_of(tx, shop, inspected.conversation_id, about)
    if reader is not None:
        await log_reading(
            tx,
            shop,
            inspected.conversation_id,
            first=inspected.first,
            last=inspected.last,
            person=reader.person,
            role=reader.role,
            now=now,
        )
    return tuple(line for line in talk.lines if line.version <= inspected.last)
