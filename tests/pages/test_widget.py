"""The chat on somebody else's page: another origin, one async script, a signed buyer."""

import hashlib
import hmac
import re
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from uuid import uuid4

import pytest
from playwright.sync_api import APIRequestContext, Browser, BrowserContext, Frame, Page, expect

from tools.sights import SIZES, WAIT_MS, enter

HEADERS = {"X-Xiaoer": "1"}
DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
PAGE = """<!doctype html><html lang="zh"><meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>别人的商店</title><h1>别人的商店</h1><p><a href="#">商品</a></p>
<script>
window.counts = []
addEventListener('load', () => window.Xiaoer.onUnread((count) => counts.push(count)))
</script>
<script async src="{address}/widget.js"
  data-marketplace="demo" data-shop="{shop}" {identity}></script></html>"""


class Foreign:
    """A website of its own that shows the chat of one shop."""

    def __init__(self, address: str, office: APIRequestContext, shop: APIRequestContext) -> None:
        self.address, self._office, self._staff = address, office, shop
        self.origin, self.html = "", ""
        shops: Any = office.get(f"{address}/platform/v1/shops").json()
        self.shop: str = next(one["id"] for one in shops["data"] if one["name"] == "云帆数码")
        self.key: str = office.get(f"{address}/platform/v1/marketplace/widget-key").json()["key"]

    def stays_open(self) -> None:
        """The desk is open whenever the tests are run: a closed one has the last word itself."""
        week = {day: ["00:00-24:00"] for day in DAYS}
        wish = {"name": "always", "zone": "Asia/Shanghai", "week": week}
        door = f"{self.address}/api/v1/shops/{self.shop}/calendar"
        kept = self._staff.put(door, data=wish, headers=HEADERS)
        assert kept.ok, kept.text()

    def allow(self, origin: str) -> None:
        """Let this origin show the chat."""
        self.origin = origin
        door = f"{self.address}/platform/v1/shops/{self.shop}"
        assert self._office.patch(door, data={"allowed_origins": [origin]}, headers=HEADERS).ok

    def shows(self, buyer: str | None, *, signature: str | None = None) -> None:
        """Prepare the page for this buyer; None = a visitor."""
        identity = ""
        if buyer:
            signed = hmac.new(self.key.encode(), buyer.encode(), hashlib.sha256).hexdigest()
            identity = (
                f'data-buyer-id="{buyer}" data-identifier-hash="{signature or signed}" data-name="网页买家"'
            )
        self.html = PAGE.format(address=self.address, shop=self.shop, identity=identity)

    def answer(self, buyer_words: str, words: str) -> None:
        """Answer as the shop, through the staff's door."""
        base = f"{self.address}/api/v1/shops/{self.shop}/conversations"
        found: Any = self._staff.get(f"{base}?view=all&limit=50").json()
        one = next(each["id"] for each in found["data"] if buyer_words in (each.get("last_text") or ""))
        wish = {"conversation_id": one, "client_id": str(uuid4()), "kind": "text", "text": words}
        done = self._staff.post(f"{base}/{one}/entries", data=wish, headers=HEADERS)
        assert done.ok, done.text()


@pytest.fixture(scope="module")
def foreign(browser: Browser, address: str) -> Iterator[Foreign]:
    office, shop = browser.new_context(), browser.new_context()
    enter(office, address, "admin@demo.xiaoer")
    enter(shop, address, "manager@demo.xiaoer")
    site = Foreign(address, office.request, shop.request)
    site.stays_open()

    class Pages(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = site.html.encode()
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            """Be quiet."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Pages) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        site.allow(f"http://127.0.0.1:{server.server_address[1]}")
        yield site
        server.shutdown()
    office.close()
    shop.close()


@pytest.fixture
def visit(browser: Browser, foreign: Foreign) -> Iterator[Callable[..., Page]]:
    contexts: list[BrowserContext] = []

    def opened(size: str = "desktop") -> Page:
        width, height = SIZES[size]
        context = browser.new_context(viewport={"width": width, "height": height}, locale="zh-CN")
        context.set_default_timeout(WAIT_MS)
        contexts.append(context)
        page = context.new_page()
        page.goto(foreign.origin)
        page.wait_for_function("() => window.Xiaoer")
        return page

    yield opened
    for context in contexts:
        context.close()


def chat(page: Page) -> Frame:
    """What is inside the frame; the frame is in a closed shadow, so it is found by its address."""
    for frame in page.frames:
        if "/widget/" in frame.url:
            return frame
    page.wait_for_event("framenavigated", lambda frame: "/widget/" in frame.url)
    return chat(page)


def test_a_signed_buyer_talks_is_counted_and_comes_back(foreign: Foreign, visit: Callable[..., Page]) -> None:
    question, answer = f"充电器能带上飞机吗 {uuid4().hex[:6]}", f"可以的 {uuid4().hex[:6]}"
    foreign.shows(f"web-{uuid4().hex[:8]}")
    page = visit()
    page.evaluate("Xiaoer.open()")
    field = chat(page).get_by_label("输入消息")
    field.fill(question)
    field.press("Enter")
    expect(chat(page).get_by_text(question)).to_be_visible()
    expect(chat(page).get_by_text(re.compile("已发送|已送达")).last).to_be_visible()

    field.press("Escape")  # the keys close it from inside, too
    expect(page.locator("iframe")).to_have_count(0)  # nothing of ours stands in the page's own tree
    foreign.answer(question, answer)
    page.wait_for_function("() => counts.at(-1) === 1")
    page.evaluate("Xiaoer.open()")
    expect(chat(page).get_by_text(answer)).to_be_visible()
    page.wait_for_function("() => counts.at(-1) === 0")

    page.reload()
    page.wait_for_function("() => window.Xiaoer")
    page.evaluate("Xiaoer.open()")
    expect(chat(page).get_by_text(question)).to_be_visible()
    expect(chat(page).get_by_text(answer)).to_be_visible()


def test_words_written_without_a_network_go_when_it_is_back(
    foreign: Foreign, visit: Callable[..., Page]
) -> None:
    words = f"断网时写的 {uuid4().hex[:6]}"
    foreign.shows(f"web-{uuid4().hex[:8]}")
    page = visit("phone")
    page.evaluate("Xiaoer.open()")
    field = chat(page).get_by_label("输入消息")
    field.fill("你好")
    field.press("Enter")
    expect(chat(page).get_by_text(re.compile("已发送|已送达")).first).to_be_visible()
    page.context.set_offline(True)
    field.fill(words)
    field.press("Enter")
    expect(chat(page).get_by_text(words)).to_be_visible()
    page.context.set_offline(False)
    expect(
        chat(page).locator(".k-line", has_text=words).get_by_text(re.compile("已发送|已送达"))
    ).to_be_visible(timeout=WAIT_MS)
    expect(chat(page).get_by_text(words)).to_have_count(1)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_a_false_signature_is_told_and_a_visitor_may_still_write(
    foreign: Foreign, visit: Callable[..., Page]
) -> None:
    foreign.shows("somebody-else", signature="0" * 64)
    page = visit()
    page.evaluate("Xiaoer.open()")
    expect(chat(page).get_by_role("alert")).not_to_be_empty()
    expect(chat(page).get_by_role("button", name="重试")).to_be_visible()

    foreign.shows(None)
    page = visit()
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")  # the button in the corner, by the keys alone
    field = chat(page).get_by_label("输入消息")
    field.fill("我只是看看")
    field.press("Enter")
    expect(chat(page).get_by_text("我只是看看")).to_be_visible()
