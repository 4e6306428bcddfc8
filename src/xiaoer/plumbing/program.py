"""The loops of a process: started together, started again when one breaks, ended together."""

import asyncio
import contextlib
import gc
import time
from collections.abc import AsyncGenerator, Awaitable, Callable, Sequence
from typing import Final, NoReturn, Protocol, runtime_checkable

from msgspec import Struct
from prometheus_client import Counter
from structlog.typing import FilteringBoundLogger

from xiaoer.plumbing import log

AGAIN_SECONDS: Final = (0.1, 1.0, 5.0, 15.0)
END_SECONDS: Final = 10.0
REST_SHARE: Final = 1.0
REST_SECONDS: Final = 5.0
SLICE_SECONDS: Final = 0.004
SHORT_SECONDS: Final = 0.002
SHORT_REST_SECONDS: Final = 0.01
YOUNG_OBJECTS: Final = (20_000, 50, 20)
"""How many new objects there are before Python looks for circles among them; how often among older ones."""

_BROKEN: Final = Counter("xiaoer_loops_broken", "Loops that broke and were started again", ["name"])
_log: Final = log.get("program")


class Loop(Struct, frozen=True):
    """Something that runs as long as the process does. `run` returns only when it is cancelled."""

    name: str
    run: Callable[[], Awaitable[None]]


@runtime_checkable
class Closable(Protocol):
    """A service that has something to finish before the process ends."""

    async def close(self) -> None:
        """Finish what is in hand."""
        ...


class Slice:
    """Lets others in this process come in between while something is computed for long."""

    def __init__(self) -> None:
        self._since = time.perf_counter()

    async def pause(self) -> None:
        """Give way once a slice of time is used up."""
        if time.perf_counter() - self._since >= SLICE_SECONDS:
            await asyncio.sleep(0)
            self._since = time.perf_counter()


class ShortSlice(Slice):
    """The same for what nobody waits for: shorter, and each slice rests as long as it worked.

    A message on its way needs several turns of the loop and would meet the next slice at each of them.
    """

    async def pause(self) -> None:
        """Rest once a slice of time is used up."""
        if rest := rest_after(time.perf_counter() - self._since):
            await asyncio.sleep(rest)
            self._since = time.perf_counter()


def rest_after(worked: float) -> float:
    """Seconds a short slice rests: as long as it worked, within bounds; 0 while it is not used up."""
    return min(worked * REST_SHARE, SHORT_REST_SECONDS) if worked >= SHORT_SECONDS else 0.0


class Breather:
    """Lets work that catches up rest for as long as it worked: whoever talks now comes in between."""

    def __init__(self) -> None:
        self._since = time.perf_counter()

    async def rest(self) -> None:
        """After a piece of work: rest in proportion to it, and begin to count anew."""
        worked = time.perf_counter() - self._since
        await asyncio.sleep(min(worked * REST_SHARE, REST_SECONDS))
        self._since = time.perf_counter()


def settle_memory() -> None:
    """What is loaded by now stays: the search for circles passes over it, and comes seldom.

    Python's own measure (700 new objects) has a server that talks walk through everything it holds, again and
    again: an eighth of its time.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(*YOUNG_OBJECTS)


async def over_and_over(
    work: Callable[[], Awaitable[object]], *, rest_seconds: float, log: FilteringBoundLogger, interrupted: str
) -> NoReturn:
    """Do work until cancelled; what broke off, for the database may be away, is tried at the next turn."""
    while True:
        try:
            await work()
        except Exception:  # noqa: BLE001  what is due waits in the database
            log.warning(interrupted)
        await asyncio.sleep(rest_seconds)


@contextlib.asynccontextmanager
async def running(loops: Sequence[Loop]) -> AsyncGenerator[None]:
    """Run all loops beside what happens inside; end them afterwards."""
    tasks = [asyncio.create_task(_keep_running(loop), name=loop.name) for loop in loops]
    try:
        yield
    finally:
        for task in tasks:
            task.cancel()
        if tasks:
            _, late = await asyncio.wait(tasks, timeout=END_SECONDS)
            for task in late:
                _log.warning("loop_does_not_end", name=task.get_name())


async def _keep_running(loop: Loop) -> None:
    failures = 0
    while True:
        try:
            await loop.run()
        except Exception:  # noqa: BLE001 - whatever broke it, the product needs it running
            _log.exception("loop_broken", name=loop.name)
        _BROKEN.labels(loop.name).inc()
        await asyncio.sleep(AGAIN_SECONDS[min(failures, len(AGAIN_SECONDS) - 1)])
        failures += 1
