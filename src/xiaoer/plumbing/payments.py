"""The payment provider as we know it: a stranger that may be slow, silent, or say no."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

import msgspec


class ProviderAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """What has been paid to a buyer, as the provider remembers it; below zero: taken from him."""

    ref: str
    key: str
    amount_minor: int
    currency: str
    at: datetime


class PaymentRefusedError(Exception):
    """The provider will never pay this; `word` says why in its own short way."""

    def __init__(self, word: str) -> None:
        super().__init__(word)
        self.word = word


class PaymentUnclearError(Exception):
    """No answer, or none that says whether it was paid: only `find` can tell."""

    def __init__(self, word: str) -> None:
        super().__init__(word)
        self.word = word


class PaymentWaitsError(Exception):
    """The provider has taken the wish up and waits for the buyer, who confirms it at `confirm_url`."""

    def __init__(self, confirm_url: str = "") -> None:
        super().__init__(confirm_url)
        self.confirm_url = confirm_url


class PaymentProvider(Protocol):
    """What we ask of a provider; `account` is ours with it, one for each marketplace.

    Every call may also raise whatever the network raises: that means as much as PaymentUnclearError.
    """

    async def refund(
        self, *, account: str, key: str, payment_ref: str | None, amount_minor: int, currency: str
    ) -> ProviderAnswer:
        """Pay, once for each key. Raises PaymentRefusedError, PaymentUnclearError."""
        ...

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
        """Take money from a buyer, once for each key and never at or after `until`.

        The answer's amount is below zero. Raises PaymentRefusedError, PaymentUnclearError, PaymentWaitsError.
        """
        ...

    async def find(self, account: str, key: str) -> ProviderAnswer | None:
        """What was paid or taken for this key; None when nothing was.

        Raises PaymentUnclearError; of a charge also PaymentRefusedError and PaymentWaitsError.
        """
        ...

    async def statement(self, account: str, start: datetime, end: datetime) -> Sequence[ProviderAnswer]:
        """Everything paid from `start` until just before `end`, the oldest first."""
        ...
