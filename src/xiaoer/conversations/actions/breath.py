"""How long the next batch waits for those who are just being answered, learnt from whether they came."""

from typing import Final

CROWD: Final = 8
SHARE: Final = 0.25
SECONDS: Final = 0.01
"""After a batch of at least `CROWD` the next one waits for this share of what it took, and never longer than
this. Without it two halves of a crowd take turns for good, each paying for a batch of its own."""

TRY_AGAIN: Final = 16
"""Where fewer than half of those answered spoke again, so many batches go on at once before the next trial:
messages that come at a pace of their own are only later for being waited for."""


class Breath:
    """Remembers whether the last wait brought those it was for."""

    def __init__(self) -> None:
        self._answered = 0
        self._skip = 0

    def after(self, answered: int, seconds: float) -> float:
        """Seconds to wait after a batch of so many that took so long; 0 for none."""
        self._answered = 0
        if answered < CROWD:
            return 0.0
        if self._skip:
            self._skip -= 1
            return 0.0
        self._answered = answered
        return min(seconds * SHARE, SECONDS)

    def drawn(self, came: int) -> None:
        """The wait is over; so many have come meanwhile."""
        if self._answered and came * 2 < self._answered:
            self._skip = TRY_AGAIN
        self._answered = 0
