"""`xiaoer migrate`: brings the database to the state of this program."""

import asyncio
import sys
from typing import Literal

import click

from xiaoer.cli.database import database, told
from xiaoer.plumbing import migrate, postgres
from xiaoer.plumbing.settings import Settings


@click.command()
@click.option("--pre", "phase", flag_value="pre", help="Only what must come before the new program runs.")
@click.option("--post", "phase", flag_value="post", help="Only what may come once it runs everywhere.")
@click.option("--check", is_flag=True, help="Change nothing; end with code 1 when something is pending.")
def command(phase: Literal["pre", "post"] | None, check: bool) -> None:
    """Bring the database to the state of this program."""
    with told():
        settings = Settings.load()
        with database(settings) as url:
            sys.exit(asyncio.run(_work(url, phase, check=check, ours=settings.database_url is None)))


async def _work(url: str, phase: Literal["pre", "post"] | None, *, check: bool, ours: bool) -> int:
    if ours:
        await postgres.make_database(url)
    if check:
        pending = [name for name in await migrate.pending(url) if phase is None or f"_{phase}_" in name]
        for name in pending:
            click.echo(name)
        return 1 if pending else 0
    done = await migrate.migrate(url, phase=phase, say=click.echo)
    if not done:
        click.echo("Nothing to do.")
    return 0
