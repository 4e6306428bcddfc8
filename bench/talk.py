"""Messages through both doors, at so many in flight and at fixed rates; buyers who only listen."""

import subprocess
import sys
from collections.abc import Sequence
from typing import Final

import msgspec
from msgspec import Struct

from bench.figures import Figure, Target
from bench.place import ROOT, Place, Served
from bench.plan import Door, Pair, Plan, Result

CROWDED: Final = 64
GIB: Final = 2**30
SPEED: Final = Target(0.2, 0.4, of_floor=True)
ABSOLUTE: Final = Target(4_000, 8_000)
COST: Final = Target(350, 150)
LATE: Final = {500: Target(25, 8), 2_000: Target(60, 15)}
CONNECTED: Final = Target(15_000, 25_000)
_BEATS: Final = 180.0


class MessagesFailed(Exception):
    """What should have gone through did not: then there is no figure."""


def measure(plan: Plan) -> Result:
    """Run the generator in its own process."""
    done = subprocess.run(
        [sys.executable, "-m", "bench.generator"],
        input=msgspec.json.encode(plan),
        stdout=subprocess.PIPE,
        cwd=ROOT,
        timeout=_BEATS,
        check=True,
    )
    result = msgspec.json.decode(done.stdout, type=Result)
    if result.refused or result.lost or not result.messages:
        raise MessagesFailed(f"{result.refused} refused, {result.lost} lost: {result.fault}")
    return result


class Load(Struct, frozen=True):
    """One thing to be measured: so many in flight or so many a second, by one door, for so long."""

    seconds: float
    door: Door = "socket"
    in_flight: int = 0
    rate: float = 0.0
    idle: Sequence[str] = ()


class Hall:
    """Those who talk, and the two servers they talk through: the product and its floor."""

    def __init__(
        self, place: Place, served: Served, bare: Served | None, pairs: Sequence[Pair], agents: Sequence[str]
    ) -> None:
        self._place = place
        self._served = served
        self._bare = bare
        self._pairs = list(pairs)
        self._agents = list(agents)

    def product(self, load: Load) -> Result:
        """What the product does."""
        return self._measure(self._served, load)

    def floor(self, load: Load) -> Result | None:
        """What the bare chat does, when it runs."""
        return None if self._bare is None else self._measure(self._bare, load)

    def _measure(self, served: Served, load: Load) -> Result:
        pairs = self._pairs[: load.in_flight] if load.in_flight else self._pairs
        plan = Plan(
            port=served.port,
            server=served.process,
            postgres=self._place.postgres,
            pairs=pairs,
            agents=self._agents[: max(one.agent for one in pairs) + 1],
            door=load.door,
            in_flight=load.in_flight,
            rate=load.rate,
            seconds=load.seconds,
            warm_seconds=min(1.0, load.seconds / 3),
            idle=list(load.idle),
        )
        return measure(plan)


def in_flight(hall: Hall, door: Door, count: int, seconds: float) -> list[Figure]:
    """Messages a second with so many on their way at once."""
    load = Load(seconds, door, in_flight=count)
    ours, bare = hall.product(load), hall.floor(load)
    name = f"{'socket' if door == 'socket' else 'POST'}, {count} in flight"
    asked = door == "socket" and count == CROWDED
    figures = [
        Figure(
            "talk", f"{name}: messages", ours.per_second, "/s",
            floor=bare.per_second if bare else None, target=SPEED if asked else None,
        )
    ]  # fmt: skip
    if asked:
        figures.append(Figure("talk", f"{name}: messages, absolute", ours.per_second, "/s", target=ABSOLUTE))
    figures += late("talk", name, ours, bare, Target(60, 25) if asked else None)
    figures.append(
        Figure(
            "talk", f"{name}: processor time, server and database", ours.cost_us, "µs", "less",
            bare.cost_us if bare else None, COST if asked else None,
            f"{ours.server_us:.0f} + {ours.postgres_us:.0f}; generator {ours.generator_us:.0f}",
        )
    )  # fmt: skip
    return figures


def late(group: str, name: str, ours: Result, bare: Result | None, asked: Target | None) -> list[Figure]:
    """How late acknowledgement and delivery are."""
    return [
        Figure(
            group, f"{name}: {word}, {share}", getattr(getattr(ours, field), share), "ms", "less",
            getattr(getattr(bare, field), share) if bare else None,
            asked if field == "delivered" and share == "p99" else None,
        )
        for field, word in (("acknowledged", "acknowledged"), ("delivered", "delivered"))
        for share in ("p50", "p99")
    ]  # fmt: skip


def echo(hall: Hall, seconds: float) -> list[Figure]:
    """What a socket can carry at all: the floor sends back what it gets."""
    bare = hall.floor(Load(seconds, "echo", in_flight=CROWDED))
    if bare is None:
        return []
    return [
        Figure("talk", "floor: a socket that echoes, 64 in flight", bare.per_second, "/s"),
        Figure("talk", "floor: the same, server processor time", bare.server_us, "µs", "less"),
    ]


def rate(hall: Hall, door: Door, per_second: int, seconds: float) -> list[Figure]:
    """How late messages are at a fixed rate."""
    load = Load(seconds, door, rate=per_second)
    ours, bare = hall.product(load), hall.floor(load)
    name = f"{'socket' if door == 'socket' else 'POST'}, {per_second:,}/s"
    figures = late("rate", name, ours, bare, LATE.get(per_second) if door == "socket" else None)
    figures.append(
        Figure(
            "rate", f"{name}: processor time", ours.cost_us, "µs", "less", bare.cost_us if bare else None,
            note="" if ours.per_second > 0.97 * per_second else f"only {ours.per_second:.0f}/s went through",
        )
    )  # fmt: skip
    return figures


def connected(hall: Hall, tokens: Sequence[str], seconds: float, per_second: int = 500) -> list[Figure]:
    """How many silent buyers a GiB of the server's memory holds, and messages while they are there."""
    hall.product(Load(seconds, rate=per_second))  # what the server needs in any case, it needs now
    load = Load(seconds, rate=per_second, idle=tokens)
    ours, bare, count = hall.product(load), hall.floor(load), len(tokens)
    figures: list[Figure] = []
    for word, field in (("silent", "memory_idle"), ("while others talk", "memory_talking")):
        figures.append(
            Figure(
                "idle", f"connected buyers per GiB, {word}", _per_gib(ours, field, count), "",
                floor=_per_gib(bare, field, count) if bare else None, target=CONNECTED,
                note=f"{count:,} held",
            )
        )  # fmt: skip
    figures += late("idle", f"{per_second}/s with {count:,} connected", ours, bare, None)
    return figures


def _per_gib(result: Result, field: str, count: int) -> float:
    grown: int = getattr(result, field) - result.memory_before
    return GIB * count / max(grown, 1)
