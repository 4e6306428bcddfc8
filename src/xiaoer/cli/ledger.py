"""`xiaoer ledger`: does our book of payouts agree with the payment provider's, and does it add up?"""

import asyncio
import sys
from datetime import datetime

import click
import msgspec

from xiaoer.cli.database import database, told
from xiaoer.identity import queries as identity
from xiaoer.kernel.money import decimal_text
from xiaoer.kernel.refusal import Refusal
from xiaoer.ledger import queries
from xiaoer.ledger.actions.paying import reconcile as compare
from xiaoer.ledger.model import Difference, Reconciliation
from xiaoer.plumbing import clock
from xiaoer.plumbing.db import Database
from xiaoer.plumbing.language import Catalogue
from xiaoer.plumbing.payments_development import provider_of
from xiaoer.plumbing.payments_http import HttpPayments
from xiaoer.plumbing.settings import Settings
from xiaoer.rulebook import queries as rulebook


@click.group()
def command() -> None:
    """Compare our book of payouts with the payment provider's."""


@command.command()
@click.option(
    "--day", type=click.DateTime(["%Y-%m-%d"]), required=True, help="In the marketplace's time zone."
)
@click.option("--marketplace", default=None, help="Short name of the marketplace; the only one by default.")
@click.option("--json", "as_json", is_flag=True, help="Print the report as one JSON object.")
def reconcile(day: datetime, marketplace: str | None, as_json: bool) -> None:
    """Compare one day with the provider's statement; ends with exit code 1 when they do not agree."""
    with told():
        settings = Settings.load()
        with database(settings) as url:
            report = asyncio.run(_report(settings, url, marketplace, day))
    if as_json:
        click.echo(msgspec.json.encode(report).decode())
    else:
        _show(report)
    sys.exit(1 if report.differences else 0)


async def _report(settings: Settings, url: str, slug: str | None, day: datetime) -> Reconciliation:
    opened = await Database.open(url, application="xiaoer ledger")
    try:
        async with opened.system() as tx:
            home = await identity.marketplace_named(tx, slug)
        async with opened.read(home.tenant) as tx:
            address = (await rulebook.book(tx, None, clock.now())).word("ledger.provider_url")
        provider = provider_of(settings)
        if address:
            key = queries.payments_key(settings, home.tenant)
            provider = HttpPayments(address, key, local=settings.order_side_here)
        return await compare(opened, provider, home.tenant, day.date())
    except Refusal as refusal:
        sentence = Catalogue.shipped().sentence(refusal.refused, "en")
        raise click.ClickException(sentence) from refusal
    finally:
        await opened.close()


def _show(report: Reconciliation) -> None:
    for one in report.sums:
        ours = f"{one.ours} payouts here, {decimal_text(one.ours_minor, one.currency)}"
        theirs = f"{one.theirs} there, {decimal_text(one.theirs_minor, one.currency)}"
        click.echo(f"{report.day} {one.currency}: {ours}; {theirs}")
    click.echo(f"{report.agreed} agree, {len(report.differences)} do not")
    for difference in report.differences:
        click.echo(f"  {_line(difference)}")


def _line(one: Difference) -> str:
    ours = "–" if one.ours_minor is None else decimal_text(one.ours_minor, one.currency)
    theirs = "–" if one.theirs_minor is None else decimal_text(one.theirs_minor, one.currency)
    state = f" ({one.state})" if one.state else ""
    return f"{one.kind}: {one.key or 'without a key'}{state}, here {ours}, there {theirs} {one.currency}"
