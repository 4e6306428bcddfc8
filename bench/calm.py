"""When a server that has just started rests: it makes good what it missed first.

Days are closed and long talks inspected after a start; that is not the price of a message.
"""

import time
from typing import Final

from bench import usage
from bench.place import Place, Served

LOOK_SECONDS: Final = 1.0
SHARE: Final = 0.08
LOOKS: Final = 2
"""A server rests when so many times in a row it and its database have used less than this share of a core."""


def settled(place: Place, served: Served, seconds: float) -> None:
    """Wait until the server rests, or time is up."""
    end, calm = time.monotonic() + seconds, 0
    used = _used(place, served)
    while calm < LOOKS and time.monotonic() < end:
        time.sleep(LOOK_SECONDS)
        now = _used(place, served)
        calm = calm + 1 if now - used < SHARE * LOOK_SECONDS else 0
        used = now


def _used(place: Place, served: Served) -> float:
    return usage.seconds_of(served.process) + usage.seconds_of_family(place.postgres)
