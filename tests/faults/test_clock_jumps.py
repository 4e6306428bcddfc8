"""The machine's clock goes back and forward: order comes from versions, and every clock rings once."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise

import pytest

from tests import make
from tests.client import Client
from tests.conversations.proof import whole
from tests.conversations.talk import NOON, Talk, begin
from tests.faults.installation import until
from xiaoer.conversations.actions.committer import Committer
from xiaoer.conversations.actions.seen import Marker
from xiaoer.conversations.model.entry import Entry
from xiaoer.plumbing.db import Database

JUMPS = (
    timedelta(seconds=-1),
    timedelta(minutes=-10),
    timedelta(minutes=9),
    timedelta(hours=-3),
    timedelta(hours=4),
    timedelta(seconds=-30),
)


@dataclass
class Wall:
    """A clock on the wall that somebody turns; it stands still in between."""

    now: datetime = NOON

    def read(self) -> datetime:
        return self.now


@pytest.fixture
async def talk(database: Database) -> AsyncIterator[Talk]:
    made = await begin(database)
    yield made
    await made.services.service(Marker).close()
    await made.services.service(Committer).close()


async def test_words_keep_their_order_whatever_the_clock_says(talk: Talk):
    said: list[Entry] = []
    for jump in (timedelta(), *JUMPS):
        talk.now += jump
        for who in ("buyer", "manager"):
            said.append(await talk.said(who, f"{who} {len(said)}"))
    entries = await whole(talk)
    assert [entry.id for entry in entries] == [entry.id for entry in said]
    assert [entry.version for entry in entries] == list(range(1, len(said) + 1))
    assert any(later.at < earlier.at for earlier, later in pairwise(entries)), "the clock did go back"
    for who, base in (("buyer", "/public/v1"), ("manager", f"/api/v1/shops/{talk.shop}")):
        answer = await talk.client(who).get(f"{base}/conversations/{talk.conversation}/entries", limit=200)
        assert [entry["id"] for entry in answer.json["data"]] == [str(entry.id) for entry in said]


async def test_every_door_works_after_the_clock_went_back(talk: Talk):
    """Limits, sessions and marks measure time: none of them may shut the door because of a jump."""
    await talk.said("buyer", "在吗")
    await talk.said("agent", "您好")
    talk.now -= timedelta(hours=2)
    base = f"/api/v1/shops/{talk.shop}/conversations/{talk.conversation}"
    for path, body in (
        ("/entries", {"client_id": "back", "text": "请稍等"}),
        ("/seen", {"version": 1}),
        ("/notes", {"text": "时钟倒退了"}),
        ("/close", None),
        ("/reopen", None),
    ):
        answer = await talk.client("agent").post(base + path, body)
        assert answer.status < 300, (path, answer.body)
    mine = f"/public/v1/conversations/{talk.conversation}"
    answer = await talk.client("buyer").post(f"{mine}/entries", {"client_id": "late", "text": "谢谢"})
    assert answer.status == 201, answer.body
    assert (await talk.client("buyer").get(f"{mine}/place")).status in {200, 204}
    assert (await talk.client("manager").get(f"/api/v1/shops/{talk.shop}/live")).status == 200
    await whole(talk)


async def test_a_clock_rings_once_while_the_wall_clock_jumps(database: Database, talk: Talk):
    """Two processes with one wall clock: it passes the due time, goes back before it, and passes it again."""
    wall = Wall()
    await talk.said("buyer", "在吗")
    thread = await talk.thread()
    assert thread.reply_due_at is not None
    first, second = (make.program(database, jobs=True, now=wall.read) for _ in range(2))
    async with make.at_work(first), make.at_work(second):
        client = Client(first.app, token=talk.tokens["manager"])

        async def breaches() -> list[datetime]:
            path = f"/api/v1/shops/{talk.shop}/conversations/{talk.conversation}/desk-entries"
            lines = (await client.get(path)).json["data"]
            return [datetime.fromisoformat(line["at"]) for line in lines if line["kind"] == "breached"]

        late = thread.reply_due_at + timedelta(seconds=1)
        for moment in (late, NOON, late + timedelta(seconds=1)):
            wall.now = moment
            await until(breaches, "the clock has rung")
        wall.now = thread.reply_due_at + timedelta(hours=1)
        async with talk.database.read(talk.tenant) as tx:
            left = await tx.fetchval("select count(*) from clocks.clock where owner = $1", talk.conversation)
        assert left == 0
        assert await breaches() == [late]
    await whole(talk)
