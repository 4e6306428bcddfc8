"""Recorded retail tasks over HTTP: ours always, the public ones where they are."""

import asyncio
import json
from pathlib import Path

import pytest

from tests import make
from tests.cli import retail_sample
from tests.served import served
from xiaoer.cli.replay_retail import Administrator, RetailSummary, play
from xiaoer.cli.retail_tasks import NotReadable, minor, read_stock, read_tasks, rounds
from xiaoer.plumbing import clock
from xiaoer.plumbing.db import Database
from xiaoer.plumbing.settings import Settings


async def _open(url: str) -> Administrator:
    database = await Database.open(url)
    try:
        home = await make.marketplace(database)
        boss = await make.person(
            database, home.tenant, role="administrator", email=f"boss-{clock.new_id().hex}@example.com"
        )
    finally:
        await database.close()
    return Administrator(home.slug, boss.email or "", make.PASSWORD)


def replay(database_url: str, home: Path, folder: Path, tasks: Path, expected: Path) -> RetailSummary:
    boss = asyncio.run(_open(database_url))
    stock = read_stock(folder)
    with served(database_url, home) as answering:
        return asyncio.run(play(answering.url, boss, stock, read_tasks(tasks, expected, stock)))


def test_tasks_of_our_own_come_out_as_known(database_url: str, tmp_path: Path):
    tasks, expected = retail_sample.put(tmp_path)
    summary = replay(database_url, tmp_path, tmp_path, tasks, expected)
    assert summary.differences == []
    assert (summary.writes, summary.agreed, summary.refused_as_expected) == (10, 10, 4)
    assert set(summary.refusals) == {
        "instructions.items_changed_before (instructions.cancel 3)",
        "instructions.balance_short (instructions.payment 7)",
        "instructions.reason_not_listed (instructions.cancel 4)",
        "orders.unknown_order (None)",
    }


def test_what_comes_out_otherwise_is_told(database_url: str, tmp_path: Path):
    tasks, expected = retail_sample.put(tmp_path)
    wrong = json.loads(expected.read_text())
    wrong[0]["db_diff"]["orders"]["#W2"]["cancel_reason"]["after"] = "ordered by mistake"
    wrong[2]["writes"][0]["ok"] = True
    expected.write_text(json.dumps(wrong))
    summary = replay(database_url, tmp_path, tmp_path, tasks, expected)
    assert not summary.is_whole
    assert summary.agreed == 8
    assert [(one.task, one.subject, one.field) for one in summary.differences] == [
        (0, "#W2", "cancel_reason"),
        (2, "modify_pending_order_payment", "outcome"),
    ]


def test_tasks_that_share_a_buyer_are_played_apart(tmp_path: Path):
    tasks, expected = retail_sample.put(tmp_path)
    read = read_tasks(tasks, expected, read_stock(tmp_path))
    assert [[task.number for task in together] for together in rounds(read)] == [[n] for n in range(7)]


def test_files_that_do_not_belong_together_are_refused(tmp_path: Path):
    tasks, expected = retail_sample.put(tmp_path)
    stock = read_stock(tmp_path)
    expected.write_text("[]")
    with pytest.raises(NotReadable, match="do not hold the same tasks"):
        read_tasks(tasks, expected, stock)
    expected.write_text("{}")
    with pytest.raises(NotReadable, match="no list"):
        read_tasks(tasks, expected, stock)
    with pytest.raises(NotReadable, match="cannot be read"):
        read_stock(tmp_path / "nowhere")


@pytest.mark.parametrize(
    ("amount", "cents"), [(48.2, 4820), (0.0, 0), (-23.240000000000038, -2324), (None, None)]
)
def test_amounts_lose_their_noise(amount: float | None, cents: int | None):
    assert minor(amount) == cents


@pytest.mark.parametrize(("name", "writes", "refused"), [("dev", 25, 0), ("train", 768, 20)])
def test_the_public_tasks_come_out_as_known(
    database_url: str, tmp_path: Path, name: str, writes: int, refused: int
):
    folder = Settings.load().data / "retail"
    tasks, expected = folder / f"tasks_{name}.json", folder / f"tasks_{name}.expected_db_diff.json"
    if not (tasks.is_file() and expected.is_file()):
        pytest.skip(f"the retail tasks are not here: {folder} (set XIAOER_DATA)")
    summary = replay(database_url, tmp_path, folder, tasks, expected)
    assert list(summary.differences)[:5] == []
    assert (summary.writes, summary.agreed, summary.refused_as_expected) == (writes, writes, refused)
    assert sum(summary.refusals.values()) == refused
    assert not [row for row in summary.refusals if "None" in row]
