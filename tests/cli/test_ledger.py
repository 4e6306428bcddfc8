"""`xiaoer ledger reconcile`: whether a day agrees with the provider, and what is said when it does not."""

import asyncio
from pathlib import Path

import msgspec
import pytest
from click.testing import CliRunner, Result

from tests.ledger.till import NOON, Till
from xiaoer.cli.main import cli
from xiaoer.identity import queries as identity
from xiaoer.ledger.rules import provider_key
from xiaoer.plumbing.db import Database
from xiaoer.plumbing.payments_development import DevelopmentPayments

DAY = NOON.date().isoformat()


@pytest.fixture
async def till(database: Database) -> Till:
    """One payout of 0.70 CNY has been paid; by a provider that the command does not know."""
    till = await Till.open(database, balance=1_000)
    await till.order(70, key="case:1")
    await till.later(0)
    assert [amount for _, amount in await till.paid_out()] == [70]
    return till


async def reconcile(till: Till, home: Path, *arguments: str) -> Result:
    async with till.database.read(till.tenant) as tx:
        slug = (await identity.marketplace(tx)).slug
    environ = {"XIAOER_DATABASE_URL": till.database.url, "XIAOER_HOME": str(home)}
    words = ["ledger", "reconcile", "--marketplace", slug, *arguments]
    return await asyncio.to_thread(CliRunner().invoke, cli, words, env=environ)


async def test_a_payout_that_the_provider_does_not_know_is_named(till: Till, tmp_path: Path):
    told = await reconcile(till, tmp_path, "--day", DAY)
    assert (told.exit_code, told.stderr) == (1, "")
    assert told.stdout.splitlines()[0] == f"{DAY} CNY: 1 payouts here, 0.70; 0 there, 0.00"
    assert "0 agree, 1 do not" in told.stdout
    assert "case:1" in told.stdout
    report = msgspec.json.decode((await reconcile(till, tmp_path, "--day", DAY, "--json")).stdout)
    assert (report["agreed"], len(report["differences"])) == (0, 1)


async def test_a_day_on_which_both_say_the_same_ends_well(till: Till, tmp_path: Path):
    provider = DevelopmentPayments(tmp_path / "payments.sqlite", now=lambda: NOON)
    key = provider_key("case:1", 1)
    account = str(till.tenant)
    await provider.refund(account=account, key=key, payment_ref=None, amount_minor=70, currency="CNY")
    told = await reconcile(till, tmp_path, "--day", DAY)
    assert (told.exit_code, told.stdout.splitlines()[-1]) == (0, "1 agree, 0 do not")
    other = await reconcile(till, tmp_path, "--day", "2026-11-01", "--json")
    report = msgspec.json.decode(other.stdout)
    assert (other.exit_code, report["agreed"], report["differences"]) == (0, 0, [])


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        ((), 2, "--day"),
        (("--day", "yesterday"), 2, "yesterday"),
        (("--day", DAY, "--marketplace", "nowhere"), 1, "There is no marketplace nowhere."),
    ],
)
async def test_a_wrong_call_is_told_what_is_wrong(
    till: Till, tmp_path: Path, arguments: tuple[str, ...], code: int, said: str
):
    told = await reconcile(till, tmp_path, *arguments)
    assert (told.exit_code, told.stdout) == (code, "")
    assert said in told.stderr
