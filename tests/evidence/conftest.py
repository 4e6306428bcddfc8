"""What tests of evidence begin with: a shop, its people, a conversation, and words said in it."""

from collections.abc import AsyncIterator

import pytest

from tests.conversations.talk import Talk, begin
from xiaoer.conversations.actions.committer import Committer
from xiaoer.conversations.actions.seen import Marker
from xiaoer.plumbing.db import Database


@pytest.fixture
async def talk(database: Database) -> AsyncIterator[Talk]:
    """A shop, its people, a buyer and their conversation, in which five things were said."""
    made = await begin(database)
    for number in range(1, 4):
        await made.said("buyer", f"第{number}句：衣服破了")
    yield made
    await made.services.service(Marker).close()
    await made.services.service(Committer).close()
