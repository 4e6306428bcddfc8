"""kill -9 between intent and payment, and between payment and record: paid once, and the state is right."""

import asyncio
import signal
import sys
from datetime import timedelta
from pathlib import Path

import pytest

from tests.ledger import paying_process
from tests.ledger.paying_process import AFTER, BEFORE
from tests.ledger.till import NOON, Till
from tools.progress import ROOT
from xiaoer.plumbing.db import Database
from xiaoer.plumbing.payments_development import DevelopmentPayments


async def killed(url: str, file: Path, when: str) -> int | None:
    """A process that pays and dies; how it ended."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.ledger.paying_process", url, str(file), when, NOON.isoformat(), cwd=ROOT
    )
    async with asyncio.timeout(60):
        return await process.wait()


@pytest.mark.parametrize("when", [BEFORE, AFTER])
async def test_killed_it_is_paid_once(
    database: Database, database_url: str, tmp_path: Path, when: str
) -> None:
    till = await Till.open(database, balance=1000)
    ordered = await till.order(600, key="case:1")
    file = tmp_path / "payments.sqlite"
    assert await killed(database_url, file, when) == -signal.SIGKILL
    provider = DevelopmentPayments(file, now=lambda: till.now)
    assert (await provider.find(str(till.tenant), "case:1") is not None) is (when == AFTER)
    waiting = await till.payout(ordered.id)
    assert (waiting.state, waiting.attempts) == ("paying", 1)
    [clock] = await till.clocks(ordered.id)
    assert (clock.name, clock.due_at) == ("ledger.payout_retry", NOON + timedelta(seconds=30))

    await paying_process.pay(database_url, file, "never", NOON + timedelta(seconds=29))
    assert (await till.payout(ordered.id)).state == "paying"
    await paying_process.pay(database_url, file, "never", NOON + timedelta(seconds=30))
    paid = await till.payout(ordered.id)
    assert (paid.state, paid.attempts, paid.provider_ref) == ("paid", 2, "dev-1")
    lines = await provider.statement(str(till.tenant), NOON - timedelta(1), NOON + timedelta(1))
    assert [(one.key, one.amount_minor) for one in lines] == [("case:1", 600)]
    assert await till.clocks(ordered.id) == []
    assert await till.buyers() == 0
    await till.prove()
