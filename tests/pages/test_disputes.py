"""Disputes and appeals in a real browser: a buyer on a phone, the shop and the officers at a desk."""

import asyncio
import os
from collections.abc import Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from tests.pages.test_axe import AXE, RUN, SIDEWAYS
from tests.served import served
from tools.sights import PASSWORD, SIZES, WAIT_MS, enter, saying, settle
from xiaoer.cli import demo
from xiaoer.plumbing import migrate, postgres
from xiaoer.plumbing.db import Database
from xiaoer.plumbing.db import Sizes as Pools

PAGES = Path(__file__).parents[2] / "src" / "xiaoer" / "pages"
HEADERS = {"X-Xiaoer": "1"}
say = saying("zh-Hans")
Json = dict[str, Any]


def elsewhere(work: Coroutine[Any, Any, None]) -> None:
    """Playwright has a loop in this thread; ours run in another."""
    with ThreadPoolExecutor(1) as thread:
        thread.submit(asyncio.run, work).result()


async def _prepare(url: str) -> None:
    await postgres.make_database(url)
    await migrate.migrate(url)
    database = await Database.open(url, sizes=Pools(writers=1, readers=1, system=1))
    try:
        await demo.build(database)
    finally:
        await database.close()


class Court:
    """The demonstration with a second and a third officer; people by their names before the @."""

    def __init__(self, address: str, browser: Browser) -> None:
        self.address = address
        self._browser = browser
        self._contexts: dict[tuple[str, str], BrowserContext] = {}
        for login in ("second", "third"):
            wish = {"display_name": login, "email": f"{login}@demo.xiaoer", "password": PASSWORD}
            self.post("admin", "/platform/v1/people", wish | {"memberships": [{"role": "officer"}]})
        value = {"value": 0, "reason": "test"}
        answer = self.person("admin").request.put(
            f"{address}/platform/v1/rulebook/disputes.second_reading_percent", data=value, headers=HEADERS
        )
        assert answer.ok, answer.text()

    def person(self, login: str, size: str = "desktop") -> BrowserContext:
        """His browser, signed in."""
        if (login, size) not in self._contexts:
            context = self._browser.new_context(
                viewport={"width": SIZES[size][0], "height": SIZES[size][1]},
                locale="zh-CN",
                reduced_motion="reduce",
            )
            context.set_default_timeout(WAIT_MS)
            enter(context, self.address, f"{login}@demo.xiaoer")
            self._contexts[login, size] = context
        return self._contexts[login, size]

    def page(self, login: str, path: str, size: str = "desktop") -> Page:
        page = self.person(login, size).new_page()
        page.goto(f"{self.address}/{path}")
        settle(page)
        return page

    def get(self, login: str, path: str) -> Any:
        answer = self.person(login).request.get(f"{self.address}{path}")
        assert answer.ok, answer.text()
        return answer.json()

    def post(self, login: str, path: str, body: Json | None = None) -> Json:
        answer = self.person(login).request.post(f"{self.address}{path}", data=body or {}, headers=HEADERS)
        assert answer.ok, f"{path}: {answer.text()}"
        return answer.json()

    def login_of(self, person: str) -> str:
        """The officer of this id."""
        ids = {name: self.get(name, "/public/v1/me")["id"] for name in ("officer", "second", "third")}
        return next(name for name, known in ids.items() if known == person)

    def close(self) -> None:
        for context in self._contexts.values():
            context.close()


@pytest.fixture(scope="module")
def court(
    postgres_server: postgres.Server, browser: Browser, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Court]:
    if not (PAGES / "desk" / "index.html").exists():
        pytest.skip("the pages are not built: make test builds them")
    url = postgres_server.url("xiaoer_disputes")
    elsewhere(_prepare(url))
    with served(url, tmp_path_factory.mktemp("home")) as server:
        made = Court(server.url, browser)
        yield made
        made.close()


@pytest.fixture(scope="module")
def refused(court: Court) -> Json:
    """A case of the buyer that the shop has refused."""
    for order in court.get("buyer", "/public/v1/orders?limit=50")["data"]:
        wish = {"kind": "refund_only", "reason": "quality", "text": "袖口开线"}
        path = f"{court.address}/public/v1/orders/{order['id']}/cases"
        answer = court.person("buyer").request.post(path, data=wish, headers=HEADERS)
        if answer.ok and answer.json()["state"] == "asked_money":
            one = answer.json()
            reason = {"reason": "used", "text": "已使用过"}
            court.post("manager", f"/api/v1/shops/{one['shop_id']}/cases/{one['id']}/refuse", reason)
            return one
    raise AssertionError("no order takes a case")


@pytest.fixture(scope="module")
def story(refused: Json) -> dict[str, str]:
    """What the tests of this file hand on to each other: they are one quarrel, step by step."""
    return {"shop": refused["shop_id"]}


def shot(page: Page, name: str) -> None:
    folder = os.environ.get("XIAOER_PICTURES")
    if folder:
        page.screenshot(path=f"{folder}/{name}.png", full_page=True)


def press(place: Page | Locator, name: str) -> None:
    place.get_by_role("button", name=name, exact=True).first.click()


def sure(page: Page) -> None:
    """Say yes to what will happen."""
    page.locator(".ant-popover:visible .ant-btn-primary").click()


def fill(place: Page | Locator, label: str, text: str) -> None:
    place.get_by_label(label).first.fill(text)


def fits(page: Page) -> None:
    """Nothing hangs over the side, and the page can be used without eyes."""
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = [f"{one['id']}: {node}" for one in page.evaluate(RUN) for node in one["nodes"]]
    assert found + page.evaluate(SIDEWAYS) == []


def test_the_buyer_asks_for_a_ruling(court: Court, refused: Json, story: dict[str, str]) -> None:
    page = court.page("buyer", f"buyer/disputes/new?case={refused['id']}", "phone")
    fill(page, say("disputes:page.happened"), "袖口开线，有照片")
    shot(page, "dispute-open-phone")
    fits(page)
    press(page, say("disputes:page.open_submit"))
    main = page.locator("main")
    expect(main).to_contain_text(say("disputes:state.negotiation"))
    story["dispute"] = page.url.rsplit("/", 1)[1]
    press(page, say("disputes:deed.show"))
    page.get_by_label(say("disputes:page.kind_of")).select_option("statement")
    fill(page, say("disputes:page.says"), "收到当天就发现了")
    press(page.locator("form"), say("disputes:deed.show"))
    expect(main).to_contain_text("收到当天就发现了")
    shot(page, "dispute-buyer-phone")
    fits(page)
    page.close()
    page = court.page("buyer", "buyer/disputes", "phone")
    expect(page.locator(".x-card-link")).to_have_count(1)
    fits(page)
    page.close()


def test_the_shop_proposes_and_the_buyer_declines(court: Court, story: dict[str, str]) -> None:
    shop, dispute = story["shop"], story["dispute"]
    page = court.page("manager", f"desk/disputes/{shop}")
    page.locator(f"a[href$='{dispute}']").click()
    side = page.locator(".x-panes-side")
    press(side, say("disputes:deed.propose"))
    fill(side, say("disputes:page.amount"), "1.00")
    fill(side, say("disputes:page.words"), "补偿一元")
    press(side.locator("form"), say("disputes:deed.propose"))
    expect(side).to_contain_text("补偿一元")
    shot(page, "dispute-shop")
    fits(page)
    page.close()
    page = court.page("buyer", f"buyer/disputes/{dispute}", "phone")
    expect(page.locator("main")).to_contain_text("补偿一元")
    press(page, say("disputes:page.decline"))
    expect(page.get_by_role("button", name=say("disputes:page.decline"), exact=True)).to_have_count(0)
    page.close()


def test_an_officer_rules_on_the_bench(court: Court, story: dict[str, str]) -> None:
    shop, dispute = story["shop"], story["dispute"]
    for _ in range(2):
        court.post("buyer", f"/public/v1/me/disputes/{dispute}/ready")
        court.post("manager", f"/api/v1/shops/{shop}/disputes/{dispute}/ready")
    bench = court.get("officer", f"/platform/v1/disputes/{dispute}")
    page = court.page(court.login_of(bench["officer"]["id"]), "desk/docket")
    page.keyboard.press("j")
    expect(page).to_have_url(f"{court.address}/desk/docket/{dispute}?view=all")
    side = page.locator(".x-panes-side")
    expect(side.locator(".dp-claims tbody tr")).to_have_count(1)
    expect(side.locator(".dp-line li").first).to_be_visible()
    settle(page)
    shot(page, "bench")
    fits(page)
    press(side, say("disputes:deed.rule"))
    form = side.locator("form").first
    form.locator("select").nth(0).select_option("refund")
    form.locator("select").nth(1).select_option("claimant")
    fill(form, say("disputes:page.amount"), "2.00")
    fill(form, say("disputes:page.reason"), "说明一致")
    for box in form.get_by_label(say("disputes:page.why_not")).all():
        box.fill("仅为单方陈述")
    shot(page, "ruling-editor")
    fits(page)
    press(form, say("disputes:page.sign"))
    expect(side.locator("form")).to_have_count(0)
    expect(side).to_contain_text(say("disputes:page.ruling"))
    shot(page, "bench-ruled")
    page.close()
    page = court.page("officer", f"desk/docket/{dispute}", "phone")
    expect(page.locator(".dp-claims tbody tr")).to_have_count(1)
    shot(page, "bench-phone")
    fits(page)
    page.close()


def test_the_buyer_reads_it_and_the_shop_carries_it_out(court: Court, story: dict[str, str]) -> None:
    shop, dispute = story["shop"], story["dispute"]
    page = court.page("buyer", f"buyer/disputes/{dispute}", "phone")
    expect(page.locator("main")).to_contain_text(say("disputes:page.ruling"))
    shot(page, "ruling-phone")
    fits(page)
    page.close()
    page = court.page("manager", f"desk/disputes/{shop}/{dispute}")
    press(page, say("disputes:deed.execute"))
    sure(page)
    expect(page.locator(".x-panes-side")).to_contain_text(say("disputes:state.decided"))
    page.close()


def test_the_shop_appeals_and_the_buyer_answers(court: Court, story: dict[str, str]) -> None:
    shop, dispute = story["shop"], story["dispute"]
    ruling = court.get("buyer", f"/public/v1/me/disputes/{dispute}")["ruling"]["id"]
    page = court.page("manager", f"desk/disputes/{shop}/{dispute}")
    page.get_by_role("link", name=say("disputes:page.appeal"), exact=True).click()
    expect(page).to_have_url(f"{court.address}/desk/shop-appeals/{shop}/new?kind=ruling&target={ruling}")
    side = page.locator(".x-panes-side")
    fill(side, say("appeals:part.why"), "照片不是本店商品")
    fill(side, say("appeals:part.new_facts"), "出库质检记录")
    press(side, say("appeals:form.add_evidence"))
    fill(side, say("appeals:form.says"), "质检员签字的出库记录")
    shot(page, "appeal-form")
    fits(page)
    press(side, say("appeals:form.lodge"))
    expect(side).to_contain_text(say("appeals:state.assigned"))
    shot(page, "appeal-shop")
    fits(page)
    story["appeal"] = page.url.rsplit("/", 1)[1]
    page.close()
    page = court.page("buyer", "buyer/appeals", "phone")
    page.locator(".x-card-link").first.click()
    press(page, say("appeals:deed.answer"))
    fill(page, say("appeals:form.words"), "就是这家店发的货")
    press(page, say("appeals:form.send"))
    expect(page.locator("main")).to_contain_text("就是这家店发的货")
    shot(page, "appeal-other-phone")
    fits(page)
    page.close()


def test_another_officer_undoes_it(court: Court, story: dict[str, str]) -> None:
    appeal = story["appeal"]
    judge = court.get("admin", f"/platform/v1/appeals/{appeal}")["judge"]["id"]
    page = court.page(court.login_of(judge), "desk/appeals?view=mine")
    page.locator(f"a[href*='{appeal}']").click()
    side = page.locator(".x-panes-side")
    press(side, say("appeals:deed.decide"))
    form = side.locator("form")
    form.get_by_text(say("appeals:result.upheld"), exact=True).click()
    expect(form).to_contain_text(say("appeals:decide.then_upheld_ruling"))
    fill(form, say("appeals:decide.facts"), "出库记录可信，原裁决认定有误")
    shot(page, "appeal-decide")
    fits(page)
    press(form, say("appeals:decide.send_upheld"))
    expect(side).to_contain_text(say("appeals:effect.ruling_undone"))
    shot(page, "appeal-upheld")
    fits(page)
    page.close()
    page = court.page("third", "desk/appeals/figures")
    expect(page.locator(".x-rows tbody tr").first).to_be_visible()
    shot(page, "reversal-rates")
    fits(page)
    page.close()
    page = court.page("admin", "admin/reversals")
    expect(page.locator(".x-rows tbody tr").first).to_be_visible()
    page.close()
    page = court.page("buyer", f"buyer/disputes/{story['dispute']}", "phone")
    expect(page.locator("main")).to_contain_text(say("disputes:page.reversed"))
    page.close()
