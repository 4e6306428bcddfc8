"""A line of the program in a locked conversation has its own statement, which leaves what a batch leaves."""

from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from typing import Any

import pytest
from msgspec import structs

from tests.conversations.talk import Talk
from xiaoer.conversations.actions.locked import lock_thread
from xiaoer.conversations.model.thread import Thread
from xiaoer.conversations.rules.speak import Words, announce
from xiaoer.conversations.store.send import Write, append, append_later
from xiaoer.plumbing.clock import new_id
from xiaoer.plumbing.db import Tx

How = Callable[[Tx, Thread, Words], Awaitable[Sequence[bool]]]


class Missed(Exception):
    """It is not as it was read."""


class Undone(Exception):
    """Nothing of it is kept."""


def said(talk: Talk) -> Words:
    return Words(
        id=new_id(),
        client_id=None,
        role="system",
        person=talk.people["manager"].id,
        name="",
        kind="card",
        text="换货",
        body={"card": {"kind": "case", "title": "茶叶礼盒", "amount_minor": 100}},
        at=talk.now,
        salt=bytes(range(16)),
    )


async def alone(tx: Tx, was: Thread, words: Words) -> Sequence[bool]:
    with suppress(Missed):
        async with tx.savepoint():
            await append_later(tx, words.at, Write(was, [announce(was, words)]), Missed())
            assert tx.connection.waiting[0].sql.startswith("-- store.announce")
        return [True]
    return [False]


async def in_a_batch(tx: Tx, was: Thread, words: Words) -> Sequence[bool]:
    write = Write(was, [announce(was, words)])
    return await append(tx.connection, tx.tenant, "", words.at, [write], tell=False)


async def left_by(talk: Talk, how: How, words: Words, **changed: Any) -> list[tuple[object, ...]]:
    rows: list[tuple[object, ...]] = []
    with suppress(Undone):
        async with talk.database.transaction(talk.tenant) as tx:
            thread = await lock_thread(tx, talk.conversation)
            assert thread is not None
            written = await how(tx, structs.replace(thread, **changed), words)
            rows.append((*written,))
            for table, column in (("conversation", "id"), ("entry", "conversation")):
                found = await tx.fetch(
                    f"select t.* from conversations.{table} as t where t.{column} = $1 order by t.version",
                    talk.conversation,
                )
                rows += [tuple(row) for row in found]
            raise Undone
    return rows


async def test_a_line_alone_leaves_what_a_batch_leaves(talk: Talk):
    await talk.said("buyer", "在吗")
    words = said(talk)
    assert await left_by(talk, alone, words) == await left_by(talk, in_a_batch, words)


@pytest.mark.parametrize("changed", [{"version": 7}, {"desk_version": 7}])
async def test_what_is_no_longer_as_it_was_read_is_left_alone(talk: Talk, changed: dict[str, int]):
    await talk.said("buyer", "在吗")
    words = said(talk)
    left = await left_by(talk, alone, words, **changed)
    assert left == await left_by(talk, in_a_batch, words, **changed)
    assert left[0] == (False,)


async def test_what_changes_more_than_the_line_is_a_batch(talk: Talk):
    await talk.said("buyer", "在吗")
    async with talk.database.transaction(talk.tenant) as tx:
        thread = await lock_thread(tx, talk.conversation)
        assert thread is not None
        line = announce(thread, said(talk))
        counted = structs.replace(line, thread=structs.replace(line.thread, unread_buyer=1))
        for write in (Write(thread, [counted]), Write(thread, [line], minds_reading=True)):
            await append_later(tx, talk.now, write, Missed())
            assert tx.connection.waiting.pop().sql.startswith("-- store.append")
