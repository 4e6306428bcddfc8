"""The main job in a real browser: a buyer asks, an agent answers, the guard holds back what must not go."""

import os
import re
from contextlib import closing

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.pages.deeds import unsaid
from tests.pages.keys import say
from tests.pages.lead import Lead
from tools.sights import PASSWORD, SIZES, WAIT_MS

DESKTOP, PHONE = SIZES["desktop"], SIZES["phone"]


def signed_in(browser: Browser, address: str, login: str, size: tuple[int, int]) -> Page:
    context = browser.new_context(viewport={"width": size[0], "height": size[1]}, locale="zh-CN")
    context.set_default_timeout(WAIT_MS)
    page = context.new_page()
    page.goto(f"{address}/signin/")
    page.fill("input[autocomplete=username]", login)
    page.fill("input[type=password]", PASSWORD)
    page.click("button[type=submit]")
    page.wait_for_url(lambda url: "/signin" not in url)
    return page


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_a_buyer_asks_and_an_agent_answers(address: str, browser: Browser, size: tuple[int, int]) -> None:
    question = f"这件衣服有没有大一码的？{size[0]}"
    answer = f"您好，有的，我帮您看一下库存。{size[0]}"
    buyer = signed_in(browser, address, "buyer@demo.xiaoer", size)
    buyer.get_by_role("link", name="山茶服饰").first.click()
    buyer.get_by_label("输入消息").fill(question)
    buyer.get_by_label("输入消息").press("Enter")
    expect(buyer.get_by_text(question)).to_be_visible(timeout=WAIT_MS)

    agent = signed_in(browser, address, "agent@demo.xiaoer", size)
    expect(agent.get_by_title(say("routing:agent.what.online"))).to_be_visible()
    with closing(Lead(browser, address, ["buyer@demo.xiaoer"])) as lead:
        lead.give()
    agent.get_by_text("王小明").first.click()
    expect(agent.get_by_text(question).last).to_be_visible(timeout=WAIT_MS)
    agent.locator("textarea").last.fill(answer)
    agent.locator("textarea").last.press("Enter")
    expect(buyer.get_by_text(answer)).to_be_visible(timeout=WAIT_MS)
    buyer.context.close()
    agent.context.close()


def test_the_guard_holds_back_and_offers_other_words(address: str, browser: Browser) -> None:
    agent = signed_in(browser, address, "agent@demo.xiaoer", DESKTOP)
    agent.get_by_text("张伟").first.click()
    field = agent.locator("textarea").last
    field.fill("全网最低价，明天一定到，加我微信")
    expect(agent.get_by_text("全部改写")).to_be_visible(timeout=WAIT_MS)
    picture = os.environ.get("XIAOER_PICTURE")  # the picture of the README is made here
    if picture:
        agent.screenshot(path=picture)
    field.press("Enter")
    expect(agent.get_by_text("请先按提示修改，再发送。").last).to_be_visible(timeout=WAIT_MS)
    expect(field).to_have_value("全网最低价，明天一定到，加我微信")
    agent.get_by_text("全部改写").click()
    expect(field).not_to_have_value("全网最低价，明天一定到，加我微信")
    field.fill("/wl")
    agent.locator(".xd-choice").first.click()
    expect(field).to_have_value(re.compile("承运"))
    expect(agent.locator(".xd-choices")).to_have_count(0)
    field.fill("由{{carrier}}承运")
    field.press("Enter")
    expect(agent.get_by_text("还有没填的：快递公司。填好或删去后再发送。").last).to_be_visible()
    expect(field).to_have_value("由{{carrier}}承运")
    unsaid(field)
    agent.context.close()


def test_everybody_has_a_first_page(address: str, browser: Browser) -> None:
    troubles: list[str] = []
    for login, path in (
        ("manager@demo.xiaoer", "merchant"),
        ("admin@demo.xiaoer", "admin"),
        ("buyer@demo.xiaoer", "buyer/orders"),
    ):
        page = signed_in(browser, address, login, DESKTOP)
        page.on("pageerror", lambda error: troubles.append(str(error)))
        page.goto(f"{address}/{path}")
        expect(page.locator("main").first).to_be_visible(timeout=WAIT_MS)
        page.context.close()
    assert troubles == []
