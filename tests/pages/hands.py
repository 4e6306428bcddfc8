"""What is pressed in the pages of a case, deed by deed: the hands of its shop, its buyer and an officer."""

import re
from typing import Final

from playwright.sync_api import Locator, Page, expect

from tests.pages.deeds import choose, dialog, fine, press, say, send, sure

ADDRESS: Final = {"name": "仓库", "phone": "13900001111", "text": "杭州市茶园路 1 号"}
PARCEL: Final = {"carrier": "顺丰速运", "number": "SF998877"}
PICTURE: Final = {"name": "x.png", "mimeType": "image/png", "buffer": bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c49444154789c63f8ffff3f"
    "0005fe02fea7d6059b0000000049454e44ae426082")}  # fmt: skip


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


def agree_money(page: Page) -> None:
    _starting(_side(page), "after_sale:shop.agree_money").click()
    sure(page)


def agree_resend(page: Page) -> None:
    press(_side(page), "after_sale:shop.agree.resend")
    sure(page)


def repair(page: Page) -> None:
    press(_side(page), "after_sale:deed.inspect")
    dialog(page).get_by_text(say("after_sale:inspect.fine_repair"), exact=True).click()
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
    press(_side(page), "after_sale:deed.send_out")
    _fill(dialog(page), "after_sale:shop.carrier", "中通")
    _fill(dialog(page), "after_sale:shop.tracking", "ZT1")
    send(page)


def send_other(page: Page) -> None:
    expect(_side(page)).to_contain_text("45毫米")
    send_out(page)


def repaid(page: Page) -> None:
    press(_side(page), "after_sale:deed.repaid")
    sure(page)


# ── hands of the buyer ───────────────────────────────────────────────────


def _form_sent(page: Page, key: str = "after_sale:wish.send") -> None:
    page.locator("form").get_by_role("button", name=say(key), exact=True).dblclick()


def _starting(page: Page | Locator, key: str) -> Locator:
    """The button whose words begin as this key does, whatever the sum behind."""
    return page.get_by_role("button", name=re.compile("^" + re.escape(say(key).split("{{")[0]))).first


def accept(page: Page) -> None:
    _starting(page, "after_sale:case.accept").dblclick()


def ask(page: Page) -> None:
    press(page, "after_sale:case.counter")
    _fill(page, "after_sale:case.ask_amount", "300")
    _form_sent(page)


def ask_differently(page: Page) -> None:
    press(page, "after_sale:deed.ask")
    _fill(page, "after_sale:case.ask_amount", "20")
    page.locator("#ab-deed-text").fill("降价后只要补二十")
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


def insured(page: Page) -> None:
    """The insurance, and not he, bears the way back."""
    expect(page.locator(".as-money")).to_contain_text(say("after_sale:payer.insurer"))
    send_back(page)


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
