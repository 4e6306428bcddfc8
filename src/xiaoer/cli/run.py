"""`xiaoer run`: everything in one command: database, migrations, a demonstration, the server."""

import asyncio
import os
import time

import click
import msgspec
from rich.console import Console
from rich.table import Table

from xiaoer.cli import demo, server
from xiaoer.cli.database import database, say, told
from xiaoer.main import Program
from xiaoer.plumbing import migrate, postgres
from xiaoer.plumbing.settings import Settings, with_address

WIDTH = 110
"""Addresses are not cut, however narrow the terminal says it is."""


@click.command()
@click.option("--host", help="Address to listen on; XIAOER_HOST or 127.0.0.1 by default.")
@click.option("--port", type=click.IntRange(1, 65_535), help="Port to listen on; PORT or 8020 by default.")
@click.option("--no-demo", is_flag=True, help="Leave an empty database empty.")
def command(host: str | None, port: int | None, no_demo: bool) -> None:
    """Start Xiaoer with everything it needs; Ctrl-C ends it and keeps the data."""
    started = time.monotonic()
    with told(), server.terminable():
        settings = calm(with_address(Settings.load(), host, port))
        with server.listen(settings) as listening, database(settings) as url:

            async def ready(program: Program) -> None:
                if not no_demo and await demo.is_empty(program.services.database):
                    say("Making the demonstration marketplace …")
                    await demo.build(program.services.database, settings)
                await show(program, time.monotonic() - started)

            async def work(end: asyncio.Event) -> None:
                if settings.database_url is None:
                    await postgres.make_database(url)
                await migrate.migrate(url, say=lambda name: say(f"Migrating: {name}"))
                await server.serve(settings, url, listening, end, jobs=True, ready=ready)

            server.run(work)
            say("Stopped; the data is kept.")


def calm(settings: Settings) -> Settings:
    """On the screen of somebody who tries it out, only what is wrong is said, unless he asked for more."""
    if "XIAOER_LOG_LEVEL" in os.environ:
        return settings
    return msgspec.structs.replace(settings, log_level="warning")


async def show(program: Program, seconds: float) -> None:
    """Where to go, and as whom."""
    settings = program.services.settings
    console = Console(highlight=False)
    console.width = max(console.width, WIDTH)
    console.print(f"\nXiaoer answers at [bold]{settings.public_url}[/bold]  ({seconds:.1f} s)\n")
    if not program.pages.built:
        console.print("The pages have not been built: `make run` does that.\n")
    accounts = await demo.accounts(program.services.database)
    if accounts:
        table = Table(box=None, padding=(0, 3, 0, 0), header_style="dim")
        for title in ("who", "sign in as", "password", "page"):
            table.add_column(title, no_wrap=True)
        for one in accounts:
            table.add_row(one.who, one.login, one.password, f"{settings.public_url}{one.page}")
        console.print(table)
    console.print("\nCtrl-C stops it and keeps the data.\n")
