"""The first five minutes of the README in its own words: what it tells to press is there and does it."""

import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.pages.deeds import Market, fine, press, say, sure
from tools import browser as machine
from tools import sights
from tools.sights import settle

README = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")
QUESTION = "你好，我的订单什么时候发货？"
ANSWER = "您好，我帮您查一下发货进度。"


@pytest.fixture(scope="module")
def market(browser: Browser) -> Iterator[Market]:
    """What `make run` starts, met for the first time."""
    if running := os.environ.get("XIAOER_PAGES_AT"):
        yield Market(running, browser)
        return
    with sights.demonstration(machine.free_port()) as address:
        made = Market(address, browser)
        yield made
        made.close()


def told(word: str) -> str:
    """A word that the README tells to look for."""
    assert f"**{word}**" in README, f"the README does not say {word} any more"
    return word


def nav(page: Page, word: str) -> None:
    page.get_by_role("navigation").get_by_role("link", name=told(word), exact=True).first.click()
    settle(page)


def spoken(market: Market) -> tuple[Page, Page]:
    """Steps 1 and 2: the buyer asks, the agent answers, and may take it back for a moment."""
    buyer = market.page("buyer", "buyer/")
    buyer.get_by_role("link", name="山茶服饰").first.click()
    buyer.get_by_label("输入消息").fill(told(QUESTION))
    buyer.get_by_label("输入消息").press("Enter")
    expect(buyer.get_by_text(QUESTION).last).to_be_visible()
    agent = market.page("agent", "desk/")
    agent.get_by_text("王小明").first.click()  # he has come to work, so what waits is handed to him
    answer = agent.locator("textarea").last
    answer.fill(ANSWER)
    answer.press("Enter")
    expect(agent.get_by_text(told("撤销"))).to_be_visible()
    return buyer, agent


def test_from_a_question_to_a_ruling_and_an_inspection(market: Market) -> None:
    buyer, agent = spoken(market)
    officer = market.page("officer", "desk/")
    look_around(officer)
    expect(buyer.get_by_text(ANSWER)).to_be_visible()
    complain(buyer)
    complaint = buyer.url.rsplit("/", 1)[1]
    heard(buyer, agent, complaint)
    ruled(officer)
    close(buyer, agent)


def complain(buyer: Page) -> None:
    """Step 5."""
    buyer.get_by_role("link", name=told("举证 / 投诉")).click()
    press(buyer, told("从聊天中选取"))
    messages = buyer.get_by_role("group", name="聊天记录").get_by_role("button")
    expect(messages.first).to_be_visible()
    messages.last.click()
    press(buyer, "生成举证号")
    expect(buyer.get_by_text(re.compile(r"E\d{8}-\w+")).first).to_be_visible()
    buyer.get_by_label("发生了什么").fill("客服一直不回答")
    buyer.get_by_role("button", name=re.compile("看看会怎样处理")).click()
    expect(buyer.get_by_text("会立即受理")).to_be_visible()
    fine(buyer, "first-minutes-complaint")
    press(buyer, "提交投诉")
    buyer.wait_for_url(lambda url: "/complaints/" in url)


def look_around(officer: Page) -> None:
    """Step 6: every list the README names has something to show."""
    for word in ("投诉受理", "待裁", "处罚", "措施"):
        nav(officer, word)
        lines = officer.locator("main").locator("li a, tbody tr")
        expect(lines.first).to_be_visible()
        fine(officer, f"first-minutes-{word}")
    expect(officer.locator("main")).to_contain_text("拾味生鲜")


def heard(buyer: Page, agent: Page, complaint: str) -> None:
    """Step 6: the shop answers, both have nothing to add."""
    nav(agent, "投诉")
    agent.locator(f"a[href*='{complaint}']").first.click()
    press(agent, "答复投诉")
    agent.get_by_label("说明", exact=True).fill("已经安排专人处理")
    agent.get_by_role("button", name="答复投诉", exact=True).last.click()
    expect(agent.get_by_text("审理中").first).to_be_visible()
    expect(agent.get_by_role("link", name=say("complaints:view.dispute"))).to_have_attribute(
        "href", re.compile(r"/desk/disputes/.+/.+")
    )
    for page, word in ((buyer, "纠纷与申诉"), (agent, "纠纷")):
        nav(page, word)
        page.get_by_role("main").get_by_role("link").filter(has_text="客服辱骂或骚扰买家").first.click()
        press(page, told("已无补充"))
        sure(page)
        expect(page.get_by_role("button", name="已无补充", exact=True)).to_have_count(0)


def ruled(officer: Page) -> None:
    """Step 6: the bench shows what each side must show, and a ruling begins with what the rows say."""
    nav(officer, "待裁")
    officer.get_by_role("main").get_by_role("link").filter(has_text="王小明 → 山茶服饰").first.click()
    side = officer.locator(".x-panes-side")
    expect(side.locator(".dp-claims tbody tr").first).to_be_visible()
    head = officer.get_by_role("main").locator("p.x-dim").filter(has_text="规则版本").first
    expect(head).to_contain_text("淘宝默认规则")
    expect(head).not_to_contain_text(re.compile(r"·\s*·"))  # a quarrel about words has no order
    fine(officer, "first-minutes-bench")
    press(side, "作出裁决")
    expect(side.locator("form textarea").first).to_be_visible()
    fine(officer, "first-minutes-ruling")


def close(buyer: Page, agent: Page) -> None:
    """Step 7: closed, inspected, rated; while it is inspected, the agent looks at what there is to learn."""
    nav_home(agent)
    agent.get_by_text("王小明").first.click()
    press(agent, told("结束"))
    nav(agent, "改进")
    for part in ("不满意对话", "案例与话术", "考试与计划"):
        agent.locator(".ant-segmented-item").filter(has_text=part).click()
        fine(agent, f"first-minutes-{part}")
    nav(agent, "质检")
    expect(agent.locator("main tbody tr").first).to_contain_text("刚刚")
    fine(agent, "first-minutes-inspected")
    agent.locator("main tbody tr").first.get_by_role("link").first.click()
    fine(agent, "first-minutes-points")
    buyer.goto("/buyer/")
    buyer.get_by_role("link", name="山茶服饰").first.click()
    expect(buyer.get_by_text("这次服务怎么样？")).to_be_visible()
    fine(buyer, "first-minutes-rating")


def nav_home(agent: Page) -> None:
    agent.get_by_role("navigation").get_by_role("link", name="会话", exact=True).first.click()
    settle(agent)


MANAGED = ("实时看板", "团队", "队列", "营业时间", "扣分与处罚")
ADMINISTERED = ("店铺", "人员", "令牌", "规则库", "改判率")


@pytest.mark.parametrize(
    ("login", "path", "pages"), [("manager", "merchant", MANAGED), ("admin", "admin", ADMINISTERED)]
)
def test_managers_and_administrators_find_what_is_named(
    market: Market, login: str, path: str, pages: tuple[str, ...]
) -> None:
    """Step 8."""
    page = market.page(login, path)
    for word in pages:
        page.get_by_role("link", name=word, exact=True).or_(
            page.get_by_role("menuitem", name=word, exact=True)
        ).first.click()
        fine(page, f"first-minutes-{login}-{word}")
        expect(page.locator("main h1").first).to_be_visible()
