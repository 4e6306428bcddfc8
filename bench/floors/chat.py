"""The bare chat: words in, one scan for 5,000 terms, group commit, acknowledgement, push; nothing else.

`python -m bench.floors.chat PORT DATABASE_URL`. The same uvicorn, driver and database as the product and the
same frames, so that one generator speaks to both; no people, rights, rules, chain, clocks or reactions. Texts
come by socket or by POST; a frame `ok` is echoed.
"""

import asyncio
import itertools
import random
import sys
from collections.abc import Callable
from typing import Any, Final
from uuid import UUID

import ahocorasick_rs
import asyncpg
import msgspec
import uvicorn
import uvloop
from msgspec import Struct

BATCH: Final = 64
TERMS: Final = 5_000
TABLE: Final = (
    "create schema if not exists bench;"
    "create table if not exists bench.chat (id bigserial primary key, conversation uuid not null,"
    " client_id text not null, text text not null, hits integer not null,"
    " at timestamptz not null default now())"
)
INSERT: Final = (
    "insert into bench.chat (conversation, client_id, text, hits) "
    "select * from unnest($1::uuid[], $2::text[], $3::text[], $4::int[])"
)


class Wish(Struct):
    client_id: str
    text: str
    conversation_id: UUID | None = None


class Said(Struct):
    t: str
    topic: str = ""
    ref: str = ""
    wish: Wish | None = None


_said: Final = msgspec.json.Decoder(Said).decode
_wish: Final = msgspec.json.Decoder(Wish).decode
_write: Final = msgspec.json.encode
Send = Callable[[dict[str, Any]], Any]
Row = tuple[UUID, str, str, int]


class Chat:
    """The whole floor."""

    def __init__(self, pool: asyncpg.Pool) -> None:
        draw = random.Random(7)
        letters = [chr(code) for code in range(0x4E00, 0x5E00)]
        terms = {"".join(draw.choices(letters, k=draw.randint(3, 6))) for _ in range(TERMS)}
        self._terms = ahocorasick_rs.AhoCorasick(sorted(terms))
        self._pool = pool
        self._waiting: list[tuple[Row, asyncio.Future[None]]] = []
        self._idle = 2
        self._soon = False
        self._topics: dict[str, set[asyncio.Queue[str]]] = {}
        self._tasks: set[asyncio.Task[None]] = set()

    async def __call__(self, scope: Any, receive: Callable[[], Any], send: Send) -> None:
        if scope["type"] == "websocket":
            await self._socket(receive, send)
        elif scope["type"] == "http":
            await self._post(scope, receive, send)

    async def _post(self, scope: Any, receive: Callable[[], Any], send: Send) -> None:
        status, body = 200, b"{}"
        if scope["method"] == "POST":
            wish = _wish((await receive())["body"])
            await self.keep(UUID(scope["path"].split("/")[-2]), wish)
            self.tell(None, scope["path"].split("/")[-2], wish)
            status, body = 201, _write(wish)
        headers = [(b"content-type", b"application/json"), (b"content-length", str(len(body)).encode())]
        await send({"type": "http.response.start", "status": status, "headers": headers})
        await send({"type": "http.response.body", "body": body})

    async def _socket(self, receive: Callable[[], Any], send: Send) -> None:
        await receive()
        await send({"type": "websocket.accept"})
        out: asyncio.Queue[str] = asyncio.Queue()
        writer = asyncio.create_task(_writer(out, send))
        try:
            while (message := await receive())["type"] == "websocket.receive":
                self._hear(_said(message["text"]), message["text"], out)
        finally:
            writer.cancel()
            for listeners in self._topics.values():
                listeners.discard(out)

    def _hear(self, said: Said, text: str, out: "asyncio.Queue[str]") -> None:
        match said.t:
            case "hello":
                out.put_nowait('{"t":"ready"}')
            case "sub":
                self._topics.setdefault(said.topic.removeprefix("conversation:"), set()).add(out)
                out.put_nowait(_write({"t": "subbed", "topic": said.topic}).decode())
            case "ok":
                out.put_nowait(text)
            case _:
                task = asyncio.create_task(self._send(said, out))
                self._tasks.add(task)
                task.add_done_callback(self._tasks.discard)

    async def _send(self, said: Said, out: "asyncio.Queue[str]") -> None:
        wish = said.wish
        if wish is None or wish.conversation_id is None:
            raise ValueError(said.t)
        await self.keep(wish.conversation_id, wish)
        out.put_nowait(f'{{"t":"ok","ref":"{said.ref}"}}')
        self.tell(out, str(wish.conversation_id), wish)

    def tell(self, sender: "asyncio.Queue[str] | None", conversation: str, wish: Wish) -> None:
        """Push to the other party."""
        frame = _write(
            {"t": "event", "topic": f"conversation:{conversation}", "body": {"entry": wish}}
        ).decode()
        for one in self._topics.get(conversation, ()):
            if one is not sender:
                one.put_nowait(frame)

    def keep(self, conversation: UUID, wish: Wish) -> "asyncio.Future[None]":
        """Kept when the future is done."""
        hits = len(self._terms.find_matches_as_indexes(wish.text))
        done: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.append(((conversation, wish.client_id, wish.text, hits), done))
        if self._idle and not self._soon:
            self._soon = True
            asyncio.get_running_loop().call_soon(self._start)
        return done

    def _start(self) -> None:
        self._soon = False
        while self._idle and self._waiting:
            batch, self._waiting = self._waiting[:BATCH], self._waiting[BATCH:]
            self._idle -= 1
            task = asyncio.create_task(self._commit(batch))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    async def _commit(self, batch: list[tuple[Row, asyncio.Future[None]]]) -> None:
        columns = list(zip(*(row for row, _ in batch), strict=True))
        await self._pool.execute(INSERT, *columns)
        self._idle += 1
        for _, done in batch:
            done.set_result(None)
        self._start()


async def _writer(out: "asyncio.Queue[str]", send: Send) -> None:
    while True:
        frames = list(itertools.chain([await out.get()], (out.get_nowait() for _ in range(out.qsize()))))
        text = frames[0] if len(frames) == 1 else f"[{','.join(frames)}]"
        await send({"type": "websocket.send", "text": text})


async def serve(port: int, url: str) -> None:
    """Listen until told to end."""
    async with asyncpg.create_pool(url, min_size=2, max_size=2) as pool:
        await pool.execute(TABLE)
        config = uvicorn.Config(
            Chat(pool), host="127.0.0.1", port=port, loop="none", http="httptools", ws="websockets-sansio",
            ws_per_message_deflate=False, lifespan="off", log_level="error", access_log=False,
            timeout_graceful_shutdown=1,
        )  # fmt: skip
        await uvicorn.Server(config).serve()


def main() -> None:
    """Serve."""
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(serve(int(sys.argv[1]), sys.argv[2]))


if __name__ == "__main__":
    main()
