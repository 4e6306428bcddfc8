"""Dead letters: an administrator sees those of his marketplace, retries and drops them; so does a command."""

import asyncio
import os
from datetime import UTC, datetime
from typing import ClassVar
from uuid import UUID

import msgspec
import pytest
from click.testing import CliRunner

from tests import make
from tests.client import Client
from xiaoer.cli.main import cli
from xiaoer.plumbing import clock
from xiaoer.plumbing.db import Database, Tx
from xiaoer.plumbing.driver import Connection
from xiaoer.plumbing.events import Event
from xiaoer.plumbing.outbox import Outbox

NOW = datetime(2025, 11, 11, 4, 0, tzinfo=UTC)
DOOR = "/platform/v1/dead-letters"


class Rang(Event, frozen=True):
    name: ClassVar[str] = "trial.rang"
    number: int


HEARD: list[int] = []


async def on_rang(tx: Tx, event: Rang, now: datetime) -> None:
    assert tx.tenant == event.tenant
    assert now > event.at
    HEARD.append(event.number)


async def bury(owner: Connection, tenant: UUID, number: int) -> int:
    """A dead letter as the worker writes it."""
    body = msgspec.json.encode(Rang(tenant=tenant, at=NOW, number=number)).decode()
    return await owner.fetchval(
        "insert into plumbing.dead_letter (tenant, reaction, name, topic, body, at, attempts, died_at, "
        "fault) values ($1, $4, 'trial.rang', '', $2, $3, 8, $3, 'ValueError: no') returning id",
        tenant,
        body,
        NOW,
        f"{__name__}.on_rang",
    )


async def left(owner: Connection) -> tuple[list[int], int]:
    dead = [row[0] for row in await owner.fetch("select id from plumbing.dead_letter order by id")]
    return dead, await owner.fetchval("select count(*) from plumbing.retry")


@pytest.fixture
async def home(database: Database) -> UUID:
    return (await make.marketplace(database)).tenant


async def test_an_administrator_looks_retries_and_drops(database: Database, owner: Connection, home: UUID):
    other = (await make.marketplace(database)).tenant
    mine = [await bury(owner, home, number) for number in (1, 2, 3)]
    theirs = await bury(owner, other, 4)
    program = make.program(database)
    _, token = await make.signed_in(database, home, role="administrator")
    client = Client(program.app, token=token)

    first = (await client.get(DOOR, limit=2)).json
    assert [one["id"] for one in first["data"]] == [mine[2], mine[1]]
    rest = (await client.get(DOOR, starting_after=first["next_cursor"])).json
    assert ([one["id"] for one in rest["data"]], rest["has_more"]) == ([mine[0]], False)
    assert rest["data"][0]["fault"] == "ValueError: no"
    assert "number" not in rest["data"][0]

    answer = await client.post(f"{DOOR}/drop", {"ids": [mine[0], theirs]})
    assert (answer.status, answer.json) == (200, {"count": 1})
    assert await left(owner) == ([mine[1], mine[2], theirs], 0)
    answer = await client.post(f"{DOOR}/retry", {"ids": [mine[1], theirs, 10**9]})
    assert (answer.status, answer.json) == (200, {"count": 1})
    assert await left(owner) == ([mine[2], theirs], 1)
    assert (await client.post(f"{DOOR}/retry", {"ids": []})).status == 400

    _, agent = await make.signed_in(database, home, role="officer")
    assert (await Client(program.app, token=agent).get(DOOR)).status == 403


async def test_a_revived_reaction_runs_and_the_gauge_tells_how_many_wait(
    database: Database, owner: Connection, home: UUID
):
    letters = [await bury(owner, home, number) for number in (7, 8)]
    _, token = await make.signed_in(database, home, role="administrator")
    program = make.program(database)
    await Client(program.app, token=token).post(f"{DOOR}/retry", {"ids": letters[:1]})
    HEARD.clear()
    await Outbox(database, {Rang: (on_rang,)}, now=clock.now).drain()
    assert HEARD == [7]
    assert await left(owner) == (letters[1:], 0)
    metrics = (await Client(program.app, address="127.0.0.1").get("/metrics")).body.decode()
    assert "\nxiaoer_dead_letters 1.0\n" in metrics


async def test_the_command(
    database: Database, database_url: str, owner: Connection, home: UUID, tmp_path: object
):
    letters = [await bury(owner, home, number) for number in (1, 2, 3)]
    environ = {**os.environ, "XIAOER_DATABASE_URL": database_url, "XIAOER_HOME": str(tmp_path)}

    async def xiaoer(*arguments: str) -> tuple[int, str]:
        result = await asyncio.to_thread(CliRunner().invoke, cli, ["dead-letters", *arguments], env=environ)
        return result.exit_code, result.output

    code, listed = await xiaoer("list", "--json")
    assert (code, [msgspec.json.decode(line)["id"] for line in listed.splitlines()]) == (0, letters[::-1])
    assert "ValueError: no" in (await xiaoer("list", "--limit", "1"))[1]
    assert await xiaoer("drop", str(letters[0]), "--json") == (0, '{"count":1}\n')
    assert (await xiaoer("retry"))[0] != 0, "nothing is tried again by accident"
    code, said = await xiaoer("drop", str(letters[0]))
    assert (code, said) == (1, "0 dropped\nError: 1 of these numbers name no dead letter.\n")
    assert (await xiaoer("retry", "--all", "--marketplace", "nowhere"))[0] == 1
    assert await xiaoer("retry", "--all") == (0, "2 tried again\n")
    assert await left(owner) == ([], 2)
