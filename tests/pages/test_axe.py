"""Every page and its important open states, examined by axe-core: nothing serious is wrong."""

from collections.abc import Iterator
from typing import Literal, NamedTuple

import pytest
from playwright.sync_api import Browser, Page, ViewportSize

from tests.pages.eyes import sideways, troubles
from tools.sights import SIGHTS, SIZES, WAIT_MS, Sight, enter, look, settle

LANGUAGE = "es"
"""The one with the longest words."""


class Eyes:
    """One signed-in page after the other, each person's own kept for what he looks at next."""

    def __init__(self, browser: Browser, address: str) -> None:
        self._browser, self._address = browser, address
        self._pages: dict[str | None, Page] = {}

    def complaints(self, sight: Sight) -> list[str]:
        """What axe says of this sight, and what must be scrolled sideways to be read.

        A page is looked at on a phone at night, then it becomes as wide as at a desk by day; what is opened
        in a page only at a desk. At last it is made as narrow as a desk's screen at four times the size.
        """
        page = self._page(sight.login)
        views = [AT_NIGHT, BY_DAY] if sight.open is None else [BY_DAY]
        _see(page, views[0])
        look(page, sight, self._address, LANGUAGE)
        found = _examined(page, views[0])
        for view in views[1:]:
            _see(page, view)
            settle(page)
            found += _examined(page, view)
        page.set_viewport_size(AT_FOUR_TIMES)
        settle(page)
        return found + [f"at 400 %: {one}" for one in sideways(page)]

    def _page(self, login: str | None) -> Page:
        if login not in self._pages:
            context = self._browser.new_context(locale=LANGUAGE, reduced_motion="reduce")
            context.set_default_timeout(WAIT_MS)
            if login:
                enter(context, self._address, login, LANGUAGE)
            self._pages[login] = context.new_page()
        return self._pages[login]

    def close(self) -> None:
        """End all contexts; whoever was somebody else's language has his own again."""
        for login, page in self._pages.items():
            if login:
                enter(page.context, self._address, login, "zh-Hans")
            page.context.close()


class View(NamedTuple):
    """How a page is looked at."""

    size: str
    theme: Literal["light", "dark"]


AT_FOUR_TIMES: ViewportSize = {"width": 320, "height": 640}
BY_DAY = View("desktop", "light")
AT_NIGHT = View("phone", "dark")


def _see(page: Page, view: View) -> None:
    width, height = SIZES[view.size]
    page.set_viewport_size({"width": width, "height": height})
    page.emulate_media(color_scheme=view.theme)


def _examined(page: Page, view: View) -> list[str]:
    return [f"{view.size}, {view.theme}: {one}" for one in troubles(page)]


@pytest.fixture(scope="module")
def eyes(browser: Browser, address: str) -> Iterator[Eyes]:
    """Everybody's eyes."""
    looking = Eyes(browser, address)
    yield looking
    looking.close()


@pytest.mark.parametrize("sight", SIGHTS, ids=lambda sight: sight.name)
def test_nothing_serious(eyes: Eyes, sight: Sight) -> None:
    assert eyes.complaints(sight) == []
