"""Alerts of running conversations, to read; and the last lines they are raised from."""

from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import Final
from uuid import UUID

from msgspec import Struct

from xiaoer.inspection.model import TalkLine
from xiaoer.inspection.queries.scores import masked_line
from xiaoer.inspection.rules.alerts import Alert
from xiaoer.inspection.store import alerts as store
from xiaoer.inspection.store.scores import LineRow
from xiaoer.kernel.refusal import Refusal, Refused
from xiaoer.plumbing.db import Tx

UNKNOWN: Final = Refused("not_found", "inspection.unknown_alert")
OPEN_MOST: Final = 50


class Running(Struct, frozen=True):
    """The last lines of a conversation's last consultation, masked (U-02)."""

    shop: UUID
    conversation: UUID
    consultation: int
    agent: UUID | None
    closed: bool
    lines: tuple[TalkLine, ...]


async def still_open(tx: Tx, shop: UUID) -> Sequence[Alert]:
    """What nobody has acknowledged and still runs, the greatest risk first."""
    return await store.still_open(tx, shop, OPEN_MOST)


async def find(tx: Tx, shop: UUID, id: UUID) -> Alert:
    """One alert of a shop. Raises Refusal(not_found)."""
    found = await store.find(tx, shop, id)
    if found is None:
        raise Refusal(UNKNOWN)
    return found


async def page(tx: Tx, shop: UUID, *, before: UUID | None, limit: int) -> Sequence[Alert]:
    """Every alert of a shop with what was done about it, the newest first."""
    return await store.page(tx, shop, conversation=None, consultation=None, before=before, limit=limit)


async def of_consultation(tx: Tx, shop: UUID, conversation: UUID, number: int) -> Sequence[Alert]:
    """The alerts of one consultation, the newest first."""
    return await store.page(tx, shop, conversation=conversation, consultation=number, before=None, limit=20)


async def running(tx: Tx, talks: Sequence[tuple[UUID, UUID]]) -> Mapping[UUID, Running]:
    """The last lines of some conversations (shop, conversation); what was taken back is not read."""
    found: dict[UUID, Running] = {}
    for conversation, group in groupby(await store.windows(tx, talks), key=lambda one: one.conversation):
        rows = list(group)
        recalled = {one.recalls for one in rows}
        lines = tuple(
            masked_line(LineRow(one.version, one.role, one.person, one.kind, one.text, one.at, one.guard))
            for one in rows
            if one.kind != "recall" and one.version not in recalled
        )
        head = rows[0]
        found[conversation] = Running(
            head.shop, conversation, head.number, head.assignee, head.closed_at is not None, lines
        )
    return found


async def guarded(tx: Tx, places: Sequence[tuple[UUID, UUID, int]]) -> set[tuple[UUID, int]]:
    """Which of some lines (shop, conversation, version) the guard said something about."""
    return {(one.conversation, one.version) for one in await store.guarded(tx, places)} if places else set()
