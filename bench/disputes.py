"""The court: a mediator's bench and the docket, with few and with many disputes stored.

Disputes are made by statements over sets; what is measured goes through an officer's own doors.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Final
from uuid import UUID

import msgspec

from bench import usage
from bench import world as worlds
from bench.figures import Figure, Target
from bench.place import HOST, Place, Served
from bench.plan import times
from bench.wire import Requests
from bench.world import World
from xiaoer.plumbing.driver import Connection

CHUNK: Final = 20_000
BENCH: Final = Target(100, 40)
DOCKET: Final = Target(50, 25)
_OFFICER: Final = """
with made as (
    insert into identity.person (tenant, id, kind, display_name, created_at)
    select $1, bench.id(9, 1), 'staff', '小二', now()
    on conflict do nothing
)
insert into identity.membership (tenant, person, role, created_at)
values ($1, bench.id(9, 1), 'officer', now())
on conflict do nothing
"""
_STORED: Final = """
with made as (
    insert into disputes.dispute (
        tenant, id, number, kind, shop, claimant_kind, claimant, respondent_kind, respondent, buyer, state,
        version, currency, asked_minor, paid_minor, issue_kinds, officer, outcome, favour, clock, due_at,
        rules_at, rules_version, opened_at, moved_at, closed_at)
    select $1, bench.id(7, n), 'B-' || n, 'after_sale', ($2::uuid[])[1 + n % $3], 'person',
        bench.id(2, 1 + n % $6), 'shop', ($2::uuid[])[1 + n % $3], bench.id(2, 1 + n % $6),
        case when n % 20 = 0 then 'hearing' else 'closed' end,
        3, 'CNY', 1000 + n % 5000, 10000, array['visible_quality'], bench.id(9, 1),
        case when n % 20 <> 0 then 'refund' end, case when n % 20 <> 0 then 'claimant' end,
        case when n % 20 = 0 then 'disputes.hearing' end,
        case when n % 20 = 0 then now() + n % 7200 * interval '1 minute' end,
        now(), 'taobao.0', bench.at(n, 1), bench.at(n, 1), case when n % 20 <> 0 then bench.at(n, 9) end
    from generate_series($4::bigint, $5::bigint) as n
    returning id, shop, opened_at, state, asked_minor
), issues as (
    insert into disputes.issue (
        tenant, dispute, id, place, issue, words, stage, standing, rule_row, holder, must, shown, silent,
        refused, due_at, settled, favour, decided_by)
    select $1, id, id, 1, 'visible_quality', '有裂纹', 2, 'usual', 'D3-1.2', 'respondent', 'explanation',
        'next', 'claimant', 'claimant', null, true, 'claimant', 'silence'
    from made
), exhibits as (
    insert into disputes.exhibit (
        tenant, dispute, id, number, side, kind, text, timing, accept, weight, rule_row, at)
    select $1, id, id, 1, 'claimant', 'photo_video', '照片', 'in_time', 'yes', 'ordinary', 'D7-3a', opened_at
    from made
), rulings as (
    insert into disputes.ruling (
        tenant, id, dispute, round, by, issues, facts_found, used, refused, money, rows, rules_version,
        automated, text, outcome, favour, made_at, executed_at)
    select $1, id, id, 1, 'officer', '[]', array['支持'], array[id], '[]', '[]', '[]', 'taobao.0',
        false, '支持', 'refund', 'claimant', opened_at, opened_at
    from made where state = 'closed'
), precedents as (
    insert into disputes.precedent (
        tenant, ruling, issue, dispute, shop, kind, category, standing, stage, rule_row, outcome, favour,
        asked_minor, amount_minor, made_at)
    select $1, id, id, id, shop, 'visible_quality', '', 'usual', 2, 'D3-1.2', 'refund', 'claimant',
        asked_minor, asked_minor, opened_at
    from made where state = 'closed'
)
insert into disputes.happening (tenant, dispute, version, id, at, event, side, from_state, state)
select $1, id, v, id, opened_at, 'said', 'claimant', 'evidence', 'evidence'
from made, generate_series(1, 3) as v
"""


class _Line(msgspec.Struct):
    id: UUID


class _Page(msgspec.Struct):
    data: list[_Line]
    next_cursor: str | None


async def measure(
    place: Place,
    world: World,
    served: Served,
    owner: Connection,
    *,
    stored: int,
    store_seconds: float,
    pages: int,
) -> list[Figure]:
    """The bench and the docket with few disputes stored, and with many."""
    await owner.execute(_OFFICER, world.tenant)
    officer = await owner.fetchval("select bench.id(9, 1)")
    token = (await worlds.sessions(world, owner, [officer]))[0]
    court = Court(place, served, token)
    few = await store(world, owner, 0, min(stored, 100), store_seconds)
    found = await court.measure(f"{few:,} disputes stored", pages)
    many = await store(world, owner, few, stored, store_seconds)
    return found + await court.measure(f"{many:,} disputes stored", pages)


async def store(world: World, owner: Connection, done: int, count: int, seconds: float) -> int:
    """So many disputes behind the shops, one in twenty open; fewer when time is up."""
    end = time.monotonic() + seconds
    await owner.execute("set statement_timeout = 0; set synchronous_commit = off")
    while done < count and time.monotonic() < end:
        last = min(done + CHUNK, count)
        shops, buyers = world.shops, max(world.conversations, 1)
        await owner.execute(_STORED, world.tenant, shops, len(shops), done + 1, last, buyers)
        done = last
    for table in ("dispute", "issue", "exhibit", "ruling", "precedent", "happening"):
        await owner.execute(f"vacuum (analyze) disputes.{table}")
    await owner.execute("reset synchronous_commit")
    return done


@dataclass(frozen=True)
class Court:
    """An officer's doors, and the processes behind them."""

    place: Place
    served: Served
    token: str

    async def measure(self, stored: str, pages: int) -> list[Figure]:
        """Pages of the docket, then the bench of some disputes of each: by the clock and by the processor."""
        wire = await Requests.open(HOST, self.served.port)
        try:
            docket = _Read()
            lines: list[UUID] = []
            with self._noted(docket):
                cursor: str | None = None
                for _ in range(pages):
                    place = f"&starting_after={cursor}" if cursor else ""
                    body = await docket.get(wire, f"/platform/v1/disputes?limit=25{place}", self.token)
                    page = msgspec.json.decode(body, type=_Page)
                    lines += [one.id for one in page.data[:4]]
                    cursor = page.next_cursor
            bench = _Read()
            with self._noted(bench):
                for line in lines:
                    await bench.get(wire, f"/platform/v1/disputes/{line}", self.token)
        finally:
            wire.hang_up()
        return [
            *bench.figures(f"a bench, {stored}", BENCH),
            *docket.figures(f"a page of the docket, {stored}", DOCKET),
        ]

    @contextmanager
    def _noted(self, read: "_Read") -> Iterator[None]:
        """What both processes use meanwhile is what the reading cost."""
        server, database = self._used()
        yield
        after = self._used()
        read.server_seconds, read.database_seconds = after[0] - server, after[1] - database

    def _used(self) -> tuple[float, float]:
        return usage.seconds_of(self.served.process), usage.seconds_of_family(self.place.postgres)


@dataclass
class _Read:
    """What was read, how long each took, and what all of it cost."""

    took: list[float] = field(default_factory=list[float])
    server_seconds: float = 0.0
    database_seconds: float = 0.0

    async def get(self, wire: Requests, path: str, token: str) -> bytes:
        start = time.perf_counter()
        body = await wire.get(path, token)
        self.took.append(time.perf_counter() - start)
        return body

    def figures(self, name: str, asked: Target) -> list[Figure]:
        """Beside the p99 stands the processor time, which neighbours spoil least."""
        each = 1_000_000 / len(self.took)
        server, database = self.server_seconds * each, self.database_seconds * each
        shares = f"server {server:,.0f}, database {database:,.0f}"
        return [
            Figure("disputes", f"{name}, p99", times(self.took).p99, "ms", "less", target=asked),
            Figure("disputes", f"{name}, processor time", server + database, "µs", "less", note=shares),
        ]
