"""How a shop's facts are kept: one function per statement of `facts.sql`."""

from datetime import datetime
from typing import Final
from uuid import UUID

from xiaoer.inspection.model import Fact
from xiaoer.plumbing.db import Tx
from xiaoer.plumbing.sql import Statements

_statements: Final = Statements(__file__, "facts.sql")
_facts = _statements.rows("facts", Fact)
_count = _statements.value("count_facts", int)
_add = _statements.command("add_fact")
_archive = _statements.command("archive_fact")


async def facts(tx: Tx, shop: UUID, limit: int) -> list[Fact]:
    """The facts of a shop that are in force, the newest first."""
    return await _facts.all(tx, shop=shop, limit=limit)


async def count(tx: Tx, shop: UUID) -> int:
    """How many facts of a shop are in force."""
    return await _count.one(tx, shop=shop)


async def add(tx: Tx, shop: UUID, fact: Fact) -> None:
    """Keep a fact."""
    await _add.run(
        tx,
        shop=shop,
        id=fact.id,
        title=fact.title,
        about=list(fact.about),
        says=list(fact.says),
        never=list(fact.never),
        author=fact.author,
        at=fact.at,
        replaces=fact.replaces,
    )


async def archive(tx: Tx, shop: UUID, id: UUID, person: UUID, now: datetime) -> bool:
    """Put a fact away; False when there is none in force."""
    return await _archive.run(tx, shop=shop, id=id, person=person, now=now) == 1
