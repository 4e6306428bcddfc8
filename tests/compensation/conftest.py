"""What tests of grants begin with."""

import pytest

from tests.compensation.purse import Purse
from xiaoer.plumbing.db import Database
from xiaoer.plumbing.driver import Connection


@pytest.fixture
async def purse(database: Database, owner: Connection) -> Purse:
    """A shop with money, its people, a buyer."""
    return await Purse.open(database, owner)
