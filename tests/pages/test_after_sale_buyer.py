"""After-sale as a buyer meets it: he asks, the shop is silent, the clock rings, money moves."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.pages.deeds import Market, choose, fine, marketplace, press, say
from xiaoer.plumbing import postgres

PAID, LATE, DELIVERED = "71002", "61002", "71001"


@pytest.fixture(scope="module")
def market(
    postgres_server: postgres.Server, browser: Browser, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Market]:
    """A marketplace to ask things of."""
    home = tmp_path_factory.mktemp("home")
    with marketplace(postgres_server, "xiaoer_after_sale_buyer", home, browser) as made:
        yield made


def wizard(market: Market, number: str) -> Page:
    """From the order to the first question, on a phone."""
    page = market.page("buyer", f"buyer/orders/{market.order('buyer', number)['id']}", "phone")
    page.get_by_role("link", name=say("after_sale:buyer.ask"), exact=True).click()
    return page


def go_on(page: Page) -> None:
    press(page, "after_sale:wish.next")


def send(page: Page) -> str:
    press(page, "after_sale:wish.send")
    page.wait_for_url(lambda url: "/cases/" in url)
    return page.url.rsplit("/", 1)[1]


def test_he_asks_before_dispatch_the_shop_is_silent_and_the_money_comes_by_itself(
    market: Market,
) -> None:
    page = wizard(market, PAID)
    choose(page, "after_sale:kind.refund_before_dispatch")
    go_on(page)
    go_on(page)  # all pieces of the order
    choose(page, "after_sale:reason.ordered_by_mistake")
    expect(page.get_by_text(say("after_sale:quote.title"))).to_be_visible()
    expect(page.get_by_text(say("after_sale:then.paying"))).to_be_visible()
    fine(page, "buyer-quote")
    go_on(page)
    case = send(page)
    expect(page.get_by_text(say("after_sale:state.asked_refund")).first).to_be_visible()
    expect(page.get_by_role("timer")).to_contain_text(say("after_sale:then.paying"))
    fine(page, "buyer-asked")

    market.passes(hours=49)
    expect(page.get_by_text(say("after_sale:state.settled")).first).to_be_visible()
    expect(page.get_by_text(say("after_sale:event.paid"), exact=True)).to_be_visible()
    expect(page.get_by_text(say("after_sale:event.seller_silent"))).to_be_visible()
    told(market, case)

    press(page, "after_sale:deed.answer_follow_up")
    choose(page, "after_sale:case.settled_yes")
    press(page, "after_sale:wish.send")
    expect(page.get_by_text(say("after_sale:state.done"), exact=True).first).to_be_visible()


def told(market: Market, case: str) -> None:
    """Both have it in their conversation, and both see the same sum."""
    mine = market.get("buyer", f"/public/v1/cases/{case}")
    assert mine["refunded_minor"] == mine["refund_minor"] > 0
    chat = market.page("buyer", f"buyer/shops/{mine['shop_id']}", "phone")
    expect(chat.get_by_text(say("after_sale:event.paid"), exact=True)).to_be_visible()
    chat.get_by_role("link", name=say("after_sale:card.open")).last.click()
    chat.wait_for_url(lambda url: url.endswith(case))
    chat.close()
    shop = f"/api/v1/shops/{mine['shop_id']}"
    theirs = market.get("manager", f"{shop}/cases/{case}")
    assert (theirs["state"], theirs["refunded_minor"]) == ("settled", mine["refunded_minor"])
    entries = market.get("manager", f"{shop}/conversations/{mine['conversation_id']}/entries?limit=50")
    cards = [one["body"]["card"]["event"] for one in entries["data"] if "card" in one["body"]]
    assert cards[-2:] == ["seller_silent", "paid"]


def test_a_refused_wish_shows_its_row_and_what_is_still_possible(market: Market) -> None:
    page = wizard(market, LATE)
    choose(page, "after_sale:kind.return_refund")
    go_on(page)
    choose(page, "after_sale:reason.does_not_suit")
    go_on(page)
    choose(page, "after_sale:condition.intact")
    refused = page.get_by_role("alert").filter(has_text=say("after_sale:refused_title"))
    expect(refused).to_contain_text(say("after_sale:refused.not_eligible_late"))
    expect(refused).to_contain_text("D1-7")
    expect(refused).to_contain_text("L-001")
    fine(page, "buyer-refused")
    expect(refused.get_by_role("button", name=say("after_sale:still.quality_claim"))).to_have_count(0)
    refused.get_by_role("button", name=say("after_sale:still.agreement")).click()
    expect(page.get_by_label("输入消息")).to_be_visible()


def test_what_was_typed_outlives_a_lost_network_and_is_sent_once(market: Market) -> None:
    page = wizard(market, DELIVERED)
    choose(page, "after_sale:kind.return_refund")
    go_on(page)
    choose(page, "after_sale:reason.quality")
    expect(page.get_by_text(say("after_sale:quote.title"))).to_be_visible()
    go_on(page)
    page.get_by_label(say("after_sale:wish.text")).fill("左边没有声音")
    page.context.set_offline(True)
    press(page, "after_sale:wish.send")
    expect(page.get_by_text(say("after_sale:wish.kept"))).to_be_visible()
    page.context.set_offline(False)
    page.reload()
    expect(page.get_by_label(say("after_sale:wish.text"))).to_have_value("左边没有声音")
    page.get_by_role("button", name=say("after_sale:wish.send"), exact=True).dblclick()
    page.wait_for_url(lambda url: "/cases/" in url)
    expect(page.get_by_text("左边没有声音").first).to_be_visible()
    ordered = market.order("buyer", DELIVERED)["id"]
    assert len(market.get("buyer", f"/public/v1/cases?order={ordered}")["data"]) == 1


def test_what_can_be_changed_says_why_not_where_it_cannot(market: Market) -> None:
    page = market.page("buyer", f"buyer/orders/{market.order('buyer', DELIVERED)['id']}", "phone")
    expect(page.get_by_text(say("instructions:refused.already_sent")).first).to_be_visible()
    fine(page, "buyer-not-changed")
