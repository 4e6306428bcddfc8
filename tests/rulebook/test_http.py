"""The rulebook on the wire: read, draft, ask what if, announce; and what everybody may read."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from tests import make
from tests.client import Client
from xiaoer.identity.model import Marketplace, Shop
from xiaoer.plumbing import clock
from xiaoer.plumbing.app import App
from xiaoer.plumbing.clock import new_id
from xiaoer.plumbing.db import Database
from xiaoer.rulebook import actions, queries
from xiaoer.rulebook.rules.shelf import shelf

TABLE = "after_sale.freight_leg"
PATH = f"/platform/v1/tables/{TABLE}"
TEXT = shelf()[TABLE].text
BUYER_PAYS = 'then = { pays = "buyer", difference = "none", insurer_first = true }'
SELLER_PAYS = 'then = { pays = "seller", difference = "none", insurer_first = true }'
KINDER = TEXT.replace(BUYER_PAYS, SELLER_PAYS)


@pytest.fixture
async def market(database: Database) -> Marketplace:
    """A marketplace."""
    return await make.marketplace(database)


@pytest.fixture
async def program(database: Database, market: Marketplace) -> App:
    """The program over it."""
    return await make.app(database)


async def signed_in(database: Database, program: App, tenant: UUID, role: str, *shops: Shop) -> Client:
    _, token = await make.signed_in(database, tenant, role=role, shops=[shop.id for shop in shops])
    return Client(program, token=token)


async def decide(database: Database, tenant: UUID, *, insured: bool, dearer: bool = False) -> None:
    now = clock.now() - timedelta(minutes=1)
    async with database.transaction(tenant) as tx:
        await actions.decide(
            tx,
            await queries.book(tx, None, now),
            TABLE,
            {"payer": "buyer", "collect": "none", "dearer": dearer, "insured": insured},
            id=new_id(),
            shop=None,
            subject_kind="case",
            subject=new_id(),
            actor=None,
            now=now,
        )


async def test_every_table_is_listed_with_its_version_and_shown_as_a_grid(
    database: Database, program: App, market: Marketplace
) -> None:
    officer = await signed_in(database, program, market.tenant, "officer")
    listed = await officer.get("/platform/v1/tables")
    assert [one["name"] for one in listed.json["data"]] == list(shelf())
    [line] = [one for one in listed.json["data"] if one["name"] == TABLE]
    assert (line["source"], line["version"], line["scope"], line["notice_days"]) == (
        "shipped",
        0,
        "marketplace",
        7,
    )
    whole = (await officer.get(PATH)).json
    assert whole["grid"]["inputs"][0]["values"] == ["seller", "buyer"]
    assert whole["grid"]["inputs"][0]["label"]["en"] == "Who is to pay"
    assert whole["grid"]["rows"][0]["when"] == {"collect": {"values": ["seller"], "negated": False}}
    assert whole["line"]["wording"] == line["wording"]
    assert (await officer.get("/platform/v1/tables/no.such")).code == "rulebook.unknown_table"


async def test_a_grid_that_was_read_may_be_sent_back(
    database: Database, program: App, market: Marketplace
) -> None:
    admin = await signed_in(database, program, market.tenant, "administrator")
    for name in shelf():
        whole = (await admin.get(f"/platform/v1/tables/{name}")).json
        said = (await admin.post(f"/platform/v1/tables/{name}/check", {"grid": whole["grid"]})).json
        assert said["flaws"] == [], name
        assert (said["wording"], said["changes"]) == (whole["line"]["wording"], [])


@pytest.mark.parametrize(
    ("change", "kind", "rows"),
    [
        (('id = "D2-9.buyer"', 'id = "D2-9.seller"'), "repeated_row", ["D2-9.seller"]),
        (('when = { collect = "buyer" }', 'when = { collect = "buyer", payer = "buyer" }'), "gap", []),
        (
            ('payer = "seller", collect = "none"', 'payer = "seller"'),
            "overlap",
            ["D2-9.seller", "D2-base.seller"],
        ),
        (('payer = "seller", collect', 'prayer = "seller", collect'), "unknown_word", ["D2-base.seller"]),
        (('basis = "O-012"', "basis = 12"), "shape", ["D2-11"]),
        (("[inputs]", "[inputs"), "syntax", []),
        (("insured", "covered"), "columns", []),
    ],
)
async def test_a_draft_is_told_what_is_wrong_and_where(  # noqa: PLR0917
    database: Database, program: App, market: Marketplace, change: tuple[str, str], kind: str, rows: list[str]
) -> None:
    admin = await signed_in(database, program, market.tenant, "administrator")
    said = (await admin.post(f"{PATH}/check", {"text": TEXT.replace(*change)})).json
    assert not said["proved"]
    [flaw, *_] = [one for one in said["flaws"] if one["kind"] == kind]
    assert flaw["rows"] == rows
    if kind in {"gap", "overlap"}:
        assert flaw["example"]["collect"] in {"seller", "buyer"}
    if kind in {"unknown_word", "shape", "overlap"}:
        assert TEXT.splitlines()[flaw["line"] - 1 : flaw["line"] + 1] == ["[[row]]", f'id = "{rows[0]}"']
    refused = await admin.put(PATH, {"text": TEXT.replace(*change), "reason": "try"})
    assert (refused.status, refused.code) == (422, "rulebook.flawed_table")
    assert (await admin.get(f"{PATH}/history")).json["data"] == []


async def test_what_if_counts_rows_and_shows_each_decision_that_would_change(
    database: Database, program: App, market: Marketplace
) -> None:
    for number in range(5):
        await decide(database, market.tenant, insured=number < 3)
    admin = await signed_in(database, program, market.tenant, "administrator")
    same = (await admin.post(f"{PATH}/what-if", {"text": TEXT})).json
    assert (same["summary"]["decisions"], same["summary"]["changed"], same["decisions"]["data"]) == (5, 0, [])
    found = (await admin.post(f"{PATH}/what-if", {"text": KINDER}, limit=2)).json
    assert (found["summary"]["decisions"], found["summary"]["changed"]) == (5, 3)
    assert {one["row"]: (one["before"], one["after"]) for one in found["summary"]["rows"]} == {
        "D2-11": (3, 3),
        "D2-base.buyer": (2, 2),
    }
    [difference] = found["summary"]["differences"]
    assert difference["outcome_after"]["pays"] == "seller"
    assert (len(found["decisions"]["data"]), found["decisions"]["has_more"]) == (2, True)
    place = found["decisions"]["next_cursor"]
    rest = await admin.post(f"{PATH}/what-if", {"text": KINDER}, limit=2, starting_after=place)
    assert (len(rest.json["decisions"]["data"]), rest.json["decisions"]["has_more"]) == (1, False)


async def test_a_wording_is_announced_shown_to_everybody_and_kept_with_its_author(
    database: Database, program: App, market: Marketplace
) -> None:
    await make.shop(database, market.tenant)
    person, token = await make.signed_in(database, market.tenant, role="administrator")
    admin = Client(program, token=token)
    begins = clock.now() + timedelta(days=8)
    early = await admin.put(PATH, {"text": KINDER, "reason": "kinder"})
    assert (early.status, early.code) == (409, "rulebook.notice_too_short")
    assert "（平台时间，UTC+08:00）" in early.json["error"]["message"]
    kept = await admin.put(PATH, {"text": KINDER, "reason": "kinder", "effective_from": begins.isoformat()})
    assert kept.status == 200, kept.json
    assert [one["version"] for one in kept.json["coming"]] == [1]
    [version] = (await admin.get(f"{PATH}/history")).json["data"]
    assert (version["author_name"], version["reason"]) == (person.display_name, "kinder")
    [change] = (await Client(program).get(f"/public/v1/marketplaces/{market.slug}/rule-changes")).json["data"]
    assert (change["name"], change["rows"]) == (TABLE, [{"row": "D2-11", "change": "changed"}])
    assert (await admin.get(PATH, version=1)).json["grid"]["rows"][3]["then"]["pays"] == "seller"
    assert (await admin.get(PATH, version=2)).code == "rulebook.unknown_version"


async def test_a_profile_is_chosen_before_the_first_shop_and_announced_after_it(
    database: Database, program: App, market: Marketplace
) -> None:
    admin = await signed_in(database, program, market.tenant, "administrator")
    chosen = await admin.put("/platform/v1/profile", {"profile": "eu", "reason": "we sell there"})
    assert [one["name"] for one in chosen.json["data"] if one["in_force"]] == ["eu"]
    table = (await admin.get("/platform/v1/tables/after_sale.eligibility")).json["line"]
    assert (table["source"], table["rules_version"]) == ("profile", "eu.1")
    await make.shop(database, market.tenant)
    late = await admin.put("/platform/v1/profile", {"profile": "jd", "reason": "we move"})
    assert late.code == "rulebook.notice_too_short"
    wrong = await admin.put("/platform/v1/profile", {"profile": "mars", "reason": "we move"})
    assert wrong.code == "rulebook.wrong_value"


@pytest.mark.parametrize("role", ["agent", "manager", "officer"])
async def test_only_an_administrator_puts_a_table_in_force(
    database: Database, program: App, market: Marketplace, role: str
) -> None:
    shop = await make.shop(database, market.tenant)
    somebody = await signed_in(database, program, market.tenant, role, shop)
    assert (await somebody.put(PATH, {"text": KINDER, "reason": "mine"})).status == 403
    async with database.read(market.tenant) as tx:
        assert await queries.history(tx, TABLE, None, None, 1) == []


async def test_the_staff_of_a_shop_reads_the_tables_that_hold_for_it(
    database: Database, program: App, market: Marketplace
) -> None:
    shop = await make.shop(database, market.tenant)
    agent = await signed_in(database, program, market.tenant, "agent", shop)
    listed: Any = (await agent.get(f"/api/v1/shops/{shop.id}/tables")).json
    assert len(listed["data"]) == len(shelf())
    assert (await agent.get(f"/api/v1/shops/{shop.id}/tables/{TABLE}")).json["grid"]["table"] == TABLE


async def test_drafts_of_no_sense_are_refused(database: Database, program: App, market: Marketplace) -> None:
    admin = await signed_in(database, program, market.tenant, "administrator")
    for path in (f"{PATH}/check", f"{PATH}/what-if"):
        assert (await admin.post(path, {})).code == "rulebook.text_or_grid"
    span = {"since": "2026-01-02T00:00:00Z", "until": "2026-01-01T00:00:00Z"}
    said = await admin.post(f"{PATH}/what-if", {"text": TEXT}, **span)
    assert said.code == "rulebook.span"
    await decide(database, market.tenant, insured=True)
    lost = await admin.post(f"{PATH}/what-if", {"text": KINDER}, starting_after="x")
    assert lost.code == "rulebook.unknown_place"
    assert (
        await admin.put("/platform/v1/tables/guard.tone", {"reason": "x", "text": shelf()["guard.tone"].text})
    ).code == ("rulebook.fixed_table")


async def test_a_case_is_tried_on_the_table_in_force_on_a_draft_and_on_a_shops(
    database: Database, program: App, market: Marketplace
) -> None:
    shop = await make.shop(database, market.tenant)
    admin = await signed_in(database, program, market.tenant, "administrator")
    case: dict[str, object] = {"payer": "buyer", "collect": "none", "dearer": False, "insured": True}
    [row] = (await admin.post(f"{PATH}/try", {"facts": case})).json["rows"]
    assert (row["row"], row["authority"], bool(row["sentence"])) == ("D2-11", "platform", True)
    assert [one["value"] for one in row["outcome"] if one["name"] == "pays"] == ["buyer"]
    [row] = (await admin.post(f"{PATH}/try", {"facts": case, "text": KINDER})).json["rows"]
    assert [one["value"] for one in row["outcome"] if one["name"] == "pays"] == ["seller"]
    agent = await signed_in(database, program, market.tenant, "agent", shop)
    said = await agent.post(f"/api/v1/shops/{shop.id}/tables/{TABLE}/try", {"facts": case})
    assert [one["row"] for one in said.json["rows"]] == ["D2-11"]
    for wrong in (case | {"payer": "moon"}, case | {"dearer": 1}, {"payer": "buyer"}):
        refused = await admin.post(f"{PATH}/try", {"facts": wrong})
        assert (refused.status, refused.code) == (400, "rulebook.wrong_fact")


async def test_what_a_profile_would_change_is_shown_before_it_is_chosen(
    database: Database, program: App, market: Marketplace
) -> None:
    admin = await signed_in(database, program, market.tenant, "administrator")
    eu = (await admin.get("/platform/v1/profiles/eu")).json
    assert "after_sale.eligibility" in [one["name"] for one in eu["tables"]]
    assert all(one["before"] != one["after"] for one in eu["values"])
    same = (await admin.get("/platform/v1/profiles/taobao")).json
    assert (same["values"], same["tables"]) == ([], [])
    assert (await admin.get("/platform/v1/profiles/mars")).code == "rulebook.unknown_profile"


async def test_who_set_a_value_and_why_stands_beside_it(
    database: Database, program: App, market: Marketplace
) -> None:
    person, token = await make.signed_in(database, market.tenant, role="administrator")
    admin = Client(program, token=token)
    name = "routing.default_capacity"
    kept = await admin.put(f"/platform/v1/rulebook/{name}", {"value": 7, "reason": "more hands"})
    assert kept.status == 200, kept.json
    listed: Any = (await admin.get("/platform/v1/rulebook")).json
    [line] = [one for one in listed["data"] if one["parameter"]["name"] == name]
    assert (line["reason"], listed["people"][line["author"]]) == ("more hands", person.display_name)
    [version] = (await admin.get(f"/platform/v1/rulebook/{name}/history")).json["data"]
    assert (version["author_name"], version["value"]) == (person.display_name, 7)
