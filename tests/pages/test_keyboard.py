"""The pages by the keys alone: every deed can be reached, the focus is seen, and it is never lost.

Keys are pressed on what has the focus: where nothing has it, a step waits in vain and fails.
"""

import re
from collections.abc import Iterator
from uuid import uuid4

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, expect

from tests.pages.keys import Keys, say
from tests.pages.lead import SHOP, Lead, opened
from tools.sights import (
    AGENT,
    ANGRY,
    BUYER,
    MANAGER,
    PASSWORD,
    SIZES,
    angry_visitor,
    settle,
)

GUESTS = {"吴桐": "buyer7@demo.xiaoer", "钱多多": "buyer6@demo.xiaoer"}
GUEST = "吴桐"


@pytest.fixture(scope="module")
def lead(browser: Browser, address: str) -> Iterator[Lead]:
    made = Lead(browser, address, GUESTS.values())
    yield made
    made.close()


def at_desk(browser: Browser, address: str, lead: Lead, size: str = "desktop") -> tuple[BrowserContext, Keys]:
    """The agent at the desk, with the guests in the list."""
    context = opened(browser, address, AGENT, size)
    page = context.new_page()
    page.goto(f"{address}/desk/")
    # Only who is there keeps what he is given.
    expect(page.get_by_title(say("routing:agent.what.online"))).to_be_visible()
    lead.give()
    for guest in GUESTS:
        expect(page.locator(".xd-row").filter(has_text=guest)).to_be_visible()
    page.locator("body").press("Tab")
    return context, Keys(page)


@pytest.fixture
def desk(browser: Browser, address: str, lead: Lead) -> Iterator[Keys]:
    context, keys = at_desk(browser, address, lead)
    yield keys
    context.close()


def field_of(keys: Keys, mode: str = "reply") -> Locator:
    return keys.page.get_by_label(say(f"conversations:desk.editor.label.{mode}"), exact=True)


def open_guest(keys: Keys) -> Locator:
    """Open the guest's conversation from the list; its editor."""
    keys.reach(keys.page.locator(".xd-row").filter(has_text=GUEST))
    keys.press("Enter")
    expect(keys.page.get_by_role("heading", name=GUEST, exact=True)).to_be_visible()
    field = field_of(keys)
    expect(field).to_be_visible()
    keys.press("e")
    expect(field).to_be_focused()
    field.fill("")  # somebody may have left a draft
    return field


def test_an_agent_talks(desk: Keys) -> None:
    """List, answer, canned reply, order card, undo, note, the next conversation and back, search."""
    page, field = desk.page, open_guest(desk)
    choice = page.locator(".xd-choice").first
    desk.write("/")
    expect(choice).to_be_visible()
    desk.press("ArrowDown", "Enter")
    expect(field).not_to_have_value(re.compile("^/?$"))
    desk.press("Control+a", "Delete")
    desk.write("#")
    expect(choice).to_be_visible()
    desk.press("Enter")
    undo = page.get_by_role("button", name=say("conversations:desk.undo.button"))
    expect(undo).to_be_visible()
    desk.press("Alt+z")
    expect(undo).to_have_count(0)
    expect(field).to_be_focused()
    desk.write("只用键盘写的回复")
    desk.press("Enter")
    expect(page.locator(".xd-bubble").filter(has_text="只用键盘写的回复")).to_be_visible()
    expect(field).to_have_value("")
    desk.press("Alt+n")
    note = field_of(desk, "note")
    expect(note).to_be_focused()
    desk.write("只用键盘写的备注")
    desk.press("Enter")
    expect(page.locator(".xd-note").filter(has_text="只用键盘写的备注")).to_be_visible()
    desk.press("Alt+n")
    expect(field).to_be_focused()

    name = page.locator(".xd-head-name")
    desk.press("Alt+ArrowDown")
    expect(name).not_to_have_text(GUEST)
    expect(field).to_be_focused()
    desk.press("Alt+ArrowUp")
    expect(name).to_have_text(GUEST)
    expect(field).to_be_focused()
    desk.press("Escape", "1")
    expect(desk.focus).to_have_count(1)
    desk.press("2", "?")
    expect(desk.dialog).to_be_visible()
    desk.press("Escape")
    expect(desk.dialog).to_have_count(0)

    desk.press("/")
    search = desk.dialog.get_by_role("searchbox")
    expect(search).to_be_focused()
    desk.write(GUEST)
    found = desk.dialog.locator(".xd-hit")
    expect(found.filter(has_text=GUEST).first).to_be_visible()
    desk.press("Control+a")
    desk.write("回复 键盘写")
    expect(found.filter(has_text="只用键盘写的回复").first).to_be_visible()
    desk.press("ArrowDown")
    expect(found.first).to_be_focused()
    desk.press("Enter")
    expect(desk.dialog).to_have_count(0)
    expect(name).to_have_text(GUEST)
    expect(desk.focus).to_have_count(1)


def test_an_agent_does_every_deed(desk: Keys) -> None:
    """Tags, snooze, wake, transfer with a note, close, reopen; each leaves the focus where one can go on."""
    page, field = desk.page, open_guest(desk)
    head = page.locator(".xd-head")
    desk.command(say("conversations:desk.deed.tag"))
    desk.reach(desk.dialog.get_by_label(say("conversations:desk.dialog.tag_new")))
    desk.write("键盘")
    desk.press("Enter")
    desk.push(say("conversations:desk.dialog.tag_save"), desk.dialog)
    expect(desk.dialog).to_have_count(0)
    expect(field).to_be_focused()
    expect(page.locator(".xd-row").filter(has_text=GUEST).get_by_text("键盘", exact=True)).to_be_visible()

    desk.press("Alt+s")
    expect(desk.dialog).to_be_visible()
    desk.reach(desk.dialog.get_by_role("group").get_by_role("button").first)
    desk.press("Enter")
    desk.push(say("conversations:desk.deed.snooze"), desk.dialog)
    expect(desk.dialog).to_have_count(0)
    expect(field).to_be_focused()
    desk.command(say("conversations:desk.deed.wake"))
    expect(head.get_by_role("button", name=say("conversations:desk.deed.wake"))).to_have_count(0)
    expect(field).to_be_focused()

    desk.press("Alt+r")
    expect(desk.dialog.get_by_role("radio").first).to_be_visible()
    desk.reach(desk.dialog.get_by_role("radio").first)
    desk.press("ArrowDown")
    expect(desk.dialog.get_by_role("radio").nth(1)).to_be_checked()
    desk.reach(desk.dialog.get_by_label(say("conversations:desk.dialog.note")))
    desk.write("请接着处理")
    desk.press("Escape")
    expect(desk.dialog).to_have_count(0)
    expect(field).to_be_focused()

    desk.push(say("conversations:desk.deed.close"), head)
    reopen = head.get_by_role("button", name=say("conversations:desk.deed.reopen"))
    expect(reopen).to_be_visible()
    desk.reach(reopen)
    desk.press("Enter")
    expect(reopen).to_have_count(0)
    expect(desk.focus).to_have_count(1)
    desk.push(say("conversations:desk.more"), head)
    menu = page.get_by_role("menu")
    expect(menu.get_by_role("menuitem").first).to_be_focused()
    desk.press("ArrowDown", "ArrowUp", "Escape")
    expect(head.get_by_role("button", name=say("conversations:desk.more"))).to_be_focused()

    tabs = page.get_by_role("tab")
    desk.reach(tabs.first)
    desk.press("ArrowRight", "ArrowRight")
    expect(tabs.nth(2)).to_be_focused()
    expect(tabs.nth(2)).to_have_attribute("aria-selected", "true")


def test_one_column_leads_to_the_line_one_came_from(browser: Browser, address: str, lead: Lead) -> None:
    context, keys = at_desk(browser, address, lead, "phone")
    page = keys.page
    row = page.locator(".xd-row").filter(has_text=GUEST)
    keys.reach(row)
    keys.press("Enter")
    back = page.get_by_role("button", name=say("conversations:desk.back"))
    expect(back).to_be_focused()
    keys.push(say("conversations:desk.side.open"))
    keys.reach(keys.dialog.get_by_role("tab").first)
    keys.press("Escape")
    expect(keys.dialog).to_have_count(0)
    expect(page.get_by_role("button", name=say("conversations:desk.side.open"))).to_be_focused()
    keys.reach(back, "Shift+Tab")
    keys.press("Enter")
    expect(row).to_be_focused()
    context.close()


def test_a_buyer_asks(browser: Browser, address: str) -> None:
    """In at the door, to the shop, words, an order card, a file, and back to the shops."""
    context = opened(browser, address, None)
    page = context.new_page()
    page.goto(f"{address}/signin/")
    settle(page)
    keys = Keys(page)
    page.locator("body").press("Tab")
    keys.reach(page.locator("input[autocomplete=username]"))
    keys.write(BUYER)
    keys.press("Tab")
    keys.write(PASSWORD)
    keys.press("Enter")
    shop = page.get_by_role("link", name=SHOP).first
    expect(shop).to_be_visible()
    page.locator("body").press("Tab")
    keys.reach(shop)
    keys.press("Enter")
    field = page.get_by_label(say("conversations:chat.placeholder"))
    expect(field).to_be_visible()
    keys.reach(field)
    keys.write("只用键盘问的")
    keys.press("Enter")
    expect(page.get_by_text("只用键盘问的").last).to_be_visible()
    expect(field).to_be_focused()
    keys.reach(page.get_by_role("button", name=say("conversations:chat.order")), "Shift+Tab")
    keys.press("Enter")
    expect(page.locator(".k-order").first).to_be_focused()
    keys.press("Escape")
    expect(page.locator(".k-order")).to_have_count(0)
    expect(page.get_by_role("button", name=say("conversations:chat.order"))).to_be_focused()
    keys.press("Enter")
    expect(page.locator(".k-order").first).to_be_focused()
    keys.press("ArrowDown", "Enter")
    expect(page.locator(".k-card").last).to_be_visible()
    expect(field).to_be_focused()
    keys.reach(page.get_by_role("button", name=say("conversations:chat.attach")), "Shift+Tab")
    with page.expect_file_chooser() as chosen:
        keys.press("Enter")
    chosen.value.set_files({"name": "note.txt", "mimeType": "text/plain", "buffer": "尺码".encode()})
    expect(page.get_by_role("link", name="note.txt").last).to_be_visible()
    expect(keys.focus).to_have_count(1)
    keys.reach(page.get_by_role("button", name=say("conversations:buyer.back")), "Shift+Tab")
    keys.press("Enter")
    expect(page.locator("#b-shops")).to_be_visible()
    expect(keys.focus).to_have_count(1)
    context.close()


def test_a_dialog_keeps_the_focus_and_gives_it_back(browser: Browser, address: str) -> None:
    context = opened(browser, address, MANAGER)
    page = context.new_page()
    page.goto(f"{address}/merchant/queues")
    settle(page)
    page.locator("body").press("Tab")
    keys = Keys(page)
    keys.push(say("routing:queue.add"))
    expect(keys.dialog).to_be_visible()
    inside = keys.dialog.locator(":focus")
    for key in ("Tab",) * 16 + ("Shift+Tab",) * 20:
        keys.press(key)
        expect(inside).to_have_count(1)
    keys.reach(keys.dialog.locator("input").first)
    keys.press("Escape")
    expect(keys.dialog).to_have_count(0)
    expect(page.get_by_role("button", name=say("routing:queue.add"), exact=True).first).to_be_focused()
    context.close()


@pytest.mark.parametrize("size", SIZES)
def test_a_manager_leads_from_the_live_board(browser: Browser, address: str, lead: Lead, size: str) -> None:
    """Whisper, step in, see why not to whisper to oneself, give it back; on a phone, too."""
    agent, desk = at_desk(browser, address, lead)
    open_guest(desk)
    context = opened(browser, address, MANAGER, size)
    page = context.new_page()
    page.goto(f"{address}/merchant/live")
    board = page.locator(f'table:not([aria-label="{say("inspection:alert.title")}"])')
    row = board.locator("tr").filter(has_text=GUEST)
    expect(row.get_by_role("button", name=say("conversations:live.step_in"))).to_be_visible()
    page.locator("body").press("Tab")
    keys = Keys(page)
    whisper = row.get_by_role("button", name=say("conversations:live.whisper"))
    keys.reach(whisper)
    keys.press("Enter")
    keys.reach(keys.dialog.get_by_role("textbox"))
    keys.write(f"先安抚，再查物流 {size}")
    keys.push(say("conversations:live.whisper"), keys.dialog)
    expect(keys.dialog).to_have_count(0)
    expect(whisper).to_be_focused()
    expect(desk.page.get_by_text(f"先安抚，再查物流 {size}").last).to_be_visible()

    keys.push(say("conversations:live.step_in"), row)
    keys.push(say("conversations:live.step_in"), page.locator(".ant-popover:not(.ant-popover-hidden)"))
    expect(whisper).to_have_attribute("aria-disabled", "true")
    expect(keys.focus).to_have_count(1)
    keys.push(say("conversations:live.reassign"), row)
    keys.reach(keys.dialog.get_by_role("combobox"))
    keys.write("林小满")
    keys.press("Enter")
    keys.push(say("conversations:live.reassign"), keys.dialog)
    expect(keys.dialog).to_have_count(0)
    expect(whisper).to_have_attribute("aria-disabled", "false")
    expect(row.get_by_role("button", name=say("conversations:live.reassign"))).to_be_focused()
    context.close()
    agent.close()


def test_a_manager_is_alerted_and_says_what_he_did(browser: Browser, address: str) -> None:
    """The alert comes over the socket with its reason, says why, is dealt with by keys, and is kept."""
    words = f"{ANGRY}{uuid4().hex[:6]}"
    context = opened(browser, address, MANAGER)
    page = context.new_page()
    page.goto(f"{address}/merchant/live")
    settle(page)
    angry_visitor(page, address, words)
    table = page.get_by_role("table", name=say("inspection:alert.title"))
    row = table.locator("tr").filter(has_text=words)
    expect(row).to_contain_text(say("inspection:alert.reason.upset"))
    expect(row).to_contain_text(say("inspection:alert.sign.buyer_upset"))
    for deed in ("whisper", "watch", "reassign"):
        name = say(f"conversations:live.{deed}")
        expect(row.get_by_role("button", name=name).or_(row.get_by_role("link", name=name))).to_be_visible()
    page.locator("body").press("Tab")
    keys = Keys(page)
    keys.push(say("ui:why.ask"), row)
    expect(row).to_contain_text("A1")
    keys.push(say("inspection:alert.acknowledge"), row)
    keys.reach(keys.dialog.get_by_role("radio").first)
    keys.press("ArrowDown")
    expect(keys.dialog.get_by_role("radio").nth(1)).to_be_checked()
    keys.reach(keys.dialog.get_by_role("textbox"))
    note = f"先安抚 {uuid4().hex[:6]}"
    keys.write(note)
    keys.push(say("inspection:alert.acknowledge"), keys.dialog)
    expect(keys.dialog).to_have_count(0)
    expect(row).to_have_count(0)
    done = page.get_by_role("table", name=say("inspection:alert.done"))
    expect(done.locator("tr").filter(has_text=note)).to_contain_text(say("inspection:alert.did.whispered"))
    context.close()
