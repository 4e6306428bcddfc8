"""Whoever leads the desk: conversations are where a test wants them, whatever happened before."""

from collections.abc import Iterable
from contextlib import closing
from uuid import uuid4

from playwright.sync_api import Browser, BrowserContext

from tools.sights import AGENT, MANAGER, SIZES, WAIT_MS, enter

SHOP = "山茶服饰"
HEADERS = {"X-Xiaoer": "1"}
ALREADY_HIS = "conversations.already_his"


def opened(browser: Browser, address: str, login: str | None, size: str = "desktop") -> BrowserContext:
    width, height = SIZES[size]
    context = browser.new_context(
        viewport={"width": width, "height": height}, locale="zh-CN", reduced_motion="reduce"
    )
    context.set_default_timeout(WAIT_MS)
    if login:
        enter(context, address, login, "zh-Hans")
    return context


class Lead:
    """The manager, who gives the guests' conversations to the agent over HTTP."""

    def __init__(self, browser: Browser, address: str, guests: Iterable[str]) -> None:
        self._browser, self._address = browser, address
        self._manager = opened(browser, address, MANAGER)
        with closing(opened(browser, address, AGENT)) as agent:
            self._agent = agent.request.get(f"{address}/public/v1/me").json()["id"]
        self._talks = [self._asked(login) for login in guests]

    def _asked(self, login: str) -> str:
        """A guest says something; the address of his conversation for staff."""
        with closing(opened(self._browser, self._address, login)) as guest:
            shops = guest.request.get(f"{self._address}/public/v1/shops").json()["data"]
            shop = next(one["id"] for one in shops if one["name"] == SHOP)
            door = f"{self._address}/public/v1/shops/{shop}/conversation"
            talk = guest.request.post(door, headers=HEADERS).json()["id"]
            door = f"{self._address}/public/v1/conversations/{talk}/entries"
            said = {"client_id": str(uuid4()), "kind": "text", "text": "请问什么时候发货？"}
            assert guest.request.post(door, headers=HEADERS, data=said).ok
        return f"{self._address}/api/v1/shops/{shop}/conversations/{talk}"

    def give(self) -> None:
        """What has gone back to the queue meanwhile is the agent's again."""
        for talk in self._talks:
            assignee = self._manager.request.get(talk).json()["assignee"]
            if not assignee or assignee["id"] != self._agent:
                wish = {"person_id": self._agent, "note": ""}
                answer = self._manager.request.post(f"{talk}/assign", headers=HEADERS, data=wish)
                # where he was given it at the same moment, it is his too
                assert answer.ok or answer.json()["error"]["code"] == ALREADY_HIS, answer.text()

    def close(self) -> None:
        self._manager.close()
