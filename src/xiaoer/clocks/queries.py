"""What others may ask the clocks."""

import tomllib
from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import lru_cache
from importlib.resources import files
from typing import Any
from uuid import UUID

import msgspec

from xiaoer.clocks import store
from xiaoer.clocks.store import Running, StoredCalendar
from xiaoer.kernel.calendar import Calendar
from xiaoer.kernel.calendar_text import parse
from xiaoer.plumbing.db import Tx


class InForce(msgspec.Struct, frozen=True):
    """A shop's calendar as written, and its version; 0 means the one that is shipped."""

    body: Mapping[str, Any]
    version: int

    def calendar(self) -> Calendar:
        """The calendar, ready to count."""
        return _parsed(msgspec.json.encode(self.body, order="sorted"))


async def calendar(tx: Tx, shop: UUID) -> InForce:
    """The calendar in force for a shop."""
    return _in_force(await store.calendar(tx, shop))


async def calendar_at(tx: Tx, shop: UUID, moment: datetime) -> InForce:
    """The calendar that was in force for a shop at a moment."""
    return _in_force(await store.calendar_at(tx, shop, moment))


def _in_force(stored: StoredCalendar | None) -> InForce:
    return InForce(stored.body, stored.version) if stored else InForce(shipped_calendar(), 0)


async def running(tx: Tx, owners: Sequence[UUID]) -> Sequence[Running]:
    """The clocks that run for some owners, the first due first."""
    return await store.running(tx, owners)


@lru_cache(maxsize=1)
def shipped_calendar() -> Mapping[str, Any]:
    """The calendar of a shop that has not set its own."""
    return tomllib.loads((files("xiaoer.clocks") / "tables" / "default_calendar.toml").read_text("utf-8"))


@lru_cache(maxsize=4096)
def _parsed(body: bytes) -> Calendar:
    return parse(msgspec.json.decode(body, type=dict[str, Any]))
