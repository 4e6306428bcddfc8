"""What instructions do alone: send what is to be sent to a marketplace's own order side."""

import asyncio
from datetime import datetime
from http import HTTPStatus
from typing import Final, Literal, Protocol
from uuid import UUID

import httpx
import msgspec
from msgspec import Struct

from xiaoer.instructions import queries, store
from xiaoer.instructions.actions import answers
from xiaoer.instructions.model import Instructed
from xiaoer.instructions.rules.plans import words
from xiaoer.kernel.refusal import Refusal
from xiaoer.plumbing import clock, log, signed
from xiaoer.plumbing.db import Database, Tx
from xiaoer.plumbing.settings import Settings
from xiaoer.rulebook import queries as rulebook

LOOK_SECONDS: Final = 1.0
AT_ONCE: Final = 20
ANSWER_SECONDS: Final = 10.0
_log = log.get("instructions")


class Answer(Struct, frozen=True):
    """What the order side said: done, not done (and why), or taken: its answer comes to our door later."""

    state: Literal["confirmed", "refused", "taken"]
    words: str | None = None


class OrderSide(Protocol):
    """Whoever owns the orders. Asking twice with one key must do it once."""

    async def ask(self, made: Instructed) -> Answer:
        """Ask for one change. Raises OSError or httpx.HTTPError when it cannot be reached."""
        ...


class HttpOrderSide:
    """An order side behind an address: one signed POST for each instruction.

    The body is JSON; `X-Xiaoer-Signature: t=<Unix seconds>,v1=<hex>` signs `t.body` with HMAC-SHA256, and
    `Idempotency-Key` is the instruction's key. 200 with {"state", "words"} answers, 202 takes it.
    `local` allows an address on this machine.
    """

    def __init__(self, address: str, key: bytes, *, local: bool = False) -> None:
        self._address: Final = address
        self._key: Final = key
        self._local: Final = local

    async def ask(self, made: Instructed) -> Answer:
        """Send it and understand the answer. Raises Refusal for an address that may not be asked."""
        status, words = await signed.post(
            self._address,
            self._key,
            msgspec.json.encode(made),
            idempotency_key=made.key,
            local=self._local,
            seconds=ANSWER_SECONDS,
        )
        return Answer("taken") if status == HTTPStatus.ACCEPTED else msgspec.json.decode(words, type=Answer)


class Sender:
    """Sends the instructions of every marketplace; any number of processes may do it side by side."""

    def __init__(self, database: Database, settings: Settings) -> None:
        self._database: Final = database
        self._settings: Final = settings

    async def run(self) -> None:
        """Send until cancelled."""
        while True:
            sent = 0
            try:
                sent = await self.send_due(clock.now())
            except Exception:  # noqa: BLE001  the database may be away; instructions wait in it
                _log.warning("sender_interrupted")
            if sent < AT_ONCE:
                await asyncio.sleep(LOOK_SECONDS)

    async def send_due(self, now: datetime) -> int:
        """Send what is due, each attempt put off first: a crash in between only sends it again."""
        pauses: list[int] = list(words()["send_again_seconds"])
        async with self._database.system() as tx:
            due = await store.claim_to_send(tx, pauses, now=now, limit=AT_ONCE)
        await asyncio.gather(*(self._send(one.tenant, one.id, now) for one in due))
        return len(due)

    async def _send(self, tenant: UUID, instruction: UUID, now: datetime) -> None:
        async with self._database.read(tenant) as tx:
            made = await store.find_instruction(tx, instruction)
            if made is None:
                return
            book = await rulebook.book(tx, made.shop, now)
        address = book.word("instructions.order_side_url")
        if not address:
            return  # it became embedded meanwhile; the clock brings it to a person
        try:
            answer = await self._side(tenant, address).ask(made)
        except (Refusal, httpx.HTTPError, httpx.InvalidURL, OSError, msgspec.MsgspecError) as error:
            why = error.refused.code if isinstance(error, Refusal) else type(error).__name__
            _log.warning("order_side_silent", instruction=str(instruction), why=why)
            return
        await self._database.run(tenant, lambda tx: _hear(tx, instruction, answer, clock.now()))

    def _side(self, tenant: UUID, address: str) -> OrderSide:
        key = queries.order_side_key(self._settings, tenant)
        return HttpOrderSide(address, key, local=self._settings.order_side_here)


async def _hear(tx: Tx, instruction: UUID, answer: Answer, now: datetime) -> None:
    if answer.state == "taken":
        await answers.taken(tx, instruction)
    else:
        await answers.answered(tx, instruction, now, confirms=answer.state == "confirmed", words=answer.words)
