"""Where a complaint stands on the ladder D13, and what a cause does to it there."""

from typing import Final, cast

from msgspec import Struct

from xiaoer.complaints.model import Cause, ComplaintType, Danger, Rung
from xiaoer.kernel.table import Decision

TABLE: Final = "complaints.ladder"
_AT_LAST: Final = frozenset({"outside"})


class Climb(Struct, frozen=True):
    """What the table said: the rung from now on, and what is done besides."""

    rung: Rung
    safety_team: bool
    suspend: bool
    by_platform: bool
    report: bool


def cause_of(kind: ComplaintType, danger: Danger, *, mass: bool, again: bool) -> Cause:
    """The weightiest cause a complaint begins with."""
    if danger != "none":
        return danger
    if kind.cause == "prohibited_goods":
        return kind.cause
    if mass:
        return "mass_claims"
    return "repeat" if again and kind.cause == "unsolved" else kind.cause


def can_climb(rung: Rung) -> bool:
    """Whether anything is left above."""
    return rung not in _AT_LAST


def facts(rung: Rung, cause: Cause) -> dict[str, object]:
    """What the table asks; whether a jury decides is settled by the dispute, not by the complaint."""
    return {"rung": rung, "cause": cause, "simple_fact": False}


def climb(decision: Decision, rung: Rung) -> Climb:
    """What the table said."""
    said = decision.outcome
    return Climb(
        rung=cast("Rung", said.get("next") or rung),
        safety_team=bool(said["safety_team"]),
        suspend=bool(said["suspend"]),
        by_platform=bool(said["by_platform"]),
        report=bool(said["report"]),
    )
