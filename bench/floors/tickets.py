"""The bare ticket: a request in, one transaction of four rows, an answer; nothing else.

`python -m bench.floors.tickets PORT DATABASE_URL`. The same uvicorn, driver and database as the product: POST
/tickets opens one (ticket, line, what happened, news), POST /tickets/ID moves one, GET /tickets/ID reads one
with its lines and what happened, GET /tickets lists 25. No people, rights, rules, money, clocks or chain.
"""

import asyncio
import sys
from typing import Any, Final
from uuid import UUID

import asyncpg
import msgspec
import uvicorn
import uvloop
from msgspec import Struct

TABLES: Final = (
    "create schema if not exists bench;"
    "create table if not exists bench.ticket (id uuid primary key, shop uuid not null, buyer uuid not null,"
    " kind text not null, reason text not null, state text not null, amount bigint not null,"
    " due_at timestamptz not null, opened_at timestamptz not null default now());"
    "create index if not exists ticket_due on bench.ticket (shop, due_at, id);"
    "create table if not exists bench.ticket_line (ticket uuid not null, place integer not null,"
    " item uuid not null, title text not null, primary key (ticket, place));"
    "create table if not exists bench.ticket_happening (ticket uuid not null, id uuid primary key,"
    " event text not null, text text not null, at timestamptz not null default now());"
    "create index if not exists ticket_happenings on bench.ticket_happening (ticket, at);"
    "create table if not exists bench.ticket_news (id bigserial primary key, body text not null)"
)
_AND: Final = (
    ", told as (insert into bench.ticket_happening (ticket, id, event, text)"
    " select id, gen_random_uuid(), $2, $3 from made)"
    ", news as (insert into bench.ticket_news (body) select $3 from made) select id from made"
)
OPEN: Final = (
    "with made as (insert into bench.ticket (id, shop, buyer, kind, reason, state, amount, due_at)"
    " values (gen_random_uuid(), $1, $1, $2, $3, 'asked', $4, now() + interval '2 days') returning id)"
    ", lined as (insert into bench.ticket_line select id, 1, $1, '茶叶礼盒' from made)" + _AND
)
MOVE: Final = (
    "with made as (update bench.ticket set state = $2, due_at = now() + interval '1 day', amount = $4"
    " where id = $1 returning id)"
    ", lined as (insert into bench.ticket_line select id, (random() * 1e9)::integer, id, '' from made)" + _AND
)
_ONE: Final = (
    "select t.*, (select json_agg(l) from bench.ticket_line as l where l.ticket = t.id) as lines,"
    " (select json_agg(h order by h.at) from bench.ticket_happening as h where h.ticket = t.id) as happened"
    " from bench.ticket as t where "
)
READ: Final = _ONE + "t.id = $1"
LIST: Final = "select t.* from bench.ticket as t where t.shop = $1 order by t.due_at, t.id limit 25"


class Wish(Struct):
    shop: UUID
    kind: str = "refund_only"
    reason: str = "quality"
    amount: int = 500


_wish: Final = msgspec.json.Decoder(Wish).decode
_write: Final = msgspec.json.encode


class Tickets:
    """The whole floor."""

    def __init__(self, pool: asyncpg.Pool) -> None:
        self._pool = pool

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] != "http":
            return
        last = scope["path"].rpartition("/")[2]
        status, body = 200, b"{}"
        if scope["method"] == "POST":
            wish = _wish((await receive())["body"])
            place, text = (wish.shop, OPEN) if last == "tickets" else (UUID(last), MOVE)
            values = place, wish.kind, wish.reason, wish.amount
            body = _write({"id": await self._pool.fetchval(text, *values)})
        elif last == "tickets":
            shop = UUID(scope["query_string"].decode().partition("=")[2])
            body = _write([dict(row) for row in await self._pool.fetch(LIST, shop)])
        elif last != "ready":
            body = _write(dict(await self._pool.fetchrow(READ, UUID(last)) or {}))
        headers = [(b"content-type", b"application/json"), (b"content-length", str(len(body)).encode())]
        await send({"type": "http.response.start", "status": status, "headers": headers})
        await send({"type": "http.response.body", "body": body})


async def serve(port: int, url: str) -> None:
    """Listen until told to end."""
    async with asyncpg.create_pool(url, min_size=4, max_size=4) as pool:
        await pool.execute(TABLES)
        config = uvicorn.Config(
            Tickets(pool), host="127.0.0.1", port=port, loop="none", http="httptools", lifespan="off",
            log_level="error", access_log=False, timeout_graceful_shutdown=1,
        )  # fmt: skip
        await uvicorn.Server(config).serve()


def main() -> None:
    """Serve."""
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(serve(int(sys.argv[1]), sys.argv[2]))


if __name__ == "__main__":
    main()
