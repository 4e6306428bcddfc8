"""What the generator is told to do, and what it answers: both travel as JSON between two processes."""

from typing import Literal
from uuid import UUID

from msgspec import Struct

Door = Literal["socket", "post", "echo"]


class Pair(Struct, frozen=True):
    """A buyer and an agent (his place in the list of agents) who talk."""

    shop: UUID
    conversation: UUID
    buyer: str
    agent: int


class Plan(Struct, frozen=True, kw_only=True):
    """One measurement: so many in flight, or so many a second."""

    port: int
    server: int
    postgres: int
    pairs: list[Pair]
    agents: list[str]
    door: Door = "socket"
    in_flight: int = 0
    rate: float = 0.0
    seconds: float = 4.0
    warm_seconds: float = 1.0
    idle: list[str] = []
    """Credentials of buyers who are connected and say nothing."""


class Times(Struct, frozen=True):
    """Milliseconds: the middle one, and the one that 99 of 100 do not exceed."""

    p50: float
    p99: float


class Result(Struct, frozen=True, kw_only=True):
    """What came of it."""

    messages: int
    seconds: float
    refused: int
    lost: int
    fault: str
    acknowledged: Times
    delivered: Times
    server_us: float
    postgres_us: float
    generator_us: float
    memory_before: int = 0
    memory_idle: int = 0
    memory_talking: int = 0

    @property
    def per_second(self) -> float:
        return self.messages / self.seconds

    @property
    def cost_us(self) -> float:
        """Processor time of server and database for one message."""
        return self.server_us + self.postgres_us


def times(seconds: list[float]) -> Times:
    """The figures of a list of durations."""
    if not seconds:
        return Times(0.0, 0.0)
    ordered = sorted(seconds)
    return Times(
        ordered[len(ordered) // 2] * 1e3, ordered[min(len(ordered) - 1, len(ordered) * 99 // 100)] * 1e3
    )
