"""Measures as tests impose them."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from xiaoer.measures.model import MeasureStatement, MeasureWish
from xiaoer.plumbing.clock import new_id

REASONS = MeasureStatement(
    facts="客服在聊天中辱骂买家。",
    table="penalties.abuse",
    row="D5-2",
    basis="P-015",
    rules_version="taobao.0",
    evidence=("E-1",),
)


def wish(subject: UUID, now: datetime, **more: Any) -> MeasureWish:
    """A shop shielded for seven days, unless `more` says otherwise."""
    given: dict[str, Any] = {
        "id": new_id(),
        "subject_kind": "shop",
        "subject": subject,
        "kind": "shield_shop",
        "source_kind": "penalty",
        "source": new_id(),
        "reason": "abuse",
        "statement": REASONS,
        "begins_at": now,
        "ends_at": now + timedelta(days=7),
    }
    return MeasureWish(**(given | more))
