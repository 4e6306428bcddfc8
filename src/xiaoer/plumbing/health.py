"""Is it alive, is it ready, how is it doing: for load balancers and for Prometheus."""

import asyncio
import hmac
import time
from collections.abc import Awaitable, Callable
from ipaddress import ip_address
from typing import Final

from msgspec import Struct
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

from xiaoer.kernel.refusal import Refusal, Refused
from xiaoer.plumbing.http import Answer, Call

CHECK_SECONDS: Final = 3.0
Check = Callable[[], Awaitable[bool]]


class Life(Struct, frozen=True):
    """The process answers."""

    status: str
    uptime_seconds: int


class Readiness(Struct, frozen=True):
    """Every part that must work before requests should come here."""

    status: str
    parts: dict[str, bool]


class Health:
    """What has to work for the process to be ready, by name."""

    def __init__(self, checks: dict[str, Check]) -> None:
        self._checks = checks
        self._since = time.monotonic()
        self.stopping = False

    @property
    def uptime_seconds(self) -> int:
        return int(time.monotonic() - self._since)

    async def parts(self) -> dict[str, bool]:
        """Ask every part, all at once, a few seconds at most."""
        answers = await asyncio.gather(*(self._ask(check) for check in self._checks.values()))
        return {**dict(zip(self._checks, answers, strict=True)), "open": not self.stopping}

    async def _ask(self, check: Check) -> bool:
        try:
            async with asyncio.timeout(CHECK_SECONDS):
                return await check()
        except Exception:  # noqa: BLE001 - whatever it was, this part does not work now
            return False


async def get_live(call: Call) -> Life:
    """Whether the process answers at all."""
    return Life("alive", call.service(Health).uptime_seconds)


async def get_ready(call: Call) -> Readiness:
    """Whether everything it needs works: database, news from other processes, migrations."""
    parts = await call.service(Health).parts()
    if not all(parts.values()):
        down = sorted(name for name, works in parts.items() if not works)
        raise Refusal(Refused("unavailable", "plumbing.not_ready", facts={"parts": down}))
    return Readiness("ready", parts)


async def get_metrics(call: Call) -> Answer:
    """The numbers of this process; from this machine only, unless XIAOER_METRICS_TOKEN lets others ask."""
    token = call.services.settings.metrics_token
    if token:
        if not hmac.compare_digest((call.credential or "").encode(), token.encode()):
            raise Refusal(Refused("unauthenticated", "plumbing.sign_in_needed"))
    elif not _is_local(call.address):
        raise Refusal(Refused("not_allowed", "plumbing.only_local"))
    return Answer(generate_latest(), CONTENT_TYPE_LATEST, {"cache-control": "no-store"})


def _is_local(address: str) -> bool:
    try:
        return ip_address(address).is_loopback
    except ValueError:
        return address == ""  # a unix socket has no address
