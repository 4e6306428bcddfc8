"""Several processes at once, lost connections, poisoned wishes: nothing acknowledged is lost or doubled."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Any, cast

import pytest
from msgspec import structs

from tests.between import Between
from tests.conversations.proof import whole
from tests.conversations.talk import Talk, begin, together
from tests.faults.installation import until
from xiaoer.conversations.actions import committer as module
from xiaoer.conversations.actions.breath import CROWD
from xiaoer.conversations.actions.committer import Committer
from xiaoer.conversations.actions.move import lock
from xiaoer.conversations.model.entry import Entry
from xiaoer.conversations.store import send
from xiaoer.kernel.refusal import Refused
from xiaoer.plumbing.db import Channel, Database
from xiaoer.plumbing.driver import Connection
from xiaoer.plumbing.events import Envelope
from xiaoer.plumbing.postgres import Server


@pytest.fixture
async def others(talk: Talk) -> AsyncIterator[list[Committer]]:
    """Two committers beside the program's own, as in two other processes."""
    heard: list[Envelope] = []
    made = [Committer(talk.database, talk.shops, hear=heard.extend) for _ in range(2)]
    yield made
    for one in made:
        await one.close()


async def test_three_processes_write_one_timeline(talk: Talk, others: list[Committer]):
    await talk.said("buyer", "在吗")
    committers = [talk.committer, *others]
    wishes = [
        committers[number % 3].submit(talk.asked("manager" if number % 2 else "buyer", f"第 {number} 句"))
        for number in range(60)
    ]
    answers = await asyncio.gather(*wishes)
    assert all(isinstance(answer, Entry) for answer in answers)
    entries = await whole(talk)
    assert len(entries) == 61
    assert {one.id for one in entries[1:]} == {one.id for one in answers if isinstance(one, Entry)}


async def test_a_client_id_is_one_entry_in_three_processes(talk: Talk, others: list[Committer]):
    for turn in range(5):
        asked = [talk.asked("buyer", "在吗", client_id=f"same-{turn}") for _ in range(9)]
        answers = await asyncio.gather(
            *(one.submit(wish) for one, wish in zip([talk.committer, *others] * 3, asked, strict=True))
        )
        assert len({answer.id for answer in answers if isinstance(answer, Entry)}) == 1
    assert len(await whole(talk)) == 5


async def test_words_of_one_person_keep_their_order(talk: Talk):
    """Whoever does not wait for answers is not overtaken by himself, in batches large and small."""
    wishes: list[Any] = []
    for number in range(150):
        wishes.append(talk.committer.submit(talk.asked("buyer", str(number))))
        if number % 7 == 0:
            await asyncio.sleep(0)
    answers = await asyncio.gather(*wishes)
    assert [answer.version for answer in answers] == list(range(1, 151))
    await whole(talk)


async def test_the_desk_moves_it_while_both_speak(talk: Talk, others: list[Committer]):
    """Notes, hand-overs and words at once: every word is decided by the facts it is written on."""

    async def hand_over(who: str) -> None:
        for _ in range(4):
            await talk.assign(who)

    await talk.said("buyer", "在吗")
    answers = await together(
        *(talk.say("buyer", f"b{number}") for number in range(10)),
        *(others[0].submit(talk.asked("agent", f"a{number}")) for number in range(10)),
        hand_over("agent"),
        hand_over("colleague"),
    )
    entries = await whole(talk)
    accepted = [answer for answer in answers if isinstance(answer, Entry)]
    assert len(entries) == 1 + len(accepted)
    refused = {answer.code for answer in answers if isinstance(answer, Refused)}
    assert refused <= {"conversations.not_yours", "conversations.with_colleague"}


async def test_versions_count_where_the_first_answer_takes(talk: Talk):
    """Two agents answer a waiting buyer at once: one gets it, the other hears so, nobody is doubled."""
    await talk.said("buyer", "在吗")
    answers = await together(talk.say("agent", "您好"), talk.say("colleague", "您好呀"))
    thread = await talk.thread()
    assert sorted(type(answer).__name__ for answer in answers) == ["Entry", "Refused"]
    (refused,) = [answer for answer in answers if isinstance(answer, Refused)]
    assert refused.code == "conversations.with_colleague"
    assert thread.assignee in {talk.people["agent"].id, talk.people["colleague"].id}
    assert len(await whole(talk)) == 2


async def test_words_behind_a_first_answer_wait_for_it(talk: Talk):
    await talk.said("buyer", "在吗")
    answers = await together(*(talk.say("agent", text) for text in ("您好", "请讲", "我在")))
    assert [answer.version for answer in answers] == [2, 3, 4]


async def test_a_killed_connection_loses_and_doubles_nothing(talk: Talk, owner: Connection):
    """The server ends the committer's connections again and again while words are on their way."""
    await talk.said("buyer", "在吗")
    stop = asyncio.Event()

    async def kill() -> int:
        killed = 0
        while not stop.is_set():
            killed += await owner.fetchval(
                "select count(pg_terminate_backend(pid)) from pg_stat_activity "
                "where application_name = 'xiaoer committer' and datname = current_database()"
            )
            await asyncio.sleep(0.02)
        return killed

    killer = asyncio.create_task(kill())
    answers: list[Any] = []
    for start in range(0, 200, 20):
        answers += await together(
            *(talk.say("buyer", str(number), client_id=f"k{number}") for number in range(start, start + 20))
        )
    stop.set()
    assert await killer > 0
    entries = {entry.text: entry for entry in await whole(talk)}
    for number, answer in enumerate(answers):
        if isinstance(answer, Entry):
            assert entries[str(number)].id == answer.id
        else:
            assert answer.code == "conversations.not_sent"
            again = await talk.said("buyer", str(number), client_id=f"k{number}")
            assert again.text == str(number)
    assert len(await whole(talk)) == 201


PATIENCE_SECONDS = 60.0
WAITS_FOR_A_LOCK = """
    select exists (select from pg_stat_activity
    where application_name = 'xiaoer committer' and wait_event_type = 'Lock' and datname = current_database())
"""


class Away:
    """A database that nobody can reach."""

    origin = "away"

    def committer_connection(self) -> Channel:
        return Channel("postgresql://nobody@/nothing?host=/nonexistent", "xiaoer committer")


async def test_a_database_that_stays_away_is_said_so(talk: Talk):
    """Patience is bounded, and the same client id is welcome later."""
    away = Committer(cast("Database", Away()), talk.shops, hear=print, patience_seconds=0.3)
    asked = talk.asked("buyer", "在吗", client_id="later")
    answer = await away.submit(asked)
    assert answer == Refused("unavailable", "conversations.not_sent")
    await away.close()
    assert isinstance(await talk.committer.submit(asked), Entry)


async def test_what_was_kept_without_an_answer_is_told_all_the_same(
    talk: Talk, between: Between, postgres_server: Server, owner: Connection, tmp_path: Path
):
    """The words are in the table, the answer is lost on the way: whoever listens fetches them then."""
    heard: list[Envelope] = []
    url = talk.database.url.replace(str(postgres_server.place.sockets), str(tmp_path))
    database = await Database.open(url)
    committer = Committer(
        database, talk.shops, hear=heard.extend, patience_seconds=PATIENCE_SECONDS, answer_seconds=1.0
    )
    await talk.assign("agent")
    async with talk.database.transaction(talk.tenant) as tx:
        await lock(tx, talk.conversation, None)
        answer = committer.submit(talk.asked("buyer", "在吗"))
        await until(lambda: owner.fetchval(WAITS_FOR_A_LOCK), "the batch is to be written")
        between.mute()
    said = await answer
    assert isinstance(said, Entry)
    topics = {f"conversation:{talk.conversation}", f"desk:{talk.conversation}"}
    topics |= {f"shop:{talk.shop}", f"person:{talk.people['agent'].id}"}
    assert {one.topic for one in heard if one.body is None} == topics
    assert [one.version for one in heard if one.topic.startswith("conversation:")] == [said.version]
    await committer.close()
    await database.close()


async def test_one_poisoned_wish_spoils_no_neighbour(talk: Talk):
    """Even what the rules let through and the database cannot hold harms only itself."""
    poison = talk.asked("buyer", "毒")
    poison = structs.replace(poison, message=structs.replace(poison.message, body={"x": "\x00"}))
    answers = await together(talk.say("buyer", "一"), talk.committer.submit(poison), talk.say("buyer", "二"))
    assert [type(answer) for answer in answers] == [Entry, Refused, Entry]
    assert answers[1].kind == "invalid"
    assert [entry.text for entry in await whole(talk)] == ["一", "二"]


async def test_an_idle_wish_does_not_wait(talk: Talk):
    """Alone it starts in the same turn of the loop; only behind a batch in flight is anything gathered."""
    await talk.said("buyer", "热身")
    committer = talk.committer
    future = committer.submit(talk.asked("buyer", "在吗"))
    await asyncio.sleep(0)
    assert len(committer._idle) == module.CONNECTIONS - 1
    await future


async def test_words_behind_those_in_flight_keep_their_order(talk: Talk):
    """Many of them wait for a batch that somebody holds up: nobody overtakes himself."""
    await talk.said("buyer", "热身")
    async with talk.database.transaction(talk.tenant) as tx:
        assert await send.lock(tx, talk.conversation)
        first = talk.committer.submit(talk.asked("buyer", "0"))
        await asyncio.sleep(0)
        rest = [talk.committer.submit(talk.asked("buyer", str(number))) for number in range(1, 60)]
    answers = [await one for one in (first, *rest)]
    assert [answer.version for answer in answers if isinstance(answer, Entry)] == list(range(2, 62))
    assert [entry.text for entry in await whole(talk)] == ["热身", *(str(number) for number in range(60))]


async def test_two_marketplaces_share_the_committer_and_nothing_else(talk: Talk):
    other = await begin(talk.database)
    wishes = [talk.committer.submit(talk.asked("buyer", f"甲{n}")) for n in range(20)]
    wishes += [talk.committer.submit(other.asked("buyer", f"乙{n}")) for n in range(20)]
    foreign = talk.committer.submit(talk.asked("buyer", "x", conversation=other.conversation))
    answers = await asyncio.gather(*wishes, foreign)
    assert sum(isinstance(answer, Entry) for answer in answers) == 40
    assert isinstance(answers[-1], Refused)
    assert answers[-1].kind == "not_found"
    assert {entry.text[0] for entry in await whole(talk)} == {"甲"}
    assert {entry.text[0] for entry in await whole(other)} == {"乙"}


async def test_sends_after_closing_are_refused_and_nothing_hangs(talk: Talk):
    pending = [talk.committer.submit(talk.asked("buyer", str(n))) for n in range(200)]
    await talk.committer.close()
    answers = await asyncio.gather(*pending)
    late = await talk.say("buyer", "晚了")
    assert isinstance(late, Refused)
    written = [answer for answer in answers if isinstance(answer, Entry)]
    assert len(await whole(talk)) == len(written)


async def test_behind_a_crowd_a_lone_wish_is_answered_and_a_second_crowd_is_one_batch(talk: Talk):
    """What waits for those who were just answered does not wait for ever, and nobody is overtaken."""
    crowd = [talk.committer.submit(talk.asked("buyer", f"甲{n}")) for n in range(2 * CROWD)]
    await asyncio.gather(*crowd)
    await talk.committer.submit(talk.asked("buyer", "一"))
    again = [talk.committer.submit(talk.asked("buyer", f"乙{n}")) for n in range(2 * CROWD)]
    await asyncio.gather(*again)
    texts = [entry.text for entry in await whole(talk)]
    many = range(2 * CROWD)
    assert texts == [*(f"甲{n}" for n in many), "一", *(f"乙{n}" for n in many)]


async def test_what_waits_behind_a_crowd_is_still_written_at_the_close(talk: Talk):
    """Whoever was told that it is not sent would find it in the timeline afterwards."""
    crowd = [talk.committer.submit(talk.asked("buyer", f"甲{n}")) for n in range(2 * CROWD)]
    await asyncio.gather(*crowd)
    late = talk.committer.submit(talk.asked("buyer", "一"))
    await talk.committer.close()
    assert isinstance(await late, Entry)
    assert "一" in [entry.text for entry in await whole(talk)]


async def test_answers_follow_time_and_clocks(talk: Talk):
    """The clock row of a waiting buyer stands in the database and goes with the answer."""
    await talk.said("buyer", "在吗")
    clocks = "select name, due_at from clocks.clock where owner = $1 order by name"
    async with talk.database.read(talk.tenant) as tx:
        rows = [tuple(row) for row in await tx.fetch(clocks, talk.conversation)]
    assert rows == [("reply", talk.now + timedelta(minutes=5))]
    await talk.said("agent", "您好")
    async with talk.database.read(talk.tenant) as tx:
        assert await tx.fetch(clocks, talk.conversation) == []
        row = await tx.fetchrow(
            "select first_reply_at, first_reply_by from conversations.consultation where conversation = $1",
            talk.conversation,
        )
    assert row is not None
    assert tuple(row) == (talk.now, talk.people["agent"].id)
