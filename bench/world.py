"""A marketplace to measure in: shops, agents, buyers with sessions, and years of conversations behind them.

People and shops are made by the program's own actions, history by statements over sets. Rows of history are
marked: their body says `seeded`, their hashes stand for a chain that was not kept; what is said now joins on.
"""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Final
from uuid import UUID

from bench.plan import Pair
from bench.words import history
from xiaoer.clocks.actions import save_calendar
from xiaoer.conversations.rules.search import fold, grams
from xiaoer.identity.actions import access, people, shops
from xiaoer.identity.model import MembershipWish, PersonWish, ShopWish
from xiaoer.plumbing import clock, tokens
from xiaoer.plumbing.clock import new_id
from xiaoer.plumbing.db import Database, Tx
from xiaoer.plumbing.driver import Connection

SHOPS: Final = 10
AGENTS: Final = 32
TALKERS: Final = 256
LENGTH: Final = 50
"""Entries of a seeded conversation."""

CHUNK: Final = 4_000
"""Conversations seeded with one statement."""

ALWAYS: Final = {
    "name": "always",
    "zone": "Asia/Shanghai",
    "week": {
        day: ["00:00-24:00"]
        for day in ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
    },
    "specials": {},
}
_HELPERS: Final = """
create schema if not exists bench;
create table if not exists bench.sentence (n integer primary key, text text not null, grams text[] not null);
create table if not exists bench.seeded (
    n integer primary key, shop uuid not null, conversation uuid not null, buyer uuid not null
);
-- Ids of the form of version 7, in the order of n, as if each were made a moment after the one before.
create or replace function bench.id(kind integer, n bigint) returns uuid language sql immutable as $$
    select (lpad(to_hex(1700000000000 + n), 12, '0') || '7' || lpad(to_hex(kind), 3, '0') || '8'
        || substr(md5(kind || ':' || n), 1, 15))::uuid
$$;
"""
_CONVERSATIONS: Final = """
with made as (
    insert into bench.seeded (n, shop, conversation, buyer)
    select n, ($3::uuid[])[1 + n % $4], bench.id(1, n), bench.id(2, n)
    from generate_series($1::int, $2::int) as n
    returning n, shop, conversation, buyer
),
buyers as (
    insert into identity.person (tenant, id, kind, external_id, display_name, created_at)
    select $5, buyer, 'buyer', 'bench-' || n, '买家 ' || n, now() from made
)
insert into conversations.conversation (
    tenant, shop, id, buyer, version, last_hash, state, consultation, answered, opened_at, queued_at,
    closed_at, last_at, last_text, last_kind, last_role, last_version, created_at)
select $5, shop, conversation, buyer, $6, sha256(int8send($6)), 'closed', 1, true, bench.at(n, 1),
    bench.at(n, 1), bench.at(n, $6), bench.at(n, $6), '好的,谢谢', 'text', 'agent', $6, bench.at(n, 1)
from made
"""
_AT: Final = """
-- History lies two years back to yesterday; what is said in one conversation lies minutes apart.
create or replace function bench.at(n bigint, version bigint) returns timestamptz language sql stable as $$
    select date_trunc('day', now()) - interval '2 years'
        + (n * 7919 % 728) * interval '1 day' + (n % 1440 + version) * interval '1 minute'
$$;
"""
_CONSULTATIONS: Final = """
insert into conversations.consultation (
    tenant, shop, conversation, number, opened_at, opened_version, first_reply_at, closed_at, closed_version)
select $3, shop, conversation, 1, bench.at(n, 1), 1, bench.at(n, 2), bench.at(n, $4), $4
from bench.seeded where n between $1 and $2
"""
_ENTRIES: Final = """
insert into conversations.entry (
    tenant, shop, conversation, version, id, client_id, role, person, kind, consultation, at, text, body,
    salt, inner_hash, hash)
select $3, s.shop, s.conversation, v, bench.id(3, s.n::bigint * 1000 + v), 's' || v,
    case when v % 2 = 1 then 'buyer' else 'agent' end, s.buyer, 'text', 1, bench.at(s.n, v), t.text,
    '{"seeded": true}', null, sha256(int8send(v)), sha256(int8send(v))
from bench.seeded as s, generate_series(1::bigint, $4::bigint) as v
join lateral (
    select text from bench.sentence as t where t.n = (s.n::bigint * 7 + v * 1009) % $5
) as t on true
where s.n between $1 and $2
"""
_SEARCH: Final = """
insert into conversations.search (tenant, shop, conversation, version, at, grams)
select $3, s.shop, s.conversation, v, bench.at(s.n, v), t.grams
from bench.seeded as s, generate_series(1::bigint, $4::bigint) as v
join lateral (
    select grams from bench.sentence as t where t.n = (s.n::bigint * 7 + v * 1009) % $5
) as t on true
where s.n between $1 and $2
"""
_WORDS_INDEX: Final = "select pg_get_indexdef('conversations.search_slices'::regclass)"


@dataclass
class World:
    """Who there is; `conversations` counts what has been seeded."""

    tenant: UUID
    shops: list[UUID]
    agents: list[UUID]
    agent_tokens: list[str]
    manager: str
    conversations: int = 0
    sentences: int = 0
    pairs: list[Pair] | None = None

    @property
    def messages(self) -> int:
        return self.conversations * LENGTH


async def build(database: Database, owner: Connection, most: int) -> World:
    """The marketplace, its shops (open day and night) and its staff."""
    await owner.execute(_HELPERS + _AT)
    sentences = history()[:most]
    await owner.executemany(
        "insert into bench.sentence values ($1, $2, $3)",
        [(n, text, sorted(grams(fold(text)))) for n, text in enumerate(sentences)],
    )
    now = clock.now()
    async with database.transaction(new_id()) as tx:
        await shops.create_marketplace(
            tx,
            slug="bench",
            name="量衡集市",
            time_zone="Asia/Shanghai",
            currency="CNY",
            language="zh-Hans",
            now=now,
        )
        made = [
            (
                await shops.create_shop(
                    tx, new_id(), ShopWish(name=f"店铺 {n}", external_id=f"shop-{n}"), now
                )
            ).id
            for n in range(SHOPS)
        ]
        staff = [await _person(tx, made, "agent", n) for n in range(AGENTS)]
        boss, boss_token = await _person(tx, made, "manager", AGENTS)
        for shop in made:
            await save_calendar(tx, shop, ALWAYS, boss, now)
    return World(
        tx.tenant,
        made,
        [person for person, _ in staff],
        [token for _, token in staff],
        boss_token,
        sentences=len(sentences),
    )


async def _person(tx: Tx, where: Sequence[UUID], role: str, number: int) -> tuple[UUID, str]:
    """Somebody of the staff of every shop, and his session."""
    now = clock.now()
    kind = "manager" if role == "manager" else "agent"
    wish = PersonWish(
        display_name=f"{role} {number}",
        email=f"{role}{number}@bench.example",
        memberships=[MembershipWish(kind, shop) for shop in where],
    )
    made = await people.create_person(tx, new_id(), wish, password_hash=None, now=now)
    session = await access.open_session(tx, made.id, made.kind, session=new_id(), about="bench", now=now)
    return made.id, session.text


async def grow(
    world: World, owner: Connection, messages: int, say: Callable[[str], None], seconds: float = 600.0
) -> None:
    """History until there are so many messages, or time is up; the tables are then swept and counted."""
    end = time.monotonic() + seconds
    was, wanted = world.conversations, messages // LENGTH
    bulk = wanted - was > CHUNK
    index: str = await owner.fetchval(_WORDS_INDEX)
    await owner.execute(
        "set statement_timeout = 0; set synchronous_commit = off; set maintenance_work_mem = '1GB'"
    )
    if bulk:
        await owner.execute("drop index conversations.search_slices")
    while world.conversations < wanted and time.monotonic() < end:
        first, last = world.conversations + 1, min(world.conversations + CHUNK, wanted)
        await seed(world, owner, first, last)
        world.conversations = last
        say(f"history: {world.messages:,} messages")
    if bulk:
        say("history: the index of words …")
        await owner.execute(index)
    for table in ("conversation", "consultation", "entry", "search"):
        await owner.execute(f"vacuum (analyze) conversations.{table}")
    await owner.execute("vacuum (analyze) identity.person")
    await owner.execute("reset synchronous_commit; reset maintenance_work_mem")
    await owner.execute("checkpoint")


async def seed(world: World, owner: Connection, first: int, last: int, length: int = LENGTH) -> None:
    """Conversations of these numbers, of so many entries each."""
    count = world.sentences
    await owner.execute(_CONVERSATIONS, first, last, world.shops, len(world.shops), world.tenant, length)
    await owner.execute(_CONSULTATIONS, first, last, world.tenant, length)
    await owner.execute(_ENTRIES, first, last, world.tenant, length, count)
    await owner.execute(_SEARCH, first, last, world.tenant, length, count)


async def sessions(world: World, owner: Connection, buyers: Sequence[UUID]) -> list[str]:
    """A session for each of these buyers."""
    fresh = [tokens.fresh("session", world.tenant) for _ in buyers]
    await owner.execute(
        "insert into identity.session"
        " (tenant, token_hash, id, person, created_at, seen_at, expires_at, ends_at)"
        " select $1, hash, id, person, $5, $5, $6, $6 from unnest($2::bytea[], $3::uuid[], $4::uuid[])"
        " as s (hash, id, person)",
        world.tenant,
        [one.hash for one in fresh],
        [new_id() for _ in fresh],
        list(buyers),
        clock.now(),
        clock.now() + timedelta(days=1),
    )
    return [one.text for one in fresh]


async def pairs(world: World, owner: Connection, count: int) -> list[Pair]:
    """Conversations from all over the history, open, each with an agent: those who talk."""
    rows = await owner.fetch(
        "select shop, conversation, buyer from bench.seeded where n = any($1::int[]) order by n",
        [1 + place * world.conversations // count for place in range(count)],
    )
    agents = [place % AGENTS for place in range(len(rows))]
    await assign(world, owner, [row[1] for row in rows], [world.agents[agent] for agent in agents])
    found = await sessions(world, owner, [row[2] for row in rows])
    return [Pair(row[0], row[1], token, agent) for row, token, agent in zip(rows, found, agents, strict=True)]


async def assign(
    world: World, owner: Connection, conversations: Sequence[UUID], agents: Sequence[UUID]
) -> None:
    """These conversations are open and served."""
    await owner.execute(
        "update conversations.conversation as c set state = 'assigned', assignee = w.agent, closed_at = null"
        " from unnest($2::uuid[], $3::uuid[]) as w (id, agent) where c.tenant = $1 and c.id = w.id",
        world.tenant,
        list(conversations),
        list(agents),
    )
    await owner.execute(
        "update conversations.consultation as t set assignee = w.agent, closed_at = null,"
        " closed_version = null from unnest($2::uuid[], $3::uuid[]) as w (id, agent)"
        " where t.tenant = $1 and t.conversation = w.id",
        world.tenant,
        list(conversations),
        list(agents),
    )


async def idle(world: World, owner: Connection, count: int) -> list[str]:
    """Sessions of buyers who will be connected and say nothing."""
    buyers = [
        row[0] for row in await owner.fetch("select buyer from bench.seeded order by n desc limit $1", count)
    ]
    found: list[str] = []
    while len(found) < count:  # somebody may have several windows open
        found += await sessions(world, owner, buyers[: count - len(found)])
    return found
