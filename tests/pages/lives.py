"""Lives of cases through the pages: what is pressed by whom, and what is only fetched on the way."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any, Final

import msgspec
from msgspec import Struct
from playwright.sync_api import Page, expect

from tests.pages import hands
from tests.pages.deeds import HEADERS, Json, Market, say
from tests.pages.hands import ADDRESS, PARCEL
from xiaoer.ledger.actions.paying import Payer
from xiaoer.plumbing.payments_development import DevelopmentPayments

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
    order: Json = {}
    """What is special about the order."""


def ordered(market: Market, state: str, item: str, **more: object) -> Json:
    """A fresh order of the buyer's, as the marketplace would hand it over; `more` as its record says it."""
    number, now = str(next(_numbers)), datetime.now(UTC)

    def ago(hours: int) -> str:
        return (now - timedelta(hours=hours)).isoformat()

    product = item.split("-", maxsplit=1)[0]
    prices = {"buds": "499", "watch": "899", "screen": "1899", "case": "49"}
    line = {"product": product, "quantity": 1, "price": prices[product]}
    row = {
        "kind": "order", "id": number, "shop": "digital", "buyer": "buyer-1", "state": state,
        "total": prices[product], "placed_at": ago(60),
        "items": [line | ({"variant": item} if item != product else {})],
        "payments": [{"amount": prices[product], "method": "alipay-1", "at": ago(60)}],
    }  # fmt: skip
    if state != "paid":
        row |= {"dispatched_at": ago(48), "signed_at": ago(20)}
    row |= more
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
    order = ordered(market, "delivered", life.item, **life.order)
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
            Press("agent", "offer", hands.offer, "offered"),
            Press("buyer", "ask", hands.ask, "asked_money"),
            shop("offer", OFFER),
            Press("buyer", "accept", hands.accept, "settled"),
            Press("buyer", "answer_follow_up", hands.not_settled, "contested"),
            Press("buyer", "withdraw", hands.withdraw, "withdrawn"),
        ),
        "withdrawn",
    ),
    Life(
        "goods come back damaged and less is paid",
        RETURN,
        (
            Press("agent", "agree", hands.agree, "sending_back"),
            Press("agent", "return_address", hands.new_address, "sending_back"),
            Press("buyer", "send_back", hands.send_back, "coming_back"),
            Press("agent", "arrived", hands.arrived, "inspecting"),
            Press("agent", "inspect", hands.deduct, "deducting"),
            Press("buyer", "accept_deduction", hands.accept_deduction, "settled"),
            buyer("follow-up", {"settled": True}),
        ),
        "done",
    ),
    Life(
        "an exchange for something dearer",
        {"kind": "exchange", "reason": "quality"},
        (
            shop("agree", AGREE),
            Press("buyer", "pay", hands.pay, "sending_back"),
            buyer("send-back", PARCEL),
            shop("inspect", {"result": "fine"}),
            Press("agent", "send_out", hands.send_other, "on_way"),
            Press("buyer", "receive", hands.receive, "settled"),
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
            Press("agent", "refuse", hands.refuse, "contested"),
            shop("offer", OFFER),
            Press("buyer", "call_people", hands.call_people, "with_people"),
        ),
        "with_people",
    ),
    Life(
        "a claim of fraud is turned down",
        {"kind": "fraud_claim", "reason": "fake"},
        (Press("officer", "decide", hands.turn_down, "turned_down"),),
        "turned_down",
    ),
    Life(
        "the price fell: refused, asked differently, agreed to",
        {"kind": "price_difference", "reason": "price_dropped", "asked_minor": 5_000},
        (
            shop("refuse", {"reason": "late", "text": "已过价保期"}),
            Press("buyer", "ask", hands.ask_differently, "asked_money"),
            Press("agent", "agree", hands.agree_money, "settled"),
        ),
        "settled",
    ),
    Life(
        "the insurer bears the way back",
        {"kind": "return_refund", "reason": "does_not_suit", "condition": "intact"},
        (
            shop("agree", AGREE),
            Press("buyer", "send_back", hands.insured, "coming_back"),
            shop("inspect", {"result": "fine"}),
            lambda case: expect(case.seen_by("buyer").locator(".ab-top")).to_contain_text(
                say("after_sale:state.settled")
            ),
        ),
        "settled",
        order={"freight_insurance": True},
    ),
    Life(
        "a piece was missing and is sent",
        {"kind": "resend", "reason": "missing"},
        (
            Press("agent", "agree", hands.agree_resend, "sending_out"),
            shop("send-out", PARCEL),
            Press("buyer", "receive", hands.receive, "settled"),
        ),
        "settled",
    ),
    Life(
        "goods are mended",
        {"kind": "repair", "reason": "quality"},
        (
            shop("agree", AGREE),
            buyer("send-back", PARCEL),
            Press("agent", "inspect", hands.repair, "repairing"),
            shop("send-out", PARCEL),
            buyer("receive"),
            buyer("follow-up", {"settled": True}),
        ),
        "done",
    ),
    # the last one: from then on its shop pays everybody ahead
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
            Press("manager", "repaid", hands.repaid, "settled"),
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
