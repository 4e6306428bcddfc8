"""Every page that shows an outcome says why when asked: the row, what it stands on, what was asked."""

import re
from collections.abc import Iterator
from uuid import uuid4

import pytest
from msgspec import Struct
from playwright.sync_api import Browser, Locator, Page, expect

from tests.pages.deeds import Market, say, shot, unsaid
from tools.sights import UNFIT, settle

WORDS = (
    "ui:why.ask",
    "after_sale:case.why",
    "complaints:view.why",
    "disputes:page.why",
    "appeals:part.why_taken",
    "grading:standing.why",
    "learning:dialogue.why",
    "penalties:penalties.why",
)
"""What the button is called, wherever it stands."""


class Place(Struct, frozen=True):
    """Who looks, where (`{shop}` is the shop of that name), and what he opens there, one after the other."""

    name: str
    login: str
    path: str
    opens: tuple[str, ...] = ()
    shop: str = ""
    size: str = "desktop"
    writes: str = ""
    clock: bool = False
    """The countdown at the head says why."""
    lost: bool = False
    """A carrier has lost the parcel of the buyer's newest order."""


DIGITAL, CLOTHES, FOOD, PAPER = "云帆数码", "山茶服饰", "拾味生鲜", "集雅文具"
CARD = "main .x-card-link"

PLACES = (
    Place("a buyer's case", "buyer", "buyer/cases", ("main .ab-item",), size="phone"),
    Place("a buyer's complaint", "buyer", "buyer/complaints?closed=1", ("main .cp-item",), size="phone"),
    Place("a buyer's dispute", "buyer", "buyer/disputes", (CARD,), size="phone"),
    Place("a buyer's block", "buyer", "buyer/blocks", (CARD,), size="phone"),
    Place("what a buyer was given", "buyer", "buyer/compensation", size="phone"),
    Place("a shop's case", "manager", "desk/cases/{shop}?turn=all", ("main a[data-case]",), DIGITAL),
    Place("a complaint against a shop", "manager", "desk/complaints/{shop}", ("main .cp-item",), FOOD),
    Place("a shop's dispute", "manager", "desk/disputes/{shop}", (CARD,), DIGITAL),
    Place("a shop's appeal", "manager", "desk/shop-appeals/{shop}", (CARD,), DIGITAL),
    Place("a shop's penalty", "manager", "merchant/standing/{shop}", ("main .x-rows button",), PAPER),
    Place("a shop's block", "manager2", "merchant/blocks/{shop}", (CARD,), FOOD),
    Place("what a shop gives", "manager", "merchant/packets/{shop}", shop=CLOTHES),
    Place("a dialogue", "manager", "merchant/learning/{shop}", ("main a[href*='/dialogues/']",), DIGITAL),
    Place("the clock of an answer", "manager", "desk/{shop}/{talk}", shop=CLOTHES, clock=True),
    Place("a lost parcel", "manager", "desk/{shop}/{talk}", shop=DIGITAL, lost=True),
    Place("words held back", "agent", "desk/{shop}", (".xd-row",), CLOTHES, writes=UNFIT),
    Place("a buyer's own penalty", "buyer8", "buyer/measures", ("main .x-list .ant-btn",), size="phone"),
    Place("the intake", "officer", "desk/intake", ("main .cp-item",)),
    Place("the bench", "officer", "desk/docket", (CARD,)),
    Place("an appeal", "officer", "desk/appeals", (CARD,)),
    Place("a penalty", "officer", "desk/penalties", ("main .x-rows button",)),
    Place("measures", "officer", "desk/measures"),
    Place("a block", "officer", "desk/blocks?view=all", (CARD,)),
)


@pytest.fixture(scope="module")
def market(browser: Browser, address: str) -> Iterator[Market]:
    """The demonstration all tests share."""
    found = Market(address, browser)
    penalised(found)
    yield found
    found.close()


def penalised(market: Market) -> None:
    """A buyer was rude, and it was taken back before anybody decided: it binds nothing."""
    if market.get("buyer8", "/public/v1/me/penalties")["data"]:
        return
    wish = {
        "subject_kind": "person",
        "subject": market.get("buyer8", "/public/v1/me")["id"],
        "id": f"{uuid4()}",
    }
    said = {"offence": "abuse", "grade": "withdrawn", "facts": "已撤诉。", "evidence": ["E-1"]}
    market.post("officer", "/platform/v1/penalties", wish | said)


def waits(market: Market, shop: str) -> str:
    """A buyer asks something; his conversation with a shop."""
    talk = str(market.post("buyer8", f"/public/v1/shops/{shop}/conversation")["id"])
    said = {"client_id": f"{uuid4()}", "kind": "text", "text": "请问有货吗？"}
    market.post("buyer8", f"/public/v1/conversations/{talk}/entries", said)
    return talk


def lost(market: Market, shop: str) -> None:
    """A carrier tells of the parcel under way."""
    orders = market.get("buyer8", "/public/v1/orders?limit=50")["data"]
    newest = next(one for one in orders if one["shop_id"] == shop)
    [parcel] = market.get("manager", f"/api/v1/shops/{shop}/orders/{newest['id']}")["parcels"]
    said = {"number": parcel["tracking_number"], "event": "lost"}
    market.post("manager", f"/api/v1/shops/{shop}/carrier-events", said)


def visited(market: Market, place: Place) -> Page:
    shops = {one["name"]: one["id"] for one in market.get("admin", "/platform/v1/shops?limit=50")["data"]}
    path = place.path.replace("{shop}", shops.get(place.shop, ""))
    if place.lost:
        lost(market, shops[place.shop])
    if place.clock or place.lost:
        path = path.replace("{talk}", waits(market, shops[place.shop]))
    page = market.page(place.login, path, place.size)
    for one in place.opens:
        page.locator(one).first.click()
        settle(page)
    if place.writes:
        page.get_by_label(say("conversations:desk.editor.label.reply"), exact=True).fill(place.writes)
        expect(page.get_by_text(say("guard:desk.rewrite_all"))).to_be_visible()
    return page


def whys(page: Page) -> Locator:
    names = "|".join(re.escape(say(key)) for key in WORDS)
    return page.get_by_role("button", name=re.compile(f"^({names})$"))


def each(page: Page, buttons: Locator) -> Iterator[Locator]:
    """One after the other, by a mark: a button that comes later would move the places of those behind it."""
    left = buttons.and_(page.locator(":not([data-asked])"))
    expect(left.first).to_be_visible()
    asked = 0
    while left.count():
        left.first.evaluate("(button, asked) => { button.dataset.asked = asked }", asked)
        yield page.locator(f"[data-asked='{asked}']")
        asked += 1


def explained(page: Page, button: Locator) -> None:
    """Opened, the button shows at least one decision: its row, its basis, what it was asked; and no error."""
    button.click()
    place = button.get_attribute("aria-controls")
    opened = page.locator(".ant-popover:visible").filter(has=page.locator("[data-why]"))
    box = page.locator(f"[id='{place}']") if place else opened.last
    row = box.locator("[data-why=row]").first
    expect(row).not_to_be_empty()
    expect(box.locator("[data-why=basis]").first).not_to_be_empty()
    expect(box.locator("[data-why=input]").first).not_to_be_empty()
    expect(box.get_by_role("alert")).to_have_count(0)


@pytest.mark.parametrize("place", PLACES, ids=lambda place: place.name.replace(" ", "-"))
def test_every_outcome_says_why(market: Market, place: Place) -> None:
    page = visited(market, place)
    buttons = page.locator("header").get_by_role("button").filter(has=page.get_by_role("timer"))
    if not place.clock:
        buttons = whys(page)
    for button in each(page, buttons):
        explained(page, button)
    shot(page, f"why-{place.name.replace(' ', '-')}")
    if place.writes:
        unsaid(page.get_by_label(say("conversations:desk.editor.label.reply"), exact=True))
    page.close()
