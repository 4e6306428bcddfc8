"""After-sale as shop and marketplace meet it, in a real browser: board, deeds, bulk, money, officers."""

import asyncio
import os
from collections.abc import Callable, Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from tests.pages.test_axe import AXE, RUN, SIDEWAYS
from tests.served import served
from tools.sights import SIZES, WAIT_MS, enter, saying, settle
from xiaoer.cli import demo
from xiaoer.plumbing import migrate, postgres
from xiaoer.plumbing.db import Database, Sizes

PAGES = Path(__file__).parents[2] / "src" / "xiaoer" / "pages"
RETURNED = "71001"
HEADERS = {"X-Xiaoer": "1"}
say = saying("zh-Hans")
Json = dict[str, Any]


def elsewhere(work: Coroutine[Any, Any, None]) -> None:
    """Playwright has a loop in this thread; ours run in another."""
    with ThreadPoolExecutor(1) as thread:
        thread.submit(asyncio.run, work).result()


async def _prepare(url: str) -> None:
    await postgres.make_database(url)
    await migrate.migrate(url)
    database = await Database.open(url, sizes=Sizes(writers=1, readers=1, system=1))
    try:
        await demo.build(database)
    finally:
        await database.close()


class Market:
    """The demonstration, and its people by their names before the @."""

    def __init__(self, address: str, browser: Browser) -> None:
        self.address = address
        self._browser = browser
        self._contexts: dict[tuple[str, str], BrowserContext] = {}

    def person(self, login: str, size: str = "desktop") -> BrowserContext:
        """His browser, signed in."""
        if (login, size) not in self._contexts:
            context = self._browser.new_context(
                viewport={"width": SIZES[size][0], "height": SIZES[size][1]},
                locale="zh-CN",
                reduced_motion="reduce",
            )
            context.set_default_timeout(WAIT_MS)
            enter(context, self.address, f"{login}@demo.xiaoer")
            self._contexts[login, size] = context
        return self._contexts[login, size]

    def page(self, login: str, path: str, size: str = "desktop") -> Page:
        page = self.person(login, size).new_page()
        page.goto(f"{self.address}/{path}")
        settle(page)
        return page

    def get(self, login: str, path: str) -> Any:
        answer = self.person(login).request.get(f"{self.address}{path}")
        assert answer.ok, answer.text()
        return answer.json()

    def post(self, login: str, path: str, body: Json) -> Json:
        answer = self.person(login).request.post(f"{self.address}{path}", data=body, headers=HEADERS)
        assert answer.ok, answer.text()
        return answer.json()

    def close(self) -> None:
        for context in self._contexts.values():
            context.close()


@pytest.fixture(scope="module")
def market(
    postgres_server: postgres.Server, browser: Browser, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Market]:
    if not (PAGES / "desk" / "index.html").exists():
        pytest.skip("the pages are not built: make test builds them")
    url = postgres_server.url("xiaoer_after_sale_shop")
    elsewhere(_prepare(url))
    with served(url, tmp_path_factory.mktemp("home")) as server:
        made = Market(server.url, browser)
        yield made
        made.close()


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
            path = f"{market.address}/api/v1/shops/{shop}/orders/{order['id']}/cases"
            answer = market.person("manager").request.post(path, data=wish, headers=HEADERS)
            used.add(order["id"])
            if answer.ok:
                return answer.json()
        raise AssertionError(f"no order takes {wish}")

    return open_case


def press(place: Page | Locator, name: str) -> None:
    place.get_by_role("button", name=name, exact=True).first.click()


def row(page: Page, case: Json) -> Locator:
    return page.locator(".as-row", has=page.locator(f"[data-case='{case['id']}']"))


def dialog(page: Page) -> Locator:
    return page.get_by_role("dialog").last


def send(page: Page) -> None:
    """Press the verb of the dialog twice, as hasty people do, and wait until it is gone."""
    box = dialog(page)
    box.locator(".ant-modal-footer .ant-btn-primary").dblclick()
    expect(box).to_be_hidden()


def shot(page: Page, name: str) -> None:
    folder = os.environ.get("XIAOER_PICTURES")
    if folder:
        page.screenshot(path=f"{folder}/{name}.png")


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
    press(side, say("ui:why.ask"))
    expect(side.locator(".as-why li").first).to_be_visible()
    page.close()


def test_an_offer_and_a_refusal(market: Market, shop: str, opened: Callable[..., Json]) -> None:
    one = opened(("delivered", "completed"), **FAULT)
    page = market.page("agent", f"desk/cases/{shop}/{one['id']}")
    side = page.locator(".as-board-side")
    press(side, say("after_sale:deed.offer"))
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
    page.goto(f"{market.address}/desk/cases/{shop}/{other['id']}")
    press(side, say("after_sale:deed.refuse"))
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
    press(side, say("after_sale:shop.agree.return"))
    box = dialog(page)
    for name, text in (("name", "仓库"), ("phone", "13900001111"), ("text", "杭州市茶园路 1 号")):
        box.get_by_label(say(f"after_sale:shop.address_{name}"), exact=True).fill(text)
    send(page)
    expect(side.locator(".as-stands")).to_contain_text(say("after_sale:state.sending_back"))
    expect(side).to_contain_text("杭州市茶园路 1 号")

    market.post("buyer", f"/public/v1/cases/{one['id']}/send-back", {"carrier": "顺丰", "number": "SF1"})
    expect(side.locator(".as-stands")).to_contain_text(say("after_sale:state.coming_back"))  # live
    press(side, say("after_sale:deed.arrived"))
    expect(side.locator(".as-stands")).to_contain_text(say("after_sale:state.inspecting"))
    press(side, say("after_sale:deed.inspect"))
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
    press(dialog(page), say("ui:action.close"))
    page.close()


def test_a_case_is_opened_for_the_buyer_beside_his_chat(market: Market) -> None:
    page = market.page("agent", "desk/")
    page.locator(".xd-row").first.click()
    side = page.locator(".xd-side")
    press(side, say("after_sale:shop.open_for_buyer"))
    box = dialog(page)
    expect(box.locator(".as-quote")).to_be_visible()
    box.locator(".as-quote .as-money, .as-quote [role=alert]").first.wait_for()
    shot(page, "open-for-buyer")
    page.keyboard.press("Escape")
    side.get_by_role("tab", name=say("conversations:desk.side.cases")).click()
    settle(page)
    shot(page, "desk-cases")
    page.close()


def test_money_is_entered_and_taken_back(market: Market, shop: str) -> None:
    page = market.page("admin", f"admin/funds/{shop}")
    press(page, say("ledger:topup.title"))
    dialog(page).get_by_label(say("ledger:statement.amount"), exact=True).fill("12.34")
    dialog(page).get_by_label(say("ledger:note"), exact=True).fill("测试入账")
    send(page)
    line = page.locator("tbody tr", has_text="测试入账")
    expect(line).to_have_count(1)
    press(line, say("ledger:topup.reverse"))
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


@pytest.mark.parametrize("size", ["desktop", "phone"])
@pytest.mark.parametrize(("login", "path"), SEEN, ids=lambda part: part.replace("/", "-").replace("?", "-"))
def test_nothing_serious_is_wrong_for_anybody(market: Market, login: str, path: str, size: str) -> None:
    page = market.page(login, path, size)
    troubles: list[str] = []
    page.on("pageerror", lambda error: troubles.append(str(error)))
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = [f"{one['id']}: {node}" for one in page.evaluate(RUN) for node in one["nodes"]]
    shot(page, f"{login}-{path.replace('/', '-').replace('?', '-')}-{size}")
    assert found + page.evaluate(SIDEWAYS) + troubles == []
    page.close()


@pytest.mark.parametrize("size", ["desktop", "phone"])
def test_nothing_serious_is_wrong_with_an_open_case(
    market: Market, shop: str, opened: Callable[..., Json], size: str
) -> None:
    cases = market.get("manager", f"/api/v1/shops/{shop}/cases?order=newest&limit=1")["data"]
    one = cases[0] if cases else opened(("delivered", "completed"), **FAULT)
    page = market.page("manager", f"desk/cases/{shop}/{one['id']}", size)
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = [f"{one['id']}: {node}" for one in page.evaluate(RUN) for node in one["nodes"]]
    shot(page, f"case-{size}")
    assert found + page.evaluate(SIDEWAYS) == []
    page.close()
