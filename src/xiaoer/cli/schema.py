"""`xiaoer schema`: writes the whole database into one readable file, db/schema.sql."""

import asyncio
import difflib
import os
from pathlib import Path

import click

from xiaoer.cli.database import say, told
from xiaoer.plumbing import migrate, postgres, schema
from xiaoer.plumbing.settings import SettingsFault, checkout, read_environment


@click.command()
@click.option("--check", is_flag=True, help="Write nothing; end with code 1 when the file is out of date.")
@click.option(
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Another file than db/schema.sql.",
)
def command(check: bool, output: Path | None) -> None:
    """Write the whole database, as the migrations make it, into one readable file."""
    with told():
        file = output or _default_file()
        text = asyncio.run(_dump())
    if not check:
        file.write_text(text, "utf-8")
        click.echo(f"Wrote {file}.")
        return
    found = file.read_text("utf-8") if file.exists() else ""
    if found != text:
        for line in difflib.unified_diff(found.splitlines(), text.splitlines(), str(file), "migrations", n=1):
            click.echo(line)
        raise click.ClickException(f"{file} is out of date: run `xiaoer schema`.")
    click.echo(f"{file} is up to date.")


def _default_file() -> Path:
    if clone := checkout():
        return clone / "db" / "schema.sql"
    raise SettingsFault("There is no clone here: say where to write with --output.")


async def _dump() -> str:
    """A fresh database, migrated, written down and dropped again."""
    home = read_environment(os.environ).home
    home.mkdir(parents=True, exist_ok=True)
    server = postgres.start(home, say=say)
    try:
        url = server.url(f"xiaoer_schema_{os.getpid()}")
        try:
            await postgres.make_database(url)
            await migrate.migrate(url)
            return await asyncio.to_thread(schema.dump, url, server.binaries)
        finally:
            await postgres.drop_database(url)
    finally:
        server.close()
