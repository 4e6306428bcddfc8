"""Carries news between processes: LISTEN on one connection, NOTIFY for what is told without a row."""

import asyncio
from collections import deque
from collections.abc import Callable
from typing import Any, Final

import msgspec
from prometheus_client import Counter, Gauge

from xiaoer.plumbing import log
from xiaoer.plumbing.driver import APP, Connection, connect
from xiaoer.plumbing.events import CHANNEL, Envelope, payloads, read_payload
from xiaoer.plumbing.faults import translate
from xiaoer.plumbing.hub import Hub

PULSE_SECONDS: Final = 15.0
PULSE_LIMIT_SECONDS: Final = 5.0
AGAIN_SECONDS: Final = (0.05, 0.2, 0.5, 1.0, 2.0)
FLEETING: Final = 2_000
"""How much fleeting news may wait while the database is away; the oldest is forgotten."""

_CONNECTED = Gauge("xiaoer_relay_connected", "Whether this process hears the others")
_HEARD = Counter("xiaoer_relay_heard_total", "Events heard from other processes")
_log = log.get("relay")


class Relay:
    """Hears what other processes have committed and tells them what is fleeting.

    What this process commits itself reaches the hub at once (`Database.after_commit`) and is not heard twice.
    After a gap every listener is poked, because notifications are not kept for the absent.
    """

    def __init__(self, url: str, hub: Hub, *, origin: str, wake: Callable[[], object] = lambda: None) -> None:
        self.connected = asyncio.Event()
        self._url = url
        self._hub = hub
        self._origin = origin
        self._wake = wake
        self._fleeting: deque[Envelope] = deque(maxlen=FLEETING)
        self._stir = asyncio.Event()

    def tell(self, *envelopes: Envelope) -> None:
        """Tells this process now and the others soon; nothing is kept, nothing is waited for (typing)."""
        self._hub.publish(envelopes)
        self._fleeting.extend(envelopes)
        self._stir.set()

    async def run(self) -> None:
        """Listens until cancelled; connects again whenever the connection is lost."""
        failures = 0
        while True:
            try:
                connection = await connect(self._url, APP, application="xiaoer relay")
                failures = 0
                await self._serve(connection)
            except Exception as fault:  # noqa: BLE001 - whatever it was, the next try is the answer
                if translate(fault) is None:
                    _log.exception("relay_failed")
                else:
                    _log.warning("disconnected", fault=type(fault).__name__)
            finally:
                self.connected.clear()
                _CONNECTED.set(0)
            await asyncio.sleep(AGAIN_SECONDS[min(failures, len(AGAIN_SECONDS) - 1)])
            failures += 1

    async def _serve(self, connection: Connection) -> None:
        lost = asyncio.Event()

        def on_lost(_connection: object) -> None:
            lost.set()
            self._stir.set()

        try:
            connection.add_termination_listener(on_lost)
            await connection.add_listener(CHANNEL, self._hear)
            self._hub.poke_all()
            self._wake()
            self.connected.set()
            _CONNECTED.set(1)
            _log.info("connected")
            while not lost.is_set():
                await self._send(connection)
        finally:
            connection.terminate()

    async def _send(self, connection: Connection) -> None:
        """Sends what waits; feels the pulse of the connection when nothing does."""
        try:
            async with asyncio.timeout(PULSE_SECONDS):
                await self._stir.wait()
        except TimeoutError:
            await connection.fetchval("select 1", timeout=PULSE_LIMIT_SECONDS)
            return
        self._stir.clear()
        if self._fleeting:
            said = payloads(self._origin, self._fleeting)
            self._fleeting.clear()
            await connection.fetch(
                "select pg_notify('xiaoer', said.payload) from unnest($1::text[]) as said (payload)",
                said,
                timeout=PULSE_LIMIT_SECONDS,
            )

    def _hear(self, _connection: Any, _process: int, _channel: str, payload: str) -> None:
        if payload.partition("\n")[0] == self._origin:
            return
        try:
            _, heard = read_payload(payload)
        except msgspec.MsgspecError:
            _log.warning("foreign_notification", length=len(payload))
            return
        _HEARD.inc(len(heard))
        self._hub.publish(heard)
        self._wake()
