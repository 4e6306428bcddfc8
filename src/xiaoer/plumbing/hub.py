"""Who listens to which topic in this process; publishing never waits for a listener."""

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Iterator
from typing import Final
from uuid import UUID

import msgspec
from prometheus_client import Counter, Gauge

from xiaoer.kernel.refusal import Refusal
from xiaoer.plumbing import log
from xiaoer.plumbing.events import Envelope

FRAMES: Final = 256
CHARACTERS: Final = 2_000_000
HERE: Final = "here"
"""A topic on which nothing is told: whoever joins it is asked for his right, whatever else he hears."""

Allowed = Callable[[], Awaitable[bool]]
"""May the subscriber still listen? Asked again when rights have changed."""
Callback = Callable[[Envelope | None], object]
"""Hears of one kind of event; None means: something may have been missed, forget what you know."""

_SUBSCRIPTIONS = Gauge("xiaoer_hub_subscriptions", "Topics listened to, counted once for each listener")
_PUSHED = Counter("xiaoer_hub_frames_total", "Frames handed to listeners")
_DROPPED = Counter("xiaoer_hub_dropped_total", "Listeners dropped", ["why"])
_log = log.get("hub")


class Dropped(Exception):
    """The listener was dropped; the text says why: `slow` or `closed`."""


class Subscriber:
    """One listener: a bounded queue of text frames that one task writes to its socket.

    `tag` says whose it is (a person's id). `on_drop` is called at once when the queue overflows, because
    the task may be stuck in a write that never ends. With `on_frames` there is no such task: it is called
    when the first frame has come, and whoever is called grabs them; `on_full` may grab them before the queue
    overflows, since many frames at once are no sign of a slow reader.
    """

    __slots__ = (
        "_characters",
        "_frames",
        "_on_drop",
        "_on_frames",
        "_on_full",
        "_wake",
        "_why",
        "limit_frames",
        "tag",
        "topics",
    )

    def __init__(
        self,
        tag: object = None,
        *,
        limit_frames: int = FRAMES,
        on_drop: Callable[[str], object] | None = None,
        on_frames: Callable[[], object] | None = None,
        on_full: Callable[[], object] | None = None,
    ) -> None:
        self.tag: Final = tag
        self.limit_frames: Final = limit_frames
        self._frames: list[str] = []
        self._characters = 0
        self._wake: asyncio.Future[None] | None = None
        self._why: str | None = None
        self._on_drop = on_drop
        self._on_frames = on_frames
        self._on_full = on_full
        self.topics: dict[tuple[UUID, str], Allowed | None] = {}

    @property
    def waiting(self) -> int:
        """How many frames nobody has taken yet."""
        return len(self._frames)

    @property
    def dropped(self) -> str | None:
        """Why it was dropped, if it was."""
        return self._why

    def push(self, frame: str) -> bool:
        """Puts a frame in the queue; False when the listener is dropped, or is now because it is too slow."""
        if self._why is not None:
            return False
        if self._is_full() and self._on_full is not None:
            self._on_full()
        if self._is_full():
            self.drop("slow")
            return False
        self._frames.append(frame)
        self._characters += len(frame)
        if self._on_frames is None:
            self._rouse()
        elif len(self._frames) == 1:
            self._on_frames()
        return True

    def _is_full(self) -> bool:
        return len(self._frames) >= self.limit_frames or self._characters > CHARACTERS

    def drop(self, why: str) -> None:
        """Ends it: what waits is thrown away, `take` raises, `on_drop` is told; does so only once."""
        if self._why is not None:
            return
        self._why = why
        self._frames = []
        _DROPPED.labels(why).inc()
        self._rouse()
        if self._on_drop is not None:
            self._on_drop(why)

    async def take(self) -> list[str]:
        """All frames that wait, at least one. Raises Dropped."""
        while not self._frames:
            if self._why is not None:
                raise Dropped(self._why)
            self._wake = asyncio.get_running_loop().create_future()
            try:
                await self._wake
            finally:
                self._wake = None
        return self.grab()

    def grab(self) -> list[str]:
        """All frames that wait, perhaps none."""
        frames, self._frames, self._characters = self._frames, [], 0
        return frames

    def _rouse(self) -> None:
        if self._wake is not None and not self._wake.done():
            self._wake.set_result(None)


class Hub:
    """The topics of this process and those who listen to them."""

    def __init__(self) -> None:
        self._topics: dict[UUID, dict[str, set[Subscriber]]] = {}
        self._callbacks: dict[str, list[Callback]] = {}

    def join(self, subscriber: Subscriber, tenant: UUID, topic: str, allowed: Allowed | None = None) -> None:
        """From now on the subscriber hears this topic; `allowed` is asked at each recheck."""
        if (tenant, topic) not in subscriber.topics:
            _SUBSCRIPTIONS.inc()
        subscriber.topics[tenant, topic] = allowed
        self._topics.setdefault(tenant, {}).setdefault(topic, set()).add(subscriber)

    def leave(self, subscriber: Subscriber, tenant: UUID, topic: str) -> None:
        """It hears this topic no more."""
        if (tenant, topic) not in subscriber.topics:
            return
        del subscriber.topics[tenant, topic]
        _SUBSCRIPTIONS.dec()
        topics = self._topics[tenant]
        listeners = topics[topic]
        listeners.discard(subscriber)
        if not listeners:
            del topics[topic]
            if not topics:
                del self._topics[tenant]

    def quit(self, subscriber: Subscriber) -> None:
        """It hears nothing more: its socket is closed."""
        for tenant, topic in list(subscriber.topics):
            self.leave(subscriber, tenant, topic)

    def on(self, event_name: str, callback: Callback) -> None:
        """Calls back for each event of this name, whatever its tenant; for caches in this process."""
        self._callbacks.setdefault(event_name, []).append(callback)

    def publish(self, envelopes: Iterable[Envelope]) -> int:
        """Hands each envelope to those who listen to its topic now; how many frames that were."""
        pushed = 0
        slow: list[Subscriber] = []
        for one in envelopes:
            for callback in self._callbacks.get(one.name, ()):
                self._call(callback, one)
            topics = self._topics.get(one.tenant)
            listeners = topics.get(one.topic) if topics else None
            if not listeners:
                continue
            frame = one.frame
            for subscriber in listeners:
                if subscriber.push(frame):
                    pushed += 1
                else:
                    slow.append(subscriber)
        for subscriber in slow:
            self.quit(subscriber)
        if pushed:
            _PUSHED.inc(pushed)
        return pushed

    def poke_all(self) -> None:
        """Something may have been missed: every listener fetches, every cache forgets."""
        everybody = [
            Envelope(tenant, "", topic, None, None)
            for tenant, topics in self._topics.items()
            for topic in topics
            if topic != HERE
        ]
        self.publish(everybody)
        for callbacks in self._callbacks.values():
            for callback in callbacks:
                self._call(callback, None)

    async def recheck(self, tenant: UUID, *, topic: str | None = None, tag: object = None) -> int:
        """Asks `allowed` again on these topics or for this tag; how many were told to go.

        One who may no longer listen gets a frame `{"t":"dropped","topic":…,"why":"not_allowed"}`.
        """
        gone = 0
        for subscriber, where, allowed in list(self._held(tenant, topic, tag)):
            if await self._may(allowed):
                continue
            self.leave(subscriber, tenant, where)
            subscriber.push(dropped_frame(where, "not_allowed"))
            gone += 1
        return gone

    def count(self, tenant: UUID, topic: str) -> int:
        """How many listen to a topic in this process."""
        return len(self._topics.get(tenant, {}).get(topic, ()))

    def tags(self, tenant: UUID, topic: str) -> set[object]:
        """Who listens to a topic in this process."""
        return {one.tag for one in self._topics.get(tenant, {}).get(topic, ())}

    def _held(
        self, tenant: UUID, topic: str | None, tag: object
    ) -> Iterator[tuple[Subscriber, str, Allowed | None]]:
        topics = self._topics.get(tenant, {})
        for where in [topic] if topic is not None else list(topics):
            for one in list(topics.get(where, ())):
                if tag is None or one.tag == tag:
                    yield one, where, one.topics[tenant, where]

    @staticmethod
    async def _may(allowed: Allowed | None) -> bool:
        if allowed is None:
            return True
        try:
            return await allowed()
        except Refusal:
            return False  # also when the database is away: it may ask to listen again

    @staticmethod
    def _call(callback: Callback, one: Envelope | None) -> None:
        try:
            callback(one)
        except Exception:  # noqa: BLE001 - a listener's mistake is not the publisher's
            _log.exception("callback_failed")


def dropped_frame(topic: str, why: str) -> str:
    """Tells a socket that it hears a topic no more."""
    return msgspec.json.encode({"t": "dropped", "topic": topic, "why": why}).decode()
