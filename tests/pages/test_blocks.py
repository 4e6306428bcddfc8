"""Blocks in the browser: proposed, heard, approved, found wrong, made good; a red packet is opened."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from tests.pages.test_axe import AXE, RUN, SIDEWAYS
from tools.sights import SIZES, WAIT_MS, enter, saying, settle

say = saying("zh-Hans")
PICTURES = os.environ.get("XIAOER_PICTURES")  # a folder for pictures of what was tested
HEADERS = {"X-Xiaoer": "1"}
Json = dict[str, Any]


class People:
    """The people of the demonstration, each in a browser of his own."""

    def __init__(self, address: str, browser: Browser) -> None:
        self.address = address
        self._browser = browser
        self._contexts: dict[tuple[str, str], BrowserContext] = {}
        self._pages: dict[tuple[str, str], Page] = {}

    def context(self, login: str, size: str = "desktop") -> BrowserContext:
        if (login, size) not in self._contexts:
            width, height = SIZES[size]
            context = self._browser.new_context(
                viewport={"width": width, "height": height},
                locale="zh-CN",
                reduced_motion="reduce",
                base_url=self.address,
            )
            context.set_default_timeout(WAIT_MS)
            enter(context, self.address, f"{login}@demo.xiaoer", "zh-Hans")
            self._contexts[login, size] = context
        return self._contexts[login, size]

    def at(self, login: str, path: str, size: str = "desktop") -> Page:
        """His page, at a path, when everything is there."""
        place = self._pages.setdefault((login, size), self.context(login, size).new_page())
        place.goto(f"/{path}")
        settle(place)
        return place

    def asks(self, login: str, path: str) -> Json:
        answer = self.context(login).request.get(path)
        assert answer.ok, answer.text()
        return answer.json()

    def does(self, login: str, path: str, data: Json) -> Json:
        answer = self.context(login).request.post(path, data=data, headers=HEADERS)
        assert answer.ok, answer.text()
        return answer.json()

    def close(self) -> None:
        for context in self._contexts.values():
            context.close()


@pytest.fixture(scope="module")
def people(browser: Browser, address: str) -> Iterator[People]:
    """Everybody signed in, when first needed."""
    found = People(address, browser)
    yield found
    found.close()


@pytest.fixture(scope="module")
def shop(people: People) -> str:
    """The first shop of the agent."""
    return people.asks("agent", "/public/v1/me")["shops"][0]["id"]


@pytest.fixture(scope="module")
def number(people: People, shop: str) -> str:
    """An evidence number of what a buyer said; of the shop's people none stands in it."""
    conversation = people.does("buyer6", f"/public/v1/shops/{shop}/conversation", {})["id"]
    said = people.does(
        "buyer6",
        f"/public/v1/conversations/{conversation}/entries",
        {"client_id": str(uuid4()), "kind": "text", "text": "你们都是骗子，滚"},
    )
    wish = {"first": said["version"], "last": said["version"], "purpose": "after_sale", "reason": "辱骂"}
    path = f"/api/v1/shops/{shop}/conversations/{conversation}/evidence"
    return people.does("manager", path, wish)["number"]


def press(place: Page | Locator, key: str) -> None:
    place.get_by_role("button", name=say(key), exact=True).first.click()


def fill(page: Page, words: str) -> None:
    """Write the reasons in the dialog that is open, and carry it out."""
    box = page.get_by_role("dialog").last
    box.locator("textarea").fill(words)
    box.locator(".ant-modal-footer .ant-btn-primary").click()
    expect(box).to_be_hidden()
    settle(page)


def fine(page: Page, name: str) -> None:
    """Nothing serious for axe, nothing to scroll sideways; a picture when asked for."""
    settle(page)
    if PICTURES:
        size = page.viewport_size
        assert size is not None
        page.screenshot(path=Path(PICTURES) / f"{name}-{size['width']}.png", full_page=True)
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found: list[Any] = page.evaluate(RUN)
    wide: list[str] = page.evaluate(SIDEWAYS)
    assert (found, wide) == ([], [])


def test_a_block_is_proposed_heard_approved_found_wrong_and_made_good(
    people: People, shop: str, number: str
) -> None:
    buyer = people.asks("buyer6", "/public/v1/me")["id"]

    desk = people.at("agent", f"desk/shop-blocks/{shop}?buyer={buyer}")
    box = desk.get_by_role("dialog").last
    box.get_by_label(say("blocks:label.facts")).fill("多次辱骂客服")
    evidence = box.get_by_label(say("blocks:label.evidence"))
    evidence.fill(number)
    evidence.press("Enter")
    evidence.press("Escape")
    fine(desk, "block-propose")
    box.locator(".ant-modal-footer .ant-btn-primary").click()
    expect(box).to_be_hidden()
    settle(desk)
    card = desk.locator(".x-card-link").first
    expect(card).to_contain_text(say("blocks:state.proposed"))
    block = people.asks("agent", f"/api/v1/shops/{shop}/blocks")["data"][0]["id"]

    mine = people.at("buyer6", f"buyer/blocks/{block}", "phone")
    fine(mine, "block-mine")
    press(mine, "blocks:deed.state")
    fill(mine, "当天我没有上网，可能是家人发的")
    expect(mine.locator(".x-matter")).to_contain_text(say("blocks:state.heard"))

    office = people.at("manager", f"merchant/blocks/{shop}?block={block}")
    fine(office, "block-approve")
    press(office, "blocks:deed.approve")
    fill(office, "记录清楚，暂停七天消息")
    expect(office.locator(".x-panes-side")).to_contain_text(say("blocks:state.in_force"))

    mine = people.at("buyer6", f"buyer/blocks/{block}", "phone")
    expect(mine.locator(".x-matter")).to_contain_text(say("blocks:open.title"))
    fine(mine, "block-in-force")
    press(mine, "blocks:deed.receipt")
    mine.get_by_role("dialog").last.get_by_label(say("blocks:label.amount")).fill("15")
    fill(mine, "去派出所打印记录")
    press(mine, "blocks:deed.ask")
    mine.get_by_role("dialog").last.get_by_label(say("blocks:label.minutes")).fill("60")
    fill(mine, "请另一人查看登录记录")
    expect(mine.locator(".x-matter")).to_contain_text(say("blocks:state.in_review"))

    bench = people.at("officer", "desk/blocks?view=to_review")
    bench.locator(".x-card-link", has_text=say("blocks:state.in_review")).first.click()
    settle(bench)
    fine(bench, "block-review")
    press(bench, "blocks:deed.lift_wrong")
    fill(bench, "登录记录显示不是本人")
    expect(bench.locator(".x-panes-side")).to_contain_text(say("blocks:state.lifted_wrong"))
    expect(bench.get_by_role("region", name=say("blocks:good.title"))).to_contain_text("15.00")
    fine(bench, "block-wrong")

    mine = people.at("buyer6", f"buyer/blocks/{block}", "phone")
    good = mine.get_by_role("region", name=say("blocks:good.title"))
    expect(good).to_contain_text(say("blocks:apology"))
    fine(mine, "block-made-good")
    good.get_by_role("link", name=say("blocks:good.to_grants")).click()
    settle(mine)
    money = mine.get_by_role("article", name=say("compensation:kind.money"))
    expect(money).to_contain_text(say("compensation:state.offered"))
    fine(mine, "compensation-offered")
    press(money, "compensation:deed.accept")
    expect(money.get_by_role("button", name=say("compensation:deed.accept"), exact=True)).to_be_hidden()
    coupon = mine.get_by_role("article", name=say("compensation:kind.coupon"))
    press(coupon, "compensation:deed.contest")
    fill(mine, "我还花了半天时间")
    expect(coupon).to_contain_text(say("compensation:state.contested"))

    contested = people.at("officer", "desk/compensation")
    contested.locator(".x-card-link").first.click()
    settle(contested)
    press(contested, "compensation:deed.answer")
    contested.get_by_role("dialog").last.get_by_label(say("compensation:answer.more")).fill("60")
    fine(contested, "compensation-answer")
    fill(contested, "半天时间已计入")
    expect(contested.locator(".x-panes-side")).to_contain_text("60.00")


def test_a_red_packet_is_opened_by_its_buyer_and_shown_to_the_shop(people: People, shop: str) -> None:
    bought = people.asks("buyer", f"/public/v1/orders?shop={shop}")["data"]
    order = next(one for one in bought if one["state"] not in {"pending", "cancelled"})
    wish = {"id": str(uuid4()), "amount_minor": 300, "purpose": "postage", "note": "补运费"}
    people.does("agent", f"/api/v1/shops/{shop}/orders/{order['id']}/red-packets", wish)
    mine = people.at("buyer", "buyer/compensation", "phone")
    packet = mine.get_by_role("article", name=say("compensation:kind.red_packet")).first
    expect(packet).to_contain_text("补运费")
    fine(mine, "packet-mine")
    press(packet, "compensation:deed.claim")
    expect(packet.get_by_role("button", name=say("compensation:deed.claim"), exact=True)).to_be_hidden()
    for size in SIZES:
        office = people.at("manager", f"merchant/packets/{shop}", size)
        expect(office.locator("table")).to_contain_text(say("compensation:kind.red_packet"))
        fine(office, "packets")


def test_administrators_see_whose_blocks_were_wrong(people: People) -> None:
    for size in SIZES:
        page = people.at("admin", "admin/block-watch", size)
        expect(page.locator("table")).to_contain_text(say("blocks:watch.small"))
        fine(page, "block-watch")
