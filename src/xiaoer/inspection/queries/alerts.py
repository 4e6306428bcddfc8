"""Alerts of running conversations, to read; and the last lines they are raised from."""

from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import Final
from uuid import UUID

from msgspec import Struct

from xiaoer.inspection.model import TalkLine
from xiaoer.inspection.queries.scores import masked_line
from xiaoer.inspection.rules.alerts import Alert, Watch
from xiaoer.inspection.rules.mood import Mood
from xiaoer.inspection.store import alerts as store
from xiaoer.inspection.store.alerts import RunningLine
from xiaoer.inspection.store.scores import LineRow
from xiaoer.kernel.refusal import Refusal, Refused
from xiaoer.plumbing.db import Tx
from xiaoer.plumbing.program import ShortSlice

UNKNOWN: Final = Refused("not_found", "inspection.unknown_alert")
OPEN_MOST: Final = 50
HEARD_MOST: Final = 2_000
"""So many talks are remembered, at about 20 kB each."""


class Running(Struct, frozen=True):
    """A conversation's last consultation, heard up to its last line; the lines were masked (U-02)."""

    shop: UUID
    conversation: UUID
    consultation: int
    agent: UUID | None
    closed: bool
    watch: Watch


class Heard(Struct, frozen=True):
    """How far a talk was heard in this process."""

    watch: Watch
    read: int


_heard: Final[dict[tuple[UUID, UUID], Heard]] = {}
"""A memory of talks by marketplace and conversation, those heard last at its end; lines never change."""


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


async def running(tx: Tx, talks: Sequence[tuple[UUID, UUID]], mood: Mood) -> Mapping[UUID, Running]:
    """Some conversations (shop, conversation) with what was said in them; what was taken back is not heard.

    Of a talk this process has heard before only what is new is read.
    """
    known = {conversation: _known(tx.tenant, conversation, mood) for _, conversation in talks}
    found = await _read(tx, talks, known, mood)
    anew = [
        (shop, conversation)
        for shop, conversation in talks
        if known[conversation] and conversation not in found
    ]
    return found | await _read(tx, anew, {}, mood) if anew else found


async def _read(
    tx: Tx, talks: Sequence[tuple[UUID, UUID]], known: Mapping[UUID, Heard | None], mood: Mood
) -> dict[UUID, Running]:
    """Talks by conversation, without those that do not go on from where they were heard."""
    found: dict[UUID, Running] = {}
    asked = [(*talk, heard.read if (heard := known.get(talk[1])) else 0) for talk in talks]
    mine = ShortSlice()
    for conversation, group in groupby(await store.windows(tx, asked), key=lambda one: one.conversation):
        await mine.pause()
        rows, heard = list(group), known.get(conversation)
        if heard is not None and heard is not _known(tx.tenant, conversation, mood):
            continue  # somebody else has heard on meanwhile
        fresh = _fresh(rows, heard)
        if fresh is None:
            continue
        watch = _on(heard.watch, fresh) if heard else await _anew(mood, fresh, mine)
        remember(tx.tenant, conversation, Heard(watch, rows[-1].version))
        head = rows[0]
        found[conversation] = Running(
            head.shop, conversation, head.number, head.assignee, head.closed_at is not None, watch
        )
    return found


def _on(watch: Watch, fresh: Sequence[RunningLine]) -> Watch:
    """The watch, having heard what is new, in one go: others may hold the same watch."""
    for one in fresh:
        watch.take(_masked(one))
    return watch


async def _anew(mood: Mood, fresh: Sequence[RunningLine], mine: ShortSlice) -> Watch:
    """A talk heard for the first time: forty lines take longer than others should wait."""
    watch = Watch(mood)
    for one in fresh:
        watch.take(_masked(one))
        await mine.pause()
    return watch


def _masked(one: RunningLine) -> TalkLine:
    """A line without what is private (U-02)."""
    return masked_line(LineRow(one.version, one.role, one.person, one.kind, one.text, one.at, one.guard))


def _fresh(rows: Sequence[RunningLine], heard: Heard | None) -> list[RunningLine] | None:
    """Lines to be heard now; None when something heard was taken back, or lines are missing in between."""
    if heard is None:
        recalled = {one.recalls for one in rows}
        return [one for one in rows if one.kind != "recall" and one.version not in recalled]
    fresh = list(rows[1:])
    if rows[0].version != heard.read or any(one.kind == "recall" for one in fresh):
        return None
    return fresh


def _known(tenant: UUID, conversation: UUID, mood: Mood) -> Heard | None:
    heard = _heard.get((tenant, conversation))
    return heard if heard is not None and heard.watch.mood is mood else None


def remember(tenant: UUID, conversation: UUID, heard: Heard) -> None:
    """Keep how far a talk was heard; the one not heard for longest is forgotten for it."""
    key = (tenant, conversation)
    _heard.pop(key, None)
    while len(_heard) >= HEARD_MOST:
        del _heard[next(iter(_heard))]
    _heard[key] = heard


async def guarded(tx: Tx, places: Sequence[tuple[UUID, UUID, int]]) -> set[tuple[UUID, int]]:
    """Which of some lines (shop, conversation, version) the guard said something about."""
    return {(one.conversation, one.version) for one in await store.guarded(tx, places)} if places else set()
