"""Which table, edition and profile hold at which moment: law, shop, marketplace, profile."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from tests import make
from tools.docs_tables import table_files
from xiaoer.kernel.refusal import Refused
from xiaoer.kernel.table_text import dump
from xiaoer.plumbing.clock import new_id
from xiaoer.plumbing.db import Database, Tx
from xiaoer.plumbing.hub import Hub
from xiaoer.rulebook import actions, queries
from xiaoer.rulebook.actions import set_value
from xiaoer.rulebook.model import RuleEntry, Value
from xiaoer.rulebook.queries import Books
from xiaoer.rulebook.rules.book import in_force
from xiaoer.rulebook.rules.shelf import parameters, profiles, shelf
from xiaoer.rulebook.rules.values import may_set, may_set_table

NOW = datetime(2026, 11, 11, 9, tzinfo=UTC)
SHOP, AUTHOR = UUID(int=1), UUID(int=3)
DAY = timedelta(days=1)
TABLE = "after_sale.freight_leg"


def entry(
    name: str, value: Value | None, *, at: datetime = NOW, shop: UUID | None = None, version: int = 1
) -> RuleEntry:
    return RuleEntry(UUID(int=version), shop, name, version, value, at, AUTHOR, "because", NOW)


def test_the_version_of_a_book_is_its_profile_and_the_number_of_its_edition() -> None:
    entries = [entry("rulebook.profile", "jd"), entry("session.hours", 24, at=NOW + DAY)]
    assert in_force([], None, NOW).version == "taobao.0"
    assert in_force(entries, None, NOW - DAY).version == "taobao.0"
    assert in_force(entries, None, NOW).version == "jd.1"
    assert in_force(entries, None, NOW + DAY).version == "jd.2"


def test_what_is_added_later_never_changes_a_book_of_the_past() -> None:
    before = [entry("session.hours", 24)]
    later = [*before, entry("session.hours", 48, at=NOW + DAY, version=2)]
    first, again = in_force(before, None, NOW), in_force(later, None, NOW)
    assert (again.version, again.integer("session.hours")) == (first.version, first.integer("session.hours"))


def test_a_profile_brings_its_own_tables_and_leaves_the_others() -> None:
    shipped, eu = in_force([], None, NOW), in_force([entry("rulebook.profile", "eu")], None, NOW)
    assert shipped.table("after_sale.eligibility").version != eu.table("after_sale.eligibility").version
    assert shipped.table("after_sale.transit_risk") == eu.table("after_sale.transit_risk")
    assert eu.table_in_force("after_sale.eligibility").source == "profile"


def test_a_marketplace_puts_its_own_wording_in_force_and_goes_back() -> None:
    text = shelf()[TABLE].text.replace('"T-020"', '"T-020, our rule 4"')
    entries = [entry(TABLE, text), entry(TABLE, None, at=NOW + DAY, version=2)]
    book = in_force(entries, SHOP, NOW)
    assert book.table_in_force(TABLE).source == "marketplace"
    assert book.table(TABLE).row("D2-9.seller").basis == "T-020, our rule 4"
    assert book.table(TABLE).name == TABLE
    assert in_force(entries, SHOP, NOW + DAY).table(TABLE).row("D2-9.seller").basis == "T-020"
    assert book.valid_until == NOW + DAY


def test_a_decision_carries_table_wording_row_basis_and_authority() -> None:
    book = in_force([], SHOP, NOW)
    said = book.table(TABLE).decide({"payer": "buyer", "collect": "none", "dearer": False, "insured": True})
    assert (said.table, said.row, said.basis, said.authority) == (TABLE, "D2-11", "O-012", "platform")
    assert said.version == book.table(TABLE).version


def test_every_option_of_the_profile_is_shipped() -> None:
    assert next(iter(profiles())) == "taobao"
    assert set(profiles()) == {"taobao", "jd", "eu", "retail"}
    assert not profiles()["taobao"].values
    assert not profiles()["taobao"].tables


@pytest.mark.parametrize("name", [name for name, table in shelf().items() if table.scope != "fixed"])
@pytest.mark.parametrize("profile", profiles())
def test_every_wording_of_every_profile_may_be_put_in_force(name: str, profile: str) -> None:
    book = in_force([entry("rulebook.profile", profile)], None, NOW)
    text = dump(book.table(name))
    assert may_set_table(
        name, text.replace(f'"{name}"', f'"{name.split(".")[1]}"', 1), for_shop=False, above=book
    )


@pytest.mark.parametrize(
    ("name", "value", "code"),
    [
        ("rules.notice_days", 6, "rulebook.past_law"),
        ("rules.notice_days_major", 14, "rulebook.past_law"),
        ("rulebook.profile", "mars", "rulebook.wrong_value"),
    ],
)
def test_nobody_goes_past_law(name: str, value: int | str, code: str) -> None:
    refused = may_set(name, value, for_shop=False, above=in_force([], None, NOW))
    assert isinstance(refused, Refused)
    assert refused.code == code


def test_a_value_set_before_the_law_changed_is_bounded_by_it() -> None:
    entries = [entry("rules.notice_days", 3)]
    found = in_force(entries, None, NOW)["rules.notice_days"]
    assert (found.value, found.source) == (7, "law")


@pytest.mark.parametrize("profile", profiles())
def test_what_a_profile_ships_may_be_set_and_differs(profile: str) -> None:
    book = in_force([entry("rulebook.profile", profile)], None, NOW)
    for name, value in profiles()[profile].values.items():
        assert may_set(name, value, for_shop=False, above=book) == value
        assert book[name].source == "profile"
        assert value != in_force([], None, NOW)[name].value
    under = profiles()[profile]
    assert not (under.floors.keys() | under.ceilings.keys() | under.basis.keys()) - parameters(profile).keys()
    assert not under.tables.keys() - shelf().keys()


def test_law_of_another_profile_binds_what_was_set_before() -> None:
    name = "return.no_reason_days"
    entries = [entry(name, 8), entry("rulebook.profile", "eu", at=NOW + DAY)]
    assert (in_force(entries, None, NOW)[name].value, in_force(entries, None, NOW)[name].source) == (
        8,
        "marketplace",
    )
    after = in_force(entries, None, NOW + DAY)[name]
    assert (after.value, after.source, after.parameter.basis) == (14, "law", "X-001")


def test_a_shop_promises_more_and_never_less() -> None:
    name = "return.no_reason_days"
    above = in_force([entry(name, 10)], None, NOW)
    assert may_set(name, 15, for_shop=True, above=above) == 15
    refused = may_set(name, 9, for_shop=True, above=above)
    assert isinstance(refused, Refused)
    assert refused.code == "rulebook.worse_for_buyer"
    entries = [entry(name, 12, shop=SHOP), entry(name, 20, at=NOW + DAY)]
    assert in_force(entries, SHOP, NOW).integer(name) == 12
    assert in_force(entries, SHOP, NOW + DAY).integer(name) == 20


def test_every_table_file_is_on_the_shelf() -> None:
    assert {f"{path.parent.parent.name}.{path.stem}" for path in table_files()} == set(shelf())


async def test_a_transaction_goes_by_what_is_remembered_but_sees_what_it_changed_itself(database: Database):
    tenant, now = (await make.marketplace(database)).tenant, datetime(2026, 11, 11, tzinfo=UTC)
    shop, name = (await make.shop(database, tenant)).id, "after_sale.offer_rounds"
    Books(database, hub := Hub())
    database.after_commit(hub.publish)
    async with database.read(tenant) as tx:
        first = await queries.book(tx, shop, now)
        assert await queries.book(tx, shop, now) is first
        assert await queries.book(tx, None, now) is first  # the shop has set nothing of its own
    async with database.transaction(tenant) as tx:
        await set_value(tx, shop=None, name=name, value=9, reason="", author=tenant, now=now)
        assert (await queries.book(tx, shop, now)).integer(name) == 9
        assert first.integer(name) != 9
        async with database.read(tenant) as other:
            assert await queries.book(other, shop, now) is first
    async with database.read(tenant) as tx:
        assert (await queries.book(tx, shop, now)).integer(name) == 9


async def test_a_wording_whose_first_keeping_was_undone_is_kept_with_the_next_decision(database: Database):
    tenant, now = (await make.marketplace(database)).tenant, datetime(2026, 11, 11, tzinfo=UTC)
    Books(database, Hub())
    facts = {"payer": "buyer", "collect": "none", "dearer": True, "insured": False}

    async def decide(tx: Tx) -> None:
        about = {"shop": None, "subject_kind": "case", "subject": tenant, "actor": tenant}
        book = await queries.book(tx, None, now)
        await actions.decide(tx, book, "after_sale.freight_leg", facts, id=new_id(), now=now, **about)

    with pytest.raises(ZeroDivisionError):  # noqa: PT012 - what fails is a whole transaction
        async with database.transaction(tenant) as tx:
            await decide(tx)
            await decide(tx.of(tenant))  # it is found now, but not for good
            await tx.connection.settle()
            raise ZeroDivisionError
    for _ in range(3):  # kept, found, known
        async with database.transaction(tenant) as tx:
            await decide(tx)
    async with database.read(tenant) as tx:
        assert [one.wording for one in await queries.decided(tx, "case", tenant)] == [
            row[0] for row in await tx.fetch("select digest from rulebook.wording")
        ] * 3
