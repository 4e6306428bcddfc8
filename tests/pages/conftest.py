"""One server for all tests of the pages in a process, one browser for those of a file."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tools import browser as machine
from tools import sights

expect.set_options(timeout=sights.WAIT_MS)
PAGES = Path(__file__).parents[2] / "src" / "xiaoer" / "pages"


@pytest.fixture(scope="package")
def address() -> Iterator[str]:
    """The product as `make run` starts it, in a home of its own; or what XIAOER_PAGES_AT names."""
    if running := os.environ.get("XIAOER_PAGES_AT"):
        yield running
        return
    if not (PAGES / "desk" / "index.html").exists():
        pytest.skip("the pages are not built: make test builds them")
    with sights.demonstration(machine.free_port()) as url:
        yield url


# not for longer: while it is open its loop holds the thread, and tests of other folders have a loop too
@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium without a window."""
    path = machine.find()
    if path is None:
        pytest.skip("no Chromium here: apt-get install chromium")
    with sights.chromium(path) as opened:
        yield opened
