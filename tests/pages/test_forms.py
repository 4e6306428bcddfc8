"""The forms of managers and administrators, used in the browser: what they change is changed."""

import re
from collections.abc import Callable, Iterator
from uuid import uuid4

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.pages.deeds import unsaid
from tools.sights import SIZES, WAIT_MS, enter, saying, settle

say = saying("zh-Hans")
ONE = uuid4().hex[:6]  # so that the tests may run again beside what they made before
MAIL, QUEUE, CANNED, TOKEN = f"newcomer-{ONE}@demo.xiaoer", f"大件售后{ONE}", f"道歉{ONE}", f"报表{ONE}"
DAY = f"2031-{int(ONE, 16) % 12 + 1:02}-{int(ONE, 16) % 28 + 1:02}"
Door = Callable[[str, str], Page]


@pytest.fixture(scope="module")
def door(browser: Browser, address: str) -> Iterator[Door]:
    """Opens a page as somebody; one context for each person."""
    pages: dict[str, Page] = {}

    def opened(login: str, path: str) -> Page:
        if login not in pages:
            width, height = SIZES["desktop"]
            context = browser.new_context(
                viewport={"width": width, "height": height}, locale="zh-CN", reduced_motion="reduce"
            )
            context.set_default_timeout(WAIT_MS)
            enter(context, address, f"{login}@demo.xiaoer")
            pages[login] = context.new_page()
        page = pages[login]
        page.goto(f"{address}/{path}")
        settle(page)
        return page

    yield opened
    for page in pages.values():
        page.context.close()


def press(place: Page | Locator, key: str) -> None:
    place.get_by_role("button", name=say(key), exact=True).first.click()


def dialog(page: Page) -> Locator:
    return page.get_by_role("dialog").last


def save(page: Page) -> None:
    """Press the verb of the dialog twice, as hasty people do, and wait until it is gone."""
    box = dialog(page)
    box.locator(".ant-modal-footer .ant-btn-primary").dblclick()
    expect(box).to_be_hidden()


def choose(page: Page, label: str, option: str) -> None:
    """Choose in a list that drops down, by the keys alone."""
    field = dialog(page).get_by_label(label)
    field.focus()
    field.press_sequentially(option)
    offered = page.locator(".ant-select-dropdown:not(.ant-select-dropdown-hidden) .ant-select-item-option")
    expect(offered).to_have_count(1)
    expect(offered).to_have_class(re.compile("option-active"))
    field.press("Enter")
    chosen = dialog(page).locator(".ant-select", has=page.get_by_label(label))
    expect(chosen).to_contain_text(option)
    field.press("Tab")  # leaves the list: it neither drops the choice nor stays
    expect(field).not_to_be_focused()
    expect(chosen).to_contain_text(option)


def row(page: Page, text: str) -> Locator:
    return page.locator("tbody tr", has_text=text)


def complains(page: Page, field: str) -> None:
    """The field is marked and a sentence under it says what is wrong."""
    item = dialog(page).locator(".ant-form-item", has=page.get_by_label(field))
    expect(item.locator(".ant-form-item-explain-error")).not_to_be_empty()
    expect(dialog(page).get_by_label(field)).to_have_attribute("aria-invalid", "true")


def test_a_colleague_joins_the_team(door: Door) -> None:
    page = door("manager", "merchant/team")
    press(page, "identity:team.add")
    box = dialog(page)
    box.locator(".ant-modal-footer .ant-btn-primary").click()
    complains(page, say("identity:person.login"))
    box.get_by_label(say("identity:person.login")).fill(MAIL)
    box.get_by_label(say("identity:team.fresh")).check()
    box.get_by_label(say("identity:person.name")).fill("新来的")
    box.get_by_label(say("identity:person.first_password")).fill("short")
    box.locator(".ant-modal-footer .ant-btn-primary").click()
    expect(box.get_by_role("alert").first).to_be_visible()  # the server's own sentence; the form stays
    expect(box.get_by_label(say("identity:person.name"))).to_have_value("新来的")
    box.get_by_label(say("identity:person.first_password")).fill("山高水长-2031-风")
    save(page)
    expect(row(page, MAIL)).to_have_count(1)


def test_the_hours_of_the_desk_change(door: Door) -> None:
    page = door("manager", "merchant/hours")
    page.get_by_label(say("clocks:hours.date")).fill(DAY)
    press(page, "clocks:hours.add_special")
    label = say("clocks:hours.label_of").replace("{{date}}", DAY)
    page.get_by_label(label).fill("国庆节")
    page.get_by_role("button", name=say("ui:action.save"), exact=True).dblclick()
    expect(page.get_by_role("button", name=say("ui:action.save"), exact=True)).to_be_disabled()
    page.reload()
    expect(page.get_by_label(label)).to_have_value("国庆节")


def test_a_queue_is_made_once(door: Door) -> None:
    page = door("manager", "merchant/queues")
    press(page, "routing:queue.add")
    dialog(page).locator(".ant-modal-footer .ant-btn-primary").click()
    complains(page, say("routing:queue.name"))
    dialog(page).get_by_label(say("routing:queue.name")).fill(QUEUE)
    choose(page, say("routing:queue.members"), "林小满")
    save(page)
    expect(row(page, QUEUE)).to_have_count(1)
    expect(row(page, QUEUE)).to_contain_text("林小满")


def test_a_canned_reply_is_written_and_used_with_its_variable(door: Door) -> None:
    page = door("manager", "merchant/answers")
    press(page, "conversations:canned.add")
    dialog(page).locator(".ant-modal-footer .ant-btn-primary").click()
    complains(page, say("conversations:canned.title"))
    dialog(page).get_by_label(say("conversations:canned.title")).fill(CANNED)
    dialog(page).get_by_label(say("conversations:canned.shortcut")).fill(f"dq{ONE}")
    dialog(page).get_by_label(say("conversations:canned.text")).fill("让您久等了，")
    press(dialog(page), "conversations:canned.variable.buyer")
    save(page)
    expect(row(page, CANNED)).to_have_count(1)

    desk = door("agent", "desk/")
    desk.locator(".xd-row").first.click()
    field = desk.locator("textarea").last
    field.fill(f"/dq{ONE}")
    expect(desk.get_by_text(CANNED)).to_be_visible()
    field.press("Enter")
    expect(field).to_have_value(re.compile(r"让您久等了，[^{]+$"))
    unsaid(field)


def test_another_response_profile_holds(door: Door) -> None:
    page = door("manager", "merchant/rules")
    profile = row(page, "sla.profile")
    press(profile, "ui:action.edit")
    dialog(page).locator(".ant-modal-footer .ant-btn-primary").click()
    complains(page, say("rulebook:reason"))
    dialog(page).get_by_text(say("clocks:profile.jd_thirty_seconds")).click()
    dialog(page).get_by_label(say("rulebook:reason")).fill("大促期间")
    save(page)
    expect(profile).to_contain_text(say("clocks:profile.jd_thirty_seconds"))
    press(profile, "rulebook:history")
    expect(dialog(page).locator("tbody tr").first).to_contain_text("大促期间")


def test_a_shop_and_a_person_are_made(door: Door) -> None:
    mail = f"{uuid4().hex[:8]}@demo.xiaoer"
    name = f"新开的店{uuid4().hex[:6]}"
    page = door("admin", "admin/shops")
    press(page, "identity:shops.add")
    dialog(page).locator(".ant-modal-footer .ant-btn-primary").click()
    complains(page, say("identity:shops.name"))
    dialog(page).get_by_label(say("identity:shops.name")).fill(name)
    save(page)
    expect(row(page, name)).to_have_count(1)

    page = door("admin", "admin/people")
    press(page, "identity:people.add")
    dialog(page).locator(".ant-modal-footer .ant-btn-primary").click()
    complains(page, say("identity:person.name"))
    dialog(page).get_by_label(say("identity:person.name")).fill("韩梅")
    dialog(page).get_by_label(say("identity:people.email")).fill(mail)
    dialog(page).get_by_label(say("identity:people.shop")).click()
    dialog(page).get_by_label(say("identity:people.shop")).press_sequentially(name)
    page.locator(".ant-select-item-option", has_text=name).first.click()
    save(page)
    expect(row(page, mail)).to_have_count(1)
    expect(row(page, mail)).to_contain_text(name)


def test_a_token_is_made_works_and_is_revoked(door: Door, address: str) -> None:
    page = door("admin", "admin/tokens")
    press(page, "identity:tokens.add")
    dialog(page).locator(".ant-modal-footer .ant-btn-primary").click()
    complains(page, say("identity:shops.name"))
    dialog(page).get_by_label(say("identity:shops.name")).fill(TOKEN)
    choose(page, say("identity:tokens.scopes"), "shops:read")
    dialog(page).locator(".ant-modal-footer .ant-btn-primary").dblclick()
    secret = dialog(page).locator("code").inner_text()
    page.keyboard.press("Escape")
    expect(row(page, TOKEN)).to_have_count(1)

    def status() -> int:
        headers = {"Authorization": f"Bearer {secret}", "Cookie": ""}
        return page.request.get(f"{address}/platform/v1/shops", headers=headers).status

    assert status() == 200
    press(row(page, TOKEN), "identity:tokens.revoke")
    page.locator(".ant-popover:visible").get_by_role("button", name=say("identity:tokens.revoke")).click()
    expect(row(page, TOKEN)).to_have_count(0)
    assert status() == 401


def test_a_word_of_the_guard_holds_at_once(door: Door) -> None:
    desk = door("agent", "desk/")
    desk.locator(".xd-row").first.click()
    field = desk.locator("textarea").last
    field.fill("咕噜咕噜去别处聊")
    page = door("admin", "admin/rules")
    entry = row(page, "guard.abuse_add")
    press(entry, "ui:action.edit")
    dialog(page).get_by_label(say("rulebook:column.value")).fill("咕噜咕噜")
    dialog(page).get_by_label(say("rulebook:column.value")).press("Enter")
    dialog(page).get_by_label(say("rulebook:reason")).fill("新的骂人话")
    save(page)
    expect(entry).to_contain_text("咕噜咕噜")
    field.fill("咕噜咕噜，去别处聊")
    expect(desk.locator(".xd-thread").get_by_text(say("guard:reason.added_term")).first).to_be_visible()
    unsaid(field)
