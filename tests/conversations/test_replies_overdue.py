"""Answers that fall due together: each is warned of, or counted and written down and told, once."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import msgspec
import pytest

from tests import make
from tests.conversations.talk import Talk, together
from xiaoer import main
from xiaoer.clocks import actions as clocks
from xiaoer.clocks.jobs import Ringer
from xiaoer.conversations.actions.move import lock
from xiaoer.conversations.events import ConversationChanged, DeskEntryAdded, ServedChanged
from xiaoer.conversations.rules.speak import REPLY
from xiaoer.plumbing.clock import new_id
from xiaoer.plumbing.driver import Connection
from xiaoer.plumbing.events import Envelope

Lines = dict[UUID, list[dict[str, Any]]]


class Crowd:
    """Buyers who wait for an answer, and what is known of each afterwards."""

    def __init__(self, talk: Talk, owner: Connection) -> None:
        self.talk = talk
        self.owner = owner
        self.waiting: list[UUID] = []
        self.due = talk.now
        self.told: list[Envelope] = []

    async def gather(self, count: int) -> None:
        """So many buyers ask; the first one's conversation is an agent's."""
        for number in range(count):
            buyer = f"buyer {number}"
            self.talk.people[buyer] = await make.person(self.talk.database, self.talk.tenant, name=buyer)
            self.talk.tokens[buyer] = await make.session(
                self.talk.database, self.talk.tenant, self.talk.people[buyer]
            )
            self.waiting.append(await self.talk.make_conversation(buyer))
            await self.talk.said(buyer, "在吗", conversation=self.waiting[-1])
        self.talk.conversation = self.waiting[0]
        await self.talk.assign("agent")
        due = (await self.talk.thread()).reply_due_at
        assert due is not None
        self.due = due
        self.talk.database.after_commit(self.told.extend)

    async def ring(self, at: datetime) -> int:
        return await Ringer(self.talk.database, main.TIMERS).ring_awake(at)

    async def lines(self, kind: str) -> Lines:
        """The staff lines of a kind, by conversation."""
        rows = await self.owner.fetch(
            "select conversation, version, person, text, mentions, after_version, body, at, id"
            " from conversations.desk_entry where kind = $1 order by conversation, version",
            kind,
        )
        found: Lines = {}
        for row in rows:
            found.setdefault(row["conversation"], []).append(dict(zip(row.keys(), row, strict=True)))
        return found

    async def breaches(self) -> dict[UUID, int]:
        rows = await self.owner.fetch(
            "select conversation, breached from conversations.consultation where breached > 0"
        )
        return {row[0]: row[1] for row in rows}

    async def running(self) -> set[UUID]:
        """Whose reply clock runs."""
        rows = await self.owner.fetch("select owner from clocks.clock where name = $1", REPLY)
        return {row[0] for row in rows}

    async def break_(self, conversation: UUID) -> None:
        """The place of its next staff line is taken: whatever is written there fails."""
        await self.owner.execute(
            "insert into conversations.desk_entry"
            " (tenant, shop, conversation, version, id, kind, after_version, at)"
            " select tenant, shop, id, desk_version + 1, $2, 'note', 1, now()"
            " from conversations.conversation where id = $1",
            conversation,
            new_id(),
        )

    async def mend(self, conversation: UUID) -> None:
        await self.owner.execute(
            "set session_replication_role = replica; delete from conversations.desk_entry"
            f" where kind = 'note' and conversation = '{conversation}'; reset session_replication_role"
        )


@pytest.fixture
async def crowd(talk: Talk, owner: Connection) -> Crowd:
    made = Crowd(talk, owner)
    await made.gather(5)
    return made


def told(crowd: Crowd, name: str) -> list[dict[str, Any]]:
    """The bodies of all news of a name."""
    return [msgspec.json.decode(one.body) for one in crowd.told if one.name == name and one.body]


def ids(conversations: Sequence[UUID]) -> list[str]:
    return sorted(map(str, conversations))


async def test_all_are_written_down_counted_and_told_once(crowd: Crowd):
    before = {one: await crowd.talk.thread(one) for one in crowd.waiting}
    crowd.told.clear()
    at = crowd.due + timedelta(seconds=1)
    assert await crowd.ring(at) == 5
    lines = await crowd.lines("breached")
    assert lines.keys() == set(crowd.waiting)
    for conversation, (line,) in lines.items():
        was = before[conversation]
        assert (line["version"], line["after_version"]) == (was.desk_version + 1, was.version)
        assert (line["person"], line["text"], line["mentions"]) == (None, "", [])
        assert (line["body"], line["at"]) == ({"due_at": crowd.due.isoformat()}, at)
    assert await crowd.breaches() == dict.fromkeys(crowd.waiting, 1)
    assert await crowd.running() == set()
    assert await crowd.ring(at) == 0
    added = told(crowd, DeskEntryAdded.name)
    assert sorted(one["conversation"] for one in added) == ids(crowd.waiting)
    for one in added:
        line = lines[UUID(one["conversation"])][0]
        assert (one["version"], one["entry"]["id"]) == (line["version"], str(line["id"]))
        assert (one["entry"]["kind"], one["entry"]["body"]) == ("breached", line["body"])
    changed = told(crowd, ConversationChanged.name)
    assert sorted(one["conversation"] for one in changed) == ids(crowd.waiting)
    assert [one["conversation"] for one in told(crowd, ServedChanged.name)] == [str(crowd.waiting[0])]


async def test_nothing_else_about_them_changes(crowd: Crowd):
    before = {one: await crowd.talk.thread(one) for one in crowd.waiting}
    await crowd.ring(crowd.due + timedelta(seconds=1))
    for conversation, was in before.items():
        now = await crowd.talk.thread(conversation)
        assert now == msgspec.structs.replace(was, desk_version=was.desk_version + 1)


async def test_one_that_stands_askew_is_put_right_as_by_any_other_line(crowd: Crowd):
    askew = crowd.waiting[1]
    await crowd.owner.execute(
        "update conversations.conversation set queued_at = null where id = $1 and state = 'queued'", askew
    )
    assert (await crowd.talk.thread(askew)).queued_at is None
    assert await crowd.ring(crowd.due) == 5
    assert (await crowd.talk.thread(askew)).queued_at == crowd.due
    assert await crowd.breaches() == dict.fromkeys(crowd.waiting, 1)
    assert [len(lines) for lines in (await crowd.lines("breached")).values()] == [1] * 5


async def test_they_are_warned_and_fall_due(crowd: Crowd):
    thread = await crowd.talk.thread()
    assert thread.reply_warn_at is not None
    await crowd.ring(thread.reply_warn_at)
    assert (await crowd.lines("warned")).keys() == set(crowd.waiting)
    assert await crowd.breaches() == {}
    assert await crowd.running() == set(crowd.waiting)
    assert await crowd.ring(thread.reply_warn_at) == 0
    await crowd.ring(crowd.due)
    assert [len(lines) for lines in (await crowd.lines("breached")).values()] == [1] * 5
    assert [len(lines) for lines in (await crowd.lines("warned")).values()] == [1] * 5
    assert await crowd.breaches() == dict.fromkeys(crowd.waiting, 1)


async def test_an_answered_one_and_a_broken_one_spoil_nobody(crowd: Crowd):
    answered, broken, stale, *good = crowd.waiting
    await crowd.talk.said("agent", "您好", conversation=answered)
    await crowd.break_(broken)
    async with crowd.talk.database.transaction(crowd.talk.tenant) as tx:  # rings for a wait that is over
        await clocks.start(
            tx, owner=stale, name=REPLY, due_at=crowd.due - timedelta(minutes=1), now=crowd.talk.now
        )
    crowd.told.clear()
    at = crowd.due + timedelta(seconds=1)
    assert await crowd.ring(at) == 4
    assert (await crowd.lines("breached")).keys() == set(good)
    assert await crowd.breaches() == dict.fromkeys(good, 1)
    assert await crowd.running() == {broken}
    assert sorted(one["conversation"] for one in told(crowd, ConversationChanged.name)) == ids(good)
    await crowd.mend(broken)
    assert await crowd.ring(at + timedelta(seconds=2)) == 1
    assert await crowd.breaches() == dict.fromkeys([*good, broken], 1)
    assert await crowd.running() == set()


async def test_nobody_waits_for_a_conversation_somebody_is_writing_in(crowd: Crowd):
    held, stopped, *others = crowd.waiting
    at = crowd.due + timedelta(seconds=1)
    async with crowd.talk.database.transaction(crowd.talk.tenant) as tx:
        await lock(tx, held, None)
        await lock(tx, stopped, None)
        assert await crowd.ring(at) == 3
        assert (await crowd.lines("breached")).keys() == set(others)
        assert await crowd.running() == {held, stopped}
        await clocks.stop(tx, stopped, REPLY)
    assert await crowd.ring(at) == 1
    assert await crowd.breaches() == dict.fromkeys([held, *others], 1)
    assert await crowd.running() == set()


async def test_a_clock_of_nothing_rings_and_is_gone(crowd: Crowd):
    nothing = new_id()
    async with crowd.talk.database.transaction(crowd.talk.tenant) as tx:
        await clocks.start(tx, owner=nothing, name=REPLY, due_at=crowd.due, now=crowd.talk.now)
    assert await crowd.ring(crowd.due) == 6
    assert await crowd.running() == set()
    assert (await crowd.lines("breached")).keys() == set(crowd.waiting)


async def test_two_processes_share_them(crowd: Crowd):
    at = crowd.due + timedelta(seconds=1)
    rung = await together(*(crowd.ring(at) for _ in range(3)))
    assert sum(rung) == 5
    assert await crowd.breaches() == dict.fromkeys(crowd.waiting, 1)
    assert [len(lines) for lines in (await crowd.lines("breached")).values()] == [1] * 5
