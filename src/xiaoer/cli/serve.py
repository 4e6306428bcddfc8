"""`xiaoer serve`: answers requests; the database must have been migrated."""

import asyncio

import click

from xiaoer.cli import server
from xiaoer.cli.database import database, say, told
from xiaoer.main import Program
from xiaoer.plumbing import migrate
from xiaoer.plumbing.settings import Settings, with_address


@click.command()
@click.option("--host", help="Address to listen on; XIAOER_HOST or 127.0.0.1 by default.")
@click.option("--port", type=click.IntRange(1, 65_535), help="Port to listen on; PORT or 8020 by default.")
@click.option("--no-jobs", is_flag=True, help="Only answer; `xiaoer work` does the rest.")
def command(host: str | None, port: int | None, no_jobs: bool) -> None:
    """Answer requests over HTTP and WebSocket."""
    with told(), server.terminable():
        settings = with_address(Settings.load(), host, port)
        with server.listen(settings) as listening, database(settings) as url:

            async def ready(_program: Program) -> None:
                if pending := await migrate.pending(url):
                    say(f"{len(pending)} migrations are pending: run `xiaoer migrate`.")
                say(f"Xiaoer answers at {settings.public_url}")

            async def work(end: asyncio.Event) -> None:
                await server.serve(settings, url, listening, end, jobs=not no_jobs, ready=ready)

            server.run(work)
