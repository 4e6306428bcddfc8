"""Decide again what a database keeps: the part of `xiaoer rules` that needs one."""

import asyncio
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import click
import msgspec

from xiaoer.cli.database import database, told
from xiaoer.identity import queries as identity
from xiaoer.kernel.refusal import Refusal, Refused
from xiaoer.kernel.table import Table
from xiaoer.plumbing.db import Database, Tx
from xiaoer.plumbing.language import Catalogue
from xiaoer.plumbing.settings import Settings
from xiaoer.rulebook import queries
from xiaoer.rulebook.model import parsed
from xiaoer.rulebook.rules import drafts
from xiaoer.rulebook.rules.shelf import shelf


@dataclass(slots=True)
class Order:
    """What is to be decided again, and with what."""

    since: datetime
    until: datetime
    other: str | None = None
    table: str | None = None
    marketplace: str | None = None


def decided_again(order: Order, text: str | None) -> list[tuple[str, dict[str, Any]]]:
    """What came of it for each table: the fields of `Replayed`, plain."""
    with told():
        settings = Settings.load()
        with database(settings) as url:
            return asyncio.run(_all(url, order, text))


async def _all(url: str, order: Order, text: str | None) -> list[tuple[str, dict[str, Any]]]:
    opened = await Database.open(url, application="xiaoer rules")
    try:
        async with opened.system() as tx:
            home = await identity.marketplace_named(tx, order.marketplace)
        async with opened.read(home.tenant) as tx:
            names = [order.table] if order.table else list(shelf())
            return [(name, await _one(tx, order, name, text)) for name in names]
    except Refusal as refusal:
        raise click.ClickException(Catalogue.shipped().sentence(refusal.refused, "en")) from refusal
    finally:
        await opened.close()


async def _one(tx: Tx, order: Order, name: str, text: str | None) -> dict[str, Any]:
    span = queries.Span(name, order.since.replace(tzinfo=UTC), order.until.replace(tzinfo=UTC))
    other = await _other(tx, order, name, text) if order.other else None
    return msgspec.to_builtins(await queries.what_if(tx, span, other))


async def _other(tx: Tx, order: Order, name: str, text: str | None) -> Table:
    book = await queries.book(tx, None, order.until.replace(tzinfo=UTC))
    if text is not None:
        found = drafts.check(name, text, book.profile)
        if found.flaws:
            raise Refusal(drafts.flawed(name, found.flaws))
        return parsed(name, found.text)
    if order.other is None or not order.other.isdigit():
        raise Refusal(
            Refused("not_found", "rulebook.unknown_version", facts={"name": name, "version": order.other})
        )
    return await queries.version_of(tx, book, name, int(order.other))
