"""One socket: who is there, what he listens to, and frames carried to whoever understands them.

Frames are JSON texts with a word `t`. This file knows greeting, listening and breathing; a domain brings its
own frames in the table that `main` hands over. News for a connection waits in its bounded queue until the
loop's next turn and leaves together; whoever reads too slowly is closed, comes back and fetches.
"""

import asyncio
import contextlib
from collections.abc import Awaitable, Callable
from typing import Any, Final

import msgspec
from prometheus_client import Counter, Gauge

from xiaoer.kernel.actor import Actor
from xiaoer.kernel.refusal import Refusal, Refused
from xiaoer.plumbing import log
from xiaoer.plumbing.events import Envelope
from xiaoer.plumbing.frames import (
    Hello,
    Loose,
    Me,
    Ping,
    Pong,
    Ready,
    RefusedFrame,
    Sub,
    Subbed,
    Unsub,
    joined,
)
from xiaoer.plumbing.http import Receive, Send, Services, error_body
from xiaoer.plumbing.hub import HERE, Dropped, Subscriber
from xiaoer.plumbing.limits import too_many
from xiaoer.plumbing.socket_rules import Line, Presence, Rules, Topic

CLOSE_SECONDS: Final = 1.0
VERIFY_SECONDS: Final = 300.0
"""How old the knowledge of who somebody is may be on a socket that is used; news of changes come at once."""

FRAME_CHARACTERS: Final = 65_536
TOPICS_MAX: Final = 500
MALFORMED_MAX: Final = 20

UNAUTHENTICATED: Final = 4001
FOREIGN: Final = 4003
MALFORMED: Final = 4002
SLOW: Final = 4008
FAULT: Final = 1011
TOO_LARGE: Final = 4009
SIGNED_OUT: Final = 4001

_OPEN = Gauge("xiaoer_sockets", "Sockets open, by role", ["role"])
_CLOSED = Counter("xiaoer_sockets_closed_total", "Sockets the server closed, by code", ["code"])
_FRAMES = Counter("xiaoer_socket_frames_total", "Frames received")
_log: Final = log.get("sockets")


class Connection:
    """One socket: its person, its queue, and what the domains keep of it in `notes`."""

    __slots__ = (
        "_close_code",
        "_credential",
        "_greeted",
        "_joining",
        "_language",
        "_leaving",
        "_line",
        "_malformed",
        "_many",
        "_present",
        "_receive",
        "_rules",
        "_send",
        "_task",
        "_tasks",
        "_verified_at",
        "_writer",
        "actor",
        "in_flight",
        "notes",
        "services",
        "subscriber",
    )

    def __init__(
        self,
        rules: Rules,
        services: Services,
        receive: Receive,
        send: Send,
        *,
        credential: str | None,
        language: str,
        line: Line | None = None,
    ) -> None:
        self._rules = rules
        self.services: Final = services
        self._receive = receive
        self._send = send
        self._credential = credential
        self._language = language
        self._greeted = False
        self._leaving = False
        self._line = line
        self._joining: set[str] = set()
        self._malformed = 0
        self._many = False
        self._present: Actor | None = None
        self._task: asyncio.Task[Any] | None = None
        self._tasks: set[asyncio.Future[Any]] = set()
        self._writer: asyncio.Task[None] | None = None
        self._close_code: int | None = None
        self._verified_at = 0.0
        self.actor: Actor | None = None
        self.subscriber = Subscriber()
        self.in_flight = 0
        self.notes: dict[object, Any] = {}
        """What a domain remembers of this connection; emptied when the person's rights change."""

    # ── what domains use ─────────────────────────────────────────────────

    @property
    def who(self) -> Actor:
        """Who is there. Only frames after the greeting reach a domain, so somebody is."""
        if self.actor is None:
            raise LookupError("nobody has greeted yet")
        return self.actor

    @property
    def language(self) -> str:
        """The language to answer in."""
        return (self.actor.language if self.actor else "") or self._language

    def push(self, frame: msgspec.Struct) -> None:
        """Queue a frame."""
        self.subscriber.push(msgspec.json.encode(frame).decode())

    def refuse(self, ref: str | None, refused: Refused) -> None:
        """Queue the answer that says no."""
        self.push(RefusedFrame(ref, error_body(refused, self.language, self.services.catalogue).error))

    def hears(self, topic: str) -> bool:
        """Whether the client listens to a topic: then it was allowed to."""
        return self.actor is not None and (self.actor.tenant, topic) in self.subscriber.topics

    def spawn(self, work: Awaitable[Any]) -> None:
        """Do something that takes time; it ends with the connection."""
        task = asyncio.ensure_future(work)
        self._tasks.add(task)
        task.add_done_callback(self._done)

    def _done(self, task: "asyncio.Future[Any]") -> None:
        self._tasks.discard(task)
        if not task.cancelled() and (fault := task.exception()) is not None:
            _log.error("frame_failed", fault=repr(fault))

    # ── life ─────────────────────────────────────────────────────────────

    async def serve(self) -> None:
        """Greet, then read frames until either side ends it."""
        self._task = asyncio.current_task()
        try:
            if await self._greet():
                await self._read()
        except asyncio.CancelledError:
            if self._close_code is None:
                raise  # the process ends
        finally:
            await self._end()

    def close(self, code: int) -> None:
        """End the connection with a code; safe to call from anywhere and twice."""
        if self._close_code is None:
            self._close_code = code
            _CLOSED.labels(code).inc()
            if self._task is not None and self._task is not asyncio.current_task():
                self._task.cancel()

    async def _greet(self) -> bool:
        """The first frame says who it is. False when nobody was there or the connection is gone."""
        try:
            async with asyncio.timeout(self._rules.hello_seconds):
                text = await self._next()
                frame = None if text is None else self._parse(text)
        except TimeoutError:
            self.close(UNAUTHENTICATED)
            return False
        if not isinstance(frame, Hello):
            self.close(UNAUTHENTICATED)
            return False
        self._credential = frame.token or self._credential
        self._many = frame.many
        if not await self._verify():
            self.close(UNAUTHENTICATED)
            return False
        actor = self.who
        self._greeted = True
        if self._line is None:
            self.subscriber = Subscriber(actor.person, on_drop=self._slow)
            self._writer = asyncio.create_task(self._write())
        else:
            self.subscriber = Subscriber(
                actor.person, on_drop=self._slow, on_frames=self._leave_soon, on_full=self._leave
            )
            self._line.begin(self._heard, self._leave)
        self.services.hub.join(self.subscriber, actor.tenant, HERE, self._allowed(HERE))
        _OPEN.labels(actor.role).inc()
        self.push(
            Ready(
                Me(actor.person, actor.role, actor.name, actor.language, actor.visitor), self.services.clock()
            )
        )
        if self._rules.presence is not None:
            self.spawn(self._arrive(self._rules.presence(self.services), actor))
        return True

    async def _arrive(self, presence: Presence, actor: Actor) -> None:
        self._present = actor  # set in the same step in which the coming is counted
        await presence.connected(actor)

    async def _next(self) -> str | None:
        """The next text frame; None at the end."""
        message = await self._receive()
        if message["type"] != "websocket.receive":
            return None
        _FRAMES.inc()
        said: str | None = message.get("text")
        text = said if said is not None else bytes(message.get("bytes") or b"").decode("utf-8", "replace")
        if len(text) > FRAME_CHARACTERS:
            self.close(TOO_LARGE)
            return None
        return text

    async def _read(self) -> None:
        while (text := await self._next()) is not None:
            self._take(text)
            if self._close_code is not None:
                return

    def _heard(self, text: str) -> None:
        """A text straight from the line; nobody above could tell a fault."""
        if self._close_code is not None:
            return
        _FRAMES.inc()
        if len(text) > FRAME_CHARACTERS:
            self.close(TOO_LARGE)
            return
        try:
            self._take(text)
        except Exception:  # noqa: BLE001 - the last line of defence
            _log.exception("socket_fault")
            self.close(FAULT)

    def _take(self, text: str) -> None:
        """Do what a text asks for; never waits."""
        if asyncio.get_running_loop().time() - self._verified_at > VERIFY_SECONDS:
            self.spawn(self._still_there())
        frame = self._parse(text)
        if frame is None:
            if self._malformed > MALFORMED_MAX:
                self.close(MALFORMED)
            return
        handle = self._rules.frames.get(frame.__class__)
        if handle is not None:
            handle(self, frame)
        elif isinstance(frame, Ping):
            self.push(Pong(self.services.clock()))
        elif isinstance(frame, Sub):
            self._listen(frame.topic)
        elif isinstance(frame, Unsub) and frame.topic != HERE:
            self._joining.discard(frame.topic)
            self.services.hub.leave(self.subscriber, self.who.tenant, frame.topic)

    def _parse(self, text: str) -> Any:
        try:
            return self._rules.read(text)
        except msgspec.MsgspecError as fault:
            self._malformed += 1
            ref = None
            with contextlib.suppress(msgspec.MsgspecError):
                ref = msgspec.json.decode(text, type=Loose).ref
            self.refuse(ref, Refused("invalid", "plumbing.frame_malformed", facts={"why": str(fault)}))
            return None

    async def _still_there(self) -> None:
        if not await self._verify():
            self.close(SIGNED_OUT)

    async def _verify(self) -> bool:
        """Ask anew who this is."""
        self._verified_at = asyncio.get_running_loop().time()
        if self._credential is None:
            return False
        try:
            actor = await self.services.gate.actor_of(self._credential)
        except Refusal:
            return self.actor is not None  # the database is away: who was known stays known
        if actor != self.actor:
            self.notes.clear()
        self.actor = actor
        return actor is not None

    # ── topics ───────────────────────────────────────────────────────────

    def _listen(self, topic: str) -> None:
        if len(self.subscriber.topics) + len(self._tasks) > TOPICS_MAX:  # HERE does not count
            self.refuse(topic, Refused("too_many", "plumbing.too_many_topics", facts={"limit": TOPICS_MAX}))
            return
        now = self.services.clock()
        key = f"person:{self.who.person}"
        if wait := self.services.limits.spend(key, self.services.budgets.person, now):
            self.refuse(topic, too_many(wait))
            return
        self._joining.add(topic)
        self.spawn(self._join(topic))

    async def _join(self, topic: str) -> None:
        """Listen behind a curtain, ask, then let through what was heard: nothing is missed or leaked."""
        hub, actor = self.services.hub, self.who
        curtain = Subscriber(actor.person)
        hub.join(curtain, actor.tenant, topic)
        try:
            try:
                found = await self._may_listen(topic)
            except Refusal as refusal:
                self.refuse(topic, refusal.refused)
                return
            if found is None:
                self.refuse(topic, Refused("not_found", "plumbing.topic_unknown"))
                return
            if topic not in self._joining:
                return  # the client has changed its mind
            self.push(Subbed(topic, found.version))
            hub.join(self.subscriber, actor.tenant, topic, self._allowed(topic))
            poke = Envelope(actor.tenant, "", topic, None, None)  # more was said than a queue holds: fetch
            for frame in curtain.grab() if curtain.dropped is None else [poke.frame]:
                self.subscriber.push(frame)
        finally:
            self._joining.discard(topic)
            hub.quit(curtain)

    async def _may_listen(self, topic: str) -> Topic | None:
        prefix, _, rest = topic.partition(":")
        may = self._rules.topics.get(prefix)
        return None if may is None else await may(self.services, self.who, rest)

    def _allowed(self, topic: str) -> Callable[[], Awaitable[bool]]:
        async def allowed() -> bool:
            if not await self._verify():
                self.close(SIGNED_OUT)
                return False
            return topic == HERE or await self._may_listen(topic) is not None

        return allowed

    # ── writing and ending ───────────────────────────────────────────────

    async def _write(self) -> None:
        """Write out what waits: the only place that waits for a slow reader."""
        with contextlib.suppress(Dropped):
            while True:
                frames = await self.subscriber.take()
                for text in joined(frames) if self._many else frames:
                    await self._send({"type": "websocket.send", "text": text})

    def _leave_soon(self) -> None:
        """Frames have come: they leave with the loop's next turn, with what this one still brings."""
        if not self._leaving:
            self._leaving = True
            asyncio.get_running_loop().call_soon(self._leave)

    def _leave(self) -> None:
        self._leaving = False
        line = self._line
        if line is not None and line.has_room and (frames := self.subscriber.grab()):
            for text in joined(frames) if self._many else frames:
                line.write_text(text)

    def _slow(self, _why: str) -> None:
        self.close(SLOW)

    async def _end(self) -> None:
        self.services.hub.quit(self.subscriber)
        for task in (*self._tasks, *([self._writer] if self._writer else [])):
            task.cancel()
        if self._greeted and self.actor is not None:
            _OPEN.labels(self.actor.role).dec()
        if self._greeted:
            if self._rules.leave is not None:
                self._rules.leave(self)
            if self._rules.presence is not None and self._present is not None:
                self._rules.presence(self.services).disconnected(self._present)
        if self._close_code is not None:
            # Somebody who does not read does not hear the close either: then the line is simply cut.
            with contextlib.suppress(Exception):
                async with asyncio.timeout(CLOSE_SECONDS):
                    await self._send({"type": "websocket.close", "code": self._close_code})
