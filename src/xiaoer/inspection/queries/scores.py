"""What others may ask: inspections one by one, in lists, in sums; and the words they read, masked."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final, cast
from uuid import UUID

import msgspec

from xiaoer.guard.model import CarriedProof
from xiaoer.guard.model import Kind as GuardKind
from xiaoer.inspection.model import (
    InspectionScore,
    OrderFact,
    Reading,
    Role,
    ScoreLine,
    Settlement,
    Talk,
    TalkLine,
)
from xiaoer.inspection.rules import mood
from xiaoer.inspection.rules.mood import Mood
from xiaoer.inspection.store import scores as store
from xiaoer.inspection.store.scores import ConsultationRow, LineRow, OpenRow
from xiaoer.kernel.mask import mask_text
from xiaoer.kernel.refusal import Refusal, Refused
from xiaoer.orders import queries as orders
from xiaoer.plumbing.db import Tx

UNKNOWN: Final = Refused("not_found", "inspection.unknown")
VEILED: Final = Refused("not_now", "inspection.veiled")
LINES_MAX: Final = 5_000
_ORDERS: Final = 20
_PERSONAL: Final = ("words", "reference", "reason", "file_name")
_models: Final[dict[UUID, Mood]] = {}
"""Models this process has read; what an id names never changes."""


async def score(tx: Tx, id: UUID) -> InspectionScore:
    """One inspection whole. Raises Refusal."""
    found = await store.find_score(tx, id)
    if found is None:
        raise Refusal(UNKNOWN)
    return found


async def scores(
    tx: Tx,
    shop: UUID,
    *,
    agent: UUID | None = None,
    conversation: UUID | None = None,
    grade: str | None = None,
    flag: str | None = None,
    since: datetime | None = None,
    until: datetime | None = None,
    before: UUID | None = None,
    limit: int = 50,
    seen: bool = True,
) -> Sequence[ScoreLine]:
    """The last inspection of each consultation of a shop, the newest first; veils are the doors' affair."""
    return await store.scores_page(
        tx,
        shop,
        agent=agent,
        conversation=conversation,
        grade=grade,
        flag=flag,
        since=since,
        until=until,
        before=before,
        limit=limit,
        seen=seen,
    )


async def settlements(tx: Tx, shop: UUID, score: UUID) -> Sequence[Settlement]:
    """What people added to a score, in order; the last one stands."""
    return await store.settlements(tx, shop, score)


async def scores_of(tx: Tx, shop: UUID, conversation: UUID) -> Sequence[ScoreLine]:
    """The inspections of one conversation, each consultation's last."""
    return await scores(tx, shop, conversation=conversation, limit=200)


async def readings(
    tx: Tx, shop: UUID, conversation: UUID, *, before: UUID | None, limit: int
) -> Sequence[Reading]:
    """Who read a conversation for quality, the newest first."""
    return await store.readings(tx, shop, conversation, before=before, limit=limit)


# ── words, masked ────────────────────────────────────────────────────────


async def consultation_of(
    tx: Tx, shop: UUID, conversation: UUID, number: int | None = None
) -> ConsultationRow | None:
    """One consultation, or (None) the last of a conversation."""
    return await store.consultation(tx, shop, conversation, number)


async def talk_of(tx: Tx, shop: UUID, conversation: UUID, about: ConsultationRow) -> Talk:
    """One consultation's words for quality: personal data hidden (U-02).

    Whoever shows them to a person writes the reading down first: actions/reading.py.
    """
    rows = await store.lines(
        tx,
        shop,
        conversation,
        consultation=about.number,
        first=about.opened_version,
        last=about.last,
        limit=LINES_MAX,
    )
    return Talk(
        id=str(conversation),
        lines=tuple(map(masked_line, rows)),
        shop=str(shop),
        buyer=str(about.buyer),
        agent="" if about.assignee is None else str(about.assignee),
        consultation=about.number,
        closed=about.closed_at is not None,
    )


def masked_line(row: LineRow) -> TalkLine:
    """A message as inspection reads it."""
    kinds: list[Any] = [finding.get("kind") for finding in (row.guard or {}).get("findings", ())]
    marked = tuple(dict.fromkeys(cast("list[GuardKind]", [kind for kind in kinds if kind])))
    return TalkLine(
        row.version,
        cast("Role", row.role),
        mask_text(row.text),
        row.at,
        "" if row.person is None else str(row.person),
        cast("Any", row.kind),
        marked if row.role != "buyer" else (),
        tuple(map(_carried, (row.guard or {}).get("overridden", ()))),
    )


def _carried(proof: Mapping[str, str]) -> CarriedProof:
    """A proof as inspection reads it: without who filed it, personal data hidden."""
    hidden = {name: mask_text(proof[name]) for name in _PERSONAL if name in proof}
    return msgspec.convert({**proof, **hidden}, CarriedProof)


async def order_of(tx: Tx, shop: UUID, buyer: UUID, words: str) -> OrderFact | None:
    """The order a talk is about: the one it names, else the buyer's only one; None when that is not clear."""
    found = await orders.purchases_of_buyer(tx, shop, buyer, limit=_ORDERS)
    named = [one for one in found if one.external_id in words]
    chosen = named[0] if named else found[0] if len(found) == 1 else None
    if chosen is None:
        return None
    whole = await orders.purchase(tx, shop, chosen.id)
    return OrderFact(
        number=whole.external_id,
        state=whole.state,
        paid_minor=whole.paid_minor,
        currency=whole.currency,
        dispatched_at=whole.dispatched_at,
        signed_at=whole.signed_at,
        parcels=tuple(one.tracking_number for one in whole.parcels if one.tracking_number),
    )


async def mood_of(tx: Tx) -> Mood:
    """The marketplace's own model of dissatisfaction, else the shipped one."""
    newest = await store.newest_model(tx)
    if newest is None:
        return mood.shipped()
    known = _models.get(newest)
    if known is None:
        known = _models[newest] = mood.read_mood(await store.model_body(tx, newest))
    return known


async def long_open(
    tx: Tx, *, opened_before: datetime, inspected_after: datetime, limit: int
) -> Sequence[OpenRow]:
    """Consultations that are open for long and have news since they were last inspected."""
    return await store.long_open(
        tx, opened_before=opened_before, inspected_after=inspected_after, limit=limit
    )
