"""`xiaoer dead-letters`: reactions that failed for good, of every marketplace or of one."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar
from uuid import UUID

import click
import msgspec

from xiaoer.cli.database import database, told
from xiaoer.identity import queries as identity
from xiaoer.kernel.refusal import Refusal
from xiaoer.plumbing import clock, outbox_store
from xiaoer.plumbing.db import Database, Tx
from xiaoer.plumbing.language import Catalogue
from xiaoer.plumbing.settings import Settings

ALL = click.option("--all", "everything", is_flag=True, help="All of them.")
HOME = click.option(
    "--marketplace", default=None, help="Short name of one marketplace; every one by default."
)
JSON = click.option("--json", "as_json", is_flag=True, help="Print JSON, one object a line.")
MANY = 10_000
T = TypeVar("T")


@click.group()
def command() -> None:
    """Look at reactions that failed for good, have them tried again, or drop them."""


@command.command("list")
@click.option("--limit", default=100, show_default=True, type=click.IntRange(1, MANY))
@HOME
@JSON
def list_(limit: int, marketplace: str | None, as_json: bool) -> None:
    """List what was given up, the newest first."""
    letters = _in_system(marketplace, lambda tx, only: outbox_store.list_dead(tx, limit, only=only))
    for one in letters:
        if as_json:
            click.echo(msgspec.json.encode(one).decode())
        else:
            click.echo(f"{one.id}\t{one.died_at:%Y-%m-%d %H:%M:%S}\t{one.reaction}\t{one.name}\t{one.fault}")


@command.command()
@click.argument("ids", nargs=-1, type=click.IntRange(1))
@ALL
@HOME
@JSON
def retry(ids: tuple[int, ...], everything: bool, marketplace: str | None, as_json: bool) -> None:
    """Have dead letters tried again; a running server does so within seconds."""
    count = _each(ids, everything, marketplace, again=True)
    _told(count, "tried again", as_json=as_json, missing=len(set(ids)) - count)


@command.command()
@click.argument("ids", nargs=-1, type=click.IntRange(1))
@ALL
@HOME
@JSON
def drop(ids: tuple[int, ...], everything: bool, marketplace: str | None, as_json: bool) -> None:
    """Drop dead letters for ever."""
    count = _each(ids, everything, marketplace, again=False)
    _told(count, "dropped", as_json=as_json, missing=len(set(ids)) - count)


def _each(ids: tuple[int, ...], everything: bool, marketplace: str | None, *, again: bool) -> int:
    if bool(ids) == everything:
        raise click.UsageError("Name the letters by their numbers, or say --all.")

    async def work(tx: Tx, only: UUID | None) -> int:
        chosen = list(ids)
        if everything:
            chosen = [one.id for one in await outbox_store.list_dead(tx, MANY, only=only)]
        if again:
            return await outbox_store.revive(tx, chosen, clock.now(), only=only)
        return await outbox_store.drop_dead(tx, chosen, only=only)

    return _in_system(marketplace, work)


def _told(count: int, what: str, *, as_json: bool, missing: int) -> None:
    click.echo(msgspec.json.encode({"count": count}).decode() if as_json else f"{count} {what}")
    if missing > 0:
        raise click.ClickException(f"{missing} of these numbers name no dead letter.")


def _in_system(marketplace: str | None, work: Callable[[Tx, UUID | None], Awaitable[T]]) -> T:
    async def run(url: str) -> T:
        opened = await Database.open(url, application="xiaoer dead-letters")
        try:
            async with opened.system() as tx:
                home = await identity.marketplace_named(tx, marketplace) if marketplace else None
                return await work(tx, home.tenant if home else None)
        except Refusal as refusal:
            sentence = Catalogue.shipped().sentence(refusal.refused, "en")
            raise click.ClickException(sentence) from refusal
        finally:
            await opened.close()

    with told():
        settings = Settings.load()
        with database(settings) as url:
            return asyncio.run(run(url))
