"""One run: every part in its turn, on one machine, with one database, product and floors side by side."""

import asyncio
import contextlib
from collections.abc import Callable, Collection, Generator, Sequence
from dataclasses import dataclass, field
from typing import Final

from msgspec import Struct

from bench import cases, clocks, disputes, guard, history, inspection, talk, world
from bench.calm import settled
from bench.figures import Figure, Target
from bench.floors import rows
from bench.place import Place, Served, floor, product
from bench.plan import Door, Pair, Result
from bench.present import present
from bench.talk import Hall, Load
from bench.world import World
from xiaoer.guard.model import Changes
from xiaoer.plumbing.db import Database
from xiaoer.plumbing.driver import Connection, connect

PARTS: Final = (
    "rows",
    "talk",
    "rate",
    "idle",
    "cases",
    "disputes",
    "history",
    "clocks",
    "guard",
    "inspection",
)
GROWTH: Final = Target(1.3, 1.1)
GUARD: Final = {"60 characters, lists alone": Target(40, 25), "60 characters": Target(150, 60)}
"""Without and with the learned judge of abuse."""
DOORS: Final[tuple[Door, ...]] = ("socket", "post")


class Sizes(Struct, frozen=True):
    """How much is measured: enough for figures, or just enough to see that it works."""

    seconds: float
    small: int
    large: int
    idle: int
    clocks: int
    pages: int
    flights: tuple[int, ...] = (1, 16, 64)
    rates: tuple[int, ...] = (500, 2_000)
    talkers: int = world.TALKERS
    sentences: int = 100_000
    terms: tuple[int, ...] = (5_000, 50_000)
    grow_seconds: float = 240.0
    cases: int = 1_000_000
    disputes: int = 100_000
    store_seconds: float = 80.0
    logged: int = 100_000
    settle_seconds: float = 60.0
    limit_seconds: float = 1_320.0
    """When the parts that need the database are broken off; what was found until then is shown."""


FULL: Final = Sizes(6.0, 100_000, 5_000_000, 9_000, 100_000, 1_000)
QUICK: Final = Sizes(
    1.5,
    20_000,
    200_000,
    1_000,
    3_000,
    200,
    grow_seconds=60.0,
    cases=100_000,
    store_seconds=40.0,
    logged=20_000,
    limit_seconds=420.0,
)
TINY: Final = Sizes(
    0.2,
    500,
    600,
    10,
    5,
    4,
    flights=(2,),
    rates=(50,),
    talkers=4,
    sentences=100,
    terms=(10,),
    cases=50,
    disputes=60,
    logged=50,
    settle_seconds=0.0,
)


@dataclass
class Run:
    """What is there while it runs, and what has been found."""

    place: Place
    sizes: Sizes
    owner: Connection
    home: World
    figures: list[Figure] = field(default_factory=list[Figure])
    say: Callable[[str], None] = print

    def add(self, found: Sequence[Figure]) -> None:
        """Keep figures and show how far we are."""
        self.figures += found
        for one in found:
            self.say(f"  {one.name}: {one.value:,.1f} {one.unit}")


async def measure(place: Place, sizes: Sizes, only: Collection[str] = ()) -> list[Figure]:
    """Every figure of the parts asked for, or of all, as far as there is time."""
    wanted = {part for part in PARTS if not only or part in only}
    owner = await connect(place.url, application="bench")
    try:
        run = Run(place, sizes, owner, await _home(place, owner, sizes.sentences), say=place.say)
        try:
            async with asyncio.timeout(sizes.limit_seconds):
                await _with_database(run, wanted)
        except TimeoutError:
            place.say("time is up: the rest is left out")
    finally:
        await owner.close()
    if "guard" in wanted:
        _guard(run)
    if "inspection" in wanted:
        run.say("inspection of a log")
        run.add(inspection.measure(sizes.logged))
    return run.figures


async def _with_database(run: Run, wanted: set[str]) -> None:
    """The parts that need the database."""
    if "rows" in wanted:
        await _rows(run)
    if wanted & {"talk", "rate", "idle", "cases", "disputes", "history", "clocks"}:
        run.say("history: the first years …")
        await world.grow(run.home, run.owner, run.sizes.small, run.say)
        await _talks(run, wanted)


async def _home(place: Place, owner: Connection, sentences: int) -> World:
    database = await Database.open(place.url)
    try:
        return await world.build(database, owner, sentences)
    finally:
        await database.close()


async def _rows(run: Run) -> None:
    run.say("the database alone")
    for connections, count in ((1, 1), (16, 1), (64, 1), (2, 64)):
        found = await rows.per_second(run.place.url, connections, count, run.sizes.seconds)
        each = "one row a commit" if count == 1 else f"{count} rows a commit"
        run.add([Figure("rows", f"floor: asyncpg, {each}, {connections} connections", found, "rows/s")])


@contextlib.contextmanager
def _open(run: Run) -> Generator[tuple[Served, Served]]:
    """The product with its agents at their desks, and the floor beside it."""
    with product(run.place) as served, present(served, run.home.agent_tokens), floor(run.place) as bare:
        run.say("the server makes good what it missed …")
        settled(run.place, served, run.sizes.settle_seconds)
        yield served, bare


async def _talks(run: Run, wanted: set[str]) -> None:
    sizes = run.sizes
    pairs = await world.pairs(run.home, run.owner, sizes.talkers)
    if "idle" in wanted:  # with servers of their own, in which nothing has happened yet
        with _open(run) as (served, bare):
            hall = Hall(run.place, served, bare, pairs, run.home.agent_tokens)
            tokens = await world.idle(run.home, run.owner, sizes.idle)
            run.add(talk.connected(hall, tokens, sizes.seconds, sizes.rates[0]))
    if wanted & {"talk", "rate", "cases", "disputes", "clocks", "history"}:
        with _open(run) as (served, bare):
            hall = Hall(run.place, served, bare, pairs, run.home.agent_tokens)
            if "talk" in wanted:
                _in_flight(run, hall)
            if "rate" in wanted:
                _rates(run, hall)
            if "cases" in wanted:
                run.add(cases.decisions())
                run.add(
                    await cases.measure(
                        run.place,
                        run.home,
                        served,
                        run.owner,
                        seconds=sizes.seconds,
                        stored=sizes.cases,
                        store_seconds=sizes.store_seconds,
                    )
                )
            if "disputes" in wanted:
                run.add(
                    await disputes.measure(
                        run.place,
                        run.home,
                        served,
                        run.owner,
                        stored=sizes.disputes,
                        store_seconds=sizes.store_seconds,
                        pages=sizes.pages // 10 + 1,
                    )
                )
            if "clocks" in wanted:
                run.add(await clocks.measure(run.place, run.home, served, run.owner, sizes.clocks))
            if "history" in wanted:
                await _history(run, served, pairs)


def _in_flight(run: Run, hall: Hall) -> None:
    run.add(talk.echo(hall, run.sizes.seconds))
    for door in DOORS:
        for count in run.sizes.flights:
            run.add(talk.in_flight(hall, door, count, run.sizes.seconds))


def _rates(run: Run, hall: Hall) -> None:
    for door in DOORS:
        for per_second in run.sizes.rates:
            run.add(talk.rate(hall, door, per_second, run.sizes.seconds))


async def _history(run: Run, served: Served, pairs: Sequence[Pair]) -> None:
    """The same twice: with little behind us, and with much."""
    sizes = run.sizes
    load = Load(sizes.seconds, in_flight=sizes.flights[-1])
    found: list[tuple[int, Result]] = []
    for large in (False, True):
        if large:
            await world.grow(run.home, run.owner, sizes.large, run.say, sizes.grow_seconds)
            pairs = await world.pairs(run.home, run.owner, sizes.talkers)
        hall = Hall(run.place, served, None, pairs, run.home.agent_tokens)
        hall.product(load)  # whoever talks is read for the first time
        found.append((run.home.messages, hall.product(load)))
        run.add(await history.measure(run.home, served, run.owner, sizes.pages))
    run.add(_growth(*found[0], *found[1]))


def _growth(was: int, before: Result, now: int, after: Result) -> list[Figure]:
    return [
        Figure("history", f"processor time of a message, {was:,} stored", before.cost_us, "µs", "less"),
        Figure("history", f"processor time of a message, {now:,} stored", after.cost_us, "µs", "less"),
        Figure(
            "history", "the second as a multiple of the first", after.cost_us / before.cost_us, "×", "less",
            target=GROWTH,
        ),
    ]  # fmt: skip


def _guard(run: Run) -> None:
    run.say("the guard")
    real = list(guard.messages(None))
    for terms in run.sizes.terms:
        book = guard.with_terms(terms, real)
        lists, cut = book.changed(Changes(learned=False)), guard.sixty(real)[:2_000]
        for name, judge, texts in (
            ("real lengths", book, real[:2_000]),
            ("60 characters, lists alone", lists, cut),
            ("60 characters", book, cut),
            ("60 characters, held back", book, guard.sixty(list(guard.held_back()))),
        ):
            found = guard.measured(judge, texts)
            asked = GUARD.get(name) if terms == run.sizes.terms[-1] else None
            what = f"review, {name}, {terms:,} added terms"
            run.add(
                [
                    Figure("guard", f"{what}, mean", found["review"], "µs", "less", found["floor"], asked),
                    Figure("guard", f"{what}, p99", found["p99"], "µs", "less"),
                ]
            )
