"""Lives of two marketplaces side by side, through the whole chain from a word to what was made good.

`XIAOER_LIVES=long pytest tests/lives` lives two thousand lives instead of a few; a number lives so many.
"""

import os
from typing import Final

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.lives import laws
from tests.lives.market import Market
from tests.lives.steps import Step, happens, steps
from tests.lives.twin import stands_like_its_twin
from tests.living import LIVED
from xiaoer.plumbing.db import Database
from xiaoer.plumbing.driver import Connection

ASKED: Final = os.environ.get("XIAOER_LIVES", "")
LIVES: Final = 2_000 if ASKED == "long" else int(ASKED or 4)
LONGEST: Final = 12 if ASKED else 8
homes = st.sampled_from([0, 0, 0, 1])


class Life:
    """Two marketplaces at one moment; what happens in one is nothing to the other."""

    def __init__(self, here: Market, there: Market) -> None:
        self.both = (here, there)
        there.program = here.program  # one process serves both

    async def live(self, home: int, step: Step) -> None:
        """Something happens in one of them."""
        here, there = self.both
        if home:
            there.now = here.now
            await happens(there, step)
            here.now = there.now
        else:
            await happens(here, step)
            there.now = here.now
        await here.settle()
        await laws.hold(self.both[home])

    async def silence(self) -> None:
        """Left alone, everything comes to an end or before people."""
        for _ in range(4):
            await self.both[0].later(days=45)
            self.both[1].now = self.both[0].now


@settings(LIVED, max_examples=LIVES)
@given(life=st.lists(st.tuples(homes, steps), min_size=3, max_size=LONGEST))
async def test_whatever_happens_the_whole_chain_holds(
    database: Database, owner: Connection, life: list[tuple[int, Step]]
) -> None:
    here, there = await Market.open(database, owner), await Market.open(database, owner)
    lived = Life(here, there)
    try:
        for home, step in life:
            await lived.live(home, step)
        await stands_like_its_twin(here)
        await lived.silence()
        for market in lived.both:
            await laws.hold_in_the_end(market)
            await stands_like_its_twin(market)
        await laws.nothing_of_the_other_is_read(here, there)
    finally:
        await here.close()
