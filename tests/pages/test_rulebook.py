"""The rulebook in the browser: a deadline changes, a gap is found and mended, a table is announced."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.pages.deeds import fine, press, say
from tools.sights import SIZES, WAIT_MS, enter, settle

TABLE = "after_sale.freight_leg"
BANDED = "complaints.signals"


@pytest.fixture(scope="module", params=["desktop", "phone"])
def page(request: pytest.FixtureRequest, browser: Browser, address: str) -> Iterator[Page]:
    """The administrator's page, at a desk and on a phone."""
    width, height = SIZES[request.param]
    context = browser.new_context(
        viewport={"width": width, "height": height}, locale="zh-CN", reduced_motion="reduce", base_url=address
    )
    context.set_default_timeout(WAIT_MS)
    enter(context, address, "admin@demo.xiaoer", "zh-Hans")
    yield context.new_page()
    context.close()


def go(page: Page, path: str) -> None:
    page.goto(f"/{path}")
    settle(page)


def tab(page: Page, view: str) -> None:
    page.get_by_role("tab", name=say(f"rulebook:view.{view}"), exact=True).click()
    settle(page)


def test_a_deadline_is_changed_and_its_author_stands_in_the_history(page: Page) -> None:
    go(page, "admin/rules")
    fine(page, "rules")
    entry = page.locator("tbody tr", has_text="after_sale.refund_not_shipped")
    press(entry, "ui:action.edit")
    box = page.get_by_role("dialog").last
    box.get_by_label(say("rulebook:reason")).fill("大促期间加快")
    fine(page, "rule-set")
    box.locator(".ant-modal-footer .ant-btn-primary").click()
    expect(box).to_be_hidden()
    press(entry, "rulebook:history")
    first = page.get_by_role("dialog").last.locator("tbody tr").first
    expect(first).to_contain_text("大促期间加快")
    author = page.request.get("/public/v1/me").json()["display_name"]
    expect(first).to_contain_text(author)


def test_a_gap_is_found_mended_and_the_table_announced(page: Page) -> None:
    go(page, f"admin/rules/tables/{TABLE}")
    fine(page, "table")
    schedule = page.get_by_role("button", name=say("rulebook:publish.open"), exact=True)
    expect(schedule).to_be_disabled()
    grid = page.get_by_role("grid")
    cell = grid.locator("tbody tr", has_text="D2-11").locator("td").first
    cell.click()
    page.keyboard.press("ArrowRight")
    expect(grid.locator("td:focus")).to_have_attribute("data-part", "when")
    press(page, "rulebook:row.remove")
    flaw = page.locator(".xr-flaws li").first
    expect(flaw).to_contain_text(re.compile(say("rulebook:flaw.gap").partition("{{")[0]))
    expect(flaw).to_contain_text("有运费险: 是")  # the case that no row takes
    expect(schedule).to_be_disabled()
    refused = page.request.put(
        f"/platform/v1/tables/{TABLE}",
        data={"reason": "x", "text": page.evaluate(WITHOUT_ROW, [TABLE, "D2-11"])},
        headers={"X-Xiaoer": "1"},
    )
    assert refused.json()["error"]["code"] == "rulebook.flawed_table"
    fine(page, "table-gap")

    page.reload()  # the draft stays in the browser
    add = page.get_by_role("button", name=say("rulebook:proof.add"), exact=True)
    expect(add.first).to_be_visible()
    proved = page.locator(".ant-alert-success")
    for _ in range(4):
        rows = grid.locator("tbody tr").count()
        add.first.click()
        expect(grid.locator("tbody tr")).to_have_count(rows + 1)
        expect(page.locator("[aria-live] [role=alert], .ant-alert").first).to_be_visible()
        page.wait_for_function("() => !document.querySelector('[aria-live][aria-busy=true]')")
        if proved.is_visible():
            break
    expect(proved).to_be_visible()
    expect(schedule).to_be_enabled()

    tab(page, "difference")
    expect(page.locator(".xr-change", has_text="D2-11")).to_contain_text(say("rulebook:diff.removed"))
    fine(page, "table-difference")
    tab(page, "text")
    expect(page.get_by_label(say("rulebook:view.text")).last).to_have_value(re.compile(r"\[\[row\]\]"))
    tab(page, "what_if")
    press(page, "rulebook:what_if.run")
    expect(page.get_by_role("button", name=say("rulebook:what_if.run"), exact=True)).to_be_enabled()
    expect(page.get_by_text(re.compile(r"共 \d+ 次决定")).last).to_be_visible()
    fine(page, "table-what-if")
    tab(page, "try")
    press(page, "rulebook:try.ask")
    expect(page.locator(".xr-change code").first).to_be_visible()
    fine(page, "table-try")

    schedule.click()
    box = page.get_by_role("dialog").last
    expect(box.locator("input[type=datetime-local]")).not_to_have_value("")
    box.get_by_label(say("rulebook:reason")).fill("运费险改由卖家付")
    fine(page, "table-schedule")
    box.locator(".ant-modal-footer .ant-btn-primary").click()
    expect(box).to_be_hidden()
    first = page.locator("main tbody tr").first
    expect(first).to_contain_text("运费险改由卖家付")
    expect(first).to_contain_text(page.request.get("/public/v1/me").json()["display_name"])
    fine(page, "table-history")


def test_an_edge_of_a_band_is_moved_proved_while_typing_and_scheduled(page: Page) -> None:
    go(page, f"admin/rules/tables/{BANDED}")
    press(page, "rulebook:bands.open")
    box = page.get_by_role("dialog").last
    band = page.request.get(f"/platform/v1/tables/{BANDED}").json()["words"]["flood"]
    edge = box.get_by_label(say("rulebook:bands.from").replace("{{band}}", band))
    before = int(edge.input_value())
    after = str(before + 10)
    proved = box.locator(".ant-alert-success")
    edge.fill("-9")
    expect(edge).to_have_attribute("aria-invalid", "true")
    edge.fill(after)
    expect(edge).to_have_attribute("aria-invalid", "false")
    expect(proved).to_be_visible()
    fine(page, "table-bands")
    box.locator(".ant-modal-footer button").click()
    expect(box).to_be_hidden()

    tab(page, "difference")
    change = page.locator(".xr-change", has_text=say("rulebook:diff.bands"))
    expect(change).to_contain_text(after)
    fine(page, "table-bands-difference")
    page.get_by_role("button", name=say("rulebook:publish.open"), exact=True).click()
    box = page.get_by_role("dialog").last
    box.get_by_label(say("rulebook:reason")).fill("多一次才提示")
    box.locator(".ant-modal-footer .ant-btn-primary").click()
    expect(box).to_be_hidden()
    expect(page.locator("main tbody tr").first).to_contain_text("多一次才提示")
    held = page.request.get(f"/platform/v1/tables/{BANDED}").json()
    assert f'flood = "{before}.."' in held["text"], "what was announced is not yet in force"


def test_everybody_reads_what_is_coming_and_profiles_are_previewed(
    page: Page, browser: Browser, address: str
) -> None:
    go(page, "admin/rules/profile")
    press(page, "rulebook:profile.preview")
    expect(page.get_by_role("button", name=say("rulebook:profile.choose"), exact=True)).to_be_visible()
    fine(page, "profile")
    slug = page.request.get("/platform/v1/marketplace").json()["slug"]
    stranger = browser.new_context(viewport=page.viewport_size, locale="zh-CN")
    notices = stranger.new_page()
    notices.goto(f"{address}/signin/rules/{slug}")
    expect(notices.get_by_text("运费险改由卖家付").first).to_be_visible()
    fine(notices, "notices")
    stranger.close()


WITHOUT_ROW = """async ([table, row]) => {
  const { text } = await (await fetch(`/platform/v1/tables/${table}`)).json()
  return text.split('\\n[[row]]').filter((part) => !part.startsWith(`\\nid = "${row}"`)).join('\\n[[row]]')
}"""
