"""The guard in the browser: an agent is held back and appeals, others judge and accept, the words pass."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from uuid import uuid4

import pytest
from playwright.sync_api import Browser, FilePayload, Locator, Page, expect

from tests.pages.deeds import Market, choose, dialog, fine, press, say

TERM = f"云感{uuid4().hex[:6]}棉"
"""Only this test says it: others share the marketplace."""

WORDS = f"这款是{TERM}的，摸起来很软。"
PAPER = b"%PDF-1.4 a paper"
CLAIM = "这款是全网最低价。"


@pytest.fixture(scope="module")
def market(browser: Browser, address: str) -> Iterator[Market]:
    """The demonstration all tests share; the shop forbids one more term, until we go."""
    found = Market(address, browser)
    shop = found.get("agent", "/public/v1/me")["shops"][0]["id"]
    path = f"/api/v1/shops/{shop}/rulebook/guard.absolute_add"
    found.put("manager", path, {"value": [TERM], "reason": "x"})
    yield found
    found.put("manager", path, {"value": None, "reason": "x"})
    found.close()


@pytest.fixture
def shop(market: Market) -> str:
    """The shop where the agent works."""
    return str(market.get("agent", "/public/v1/me")["shops"][0]["id"])


def talk(market: Market, shop: str) -> Page:
    """A conversation the agent may write in."""
    lists = (
        market.get("agent", f"/api/v1/shops/{shop}/conversations?view={one}") for one in ("mine", "queue")
    )
    first = next(found["data"][0] for found in lists if found["data"])
    return market.page("agent", f"desk/{shop}/{first['id']}")


def write(page: Page, words: str) -> None:
    """Type into the editor."""
    page.get_by_label(say("conversations:desk.editor.label.reply"), exact=True).fill(words)


def add(box: Locator, name: str) -> None:
    """Give a paper with a form."""
    paper = FilePayload(name=name, mimeType="application/pdf", buffer=PAPER)
    box.locator("input[type=file]").set_input_files(paper)
    expect(box.get_by_text(name)).to_be_visible()


def opens(page: Page, line: Locator, name: str) -> None:
    """The paper stands at the line and is what was given."""
    link = line.get_by_role("link", name=say("objections:file.open").replace("{{name}}", name))
    address = link.get_attribute("href")
    assert address is not None
    assert page.request.get(address).body() == PAPER


def test_from_a_block_to_the_same_words_passing(market: Market, shop: str) -> None:
    agent = talk(market, shop)
    write(agent, WORDS)
    ways = agent.locator(".xg-ways")
    expect(ways).to_be_visible()
    fine(agent, "guard-held")
    press(ways, "objections:desk.object")
    box = dialog(agent)
    way = box.get_by_role("link", name=say("objections:mine.link"))
    expect(way).to_have_attribute("href", re.compile(f"/held/{shop}$"))
    box.get_by_label(say("objections:objection.reason")).fill("这是面料的名字。")
    add(box, "面料说明.pdf")
    box.locator(".ant-modal-footer .ant-btn-primary").click()
    expect(box).to_be_hidden()

    mine = market.page("agent", f"desk/held/{shop}", "phone")
    lodged = mine.locator(".gp-one").filter(has_text=TERM)
    expect(lodged).to_contain_text(say("objections:state.lodged"))
    expect(lodged.get_by_role("timer")).to_be_visible()
    fine(mine, "guard-my-appeals")

    manager = market.page("manager", f"merchant/guard/{shop}", "phone")
    one = manager.locator(".gp-one").filter(has_text=TERM)
    expect(one.get_by_role("timer")).to_contain_text(say("objections:due.shop"))
    opens(manager, one, "面料说明.pdf")
    fine(manager, "guard-appeals")
    press(one, "objections:deed.decide")
    choose(dialog(manager), "objections:decision.yes")
    expect(dialog(manager).get_by_label(say("objections:decision.phrase"))).to_have_value(TERM)
    dialog(manager).get_by_label(say("objections:decision.reason")).fill("是面料。")
    dialog(manager).locator(".ant-modal-footer .ant-btn-primary").click()
    expect(one).to_contain_text(say("objections:state.upheld"))
    expect(lodged).to_contain_text(say("objections:state.upheld"))
    expect(lodged).to_contain_text("是面料。")

    boss = market.page("admin", "admin/guard/proposals")
    proposed = boss.locator(".gp-one").filter(has_text=TERM)
    press(proposed, "objections:deed.try")
    expect(proposed.locator(".gp-trial")).to_be_visible()
    fine(boss, "guard-proposals")
    press(proposed, "objections:deed.accept")
    dialog(boss).get_by_label(say("objections:decision.reason")).fill("上周没有误放。")
    dialog(boss).locator(".ant-modal-footer .ant-btn-primary").click()
    expect(proposed).to_contain_text(say("objections:proposal_state.accepted"))

    write(agent, f"{WORDS} ")
    expect(ways).to_be_hidden()
    field = agent.get_by_label(say("conversations:desk.editor.label.reply"), exact=True)
    field.press("Enter")
    expect(agent.get_by_role("log").or_(agent.locator("main")).get_by_text(WORDS).last).to_be_visible()


def test_a_claim_goes_out_with_its_proof_and_suggestions_are_counted(market: Market, shop: str) -> None:
    agent = talk(market, shop)
    write(agent, CLAIM)
    ways = agent.locator(".xg-ways")
    press(ways, "objections:desk.prove")
    box = dialog(agent)
    choose(box, "objections:sort.source")
    number = f"NO.{datetime.now(UTC):%Y}-118"
    box.get_by_label(say("objections:proof.reference_or_file")).fill(number)
    add(box, "排名.pdf")
    box.get_by_label(say("objections:proof.reason")).fill("检测机构的排名。")
    fine(agent, "guard-proof")
    box.locator(".ant-modal-footer .ant-btn-primary").click()
    expect(box).to_be_hidden()
    expect(ways).to_be_hidden()
    agent.get_by_label(say("conversations:desk.editor.label.reply"), exact=True).press("Enter")
    # while it may still be taken back, a manager reads what is on file
    manager = market.page("manager", f"merchant/guard/{shop}/proofs")
    row = manager.locator("tbody tr").filter(has_text="全网最低价").first
    expect(row).to_contain_text(say("objections:proof.holds"))
    opens(manager, row, "排名.pdf")
    fine(manager, "guard-proofs")

    sent = agent.locator("article").filter(has_text=CLAIM).last
    what = f"{say('objections:sort.source')} {number}"
    expect(sent).to_contain_text(say("objections:sent.with_proof").replace("{{what}}", what))
    press(sent, "ui:why.ask")
    expect(agent.get_by_role("tooltip").last).to_contain_text("检测机构的排名。")
    fine(agent, "guard-sent-with-proof")
    press(row, "objections:proof.end")
    dialog(manager).get_by_label(say("objections:decision.reason")).fill("排名已过期。")
    dialog(manager).locator(".ant-modal-footer .ant-btn-primary").click()
    expect(row).to_contain_text(say("objections:proof.over"))
    figures = market.page("manager", f"merchant/guard/{shop}/figures")
    expect(figures.locator("main tbody").first).to_contain_text("D9-")
    fine(figures, "guard-figures")
    tries = market.page("manager", f"merchant/guard/{shop}/trial")
    tries.get_by_label(say("objections:try.add")).fill("您好")
    press(tries, "objections:deed.try")
    expect(tries.locator(".gp-trial")).to_be_visible()
    fine(tries, "guard-trial")
