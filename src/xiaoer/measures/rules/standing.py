"""May this be done, by whom, while these measures are in force?"""

import tomllib
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from functools import lru_cache
from importlib.resources import files
from typing import Final, cast
from uuid import UUID

from xiaoer.kernel.refusal import Refused
from xiaoer.kernel.table import Table
from xiaoer.measures.model import Group, Held, MeasureKind, Standing, Who

TABLE: Final = "measures.stops"
NOBODY: Final = Standing({})


@lru_cache(maxsize=1)
def groups() -> Mapping[str, Group]:
    """The group of every deed that some measure may stop (tables/deeds.toml)."""
    text = (files("xiaoer.measures") / "tables" / "deeds.toml").read_text("utf-8")
    return {
        deed: cast("Group", group) for group, entry in tomllib.loads(text).items() for deed in entry["deeds"]
    }


def group_of(deed: str) -> Group:
    """The group of a deed; what nobody may stop is running business."""
    return groups().get(deed, "running")


def binds(held: Held, now: datetime) -> bool:
    """Whether a measure takes something away at this moment."""
    if now < held.begins_at:
        return False
    return held.ends_at is None or now < held.ends_at or (held.exam and not held.passed)


def stopped(
    table: Table, held: Iterable[Held], group: Group, who: Who, *, shop: UUID | None, now: datetime
) -> Refused | None:
    """The refusal by the measure that lasts longest, or None. `shop`: where the deed is done.

    Code: `measures.in_force`, whose row is the kind of the measure; facts `measure`, `why`, `until`.
    """
    if group == "running":
        return None
    found = [
        one
        for one in held
        if (one.scope is None or one.scope == shop)
        and binds(one, now)
        and table.decide({"kind": one.kind, "group": group, "who": who}).word("effect") == "stopped"
    ]
    return refusal(max(found, key=_lasts)) if found else None


def refusal(one: Held) -> Refused:
    """What whoever is stopped is told."""
    return Refused(
        "not_allowed",
        "measures.in_force",
        row=one.kind,
        facts={
            "measure": str(one.id),
            "kind": one.kind,
            "why": one.reason,
            "until": one.ends_at.isoformat() if one.ends_at else None,
        },
    )


def hidden(table: Table, standing: Standing, now: datetime) -> frozenset[UUID]:
    """The shops that lists and searches of buyers leave out."""
    return frozenset(
        subject
        for subject, held in standing.held.items()
        if stopped(table, held, "shops", "other", shop=subject, now=now) is not None
    )


def by_subject(held: Sequence[Held]) -> Standing:
    """Measures as the door looks them up."""
    found: dict[UUID, list[Held]] = {}
    for one in held:
        found.setdefault(one.subject, []).append(one)
    return Standing(found)


def changed(standing: Standing, subjects: Collection[UUID], held: Sequence[Held]) -> Standing:
    """The same standing with what was read anew of some subjects."""
    kept = {subject: old for subject, old in standing.held.items() if subject not in subjects}
    return Standing({**kept, **by_subject(held).held})


def kinds(held: Iterable[Held], now: datetime) -> frozenset[MeasureKind]:
    """What binds a subject at this moment."""
    return frozenset(one.kind for one in held if binds(one, now))


def _lasts(one: Held) -> tuple[bool, float]:
    return one.ends_at is None, one.ends_at.timestamp() if one.ends_at else 0.0
