"""What a side may do with a grant now, and why not where it may not."""

from collections.abc import Mapping
from typing import Final

from msgspec import Struct

from xiaoer.compensation.machine import GRANT, Event, State
from xiaoer.compensation.model import OVER, Grant, GrantSide
from xiaoer.kernel.refusal import Refused

E = Event
_WAYS: Final[Mapping[GrantSide, Mapping[str, Event]]] = {
    "receiver": {"claim": E.CLAIM, "accept": E.ACCEPT, "contest": E.CONTEST},
    "shop": {"use": E.USE},
    "officer": {"answer": E.OFFER, "undo": E.UNDO},
    "program": {},
}
_KINDS: Final[Mapping[str, frozenset[str]]] = {
    "claim": frozenset({"red_packet"}),
    "accept": frozenset({"coupon", "points", "money", "red_packet"}),
    "contest": frozenset({"coupon", "points", "money"}),
    "use": frozenset({"coupon"}),
}
CONTESTS: Final = 1
"""An answer of people stands; what is left is the ways outside."""


class GrantDeed(Struct, frozen=True):
    """Something the viewer may do now, or the code that says why not."""

    deed: str
    allowed: bool
    code: str | None = None


def may(grant: Grant, side: GrantSide, deed: str) -> Refused | None:
    """Why a side may not do something now; None when it may.

    Codes: compensation.over, not_now, answered_already.
    """
    if grant.state in OVER:
        return Refused("not_now", "compensation.over")
    if not GRANT.takes(State(grant.state), _WAYS[side][deed]):
        return Refused("not_now", "compensation.not_now", facts={"state": grant.state})
    if deed == "contest" and grant.contests >= CONTESTS:
        return Refused("not_now", "compensation.answered_already")
    return None


def deeds(grant: Grant, side: GrantSide) -> list[GrantDeed]:
    """Every deed of a side that its kind of grant knows, with its answer."""
    found: list[GrantDeed] = []
    for deed in _WAYS[side]:
        if grant.kind not in _KINDS.get(deed, {grant.kind}):
            continue
        refused = may(grant, side, deed)
        found.append(GrantDeed(deed, refused is None, refused.code if refused else None))
    return found
