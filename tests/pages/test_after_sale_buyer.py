"""After-sale as a buyer meets it: he asks, the shop is silent, the clock rings, money moves."""

import asyncio
from collections.abc import Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.pages.test_axe import AXE, RUN, SIDEWAYS
from tests.served import served
from tools.sights import SIZES, WAIT_MS, enter, saying, settle
from xiaoer import main
from xiaoer.cli import demo
from xiaoer.clocks.jobs import Ringer
from xiaoer.plumbing import clock, migrate, postgres
from xiaoer.plumbing.db import Database, Sizes

PAGES = Path(__file__).parents[2] / "src" / "xiaoer" / "pages"
BUYER, MANAGER = "buyer@demo.xiaoer", "manager@demo.xiaoer"
PAID, LATE, DELIVERED = "71002", "61002", "71001"
say = saying("zh-Hans")


def elsewhere(work: Coroutine[Any, Any, None]) -> None:
    """Playwright has a loop in this thread; ours run in another."""
    with ThreadPoolExecutor(1) as thread:
        thread.submit(asyncio.run, work).result()


class Market:
    """The demonstration, served from a database of its own whose clocks ring when we say so."""

    def __init__(self, address: str, database_url: str) -> None:
        self.address = address
        self._database_url = database_url

    def passes(self, **span: float) -> None:
        """Silence for so long: what falls due meanwhile rings now."""
        elsewhere(self._ring(timedelta(**span)))

    async def _ring(self, span: timedelta) -> None:
        database = await Database.open(self._database_url, sizes=Sizes(writers=1, readers=1, system=1))
        try:
            ringer, then = Ringer(database, main.TIMERS), clock.now() + span
            while await ringer.ring_awake(then):
                pass
        finally:
            await database.close()

    def signed_in(self, browser: Browser, login: str, size: str, language: str = "zh-Hans") -> BrowserContext:
        context = browser.new_context(
            viewport={"width": SIZES[size][0], "height": SIZES[size][1]},
            locale=language,
            reduced_motion="reduce",
        )
        context.set_default_timeout(WAIT_MS)
        enter(context, self.address, login, language)
        return context


async def _prepare(url: str) -> None:
    await postgres.make_database(url)
    await migrate.migrate(url)
    database = await Database.open(url, sizes=Sizes(writers=1, readers=1, system=1))
    try:
        await demo.build(database)
    finally:
        await database.close()


@pytest.fixture(scope="module")
def market(postgres_server: postgres.Server, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Market]:
    """A marketplace to ask things of."""
    if not (PAGES / "buyer" / "index.html").exists():
        pytest.skip("the pages are not built: make test builds them")
    url = postgres_server.url("xiaoer_after_sale_buyer")
    elsewhere(_prepare(url))
    with served(url, tmp_path_factory.mktemp("home")) as server:
        yield Market(server.url, url)


@pytest.fixture
def phone(market: Market, browser: Browser) -> Iterator[BrowserContext]:
    """The buyer on his phone."""
    context = market.signed_in(browser, BUYER, "phone")
    yield context
    context.close()


def order(context: BrowserContext, market: Market, number: str) -> dict[str, Any]:
    """One of the buyer's orders by its number."""
    answer = context.request.get(f"{market.address}/public/v1/orders?limit=50")
    return next(one for one in answer.json()["data"] if one["external_id"] == number)


def wizard(context: BrowserContext, market: Market, number: str) -> Page:
    page = context.new_page()
    page.goto(f"{market.address}/buyer/orders/{order(context, market, number)['id']}")
    page.get_by_role("link", name=say("after_sale:buyer.ask"), exact=True).click()
    return page


def choose(page: Page, key: str) -> None:
    page.locator("label").filter(has_text=say(key)).first.click()


def go_on(page: Page) -> None:
    page.get_by_role("button", name=say("after_sale:wish.next"), exact=True).click()


def send(page: Page) -> str:
    page.get_by_role("button", name=say("after_sale:wish.send"), exact=True).click()
    page.wait_for_url(lambda url: "/cases/" in url)
    return page.url.rsplit("/", 1)[1]


def sound(page: Page) -> list[str]:
    """What axe finds serious here, and what must be scrolled sideways."""
    settle(page)
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found: list[dict[str, Any]] = page.evaluate(RUN)
    return [f"{one['id']}: {node}" for one in found for node in one["nodes"]] + page.evaluate(SIDEWAYS)


def test_he_asks_before_dispatch_the_shop_is_silent_and_the_money_comes_by_itself(
    market: Market, browser: Browser, phone: BrowserContext
) -> None:
    page = wizard(phone, market, PAID)
    choose(page, "after_sale:kind.refund_before_dispatch")
    go_on(page)
    go_on(page)  # all pieces of the order
    choose(page, "after_sale:reason.ordered_by_mistake")
    expect(page.get_by_text(say("after_sale:quote.title"))).to_be_visible()
    expect(page.get_by_text(say("after_sale:then.paying"))).to_be_visible()
    assert sound(page) == []
    go_on(page)
    case = send(page)
    expect(page.get_by_text(say("after_sale:state.asked_refund")).first).to_be_visible()
    expect(page.get_by_role("timer")).to_contain_text(say("after_sale:then.paying"))
    assert sound(page) == []

    market.passes(hours=49)
    expect(page.get_by_text(say("after_sale:state.settled")).first).to_be_visible(timeout=WAIT_MS)
    expect(page.get_by_text(say("after_sale:event.paid"), exact=True)).to_be_visible()
    expect(page.get_by_text(say("after_sale:event.seller_silent"))).to_be_visible()
    told(market, browser, phone, case)

    page.get_by_role("button", name=say("after_sale:deed.answer_follow_up")).click()
    choose(page, "after_sale:case.settled_yes")
    page.get_by_role("button", name=say("after_sale:wish.send"), exact=True).click()
    expect(page.get_by_text(say("after_sale:state.done"), exact=True).first).to_be_visible()


def told(market: Market, browser: Browser, phone: BrowserContext, case: str) -> None:
    """Both have it in their conversation, and both see the same sum."""
    mine = phone.request.get(f"{market.address}/public/v1/cases/{case}").json()
    assert mine["refunded_minor"] == mine["refund_minor"] > 0
    chat = phone.new_page()
    chat.goto(f"{market.address}/buyer/shops/{mine['shop_id']}")
    expect(chat.get_by_text(say("after_sale:event.paid"), exact=True)).to_be_visible()
    chat.get_by_role("link", name=say("after_sale:card.open")).last.click()
    chat.wait_for_url(lambda url: url.endswith(case))
    chat.close()
    shop_side = market.signed_in(browser, MANAGER, "desktop")
    shop = f"{market.address}/api/v1/shops/{UUID(mine['shop_id'])}"
    theirs = shop_side.request.get(f"{shop}/cases/{case}").json()
    assert (theirs["state"], theirs["refunded_minor"]) == ("settled", mine["refunded_minor"])
    entries = shop_side.request.get(f"{shop}/conversations/{mine['conversation_id']}/entries?limit=50")
    assert entries.ok, entries.text()
    cards = [one["body"]["card"]["event"] for one in entries.json()["data"] if "card" in one["body"]]
    assert cards[-2:] == ["seller_silent", "paid"]
    shop_side.close()


def test_a_refused_wish_shows_its_row_and_what_is_still_possible(
    market: Market, phone: BrowserContext
) -> None:
    page = wizard(phone, market, LATE)
    choose(page, "after_sale:kind.return_refund")
    go_on(page)
    choose(page, "after_sale:reason.does_not_suit")
    go_on(page)
    choose(page, "after_sale:condition.intact")
    refused = page.get_by_role("alert").filter(has_text=say("after_sale:refused_title"))
    expect(refused).to_contain_text(say("after_sale:refused.not_eligible_late"))
    expect(refused).to_contain_text("D1-7")
    expect(refused).to_contain_text("L-001")
    assert sound(page) == []
    refused.get_by_role("button", name=say("after_sale:still.quality_claim")).click()
    expect(page.get_by_role("heading", name=say("after_sale:wish.question.reason"))).to_be_visible()
    expect(page.locator("label").filter(has_text=say("after_sale:reason.does_not_suit"))).to_have_count(0)


def test_what_was_typed_outlives_a_lost_network_and_is_sent_once(
    market: Market, phone: BrowserContext
) -> None:
    page = wizard(phone, market, DELIVERED)
    choose(page, "after_sale:kind.return_refund")
    go_on(page)
    choose(page, "after_sale:reason.quality")
    expect(page.get_by_text(say("after_sale:quote.title"))).to_be_visible()
    go_on(page)
    page.get_by_label(say("after_sale:wish.text")).fill("左边没有声音")
    phone.set_offline(True)
    page.get_by_role("button", name=say("after_sale:wish.send"), exact=True).click()
    expect(page.get_by_text(say("after_sale:wish.kept"))).to_be_visible(timeout=WAIT_MS)
    phone.set_offline(False)
    page.reload()
    expect(page.get_by_label(say("after_sale:wish.text"))).to_have_value("左边没有声音")
    page.get_by_role("button", name=say("after_sale:wish.send"), exact=True).dblclick()
    page.wait_for_url(lambda url: "/cases/" in url)
    expect(page.get_by_text("左边没有声音").first).to_be_visible()
    ordered = order(phone, market, DELIVERED)["id"]
    asked = phone.request.get(f"{market.address}/public/v1/cases?order={ordered}")
    assert len(asked.json()["data"]) == 1


def test_what_can_be_changed_says_why_not_where_it_cannot(market: Market, phone: BrowserContext) -> None:
    page = phone.new_page()
    page.goto(f"{market.address}/buyer/orders/{order(phone, market, DELIVERED)['id']}")
    expect(page.get_by_text(say("instructions:refused.already_sent")).first).to_be_visible()
    assert sound(page) == []
