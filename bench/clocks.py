"""How late clocks ring: many answers overdue within a minute, until the news is on the agent's screen."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Sequence
from datetime import timedelta
from typing import Final
from uuid import UUID

import msgspec
from msgspec import Struct

from bench import usage
from bench.figures import Figure, Target
from bench.place import HOST, Place, Served
from bench.plan import Times, times
from bench.wire import Socket
from bench.world import CHUNK, World, assign, seed
from xiaoer.plumbing import clock
from xiaoer.plumbing.driver import Connection

AHEAD_SECONDS: Final = 3.0
SET_PER_SECOND: Final = 3_000
LATEST_SECONDS: Final = 30.0
PER_SECOND: Final = 100_000 / 60
ASKED: Final = Target(1_000, 200)
LAST: Final = Target(10_000, 1_000)
FIRST: Final = 1_000_000_000
"""Their conversations are of their own, numbered behind any history: one line each, nobody has answered."""

_OPENED: Final = """
with threads as (
    update conversations.conversation set opened_at = now() where tenant = $1 and id = any($2::uuid[])
)
update conversations.consultation set opened_at = now() where tenant = $1 and conversation = any($2::uuid[])
"""
_SET: Final = """
with due as (
    select s.shop, s.conversation, $3::timestamptz + s.place * $4::interval as at
    from unnest($1::uuid[], $2::uuid[]) with ordinality as s (shop, conversation, place)
),
waiting as (
    update conversations.conversation as c
    set waiting_since = d.at - interval '5 minutes', reply_due_at = d.at, reply_warn_at = null
    from due as d where c.tenant = $5 and c.shop = d.shop and c.id = d.conversation
)
insert into clocks.clock (tenant, owner, name, shop, due_at, wake_at, set_at)
select $5, conversation, 'reply', shop, at, at, now() from due
"""
_RUNG: Final = """
select coalesce(sum(breached), 0)::integer from conversations.consultation
where tenant = $1 and conversation = any($2::uuid[])
"""
SERVED: Final = "conversations.served_changed"


class Body(Struct):
    conversation: UUID | None = None


class Frame(Struct):
    t: str
    name: str = ""
    body: Body | None = None


_read: Final = msgspec.json.Decoder(list[Frame] | Frame).decode


async def measure(place: Place, world: World, served: Served, owner: Connection, count: int) -> list[Figure]:
    """So many clocks fall due at an even rate; each must be heard once by the agent who serves it."""
    agent, token = world.agents[-1], world.agent_tokens[-1]
    shops, conversations = await _crowd(world, owner, count, agent)
    first = clock.now() + timedelta(seconds=AHEAD_SECONDS + count / SET_PER_SECOND)
    step = timedelta(seconds=1 / PER_SECOND)
    due = {one: first.timestamp() + n * step.total_seconds() for n, one in enumerate(conversations, 1)}
    used = 0.0, 0.0

    async def start() -> None:
        nonlocal used
        await owner.execute(_SET, shops, conversations, first, step, world.tenant)
        if clock.now() > first:
            raise RuntimeError("the clocks were set too slowly to say how late they ring")
        used = _used(place, served)

    late = await _heard(served, (agent, token), due, start)
    each = [(now - was) * 1e6 / count for now, was in zip(_used(place, served), used, strict=True)]
    rung: int = await owner.fetchval(_RUNG, world.tenant, conversations)
    if not len({one for one, _ in late}) == len(late) == rung == len(due):
        raise RuntimeError(f"{len(due)} clocks, {len(late)} heard of, {rung} breaches counted")
    seconds = [one for _, one in late]
    found: Times = times(seconds)
    name = f"{count:,} answers overdue at {PER_SECOND:,.0f}/s"
    shares = f"server {each[0]:,.0f}, database {each[1]:,.0f}"
    return [
        Figure("clocks", f"{name}: on the agent's screen, p50", found.p50, "ms", "less"),
        Figure("clocks", f"{name}: on the agent's screen, p99", found.p99, "ms", "less", target=ASKED),
        Figure("clocks", f"{name}: the latest of all", max(seconds) * 1e3, "ms", "less", target=LAST),
        Figure("clocks", f"{name}: processor time of one", sum(each), "µs", "less", note=shares),
    ]


def _used(place: Place, served: Served) -> tuple[float, float]:
    return usage.seconds_of(served.process), usage.seconds_of_family(place.postgres)


async def _crowd(
    world: World, owner: Connection, count: int, agent: UUID
) -> tuple[Sequence[UUID], Sequence[UUID]]:
    """Conversations that this agent serves since just now, and the shop of each."""
    await owner.execute("set statement_timeout = 0; set synchronous_commit = off")
    for start in range(FIRST, FIRST + count, CHUNK):
        await seed(world, owner, start, min(start + CHUNK, FIRST + count) - 1, 1)
    rows = await owner.fetch("select shop, conversation from bench.seeded where n >= $1 order by n", FIRST)
    conversations: list[UUID] = [row[1] for row in rows]
    await assign(world, owner, conversations, [agent] * count)
    await owner.execute(_OPENED, world.tenant, conversations)
    for table in ("conversations.conversation", "conversations.consultation", "clocks.clock"):
        await owner.execute(f"vacuum (analyze) {table}")
    await owner.execute("reset synchronous_commit")
    return [row[0] for row in rows], conversations


async def _heard(
    served: Served, who: tuple[UUID, str], due: dict[UUID, float], start: Callable[[], Awaitable[None]]
) -> list[tuple[UUID, float]]:
    """Each that was heard of and how late, once `start` has set them all."""
    late: list[tuple[UUID, float]] = []
    said: asyncio.Queue[str] = asyncio.Queue()
    done = asyncio.Event()

    def hear(_socket: Socket, text: bytes) -> None:
        now = time.time()
        read = _read(text)
        for frame in read if isinstance(read, list) else (read,):
            if frame.t in {"ready", "subbed"}:
                said.put_nowait(frame.t)
            elif frame.name == SERVED and frame.body is not None and frame.body.conversation in due:
                late.append((frame.body.conversation, now - due[frame.body.conversation]))
        if len(late) >= len(due):
            done.set()

    socket = await Socket.open(HOST, served.port, hear)
    try:
        async with asyncio.timeout(max(due.values()) - time.time() + LATEST_SECONDS):
            socket.say(msgspec.json.encode({"t": "hello", "token": who[1], "many": True}))
            await said.get()
            socket.say(msgspec.json.encode({"t": "sub", "topic": f"person:{who[0]}"}))
            await said.get()
            await start()
            await done.wait()
    except TimeoutError:
        pass  # those that were not heard of are missed in the count
    finally:
        socket.hang_up()
    return late
