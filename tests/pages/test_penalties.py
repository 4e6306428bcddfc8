"""A penalty in the browser: an officer imposes it, the shop reads why, everybody reads the notice."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.pages.test_axe import AXE, RUN, SIDEWAYS
from tools.sights import SIZES, WAIT_MS, enter, saying, settle
from xiaoer.penalties.rules.exam import questions

say = saying("zh-Hans")
FACTS = "客服连续辱骂买家，举证号 E-1 可查。"
PICTURES = os.environ.get("XIAOER_PICTURES")  # a folder for pictures of what was tested


class Place:
    """The people of one screen, each in a browser of his own."""

    def __init__(self, browser: Browser, address: str, size: str) -> None:
        self._browser = browser
        self._address = address
        self._size = SIZES[size]
        self.contexts: list[BrowserContext] = []

    def page(self, login: str | None, path: str) -> Page:
        """A page of somebody, or of nobody who is signed in."""
        width, height = self._size
        context = self._browser.new_context(
            viewport={"width": width, "height": height},
            locale="zh-CN",
            reduced_motion="reduce",
            base_url=self._address,
        )
        context.set_default_timeout(WAIT_MS)
        self.contexts.append(context)
        if login:
            enter(context, self._address, f"{login}@demo.xiaoer", "zh-Hans")
        page = context.new_page()
        page.goto(f"/{path}")
        settle(page)
        return page


@pytest.fixture(scope="module", params=["desktop", "phone"])
def place(request: pytest.FixtureRequest, browser: Browser, address: str) -> Iterator[Place]:
    """At a desk and on a phone."""
    made = Place(browser, address, request.param)
    yield made
    for context in made.contexts:
        context.close()


def press(page: Page, key: str) -> None:
    page.get_by_role("button", name=say(key), exact=True).first.click()


def fine(page: Page, name: str) -> None:
    """Nothing serious for axe, nothing to scroll sideways; a picture when asked for."""
    settle(page)
    size = page.viewport_size
    assert size is not None
    if PICTURES:
        page.screenshot(path=Path(PICTURES) / f"{name}-{size['width']}.png", full_page=True)
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found: list[Any] = page.evaluate(RUN)
    wide: list[str] = page.evaluate(SIDEWAYS)
    assert (found, wide) == ([], [])


def choose(page: Page, label: str, option: str) -> None:
    page.get_by_label(say(label), exact=True).click()
    page.locator(".ant-select-dropdown:visible .ant-select-item-option", has_text=option).first.click()


def test_from_the_penalty_to_the_notice(place: Place) -> None:
    officer = place.page("officer", "desk/penalties")
    shop = officer.request.get("/platform/v1/shops").json()["data"][2]
    press(officer, "penalties:new.open")
    box = officer.get_by_role("dialog").last
    choose(officer, "penalties:new.shop", shop["name"])
    choose(officer, "penalties:new.grade", say("penalties:grade.serious"))
    box.get_by_label(say("penalties:new.facts")).fill(FACTS)
    box.get_by_label(say("penalties:new.evidence")).fill("E-1")
    fine(officer, "penalty-new")
    box.locator(".ant-modal-footer .ant-btn-primary").click()
    expect(box).to_be_hidden()
    first = officer.locator("main tbody tr").first
    expect(first).to_contain_text(shop["name"])
    fine(officer, "penalties")
    first.get_by_role("button").click()
    box = officer.get_by_role("dialog").last
    expect(box).to_contain_text(FACTS)
    press(officer, "penalties:penalties.why")
    expect(box.locator(".x-decided li").first).to_contain_text("D5-2")
    fine(officer, "penalty")
    press(officer, "penalties:reverse.open")
    box = officer.get_by_role("dialog").last
    box.get_by_label(say("penalties:reverse.why")).fill("证据不足")
    box.locator(".ant-modal-footer .ant-btn-primary").click()
    expect(box).to_contain_text(say("penalties:refused.own_decision"))

    buyer = place.page("buyer", "buyer/")
    listed = [one["id"] for one in buyer.request.get("/public/v1/shops").json()["data"]]
    assert shop["id"] not in listed

    manager = place.page("manager", f"merchant/standing/{shop['id']}")
    expect(manager.locator(".xp-measure").first).to_contain_text(FACTS)
    expect(manager.get_by_role("timer").first).to_be_visible()
    fine(manager, "standing")
    press(manager, "penalties:exam.open")
    for name, one in questions().items():
        manager.locator(f"input[name='{name}']").nth(one.right).check()
    fine(manager, "exam")
    press(manager, "penalties:exam.hand_in")
    box = manager.get_by_role("dialog").last
    expect(box.get_by_role("alert")).to_contain_text(f"{len(questions())}/{len(questions())}")
    box.locator(".ant-modal-close").click()
    expect(manager.get_by_role("button", name=say("penalties:exam.open"))).to_have_count(0)

    slug = officer.request.get("/public/v1/me").json()["marketplace"]["slug"]
    public = place.page(None, f"signin/measures/{slug}")
    expect(public.get_by_role("table")).to_contain_text(shop["name"])
    expect(public.get_by_role("table")).to_contain_text(say("measures:kind.shield_shop"))
    fine(public, "notices")

    measures = place.page("officer", "desk/measures")
    fine(measures, "measures")
    row = measures.locator("main tbody tr", has_text=say("measures:kind.shield_shop")).first
    row.get_by_role("button", name=say("measures:deed.lift")).click()
    box = measures.get_by_role("dialog").last
    box.get_by_label(say("measures:words.text")).fill("已整改")
    box.locator(".ant-modal-footer .ant-btn-primary").click()
    expect(box).to_be_hidden()
    expect(row).to_contain_text(say("measures:ended.lifted"))
    assert shop["id"] in [one["id"] for one in buyer.request.get("/public/v1/shops").json()["data"]]
    lift_the_rest(measures)


def lift_the_rest(page: Page) -> None:
    """Leave the shop to the other tests as it was."""
    for one in page.request.get("/platform/v1/measures").json()["data"]:
        if one["state"] != "ended":
            page.request.post(
                f"/platform/v1/measures/{one['id']}/lift", data={"text": "x"}, headers={"X-Xiaoer": "1"}
            )
