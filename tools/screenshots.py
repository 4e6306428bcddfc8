"""Take a picture of every page: python -m tools.screenshots OUT [--language es] [--theme dark].

Starts a demonstration of its own unless --address names one that runs (with the demo accounts).
"""

import argparse
from contextlib import ExitStack
from pathlib import Path

from playwright.sync_api import Browser

from tools.browser import free_port
from tools.sights import LANGUAGES, SIGHTS, SIZES, WAIT_MS, chromium, demonstration, enter, look


def main() -> None:
    """Walk all pages at the chosen sizes and write one PNG each."""
    parser = argparse.ArgumentParser(prog="python -m tools.screenshots", description=__doc__)
    parser.add_argument("out", type=Path, help="folder for the pictures")
    parser.add_argument("--language", choices=LANGUAGES, default="zh-Hans")
    parser.add_argument("--theme", choices=("light", "dark"), default="light")
    parser.add_argument("--size", choices=tuple(SIZES), action="append", help="both when left out")
    parser.add_argument("--zoom", type=float, default=1, help="2 = what a page zoomed to 200 % has to fit in")
    parser.add_argument("--only", default="", help="only sights whose name holds this")
    parser.add_argument("--address", help="a server that runs already")
    given = parser.parse_args()
    given.out.mkdir(parents=True, exist_ok=True)
    with ExitStack() as stack:
        address = given.address or stack.enter_context(demonstration(free_port()))
        browser = stack.enter_context(chromium())
        for size in given.size or SIZES:
            _walk(browser, address, given, size)


def _walk(browser: Browser, address: str, given: argparse.Namespace, size: str) -> None:
    width, height = (round(side / given.zoom) for side in SIZES[size])
    wanted = [sight for sight in SIGHTS if given.only in sight.name]
    for login in dict.fromkeys(sight.login for sight in wanted):
        context = browser.new_context(
            viewport={"width": width, "height": height},
            device_scale_factor=given.zoom,
            locale=given.language,
            color_scheme=given.theme,
            has_touch=size == "phone",
        )
        context.set_default_timeout(WAIT_MS)
        if login:
            enter(context, address, login, given.language)
        for sight in wanted:
            if sight.login != login:
                continue
            page = context.new_page()
            page.on("pageerror", lambda error, name=sight.name: print(f"{name}: {error}"))
            try:
                look(page, sight, address, given.language)
            except Exception as error:  # noqa: BLE001 - one page that cannot be brought there must not hide the others
                print(f"{sight.name}-{size}: {error}".splitlines()[0])
            page.screenshot(path=given.out / f"{sight.name}-{size}.png")
            page.close()
        context.close()
    print(f"{size}: {len(wanted)} pictures in {given.out}")


if __name__ == "__main__":
    main()
