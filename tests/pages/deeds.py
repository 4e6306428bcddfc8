"""What the journeys through the pages share: a marketplace, its people, and the hands they press with."""

import asyncio
import os
import re
from collections.abc import Callable, Coroutine, Generator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any, Final

import pytest
from playwright.sync_api import APIResponse, Browser, BrowserContext, Locator, Page, Response, expect

from tests.pages.eyes import troubles
from tests.served import Served, served
from tools.sights import SIZES, WAIT_MS, enter, saying, settle
from xiaoer import main
from xiaoer.cli import demo
from xiaoer.clocks.jobs import Ringer
from xiaoer.plumbing import clock, migrate, postgres
from xiaoer.plumbing.db import Database
from xiaoer.plumbing.db import Sizes as Pools

PAGES: Final = Path(__file__).parents[2] / "src" / "xiaoer" / "pages"
HEADERS: Final = {"X-Xiaoer": "1"}
PICTURES: Final = os.environ.get("XIAOER_PICTURES")
"""A folder for pictures of what was tested."""

KEY: Final = re.compile(r"[a-z_]+:[a-z_.]+")
say = saying("zh-Hans")
Json = dict[str, Any]


def unsaid(field: Locator) -> None:
    """Empty the desk's editor; whoever opens the talk next, in another test, finds no draft of ours."""
    page = field.page
    for phase in ("dirty", "saving", "failed"):
        expect(page.get_by_text(say(f"conversations:desk.draft_phase.{phase}"))).to_have_count(0)
    with page.expect_response(_forgets):
        field.fill("")


def _forgets(answer: Response) -> bool:
    asked = answer.request
    return asked.method == "PUT" and asked.url.endswith("/draft") and asked.post_data_json == {"text": ""}


def elsewhere(work: Coroutine[Any, Any, None]) -> None:
    """Playwright has a loop in this thread; ours run in another."""
    with ThreadPoolExecutor(1) as thread:
        thread.submit(asyncio.run, work).result()


class Market:
    """A marketplace whose people are called by their names before the @; with a database, its clocks too."""

    def __init__(
        self, address: str, browser: Browser, *, server: Served | None = None, database_url: str = ""
    ) -> None:
        self.address = address
        self.server = server
        self._browser = browser
        self._database_url = database_url
        self._contexts: dict[tuple[str | None, str, str | None], BrowserContext] = {}

    def person(self, login: str | None, size: str = "desktop", language: str | None = None) -> BrowserContext:
        """His browser, signed in; that of somebody who is not, for None."""
        key = (login, size, language)
        if key not in self._contexts:
            width, height = SIZES[size]
            context = self._browser.new_context(
                viewport={"width": width, "height": height},
                locale=language or "zh-CN",
                reduced_motion="reduce",
                base_url=self.address,
            )
            context.set_default_timeout(WAIT_MS)
            if login is not None:
                enter(context, self.address, f"{login}@demo.xiaoer", language or "zh-Hans")
            self._contexts[key] = context
        return self._contexts[key]

    def page(self, login: str | None, path: str, size: str = "desktop", language: str | None = None) -> Page:
        """A page of his, when everything is there."""
        page = self.person(login, size, language).new_page()
        page.goto(f"/{path}")
        settle(page)
        return page

    def get(self, login: str, path: str) -> Any:
        """What he reads at a door."""
        return _read(self.person(login).request.get(path))

    def post(self, login: str, path: str, body: Json | None = None) -> Json:
        """What a door answers him with."""
        return _read(self.person(login).request.post(path, data=body or {}, headers=HEADERS))

    def put(self, login: str, path: str, body: Json) -> Json:
        """The same for a door where something is put in its place."""
        return _read(self.person(login).request.put(path, data=body, headers=HEADERS))

    def order(self, login: str, number: str) -> Json:
        """One of a buyer's orders by its number."""
        found = self.get(login, "/public/v1/orders?limit=50")["data"]
        return next(one for one in found if one["external_id"] == number)

    def passes(self, **span: float) -> None:
        """Silence for so long: what falls due meanwhile rings now."""
        elsewhere(self._ring(timedelta(**span)))

    async def _ring(self, span: timedelta) -> None:
        async def ring(database: Database) -> None:
            ringer, then = Ringer(database, main.TIMERS), clock.now() + span
            while await ringer.ring_awake(then):
                pass

        await self._with(ring)

    def does(self, work: Callable[[Database], Coroutine[Any, Any, None]]) -> None:
        """Something that no page has a door for, done beside the server."""
        elsewhere(self._with(work))

    async def _with(self, work: Callable[[Database], Coroutine[Any, Any, None]]) -> None:
        database = await Database.open(self._database_url, sizes=Pools(writers=1, readers=1, system=1))
        try:
            await work(database)
        finally:
            await database.close()

    def close(self) -> None:
        """Everybody goes home."""
        for context in self._contexts.values():
            context.close()


def _read(answer: APIResponse) -> Any:
    assert answer.ok, f"{answer.url}: {answer.text()}"
    return answer.json()


@contextmanager
def marketplace(
    postgres_server: postgres.Server, name: str, home: Path, browser: Browser
) -> Generator[Market]:
    """The demonstration, served from a database of its own until the block ends."""
    if not (PAGES / "desk" / "index.html").exists():
        pytest.skip("the pages are not built: make test builds them")
    url = postgres_server.url(name)
    elsewhere(_prepare(url))
    with served(url, home) as server:
        made = Market(server.url, browser, server=server, database_url=url)
        yield made
        made.close()


async def _prepare(url: str) -> None:
    await postgres.make_database(url)
    await migrate.migrate(url)
    database = await Database.open(url, sizes=Pools(writers=1, readers=1, system=1))
    try:
        await demo.build(database)
    finally:
        await database.close()


# ── hands ────────────────────────────────────────────────────────────────


def press(place: Page | Locator, name: str) -> None:
    """Click the button of this name, or of this key of the catalogue."""
    place.get_by_role("button", name=word(name), exact=True).first.click()


def word(name: str) -> str:
    """`after_sale:deed.ask` → 换个要求; any other text stays as it is."""
    return say(name) if KEY.fullmatch(name) else name


def dialog(page: Page) -> Locator:
    """What was opened last."""
    return page.get_by_role("dialog").last


def send(page: Page) -> None:
    """Press the verb of the dialog twice, as hasty people do, and wait until it is gone."""
    box = dialog(page)
    box.locator(".ant-modal-footer .ant-btn-primary").dblclick()
    expect(box).to_be_hidden()


def sure(page: Page) -> None:
    """Say yes to what will happen."""
    page.locator(".ant-popover:visible .ant-btn-primary").click()


def choose(place: Page | Locator, key: str) -> None:
    """One of several answers, by its label."""
    place.locator("label").filter(has_text=say(key)).first.click()


def order_box(page: Page, number: str) -> Locator:
    """An order of the buyer one talks with, unfolded beside the talk."""
    page.get_by_role("tab", name=say("conversations:desk.side.orders")).last.click()
    find = page.get_by_role("searchbox", name=say("orders:desk.find"))
    box = page.get_by_role("article", name=say("orders:desk.order").replace("{{number}}", number))
    expect(find.or_(box).first).to_be_visible()
    if find.is_visible():
        find.fill(number)
        expect(page.locator(".xo-order")).to_have_count(1)
    fold = box.locator(".xo-head button").first
    if fold.get_attribute("aria-expanded") == "false":
        fold.click()
    return box


def shot(page: Page, name: str) -> None:
    """A picture, when pictures are asked for."""
    if PICTURES:
        size = page.viewport_size
        assert size is not None
        page.screenshot(path=Path(PICTURES) / f"{name}-{size['width']}.png", full_page=True)


def fine(page: Page, name: str) -> None:
    """Settled, pictured, nothing hangs over the side, and the page can be used without eyes."""
    settle(page)
    shot(page, name)
    found = troubles(page)
    assert not found, found


def fine_everywhere(page: Page, name: str) -> None:
    """The same at a desk and on a phone."""
    for width, height in SIZES.values():
        page.set_viewport_size({"width": width, "height": height})
        fine(page, name)
