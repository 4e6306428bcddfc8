"""Lives of two marketplaces side by side, through the whole chain from a word to what was made good.

`XIAOER_LIVES=long pytest tests/lives` lives two thousand lives instead of a few; a number lives so many.
"""

import os
from typing import Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.lives import laws
from tests.lives.market import Market
from tests.lives.steps import RULINGS, SAYINGS, UPHELD, WORDS, Step, happens, steps
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


TOLD: Final[list[tuple[int, Step]]] = [
    (0, ("say", "agent", SAYINGS[1])),
    (0, ("story", "blocked", RULINGS[0])),
    (0, ("do", "blocks", 0, ("third", "lift-wrong", WORDS))),
    (0, ("do", "compensation", 0, ("buyer", "contest", {"text": "不够"}))),
    (0, ("story", "convicted", RULINGS[4])),
    (0, ("penalty", "shop", ("abuse", "especially_serious"))),
    (0, ("story", "contested", RULINGS[0])),
    (0, ("story", "undone", RULINGS[0])),
    (1, ("story", "convicted", RULINGS[5])),
    (1, ("story", "undone", RULINGS[0])),
    (0, ("appeal", "penalty", 0, 0, True)),
    (0, ("do", "appeals", 0, ("holder", "decide", UPHELD))),
    (0, ("exam",)),
    (0, ("year",)),
]
"""A life that goes all the way."""


async def lived(database: Database, owner: Connection, life: list[tuple[int, Step]]) -> None:
    """A whole life, with what must hold in it and at its end."""
    here, there = await Market.open(database, owner), await Market.open(database, owner)
    await there.close()  # its own process; from now on one serves both
    both = Life(here, there)
    try:
        for home, step in life:
            await both.live(home, step)
        await stands_like_its_twin(here)
        await both.silence()
        for market in both.both:
            await laws.hold_in_the_end(market)
            await stands_like_its_twin(market)
        await laws.nothing_of_the_other_is_read(here, there)
    finally:
        await here.close()


@pytest.mark.timeout(0 if ASKED else 300)
@settings(LIVED, max_examples=LIVES)
@given(life=st.lists(st.tuples(homes, steps), min_size=3, max_size=LONGEST))
async def test_whatever_happens_the_whole_chain_holds(
    database: Database, owner: Connection, life: list[tuple[int, Step]]
) -> None:
    await lived(database, owner, life)


async def test_a_life_reaches_every_link_of_the_chain(database: Database, owner: Connection) -> None:
    await lived(database, owner, TOLD)
    reached = {name: await owner.fetchval(f"select count(*) from {where}") for name, where in REACHED.items()}
    assert all(reached.values()), reached


REACHED: Final = {
    "numbers": "evidence.seal",
    "complaints upheld": "complaints.happening where event = 'uphold'",
    "rulings carried out": "disputes.ruling where executed_at is not null",
    "rulings taken back": "disputes.ruling where reversed_at is not null",
    "penalties taken back": "penalties.penalty where state = 'reversed'",
    "measures taken back": "measures.measure where ended_why = 'reversed'",
    "blocks that were wrong": "blocks.block where state = 'lifted_wrong'",
    "appeals upheld": "appeals.appeal where state = 'upheld'",
    "what was made good": 'compensation."grant"',
    "money": "ledger.line",
}
