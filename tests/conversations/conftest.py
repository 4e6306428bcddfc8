"""What tests of conversations begin with."""

from collections.abc import AsyncIterator

import pytest

from tests.conversations.talk import Talk, begin
from xiaoer.conversations.actions.committer import Committer
from xiaoer.conversations.actions.seen import Marker
from xiaoer.plumbing.db import Database


@pytest.fixture
async def talk(database: Database) -> AsyncIterator[Talk]:
    """A shop, its people, a buyer and their conversation."""
    made = await begin(database)
    yield made
    await made.services.service(Marker).close()
    await made.services.service(Committer).close()
