"""Conversations that were there before names were kept learn them, in small steps, once."""

from tests.conversations.talk import Talk
from xiaoer.conversations.actions import remember
from xiaoer.conversations.jobs import NameWalk
from xiaoer.plumbing.clock import new_id
from xiaoer.plumbing.driver import Connection

ADDRESS = "/api/v1/shops/{}/search/buyers"


async def found(talk: Talk, words: str) -> list[str]:
    answer = await talk.client("manager").get(ADDRESS.format(talk.shop), q=words)
    return [one["buyer_name"] for one in answer.json["data"]]


async def old(talk: Talk, owner: Connection, name: str) -> None:
    """A conversation as a program left it that kept no names."""
    person = new_id()
    await owner.execute(
        "insert into identity.person (tenant, id, kind, display_name, created_at) "
        "values ($1, $2, 'buyer', $3, $4)",
        *(talk.tenant, person, name, talk.now),
    )
    await owner.execute(
        "insert into conversations.conversation (tenant, shop, id, buyer, created_at) "
        "values ($1, $2, $3, $4, $5)",
        *(talk.tenant, talk.shop, new_id(), person, talk.now),
    )


async def test_old_conversations_are_found_by_their_buyers_names(talk: Talk, owner: Connection):
    for name in ("陳小婷", "Ana Núñez", ""):
        await old(talk, owner, name)
    assert await found(talk, "小婷") == []
    walk = NameWalk(talk.database, lambda: talk.now)
    assert await walk.walk_to_end() >= 3
    assert await found(talk, "陈小婷") == ["陳小婷"]
    assert await found(talk, "núñez") == ["Ana Núñez"]
    assert await walk.walk_to_end() == 0


async def test_what_is_kept_already_is_left_alone(talk: Talk, owner: Connection):
    await talk.said("buyer", "在吗")
    await talk.react()
    of_name = "select at, grams from conversations.search where tenant = $1 and version = 0"
    before = await owner.fetch(of_name, talk.tenant)
    await NameWalk(talk.database, lambda: talk.now).walk_to_end()
    assert await owner.fetch(of_name, talk.tenant) == before != []


async def test_it_goes_on_where_it_was_interrupted(talk: Talk, owner: Connection):
    for number in range(5):
        await old(talk, owner, f"旧客{number}号")
    steps: list[int] = []
    for _ in range(9):
        async with talk.database.transaction(talk.tenant) as tx:
            steps.append(await remember.remember_old_names(tx, talk.now, limit=2))
        if steps[-1] < 2:
            break
    assert sum(steps) >= 5
    assert max(steps) == 2
    assert len(await found(talk, "旧客")) == 5
