"""The other side of the counter: buyers and agents who talk, in a process of their own.

Reads a plan from standard input and writes the result to standard output. A message counts when its sender
has been told that it is kept and the other party has it on his screen. Without a rate every slot says its
next message as soon as the last one has arrived on both sides; with a rate messages are due at fixed moments,
and what is late is counted from the moment at which it was due.
"""

import asyncio
import contextlib
import itertools
import resource
import sys
import time
from typing import Final

import msgspec
import uvloop
from msgspec import Struct

from bench import usage
from bench.plan import Pair, Plan, Result, times
from bench.wire import Requests, Socket
from bench.words import AGENT, BUYER

HOST: Final = "127.0.0.1"
TICK_SECONDS: Final = 0.001
"""The least a timer of uvloop knows: asked for less than half of it, it comes back at once, and the beat
would turn idly on a processor that the server and its database need."""

LATE_SECONDS: Final = 5.0
SIDE_BY_SIDE: Final = 64


class Line(Struct, frozen=True):
    client_id: str | None = None


class Body(Struct, frozen=True):
    entry: Line | None = None


class Frame(Struct, frozen=True):
    """As much of a frame as is looked at."""

    t: str
    ref: str | None = None
    topic: str | None = None
    body: Body | None = None
    error: dict[str, object] | None = None


_read: Final = msgspec.json.Decoder(list[Frame] | Frame).decode
_write: Final = msgspec.json.encode


class Slot:
    """One conversation of the generator and the message that is on its way in it."""

    __slots__ = (
        "acknowledged",
        "agent",
        "buyer",
        "by_buyer",
        "delivered",
        "pair",
        "requests",
        "sender",
        "since",
    )

    def __init__(self, pair: Pair, buyer: Socket, agent: Socket, requests: Requests | None) -> None:
        self.pair = pair
        self.buyer = buyer
        self.agent = agent
        self.requests = requests
        self.by_buyer = False
        self.sender = agent
        self.since = 0.0
        self.acknowledged = self.delivered = True


class Talk:
    """All slots, what is on its way, and what has been measured."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.slots: list[Slot] = []
        self.free: list[Slot] = []
        self.due: list[float] = []
        self.on_the_way: dict[str, Slot] = {}
        self.waits: dict[tuple[Socket, str], asyncio.Future[None]] = {}
        self.numbers = itertools.count(1)
        self.acknowledged: list[float] = []
        self.delivered: list[float] = []
        self.refused = 0
        self.fault = ""
        self.ending = False

    # ── coming and going ─────────────────────────────────────────────────

    async def greet(self, token: str) -> Socket:
        """An open, greeted socket."""
        socket = await Socket.open(HOST, self.plan.port, self.heard)
        await self.ask(socket, "ready", {"t": "hello", "token": token, "many": True})
        return socket

    async def ask(self, socket: Socket, answer: str, frame: dict[str, object]) -> None:
        """Say something and wait for the frame that answers it."""
        done: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self.waits[socket, answer] = done
        socket.say(_write(frame))
        await asyncio.wait_for(done, 30)

    async def gather(self) -> list[Socket]:
        """Everybody who talks; who only listens is the answer."""
        agents = [await self.greet(token) for token in self.plan.agents]
        for pair in self.plan.pairs:
            buyer = await self.greet(pair.buyer)
            agent = agents[pair.agent]
            topic = f"conversation:{pair.conversation}"
            for socket in (buyer, agent):
                await self.ask(socket, f"sub:{topic}", {"t": "sub", "topic": topic, "since": 0})
            requests = await Requests.open(HOST, self.plan.port) if self.plan.door == "post" else None
            self.slots.append(Slot(pair, buyer, agent, requests))
        return agents

    async def crowd(self) -> list[Socket]:
        """Those who are connected and say nothing, many at a time."""
        found: list[Socket] = []
        for start in range(0, len(self.plan.idle), SIDE_BY_SIDE):
            found += await asyncio.gather(*map(self.greet, self.plan.idle[start : start + SIDE_BY_SIDE]))
        return found

    # ── talking ──────────────────────────────────────────────────────────

    def say(self, slot: Slot, since: float) -> None:
        """The next message of a slot: buyer and agent take turns."""
        number = next(self.numbers)
        slot.by_buyer = not slot.by_buyer
        slot.sender = slot.buyer if slot.by_buyer else slot.agent
        slot.since, slot.acknowledged, slot.delivered = since, False, False
        ref = f"b{number}-{id(self):x}"
        self.on_the_way[ref] = slot
        text = (BUYER if slot.by_buyer else AGENT)[number % len(BUYER)]
        match self.plan.door:
            case "echo":
                slot.delivered = True
                slot.sender.say(_write({"t": "ok", "ref": ref}))
            case "socket":
                wish = {"conversation_id": slot.pair.conversation, "client_id": ref, "text": text}
                slot.sender.say(_write({"t": "send", "ref": ref, "wish": wish}))
            case "post":
                self._post(slot, ref, text)

    def _post(self, slot: Slot, ref: str, text: str) -> None:
        pair = slot.pair
        path, token = f"/public/v1/conversations/{pair.conversation}/entries", pair.buyer
        if not slot.by_buyer:
            path = f"/api/v1/shops/{pair.shop}/conversations/{pair.conversation}/entries"
            token = self.plan.agents[pair.agent]

        def answered(status: int, body: bytes) -> None:
            if status == 201:
                self.acknowledge(ref)
            else:
                self.refuse(ref, f"{status} {body.decode('utf-8', 'replace')}")

        assert slot.requests is not None
        slot.requests.ask("POST", path, token, _write({"client_id": ref, "text": text}), answered)

    def heard(self, socket: Socket, text: bytes) -> None:
        """What a socket says."""
        read = _read(text)
        for frame in read if isinstance(read, list) else (read,):
            match frame.t:
                case "event":
                    if frame.body is not None and frame.body.entry is not None:
                        self.deliver(socket, frame.body.entry.client_id)
                case "ok":
                    self.acknowledge(frame.ref or "")
                case "ready":
                    self._done(socket, "ready")
                case "subbed":
                    self._done(socket, f"sub:{frame.topic}")
                case "refused":
                    self.refuse(frame.ref or "", str(frame.error))
                case _:
                    self.fault = self.fault or text.decode()

    def _done(self, socket: Socket, key: str) -> None:
        done = self.waits.pop((socket, key), None)
        if done is not None and not done.done():
            done.set_result(None)

    def acknowledge(self, ref: str) -> None:
        """The sender has been told that it is kept."""
        slot = self.on_the_way.get(ref)
        if slot is not None:
            self.acknowledged.append(time.perf_counter() - slot.since)
            slot.acknowledged = True
            self._complete(ref, slot)

    def deliver(self, socket: Socket, ref: str | None) -> None:
        """It has reached somebody: the other party counts."""
        slot = self.on_the_way.get(ref or "")
        if slot is not None and socket is not slot.sender and not slot.delivered:
            self.delivered.append(time.perf_counter() - slot.since)
            slot.delivered = True
            self._complete(ref or "", slot)

    def refuse(self, ref: str, why: str) -> None:
        """It was refused: the slot is given up."""
        self.refused += 1
        self.fault = self.fault or why[:300]
        self.on_the_way.pop(ref, None)

    def _complete(self, ref: str, slot: Slot) -> None:
        if not (slot.acknowledged and slot.delivered):
            return
        del self.on_the_way[ref]
        if self.ending:
            return
        if self.plan.rate:
            if self.due:
                self.say(slot, self.due.pop(0))
            else:
                self.free.append(slot)
        else:
            self.say(slot, time.perf_counter())

    async def pace(self, seconds: float) -> None:
        """Messages at fixed moments for so long; what finds no free slot waits and grows late."""
        step, begun = 1 / self.plan.rate, time.perf_counter()
        for number in range(int(seconds * self.plan.rate)):
            moment = begun + number * step
            while moment > time.perf_counter():  # noqa: ASYNC110 - it is the beat itself
                await asyncio.sleep(TICK_SECONDS)
            if self.free:
                self.say(self.free.pop(0), moment)
            else:
                self.due.append(moment)

    async def go(self, seconds: float) -> None:
        """Talk for so long."""
        if self.plan.rate:
            await self.pace(seconds)
        else:
            await asyncio.sleep(seconds)

    def begin(self) -> None:
        """Let the slots speak."""
        if self.plan.rate:
            self.free = list(self.slots)
        else:
            for slot in self.slots[: self.plan.in_flight]:
                self.say(slot, time.perf_counter())

    async def finish(self) -> int:
        """Wait for what is on its way; how much never arrived."""
        self.ending = True
        end = time.perf_counter() + LATE_SECONDS
        while self.on_the_way and time.perf_counter() < end:  # noqa: ASYNC110 - a client's patience
            await asyncio.sleep(TICK_SECONDS)
        return len(self.on_the_way)


async def run(plan: Plan) -> Result:
    """Carry out a plan."""
    talk = Talk(plan)
    agents = await talk.gather()
    before = usage.memory_bytes(plan.server)
    crowd = await talk.crowd()
    idle = usage.memory_bytes(plan.server)
    talk.begin()
    await talk.go(plan.warm_seconds)
    talk.acknowledged, talk.delivered = [], []
    used, began = _used(plan), time.perf_counter()
    await talk.go(plan.seconds)
    passed = time.perf_counter() - began
    spent = [after - was for after, was in zip(_used(plan), used, strict=True)]
    acknowledged, delivered = talk.acknowledged, talk.delivered
    messages = min(len(acknowledged), len(delivered) or len(acknowledged))
    talking = usage.memory_bytes(plan.server)
    lost = await talk.finish()
    everybody = [*agents, *(slot.buyer for slot in talk.slots), *crowd]
    closed = [one.closed for one in everybody if one.closed is not None]
    server, database, generator = (one * 1e6 / max(messages, 1) for one in spent)
    return Result(
        messages=messages,
        seconds=passed,
        refused=talk.refused,
        lost=lost,
        fault=talk.fault or (f"{len(closed)} sockets were closed, {closed[0]}" if closed else ""),
        acknowledged=times(acknowledged),
        delivered=times(delivered),
        server_us=server,
        postgres_us=database,
        generator_us=generator,
        memory_before=before,
        memory_idle=idle,
        memory_talking=talking,
    )


def _used(plan: Plan) -> tuple[float, float, float]:
    return usage.seconds_of(plan.server), usage.seconds_of_family(plan.postgres), time.process_time()


def main() -> None:
    """Plan in, result out."""
    with contextlib.suppress(ValueError, OSError):
        _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    plan = msgspec.json.decode(sys.stdin.buffer.read(), type=Plan)
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        result = runner.run(run(plan))
    sys.stdout.buffer.write(msgspec.json.encode(result))


if __name__ == "__main__":
    main()
