"""Talks are drawn for people to grade: by chance and by risk, so that the same seed draws the same."""

from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from xiaoer.grading.actions.move import begin
from xiaoer.grading.model import Chosen, Draw, DrawWish
from xiaoer.grading.rules import draw as rules
from xiaoer.grading.rules.draw import Sizes
from xiaoer.grading.store import samples as store
from xiaoer.inspection.actions.settle import veil
from xiaoer.kernel.refusal import Refusal, Refused
from xiaoer.plumbing.clock import new_id
from xiaoer.plumbing.db import Tx
from xiaoer.rulebook import queries as rulebook
from xiaoer.rulebook.model import Book

CANDIDATES_MAX: Final = 20_000
DAYS_MAX: Final = 92


async def draw_samples(
    tx: Tx, shop: UUID, wish: DrawWish, *, person: UUID | None, now: datetime, seed: str | None = None
) -> Draw:
    """Draw talks of a shop and a time, and lay them before the graders; their scores are veiled.

    Raises Refusal(invalid grading.draw_when; refused grading.nothing_to_draw).
    """
    until = min(wish.until, now)
    if not wish.since < until <= wish.since + timedelta(days=DAYS_MAX):
        raise Refusal(Refused("invalid", "grading.draw_when", facts={"days": DAYS_MAX}))
    book = await rulebook.book(tx, shop, now)
    fresh = new_id()
    seed = seed or fresh.hex
    chosen, count = await _choose(tx, shop, wish.since, until, draw=fresh, seed=seed, book=book, now=now)
    if not chosen:
        raise Refusal(Refused("refused", "grading.nothing_to_draw"))
    kept = Draw(
        id=fresh,
        shop=shop,
        since=wish.since,
        until=until,
        seed=seed,
        candidates=count,
        random=sum(one.drawn_for == "random" for one in chosen),
        risk=sum(one.drawn_for == "risk" for one in chosen),
        drawn_by=person,
        rules_version=book.version,
        at=now,
    )
    await store.add_draw(tx, kept)
    for one in chosen:
        await begin(tx, shop, fresh, one, book=book, now=now)
        await veil(tx, shop, one.candidate.score, now)
    return kept


async def reproduced(tx: Tx, draw: Draw) -> bool:
    """Whether seed, period and the rules of that day draw the same talks again."""
    book = await rulebook.book(tx, draw.shop, draw.at)
    chosen, _ = await _choose(
        tx, draw.shop, draw.since, draw.until, draw=draw.id, seed=draw.seed, book=book, now=draw.at
    )
    return {one.candidate.score for one in chosen} == set(await store.drawn(tx, draw.shop, draw.id))


async def _choose(
    tx: Tx,
    shop: UUID,
    since: datetime,
    until: datetime,
    *,
    draw: UUID,
    seed: str,
    book: Book,
    now: datetime,
) -> tuple[tuple[Chosen, ...], int]:
    found = await store.candidates(
        tx, shop, since=since, until=until, draw=draw, now=now, limit=CANDIDATES_MAX
    )
    wanted: Sizes = rules.sizes(len(found), book)
    return rules.draw([rules.weigh(one, book, now) for one in found], seed, wanted), len(found)
