"""Penalties as tests impose them."""

from datetime import datetime
from typing import Any
from uuid import UUID

from xiaoer.penalties.actions.impose import penalise
from xiaoer.penalties.model import Penalty, PenaltyWish
from xiaoer.plumbing.clock import new_id
from xiaoer.plumbing.db import Tx
from xiaoer.rulebook import queries as rulebook


def wish(subject: UUID, offence: Any = "abuse", grade: Any = "serious", **more: Any) -> PenaltyWish:
    """Serious abuse by a shop, decided by an officer, unless said otherwise."""
    given: dict[str, Any] = {
        "id": new_id(),
        "subject_kind": "shop",
        "subject": subject,
        "offence": offence,
        "grade": grade,
        "facts": "客服在聊天中辱骂买家。",
        "evidence": ("E-1",),
        "source_kind": "officer",
        "source": new_id(),
        "decided_by": new_id(),
    }
    return PenaltyWish(**(given | more))


async def impose(
    tx: Tx, subject: UUID, at: datetime, offence: Any = "abuse", grade: Any = "serious", **more: Any
) -> Penalty:
    """Impose one now, by the rules in force."""
    return await penalise(tx, wish(subject, offence, grade, **more), await rulebook.book(tx, None, at), at)
