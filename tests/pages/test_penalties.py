"""A penalty in the browser: an officer imposes it, the shop reads why, everybody reads the notice."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.pages.deeds import Market, dialog, fine, press, say
from tools.sights import SIZES
from xiaoer.penalties.rules.exam import questions

FACTS = "客服连续辱骂买家，举证号 E-1 可查。"


@pytest.fixture(scope="module")
def market(browser: Browser, address: str) -> Iterator[Market]:
    """The demonstration all tests share."""
    found = Market(address, browser)
    yield found
    found.close()


def choose(page: Page, label: str, option: str) -> None:
    page.get_by_label(say(label), exact=True).click()
    page.locator(".ant-select-dropdown:visible .ant-select-item-option", has_text=option).first.click()


@pytest.mark.parametrize("size", SIZES)
def test_from_the_penalty_to_the_notice(market: Market, size: str) -> None:
    officer = market.page("officer", "desk/penalties", size)
    shop = officer.request.get("/platform/v1/shops").json()["data"][2]
    press(officer, "penalties:new.open")
    box = dialog(officer)
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
    box = dialog(officer)
    expect(box).to_contain_text(FACTS)
    press(officer, "penalties:penalties.why")
    expect(box.locator(".x-decided li").first).to_contain_text("D5-2")
    fine(officer, "penalty")
    press(officer, "penalties:reverse.open")
    box = dialog(officer)
    box.get_by_label(say("penalties:reverse.why")).fill("证据不足")
    box.locator(".ant-modal-footer .ant-btn-primary").click()
    expect(box).to_contain_text(say("penalties:refused.own_decision"))

    buyer = market.page("buyer", "buyer/", size)
    listed = [one["id"] for one in buyer.request.get("/public/v1/shops").json()["data"]]
    assert shop["id"] not in listed

    manager = market.page("manager", f"merchant/standing/{shop['id']}", size)
    expect(manager.locator(".xp-measure").first).to_contain_text(FACTS)
    expect(manager.get_by_role("timer").first).to_be_visible()
    fine(manager, "standing")
    press(manager, "penalties:exam.open")
    for name, one in questions().items():
        manager.locator(f"input[name='{name}']").nth(one.right).check()
    fine(manager, "exam")
    press(manager, "penalties:exam.hand_in")
    box = dialog(manager)
    expect(box.get_by_role("alert")).to_contain_text(f"{len(questions())}/{len(questions())}")
    box.locator(".ant-modal-close").click()
    expect(manager.get_by_role("button", name=say("penalties:exam.open"))).to_have_count(0)

    slug = officer.request.get("/public/v1/me").json()["marketplace"]["slug"]
    public = market.page(None, f"signin/measures/{slug}", size)
    expect(public.get_by_role("table")).to_contain_text(shop["name"])
    expect(public.get_by_role("table")).to_contain_text(say("measures:kind.shield_shop"))
    fine(public, "notices")

    measures = market.page("officer", "desk/measures", size)
    fine(measures, "measures")
    row = measures.locator("main tbody tr", has_text=say("measures:kind.shield_shop")).first
    row.get_by_role("button", name=say("measures:deed.lift")).click()
    box = dialog(measures)
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
