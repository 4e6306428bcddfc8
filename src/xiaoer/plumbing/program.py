"""The loops of a process: started together, started again when one breaks, ended together."""

import asyncio
import contextlib
from collections.abc import AsyncGenerator, Awaitable, Callable, Sequence
from typing import Final, Protocol, runtime_checkable

from msgspec import Struct
from prometheus_client import Counter

from xiaoer.plumbing import log

AGAIN_SECONDS: Final = (0.1, 1.0, 5.0, 15.0)
END_SECONDS: Final = 10.0
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
