"""Who stands how towards a conversation, and whether he may speak."""

from importlib.resources import files
from typing import Final, Literal, cast

from xiaoer.conversations.model.thread import Relation, Speaker, Standing, Thread
from xiaoer.kernel import table_text
from xiaoer.kernel.refusal import Kind, Refused

Deed = Literal["say", "open", "wake", "take", "resume"]
"""How somebody speaks: plainly; opening a consultation; waking a snoozed one; taking it from its queue;
opening one with himself as the assignee."""

SPEAK: Final = table_text.load((files("xiaoer.conversations") / "tables" / "speak.toml").read_text("utf-8"))
NOT_FOUND: Final = Refused("not_found", "conversations.not_found")
"""The same answer for what does not exist and for what must not be known: not even a row tells them apart."""

_KINDS: Final[dict[str, Kind]] = {
    "not_yours": "not_allowed",
    "with_colleague": "not_now",
    "not_open": "not_now",
    "merged": "not_now",
}
_SERVED: Final = frozenset({"assigned", "snoozed"})


def standing(speaker: Speaker, thread: Thread, relation: Relation) -> Standing:
    """Where somebody stands towards a conversation, his right counted in."""
    if speaker.role == "buyer":
        return "buyer" if speaker.own and thread.buyer == speaker.person else "hidden"
    if speaker.role in {"system", "auto"}:
        return "program"
    if thread.shop not in speaker.shops and not speaker.everywhere:
        return "hidden"
    leading = leads(speaker, thread)
    if speaker.role == "bot":
        return "program" if leading or speaker.own else "stranger"
    if not leading and not speaker.own:
        return "stranger"
    return _of_staff(speaker, thread, relation, leading=leading)


def leads(speaker: Speaker, thread: Thread) -> bool:
    """Whether the conversation is one of those he leads, whatever else he is to it."""
    return speaker.everywhere or thread.shop in speaker.leads


def _of_staff(speaker: Speaker, thread: Thread, relation: Relation, *, leading: bool) -> Standing:
    served = thread.state in _SERVED
    # the first that holds; last before helper: what was once shared with him too is still his to open again
    ranks: tuple[tuple[Standing, bool], ...] = (
        ("assignee", served and thread.assignee == speaker.person),
        ("queue", thread.state == "queued" and relation.in_queue),
        ("lead", leading),
        ("last", thread.state == "closed" and relation.served_last),
        ("helper", relation.shared),
        ("queue", served and relation.in_queue),
    )
    for rank, holds in ranks:
        if holds:
            return rank
    return "stranger"


def may_read(standing: Standing) -> bool:
    """Whether this standing lets somebody read the timeline."""
    return standing not in {"stranger", "hidden"}


def may_speak(standing: Standing, thread: Thread, relation: Relation) -> Deed | Refused:
    """How somebody may speak here, or why he may not (tables/speak.toml)."""
    decision = SPEAK.decide({"standing": standing, "state": thread.state})
    refusal = decision.outcome["refusal"]
    if refusal == "not_found":
        return NOT_FOUND
    if isinstance(refusal, str):
        facts = {"into": thread.merged_into} if refusal == "merged" else {}
        return Refused(_KINDS[refusal], f"conversations.{refusal}", decision.row, facts)
    if relation.disabled:
        return Refused("not_allowed", "conversations.sender_disabled")
    if standing == "buyer" and not relation.shop_active:
        return Refused("not_now", "conversations.shop_closed")
    return cast("Deed", decision.word("deed"))
