"""One installation for all tests of faults; each has a marketplace of its own in it."""

from collections.abc import AsyncIterator

import pytest

from tests.faults.installation import Installation, Process
from tests.faults.stage import Stage, staged
from tools.passing import passing_home


@pytest.fixture(scope="session")
async def installation(anyio_backend: object) -> AsyncIterator[Installation]:
    """A home with a migrated database; nothing answers yet."""
    with passing_home() as home:
        made = Installation(home)
        yield made
        await made.end()


@pytest.fixture
async def server(installation: Installation) -> AsyncIterator[Process]:
    """A server that answers; one that an earlier test has left is used again."""
    for process in installation.processes:
        if process.alive and process.port == installation.port:
            break
    else:
        process = await installation.start("run", "--no-demo")
    yield process
    said = installation.said
    assert "Traceback" not in said, said[said.index("Traceback") - 300 :][:3_000]


@pytest.fixture
async def stage(installation: Installation, server: Process) -> AsyncIterator[Stage]:
    """A shop with conversations that are served."""
    async with staged(installation.database_url, lambda: server.url) as made:
        yield made
