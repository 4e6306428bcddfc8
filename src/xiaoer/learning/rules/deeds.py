"""What may be done with an unsatisfied dialogue now, and why not where it may not."""

from collections.abc import Mapping
from typing import Final, Literal
from uuid import UUID

from msgspec import Struct

from xiaoer.kernel.refusal import Refused
from xiaoer.learning.machine import DIALOGUE, Event, State
from xiaoer.learning.model import Dialogue

Deed = Literal["plan", "contest", "decide", "hint", "share"]
DEEDS: Final[tuple[Deed, ...]] = ("plan", "contest", "decide", "hint", "share")
_EVENT: Final[Mapping[Deed, Event]] = {
    "plan": Event.PLAN,
    "contest": Event.CONTEST,
    "decide": Event.SET_ASIDE,
}


class DialogueDeed(Struct, frozen=True):
    """Something the viewer may do now, or the code that says why not."""

    deed: Deed
    allowed: bool
    code: str | None = None


def may(dialogue: Dialogue, deed: Deed, person: UUID, *, leads: bool) -> Refused | None:
    """Why somebody may not do something now; None when he may.

    The agent answers for himself; whoever leads the shop decides and advises, but never about his own.
    Codes: learning.not_yours, not_now, own_dialogue.
    """
    own = dialogue.agent == person
    if deed in {"plan", "contest"} and not own:
        return Refused("not_allowed", "learning.not_yours")
    if deed in {"decide", "hint"}:
        if not leads:
            return Refused("not_allowed", "learning.lead_only")
        if own:
            return Refused("not_allowed", "learning.own_dialogue")
    event = _EVENT.get(deed)
    if event is not None and not DIALOGUE.takes(State(dialogue.state), event):
        return Refused("not_now", "learning.not_now")
    return None


def deeds(dialogue: Dialogue, person: UUID, *, leads: bool) -> list[DialogueDeed]:
    """Every deed with its answer, in the order the buttons stand."""
    found: list[DialogueDeed] = []
    for deed in DEEDS:
        refused = may(dialogue, deed, person, leads=leads)
        found.append(DialogueDeed(deed, refused is None, refused.code if refused else None))
    return found
