"""What tests of cases begin with."""

import pytest

from tests.after_sale.counter import Counter
from xiaoer.plumbing.db import Database
from xiaoer.plumbing.driver import Connection


@pytest.fixture
async def counter(database: Database, owner: Connection) -> Counter:
    """A shop with money, its people, a buyer."""
    return await Counter.open(database, owner)
