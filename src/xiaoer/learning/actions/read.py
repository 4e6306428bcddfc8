"""Reading the words of a consultation to learn from them: masked, and written down."""

from datetime import datetime
from typing import Final
from uuid import UUID

from msgspec import Struct

from xiaoer.inspection.actions.reading import log_reading
from xiaoer.inspection.model import TalkLine
from xiaoer.inspection.queries.scores import consultation_of, talk_of
from xiaoer.plumbing.db import Tx


class Reader(Struct, frozen=True):
    """Who reads, in which role."""

    person: UUID
    role: str


NOTHING: Final[tuple[TalkLine, ...]] = ()


async def words(
    tx: Tx, shop: UUID, conversation: UUID, consultation: int, *, reader: Reader, now: datetime
) -> tuple[TalkLine, ...]:
    """The masked lines of a consultation; that they were read is written down first (U-02)."""
    about = await consultation_of(tx, shop, conversation, consultation)
    if about is None:
        return NOTHING
    talk = await talk_of(tx, shop, conversation, about)
    if talk.lines:
        await log_reading(
            tx,
            shop,
            conversation,
            first=talk.lines[0].version,
            last=talk.lines[-1].version,
            person=reader.person,
            role=reader.role,
            now=now,
        )
    return talk.lines
