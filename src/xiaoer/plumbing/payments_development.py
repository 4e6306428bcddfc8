"""The payment provider of a development machine: it remembers keys as real ones do, and can misbehave."""

import asyncio
import sqlite3
import threading
import zlib
from collections import deque
from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Final, Literal, get_args

from xiaoer.plumbing import clock
from xiaoer.plumbing.payments import (
    PaymentProvider,
    PaymentRefusedError,
    PaymentUnclearError,
    ProviderAnswer,
)
from xiaoer.plumbing.settings import Settings, SettingsFault

Mood = Literal[
    "pay",
    "refuse",
    "time_out_before_paying",
    "time_out_after_paying",
    "pay_afterwards",
    "answer_late",
    "die_before_paying",
    "die_after_paying",
]
"""What becomes of one wish. `pay_afterwards`: says nothing, and has paid when it is asked the second time;
`answer_late`: pays, and answers after a long while; `die_…`: the connection breaks before or after paying."""

MOODS: Final[tuple[Mood, ...]] = get_args(Mood)
LATE_SECONDS: Final = 45.0
_TABLES: Final = """
create table if not exists payment (
    number integer primary key,
    account text not null, key text not null, payment_ref text,
    amount_minor integer not null, currency text not null,
    at text not null, is_pending integer not null);
create unique index if not exists payment_key on payment (account, key) where key <> '';
create table if not exists refusal (
    account text not null, key text not null, word text not null, primary key (account, key));
create table if not exists term (
    account text not null, key text not null, until text not null, primary key (account, key));
"""


class DevelopmentPayments:
    """A provider in one SQLite file (or in memory): pays once for a key, and twice when asked without one."""

    def __init__(
        self,
        file: Path | None = None,
        *,
        shares: Mapping[Mood, int] | None = None,
        now: Callable[[], datetime] = clock.now,
        late: Callable[[], Awaitable[object]] = lambda: asyncio.sleep(LATE_SECONDS),
    ) -> None:
        self._file = file
        self._shares = dict(shares or {})
        self._now = now
        self._late = late
        self._next: deque[Mood] = deque()
        self._lock = threading.Lock()
        self._opened: sqlite3.Connection | None = None

    def behave(self, *moods: Mood) -> None:
        """What becomes of the next wishes, one mood for each; afterwards it is itself again."""
        self._next.extend(moods)

    def recover(self) -> None:
        """From now on it is itself again."""
        self._next.clear()

    async def refund(
        self, *, account: str, key: str, payment_ref: str | None, amount_minor: int, currency: str
    ) -> ProviderAnswer:
        """Pay; with a key that was paid before: answer as the first time. Raises as the mood has it."""
        return await self._asked((account, key, payment_ref, amount_minor, currency), None)

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
        """Take money; for a key that was taken before answer as the first time. Raises as the mood has it."""
        return await self._asked((account, key, payment_ref, -amount_minor, currency), until)

    async def _asked(
        self, asked: tuple[str, str, str | None, int, str], until: datetime | None
    ) -> ProviderAnswer:
        mood = self._mood(asked[1])
        if mood == "time_out_before_paying":
            raise PaymentUnclearError("time_out")
        if mood == "die_before_paying":
            raise ConnectionResetError
        wish = (*asked, self._now().isoformat())
        answer = await asyncio.to_thread(self._pay, wish, mood, until)
        if mood == "time_out_after_paying" or answer is None:
            raise PaymentUnclearError("time_out")
        if mood == "die_after_paying":
            raise ConnectionResetError
        if mood == "answer_late":
            await self._late()
        return answer

    async def find(self, account: str, key: str) -> ProviderAnswer | None:
        """What was paid for this key."""
        return await asyncio.to_thread(self._find, account, key)

    async def statement(self, account: str, start: datetime, end: datetime) -> Sequence[ProviderAnswer]:
        """Everything paid from `start` until just before `end`."""
        return await asyncio.to_thread(self._statement, account, start, end)

    async def close(self) -> None:
        """Close the file."""
        with self._lock:
            if self._opened is not None and self._file is not None:
                self._opened.close()
                self._opened = None

    def _mood(self, key: str) -> Mood:
        if self._next:
            return self._next.popleft()
        place = zlib.crc32(key.encode()) % 100  # the same key has the same luck
        for mood, share in self._shares.items():
            if place < share:
                return mood
            place -= share
        return "pay"

    # ── the file, one caller at a time ───────────────────────────────────

    def _connection(self) -> sqlite3.Connection:
        if self._opened is None:
            if self._file is not None:
                self._file.parent.mkdir(parents=True, exist_ok=True)
            self._opened = sqlite3.connect(
                self._file or ":memory:", timeout=10, isolation_level=None, check_same_thread=False
            )
            if self._file is not None:
                self._opened.execute("pragma journal_mode = wal")
            self._opened.executescript(_TABLES)
        return self._opened

    def _pay(
        self, wish: tuple[str, str, str | None, int, str, str], mood: Mood, until: datetime | None
    ) -> ProviderAnswer | None:
        """Pay unless that was done, refused, or is too late; None: it is pending."""
        account, key = wish[0], wish[1]
        with self._lock:
            connection = self._connection()
            if until is not None:
                connection.execute(
                    "insert or ignore into term values (?, ?, ?)", (account, key, until.isoformat())
                )
            if key and (before := self._kept(connection, account, key)) is not None:
                return before
            if until is not None and self._now() >= until:
                raise PaymentRefusedError("expired")
            row = connection.execute(
                "select word from refusal where account = ? and key = ?", (account, key)
            ).fetchone()
            if mood == "refuse" or row is not None:
                connection.execute(
                    "insert or ignore into refusal values (?, ?, ?)", (account, key, "account_closed")
                )
                raise PaymentRefusedError("account_closed")
            pending = mood == "pay_afterwards"
            connection.execute(
                "insert or ignore into payment (account, key, payment_ref, amount_minor, currency, at,"
                " is_pending) values (?, ?, ?, ?, ?, ?, ?)",
                (*wish, pending),
            )
            if pending:
                return None
            last = connection.execute(
                "select number, key, amount_minor, currency, at from payment"
                " where account = ? and key = ? order by number desc limit 1",
                (account, key),
            ).fetchone()
            return _answer(last)

    def _find(self, account: str, key: str) -> ProviderAnswer | None:
        with self._lock:
            return self._kept(self._connection(), account, key)

    def _kept(self, connection: sqlite3.Connection, account: str, key: str) -> ProviderAnswer | None:
        """What was paid for a key; one that was pending is paid from now on, unless its time is over."""
        row = connection.execute(
            "select number, key, amount_minor, currency, at, is_pending from payment"
            " where account = ? and key = ? and key <> ''",
            (account, key),
        ).fetchone()
        if row is None:
            return None
        if row[5] and self._is_over(connection, account, key):
            connection.execute("delete from payment where number = ?", (row[0],))
            return None
        if row[5]:
            connection.execute("update payment set is_pending = 0 where number = ?", (row[0],))
            return None
        return _answer(row[:5])

    def _is_over(self, connection: sqlite3.Connection, account: str, key: str) -> bool:
        row = connection.execute(
            "select until from term where account = ? and key = ?", (account, key)
        ).fetchone()
        return row is not None and self._now() >= datetime.fromisoformat(row[0])

    def _statement(self, account: str, start: datetime, end: datetime) -> list[ProviderAnswer]:
        with self._lock:
            rows = (
                self._connection()
                .execute(
                    "select number, key, amount_minor, currency, at from payment"
                    " where account = ? and not is_pending order by number",
                    (account,),
                )
                .fetchall()
            )
        answers = [_answer(row) for row in rows]
        return [one for one in answers if start <= one.at < end]


class NoPayments:
    """No provider has been chosen: every payout waits, and officers see it."""

    async def refund(
        self,
        *,
        account: str,  # noqa: ARG002 - the provider's words
        key: str,  # noqa: ARG002
        payment_ref: str | None,  # noqa: ARG002
        amount_minor: int,  # noqa: ARG002
        currency: str,  # noqa: ARG002
    ) -> ProviderAnswer:
        """Pay nothing."""
        raise PaymentUnclearError("no_provider")

    async def charge(
        self,
        *,
        account: str,  # noqa: ARG002
        key: str,  # noqa: ARG002
        payment_ref: str | None,  # noqa: ARG002
        amount_minor: int,  # noqa: ARG002
        currency: str,  # noqa: ARG002
        until: datetime,  # noqa: ARG002
    ) -> ProviderAnswer:
        """Take nothing."""
        raise PaymentRefusedError("no_provider")

    async def find(self, account: str, key: str) -> ProviderAnswer | None:  # noqa: ARG002
        """Nothing was paid."""
        return None

    async def statement(self, account: str, start: datetime, end: datetime) -> Sequence[ProviderAnswer]:  # noqa: ARG002
        """Nothing was paid."""
        return ()


def provider_of(settings: Settings, now: Callable[[], datetime] = clock.now) -> PaymentProvider:
    """The provider the settings choose. Raises SettingsFault for moods nobody knows."""
    match settings.payments:
        case "none":
            return NoPayments()
        case "memory":
            return DevelopmentPayments(shares=shares_of(settings.payment_moods), now=now)
        case "development":
            file = settings.home / "payments.sqlite"
            return DevelopmentPayments(file, shares=shares_of(settings.payment_moods), now=now)


def shares_of(text: str) -> dict[Mood, int]:
    """Moods with their share in percent: "refuse=5,time_out_after_paying=10". Raises SettingsFault."""
    found: dict[Mood, int] = {}
    known: dict[str, Mood] = {mood: mood for mood in MOODS}
    for part in filter(None, text.replace(" ", "").split(",")):
        name, _, share = part.partition("=")
        mood = known.get(name)
        if mood is None or not share.isascii() or not share.isdigit():
            raise SettingsFault(
                f"XIAOER_PAYMENT_MOODS: {part!r} is not mood=percent; moods are {', '.join(MOODS)}."
            )
        found[mood] = int(share)
    if sum(found.values()) > 100:
        raise SettingsFault("XIAOER_PAYMENT_MOODS: the shares are more than 100 percent.")
    return found


def _answer(row: tuple[int, str, int, str, str]) -> ProviderAnswer:
    number, key, amount_minor, currency, at = row
    moment = datetime.fromisoformat(at).astimezone(UTC)
    return ProviderAnswer(
        ref=f"dev-{number}", key=key, amount_minor=amount_minor, currency=currency, at=moment
    )
