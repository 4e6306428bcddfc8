"""Two shops live the same life, but for penalties that one of them had taken back: they stand alike."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from typing import Any
from uuid import UUID

import pytest

from tests import make
from tests.penalties.samples import impose
from xiaoer.clocks import queries as clocks
from xiaoer.measures.actions import clock as measure_clock
from xiaoer.measures.queries import measures
from xiaoer.measures.queries.standing import stopped_now
from xiaoer.penalties.actions import exam, reverse, year
from xiaoer.penalties.queries import penalties
from xiaoer.penalties.rules.exam import questions
from xiaoer.plumbing.clock import new_id
from xiaoer.plumbing.db import Tx
from xiaoer.rulebook import queries as rulebook

GOOD = {name: one.right for name, one in questions().items()}
KINDS: list[tuple[Any, Any]] = [
    ("abuse", "general"),
    ("abuse", "serious"),
    ("abuse", "especially_serious"),
    ("fake_goods", "minor"),
    ("fake_goods", "general"),
    ("spam_information", "especially_serious"),
    ("prohibited_goods", "general"),
    ("late_dispatch", "general"),
]
STEPS = 14


@dataclass
class Life:
    """One shop, and the penalties of it that are still to be taken back."""

    shop: UUID
    undone: list[UUID] = field(default_factory=list[UUID])


async def ring(tx: Tx, life: Life, now: datetime) -> None:
    """Let every measure whose time has come hear its clock."""
    for one in await measures.of_subject(tx, life.shop, is_open=True, limit=200):
        if one.state == "in_force" and one.ends_at is not None and one.ends_at <= now:
            await measure_clock.end_rang(tx, one.id, now)


async def stands(tx: Tx, life: Life, now: datetime) -> tuple[object, ...]:
    """A shop's points, its measures with what is left of them, and whether buyers see it."""
    held = await measures.in_force(tx, life.shop, now)
    hidden = await stopped_now(tx, "shop", life.shop, "shops", now, who="other")
    return (
        {one.track: one.points for one in await penalties.balance(tx, life.shop)},
        {(one.kind, "for ever" if one.ends_at is None else max(one.ends_at, now)) for one in held},
        hidden is None,
    )


async def is_sound(tx: Tx, life: Life) -> None:
    """No measure without reasons, notice and what ends it; every balance is the sum of its entries."""
    open_ones = await measures.of_subject(tx, life.shop, is_open=True, limit=200)
    running = {one.owner: one.name for one in await clocks.running(tx, [one.id for one in open_ones])}
    for one in open_ones:
        assert one.statement.facts
        assert one.told_at <= one.begins_at
        assert one.published_at is not None
        assert one.ends_at is None or one.id in running
    lines = await penalties.entries(tx, life.shop, limit=500)
    for balance in await penalties.balance(tx, life.shop):
        assert balance.points == sum(one.points for one in lines if one.track == balance.track)
        assert balance.points >= 0


@dataclass
class Pair:
    """A shop that errs and is wronged, and one that only errs."""

    erring: Life
    clean: Life
    now: datetime

    async def impose(self, tx: Tx, dice: Random) -> None:
        offence, grade = dice.choice(KINDS)
        await impose(tx, self.erring.shop, self.now, offence, grade)
        await impose(tx, self.clean.shop, self.now, offence, grade)

    async def wrong(self, tx: Tx, dice: Random) -> None:
        offence, grade = dice.choice(KINDS)
        self.erring.undone.append((await impose(tx, self.erring.shop, self.now, offence, grade)).id)

    async def undo(self, tx: Tx, dice: Random) -> None:
        if self.erring.undone:
            gone = self.erring.undone.pop(dice.randrange(len(self.erring.undone)))
            await reverse.reverse(tx, gone, id=new_id(), why="证据不足", by=new_id(), now=self.now)

    async def wait(self, tx: Tx, dice: Random) -> None:
        self.now += timedelta(days=dice.choice([1, 3, 8, 15, 40]), minutes=dice.randrange(600))
        for life in (self.erring, self.clean):
            await ring(tx, life, self.now)
        await year.close_some(tx, None, self.now)

    async def sit(self, tx: Tx, _dice: Random) -> None:
        book = await rulebook.book(tx, None, self.now)
        for life in (self.erring, self.clean):
            await exam.sit(tx, life.shop, GOOD, id=new_id(), person=new_id(), book=book, now=self.now)


@pytest.mark.parametrize("seed", range(12))
async def test_as_if_it_had_never_been(tx: Tx, now: datetime, seed: int) -> None:
    dice = Random(seed)
    await make.marketplace_in(tx, now=now)
    erring, clean = [Life((await make.shop_in(tx, now=now)).id) for _ in range(2)]
    pair = Pair(erring, clean, now)
    deeds = [pair.impose, pair.wrong, pair.undo, pair.wait, pair.sit]
    lived = dice.choices(deeds, [4, 4, 2, 6, 2], k=STEPS)
    for deed in [*lived, *[pair.undo] * STEPS]:
        pair.now += timedelta(seconds=1)
        await deed(tx, dice)
        await is_sound(tx, pair.erring)
        if not pair.erring.undone:
            assert await stands(tx, pair.erring, pair.now) == await stands(tx, pair.clean, pair.now)
    assert not pair.erring.undone
