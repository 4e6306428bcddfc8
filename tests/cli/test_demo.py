"""The demonstration: built once, quickly, complete, and quiet once the program runs over it."""

import asyncio
import os
import sys
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests import make
from tests.client import Client
from xiaoer.cli import demo, demo_desk
from xiaoer.cli.demo_trade import table
from xiaoer.orders.rules.words import FLAGS, STATES
from xiaoer.plumbing.db import Database
from xiaoer.plumbing.driver import Connection

NOT_SOLD = {
    "newspaper", "tyres", "pets", "ceramics", "household", "cosmetics",
    "gold", "watches", "bags", "jewellery", "shoes",
}  # fmt: skip
"""Kinds of goods that none of the three shops sells."""


async def count(owner: Connection, sql: str) -> int:
    return await owner.fetchval(f"select count(*) from {sql}")


async def test_it_is_built_once(database: Database, owner: Connection):
    assert await demo.is_empty(database)
    await demo.build(database)
    assert not await demo.is_empty(database)
    tables = [
        "identity.person",
        "identity.shop",
        "orders.purchase",
        "orders.item",
        "routing.queue",
        "conversations.entry",
        "conversations.canned",
        "clocks.calendar",
    ]
    before = [await count(owner, one) for one in tables]
    await demo.build(database)
    assert [await count(owner, one) for one in tables] == before
    assert before[:3] == [len(demo.STAFF) + len(demo.BUYERS), 3, 40]


async def test_every_state_and_flag_is_there(database: Database, owner: Connection):
    await demo.build(database)
    states = await owner.fetch("select state, count(*) as n from orders.purchase group by state")
    assert {row["state"] for row in states} == set(STATES.values())
    flags = await owner.fetch("select distinct unnest(flags) as flag from orders.product")
    assert {row["flag"] for row in flags} == set(FLAGS.values()) - NOT_SOLD
    assert await count(owner, "orders.payment where kind = 'refund'") >= 3
    assert await count(owner, "orders.purchase where on_time_insurance and signed_at is null") >= 3
    assert await count(owner, "orders.purchase where placed_at > now()") == 0
    assert (
        await count(owner, "orders.purchase where dispatched_at < placed_at or signed_at < dispatched_at")
        == 0
    )
    talks = Counter(row["state"] for row in await owner.fetch("select state from conversations.conversation"))
    assert {"closed", "assigned", "queued"} <= talks.keys()
    assert sum(talks.values()) == len(table("talk")["talk"])


@pytest.mark.parametrize("account", demo.ACCOUNTS, ids=lambda one: one.who)
async def test_everybody_can_sign_in_and_finds_something(database: Database, account: demo.Account):
    await demo.build(database)
    app = await make.app(database)
    wish = {"login": account.login, "password": account.password}
    signed = await Client(app).post("/public/v1/sign-in", wish)
    assert signed.status == 200
    client = Client(app, cookie=signed.cookies["xiaoer_session"])
    assert await demo.accounts(database) == demo.ACCOUNTS
    if account.who == "Buyer":
        assert len((await client.get("/public/v1/orders")).json["data"]) >= 4
        assert len((await client.get("/public/v1/conversations")).json["data"]) == 1
    elif account.who in {"Agent", "Manager"}:
        for shop in signed.json["shops"][:2]:
            answer = await client.get(f"/api/v1/shops/{shop['id']}/conversations", view="queue")
            assert answer.json["data"], shop
            assert (await client.get(f"/api/v1/shops/{shop['id']}/canned")).json["data"]


async def test_the_program_leaves_it_as_it_is(database: Database, owner: Connection):
    """Reactions to what was built change no conversation: answers stay, what waits goes on waiting."""
    await demo.build(database)
    sql = "select id, state, version, assignee, unread_shop from conversations.conversation order by id"
    before = [tuple(row) for row in await owner.fetch(sql)]
    program = make.program(database, jobs=True)
    async with make.at_work(program):
        while await count(owner, "plumbing.outbox"):
            await database.ping()
    after = [tuple(row) for row in await owner.fetch(sql)]
    open_hours = {row[0] for row in before if row[1] != "queued"}
    assert [row for row in after if row[0] in open_hours] == [row for row in before if row[0] in open_hours]
    assert [row[1] for row in after] == [row[1] for row in before]
    assert await count(owner, "plumbing.retry") == await count(owner, "plumbing.dead_letter") == 0


async def test_people_grade_and_learn(database: Database, owner: Connection):
    """Something to grade, an appealed score, unsatisfied dialogues, a nominated talk, an exam."""
    await demo.build(database)
    program = make.program(database, jobs=True)
    async with make.at_work(program):
        while await count(owner, "plumbing.outbox"):
            await database.ping()
    assert await count(owner, "plumbing.retry") == await count(owner, "plumbing.dead_letter") == 0
    assert await states(owner, "grading.sample") >= {"drawn", "settled"}
    assert await states(owner, "grading.score_appeal") == {"lodged"}
    assert await states(owner, "learning.dialogue") >= {"found", "planned"}
    assert await states(owner, "learning.lesson") == {"proposed", "published"}
    assert await count(owner, "learning.exam where jsonb_array_length(questions) > 0") == 1
    assert await count(owner, "learning.task where done_at is null") == 1


async def test_the_court_is_at_work(database: Database, owner: Connection, tmp_path: Path):
    """Quarrels of every stage, each waiting for somebody; the program takes it from there."""
    settings = make.settings(tmp_path)
    await demo.build(database, settings)
    before = [await count(owner, one) for one in COURT]
    await demo.build(database, settings)
    assert [await count(owner, one) for one in COURT] == before
    program = make.program(database, jobs=True)
    async with make.at_work(program):
        while await count(owner, "plumbing.outbox"):
            await database.ping()
    assert await count(owner, "plumbing.retry") == await count(owner, "plumbing.dead_letter") == 0
    assert await states(owner, "complaints.complaint") >= {"lodged", "accepted", "apology_offered", "upheld"}
    assert await states(owner, "disputes.dispute") == {"negotiation", "evidence", "decided", "under_appeal"}
    assert await states(owner, "appeals.appeal") == {"assigned"}
    assert await states(owner, "blocks.block") == {"lifted_wrong", "in_review"}
    assert await states(owner, "compensation.grant") >= {"held", "waiting"}
    assert await count(owner, "penalties.penalty where points = 12 and state = 'appealable'") == 1
    assert await count(owner, "measures.measure where exam and state = 'in_force'") >= 1
    assert await count(owner, "evidence.seal") == 5
    assert await count(owner, f"({EARLIER_THAN_BEFORE}) as wrong") == 0


EARLIER_THAN_BEFORE = """
    select 1
    from ledger.line l
    join ledger.posting p on p.tenant = l.tenant and p.id = l.posting
    join ledger.line b on b.tenant = l.tenant and b.kind = l.kind and b.owner = l.owner
      and b.currency = l.currency and b.number < l.number
    join ledger.posting q on q.tenant = b.tenant and q.id = b.posting
    where p.at < q.at and l.kind like 'shop%'
"""
"""Lines of a shop's account that tell of an earlier moment than a line before them."""

COURT = (
    "identity.person",
    "complaints.complaint",
    "disputes.dispute",
    "disputes.exhibit",
    "appeals.appeal",
    "penalties.penalty",
    "measures.measure",
    "blocks.block",
    "compensation.grant",
    "conversations.entry",
)


async def states(owner: Connection, table_: str) -> set[str]:
    return {row["state"] for row in await owner.fetch(f"select state from {table_}")}


@pytest.mark.parametrize(
    ("text", "hours"),
    [("-3m", 0.05), ("-90m", 1.5), ("-1d 20:00", 24.0), ("-2d 08:00", 60.0), ("-0d 23:59", 0.0)],
)
def test_moments_lie_in_the_past(text: str, hours: float):
    now = datetime(2026, 11, 11, 12, 0, tzinfo=UTC)  # eight in the evening in Shanghai
    assert now - demo_desk.moment(text, now) == timedelta(hours=hours)


def test_the_tables_name_only_what_is_there():
    shops = {name for name, _ in demo.SHOPS}
    logins = {one.login for one in demo.STAFF}
    court_logins = {one.login for one in demo.COURT_STAFF}
    orders, goods = table("orders"), table("goods")
    court = table("court")
    assert {one["shop"] for one in court["order"]} == {name for name, _ in demo.COURT_SHOPS}
    for talk in court["talks"].values():
        assert talk["shop"] in shops | {name for name, _ in demo.COURT_SHOPS}
        assert {line["who"] for line in talk["lines"]} <= logins | court_logins | {"buyer"}
    assert {one["shop"] for one in orders["order"]} == {one["shop"] for one in goods["product"]} == shops
    assert {one["id"] for one in orders["buyer"]} == {f"buyer-{n}" for n in range(1, len(demo.BUYERS) + 1)}
    assert len({one["id"] for one in orders["order"]}) == len(orders["order"])
    for talk in table("talk")["talk"]:
        assert talk["shop"] in shops
        assert {line["who"] for line in talk["lines"]} <= logins | {"buyer"}


def test_nothing_of_the_demonstration_looks_real():
    """Phone numbers are of one invented block, addresses name no real company."""
    for number, buyer in enumerate(table("orders")["buyer"], 1):
        assert buyer["phone"] == buyer["address"]["phone"] == f"139000000{number:02d}"


async def test_the_command_makes_it_and_says_who_one_can_be(
    database: Database, database_url: str, tmp_path: Path
):
    environ = {**os.environ, "XIAOER_DATABASE_URL": database_url, "XIAOER_HOME": str(tmp_path)}
    said: list[bytes] = []
    for _ in range(2):
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "xiaoer.cli.main", "demo", env=environ, stdout=asyncio.subprocess.PIPE
        )
        out, _ = await process.communicate()
        assert process.returncode == 0
        said.append(out)
    assert said[0] == said[1]
    assert b"buyer@demo.xiaoer\txiaoer-demo" in said[0]
    assert await demo.accounts(database) == demo.ACCOUNTS
