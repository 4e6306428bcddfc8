"""Lives of cases through the pages: what is pressed by whom, and what is only fetched on the way."""

import re
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any, Final

import msgspec
from msgspec import Struct
from playwright.sync_api import Locator, Page, expect

from tests.pages.deeds import HEADERS, Json, Market, choose, dialog, fine, press, say, send, sure
from xiaoer.ledger.actions.paying import Payer
from xiaoer.plumbing.payments_development import DevelopmentPayments

ADDRESS: Final = {"name": "仓库", "phone": "13900001111", "text": "杭州市茶园路 1 号"}
PARCEL: Final = {"carrier": "顺丰速运", "number": "SF998877"}
PICTURE: Final = {"name": "x.png", "mimeType": "image/png", "buffer": bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c49444154789c63f8ffff3f"
    "0005fe02fea7d6059b0000000049454e44ae426082")}  # fmt: skip
_numbers = count(90_001)


class Case:
    """One case and the pages its people look at it on."""

    def __init__(self, market: Market, opened: Json) -> None:
        self.market = market
        self.id: str = opened["id"]
        self.shop: str = opened["shop_id"]
        self._pages: dict[str, Page] = {}

    def seen_by(self, who: str) -> Page:
        """His page with this case: the buyer's on a phone, everybody else's at a desk."""
        if who not in self._pages:
            path, size = {
                "buyer": (f"buyer/cases/{self.id}", "phone"),
                "officer": (f"desk/decide/{self.id}", "desktop"),
            }.get(who, (f"desk/cases/{self.shop}/{self.id}", "desktop"))
            self._pages[who] = self.market.page(who, path, size)
        return self._pages[who]

    def buyer_does(self, deed: str, body: Json | None = None) -> Json:
        return self.market.post("buyer", f"/public/v1/cases/{self.id}/{deed}", body)

    def shop_does(self, deed: str, body: Json | None = None) -> Json:
        return self.market.post("manager", f"/api/v1/shops/{self.shop}/cases/{self.id}/{deed}", body)

    def state(self) -> str:
        return self.market.get("buyer", f"/public/v1/cases/{self.id}")["state"]

    def close(self) -> None:
        for page in self._pages.values():
            page.close()


Step = Callable[[Case], object]


class Press(Struct, frozen=True):
    """A deed in the page: who, which, how, and the state the page then shows."""

    who: str
    deed: str
    how: Callable[[Page], None]
    then: str

    def __call__(self, case: Case) -> None:
        page = case.seen_by(self.who)
        self.how(page)
        place = page.locator(".ab-top, .as-stands, .as-people-side").first
        expect(place).to_contain_text(say(f"after_sale:state.{self.then}"))


class Life(Struct, frozen=True):
    """What is asked about what, every step, and where it ends."""

    name: str
    wish: Json
    steps: Sequence[Step]
    end: str
    item: str = "buds-white"
    becomes: str | None = None
    ahead: bool = False
    """Whether the shop pays before the goods are back."""


def ordered(market: Market, state: str, item: str) -> Json:
    """A fresh order of the buyer's, as the marketplace would hand it over."""
    number, now = str(next(_numbers)), datetime.now(UTC)

    def ago(hours: int) -> str:
        return (now - timedelta(hours=hours)).isoformat()

    product = item.split("-", maxsplit=1)[0]
    prices = {"buds": "499", "watch": "899", "screen": "1899"}
    line = {"product": product, "quantity": 1, "price": prices[product]}
    row = {
        "kind": "order", "id": number, "shop": "digital", "buyer": "buyer-1", "state": state,
        "total": prices[product], "placed_at": ago(60),
        "items": [line | ({"variant": item} if item != product else {})],
        "payments": [{"amount": prices[product], "method": "alipay-1", "at": ago(60)}],
    }  # fmt: skip
    if state != "paid":
        row |= {"dispatched_at": ago(48), "signed_at": ago(20)}
    told = market.person("admin").request.post(
        "/platform/v1/imports",
        data=msgspec.json.encode(row),
        headers={**HEADERS, "Content-Type": "application/x-ndjson"},
    )
    assert told.ok, told.text()
    assert told.json()["failed"] == 0, told.text()
    return market.order("buyer", number)


def opened(market: Market, life: Life) -> Case:
    """The case of a life, asked by its buyer."""
    order = ordered(market, "delivered", life.item)
    if life.ahead:
        promised_fast(market, order["shop_id"])
    wish = {"text": "左边没有声音", **life.wish}
    if life.becomes:
        [line] = order["items"]
        goods = market.get("buyer", f"/public/v1/shops/{order['shop_id']}/products?limit=200")["data"]
        forms = {one["external_id"]: one["id"] for good in goods for one in good["variants"]}
        wish["lines"] = [{"item": line["id"], "quantity": 1, "new_variant": forms[life.becomes]}]
    return Case(market, market.post("buyer", f"/public/v1/orders/{order['id']}/cases", wish))


def payments(market: Market) -> DevelopmentPayments:
    """The pretended provider of the server."""
    assert market.server is not None
    provider = market.server.services.service(Payer).provider
    assert isinstance(provider, DevelopmentPayments)
    return provider


# ── hands of the shop ────────────────────────────────────────────────────


def _side(page: Page) -> Locator:
    return page.locator(".as-board-side")


def _fill(box: Page | Locator, key: str, text: str) -> None:
    box.get_by_label(say(key), exact=True).fill(text)


def _with_photo(page: Page) -> None:
    with page.expect_file_chooser() as chooser:
        press(dialog(page), "after_sale:shop.photo_add")
    chooser.value.set_files(PICTURE)  # type: ignore[arg-type]
    expect(dialog(page).locator(".as-photo img")).to_be_visible()


def agree(page: Page) -> None:
    press(_side(page), "after_sale:shop.agree.return")
    for part, text in ADDRESS.items():
        _fill(dialog(page), f"after_sale:shop.address_{part}", text)
    send(page)


def new_address(page: Page) -> None:
    press(_side(page), "after_sale:deed.return_address")
    _fill(dialog(page), "after_sale:shop.address_text", "杭州市茶园路 2 号")
    send(page)
    expect(_side(page)).to_contain_text("茶园路 2 号")


def offer(page: Page) -> None:
    press(_side(page), "after_sale:deed.offer")
    _fill(dialog(page), "after_sale:shop.amount", "100")
    _fill(dialog(page), "after_sale:shop.words", "先退一百，您看可以吗")
    send(page)


def refuse(page: Page) -> None:
    press(_side(page), "after_sale:deed.refuse")
    dialog(page).get_by_text(say("after_sale:refusal.used"), exact=True).click()
    _fill(dialog(page), "after_sale:shop.words", "有使用痕迹")
    _with_photo(page)
    send(page)
    expect(_side(page).locator(".as-photos img")).to_be_visible()


def arrived(page: Page) -> None:
    press(_side(page), "after_sale:deed.arrived")


def deduct(page: Page) -> None:
    press(_side(page), "after_sale:deed.inspect")
    dialog(page).get_by_text(say("after_sale:inspect.deduct"), exact=True).click()
    _fill(dialog(page), "after_sale:shop.deduct", "50")
    _fill(dialog(page), "after_sale:shop.words", "外壳划伤")
    expect(dialog(page)).to_contain_text("¥461.00")
    _with_photo(page)
    send(page)


def send_out(page: Page) -> None:
    expect(_side(page)).to_contain_text("45毫米")
    press(_side(page), "after_sale:deed.send_out")
    _fill(dialog(page), "after_sale:shop.carrier", "中通")
    _fill(dialog(page), "after_sale:shop.tracking", "ZT1")
    send(page)


def repaid(page: Page) -> None:
    press(_side(page), "after_sale:deed.repaid")
    sure(page)


# ── hands of the buyer ───────────────────────────────────────────────────


def _form_sent(page: Page, key: str = "after_sale:wish.send") -> None:
    page.locator("form").get_by_role("button", name=say(key), exact=True).dblclick()


def _starting(page: Page, key: str) -> Locator:
    """The button whose words begin as this key does, whatever the sum behind."""
    return page.get_by_role("button", name=re.compile("^" + re.escape(say(key).split("{{")[0]))).first


def accept(page: Page) -> None:
    _starting(page, "after_sale:case.accept").dblclick()


def ask(page: Page) -> None:
    press(page, "after_sale:case.counter")
    _fill(page, "after_sale:case.ask_amount", "300")
    _form_sent(page)


def pay(page: Page) -> None:
    _starting(page, "after_sale:pay.button").click()
    sure(page)


def withdraw(page: Page) -> None:
    press(page, "after_sale:deed.withdraw")
    sure(page)
    expect(page.get_by_role("link", name=say("after_sale:case.ask_once_more"))).to_be_visible()


def send_back(page: Page) -> None:
    press(page, "after_sale:deed.send_back")
    for key in ("carrier", "number"):
        _fill(page, f"after_sale:case.{key}", PARCEL[key])
    _fill(page, "after_sale:case.freight", "12")
    _form_sent(page)


def accept_deduction(page: Page) -> None:
    fine(page, "deducting")
    _starting(page, "after_sale:case.accept_deduction").dblclick()


def receive(page: Page) -> None:
    press(page, "after_sale:deed.receive")
    sure(page)


def call_people(page: Page) -> None:
    press(page, "after_sale:deed.call_people")
    page.locator("#ab-deed-text").fill("寄出时完好")
    with page.expect_file_chooser() as chooser:
        press(page, "after_sale:wish.add_photo")
    chooser.value.set_files(PICTURE)  # type: ignore[arg-type]
    expect(page.locator(".ab-file")).to_have_count(1)
    _form_sent(page, "after_sale:deed.call_people")


def not_settled(page: Page) -> None:
    press(page, "after_sale:deed.answer_follow_up")
    choose(page, "after_sale:case.settled_no")
    _form_sent(page)
    expect(page.get_by_role("link", name=say("after_sale:case.to_complaint"))).to_be_visible()


def turn_down(page: Page) -> None:
    press(page, "after_sale:deed.decide")
    dialog(page).get_by_text(say("after_sale:outcome.turn_down"), exact=True).click()
    _fill(dialog(page), "after_sale:people.words", "鉴定为正品")
    send(page)


# ── the lives ────────────────────────────────────────────────────────────


def shop(deed: str, body: Json | None = None) -> Step:
    """A deed of the shop that was pressed elsewhere."""
    return lambda case: case.shop_does(deed, body)


def buyer(deed: str, body: Json | None = None) -> Step:
    """A deed of the buyer that was pressed elsewhere."""
    return lambda case: case.buyer_does(deed, body)


OFFER: Final[Json] = {"settlement": "refund", "amount_minor": 25000, "text": "250 元"}
AGREE: Final[Json] = {"return_address": ADDRESS}
BROKEN: Final[Json] = {"kind": "refund_only", "reason": "quality"}
RETURN: Final[Json] = {"kind": "return_refund", "reason": "quality"}

LIVES: Final[tuple[Life, ...]] = (
    Life(
        "an offer, a counter-offer, another offer taken, not settled, given up",
        BROKEN,
        (
            Press("agent", "offer", offer, "offered"),
            Press("buyer", "ask", ask, "asked_money"),
            shop("offer", OFFER),
            Press("buyer", "accept", accept, "settled"),
            Press("buyer", "answer_follow_up", not_settled, "contested"),
            Press("buyer", "withdraw", withdraw, "withdrawn"),
        ),
        "withdrawn",
    ),
    Life(
        "goods come back damaged and less is paid",
        RETURN,
        (
            Press("agent", "agree", agree, "sending_back"),
            Press("agent", "return_address", new_address, "sending_back"),
            Press("buyer", "send_back", send_back, "coming_back"),
            Press("agent", "arrived", arrived, "inspecting"),
            Press("agent", "inspect", deduct, "deducting"),
            Press("buyer", "accept_deduction", accept_deduction, "settled"),
            buyer("follow-up", {"settled": True}),
        ),
        "done",
    ),
    Life(
        "an exchange for something dearer",
        {"kind": "exchange", "reason": "quality"},
        (
            shop("agree", AGREE),
            Press("buyer", "pay", pay, "sending_back"),
            buyer("send-back", PARCEL),
            shop("inspect", {"result": "fine"}),
            Press("agent", "send_out", send_out, "on_way"),
            Press("buyer", "receive", receive, "settled"),
            buyer("follow-up", {"settled": True}),
        ),
        "done",
        "watch-41",
        "watch-45",
    ),
    Life(
        "refused with a picture, given to people after another offer",
        BROKEN,
        (
            Press("agent", "refuse", refuse, "contested"),
            shop("offer", OFFER),
            Press("buyer", "call_people", call_people, "with_people"),
        ),
        "with_people",
    ),
    Life(
        "a claim of fraud is turned down",
        {"kind": "fraud_claim", "reason": "fake"},
        (Press("officer", "decide", turn_down, "turned_down"),),
        "turned_down",
    ),
    Life(
        "paid ahead, the parcel was empty, the money given back",
        RETURN,
        (
            shop("agree", AGREE),
            buyer("send-back", PARCEL),
            lambda case: expect(case.seen_by("buyer").locator(".ab-top")).to_contain_text(
                say("after_sale:state.paid_ahead")
            ),
            shop("inspect", {"result": "object", "text": "空盒"}),
            Press("manager", "repaid", repaid, "settled"),
        ),
        "settled",
        ahead=True,
    ),
)


def pressed() -> set[str]:
    """Every deed that some life presses in the page."""
    return {step.deed for life in LIVES for step in life.steps if isinstance(step, Press)}


def promised_fast(market: Market, shop_id: str) -> None:
    """The shop pays everybody ahead."""
    wish: Any = {"reason": "test"}
    market.put("admin", "/platform/v1/rulebook/after_sale.fast_refund_cases", {"value": 0, **wish})
    place = f"/api/v1/shops/{shop_id}/rulebook/after_sale.fast_refund_max"
    market.put("manager", place, {"value": 100_000, **wish})
