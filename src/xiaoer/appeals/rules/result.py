"""What is said when an appeal is decided, and which ways are open after it."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Final

from xiaoer.appeals.model import (
    Appeal,
    AppealStatement,
    DecideAppealWish,
    Effect,
    Result,
    Shown,
    Way,
)
from xiaoer.kernel.refusal import Refused

_ALWAYS: Final[tuple[Way, ...]] = ("mediation", "hotline_12315", "arbitration", "court")
PUBLISHED: Final = frozenset({"correction_published"})


def answered(wish: DecideAppealWish, shown: Collection[Shown]) -> Refused | None:
    """Every evidence is used or not used for a reason, none is both; None when that is so (D11)."""
    known = {one.id for one in shown}
    used, unused = set(wish.used), {one.evidence for one in wish.refused}
    if not (used | unused) <= known or used & unused:
        return Refused("invalid", "appeals.unknown_evidence")
    if left := known - used - unused:
        return Refused("invalid", "appeals.evidence_unanswered", facts={"left": len(left)})
    return None


def next_ways(profile: str) -> tuple[Way, ...]:
    """Where somebody may turn now; in the European Union also to a certified body (L-084, X-008)."""
    return ("certified_body", *_ALWAYS) if profile == "eu" else _ALWAYS


def decided(
    appeal: Appeal, wish: DecideAppealWish, effects: Sequence[Effect], profile: str, now: datetime
) -> AppealStatement:
    """The statement of a decision by a person."""
    return AppealStatement(
        result=wish.result,
        facts=wish.facts,
        rows=tuple(wish.rows),
        version=appeal.rules_version,
        used=tuple(wish.used),
        refused=tuple(wish.refused),
        automated=False,
        human=True,
        next=next_ways(profile),
        effects=tuple(effects),
        correction=any(one.kind in PUBLISHED for one in effects),
        decided_by=appeal.judge,
        at=now,
    )


def not_taken(
    appeal: Appeal, profile: str, now: datetime, *, facts: str, row: str, human: bool
) -> AppealStatement:
    """The statement of an appeal that was not taken: by a person, or because nothing was shown in time."""
    result: Result = "refused"
    return AppealStatement(
        result=result,
        facts=facts,
        rows=(row,),
        version=appeal.rules_version,
        used=(),
        refused=(),
        automated=not human,
        human=human,
        next=next_ways(profile),
        effects=(),
        correction=False,
        decided_by=None,
        at=now,
    )
