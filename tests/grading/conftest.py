"""What tests of grading begin with: a shop, its people, a consultation served badly, closed and inspected."""

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from tests import make
from tests.conversations.talk import Talk, begin
from tests.grading.desk import Desk
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
async def desk(database: Database) -> AsyncIterator[Desk]:
    """An inspected talk of `agent`, and as graders the manager and three officers."""
    made: Talk = await begin(database)
    for name, role in (("second", "officer"), ("third", "officer"), ("boss", "administrator")):
        made.people[name] = await make.person(database, made.tenant, role=role, name=name)
        made.tokens[name] = await make.session(database, made.tenant, made.people[name])
    await made.said(*BADLY[0])
    await made.assign("agent")
    for who, text in BADLY[1:]:
        made.now += timedelta(seconds=20)
        await made.said(who, text)
    path = f"/api/v1/shops/{made.shop}/conversations/{made.conversation}/close"
    assert (await made.client("agent").post(path)).status == 200
    await made.react()
    made.now += timedelta(hours=1)
    async with database.read(made.tenant) as tx:
        score = await tx.fetchval("select id from inspection.score")
    yield Desk(made, score)
    await made.services.service(Marker).close()
    await made.services.service(Committer).close()
