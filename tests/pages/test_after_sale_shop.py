"""After-sale as shop and marketplace meet it, in a real browser: board, deeds, bulk, money, officers."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.pages.deeds import (
    HEADERS,
    Json,
    Market,
    dialog,
    fine,
    fine_everywhere,
    marketplace,
    order_box,
    press,
    say,
    send,
    shot,
    sure,
)
from tests.pages.lives import BROKEN, LIVES, Life, ordered, payments, pressed
from tests.pages.lives import opened as asked
from tools.sights import settle
from xiaoer.after_sale.rules.deeds import DEEDS
from xiaoer.plumbing import postgres

RETURNED = "71001"


@pytest.fixture(scope="module")
def market(
    postgres_server: postgres.Server, browser: Browser, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Market]:
    """A marketplace whose shops are asked things."""
    home = tmp_path_factory.mktemp("home")
    with marketplace(postgres_server, "xiaoer_after_sale_shop", home, browser) as made:
        yield made


@pytest.fixture(scope="module")
def shop(market: Market) -> str:
    """The shop of clothes."""
    me = market.get("manager", "/public/v1/me")
    return next(one["id"] for one in me["shops"] if one["name"] == "山茶服饰")


@pytest.fixture(scope="module")
def opened(market: Market, shop: str) -> Callable[..., Json]:
    """Opens a case for the buyer of an order nobody has asked about yet."""
    used: set[str] = set()

    def open_case(states: tuple[str, ...], **wish: Any) -> Json:
        orders = market.get("manager", f"/api/v1/shops/{shop}/orders?limit=200")["data"]
        for order in orders:
            if order["state"] not in states or order["id"] in used or order["refunded_minor"]:
                continue
            path = f"/api/v1/shops/{shop}/orders/{order['id']}/cases"
            answer = market.person("manager").request.post(path, data=wish, headers=HEADERS)
            used.add(order["id"])
            if answer.ok:
                return answer.json()
        raise AssertionError(f"no order takes {wish}")

    return open_case


def row(page: Page, case: Json) -> Locator:
    return page.locator(".as-row", has=page.locator(f"[data-case='{case['id']}']"))


FAULT: Json = {"kind": "refund_only", "reason": "quality", "text": "袖口开线"}


def test_the_board_is_sorted_by_what_falls_due_next_and_a_case_is_agreed_to(
    market: Market, shop: str, opened: Callable[..., Json]
) -> None:
    later = opened(("delivered", "completed"), **FAULT)
    sooner = opened(("paid",), kind="refund_before_dispatch")
    page = market.page("manager", f"desk/cases/{shop}")
    links = page.locator("a[data-case]")
    expect(links).to_have_count(2)
    assert [link.get_attribute("data-case") for link in links.all()] == [sooner["id"], later["id"]]
    page.keyboard.press("j")
    expect(links.first).to_be_focused()
    page.keyboard.press("Enter")
    side = page.locator(".as-board-side")
    side.get_by_role("button", name=say("after_sale:shop.agree_money").split("{{")[0]).first.click()
    shot(page, "board-agree")
    page.locator(".ant-popover:visible .ant-btn-primary").click()
    expect(side.locator(".as-steps")).to_contain_text(say("after_sale:event.agree_pay"))
    expect(row(page, sooner)).to_have_attribute("data-left", "true")  # it stays in its place
    press(side, "ui:why.ask")
    expect(side.locator(".x-decided li").first).to_be_visible()
    page.close()


def test_an_offer_and_a_refusal(market: Market, shop: str, opened: Callable[..., Json]) -> None:
    one = opened(("delivered", "completed"), **FAULT)
    page = market.page("agent", f"desk/cases/{shop}/{one['id']}")
    side = page.locator(".as-board-side")
    press(side, "after_sale:deed.offer")
    box = dialog(page)
    box.get_by_label(say("after_sale:shop.amount"), exact=True).fill("0")
    box.locator(".ant-modal-footer .ant-btn-primary").click()
    expect(box.locator(".ant-form-item-explain-error")).to_be_visible()
    box.get_by_label(say("after_sale:shop.amount"), exact=True).fill("1.00")
    box.get_by_label(say("after_sale:shop.words"), exact=True).fill("先补偿一元，您看可以吗")
    shot(page, "offer")
    send(page)
    expect(side.locator(".as-stands")).to_contain_text(say("after_sale:state.offered"))

    other = opened(("delivered", "completed"), **FAULT)
    page.goto(f"/desk/cases/{shop}/{other['id']}")
    press(side, "after_sale:deed.refuse")
    dialog(page).locator(".ant-modal-footer .ant-btn-primary").click()
    expect(dialog(page).locator(".ant-form-item-explain-error").first).to_be_visible()
    dialog(page).get_by_text(say("after_sale:refusal.evidence_missing"), exact=True).click()
    dialog(page).get_by_label(say("after_sale:shop.words"), exact=True).fill("请补充照片")
    shot(page, "refuse")
    send(page)
    expect(side.locator(".as-stands")).to_contain_text(say("after_sale:state.contested"))
    expect(side.locator(".as-steps")).to_contain_text("请补充照片")
    page.close()


def test_goods_come_back_and_less_is_offered_for_them(market: Market) -> None:
    orders = market.get("buyer", "/public/v1/orders?limit=50")["data"]
    order = next(one for one in orders if one["external_id"] == RETURNED)
    wish = {"kind": "return_refund", "reason": "quality"}
    one = market.post("buyer", f"/public/v1/orders/{order['id']}/cases", wish)
    page = market.page("manager", f"desk/cases/{order['shop_id']}/{one['id']}")
    side = page.locator(".as-board-side")
    press(side, "after_sale:shop.agree.return")
    box = dialog(page)
    for name, text in (("name", "仓库"), ("phone", "13900001111"), ("text", "杭州市茶园路 1 号")):
        box.get_by_label(say(f"after_sale:shop.address_{name}"), exact=True).fill(text)
    send(page)
    expect(side.locator(".as-stands")).to_contain_text(say("after_sale:state.sending_back"))
    expect(side).to_contain_text("杭州市茶园路 1 号")

    market.post("buyer", f"/public/v1/cases/{one['id']}/send-back", {"carrier": "顺丰", "number": "SF1"})
    expect(side.locator(".as-stands")).to_contain_text(say("after_sale:state.coming_back"))  # live
    press(side, "after_sale:deed.arrived")
    expect(side.locator(".as-stands")).to_contain_text(say("after_sale:state.inspecting"))
    press(side, "after_sale:deed.inspect")
    box = dialog(page)
    box.get_by_text(say("after_sale:inspect.deduct"), exact=True).click()
    box.get_by_label(say("after_sale:shop.deduct"), exact=True).fill("1")
    box.get_by_label(say("after_sale:shop.words"), exact=True).fill("吊牌已剪")
    shot(page, "inspect")
    send(page)
    expect(side.locator(".as-stands")).to_contain_text(say("after_sale:state.deducting"))
    page.close()


def test_many_are_agreed_to_at_once(market: Market, shop: str, opened: Callable[..., Json]) -> None:
    cases = [opened(("delivered", "completed", "dispatched"), **FAULT) for _ in range(2)]
    page = market.page("manager", f"desk/cases/{shop}?kind=refund_only")
    for one in cases:
        row(page, one).get_by_role("checkbox").check()
    bar = page.locator(".as-board-bar")
    bar.locator(".ant-btn-primary").click()
    shot(page, "bulk")
    dialog(page).locator(".ant-modal-footer .ant-btn-primary").click()
    expect(dialog(page).locator(".as-bulk li[data-agreed='true']")).to_have_count(2)
    press(dialog(page), "ui:action.close")
    page.close()


def test_a_case_is_opened_for_the_buyer_beside_his_chat(market: Market) -> None:
    page = market.page("agent", "desk/")
    page.locator(".xd-row").first.click()
    side = page.locator(".xd-side")
    press(side, "after_sale:shop.open_for_buyer")
    box = dialog(page)
    expect(box.locator(".as-quote")).to_be_visible()
    box.locator(".as-quote .as-money, .as-quote [role=alert]").first.wait_for()
    shot(page, "open-for-buyer")
    page.keyboard.press("Escape")
    side.get_by_role("tab", name=say("conversations:desk.side.cases")).click()
    settle(page)
    shot(page, "desk-cases")
    page.close()


def test_an_order_is_changed_beside_the_talk_and_its_buyer_pays_what_is_dearer(market: Market) -> None:
    small, watch = (ordered(market, "paid", item) for item in ("case", "watch-41"))
    chat = market.post("buyer", f"/public/v1/shops/{watch['shop_id']}/conversation")["id"]
    desk = market.page("manager", f"desk/{watch['shop_id']}/{chat}")
    box = order_box(desk, watch["external_id"])
    press(box, "instructions:change.address")
    dialog(desk).get_by_label(say("instructions:part.text"), exact=True).fill("茶园路 30 号")
    fine(desk, "desk-address")
    send(desk)
    line = asked_for(box, "address")
    expect(line).to_contain_text(say("instructions:state.confirmed"))
    expect(box).to_contain_text("茶园路 30 号")
    press(line, "ui:why.ask")
    expect(line.locator("[data-why=row]").first).not_to_be_empty()

    press(box, "instructions:change.payment")
    gift_card(dialog(desk)).click()
    dialog(desk).locator(".ant-modal-footer .ant-btn-primary").click()
    expect(dialog(desk).get_by_role("alert")).to_contain_text(say("instructions:refused.balance_short"))
    fine(desk, "desk-payment-refused")
    dialog(desk).locator(".ant-modal-close").click()

    press(box, "instructions:change.items")
    dialog(desk).get_by_role("combobox").click()
    desk.locator(".ant-select-dropdown:visible .ant-select-item-option", has_text="45毫米").click()
    dialog(desk).locator(".ant-modal-footer .ant-btn-primary").click()
    expect(dialog(desk).locator(".ant-form-item-explain-error")).to_be_visible()
    dialog(desk).locator("label").filter(has_text=say("instructions:method.alipay")).click()
    fine(desk, "desk-items")
    send(desk)
    line = asked_for(box, "items")
    expect(line).to_contain_text(say("instructions:state.to_pay"))
    mine = market.page("buyer", f"buyer/orders/{watch['id']}", "phone")
    card = mine.get_by_role("region", name=say("instructions:buyer.top_up"))
    expect(card).to_contain_text("¥100.00")
    fine(mine, "top-up")
    card.locator("label").filter(has_text=say("instructions:method.alipay")).click()
    card.locator("button[type=submit]").dblclick()
    expect(mine.locator(".in-items")).to_contain_text("45毫米")
    expect(card).to_have_count(0)
    expect(line).to_contain_text(say("instructions:state.confirmed"))
    expect(line).to_contain_text("¥100.00")
    shot(desk, "desk-items-paid")
    mine.close()

    box = order_box(desk, small["external_id"])
    press(box, "instructions:change.payment")
    gift_card(dialog(desk)).click()
    send(desk)
    expect(asked_for(box, "payment")).to_contain_text(say("instructions:state.confirmed"))
    desk.close()


def asked_for(box: Locator, kind: str) -> Locator:
    """What was asked of the order side, and what it says."""
    lines = box.get_by_role("list", name=say("instructions:asked")).locator("> li")
    return lines.filter(has_text=say(f"instructions:kind.{kind}")).first


def gift_card(box: Locator) -> Locator:
    """One of the buyer's ways to pay."""
    return box.locator("label").filter(has_text=say("instructions:method.gift_card")).first


def test_money_is_entered_and_taken_back(market: Market, shop: str) -> None:
    page = market.page("admin", f"admin/funds/{shop}")
    press(page, "ledger:topup.title")
    dialog(page).get_by_label(say("ledger:statement.amount"), exact=True).fill("12.34")
    dialog(page).get_by_label(say("ledger:note"), exact=True).fill("测试入账")
    send(page)
    line = page.locator("tbody tr", has_text="测试入账")
    expect(line).to_have_count(1)
    press(line, "ledger:topup.reverse")
    dialog(page).get_by_label(say("ledger:note"), exact=True).fill("记错了")
    send(page)
    expect(line).to_contain_text(say("ledger:statement.reversed"))
    shot(page, "funds")
    page.close()


SEEN = (
    ("manager", "desk/cases"),
    ("manager", "desk/cases?turn=all"),
    ("manager", "merchant/promises"),
    ("manager", "merchant/funds"),
    ("manager", "merchant/live"),
    ("officer", "desk/"),
    ("officer", "desk/payouts"),
    ("officer", "desk/reconciliation"),
    ("admin", "admin/decide"),
    ("admin", "admin/payouts"),
    ("admin", "admin/reconciliation"),
    ("admin", "admin/funds"),
    ("admin", "admin/dead-letters"),
)


@pytest.mark.parametrize(("login", "path"), SEEN, ids=lambda part: part.replace("/", "-").replace("?", "-"))
def test_nothing_serious_is_wrong_for_anybody(market: Market, login: str, path: str) -> None:
    errors: list[str] = []
    market.person(login).on("weberror", lambda error: errors.append(str(error.error)))
    page = market.page(login, path)
    fine_everywhere(page, f"{login}-{path.replace('/', '-').replace('?', '-')}")
    assert errors == []
    page.close()


def test_nothing_serious_is_wrong_with_an_open_case(
    market: Market, shop: str, opened: Callable[..., Json]
) -> None:
    cases = market.get("manager", f"/api/v1/shops/{shop}/cases?order=newest&limit=1")["data"]
    one = cases[0] if cases else opened(("delivered", "completed"), **FAULT)
    page = market.page("manager", f"desk/cases/{shop}/{one['id']}")
    fine_everywhere(page, "case")
    page.close()


def test_every_deed_of_a_case_is_pressed_in_some_life() -> None:
    assert pressed() == {deed for deeds in DEEDS.values() for deed in deeds}


@pytest.mark.parametrize("life", LIVES, ids=lambda life: life.name.replace(" ", "-"))
def test_a_case_is_taken_to_its_end(market: Market, life: Life) -> None:
    case = asked(market, life)
    for step in life.steps:
        step(case)
    assert case.state() == life.end
    page = case.seen_by("buyer")
    press(page, "after_sale:case.why")
    expect(page.locator(".x-decided li").first).to_be_visible()
    fine(page, f"life-{life.end}")
    case.close()


@pytest.mark.parametrize(("deed", "end"), [("retry", "settled"), ("cancel", "with_people")])
def test_a_payment_that_failed_is_tried_again_or_called_off(market: Market, deed: str, end: str) -> None:
    case = asked(market, Life("", BROKEN, (), end))
    payments(market).behave("refuse")
    case.shop_does("agree")
    page = case.seen_by("buyer")
    top = page.locator(".ab-top")
    expect(top).to_contain_text(say("after_sale:state.payment_failed"))
    fine(page, "payment-failed")
    office = market.page("officer", "desk/payouts")
    line = office.locator("tbody tr").first
    press(line, f"ledger:open.{deed}")
    if deed == "retry":
        sure(office)
    else:
        dialog(office).get_by_label(say("ledger:note"), exact=True).fill("账户已注销")
        send(office)
    expect(top).to_contain_text(say(f"after_sale:state.{end}"))
    expect(office.locator("tbody tr")).to_have_count(0)
    office.close()
    case.close()
