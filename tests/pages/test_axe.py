"""Every page and its important open states, examined by axe-core: nothing serious is wrong."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal

import pytest
from playwright.sync_api import Browser, BrowserContext

from tools.sights import SIGHTS, SIZES, WAIT_MS, Sight, enter, look

AXE = Path(__file__).parents[2] / "web" / "node_modules" / "axe-core" / "axe.min.js"
RUN = """async () => {
  const { violations } = await axe.run(document, { resultTypes: ['violations'] })
  return violations.filter((one) => ['serious', 'critical'].includes(one.impact)).map((one) => ({
    id: one.id, help: one.help,
    nodes: one.nodes.map((node) => `${node.html.slice(0, 200)} ${node.any[0]?.message ?? ''}`),
  }))
}"""
SIDEWAYS = """() => [document.documentElement, ...document.querySelectorAll('main, .x-frame')]
  .filter((one) => one.scrollWidth > one.clientWidth + 1)
  .map((one) => `${one.className || one.tagName} is ${one.scrollWidth} wide`)"""
PAGES = [sight for sight in SIGHTS if sight.open is None]


class Eyes:
    """One signed-in page after the other, each person's context kept for his next page."""

    def __init__(
        self, browser: Browser, address: str, size: str, theme: Literal["light", "dark"], language: str
    ) -> None:
        self._language = language
        self._browser, self._address = browser, address
        self._size = SIZES[size]
        self._theme: Literal["light", "dark"] = theme
        self._contexts: dict[str | None, BrowserContext] = {}

    def complaints(self, sight: Sight) -> list[str]:
        """What axe says of this sight, and what must be scrolled sideways to be read."""
        page = self._context(sight.login).new_page()
        try:
            look(page, sight, self._address, self._language)
            page.evaluate(AXE.read_text(encoding="utf-8"))
            found: list[dict[str, Any]] = page.evaluate(RUN)
            wide: list[str] = page.evaluate(SIDEWAYS)
        finally:
            page.close()
        return [f"{one['id']} ({one['help']}): {node}" for one in found for node in one["nodes"]] + wide

    def _context(self, login: str | None) -> BrowserContext:
        if login not in self._contexts:
            context = self._browser.new_context(
                viewport={"width": self._size[0], "height": self._size[1]},
                locale=self._language,
                color_scheme=self._theme,
                reduced_motion="reduce",
            )
            context.set_default_timeout(WAIT_MS)
            if login:
                enter(context, self._address, login, self._language)
            self._contexts[login] = context
        return self._contexts[login]

    def close(self) -> None:
        """End all contexts; whoever was somebody else's language has his own again."""
        for login, context in self._contexts.items():
            if login:
                enter(context, self._address, login, "zh-Hans")
            context.close()


@pytest.fixture(scope="module")
def wide(browser: Browser, address: str) -> Iterator[Eyes]:
    """At a desk, by day."""
    eyes = Eyes(browser, address, "desktop", "light", "zh-Hans")
    yield eyes
    eyes.close()


@pytest.fixture(scope="module")
def dark_phone(browser: Browser, address: str) -> Iterator[Eyes]:
    """On a phone, at night, in the language with the longest words."""
    eyes = Eyes(browser, address, "phone", "dark", "es")
    yield eyes
    eyes.close()


@pytest.mark.parametrize("sight", SIGHTS, ids=lambda sight: sight.name)
def test_nothing_serious_at_a_desk(wide: Eyes, sight: Sight) -> None:
    assert wide.complaints(sight) == []


@pytest.mark.parametrize("sight", PAGES, ids=lambda sight: sight.name)
def test_nothing_serious_on_a_phone_at_night(dark_phone: Eyes, sight: Sight) -> None:
    assert dark_phone.complaints(sight) == []
