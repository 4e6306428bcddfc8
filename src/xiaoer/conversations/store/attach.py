"""What a message may carry besides words."""

from typing import Final
from uuid import UUID

from msgspec import Struct

from xiaoer.plumbing.db import Tx
from xiaoer.plumbing.sql import Statements

statements: Final = Statements(__file__, "attach.sql")


class Attached(Struct, frozen=True):
    """An uploaded file."""

    id: UUID
    conversation: UUID | None
    person: UUID
    name: str
    media_type: str
    size_bytes: int
    width: int | None
    height: int | None
    thumbnail: bool


_find_file: Final = statements.rows("find_file", Attached)


async def find_file(tx: Tx, file: UUID) -> Attached | None:
    """An uploaded file."""
    return await _find_file.first(tx, file=file)
