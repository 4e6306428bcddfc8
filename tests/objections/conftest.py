"""What tests of objections begin with: a shop with a list of its own, and everybody who decides."""

from collections.abc import AsyncIterator

import pytest

from tests.conversations.talk import begin
from tests.objections.desk import Desk, at_desk
from xiaoer.conversations.actions.committer import Committer
from xiaoer.conversations.actions.seen import Marker
from xiaoer.plumbing.db import Database


@pytest.fixture
async def desk(database: Database) -> AsyncIterator[Desk]:
    """An agent in a talk with a buyer; the shop forbids one term of its own."""
    talk = await begin(database)
    yield await at_desk(talk)
    await talk.services.service(Marker).close()
    await talk.services.service(Committer).close()
