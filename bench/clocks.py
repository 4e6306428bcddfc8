"""How late clocks ring: many answers overdue within seconds, until the news is on the agent's screen."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Final
from uuid import UUID

import msgspec
from msgspec import Struct

from bench.figures import Figure, Target
from bench.place import HOST, Served
from bench.plan import Times, times
from bench.wire import Socket
from bench.world import World, assign
from xiaoer.plumbing import clock
from xiaoer.plumbing.driver import Connection

AHEAD_SECONDS: Final = 3.0
SET_PER_SECOND: Final = 3_000
LATEST_SECONDS: Final = 30.0
PER_SECOND: Final = 100_000 / 60
ASKED: Final = Target(1_000, 200)
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
_RUNG: Final = "select count(*) from conversations.consultation where tenant = $1 and breached > 0"


class Body(Struct):
    conversation: UUID | None = None


class Frame(Struct):
    t: str
    name: str = ""
    body: Body | None = None


_read: Final = msgspec.json.Decoder(list[Frame] | Frame).decode


async def measure(world: World, served: Served, owner: Connection, count: int) -> list[Figure]:
    """So many clocks fall due at an even rate; each must be heard once by the agent who serves it."""
    rows = await owner.fetch(
        "select s.shop, s.conversation from bench.seeded as s join conversations.conversation as c"
        " on c.tenant = $2 and c.shop = s.shop and c.id = s.conversation and c.state = 'closed'"
        " order by s.n desc limit $1",
        count,
        world.tenant,
    )
    agent, token = world.agents[-1], world.agent_tokens[-1]
    conversations: list[UUID] = [row[1] for row in rows]
    await assign(world, owner, conversations, [agent] * len(rows))
    first = clock.now() + timedelta(seconds=AHEAD_SECONDS + len(rows) / SET_PER_SECOND)
    step = timedelta(seconds=1 / PER_SECOND)
    due = {
        one: first.timestamp() + place * step.total_seconds() for place, one in enumerate(conversations, 1)
    }

    async def start() -> None:
        places = [row[0] for row in rows], conversations
        await owner.execute(_SET, *places, first, step, world.tenant)
        if clock.now() > first:
            raise RuntimeError("the clocks were set too slowly to say how late they ring")

    late = await _heard(served, (agent, token), due, start)
    rung: int = await owner.fetchval(_RUNG, world.tenant)
    if len(late) != len(due) or rung != len(due):
        raise RuntimeError(f"{len(due)} clocks, {len(late)} rang, {rung} breaches counted")
    found: Times = times(late)
    name = f"{len(due):,} answers overdue at {PER_SECOND:,.0f}/s: on the agent's screen"
    return [
        Figure("clocks", f"{name}, p50", found.p50, "ms", "less"),
        Figure("clocks", f"{name}, p99", found.p99, "ms", "less", target=ASKED),
    ]


async def _heard(
    served: Served, who: tuple[UUID, str], due: dict[UUID, float], start: Callable[[], Awaitable[None]]
) -> list[float]:
    """How late each was heard of, once `start` has set them all."""
    late: dict[UUID, float] = {}
    said: asyncio.Queue[str] = asyncio.Queue()
    done = asyncio.Event()

    def hear(_socket: Socket, text: bytes) -> None:
        now = time.time()
        read = _read(text)
        for frame in read if isinstance(read, list) else (read,):
            if frame.t in {"ready", "subbed"}:
                said.put_nowait(frame.t)
            elif frame.body is not None and frame.body.conversation in due:
                late.setdefault(frame.body.conversation, now - due[frame.body.conversation])
        if len(late) == len(due):
            done.set()

    socket = await Socket.open(HOST, served.port, hear)
    try:
        async with asyncio.timeout(LATEST_SECONDS + len(due) / PER_SECOND):
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
    return list(late.values())
