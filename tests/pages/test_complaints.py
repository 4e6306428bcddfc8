"""Complaints in the browser: from the chat to an apology or a withdrawal; the shop, and the intake."""

from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.pages.test_after_sale_buyer import (
    BUYER,
    DELIVERED,
    MANAGER,
    PAGES,
    Market,
    _prepare,
    elsewhere,
    order,
    say,
    sound,
)
from tests.served import served
from tools.sights import WAIT_MS
from xiaoer.plumbing import postgres

OFFICER = "officer@demo.xiaoer"


@pytest.fixture(scope="module")
def market(postgres_server: postgres.Server, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Market]:
    """A marketplace to complain in."""
    if not (PAGES / "buyer" / "index.html").exists():
        pytest.skip("the pages are not built: make test builds them")
    url = postgres_server.url("xiaoer_complaints_pages")
    elsewhere(_prepare(url))
    with served(url, tmp_path_factory.mktemp("home")) as server:
        yield Market(server.url, url)


@pytest.fixture
def phone(market: Market, browser: Browser) -> Iterator[BrowserContext]:
    """The buyer on his phone."""
    context = market.signed_in(browser, BUYER, "phone")
    yield context
    context.close()


def press(page: Page, key: str) -> None:
    page.get_by_role("button", name=say(key), exact=True).first.click()


def state(page: Page, key: str) -> None:
    expect(page.get_by_text(say(f"complaints:state.{key}"), exact=True).first).to_be_visible(timeout=WAIT_MS)


def sealed(page: Page) -> None:
    """The first and the last message are chosen by keyboard, the server gives the number."""
    press(page, "complaints:form.pick")
    messages = page.get_by_role("group", name=say("complaints:picker.messages")).get_by_role("button")
    expect(messages.first).to_be_visible()
    assert messages.count() >= 2
    messages.nth(0).focus()
    page.keyboard.press("Enter")
    messages.nth(1).focus()
    page.keyboard.press("Space")
    expect(messages.nth(0)).to_have_attribute("aria-pressed", "true")
    expect(messages.nth(1)).to_have_attribute("aria-pressed", "true")
    press(page, "complaints:picker.seal")
    expect(page.get_by_role("group", name=say("complaints:picker.messages"))).to_have_count(0)


def spoken(context: BrowserContext, market: Market, shop: str) -> None:
    """Something was said between the two."""
    mine = {"x-xiaoer": "1"}
    talk = context.request.post(f"{market.address}/public/v1/shops/{shop}/conversation", headers=mine).json()
    for words in ("杯子裂了", "请给个说法"):
        data = {"kind": "text", "text": words, "client_id": f"{uuid4()}"}
        path = f"{market.address}/public/v1/conversations/{talk['id']}/entries"
        said = context.request.post(path, data=data, headers=mine)
        assert said.ok, said.text()


def complain(context: BrowserContext, market: Market, text: str) -> Page:
    """From the order of the buyer to his sent complaint."""
    page, bought = context.new_page(), order(context, market, DELIVERED)
    spoken(context, market, bought["shop_id"])
    page.goto(f"{market.address}/buyer/orders/{bought['id']}")
    page.get_by_role("link", name=say("complaints:order.complain"), exact=True).click()
    page.get_by_label(say("complaints:form.text")).fill(text)
    sealed(page)
    return page


def sent(page: Page) -> str:
    press(page, "complaints:form.look")
    expect(page.get_by_text(say("complaints:quote.accept"))).to_be_visible()
    press(page, "complaints:form.send")
    page.wait_for_url(lambda url: "/complaints/" in url)
    return page.url.rsplit("/", 1)[1]


def test_from_the_order_to_an_apology(market: Market, browser: Browser, phone: BrowserContext) -> None:
    page = complain(phone, market, "客服骂人")
    page.get_by_text(say("complaints:shot.title")).click()
    page.get_by_label(say("complaints:shot.words")).fill("从来没有说过的话")
    press(page, "complaints:shot.compare")
    expect(page.get_by_text(say("complaints:shot.found.differs"))).to_be_visible()
    page.get_by_label(say("complaints:ask.apology")).check()
    assert sound(page) == []
    complaint = sent(page)
    state(page, "accepted")
    assert sound(page) == []

    shop = market.signed_in(browser, MANAGER, "desktop")
    desk = shop.new_page()
    bought = order(phone, market, DELIVERED)
    desk.goto(f"{market.address}/desk/complaints/{bought['shop_id']}")
    desk.get_by_role("link").filter(has_text=say("complaints:type.abuse")).first.click()
    expect(desk.get_by_text(say("complaints:now.accepted"))).to_be_visible()
    press(desk, "complaints:deed.apologise")
    desk.get_by_label(say("complaints:form.words")).fill("非常抱歉，我们会改")
    assert sound(desk) == []
    desk.get_by_role("button", name=say("complaints:deed.apologise"), exact=True).last.click()
    state(desk, "apology_offered")

    expect(page.get_by_text("非常抱歉，我们会改").first).to_be_visible(timeout=WAIT_MS)
    expect(page.get_by_text(say("complaints:view.free_to_say_no"))).to_be_visible()
    press(page, "complaints:deed.accept_apology")
    page.get_by_role("button", name=say("complaints:deed.accept_apology"), exact=True).last.click()
    state(page, "apology_accepted")
    mine = phone.request.get(f"{market.address}/public/v1/me/complaints/{complaint}").json()
    assert mine["apology"]["state"] == "accepted"
    press(desk, "complaints:deed.coached")
    desk.get_by_label(say("complaints:form.words")).fill("已和客服谈过")
    desk.get_by_role("button", name=say("complaints:deed.coached"), exact=True).last.click()
    expect(desk.get_by_role("listitem").filter(has_text=say("complaints:event.coached"))).to_be_visible()
    shop.close()


def test_pressure_and_a_free_withdrawal(market: Market, phone: BrowserContext) -> None:
    page = phone.new_page()
    shop = order(phone, market, DELIVERED)["shop_id"]
    spoken(phone, market, shop)
    page.goto(f"{market.address}/buyer/shops/{shop}")
    page.get_by_role("link", name=say("complaints:chat.complain"), exact=True).click()
    page.get_by_label(say("complaints:form.type")).select_option("harassment")
    page.get_by_label(say("complaints:form.text")).fill("半夜打电话")
    sealed(page)
    complaint = sent(page)
    press(page, "complaints:deed.pressure")
    page.get_by_label(say("complaints:form.words")).fill("逼我撤诉")
    page.get_by_role("button", name=say("complaints:deed.pressure"), exact=True).last.click()
    page.wait_for_url(lambda url: "/complaints/" in url and complaint not in url)
    page.goto(f"{market.address}/buyer/complaints/{complaint}")
    press(page, "complaints:deed.withdraw")
    button = page.get_by_role("button", name=say("complaints:deed.withdraw"), exact=True).last
    expect(button).to_be_disabled()
    page.get_by_label(say("complaints:form.free")).check()
    button.click()
    state(page, "withdrawn")
    page.goto(f"{market.address}/buyer/complaints?closed=1")
    expect(page.get_by_role("link").filter(has_text=say("complaints:type.harassment"))).to_be_visible()
    assert sound(page) == []


def test_people_take_it_on_and_the_hotline_prepares_a_form(
    market: Market, browser: Browser, phone: BrowserContext
) -> None:
    bought = order(phone, market, DELIVERED)
    made = phone.request.post(
        f"{market.address}/public/v1/me/complaints",
        data={"type": "refused_service", "text": "不给售后", "purchase": bought["id"]},
        headers={"x-xiaoer": "1"},
    )
    assert made.status == 201, made.text()
    officer = market.signed_in(browser, OFFICER, "desktop")
    page = officer.new_page()
    page.goto(f"{market.address}/desk/intake")
    page.get_by_role("link").filter(has_text=say("complaints:type.refused_service")).first.click()
    expect(page.get_by_text(say("complaints:people.signals"), exact=True)).to_be_visible()
    assert sound(page) == []
    press(page, "complaints:people.deed.acceptance")
    dialog = page.get_by_role("dialog")
    dialog.get_by_label(say("complaints:people.evidence")).get_by_label(say("complaints:yes")).check()
    dialog.get_by_label(say("complaints:people.words")).fill("通话录音已核对")
    dialog.get_by_role("button", name=say("complaints:people.deed.acceptance")).click()
    state(page, "accepted")

    press(page, "complaints:people.call")
    dialog = page.get_by_role("dialog")
    dialog.get_by_label(say("complaints:view.order")).fill(bought["external_id"])
    dialog.get_by_label(say("complaints:form.type")).click()
    page.get_by_text(say("complaints:type.goods"), exact=True).last.click()
    dialog.get_by_label(say("complaints:people.caller_words")).fill("电话里说杯子裂了")
    dialog.get_by_role("button", name=say("complaints:people.write_down")).click()
    link = page.get_by_role("dialog").locator("code").inner_text()
    officer.close()
    caller = phone.new_page()
    caller.goto(link)
    expect(caller.get_by_label(say("complaints:form.text"))).to_have_value("电话里说杯子裂了")
    expect(caller.get_by_label(say("complaints:form.type"))).to_have_value("goods")


def test_longest_words_fit_on_a_phone(market: Market, browser: Browser) -> None:
    context: Any = market.signed_in(browser, BUYER, "phone", "es")
    page = context.new_page()
    shop = order(context, market, DELIVERED)["shop_id"]
    page.goto(f"{market.address}/buyer/complain?shop={shop}")
    expect(page.locator("#cp-text")).to_be_visible()
    assert sound(page) == []
    context.close()
