"""Who judges: somebody who can, has the fewest, knows neither side and never sat in it before."""

from collections.abc import Collection, Sequence
from hashlib import sha256
from typing import Protocol
from uuid import UUID


class Candidate(Protocol):
    """What is known of an officer when somebody is to judge."""

    @property
    def person(self) -> UUID: ...
    @property
    def skills(self) -> Sequence[str]: ...
    @property
    def active(self) -> bool: ...
    @property
    def open(self) -> int: ...
    @property
    def conflict(self) -> bool: ...
    @property
    def sat(self) -> bool: ...


def may_judge(one: Candidate, parties: Collection[UUID]) -> bool:
    """Nobody judges who is a party, has declared a conflict, or sat in the dispute before (S-070, L-153)."""
    return not one.conflict and not one.sat and one.person not in parties


def choose(officers: Sequence[Candidate], issues: Collection[str], parties: Collection[UUID]) -> UUID | None:
    """Whoever has the skill for most of the issues, then the fewest open disputes; None when nobody may."""
    free = [one for one in officers if one.active and may_judge(one, parties)]
    if not free:
        return None
    return min(free, key=lambda one: (-_skilled(one, issues), one.open, one.person)).person


def _skilled(one: Candidate, issues: Collection[str]) -> int:
    return len(issues) if not one.skills else sum(issue in one.skills for issue in issues)


def is_sampled(ruling: UUID, percent: int) -> bool:
    """Whether a ruling falls into the sample a second officer reads; nobody can choose."""
    return int.from_bytes(sha256(ruling.bytes).digest()[:4]) % 100 < percent
