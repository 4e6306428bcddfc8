"""After-sale as a buyer meets it: he asks, the shop is silent, the clock rings, money moves."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.pages import hands
from tests.pages.deeds import Json, Market, choose, fine, marketplace, press, say, shot
from tests.pages.lives import AGREE, BROKEN, RETURN, Life, opened, ordered, payments
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


class Changes:
    """The part of an order's page where its buyer changes it."""

    def __init__(self, market: Market, order: Json, size: str) -> None:
        self.page = market.page("buyer", f"buyer/orders/{order['id']}", size)
        self.part = self.page.get_by_role("region", name=say("instructions:buyer.changes"))

    def send(self, key: str = "instructions:buyer.save") -> None:
        words = "^" + re.escape(say(key).split("{{")[0])
        self.part.locator("form").get_by_role("button", name=re.compile(words)).dblclick()

    def done(self) -> None:
        expect(self.part.locator("form")).to_have_count(0)
        expect(self.part.get_by_role("status")).to_be_visible()

    def pays_with(self, method: str) -> None:
        self.part.locator("label").filter(has_text=say(f"instructions:method.{method}")).click()


def test_he_changes_his_order_before_it_is_sent(market: Market) -> None:
    changes = Changes(market, ordered(market, "paid", "watch-41"), "phone")
    press(changes.part, "instructions:change.address")
    changes.part.locator("#in-text").fill("茶园路 20 号")
    changes.send()
    changes.done()
    expect(changes.page.get_by_text("茶园路 20 号")).to_be_visible()
    press(changes.part, "instructions:change.payment")
    changes.pays_with("gift_card")
    changes.send()
    expect(changes.part).to_contain_text(say("instructions:refused.balance_short"))
    changes.pays_with("alipay")
    changes.send()
    expect(changes.part).to_contain_text(say("instructions:refused.method_same"))
    fine(changes.page, "change-payment")
    press(changes.part, "ui:action.close")
    press(changes.part, "instructions:change.items")
    changes.part.get_by_role("combobox").select_option(label="45毫米 ¥999.00")
    expect(changes.part).to_contain_text("¥100.00")
    changes.pays_with("alipay")
    fine(changes.page, "change-items")
    changes.send()
    expect(changes.page.locator(".in-items")).to_contain_text("45毫米")
    changes.page.close()


def test_the_second_click_of_a_double_click_presses_nothing_else(market: Market) -> None:
    changes = Changes(market, ordered(market, "paid", "watch-41"), "phone")
    opens = changes.part.get_by_role("button", name=say("instructions:change.address"), exact=True)
    opens.scroll_into_view_if_needed()
    for struck, count in ((changes.part.get_by_role("heading"), 1), (opens, 2)):
        struck.hover()
        changes.page.mouse.down(click_count=count)
        changes.page.mouse.up(click_count=count)
    expect(changes.part.locator("form")).to_have_count(0)
    opens.dblclick()
    expect(changes.part.locator("form")).to_have_count(1)
    changes.page.close()


def test_he_pays_otherwise_and_cancels_at_a_desk(market: Market) -> None:
    changes = Changes(market, ordered(market, "paid", "case"), "desktop")
    press(changes.part, "instructions:change.payment")
    changes.pays_with("gift_card")
    changes.send()
    changes.done()
    press(changes.part, "instructions:change.cancel")
    changes.part.get_by_text(say("instructions:cancel_reason.no_longer_needed"), exact=True).click()
    fine(changes.page, "change-cancel")
    changes.send("instructions:buyer.cancel_submit")
    expect(changes.page.get_by_role("heading", name=say("orders:state.cancelled"))).to_be_visible()
    changes.page.close()


def test_freight_paid_too_much_is_asked_back(market: Market) -> None:
    order = ordered(market, "delivered", "buds-white", total="519", freight="20", free_shipping=False)
    page = market.page("buyer", f"buyer/orders/{order['id']}/after-sale", "phone")
    press(page, "after_sale:wish.more_kinds")
    choose(page, "after_sale:kind.freight_compensation")
    go_on(page)
    page.get_by_label(re.compile("^" + re.escape(say("after_sale:wish.amount").split("{{")[0]))).fill("8")
    expect(page.get_by_text(say("after_sale:quote.title"))).to_be_visible()
    go_on(page)
    case = send(page)
    market.post("manager", f"/api/v1/shops/{order['shop_id']}/cases/{case}/agree")
    expect(page.locator(".ab-top")).to_contain_text(say("after_sale:state.settled"))
    expect(page.locator(".ab-top")).to_contain_text("¥8.00")
    fine(page, "freight-paid-back")
    page.close()


def test_a_parcel_is_lost_and_he_reads_it_where_he_looks(market: Market) -> None:
    parcel = {"id": "k1", "carrier": "顺丰", "tracking_number": "SF700", "signed_at": None}
    order = ordered(market, "dispatched", "buds-white", signed_at=None, parcels=[parcel])
    page = market.page("buyer", f"buyer/orders/{order['id']}", "phone")
    expect(page.get_by_role("link", name=say("after_sale:buyer.ask"), exact=True)).to_be_visible()
    market.post(
        "manager", f"/api/v1/shops/{order['shop_id']}/carrier-events", {"number": "SF700", "event": "lost"}
    )
    expect(page.get_by_text(say("after_sale:harm_borne.seller"))).to_be_visible()
    expect(page.locator("main strong", has_text="SF700")).to_be_visible()
    press(page, "ui:why.ask")
    expect(page.locator("[data-why=row]")).to_have_text("D14-1")
    fine(page, "parcel-lost")
    page.close()


def test_a_payment_of_the_difference_is_refused_and_runs_out_of_time(market: Market) -> None:
    wish = {"kind": "exchange", "reason": "quality"}
    case = opened(market, Life("", wish, (), "", "watch-41", "watch-45"))
    case.shop_does("agree", AGREE)
    page = case.seen_by("buyer")
    top = page.locator(".ab-top")
    payments(market).behave("refuse")
    hands.pay(page)
    expect(page.get_by_text(say("after_sale:pay.declined"))).to_be_visible()
    expect(top).to_contain_text(say("after_sale:state.to_pay"))
    fine(page, "pay-declined")
    market.passes(days=4)
    expect(top).to_contain_text(say("after_sale:state.sending_back"))
    expect(page.get_by_text(say("after_sale:event.difference_unpaid")).first).to_be_visible()
    shot(page, "pay-expired")
    case.close()


def test_a_buyer_who_keeps_what_was_paid_ahead_owes_it(market: Market) -> None:
    case = opened(market, Life("", RETURN, (), "", ahead=True))
    case.shop_does("agree", AGREE)
    case.buyer_does("send-back", hands.PARCEL)
    page = case.seen_by("buyer")
    top = page.locator(".ab-top")
    expect(top).to_contain_text(say("after_sale:state.paid_ahead"))
    case.shop_does("inspect", {"result": "object", "text": "空盒"})
    expect(top).to_contain_text(say("after_sale:state.repaying"))
    market.passes(days=60)
    expect(top).to_contain_text(say("after_sale:state.owing"))
    fine(page, "owing")
    case.close()


def test_what_a_shop_cannot_pay_it_owes(market: Market) -> None:
    dear = {"product": "screen", "quantity": 60, "price": "1899"}
    paid = {"amount": "113940", "method": "alipay-1"}
    order: Json = {"items": [dear], "total": "113940", "payments": [paid]}
    case = opened(market, Life("", BROKEN, (), "", "screen", order=order))
    case.shop_does("agree")
    expect(case.seen_by("buyer").locator(".ab-top")).to_contain_text(say("after_sale:state.settled"))
    page = market.page("manager", f"merchant/funds/{case.shop}")
    debt = page.locator(".x-tile", has_text=say("ledger:account.debt"))
    expect(debt).to_be_visible()
    expect(debt).not_to_contain_text("¥0.00")
    shot(page, "shop-owes")
    page.close()
    case.close()
