"""What tests of blocks begin with."""

import pytest

from tests.blocks.yard import Yard
from xiaoer.plumbing.db import Database
from xiaoer.plumbing.driver import Connection


@pytest.fixture
async def yard(database: Database, owner: Connection) -> Yard:
    """A shop with its people, buyers, two officers, evidence."""
    return await Yard.open(database, owner)
