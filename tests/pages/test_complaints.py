"""Complaints in the browser: from the chat to an apology or a withdrawal; the shop, and the intake."""

from collections.abc import Iterator
from uuid import uuid4

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.pages.deeds import Market, fine, marketplace, press, say
from tests.pages.lives import ordered
from tests.pages.test_disputes import seated
from xiaoer.plumbing import postgres

DELIVERED = "71001"


@pytest.fixture(scope="module")
def market(
    postgres_server: postgres.Server, browser: Browser, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Market]:
    """A marketplace to complain in."""
    home = tmp_path_factory.mktemp("home")
    with marketplace(postgres_server, "xiaoer_complaints_pages", home, browser) as made:
        yield seated(made)


def state(page: Page, key: str) -> None:
    expect(page.get_by_text(say(f"complaints:state.{key}"), exact=True).first).to_be_visible()


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


def spoken(market: Market, shop: str) -> None:
    """Something was said between the two."""
    talk = market.post("buyer", f"/public/v1/shops/{shop}/conversation")["id"]
    for words in ("杯子裂了", "请给个说法"):
        said = {"kind": "text", "text": words, "client_id": f"{uuid4()}"}
        market.post("buyer", f"/public/v1/conversations/{talk}/entries", said)


def complain(market: Market, text: str) -> Page:
    """From the order of the buyer to his sent complaint."""
    bought = market.order("buyer", DELIVERED)
    spoken(market, bought["shop_id"])
    page = market.page("buyer", f"buyer/orders/{bought['id']}", "phone")
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


def test_from_the_order_to_an_apology(market: Market) -> None:
    page = complain(market, "客服骂人")
    page.get_by_text(say("complaints:shot.title")).click()
    page.get_by_label(say("complaints:shot.words")).fill("从来没有说过的话")
    press(page, "complaints:shot.compare")
    expect(page.get_by_text(say("complaints:shot.found.differs"))).to_be_visible()
    page.get_by_label(say("complaints:ask.apology")).check()
    fine(page, "complaint-form")
    complaint = sent(page)
    state(page, "accepted")
    fine(page, "complaint-accepted")

    shop = market.order("buyer", DELIVERED)["shop_id"]
    desk = market.page("manager", f"desk/complaints/{shop}")
    desk.get_by_role("link").filter(has_text=say("complaints:type.abuse")).first.click()
    expect(desk.get_by_text(say("complaints:now.accepted"))).to_be_visible()
    press(desk, "complaints:deed.apologise")
    desk.get_by_label(say("complaints:form.words")).fill("非常抱歉，我们会改")
    fine(desk, "complaint-apology")
    desk.get_by_role("button", name=say("complaints:deed.apologise"), exact=True).last.click()
    state(desk, "apology_offered")

    expect(page.get_by_text("非常抱歉，我们会改").first).to_be_visible()
    expect(page.get_by_text(say("complaints:view.free_to_say_no"))).to_be_visible()
    press(page, "complaints:deed.accept_apology")
    page.get_by_role("button", name=say("complaints:deed.accept_apology"), exact=True).last.click()
    state(page, "apology_accepted")
    mine = market.get("buyer", f"/public/v1/me/complaints/{complaint}")
    assert mine["apology"]["state"] == "accepted"
    press(desk, "complaints:deed.coached")
    desk.get_by_label(say("complaints:form.words")).fill("已和客服谈过")
    desk.get_by_role("button", name=say("complaints:deed.coached"), exact=True).last.click()
    expect(desk.get_by_role("listitem").filter(has_text=say("complaints:event.coached"))).to_be_visible()


def test_pressure_and_a_free_withdrawal(market: Market) -> None:
    shop = market.order("buyer", DELIVERED)["shop_id"]
    spoken(market, shop)
    page = market.page("buyer", f"buyer/shops/{shop}", "phone")
    page.get_by_role("link", name=say("complaints:chat.complain"), exact=True).click()
    page.get_by_label(say("complaints:form.type")).select_option("harassment")
    page.get_by_label(say("complaints:form.text")).fill("半夜打电话")
    sealed(page)
    complaint = sent(page)
    press(page, "complaints:deed.pressure")
    page.get_by_label(say("complaints:form.words")).fill("逼我撤诉")
    page.get_by_role("button", name=say("complaints:deed.pressure"), exact=True).last.click()
    page.wait_for_url(lambda url: "/complaints/" in url and complaint not in url)
    page.goto(f"/buyer/complaints/{complaint}")
    press(page, "complaints:deed.withdraw")
    button = page.get_by_role("button", name=say("complaints:deed.withdraw"), exact=True).last
    expect(button).to_be_disabled()
    page.get_by_label(say("complaints:form.free")).check()
    button.click()
    state(page, "withdrawn")
    page.goto("/buyer/complaints?closed=1")
    expect(page.get_by_role("link").filter(has_text=say("complaints:type.harassment"))).to_be_visible()
    fine(page, "complaint-closed")


def test_people_take_it_on_and_the_hotline_prepares_a_form(market: Market) -> None:
    bought = market.order("buyer", DELIVERED)
    wish = {"type": "refused_service", "text": "不给售后", "purchase": bought["id"]}
    market.post("buyer", "/public/v1/me/complaints", wish)
    page = market.page("officer", "desk/intake")
    page.get_by_role("link").filter(has_text=say("complaints:type.refused_service")).first.click()
    expect(page.get_by_text(say("complaints:people.signals"), exact=True)).to_be_visible()
    fine(page, "complaint-intake")
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
    caller = market.page("buyer", link.removeprefix(f"{market.address}/"), "phone")
    expect(caller.get_by_label(say("complaints:form.text"))).to_have_value("电话里说杯子裂了")
    expect(caller.get_by_label(say("complaints:form.type"))).to_have_value("goods")


def test_an_officer_puts_two_complaints_of_one_matter_together(market: Market) -> None:
    bought = ordered(market, "delivered", "buds-white")
    wish = {"text": "杯子漏水没人管", "purchase": bought["id"]}
    wishes = [wish | {"type": one} for one in ("goods", "refused_service")]
    first, second = (market.post("buyer", "/public/v1/me/complaints", one) for one in wishes)
    assert (first["state"], second["state"]) == ("lodged", "lodged"), (first, second)
    page = market.page("officer", f"desk/intake/{second['id']}")
    press(page, "complaints:people.deed.merge")
    box = page.get_by_role("dialog")
    box.get_by_label(say("complaints:people.into")).click()
    page.locator(".ant-select-dropdown:visible .ant-select-item-option", has_text=first["number"]).click()
    box.get_by_label(say("complaints:people.words")).fill("同一件事的两次投诉")
    fine(page, "complaint-merge")
    box.get_by_role("button", name=say("complaints:people.deed.merge")).click()
    expect(box).to_be_hidden()
    state(page, "merged")
    mine = market.page("buyer", f"buyer/complaints/{second['id']}", "phone")
    state(mine, "merged")
    expect(mine.get_by_text("同一件事的两次投诉")).to_be_visible()
    mine.locator(f"a[href$='{first['id']}']").click()
    expect(mine.get_by_text(first["number"]).first).to_be_visible()
    fine(mine, "complaint-merged")


def test_a_limit_stops_a_deed_and_a_wrong_one_is_apologised_for_in_public(market: Market) -> None:
    shop = market.order("buyer", DELIVERED)["shop_id"]
    block = blocked(market, shop)
    talk = market.post("buyer", f"/public/v1/shops/{shop}/conversation")["id"]
    desk = market.page("manager", f"desk/{shop}/{talk}")
    words = desk.get_by_label(say("conversations:desk.editor.label.reply"), exact=True)
    words.fill("您好，马上为您查。")
    words.press("Enter")
    bench = market.page("third", f"desk/blocks/{block}?view=all")  # while the words may still be taken back
    expect(desk.locator("main")).to_contain_text(say("measures:refused.in_force"))
    fine(desk, "limited-deed")
    press(desk, "ui:why.ask")
    expect(desk.locator(".ant-popover:visible")).to_contain_text("limit_messages")

    press(bench, "blocks:deed.lift_wrong")
    box = bench.get_by_role("dialog")
    box.locator("textarea").first.fill("鉴定为正品，店铺没有售假")
    fine(bench, "block-of-shop-wrong")
    box.locator(".ant-modal-footer .ant-btn-primary").click()
    expect(bench.locator(".x-panes-side")).to_contain_text(say("blocks:state.lifted_wrong"))
    slug = market.get("officer", "/public/v1/me")["marketplace"]["slug"]
    public = market.page(None, f"signin/measures/{slug}", "phone")
    expect(public.get_by_role("heading", name=say("measures:notices.apologies"))).to_be_visible()
    name = next(one["name"] for one in market.get("manager", "/public/v1/me")["shops"] if one["id"] == shop)
    expect(public.get_by_role("listitem").filter(has_text=name).first).to_be_visible()
    fine(public, "public-apology")


def blocked(market: Market, shop: str) -> str:
    """A shop that may only finish what runs: proposed by one officer, approved by another."""
    talk = market.post("buyer", f"/public/v1/shops/{shop}/conversation")["id"]
    said = {"kind": "text", "text": "是假货吧", "client_id": f"{uuid4()}"}
    last = market.post("buyer", f"/public/v1/conversations/{talk}/entries", said)["version"]
    seal = {"first": last, "last": last, "purpose": "complaint", "reason": "疑似售假"}
    number = market.post("officer", f"/platform/v1/conversations/{talk}/evidence", seal)["number"]
    wish = {
        "subject_kind": "shop", "subject": shop, "ground": "fakes", "scope": "function", "days": 30,
        "stops": "limit_messages", "facts": "疑似售假", "evidence": [number],
    }  # fmt: skip
    block = market.post("officer", "/platform/v1/blocks", wish)["block"]["id"]
    words = {"text": "都是正品，有进货单"}
    market.post("manager", f"/api/v1/shops/{shop}/blocks-against/{block}/statement", words)
    market.post("second", f"/platform/v1/blocks/{block}/approve", {"text": "先行限制"})
    return block


def test_longest_words_fit_on_a_phone(market: Market) -> None:
    shop = market.order("buyer", DELIVERED)["shop_id"]
    page = market.page("buyer", f"buyer/complain?shop={shop}", "phone", "es")
    expect(page.locator("#cp-text")).to_be_visible()
    fine(page, "complain-es")
