"""`xiaoer marketplace`: opens a marketplace with its first administrator, and helps one back in."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

import click

from xiaoer.cli.database import database, told
from xiaoer.identity import queries, rules
from xiaoer.identity.actions import people, shops
from xiaoer.identity.model import MembershipWish
from xiaoer.kernel.refusal import Refusal, Refused
from xiaoer.plumbing import clock, migrate, postgres
from xiaoer.plumbing.clock import new_id
from xiaoer.plumbing.db import Database, Tx
from xiaoer.plumbing.language import LANGUAGES, Catalogue
from xiaoer.plumbing.passwords import Passwords
from xiaoer.plumbing.settings import Settings

T = TypeVar("T")
PASSWORD = click.option(
    "--password",
    envvar="XIAOER_PASSWORD",
    prompt=True,
    hide_input=True,
    confirmation_prompt=True,
    help="Asked for when not given; XIAOER_PASSWORD for scripts.",
)


@click.group()
def command() -> None:
    """Open a marketplace with its first administrator, list those there are, help somebody back in."""


@command.command()
@click.argument("slug")
@click.option("--name", required=True, help="What people call it.")
@click.option("--admin", "login", required=True, help="E-mail or phone of its first administrator.")
@click.option("--admin-name", default="Administrator", show_default=True)
@click.option("--currency", default="CNY", show_default=True)
@click.option("--time-zone", default="Asia/Shanghai", show_default=True)
@click.option("--language", type=click.Choice(LANGUAGES), default=LANGUAGES[0], show_default=True)
@PASSWORD
def create(  # noqa: PLR0917 - click hands them over by name
    slug: str,
    name: str,
    login: str,
    admin_name: str,
    currency: str,
    time_zone: str,
    language: str,
    password: str,
) -> None:
    """Open the marketplace SLUG (the name in its addresses) with an administrator."""

    async def work(opened: Database) -> None:
        wish = people.wish_of(login, admin_name, password)
        wish.memberships = [MembershipWish("administrator")]
        kept = await _passwords().hash(people.password_of(wish) or "")
        async with opened.transaction(new_id()) as tx:
            now = clock.now()
            await shops.create_marketplace(
                tx, slug=slug, name=name, time_zone=time_zone, currency=currency, language=language, now=now
            )
            await people.create_person(tx, new_id(), wish, password_hash=kept, now=now)

    _run(work)
    click.echo(f"{slug} is open; {login} is its administrator.")


@command.command("list")
def list_all() -> None:
    """List the marketplaces of this installation."""

    async def work(opened: Database) -> list[str]:
        async with opened.system() as tx:
            return [f"{one.slug}\t{one.name}\t{one.tenant}" for one in await queries.marketplaces(tx)]

    for line in _run(work):
        click.echo(line)


@command.command()
@click.argument("slug")
@click.argument("login")
@PASSWORD
def password(slug: str, login: str, password: str) -> None:
    """Give a colleague of SLUG a new password; his sessions end."""

    async def work(opened: Database) -> None:
        if flaw := rules.password_flaw(password, login):
            raise Refusal(flaw)
        kept = await _passwords().hash(password)
        async with opened.system() as tx:
            home = await queries.marketplace_named(tx, slug)

        async def change(tx: Tx) -> None:
            found = await people.colleague(tx, login)
            if found is None:
                raise Refusal(Refused("not_found", "identity.unknown_person"))
            await people.set_password(tx, found.id, kept, clock.now())

        await opened.run(home.tenant, change)

    _run(work)
    click.echo("Done.")


def _run(work: Callable[[Database], Awaitable[T]]) -> T:
    """Do it in the migrated database; a refusal becomes its sentence."""

    async def all_of_it(url: str, *, ours: bool) -> T:
        if ours:
            await postgres.make_database(url)
        await migrate.migrate(url)
        opened = await Database.open(url)
        try:
            return await work(opened)
        finally:
            await opened.close()

    with told():
        settings = Settings.load()
        with database(settings) as url:
            try:
                return asyncio.run(all_of_it(url, ours=settings.database_url is None))
            except Refusal as refusal:
                raise click.ClickException(Catalogue.shipped().sentence(refusal.refused, "en")) from refusal


def _passwords() -> Passwords:
    cost = rules.access().hash_cost
    return Passwords(
        time_cost=cost.time_cost, memory_kib=cost.memory_kib, parallelism=cost.parallelism, at_once=1
    )
