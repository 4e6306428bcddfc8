"""The demonstration: a small marketplace with shops, staff and buyers, built by the program's own actions."""

import asyncio
from collections.abc import Sequence
from datetime import datetime
from typing import Final
from uuid import UUID

import click
from msgspec import Struct

from xiaoer.cli import (
    demo_court,
    demo_desk,
    demo_grading,
    demo_learning,
    demo_money,
    demo_penalties,
    demo_trade,
)
from xiaoer.cli.database import database as database_of
from xiaoer.cli.database import told
from xiaoer.cli.demo_desk import Cast
from xiaoer.evidence.rules.sign import Signer
from xiaoer.identity import queries, rules
from xiaoer.identity.actions import people, shops
from xiaoer.identity.model import MembershipWish, PersonWish, Shop, ShopWish, StaffRole
from xiaoer.kernel.refusal import Refusal
from xiaoer.plumbing import clock, migrate, postgres
from xiaoer.plumbing.clock import new_id
from xiaoer.plumbing.db import Database, Tx
from xiaoer.plumbing.passwords import Passwords
from xiaoer.plumbing.settings import Settings

SLUG: Final = "demo"
PASSWORD: Final = "xiaoer-demo"  # noqa: S105 - it is printed on the screen
SHOPS: Final = (("apparel", "山茶服饰"), ("digital", "云帆数码"), ("fresh", "拾味生鲜"))
COURT_SHOPS: Final = (("stationery", "集雅文具"),)
"""Where what the court judged has its effect: the other shops go on selling."""


class Account(Struct, frozen=True):
    """Somebody a new user can be."""

    who: str
    login: str
    password: str
    page: str


class Colleague(Struct, frozen=True):
    """Somebody of the staff: `shops` by their place in SHOPS, None for the whole marketplace."""

    login: str
    name: str
    role: StaffRole
    shops: tuple[int, ...] | None


ACCOUNTS: Final = (
    Account("Buyer", "buyer@demo.xiaoer", PASSWORD, "/buyer"),
    Account("Agent", "agent@demo.xiaoer", PASSWORD, "/desk"),
    Account("Manager", "manager@demo.xiaoer", PASSWORD, "/merchant"),
    Account("Officer", "officer@demo.xiaoer", PASSWORD, "/desk"),
    Account("Administrator", "admin@demo.xiaoer", PASSWORD, "/admin"),
)
STAFF: Final = (
    Colleague("agent@demo.xiaoer", "林小满", "agent", (0, 1)),
    Colleague("agent2@demo.xiaoer", "周一帆", "agent", (1,)),
    Colleague("agent3@demo.xiaoer", "何清", "agent", (2,)),
    Colleague("agent4@demo.xiaoer", "苏禾", "agent", (0, 2)),
    Colleague("manager@demo.xiaoer", "陈默", "manager", (0, 1, 2, 3)),
    Colleague("manager2@demo.xiaoer", "许诺", "manager", (2,)),
    Colleague("officer@demo.xiaoer", "方正", "officer", None),
    Colleague("admin@demo.xiaoer", "沈言", "administrator", None),
)
COURT_STAFF: Final = (
    Colleague("agent5@demo.xiaoer", "马跃", "agent", (3,)),
    Colleague("officer2@demo.xiaoer", "顾白", "officer", None),
    Colleague("officer3@demo.xiaoer", "许明", "officer", None),
)
BUYERS: Final = (
    ("buyer@demo.xiaoer", "王小明"),
    ("buyer2@demo.xiaoer", "李静"),
    ("buyer3@demo.xiaoer", "张伟"),
    ("buyer4@demo.xiaoer", "赵敏"),
    ("buyer5@demo.xiaoer", "孙浩"),
    ("buyer6@demo.xiaoer", "钱多多"),
    ("buyer7@demo.xiaoer", "吴桐"),
    ("buyer8@demo.xiaoer", "郑爽朗"),
    ("buyer9@demo.xiaoer", "Emma Carter"),
    ("buyer10@demo.xiaoer", "佐藤葵"),
    ("buyer11@demo.xiaoer", "김민지"),
    ("buyer12@demo.xiaoer", "María López"),
)


@click.command()
def command() -> None:
    """Make the demonstration marketplace beside whatever is there; nothing when it is there already."""
    with told():
        settings = Settings.load()
        with database_of(settings) as url:
            asyncio.run(_make(url, settings))
    for one in ACCOUNTS:
        click.echo(f"{one.who}\t{one.login}\t{one.password}\t{settings.public_url}{one.page}")


async def _make(url: str, settings: Settings) -> None:
    if settings.database_url is None:
        await postgres.make_database(url)
        await migrate.migrate(url)
    database = await Database.open(url, application="xiaoer demo")
    try:
        await build(database, settings)
    finally:
        await database.close()


async def is_empty(database: Database) -> bool:
    """Whether there is no marketplace yet."""
    async with database.system() as tx:
        return not await queries.some_marketplaces(tx)


async def accounts(database: Database) -> tuple[Account, ...]:
    """Whom one can sign in as, when the demonstration is here."""
    async with database.system() as tx:
        try:
            await queries.marketplace_named(tx, SLUG)
        except Refusal:
            return ()
    return ACCOUNTS


async def build(database: Database, settings: Settings | None = None) -> None:
    """Make the demonstration, all of it or nothing; nothing when it is there already.

    With settings, whose secret signs evidence, it has a court that is at work as well.
    """
    if await accounts(database):
        return
    now = clock.now()
    cost = rules.access().hash_cost
    passwords = Passwords(
        time_cost=cost.time_cost, memory_kib=cost.memory_kib, parallelism=cost.parallelism, at_once=1
    )
    kept = await passwords.hash(PASSWORD)
    court = settings is not None
    places, staff = (SHOPS + COURT_SHOPS, STAFF + COURT_STAFF) if court else (SHOPS, STAFF)
    async with database.transaction(new_id()) as tx:
        await shops.create_marketplace(
            tx,
            slug=SLUG,
            name="小二集市",
            time_zone=demo_trade.ZONE,
            currency=demo_trade.CURRENCY,
            language="zh-Hans",
            now=now,
        )
        made = [
            await shops.create_shop(tx, new_id(), ShopWish(name=name, external_id=external_id), now)
            for external_id, name in places
        ]
        ids = await _staff(tx, made, staff, kept, now) | await _buyers(tx, kept, now)
        await demo_trade.build(tx, now)
        await demo_money.build(tx, [shop.id for shop in made], now)
        await demo_penalties.build(tx, made[2].id, ids["officer@demo.xiaoer"], now)
        known = await queries.people(tx, list(ids.values()))  # orders have told more of the buyers
        people_ = {name: known[person] for name, person in ids.items()}
        by_name = {external_id: shop.id for (external_id, _), shop in zip(places, made, strict=True)}
        cast = Cast(by_name, people_)
        ended = await demo_desk.build(tx, cast, now)
        graders = [(ids["officer@demo.xiaoer"], "officer"), (ids["manager@demo.xiaoer"], "manager")]
        agent = ids["agent@demo.xiaoer"]
        await demo_grading.build(tx, ended, made[0].id, agent=agent, graders=graders, now=now)
        await demo_learning.build(tx, ended, cast, made[0].id, now)
        if settings is not None:
            await demo_court.build(tx, cast, Signer(settings.key(f"evidence:{tx.tenant}")), now)


async def _staff(
    tx: Tx, made: list[Shop], staff: Sequence[Colleague], kept: str, now: datetime
) -> dict[str, UUID]:
    found: dict[str, UUID] = {}
    for one in staff:
        there = [place for place in one.shops or () if place < len(made)]
        places = [None] if one.shops is None else [made[place].id for place in there]
        wish = PersonWish(
            display_name=one.name,
            email=one.login,
            memberships=[MembershipWish(one.role, place) for place in places],
        )
        found[one.login] = (await people.create_person(tx, new_id(), wish, password_hash=kept, now=now)).id
    return found


async def _buyers(tx: Tx, kept: str, now: datetime) -> dict[str, UUID]:
    """They are called as their marketplace calls them: `buyer-1`, `buyer-2` …"""
    found: dict[str, UUID] = {}
    for number, (login, name) in enumerate(BUYERS, 1):
        external_id = f"buyer-{number}"
        wish = PersonWish(display_name=name, email=login)
        made = await people.create_person(
            tx, new_id(), wish, password_hash=kept, now=now, kind="buyer", external_id=external_id
        )
        found[external_id] = made.id
    return found
