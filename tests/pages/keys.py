"""Somebody without a mouse."""

from playwright.sync_api import Locator, Page, expect

from tools.sights import saying

say = saying("zh-Hans")
SEEN = """one => {
  const drawn = (each) => {
    const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(each)
    return (outlineStyle !== 'none' && parseFloat(outlineWidth) > 0) || boxShadow !== 'none'
  }
  const within = [one, one.parentElement, one.parentElement?.parentElement]
  return within.some((each) => each && drawn(each))
}"""
MOST_TABS = 80


class Keys:
    """Somebody without a mouse before one page."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.focus = page.locator(":focus")

    def press(self, *keys: str) -> None:
        for key in keys:
            self.focus.press(key)

    def write(self, words: str) -> None:
        self.focus.press_sequentially(words)

    def reach(self, wanted: Locator, key: str = "Tab") -> None:
        """Go on until this has the focus, and see it there."""
        expect(wanted).to_be_visible()
        for _ in range(MOST_TABS):
            if wanted.evaluate("one => one === document.activeElement"):
                break
            # Behind the last of the page comes the browser's own bar, and then the page again.
            (self.focus if self.focus.count() else self.page.locator("body")).press(key)
        expect(wanted).to_be_focused()
        assert wanted.evaluate(SEEN), f"the focus on {wanted} is not to be seen"

    def push(self, name: str, within: Locator | None = None) -> None:
        """Reach a button by its name and press it."""
        self.reach((within or self.page).get_by_role("button", name=name, exact=True).first)
        self.press("Enter")

    def command(self, name: str) -> None:
        """Run a command of the palette by its name."""
        self.press("Control+k")
        expect(self.page.get_by_role("combobox", name=say("ui:palette.title"))).to_be_focused()
        self.write(name)
        expect(self.page.get_by_role("option", name=name).first).to_have_attribute("aria-selected", "true")
        self.press("Enter")

    @property
    def dialog(self) -> Locator:
        return self.page.get_by_role("dialog")
