"""Pages live through faults: what was typed is sent once, whatever happens to server, network or tab."""

import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect

from tests.pages.deeds import unsaid
from tests.pages.lead import Lead
from tools.browser import free_port
from tools.passing import passing_home
from tools.sights import PASSWORD, WAIT_MS, enter

PAGES = Path(__file__).parents[2] / "src" / "xiaoer" / "pages"
SHOP = "山茶服饰"


class Product:
    """The product as `xiaoer run` starts it, in a home of its own; it may be killed and started again."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self._child: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        environment = {
            "XIAOER_HOME": str(self.home / "h"),
            "PORT": str(self.port),
            "XIAOER_LIMIT_FACTOR": "100",
        }
        self._child = subprocess.Popen(
            [sys.executable, "-m", "xiaoer.cli.main", "run"],
            env=os.environ | environment | {"XIAOER_DATABASE_URL": ""},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        transport = httpx.HTTPTransport(retries=10)  # with a growing pause between them
        with httpx.Client(transport=transport) as client:
            assert client.get(f"{self.url}/health/live", timeout=60).status_code == 200

    def stop(self, how: signal.Signals) -> None:
        if self._child is not None:
            self._child.send_signal(how)
            self._child.wait(30)
            self._child = None


@pytest.fixture(scope="module")
def product() -> Iterator[Product]:
    if not (PAGES / "desk" / "index.html").exists():
        pytest.skip("the pages are not built: make test builds them")
    with passing_home() as home:
        made = Product(home)
        made.start()
        yield made
        made.stop(signal.SIGTERM)


@pytest.fixture(scope="module")
def buyer(product: Product, browser: Browser) -> Iterator[BrowserContext]:
    yield from context(product, browser, "buyer@demo.xiaoer")


@pytest.fixture(scope="module")
def agent(product: Product, browser: Browser) -> Iterator[BrowserContext]:
    yield from context(product, browser, "agent@demo.xiaoer")


@pytest.fixture(scope="module")
def lead(product: Product, browser: Browser) -> Iterator[Lead]:
    leading = Lead(browser, product.url, ["buyer@demo.xiaoer"])
    yield leading
    leading.close()


def context(product: Product, browser: Browser, login: str) -> Iterator[BrowserContext]:
    opened = browser.new_context(viewport={"width": 1440, "height": 900}, locale="zh-CN")
    opened.set_default_timeout(WAIT_MS)
    enter(opened, product.url, login)
    yield opened
    opened.close()


def chat(product: Product, buyer: BrowserContext) -> Page:
    """The buyer's conversation with the shop, in a tab of its own."""
    page = buyer.new_page()
    page.goto(f"{product.url}/buyer/")
    page.get_by_role("link", name=SHOP).first.click()
    expect(page.get_by_label("输入消息")).to_be_visible(timeout=WAIT_MS)
    return page


def desk(product: Product, agent: BrowserContext, lead: Lead) -> Page:
    """The agent's desk with the buyer's conversation open; it is his, however slow the tests before were."""
    page = agent.new_page()
    page.goto(f"{product.url}/desk/")
    lead.give()
    page.get_by_text("王小明").first.click()
    expect(page.locator("textarea").last).to_be_visible(timeout=WAIT_MS)
    return page


def say(page: Page, words: str) -> None:
    field = page.locator("textarea").last
    field.fill(words)
    field.press("Enter")


def entries(product: Product, context: BrowserContext, words: str) -> int:
    """How often the server has the words in the buyer's conversations."""
    headers = {"X-Xiaoer": "1"}
    found = context.request.get(f"{product.url}/public/v1/conversations", headers=headers).json()["data"]
    total = 0
    for one in found:
        url = f"{product.url}/public/v1/conversations/{one['id']}/entries?limit=200"
        said = context.request.get(url, headers=headers).json()["data"]
        total += sum(entry["text"] == words for entry in said)
    return total


def test_a_buyer_types_through_the_death_of_the_server(
    product: Product, buyer: BrowserContext, agent: BrowserContext, lead: Lead
) -> None:
    page = chat(product, buyer)
    say(page, "第一句在服务器倒下之前")
    other = desk(product, agent, lead)
    expect(other.get_by_text("第一句在服务器倒下之前").last).to_be_visible(timeout=WAIT_MS)
    product.stop(signal.SIGKILL)
    for words in ("第二句在倒下之后", "第三句也在倒下之后"):
        say(page, words)
        expect(page.get_by_text(words)).to_be_visible()
    expect(page.get_by_text("等待发送…").first).to_be_visible(timeout=WAIT_MS)
    say(other, "客服在倒下之后写的")
    product.start()
    expect(page.get_by_text("等待发送…")).to_have_count(0, timeout=WAIT_MS)
    for words in ("第一句在服务器倒下之前", "第二句在倒下之后", "第三句也在倒下之后", "客服在倒下之后写的"):
        expect(other.get_by_text(words).last).to_be_visible(timeout=WAIT_MS)
        expect(page.get_by_text(words)).to_have_count(1, timeout=WAIT_MS)
        assert entries(product, buyer, words) == 1
    page.close()
    other.close()


def test_without_a_network_words_wait_and_then_go_once(
    product: Product, buyer: BrowserContext, agent: BrowserContext, lead: Lead
) -> None:
    page, other = chat(product, buyer), desk(product, agent, lead)
    expect(page.get_by_text("第三句也在倒下之后")).to_be_visible(timeout=WAIT_MS)
    buyer.set_offline(True)
    say(page, "没有网络时写的")
    expect(page.get_by_text("没有网络时写的")).to_be_visible()
    say(other, "对方离线时说的")
    expect(other.get_by_text("对方离线时说的").last).to_be_visible(timeout=WAIT_MS)
    buyer.set_offline(False)
    for words in ("没有网络时写的", "对方离线时说的"):
        expect(other.get_by_text(words).last).to_be_visible(timeout=WAIT_MS)
        expect(page.get_by_text(words)).to_have_count(1, timeout=WAIT_MS)
        assert entries(product, buyer, words) == 1
    page.close()
    other.close()


def test_words_survive_a_closed_page(product: Product, buyer: BrowserContext) -> None:
    """Written without a network, closed, opened again: sent then, once."""
    page = chat(product, buyer)
    buyer.set_offline(True)
    say(page, "关掉页面之前写的")
    expect(page.get_by_text("关掉页面之前写的")).to_be_visible()
    page.close()
    buyer.set_offline(False)
    again = chat(product, buyer)
    expect(again.get_by_text("关掉页面之前写的")).to_have_count(1, timeout=WAIT_MS)
    expect(again.get_by_text("等待发送…")).to_have_count(0, timeout=WAIT_MS)
    assert entries(product, buyer, "关掉页面之前写的") == 1
    again.close()


def test_unsent_words_outlive_a_session_that_ends(product: Product, browser: Browser) -> None:
    opened = browser.new_context(locale="zh-CN")
    opened.set_default_timeout(WAIT_MS)
    enter(opened, product.url, "buyer2@demo.xiaoer")
    page = chat(product, opened)
    page.get_by_label("输入消息").fill("还没有发出的话")
    opened.clear_cookies()
    page.reload(wait_until="commit")  # the page goes on to the sign-in by itself
    page.fill("input[autocomplete=username]", "buyer2@demo.xiaoer")
    page.fill("input[type=password]", PASSWORD)
    page.click("button[type=submit]")
    expect(page.get_by_label("输入消息")).to_have_value("还没有发出的话")
    page.get_by_text("举证 / 投诉").first.click()
    page.locator("#cp-text").fill("写了很久的投诉")
    page.reload()
    expect(page.locator("#cp-text")).to_have_value("写了很久的投诉")
    opened.close()


def test_an_impatient_finger_sends_once(product: Product, buyer: BrowserContext) -> None:
    page = chat(product, buyer)
    page.get_by_label("输入消息").fill("双击发送")
    page.locator("button[type=submit]").last.dblclick()
    expect(page.get_by_text("双击发送")).to_have_count(1, timeout=WAIT_MS)
    say(page, "双击之后")
    expect(page.get_by_text("双击之后")).to_have_count(1, timeout=WAIT_MS)
    expect(page.get_by_text("等待发送…")).to_have_count(0, timeout=WAIT_MS)
    assert entries(product, buyer, "双击发送") == 1
    page.close()


def test_two_tabs_show_the_same_and_send_once(
    product: Product, buyer: BrowserContext, agent: BrowserContext, lead: Lead
) -> None:
    """Both tabs share what waits: a death of the server must not make both of them send it."""
    first, second, other = chat(product, buyer), chat(product, buyer), desk(product, agent, lead)
    say(first, "标签一说的")
    say(second, "标签二说的")
    product.stop(signal.SIGKILL)
    say(first, "标签一在倒下后说的")
    say(second, "标签二在倒下后说的")
    product.start()
    for words in ("标签一说的", "标签二说的", "标签一在倒下后说的", "标签二在倒下后说的"):
        for page in (first, second):
            expect(page.get_by_text(words)).to_have_count(1, timeout=WAIT_MS)
        expect(other.get_by_text(words).last).to_be_visible(timeout=WAIT_MS)
        assert entries(product, buyer, words) == 1
    for page in (first, second, other):
        page.close()


def test_parts_that_come_late_leave_the_cursor_where_it_is(product: Product, agent: BrowserContext) -> None:
    """The words of the right column arrive while the agent types; meanwhile the editor stays."""
    page = agent.new_page()
    held: list[Route] = []
    page.route(re.compile(r"/assets/instructions-"), lambda route: held.append(route))  # noqa: PLW0108
    page.goto(f"{product.url}/desk/")
    with page.expect_request(re.compile(r"/assets/instructions-")):
        page.locator(".xd-row").first.click()
    field = page.locator("textarea").last
    field.fill("慢网也要打字")
    expect(field).to_be_focused()
    while held:
        held.pop().continue_()
    expect(page.locator(".xd-side").get_by_text("售后").first).to_be_visible(timeout=WAIT_MS)
    expect(field).to_be_focused()
    unsaid(field)
    page.close()
