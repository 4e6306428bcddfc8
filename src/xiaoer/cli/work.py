"""`xiaoer work`: does what no request waits for."""

import asyncio

import click

from xiaoer.cli import server
from xiaoer.cli.database import database, say, told
from xiaoer.plumbing.settings import Settings


@click.command()
def command() -> None:
    """React to news and ring clocks, beside processes that run `xiaoer serve --no-jobs`."""
    with told(), server.terminable():
        settings = Settings.load()
        with database(settings) as url:

            async def work(end: asyncio.Event) -> None:
                await server.work(settings, url, end, ready=lambda: say("Xiaoer works."))

            server.run(work)
