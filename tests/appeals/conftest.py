"""What tests of appeals begin with."""

import pytest

from tests.appeals.court import Court
from xiaoer.plumbing.db import Database
from xiaoer.plumbing.driver import Connection


@pytest.fixture
async def court(database: Database, owner: Connection) -> Court:
    """A marketplace with a shop, a buyer, three officers, and decisions to appeal."""
    return await Court.open(database, owner)
