"""What a side may do with a block now, and why not where it may not: the one list buttons are drawn from."""

from collections.abc import Mapping
from typing import Final, Literal
from uuid import UUID

from msgspec import Struct

from xiaoer.blocks.machine import BLOCK, Event, State
from xiaoer.blocks.model import OVER, Block
from xiaoer.kernel.refusal import Refused

E = Event
Viewer = Literal["subject", "shop", "marketplace"]
ASKS: Final = 1
"""A review is asked for once; after that an appeal is open (D11)."""

_WAYS: Final[Mapping[Viewer, Mapping[str, tuple[Event, ...]]]] = {
    "subject": {"state": (E.STATE,), "ask": (E.ASK,), "receipt": (E.LIFT_WRONG, E.STATE)},
    "shop": {
        "approve": (E.BEGIN, E.BEGIN_ON_WATCH),
        "refuse": (E.REFUSE,),
        "withdraw": (E.WITHDRAW,),
        "lift": (E.LIFT,),
    },
    "marketplace": {
        "approve": (E.BEGIN, E.BEGIN_ON_WATCH),
        "refuse": (E.REFUSE,),
        "withdraw": (E.WITHDRAW,),
        "keep": (E.KEEP, E.KEEP_ON_WATCH),
        "lift": (E.LIFT,),
        "lift_wrong": (E.LIFT_WRONG,),
    },
}


_HEARD: Final = Refused("not_now", "blocks.heard_already")
_ASKED: Final = Refused("not_now", "blocks.asked_already")
_OWN_PROPOSAL: Final = Refused("not_allowed", "blocks.own_proposal")
_PEOPLE_APPROVE: Final = Refused("not_allowed", "blocks.people_approve")
_NOT_HEARD: Final = Refused("not_now", "blocks.not_heard_yet")
_NOT_YOURS: Final = Refused("not_allowed", "blocks.not_your_proposal")
_PEOPLE_DECIDE: Final = Refused("not_allowed", "blocks.people_decide")
_OWN_DECISION: Final = Refused("not_allowed", "blocks.own_decision")


class BlockDeed(Struct, frozen=True):
    """Something the viewer may do now, or the code that says why not."""

    deed: str
    allowed: bool
    code: str | None = None


def may(block: Block, viewer: Viewer, deed: str, person: UUID | None) -> Refused | None:
    """Why this person may not do that now; None when he may. Parties of the evidence are looked up later.

    Codes: blocks.over, not_now, heard_already, asked_already, own_proposal, people_approve, not_heard_yet,
    not_your_proposal, people_decide, own_decision.
    """
    if block.state in OVER:
        return Refused("not_now", "blocks.over")
    if not any(BLOCK.takes(State(block.state), event) for event in _WAYS[viewer][deed]):
        return Refused("not_now", "blocks.not_now", facts={"state": block.state})
    return next((refused for holds, refused in _held_back(block, viewer, person)[deed] if holds), None)


def _held_back(
    block: Block, viewer: Viewer, person: UUID | None
) -> Mapping[str, tuple[tuple[bool, Refused], ...]]:
    """What holds each deed back, the weightiest first."""
    is_shop = viewer == "shop"
    decided = person in {block.proposed_by, block.approved_by}
    return {
        "state": ((block.heard_at is not None, _HEARD),),
        "ask": ((block.asks >= ASKS, _ASKED),),
        "receipt": (),
        "approve": (
            (person == block.proposed_by, _OWN_PROPOSAL),
            (is_shop and block.approval != "shop", _PEOPLE_APPROVE),
            (block.state == "proposed" and not block.danger, _NOT_HEARD),
        ),
        "refuse": ((is_shop and block.approval != "shop", _PEOPLE_APPROVE),),
        "withdraw": ((person != block.proposed_by, _NOT_YOURS),),
        "lift": ((is_shop and block.side != "shop", _PEOPLE_DECIDE),),
        "keep": ((decided, _OWN_DECISION),),
        "lift_wrong": ((person is not None and decided, _OWN_DECISION),),
    }


def deeds(block: Block, viewer: Viewer, person: UUID | None) -> list[BlockDeed]:
    """Every deed of a viewer with its answer, in the order the buttons stand."""
    found: list[BlockDeed] = []
    for deed in _WAYS[viewer]:
        refused = may(block, viewer, deed, person)
        found.append(BlockDeed(deed, refused is None, refused.code if refused else None))
    return found
