"""The database a command works with: the one of XIAOER_DATABASE_URL, or our own while the command runs."""

import sys
from collections.abc import Generator
from contextlib import contextmanager

import click

from xiaoer.plumbing import log, postgres
from xiaoer.plumbing.faults import DatabaseFault
from xiaoer.plumbing.migrate import MigrationFault
from xiaoer.plumbing.postgres_place import ServerFault
from xiaoer.plumbing.settings import Settings, SettingsFault

FAULTS = (SettingsFault, ServerFault, DatabaseFault, MigrationFault)
"""What a person can set right himself: told in one sentence, without a traceback."""


@contextmanager
def told() -> Generator[None]:
    """Faults with a sentence end the command with that sentence."""
    try:
        yield
    except FAULTS as fault:
        raise click.ClickException(str(fault)) from fault


@contextmanager
def database(settings: Settings, name: str = "xiaoer") -> Generator[str]:
    """The address of the database; a server of our own is started for as long as it is used."""
    log.configure(level=settings.log_level, json=settings.log_format == "json" or None)
    if settings.database_url:
        yield settings.database_url
        return
    server = postgres.start(settings.home, say=say)
    try:
        yield server.url(name)
    finally:
        server.close()


def say(sentence: str) -> None:
    """To the person at the keyboard, not into the output."""
    click.echo(sentence, file=sys.stderr)
