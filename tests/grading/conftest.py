"""What tests of grading begin with: a shop, its people, a consultation served badly, closed and inspected."""

from collections.abc import AsyncIterator

import pytest

from tests.grading.desk import Desk, at_desk
from xiaoer.plumbing.db import Database


@pytest.fixture
async def desk(database: Database) -> AsyncIterator[Desk]:
    """An inspected talk of `agent`, and as graders the manager and three officers."""
    async with at_desk(database) as made:
        yield made
