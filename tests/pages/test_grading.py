"""Grading in the browser: an agent appeals his score and another decides; two grade blind, and κ is shown."""

from collections.abc import Iterator, Sequence

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.pages.deeds import Market, dialog, fine, press, say

WORDS = "买家问过两次，我都解释了，系统没有认出来。"
REASON = "解释确实在，改评。"


@pytest.fixture(scope="module")
def market(browser: Browser, address: str) -> Iterator[Market]:
    """The demonstration all tests share."""
    found = Market(address, browser)
    for name, value in (("twice_percent", 100), ("least_pairs", 2), ("apart_points", 100)):
        found.put("admin", f"/platform/v1/rulebook/grading.{name}", {"value": value, "reason": "x"})
    yield found
    found.close()


@pytest.fixture(scope="module")
def shop(market: Market) -> str:
    """The shop whose talks nobody has graded yet."""
    return str(market.get("officer", "/platform/v1/shops")["data"][1]["id"])


def fill(page: Page, points: Sequence[str]) -> None:
    """Fill in a sheet by the keyboard; a click on a message makes it evidence."""
    rows = page.locator(".gr-row")
    expect(rows).to_have_count(12)
    for place, key in enumerate((*points, *"999999")):
        rows.nth(place).locator("input[type=radio]").first.press(key)
        if key in "12":
            page.locator("button.gr-number").nth(1).click()
    expect(page.get_by_text(say("grading:sheet.ready"))).to_be_visible()


def test_an_agent_appeals_his_score_and_another_changes_it(market: Market, shop: str) -> None:
    agent = market.page("agent", f"desk/scores/{shop}")
    agent.locator("main tbody a").first.click()
    standing = agent.locator(".gr-standing")
    before = standing.locator("strong").first.inner_text()
    fine(agent, "standing")
    press(standing, "grading:standing.appeal")
    box = dialog(agent)
    box.get_by_label(say("grading:appeal.text")).fill(WORDS)
    box.locator(".ant-modal-footer .ant-btn-primary").click()
    expect(standing).to_contain_text(say("grading:appeal_state.lodged"))

    manager = market.page("manager", f"merchant/grading/{shop}/appeals")
    manager.locator("main tbody a").first.click()
    panel = manager.locator(".gr-panel")
    expect(panel).to_contain_text(WORDS)
    panel.get_by_text(say("grading:appeal.change"), exact=True).first.click()
    fill(manager, "222222")
    panel.get_by_label(say("grading:appeal.reason")).fill(REASON)
    fine(manager, "appeal")
    panel.locator("button[type=submit]").click()
    expect(panel).to_be_hidden()

    agent.reload()
    expect(standing).to_contain_text(say("grading:appeal_state.changed"))
    expect(standing).to_contain_text(REASON)
    expect(standing.locator("strong").first).not_to_have_text(before)
    press(standing, "grading:standing.why")
    expect(standing.locator(".x-decided li").first).to_contain_text("A2")


def test_two_grade_blind_and_their_agreement_is_shown(market: Market, shop: str) -> None:
    manager = market.page("manager", f"merchant/grading/{shop}")
    press(manager, "grading:draw.title")
    dialog(manager).locator(".ant-modal-footer .ant-btn-primary").click()
    waiting = manager.locator("main tbody a").first
    expect(waiting).to_be_visible()
    fine(manager, "grading")
    waiting.click()
    fill(manager, "221012")
    fine(manager, "sheet")
    press(manager, "grading:sheet.send")
    expect(manager.locator(".gr-panel")).to_be_hidden()

    officer = market.page("officer", "desk/grading", "phone")
    officer.locator("main tbody a").first.click()
    panel = officer.locator(".gr-panel")
    expect(panel).to_contain_text(say("grading:seat.second"))
    expect(panel).not_to_contain_text(say("grading:grades.title"))
    fill(officer, "211002")
    fine(officer, "sheet-phone")
    press(officer, "grading:sheet.send")
    expect(panel).to_be_hidden()

    figures = market.page("manager", f"merchant/agreement/{shop}")
    expect(figures.locator("main tbody").first).to_contain_text("κ 0.")
    parts = figures.locator("main tbody").nth(1)
    expect(parts).to_contain_text(say("inspection:part.tone"))
    expect(parts).to_contain_text(say("grading:agreement.all_parts"))
    fine(figures, "agreement")
    over = market.page("manager", f"merchant/grading/{shop}/over")
    over.locator("main tbody a").first.click()
    expect(over.locator(".gr-panel")).to_contain_text(say("grading:seat.second"))
    fine(over, "graded")
