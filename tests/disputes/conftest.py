"""What tests of the court begin with."""

import pytest

from tests.disputes.court import Court
from xiaoer.plumbing.db import Database
from xiaoer.plumbing.driver import Connection


@pytest.fixture
async def court(database: Database, owner: Connection) -> Court:
    """A shop with money, its people, a buyer."""
    return await Court.open(database, owner)
