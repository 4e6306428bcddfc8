"""The pages of the product and their important open states, for pictures and for tests."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Generator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import cast
from uuid import uuid4

from msgspec import Struct
from playwright._impl._api_structures import SetCookieParam  # the public module lacks it
from playwright.sync_api import Browser, BrowserContext, Locator, Page, sync_playwright

from tools import browser as machine
from tools.passing import passing_home

ROOT = Path(__file__).parents[1]
CATALOGUE = ROOT / "src" / "xiaoer" / "catalogue"
PASSWORD = "xiaoer-demo"
LANGUAGES = ("zh-Hans", "zh-Hant", "en", "es", "ja", "ko")
SIZES = {"desktop": (1440, 900), "phone": (390, 844)}
WAIT_MS = 30_000
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # tabs of one person share a process: scripts compiled in the first need not be compiled in the next
    "--process-per-site",
)

Say = Callable[[str], str]
"""Gives the words of a key of the catalogue in the language of the page."""


class Sight(Struct, frozen=True):
    """One thing to look at: who, where, and what to open there."""

    name: str
    login: str | None
    path: str
    open: Callable[[Page, Say], None] | None = None


@contextmanager
def demonstration(port: int) -> Generator[str]:
    """The product as `make run` starts it, in a home that is gone afterwards; its address."""
    with passing_home() as home:
        yield from _demonstrated(home, port)


def _demonstrated(home: Path, port: int) -> Generator[str]:
    environment = os.environ | {"XIAOER_HOME": str(home), "PORT": str(port), "XIAOER_LIMIT_FACTOR": "100"}
    environment.pop("XIAOER_DATABASE_URL", None)
    command = [sys.executable, "-c", "from xiaoer.cli.main import main; main()", "run"]
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) as program:
        assert program.stdout is not None
        for line in program.stdout:
            if "answers at" in line:
                break
        else:
            raise RuntimeError(f"the demonstration did not start: code {program.wait()}")
        try:
            yield f"http://127.0.0.1:{port}"
        finally:
            program.terminate()


@contextmanager
def chromium(path: str | None = None) -> Generator[Browser]:
    """Chromium without a window."""
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=path or machine.find(), args=list(ARGUMENTS))
        try:
            yield opened
        finally:
            opened.close()


@cache
def words(language: str, domain: str) -> dict[str, str]:
    """Read one domain of the catalogue."""
    return json.loads((CATALOGUE / language / f"{domain}.json").read_text(encoding="utf-8"))


def saying(language: str) -> Say:
    """Speak the catalogue: `identity:team.add` → 添加成员."""

    def say(key: str) -> str:
        domain, _, name = key.partition(":")
        return words(language, domain)[name]

    return say


_sessions: dict[tuple[str, str], list[SetCookieParam]] = {}


def enter(context: BrowserContext, address: str, login: str, language: str | None = None) -> None:
    """Sign in by the door the sign-in page uses; the cookie stays in the context.

    Whoever has come by there before comes with the same session, while it holds: a password costs much.
    """
    headers = {"X-Xiaoer": "1"}
    context.add_cookies(_sessions.get((address, login), []))
    if (address, login) not in _sessions or not context.request.get(f"{address}/public/v1/me").ok:
        door = f"{address}/public/v1/sign-in"
        answer = context.request.post(door, data={"login": login, "password": PASSWORD}, headers=headers)
        assert answer.ok, answer.text()
        _sessions[address, login] = cast("list[SetCookieParam]", context.cookies(address))
    if language:
        kept = context.request.patch(f"{address}/public/v1/me", data={"language": language}, headers=headers)
        assert kept.ok, kept.text()


STILL_FRAMES = 3
"""So many frames long a page must stand still: what was pressed may begin to load one later."""

SETTLED = """(frames) => {
  const main = document.querySelector('main')
  const moves = (one) => one.playState === 'running' && one.effect.getTiming().iterations !== Infinity
  const still = main && (main.innerText.trim() || main.querySelector('input, textarea'))
    && !document.querySelector('[aria-busy=true], .ant-btn-loading')
    && !document.getAnimations().some(moves)
  window.stillFor = still ? (window.stillFor ?? 0) + 1 : 0
  return window.stillFor > frames
}"""


def settle(page: Page) -> None:
    """Wait until the page is there and nothing loads or moves."""
    page.evaluate("window.stillFor = 0")
    page.wait_for_function(SETTLED, arg=STILL_FRAMES)


def look(page: Page, sight: Sight, address: str, language: str) -> None:
    """Bring the page to where the sight is."""
    page.goto(f"{address}/{sight.path}")
    settle(page)
    if sight.open:
        sight.open(page, saying(language))
        settle(page)


def _click(one: Locator) -> None:
    """Click, and wait until the page says something else: it may draw what was asked some frames later."""
    page, said = one.page, "() => document.body.innerText"
    before = page.evaluate(said)
    one.click()
    page.wait_for_function(f"(before) => ({said})() !== before", arg=before)


def press(key: str, nth: int = 0) -> Callable[[Page, Say], None]:
    """Click the button with this name."""

    def run(page: Page, say: Say) -> None:
        _click(page.get_by_role("button", name=say(key), exact=True).nth(nth))

    return run


def _in_turn(*steps: Callable[[Page, Say], None]) -> Callable[[Page, Say], None]:
    def run(page: Page, say: Say) -> None:
        for step in steps:
            step(page, say)
            settle(page)

    return run


def _first(page: Page, _: Say) -> None:
    _click(page.locator(".xd-row").first)


def _first_link(part: str) -> Callable[[Page, Say], None]:
    """Open what the first line of a list leads to, when there is a line."""

    def run(page: Page, _: Say) -> None:
        lines = page.locator(f"main a[href*='{part}']")
        if lines.count():
            _click(lines.first)
            page.wait_for_url(lambda url: part in url)

    return run


def _wrong_password(page: Page, _: Say) -> None:
    page.fill("input[autocomplete=username]", "nobody@demo.xiaoer")
    page.fill("input[type=password]", "not-this-one")
    page.click("button[type=submit]")
    page.get_by_role("alert").wait_for()


def _left_empty(page: Page, _: Say) -> None:
    page.click("button[type=submit]")
    _told_what_is_missing(page)


def _sent_empty(page: Page, _: Say) -> None:
    page.locator(".ant-modal-footer .ant-btn-primary").click()
    _told_what_is_missing(page)


def _told_what_is_missing(page: Page) -> None:
    """A form looks at its fields by and by, after the click."""
    page.locator(".ant-form-item-explain-error").first.wait_for()


def _keys(combination: str) -> Callable[[Page, Say], None]:
    return lambda page, _: page.keyboard.press(combination)


def _found(page: Page, say: Say) -> None:
    page.get_by_text(say("guard:desk.rewrite_all")).wait_for()


def _type(text: str) -> Callable[[Page, Say], None]:
    def run(page: Page, _: Say) -> None:
        page.locator("textarea").last.fill(text)

    return run


def _chat(page: Page, _: Say) -> None:
    _click(page.locator("main a[href*='/shops/']").first)


def _account(page: Page, _: Say) -> None:
    _click(page.locator("header button:has(.anticon-user)"))


def _search_nothing(page: Page, _: Say) -> None:
    page.locator("main input[type=search], main .ant-input-search input").first.fill("没有这样的东西 zzz")
    page.keyboard.press("Enter")


def _search_desk(page: Page, _: Say) -> None:
    page.keyboard.press("Control+Shift+f")
    page.get_by_role("dialog").locator("input").first.fill("尺码")


def angry_visitor(page: Page, address: str, words: str) -> None:
    """A visitor says something to the first shop of whoever looks at the page, who may have to see it."""
    assert page.context.browser is not None
    door, headers = f"{address}/public/v1", {"X-Xiaoer": "1"}
    shop = page.request.get(f"{door}/me").json()["shops"][0]["id"]
    guest = page.context.browser.new_context()
    made = guest.request.post(f"{door}/visit", data={"shop_id": shop}, headers=headers)
    assert made.ok, made.text()
    visitor = headers | {"Authorization": f"Bearer {made.json()['token']}"}
    talk = guest.request.post(f"{door}/shops/{shop}/conversation", headers=visitor).json()["id"]
    wish = {"client_id": uuid4().hex, "kind": "text", "text": words}
    said = guest.request.post(f"{door}/conversations/{talk}/entries", data=wish, headers=visitor)
    assert said.ok, said.text()
    guest.close()


def _alerted(page: Page, say: Say) -> None:
    angry_visitor(page, page.url.split("/merchant/")[0], ANGRY)
    page.get_by_role("table", name=say("inspection:alert.title")).wait_for()


def _answer(page: Page, say: Say) -> None:
    page.get_by_role("button", name=say("inspection:alert.acknowledge"), exact=True).first.click()
    page.get_by_role("dialog").wait_for()


def _chip(key: str) -> Callable[[Page, Say], None]:
    """One of several parts of a page, by its name."""

    def run(page: Page, say: Say) -> None:
        page.locator(".ant-segmented-item").filter(has_text=say(key)).click()

    return run


ANGRY = "你们太垃圾了，骗子，我要投诉！！！"
UNFIT = "全网最低价，明天一定到，加我微信 abc12345"
BUYER, AGENT = "buyer@demo.xiaoer", "agent@demo.xiaoer"
MANAGER, ADMIN = "manager@demo.xiaoer", "admin@demo.xiaoer"
OFFICER = "officer@demo.xiaoer"

SIGHTS: tuple[Sight, ...] = (
    Sight("signin", None, "signin/"),
    Sight("signin-empty", None, "signin/", _left_empty),
    Sight("signin-wrong", None, "signin/", _wrong_password),
    Sight("buyer-shops", BUYER, "buyer/"),
    Sight("buyer-account", BUYER, "buyer/", _account),
    Sight("buyer-orders", BUYER, "buyer/orders"),
    Sight("buyer-chat", BUYER, "buyer/", _chat),
    Sight("buyer-nowhere", BUYER, "buyer/nothing/here"),
    Sight("buyer-cases", BUYER, "buyer/cases"),
    Sight("buyer-case", BUYER, "buyer/cases", _first_link("/cases/")),
    Sight("buyer-complaints", BUYER, "buyer/complaints"),
    Sight("buyer-complain", BUYER, "buyer/complain"),
    Sight("buyer-disputes", BUYER, "buyer/disputes"),
    Sight("buyer-measures", BUYER, "buyer/measures"),
    Sight("buyer-compensation", BUYER, "buyer/compensation"),
    Sight("buyer-blocks", BUYER, "buyer/blocks"),
    Sight("buyer-appeals", BUYER, "buyer/appeals"),
    Sight("desk", AGENT, "desk/"),
    Sight("desk-thread", AGENT, "desk/", _first),
    Sight(
        "desk-guard",
        AGENT,
        "desk/",
        _in_turn(_first, _type(UNFIT), _found),
    ),
    Sight("desk-canned", AGENT, "desk/", _in_turn(_first, _type("/"))),
    Sight("desk-menu", AGENT, "desk/", _in_turn(_first, press("conversations:desk.more"))),
    Sight("desk-palette", AGENT, "desk/", _keys("Control+k")),
    Sight("desk-shortcuts", AGENT, "desk/", _keys("?")),
    Sight("desk-search", AGENT, "desk/", _search_desk),
    Sight("desk-cases", AGENT, "desk/cases"),
    Sight("desk-complaints", AGENT, "desk/complaints"),
    Sight("desk-disputes", AGENT, "desk/disputes"),
    Sight("desk-blocks", AGENT, "desk/shop-blocks"),
    Sight("desk-scores", AGENT, "desk/scores"),
    Sight("desk-learning", AGENT, "desk/learning"),
    Sight("officer-decide", OFFICER, "desk/decide"),
    Sight("officer-intake", OFFICER, "desk/intake"),
    Sight("officer-docket", OFFICER, "desk/docket"),
    Sight("officer-bench", OFFICER, "desk/docket", _first_link("/docket/")),
    Sight("officer-appeals", OFFICER, "desk/appeals"),
    Sight("officer-penalties", OFFICER, "desk/penalties"),
    Sight("officer-grading", OFFICER, "desk/grading"),
    Sight("officer-measures", OFFICER, "desk/measures"),
    Sight("officer-blocks", OFFICER, "desk/blocks"),
    Sight("officer-compensation", OFFICER, "desk/compensation"),
    Sight("officer-payouts", OFFICER, "desk/payouts"),
    Sight("officer-reconciliation", OFFICER, "desk/reconciliation"),
    Sight("officer-funds", OFFICER, "desk/funds"),
    Sight("manager-live", MANAGER, "merchant/live"),
    Sight("manager-live-alert", MANAGER, "merchant/live", _alerted),
    Sight("manager-live-answer", MANAGER, "merchant/live", _in_turn(_alerted, _answer)),
    Sight("manager-grading", MANAGER, "merchant/grading"),
    Sight("manager-grading-draw", MANAGER, "merchant/grading", press("grading:draw.title")),
    Sight("manager-score-appeals", MANAGER, "merchant/grading", _chip("grading:part.appeals")),
    Sight("manager-grading-over", MANAGER, "merchant/grading", _chip("grading:part.over")),
    Sight("manager-agreement", MANAGER, "merchant/agreement"),
    Sight("manager-dialogue", MANAGER, "merchant/learning", _first_link("/dialogues/")),
    Sight("manager-lessons", MANAGER, "merchant/learning", _chip("learning:part.lessons")),
    Sight("manager-exams", MANAGER, "merchant/learning", _chip("learning:part.exams")),
    Sight("manager-scores", MANAGER, "merchant/scores"),
    Sight("manager-learning", MANAGER, "merchant/learning"),
    Sight("manager-ratings", MANAGER, "merchant/ratings"),
    Sight("manager-standing", MANAGER, "merchant/standing"),
    Sight("manager-funds", MANAGER, "merchant/funds"),
    Sight("manager-blocks", MANAGER, "merchant/blocks"),
    Sight("manager-packets", MANAGER, "merchant/packets"),
    Sight("manager-promises", MANAGER, "merchant/promises"),
    Sight("manager-team", MANAGER, "merchant/team"),
    Sight("manager-team-add", MANAGER, "merchant/team", _in_turn(press("identity:team.add"), _sent_empty)),
    Sight("manager-team-edit", MANAGER, "merchant/team", press("ui:action.edit")),
    Sight("manager-queues", MANAGER, "merchant/queues"),
    Sight("manager-queue-add", MANAGER, "merchant/queues", press("routing:queue.add")),
    Sight("manager-hours", MANAGER, "merchant/hours"),
    Sight("manager-rules", MANAGER, "merchant/rules"),
    Sight("manager-rule-set", MANAGER, "merchant/rules", press("ui:action.edit")),
    Sight("manager-rule-history", MANAGER, "merchant/rules", press("rulebook:history")),
    Sight("manager-answers", MANAGER, "merchant/answers"),
    Sight("manager-answers-none", MANAGER, "merchant/answers", _search_nothing),
    Sight("manager-answer-add", MANAGER, "merchant/answers", press("conversations:canned.add")),
    Sight("manager-facts", MANAGER, "merchant/facts"),
    Sight("manager-fact-add", MANAGER, "merchant/facts", press("inspection:fact.add")),
    Sight("admin-shops", ADMIN, "admin/shops"),
    Sight("admin-shop-add", ADMIN, "admin/shops", press("identity:shops.add")),
    Sight("admin-people", ADMIN, "admin/people"),
    Sight("admin-person-add", ADMIN, "admin/people", press("identity:people.add")),
    Sight("admin-tokens", ADMIN, "admin/tokens"),
    Sight("admin-token-add", ADMIN, "admin/tokens", press("identity:tokens.add")),
    Sight("admin-import", ADMIN, "admin/import"),
    Sight("admin-widget", ADMIN, "admin/widget"),
    Sight("admin-rules", ADMIN, "admin/rules"),
    Sight("admin-reversals", ADMIN, "admin/reversals"),
    Sight("admin-block-watch", ADMIN, "admin/block-watch"),
    Sight("admin-dead-letters", ADMIN, "admin/dead-letters"),
)
