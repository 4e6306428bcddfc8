"""A marketplace's own payment provider, or what stands before it, behind one address: signed JSON."""

from collections.abc import Sequence
from datetime import datetime
from http import HTTPStatus
from typing import Annotated, Final, Literal

import msgspec
from msgspec import Meta, Struct

from xiaoer.plumbing import signed
from xiaoer.plumbing.payments import (
    PaymentRefusedError,
    PaymentUnclearError,
    PaymentWaitsError,
    ProviderAnswer,
)

CALL_SECONDS: Final = 15.0
STATEMENT_MAX_BYTES: Final = 16 * 1024 * 1024
_SIGNS: Final = {"refund": 1, "charge": -1}


class Asked(Struct, frozen=True, omit_defaults=True):
    """One request: refund and charge move money once for each key, find and statement only tell."""

    do: Literal["refund", "charge", "find", "statement"]
    account: str
    key: str | None = None
    payment_ref: str | None = None
    amount_minor: int | None = None
    currency: str | None = None
    until: datetime | None = None
    start: datetime | None = None
    end: datetime | None = None


class Moved(Struct, frozen=True):
    """Money that moved; the amount is above zero both ways, `kind` says which way."""

    kind: Literal["refund", "charge"]
    ref: Annotated[str, Meta(min_length=1, max_length=200)]
    key: Annotated[str, Meta(max_length=200)]
    amount_minor: Annotated[int, Meta(ge=0, le=2**53 - 1)]
    currency: Annotated[str, Meta(pattern="^[A-Z]{3}$")]
    at: datetime


class Answer(Struct, frozen=True):
    """What was said: done (with what moved), refused (with a word), waits for the buyer, or nothing known."""

    state: Literal["done", "refused", "waits", "unknown"]
    moved: Moved | None = None
    word: Annotated[str, Meta(max_length=100)] = ""
    confirm_url: Annotated[str, Meta(max_length=2000)] = ""


class Statement(Struct, frozen=True):
    """Everything that moved in a stretch of time, the oldest first."""

    lines: list[Moved]


class HttpPayments:
    """A provider behind one address. `local` allows an address on this machine."""

    def __init__(self, address: str, key: bytes, *, local: bool = False) -> None:
        self._address: Final = address
        self._key: Final = key
        self._local: Final = local

    async def refund(
        self, *, account: str, key: str, payment_ref: str | None, amount_minor: int, currency: str
    ) -> ProviderAnswer:
        """Pay, once for each key. Raises PaymentRefusedError, PaymentUnclearError and as the network does."""
        asked = Asked(
            "refund", account, key=key, payment_ref=payment_ref, amount_minor=amount_minor, currency=currency
        )
        return _done(await self._say(asked))

    async def charge(
        self,
        *,
        account: str,
        key: str,
        payment_ref: str | None,
        amount_minor: int,
        currency: str,
        until: datetime,
    ) -> ProviderAnswer:
        """Take money, once for each key and never after `until`. Raises as refund does, PaymentWaitsError."""
        asked = Asked(
            "charge",
            account,
            key=key,
            payment_ref=payment_ref,
            amount_minor=amount_minor,
            currency=currency,
            until=until,
        )
        return _done(await self._say(asked))

    async def find(self, account: str, key: str) -> ProviderAnswer | None:
        """What moved for this key. Raises like the request it asks about; a refused refund found nothing."""
        answer = await self._say(Asked("find", account, key=key))
        return None if answer.state == "unknown" else _done(answer)

    async def statement(self, account: str, start: datetime, end: datetime) -> Sequence[ProviderAnswer]:
        """Everything that moved from `start` until just before `end`."""
        words = await self._post(Asked("statement", account, start=start, end=end), STATEMENT_MAX_BYTES)
        return [_answer(one) for one in msgspec.json.decode(words[1], type=Statement).lines]

    async def _say(self, asked: Asked) -> Answer:
        status, words = await self._post(asked, signed.ANSWER_MAX_BYTES)
        if status == HTTPStatus.ACCEPTED and not words:
            return Answer("waits")
        return msgspec.json.decode(words, type=Answer)

    async def _post(self, asked: Asked, most_bytes: int) -> tuple[int, bytes]:
        moves = asked.do in _SIGNS
        return await signed.post(
            self._address,
            self._key,
            msgspec.json.encode(asked),
            idempotency_key=asked.key if moves else None,
            local=self._local,
            seconds=CALL_SECONDS,
            most_bytes=most_bytes,
        )


def _done(answer: Answer) -> ProviderAnswer:
    match answer.state:
        case "refused":
            raise PaymentRefusedError(answer.word or "refused")
        case "waits":
            raise PaymentWaitsError(answer.confirm_url if answer.confirm_url.startswith("https://") else "")
        case "done" if answer.moved is not None:
            return _answer(answer.moved)
        case _:
            raise PaymentUnclearError("no_answer")


def _answer(moved: Moved) -> ProviderAnswer:
    return ProviderAnswer(
        ref=moved.ref,
        key=moved.key,
        amount_minor=_SIGNS[moved.kind] * moved.amount_minor,
        currency=moved.currency,
        at=moved.at,
    )
