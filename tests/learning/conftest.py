"""What tests of learning begin with: a shop, its people, and a consultation that went badly and is closed."""

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from tests.conversations.talk import Talk, begin
from xiaoer.conversations.actions.committer import Committer
from xiaoer.conversations.actions.seen import Marker
from xiaoer.plumbing.db import Database

BADLY = (
    ("buyer", "你好，我买的耳机坏了"),
    ("agent", "哦"),
    ("buyer", "我等了三天了，我的电话是13812345678"),
    ("agent", "不清楚"),
    ("buyer", "知道了"),
    ("agent", "嗯"),
)


@pytest.fixture
async def talk(database: Database) -> AsyncIterator[Talk]:
    """A shop, its people, and a buyer's consultation that an agent served badly and closed."""
    made = await begin(database)
    await made.said(*BADLY[0])
    await made.assign("agent")
    for who, text in BADLY[1:]:
        made.now += timedelta(seconds=20)
        await made.said(who, text)
    path = f"/api/v1/shops/{made.shop}/conversations/{made.conversation}/close"
    assert (await made.client("agent").post(path)).status == 200
    await made.react()
    yield made
    await made.services.service(Marker).close()
    await made.services.service(Committer).close()
