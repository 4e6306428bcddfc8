"""The only `now()` and the only new id of the program; doors call them, everybody else is told."""

import secrets
import threading
import time
from datetime import UTC, datetime
from typing import Final
from uuid import UUID

_COUNTER_BITS: Final = 42
_COUNTER_START_BITS: Final = 41  # the top bit is left free, so that a millisecond has room to count up


def now() -> datetime:
    """This moment, aware, in UTC."""
    return datetime.now(UTC)


class IdMaker:
    """Makes UUIDs of version 7 (RFC 9562) that only grow, even when the machine's clock steps back.

    48 bits of Unix milliseconds, 42 that count within the millisecond from a random start, 32 random.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._milliseconds = 0
        self._counter = 0

    def make(self, milliseconds: int) -> UUID:
        """The next id for this moment (Unix milliseconds)."""
        with self._lock:
            if milliseconds > self._milliseconds:
                self._milliseconds = milliseconds
                self._counter = secrets.randbits(_COUNTER_START_BITS)
            else:
                self._counter += 1
                if self._counter >> _COUNTER_BITS:  # used up: borrow the next millisecond
                    self._milliseconds += 1
                    self._counter = secrets.randbits(_COUNTER_START_BITS)
            milliseconds, counter = self._milliseconds, self._counter
        high, low = counter >> 30, counter & 0x3FFF_FFFF
        return UUID(
            int=(milliseconds & 0xFFFF_FFFF_FFFF) << 80
            | 0x7 << 76
            | high << 64
            | 0b10 << 62
            | low << 32
            | secrets.randbits(32)
        )


_maker: Final = IdMaker()


def new_id() -> UUID:
    """A new id: a UUID of version 7, greater than every earlier one of this process."""
    return _maker.make(time.time_ns() // 1_000_000)
