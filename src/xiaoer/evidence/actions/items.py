"""Showing other evidence beside a sealed stretch: it is compared, weighed by D7, and kept with both."""

from datetime import datetime
from typing import Literal
from uuid import UUID

from msgspec import structs

from xiaoer.evidence import store
from xiaoer.evidence.model import Comparison, Correction, CorrectWish, EvidenceItem, ItemWish, Seal
from xiaoer.evidence.rules import weigh
from xiaoer.evidence.rules.compare import compare
from xiaoer.kernel.refusal import Refusal, Refused
from xiaoer.plumbing.db import Tx
from xiaoer.rulebook import actions as rulebook
from xiaoer.rulebook.model import Book

ITEMS_MAX = 200


async def show_item(
    tx: Tx,
    book: Book,
    seal: Seal,
    wish: ItemWish,
    *,
    person: UUID,
    side: Literal["buyer", "shop"],
    ids: tuple[UUID, UUID],
    now: datetime,
) -> EvidenceItem:
    """Keep an evidence with what D7 says of it; `ids` are its own and its decision's.

    Raises Refusal: unknown_file for a file that is not one's own, too_many_items.
    """
    if set(wish.files) - await store.own_files(tx, wish.files, person, seal.conversation):
        raise Refusal(Refused("not_found", "evidence.unknown_file"))
    if len(await store.items(tx, seal.id, ITEMS_MAX)) >= ITEMS_MAX:
        raise Refusal(Refused("refused", "evidence.too_many_items", facts={"items": ITEMS_MAX}))
    comparison = Comparison("not_compared")
    if wish.kind == "screenshot":
        rows = await store.stretch(tx, seal.shop, seal.conversation, seal.first, seal.last)
        comparison = compare(wish.text, [row.line() for row in rows])
    decision = await rulebook.decide(
        tx,
        book,
        weigh.TABLE,
        weigh.facts(wish.kind, wish.shows, comparison.matches, wish.timing),
        id=ids[1],
        shop=seal.shop,
        subject_kind="evidence",
        subject=ids[0],
        actor=person,
        now=now,
    )
    made = EvidenceItem(
        id=ids[0],
        seal=seal.id,
        kind=wish.kind,
        side=side,
        person=person,
        text=wish.text,
        files=tuple(wish.files),
        shows=tuple(wish.shows),
        timing=wish.timing,
        comparison=comparison,
        weighed=weigh.weighed(decision, wish.kind, wish.shows),
        at=now,
    )
    await store.add_item(tx, made)
    return made


async def correct_item(
    tx: Tx,
    book: Book,
    seal: Seal,
    item: UUID,
    wish: CorrectWish,
    *,
    person: UUID,
    decision_id: UUID,
    now: datetime,
) -> EvidenceItem:
    """Say what an evidence of an opened number shows, or when it came; D7 is asked anew.

    What its author said stays beside it. Raises Refusal: unknown_item, nothing_to_correct.
    """
    found = next((one for one in await store.items(tx, seal.id, ITEMS_MAX) if one.id == item), None)
    if found is None:
        raise Refusal(Refused("not_found", "evidence.unknown_item"))
    shows = found.shows if wish.shows is None else tuple(dict.fromkeys(wish.shows))
    timing = wish.timing or found.timing
    if (shows, timing) == (found.shows, found.timing):
        raise Refusal(Refused("invalid", "evidence.nothing_to_correct"))
    decision = await rulebook.decide(
        tx,
        book,
        weigh.TABLE,
        weigh.facts(found.kind, shows, found.comparison.matches, timing),
        id=decision_id,
        shop=seal.shop,
        subject_kind="evidence",
        subject=found.id,
        actor=person,
        now=now,
    )
    before = Correction(person, wish.reason, found.shows, found.timing, found.weighed.row, now)
    after = structs.replace(
        found,
        shows=shows,
        timing=timing,
        weighed=weigh.weighed(decision, found.kind, shows),
        corrected=before,
    )
    await store.correct_item(tx, after)
    return after
