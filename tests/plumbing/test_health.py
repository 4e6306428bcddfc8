"""What load balancers and Prometheus are told."""

import asyncio

import msgspec

from tests import make
from tests.client import Client
from xiaoer.main import build
from xiaoer.plumbing.db import Database
from xiaoer.plumbing.health import Health
from xiaoer.plumbing.program import Loop, running
from xiaoer.plumbing.relay import Relay


async def test_it_is_ready_when_every_part_is(database: Database) -> None:
    program = make.program(database)
    client = Client(program.app, headers={"accept-language": "en"})
    assert (await client.get("/health/live")).json["status"] == "alive"
    early = await client.get("/health/ready")
    assert (early.status, early.code) == (503, "plumbing.not_ready")
    assert early.json["error"]["facts"] == {"parts": ["relay"]}
    async with make.at_work(program):
        await asyncio.wait_for(program.services.service(Relay).connected.wait(), 5)
        ready = await client.get("/health/ready")
        assert (ready.status, ready.json["status"]) == (200, "ready")
        assert ready.json["parts"] == {"database": True, "relay": True, "migrations": True, "open": True}
        program.services.service(Health).stopping = True
        assert (await client.get("/health/ready")).status == 503
        assert (await client.get("/health/live")).status == 200


async def test_a_part_that_breaks_or_hangs_is_not_ready() -> None:
    async def breaks() -> bool:
        raise RuntimeError

    async def works() -> bool:
        return True

    parts = await Health({"one": breaks, "two": works}).parts()
    assert parts == {"one": False, "two": True, "open": True}


async def test_metrics_are_for_this_machine_or_for_whoever_has_the_token(database: Database) -> None:
    app = await make.app(database)
    near = await Client(app, address="127.0.0.1").get("/metrics")
    assert near.status == 200
    assert b"xiaoer_http_requests_total" in near.body
    assert (await Client(app, address="203.0.113.7").get("/metrics")).code == "plumbing.only_local"
    settings = msgspec.structs.replace(make.settings(), metrics_token="a token for Prometheus")
    guarded = build(settings, database, jobs=False, passwords=make.passwords()).app
    assert (await Client(guarded, address="127.0.0.1").get("/metrics")).status == 401
    right = Client(guarded, address="203.0.113.7", token="a token for Prometheus")
    assert (await right.get("/metrics")).status == 200


async def test_routes_are_counted_by_their_pattern_not_by_their_ids(database: Database) -> None:
    app = await make.app(database)
    await Client(app).get("/public/v1/marketplaces/some-secret-name")
    text = (await Client(app, address="127.0.0.1").get("/metrics")).body.decode()
    assert 'route="/public/v1/marketplaces/{slug}",status="404"' in text
    assert "some-secret-name" not in text


async def test_a_loop_that_breaks_starts_again_and_ends_when_told() -> None:
    started: list[int] = []
    twice = asyncio.Event()

    async def breaks_once() -> None:
        started.append(1)
        if len(started) == 1:
            raise ZeroDivisionError
        twice.set()
        await asyncio.Event().wait()

    async with running([Loop("breaks once", breaks_once)]):
        await asyncio.wait_for(twice.wait(), 5)
    assert len(started) == 2
    assert not [task for task in asyncio.all_tasks() if task.get_name() == "breaks once"]
