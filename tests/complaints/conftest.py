"""What tests of complaints begin with."""

from collections.abc import AsyncIterator

import pytest

from tests.complaints.bar import Bar
from xiaoer.plumbing.db import Database
from xiaoer.plumbing.driver import Connection


@pytest.fixture
async def bar(database: Database, owner: Connection) -> AsyncIterator[Bar]:
    """A shop, its people, a buyer, people of the marketplace."""
    made = await Bar.open(database, owner)
    yield made
    await made.close()
