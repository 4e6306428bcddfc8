"""What tests of inspection begin with: a shop, its people, and a conversation that an agent serves."""

from collections.abc import AsyncIterator

import pytest

from tests.conversations.talk import Talk, begin
from xiaoer.conversations.actions.committer import Committer
from xiaoer.conversations.actions.seen import Marker
from xiaoer.plumbing.db import Database


@pytest.fixture
async def talk(database: Database) -> AsyncIterator[Talk]:
    """A shop, its people, a buyer and their conversation; nothing was said."""
    made = await begin(database)
    yield made
    await made.services.service(Marker).close()
    await made.services.service(Committer).close()
