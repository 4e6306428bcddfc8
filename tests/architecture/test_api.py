"""The whole API against its own description: strange input gets a documented answer and never a fault."""

import asyncio
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

import msgspec
import pytest
import requests
import schemathesis
from hypothesis import HealthCheck, settings
from schemathesis import Case
from schemathesis.checks import load_all_checks
from schemathesis.config import SchemathesisConfig
from schemathesis.generation.feedback import FeedbackSources
from schemathesis.pytest._test_builder import build_operation_test
from schemathesis.python._constants.orchestrator import make_constants_value_source
from schemathesis.specs.openapi.checks import positive_data_acceptance

from tests import make
from tests.served import served
from tests.world import World, build
from xiaoer import main
from xiaoer.plumbing import openapi
from xiaoer.plumbing.db import Database
from xiaoer.plumbing.driver import connect

EXAMPLES = int(os.environ.get("XIAOER_API_EXAMPLES", "5"))
UNWORRIED = [
    HealthCheck.too_slow,
    HealthCheck.filter_too_much,
    HealthCheck.data_too_large,
    HealthCheck.large_base_example,
    HealthCheck.nested_given,
]
ENDS_ITS_OWN_SESSION = {"/public/v1/sign-out-everywhere", "/public/v1/me/password", "/public/v1/sign-out"}
"""Asked with a session of their own, so that the others go on."""


def described() -> dict[str, Any]:
    """The description as programs read it."""
    return msgspec.json.decode(msgspec.json.encode(openapi.document(main.ROUTES)))


DOORS = sorted((path, method) for path, methods in described()["paths"].items() for method in methods)


def test_no_two_things_on_the_wire_share_a_name():
    """Programs and pages have one list of names; of two equal ones both would get long and ugly."""
    doubled = [name for name in described()["components"]["schemas"] if "." in name]
    assert not doubled


@dataclass
class Running:
    url: str
    world: World
    tokens: dict[str, str]
    database_url: str
    session: requests.Session

    def token(self, path: str) -> str:
        """Whoever has most to say at a door."""
        if path in ENDS_ITS_OWN_SESSION:
            return asyncio.run(_session(self.database_url, self.world, "officer"))
        if path.startswith("/platform/"):
            return self.tokens["administrator"]
        return self.tokens["manager" if path.startswith("/api/") else "buyer"]


@pytest.fixture(scope="module")
def running(database_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    world, tokens = asyncio.run(_world(database_url))
    home = Path(tmp_path_factory.mktemp("home"))
    with served(database_url, home) as answering, requests.Session() as session:
        session.trust_env = False  # no proxy stands between us, and looking for one takes long
        yield Running(answering.url, world, tokens, database_url, session)


async def _world(url: str) -> tuple[World, dict[str, str]]:
    database = await Database.open(url)
    owner = await connect(url)
    world = await build(database, owner)
    tokens = {who: await world.credential(database, who) for who in ("administrator", "manager", "buyer")}
    await owner.close()
    await database.close()
    return world, tokens


async def _session(url: str, world: World, who: str) -> str:
    database = await Database.open(url)
    try:
        return await make.session(database, world.tenant, world.people[who])
    finally:
        await database.close()


class Inventor:
    """Thinks up strange input for a door: when it is asked, for collecting hundreds of doors takes long."""

    def __init__(self) -> None:
        load_all_checks()
        self._schema = schemathesis.openapi.from_dict(described(), config=SchemathesisConfig.from_dict({}))
        self._feedback = FeedbackSources(constants_value_source=make_constants_value_source(self._schema))

    def asks(self, path: str, method: str, check: Callable[..., None]) -> None:
        """Everything it can think of, each handed to the check."""
        every = build_operation_test(
            config=self._schema.config,
            operation=self._schema[path][method],
            test_func=check,
            given_kwargs={},
            feedback=self._feedback,
        )
        every()


@pytest.fixture(scope="module")
def inventor() -> Inventor:
    """The same for all doors."""
    return Inventor()


@pytest.mark.parametrize(("path", "method"), DOORS, ids=[f"{method} {path}" for path, method in DOORS])
def test_strange_input_gets_a_documented_answer(
    path: str, method: str, inventor: Inventor, running: Running
) -> None:
    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        derandomize=True,
        database=None,
        suppress_health_check=UNWORRIED,
    )
    def check(case: Case) -> None:
        if "shop" in (case.path_parameters or {}) and _is_id(case.path_parameters["shop"]):
            case.path_parameters["shop"] = str(running.world.shop)
        # A schema cannot say that a time zone exists or a password is good: refusing those is right.
        case.call_and_validate(
            base_url=running.url,
            session=running.session,
            headers={"Authorization": f"Bearer {running.token(path)}"},
            excluded_checks=[positive_data_acceptance],
        )

    inventor.asks(path, method, check)


def _is_id(text: object) -> bool:
    try:
        return bool(UUID(str(text)))
    except ValueError:
        return False
