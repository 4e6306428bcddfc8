"""What one side has read says nothing about the other, whichever door it came through."""

from typing import Any

import pytest

from tests.conversations.talk import Talk
from xiaoer.conversations.actions.seen import Marker
from xiaoer.conversations.model.thread import Thread

DOORS = ("post", "frame")
SIDES = {"buyer": "manager", "manager": "buyer"}


async def see(talk: Talk, who: str, version: int, door: str) -> None:
    """Say how far somebody has read."""
    if door == "post":
        base = "/public/v1" if who == "buyer" else f"/api/v1/shops/{talk.shop}"
        url = f"{base}/conversations/{talk.conversation}/seen"
        assert (await talk.client(who).post(url, {"version": version})).status == 204
        return
    async with talk.page(who) as page:
        await page.say(t="sub", topic=f"conversation:{talk.conversation}")
        await page.hear("subbed")
        await page.say(t="seen", conversation_id=str(talk.conversation), version=version)
        await page.settled()
        await talk.services.service(Marker).close()


def marks(thread: Thread, side: str) -> tuple[Any, ...]:
    if side == "buyer":
        return thread.buyer_read, thread.unread_buyer
    return thread.shop_read, thread.unread_shop


async def delivered(talk: Talk) -> tuple[int, int]:
    async with talk.database.read(talk.tenant) as tx:
        row = await tx.fetchrow(
            "select buyer_delivered, shop_delivered from conversations.conversation where id = $1",
            talk.conversation,
        )
    assert row is not None
    return row[0], row[1]


@pytest.mark.parametrize("door", DOORS)
@pytest.mark.parametrize("who", SIDES)
async def test_what_one_side_sees_leaves_the_other_alone(talk: Talk, who: str, door: str):
    for speaker in ("buyer", "manager", "buyer", "manager"):
        await talk.said(speaker, "一句")
    before = await talk.thread()
    assert (before.unread_buyer, before.unread_shop) == (2, 2)
    mine, theirs = ("buyer", "shop") if who == "buyer" else ("shop", "buyer")
    await see(talk, who, 3, door)
    after = await talk.thread()
    assert marks(after, mine) == (3, 1 if who == "buyer" else 0)
    assert marks(after, theirs) == marks(before, theirs)
    received = await delivered(talk)
    assert received == ((3, 0) if who == "buyer" else (0, 3))


@pytest.mark.parametrize("door", DOORS)
async def test_both_sides_see_for_themselves(talk: Talk, door: str):
    for speaker in ("buyer", "manager", "buyer", "manager"):
        await talk.said(speaker, "一句")
    await see(talk, "buyer", 2, door)
    await see(talk, "manager", 3, door)
    thread = await talk.thread()
    assert marks(thread, "buyer") == (2, 1)
    assert marks(thread, "shop") == (3, 0)


async def test_both_sides_at_once_are_kept_apart(talk: Talk):
    """Marks of both sides that come together are kept in one statement."""
    for speaker in ("buyer", "manager", "buyer", "manager"):
        await talk.said(speaker, "一句")
    marker = talk.services.service(Marker)
    for who, side, read in (("buyer", "buyer", 2), ("manager", "shop", 1)):
        person = talk.people[who].id
        marker.note(talk.tenant, talk.conversation, person, side, read=read)  # pyright: ignore[reportArgumentType]
    await marker.close()
    thread = await talk.thread()
    assert marks(thread, "buyer") == (2, 1)
    assert marks(thread, "shop") == (1, 1)
