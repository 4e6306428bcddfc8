"""Signs about somebody who complains, or is complained of, with the counts behind them."""

from datetime import datetime, timedelta
from typing import Final, Literal

from xiaoer.complaints.model import Complaint
from xiaoer.complaints.rules import signals as rules
from xiaoer.complaints.rules.signals import Signal
from xiaoer.complaints.store import lists
from xiaoer.plumbing.db import Tx
from xiaoer.rulebook.model import Book

YEAR: Final = timedelta(days=365)


async def signals_of(
    tx: Tx,
    complaint: Complaint,
    end: Literal["complainant", "accused"],
    book: Book,
    now: datetime,
    *,
    language: str = "zh-Hans",
) -> list[Signal]:
    """What is on record about one end of a complaint; nothing about the marketplace and its officers."""
    kind = complaint.complainant_kind if end == "complainant" else complaint.accused_kind
    who = complaint.complainant if end == "complainant" else complaint.accused
    if who is None or kind not in {"person", "shop"}:
        return []
    side: Literal["buyer", "shop"] = "buyer" if kind == "person" else "shop"
    found = await lists.record_of(tx, who, side, now - YEAR)
    counts = rules.counted(
        complaints=found.complaints,
        failed=found.failed,
        forged=found.forged,
        orders=found.orders,
        returns=found.returns,
    )
    return rules.signals(book.table(rules.TABLE), counts, language)
