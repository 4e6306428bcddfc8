"""Blocks in the browser: proposed, heard, approved, found wrong, made good; a red packet is opened."""

from collections.abc import Iterator
from uuid import uuid4

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.pages.deeds import Market, dialog, fine, fine_everywhere, order_box, press, say, send
from tools.sights import settle


@pytest.fixture(scope="module")
def people(browser: Browser, address: str) -> Iterator[Market]:
    """Everybody signed in, when first needed."""
    found = Market(address, browser)
    yield found
    found.close()


@pytest.fixture(scope="module")
def shop(people: Market) -> str:
    """The first shop of the agent."""
    return people.get("agent", "/public/v1/me")["shops"][0]["id"]


@pytest.fixture(scope="module")
def number(people: Market, shop: str) -> str:
    """An evidence number of what a buyer said; of the shop's people none stands in it."""
    conversation = people.post("buyer6", f"/public/v1/shops/{shop}/conversation", {})["id"]
    said = people.post(
        "buyer6",
        f"/public/v1/conversations/{conversation}/entries",
        {"client_id": str(uuid4()), "kind": "text", "text": "你们都是骗子，滚"},
    )
    wish = {"first": said["version"], "last": said["version"], "purpose": "after_sale", "reason": "辱骂"}
    path = f"/api/v1/shops/{shop}/conversations/{conversation}/evidence"
    return people.post("manager", path, wish)["number"]


def fill(page: Page, words: str) -> None:
    """Write the reasons in the dialog that is open, and carry it out."""
    box = dialog(page)
    box.locator("textarea").fill(words)
    box.locator(".ant-modal-footer .ant-btn-primary").click()
    expect(box).to_be_hidden()
    settle(page)


def test_a_block_is_proposed_heard_approved_found_wrong_and_made_good(
    people: Market, shop: str, number: str
) -> None:
    buyer = people.get("buyer6", "/public/v1/me")["id"]

    desk = people.page("agent", f"desk/shop-blocks/{shop}?buyer={buyer}")
    box = dialog(desk)
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
    block = people.get("agent", f"/api/v1/shops/{shop}/blocks")["data"][0]["id"]

    mine = people.page("buyer6", f"buyer/blocks/{block}", "phone")
    fine(mine, "block-mine")
    press(mine, "blocks:deed.state")
    fill(mine, "当天我没有上网，可能是家人发的")
    expect(mine.locator(".x-matter")).to_contain_text(say("blocks:state.heard"))

    office = people.page("manager", f"merchant/blocks/{shop}?block={block}")
    fine(office, "block-approve")
    press(office, "blocks:deed.approve")
    fill(office, "记录清楚，暂停七天消息")
    expect(office.locator(".x-panes-side")).to_contain_text(say("blocks:state.in_force"))

    mine = people.page("buyer6", f"buyer/blocks/{block}", "phone")
    expect(mine.locator(".x-matter")).to_contain_text(say("blocks:open.title"))
    fine(mine, "block-in-force")
    press(mine, "blocks:deed.receipt")
    dialog(mine).get_by_label(say("blocks:label.amount")).fill("15")
    fill(mine, "去派出所打印记录")
    press(mine, "blocks:deed.ask")
    dialog(mine).get_by_label(say("blocks:label.minutes")).fill("60")
    fill(mine, "请另一人查看登录记录")
    expect(mine.locator(".x-matter")).to_contain_text(say("blocks:state.in_review"))

    bench = people.page("officer", "desk/blocks?view=to_review")
    line = bench.locator(f".x-card-link[href*='{block}']")
    expect(line).to_contain_text(say("blocks:state.in_review"))
    line.click()
    settle(bench)
    fine(bench, "block-review")
    press(bench, "blocks:deed.lift_wrong")
    fill(bench, "登录记录显示不是本人")
    expect(bench.locator(".x-panes-side")).to_contain_text(say("blocks:state.lifted_wrong"))
    expect(bench.get_by_role("region", name=say("blocks:good.title"))).to_contain_text("15.00")
    fine(bench, "block-wrong")

    mine = people.page("buyer6", f"buyer/blocks/{block}", "phone")
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

    contested = people.page("officer", "desk/compensation")
    contested.locator(".x-card-link").first.click()
    settle(contested)
    press(contested, "compensation:deed.answer")
    dialog(contested).get_by_label(say("compensation:answer.more")).fill("60")
    fine(contested, "compensation-answer")
    fill(contested, "半天时间已计入")
    expect(contested.locator(".x-panes-side")).to_contain_text("60.00")


def test_a_red_packet_sent_in_the_talk_is_taken_there_and_both_sides_follow(
    people: Market, shop: str
) -> None:
    bought = people.get("buyer", f"/public/v1/orders?shop={shop}&limit=50")["data"]
    order = next(one for one in bought if one["state"] not in {"pending", "cancelled"})
    chat = people.post("buyer", f"/public/v1/shops/{shop}/conversation")["id"]
    note = f"补运费 {order['external_id'][-4:]}"

    desk = people.page("manager", f"desk/{shop}/{chat}")
    press(order_box(desk, order["external_id"]), "compensation:packet.send")
    box = dialog(desk)
    box.get_by_label(say("compensation:amount")).fill("3")
    box.get_by_label(say("compensation:packet.note")).fill(note)
    fine(desk, "packet-send")
    send(desk)
    theirs = desk.get_by_role("group", name=say("compensation:kind.red_packet")).filter(has_text=note).last
    expect(theirs).to_contain_text(say("compensation:card.waiting"))

    mine = people.page("buyer", f"buyer/shops/{shop}", "phone")
    packet = mine.get_by_role("group", name=say("compensation:kind.red_packet")).filter(has_text=note).last
    expect(packet).to_contain_text("3.00")
    expect(packet).to_contain_text(say("compensation:card.waiting"))
    fine(mine, "packet-card")
    press(packet, "compensation:deed.claim")
    expect(packet).to_contain_text(say("compensation:card.taken"))
    expect(packet.get_by_role("button")).to_have_count(0)
    expect(theirs).to_contain_text(say("compensation:card.taken"))
    fine(desk, "packet-taken")
    fine(mine, "packet-card-taken")

    whole = people.page("buyer", "buyer/compensation", "phone")
    line = whole.get_by_role("article", name=say("compensation:kind.red_packet")).filter(has_text=note).first
    expect(line.get_by_role("button", name=say("compensation:deed.claim"), exact=True)).to_be_hidden()
    office = people.page("manager", f"merchant/packets/{shop}")
    expect(office.locator("table")).to_contain_text(say("compensation:kind.red_packet"))
    fine_everywhere(office, "packets")


def test_administrators_see_whose_blocks_were_wrong(people: Market) -> None:
    page = people.page("admin", "admin/block-watch")
    expect(page.locator("table")).to_contain_text(say("blocks:watch.small"))
    fine_everywhere(page, "block-watch")
