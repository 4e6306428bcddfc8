"""Where a complaint becomes a dispute, and where the dispute is told that there is nothing left to judge."""

from datetime import datetime

from xiaoer.complaints.model import Complaint
from xiaoer.plumbing.db import Tx


async def opened(tx: Tx, complaint: Complaint, now: datetime) -> Complaint:  # noqa: ARG001
    """The complaint with the dispute that judges it."""
    return complaint


async def closed(tx: Tx, complaint: Complaint, why: str, now: datetime) -> None:
    """It was withdrawn, or an apology was accepted: nothing is left to judge."""
