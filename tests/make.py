"""What tests need to exist: plain functions that make it, through the program's own actions."""

from collections.abc import AsyncGenerator, Callable, Sequence
from contextlib import asynccontextmanager
from datetime import datetime
from functools import cache
from itertools import count
from pathlib import Path
from uuid import UUID

from xiaoer import main
from xiaoer.identity import queries
from xiaoer.identity.actions import access, people, shops
from xiaoer.identity.model import (
    Marketplace,
    MembershipWish,
    Person,
    PersonKind,
    PersonWish,
    Shop,
    ShopWish,
    StaffRole,
)
from xiaoer.identity.rules import role_of
from xiaoer.kernel.actor import Actor, Role
from xiaoer.plumbing import clock
from xiaoer.plumbing.app import App
from xiaoer.plumbing.clock import new_id
from xiaoer.plumbing.db import Database, Tx
from xiaoer.plumbing.passwords import Passwords
from xiaoer.plumbing.settings import Settings

PASSWORD = "a horse that answers"
SECRET = b"the secret of an installation under test"
_number = count(1)


def fresh_passwords() -> Passwords:
    """Hashes that cost nothing; the real cost is measured elsewhere."""
    return Passwords(time_cost=1, memory_kib=8, parallelism=1, at_once=4)


@cache
def passwords() -> Passwords:
    """The same for every test of this loop."""
    return fresh_passwords()


@cache
def password_hash() -> str:
    """The hash of PASSWORD."""
    return passwords()._hasher.hash(PASSWORD)


# ── in an open transaction ───────────────────────────────────────────────


async def marketplace_in(tx: Tx, *, slug: str | None = None, now: datetime | None = None) -> Marketplace:
    """The marketplace of this transaction."""
    return await shops.create_marketplace(
        tx,
        slug=slug or f"market-{next(_number)}",
        name="小二集市",
        time_zone="Asia/Shanghai",
        currency="CNY",
        language="zh-Hans",
        now=now or clock.now(),
    )


async def shop_in(
    tx: Tx, *, name: str = "山间茶铺", origins: Sequence[str] = (), now: datetime | None = None
) -> Shop:
    """A shop."""
    wish = ShopWish(name=name, external_id=f"shop-{next(_number)}", allowed_origins=list(origins))
    return await shops.create_shop(tx, new_id(), wish, now or clock.now())


async def person_in(
    tx: Tx,
    *,
    role: Role | str = "buyer",
    shops: Sequence[UUID] = (),
    email: str | None = None,
    name: str | None = None,
    memberships: Sequence[tuple[StaffRole, UUID | None]] | None = None,
    now: datetime | None = None,
) -> Person:
    """A person in a role; agents and managers have it in every shop given. `visitor` is a role here too."""
    number = next(_number)
    kinds: dict[str, PersonKind] = {"buyer": "buyer", "visitor": "visitor", "integration": "integration"}
    kind = kinds.get(role, "staff")
    held: list[MembershipWish] = []
    if memberships is not None:
        held = [MembershipWish(one, shop) for one, shop in memberships]
    elif role in {"agent", "manager"}:
        held = [MembershipWish("manager" if role == "manager" else "agent", shop) for shop in shops]
    elif role in {"officer", "administrator"}:
        held = [MembershipWish("officer" if role == "officer" else "administrator")]
    wish = PersonWish(
        display_name=name or f"{role} {number}",
        email=email or (f"{role}{number}@example.com" if kind in {"staff", "buyer"} else None),
        memberships=held,
    )
    return await people.create_person(
        tx,
        new_id(),
        wish,
        password_hash=password_hash() if kind in {"staff", "buyer"} else None,
        now=now or clock.now(),
        kind=kind,
        external_id=f"buyer-{number}" if kind == "buyer" else None,
    )


def actor_of(tenant: UUID, person: Person) -> Actor:
    """The person as an actor, without a session."""
    held = role_of(person.kind, person.memberships)
    assert held is not None, "he has no role"
    role, his_shops, managed = held
    return Actor(
        tenant=tenant,
        person=person.id,
        role=role,
        shops=his_shops,
        managed=managed,
        name=person.display_name,
        language=person.language,
        visitor=person.kind == "visitor",
    )


async def actor_in(tx: Tx, *, role: Role | str = "buyer", shops: Sequence[UUID] = ()) -> Actor:
    """A new person as an actor."""
    return actor_of(tx.tenant, await person_in(tx, role=role, shops=shops))


# ── committed ────────────────────────────────────────────────────────────


async def marketplace(
    database: Database, *, tenant: UUID | None = None, slug: str | None = None
) -> Marketplace:
    """A marketplace of its own."""
    async with database.transaction(tenant or new_id()) as tx:
        return await marketplace_in(tx, slug=slug)


async def shop(
    database: Database, tenant: UUID, *, name: str = "山间茶铺", origins: Sequence[str] = ()
) -> Shop:
    """A shop."""
    async with database.transaction(tenant) as tx:
        return await shop_in(tx, name=name, origins=origins)


async def person(
    database: Database,
    tenant: UUID,
    *,
    role: Role | str = "buyer",
    shops: Sequence[UUID] = (),
    email: str | None = None,
    name: str | None = None,
    memberships: Sequence[tuple[StaffRole, UUID | None]] | None = None,
) -> Person:
    """A person in a role; his password is PASSWORD."""
    async with database.transaction(tenant) as tx:
        return await person_in(tx, role=role, shops=shops, email=email, name=name, memberships=memberships)


async def actor(
    database: Database, tenant: UUID, *, role: Role | str = "buyer", shops: Sequence[UUID] = ()
) -> Actor:
    """A new person as an actor."""
    return actor_of(tenant, await person(database, tenant, role=role, shops=shops))


async def session(database: Database, tenant: UUID, person: Person) -> str:
    """A session of this person: the token for `Client(app, token=…)` or `cookie=…`."""
    async with database.transaction(tenant) as tx:
        fresh = await access.open_session(
            tx, person.id, person.kind, session=new_id(), about="tests", now=clock.now()
        )
    return fresh.text


async def signed_in(
    database: Database, tenant: UUID, *, role: Role | str = "buyer", shops: Sequence[UUID] = ()
) -> tuple[Person, str]:
    """A new person and his session's token."""
    made = await person(database, tenant, role=role, shops=shops)
    return made, await session(database, tenant, made)


# ── the program ──────────────────────────────────────────────────────────


def settings(home: Path | None = None, *, limit_factor: float = 1_000.0) -> Settings:
    """Settings for tests: generous with requests, because tests ask often from one address."""
    folder = home or Path("/nonexistent")
    return Settings(
        home=folder, data=folder, secret=SECRET, limit_factor=limit_factor, payments="memory",
        database_seconds=60.0,  # a crowded machine is slow: nobody is told that nothing was sent
    )  # fmt: skip


def program(
    database: Database,
    *,
    jobs: bool = False,
    limit_factor: float = 1_000.0,
    home: Path | None = None,
    now: Callable[[], datetime] = clock.now,
) -> main.Program:
    """The whole product over this database; its loops run only when a test runs them."""
    return main.build(
        settings(home, limit_factor=limit_factor), database, jobs=jobs, passwords=passwords(), now=now
    )


async def app(database: Database, *, limit_factor: float = 1_000.0, home: Path | None = None) -> App:
    """The application of `program`."""
    return program(database, limit_factor=limit_factor, home=home).app


@asynccontextmanager
async def at_work(made: main.Program) -> AsyncGenerator[main.Program]:
    """The program with its loops running."""
    from xiaoer.plumbing.program import running

    async with running(made.loops):
        yield made


async def widget_key(database: Database, tenant: UUID) -> str:
    """The key a marketplace signs its buyers' ids with."""
    async with database.read(tenant) as tx:
        home = await queries.marketplace(tx)
    return queries.widget_key_of(settings(), tenant, home.secret_number)
