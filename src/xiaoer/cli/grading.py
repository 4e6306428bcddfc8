"""`xiaoer grading`: how far do people who grade talks agree with one another and with the machine?"""

import asyncio
from collections.abc import Sequence
from datetime import UTC, datetime
from uuid import UUID

import click
import msgspec

from xiaoer.cli.database import database, told
from xiaoer.grading.model import Agreement, Kappa, StepAgreement
from xiaoer.grading.queries.agreement import agreement_of
from xiaoer.identity import queries as identity
from xiaoer.kernel.refusal import Refusal
from xiaoer.plumbing import clock
from xiaoer.plumbing.db import Database
from xiaoer.plumbing.language import Catalogue
from xiaoer.plumbing.settings import Settings

DAY = click.DateTime(["%Y-%m-%d"])


@click.group()
def command() -> None:
    """What people who grade talks agree about."""


@command.command()
@click.option("--shop", type=click.UUID, required=True, help="Id of the shop.")
@click.option("--since", type=DAY, default=None, help="First day (UTC); 90 days ago by default.")
@click.option("--until", type=DAY, default=None, help="The day after the last (UTC); now by default.")
@click.option("--json", "as_json", is_flag=True, help="Print the figures as one JSON object.")
def agreement(shop: UUID, since: datetime | None, until: datetime | None, as_json: bool) -> None:
    """Cohen's kappa of graders, and of graders and machine, by step and by part."""
    with told(), database(Settings.load()) as url:
        found = asyncio.run(_agreement(url, shop, _utc(since), _utc(until)))
    if as_json:
        click.echo(msgspec.json.encode(found).decode())
    else:
        _show(found)


async def _agreement(url: str, shop: UUID, since: datetime | None, until: datetime | None) -> Agreement:
    opened = await Database.open(url, application="xiaoer grading")
    try:
        async with opened.system() as tx:
            tenant = await identity.tenant_of_shop(tx, shop)
        async with opened.read(tenant) as tx:
            return await agreement_of(tx, shop, since=since, until=until, now=clock.now())
    except Refusal as refusal:
        sentence = Catalogue.shipped().sentence(refusal.refused, "en")
        raise click.ClickException(sentence) from refusal
    finally:
        await opened.close()


def _utc(day: datetime | None) -> datetime | None:
    return None if day is None else day.replace(tzinfo=UTC)


def _show(found: Agreement) -> None:
    click.echo(f"{found.settled} settled, {found.twice} graded twice, {found.third} decided by a third")
    _lines(found.lines, found.least_pairs)
    edges = ", ".join(f"{band.grade} {band.low} to {band.high}" for band in found.bands)
    click.echo(f"judged parts, by the grade their points come to ({edges}):")
    _lines(found.parts, found.least_pairs)


def _lines(lines: Sequence[StepAgreement], least: int) -> None:
    for line in lines:
        graders, machine = _figure(line.graders, least), _figure(line.machine, least)
        click.echo(f"{line.about:<9} graders {graders}; machine {machine}")


def _figure(of: Kappa, least: int) -> str:
    if not of.enough:
        return f"too few pairs ({of.pairs} of {least})"
    if of.kappa is None:
        return f"no kappa, all in one category ({of.pairs} pairs)"
    return (
        f"kappa {of.kappa:.2f} [{of.low:.2f}, {of.high:.2f}] of {of.pairs} pairs, {of.agreed_percent} % alike"
    )
