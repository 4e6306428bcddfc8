"""What a release shipped holds for what began under it, whatever later releases ship."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from xiaoer.plumbing.db import Database
from xiaoer.plumbing.driver import Connection
from xiaoer.plumbing.hub import Hub
from xiaoer.rulebook import jobs, queries, store
from xiaoer.rulebook.model import RELEASE, RuleEntry
from xiaoer.rulebook.rules.book import in_force
from xiaoer.rulebook.rules.shipment import PARAMETERS, PROFILES, Shipment, current, table_file

NOW = datetime(2026, 11, 11, 9, tzinfo=UTC)
DAY = timedelta(days=1)
TABLE = "after_sale.freight_leg"
NAME = "after_sale.refund_not_shipped"


def older(files: dict[str, str]) -> Shipment:
    return Shipment(current().files | files)


def reworded(basis: str = "T-020, as it was") -> dict[str, str]:
    path = table_file(TABLE)
    return {path: current().files[path].replace('"T-020"', f'"{basis}"')}


def shorter() -> dict[str, str]:
    before, name, after = current().files[PARAMETERS].partition(f'["{NAME}"]\ntype = "integer"\ndefault = 48')
    assert name
    return {PARAMETERS: before + name.replace("48", "24") + after}


def served(shipment: Shipment, since: datetime) -> RuleEntry:
    nobody = UUID(int=0)
    return RuleEntry(nobody, None, RELEASE, 0, shipment.digest, since, nobody, "", since)


def test_equal_files_are_one_release() -> None:
    assert Shipment(dict(reversed(current().files.items()))).digest == current().digest
    assert older(reworded()).digest != current().digest
    assert current().beside(current()) is current()


def test_what_is_shipped_follows_the_release_that_served() -> None:
    old = older(reworded() | shorter())
    entries = [served(old, NOW - 10 * DAY), served(current(), NOW)]
    kept = {old.digest: old.beside(current())}
    for moment, basis, hours, version in (
        (NOW - 20 * DAY, "T-020, as it was", 24, "taobao.0"),  # before the first that is known: as the first
        (NOW - DAY, "T-020, as it was", 24, "taobao.0"),
        (NOW, "T-020", 48, "taobao.1"),
    ):
        book = in_force(entries, None, moment, kept)
        assert book.table(TABLE).row("D2-9.seller").basis == basis
        assert (book.integer(NAME), book.version) == (hours, version)


def test_what_is_asked_in_another_way_is_taken_from_the_running_release() -> None:
    path = table_file(TABLE)
    before, name, after = current().files[path].partition('pays = { words = ["seller", "buyer"')
    assert name
    other = before + name + ', "nobody"' + after
    without = current().files[PARAMETERS].partition(f'["{NAME}"]')[0]
    old = older({path: other, PARAMETERS: without}).beside(current())
    assert old.texts("taobao")[TABLE] == current().texts("taobao")[TABLE]
    assert old.parameters("taobao")[NAME] == current().parameters("taobao")[NAME]


def test_a_profile_the_old_release_did_not_have_is_the_new_ones() -> None:
    files = {path: text for path, text in current().files.items() if not path.startswith(f"{PROFILES}retail")}
    files[PARAMETERS] = files[PARAMETERS].replace(
        '["taobao", "jd", "eu", "retail"]', '["taobao", "jd", "eu"]'
    )
    old = Shipment(files).beside(current())
    assert old.texts("retail") == current().texts("retail")
    assert old.parameters("retail") == current().parameters("retail")


@pytest.fixture
async def upgraded(database: Database, owner: Connection):
    """An old release served, then this one."""
    old = older(reworded() | shorter())
    async with database.system() as tx:
        assert await store.serve_release(tx, old.digest, old.files, NOW - 10 * DAY)
        assert await jobs.serve(tx, NOW)
        assert not await jobs.serve(tx, NOW + DAY)
    yield old
    await owner.execute("delete from rulebook.shipment; delete from rulebook.release")


async def test_books_of_the_past_are_as_they_were(
    upgraded: Shipment, database: Database, tenant: UUID
) -> None:
    books = queries.Books(database, Hub())
    for moment, hours in ((NOW - DAY, 24), (NOW, 48)):
        kept = await books.at(tenant, None, moment)
        async with database.read(tenant) as tx:
            fresh = await queries.book(tx, None, moment)
        assert (kept.integer(NAME), kept.version) == (fresh.integer(NAME), fresh.version)
        assert kept.integer(NAME) == hours
    assert (await books.at(tenant, None, NOW - DAY)).table(TABLE).row(
        "D2-9.seller"
    ).basis == "T-020, as it was"
