"""`xiaoer marketplace`: the first administrator of a new installation, and the way back in."""

import asyncio
import os

import pytest
from click.testing import CliRunner, Result

from tests import make
from tests.client import Client
from xiaoer.cli.main import cli
from xiaoer.identity.rules import access
from xiaoer.main import build
from xiaoer.plumbing.db import Database
from xiaoer.plumbing.passwords import Passwords

CREATE = ("marketplace", "create", "bazaar", "--name", "集市", "--admin", "boss@example.com")


@pytest.fixture
def environ(database_url: str, tmp_path: object) -> dict[str, str]:
    return {
        "XIAOER_DATABASE_URL": database_url,
        "XIAOER_HOME": str(tmp_path),
        "XIAOER_PASSWORD": make.PASSWORD,
    }


async def xiaoer(environ: dict[str, str], *arguments: str, password: str | None = None) -> Result:
    """The command in a thread: it has a loop of its own."""
    given = {**environ, "XIAOER_PASSWORD": password or environ["XIAOER_PASSWORD"]}
    return await asyncio.to_thread(CliRunner().invoke, cli, list(arguments), env={**os.environ, **given})


async def signs_in(database: Database, password: str) -> int:
    cost = access().hash_cost
    real = Passwords(
        time_cost=cost.time_cost, memory_kib=cost.memory_kib, parallelism=cost.parallelism, at_once=1
    )
    app = build(make.settings(), database, jobs=False, passwords=real).app
    wish = {"login": "boss@example.com", "password": password, "marketplace": "bazaar"}
    return (await Client(app).post("/public/v1/sign-in", wish)).status


async def test_an_administrator_of_a_new_marketplace_can_sign_in(
    database: Database, environ: dict[str, str]
) -> None:
    made = await xiaoer(environ, *CREATE)
    assert made.exit_code == 0, made.output
    assert await signs_in(database, make.PASSWORD) == 200
    again = await xiaoer(environ, *CREATE)
    assert again.exit_code == 1
    assert "The short name bazaar is taken." in again.output
    listed = await xiaoer(environ, "marketplace", "list")
    assert "bazaar\t集市" in listed.output
    changed = await xiaoer(
        environ, "marketplace", "password", "bazaar", "boss@example.com", password="another long word"
    )
    assert changed.exit_code == 0, changed.output
    assert await signs_in(database, make.PASSWORD) == 401
    assert await signs_in(database, "another long word") == 200


@pytest.mark.parametrize(
    ("arguments", "password", "words"),
    [
        ((*CREATE[:-1], "nobody"), make.PASSWORD, "valid e-mail"),
        (CREATE, "short", "at least 10 characters"),
        ((*CREATE, "--time-zone", "Mars/Olympus"), make.PASSWORD, "no time zone"),
        (("marketplace", "create", "No Slug", *CREATE[3:]), make.PASSWORD, "short name"),
        ((*CREATE, "--currency", "yuan"), make.PASSWORD, "currency"),
        (("marketplace", "password", "nowhere", "x@example.com"), make.PASSWORD, "no marketplace nowhere"),
    ],
)
async def test_what_cannot_be_is_said_in_a_sentence(
    database: Database, environ: dict[str, str], arguments: tuple[str, ...], password: str, words: str
) -> None:
    said = await xiaoer(environ, *arguments, password=password)
    assert said.exit_code == 1, said.output
    assert words in said.output
    async with database.system() as tx:
        assert not await tx.fetch("select from identity.marketplace")
