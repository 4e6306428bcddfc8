"""Is a complaint taken on? What the program knows, what people find, and what table D15 says of it."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final, Literal, cast

from msgspec import Struct, structs

from xiaoer.complaints.model import Complaint, ComplaintType, FindingWish, NotTaken
from xiaoer.kernel.table import Decision

TABLE: Final = "complaints.acceptance"
_RULED: Final = frozenset({"upheld", "rejected", "not_proved"})


class Known(Struct, frozen=True):
    """What D15 asks of a complaint."""

    duplicate: bool
    malice: Literal["none", "signs", "shown"]
    deal: Literal["real", "none", "different", "fake"]
    decided: Literal["no", "no_new_fact", "new_fact"]
    settled: bool
    only_damages: bool
    timing: Literal["in_time", "excused", "late"]
    evidence: bool


class Before(Struct, frozen=True):
    """An earlier complaint of the same matter, as D15 asks about it."""

    state: str
    evidence: Sequence[str]


def known(
    complaint: Complaint,
    kind: ComplaintType,
    before: Sequence[Before],
    *,
    files: int,
    until: datetime | None,
    strong: bool,
    danger: bool,
) -> Known:
    """The facts as the program sees them; `until` is the end of the window, `strong` a strong signal.

    Danger to life or health has no time limit (T-003), and waits for nobody's evidence.
    """
    shown = bool(complaint.evidence) if kind.needs == "number" else bool(complaint.evidence) or files > 0
    late = until is not None and complaint.lodged_at > until
    ruled = [one for one in before if one.state in _RULED]
    fresh = {*complaint.evidence} - {number for one in ruled for number in one.evidence}
    return Known(
        duplicate=any(one.state not in _RULED and not _ended(one.state) for one in before),
        malice="signs" if strong else "none",
        deal="real" if complaint.purchase else "none",
        decided=("new_fact" if fresh else "no_new_fact") if ruled else "no",
        settled=any(one.state in {"apology_accepted", "settled"} for one in before),
        only_damages=bool(complaint.asks) and {*complaint.asks} == {"damages"},
        timing=("excused" if danger else "late") if late else "in_time",
        evidence=shown or kind.needs == "none" or danger,
    )


def _ended(state: str) -> bool:
    return state in {"refused", "merged", "withdrawn", "apology_accepted", "settled"}


def found(facts: Known, wish: FindingWish) -> Known:
    """The same with what people found; they have looked, so signs alone hold nothing up."""
    said = {name: getattr(wish, name) for name in ("deal", "timing", "settled", "decided", "evidence")}
    looked = structs.replace(facts, **{name: value for name, value in said.items() if value is not None})
    return structs.replace(looked, malice=wish.malice or "none")


def facts_of(known: Known) -> dict[str, object]:
    """What the table is asked."""
    return structs.asdict(known)


def not_taken(decision: Decision, text: str, *, automated: bool) -> NotTaken:
    """Why a complaint is not taken on, as it is kept and shown."""
    ways = str(decision.outcome.get("ways") or "").split()
    reason = cast("Literal['late']", decision.outcome["reason"])
    return NotTaken(reason, decision.row, tuple(ways), text, automated)
