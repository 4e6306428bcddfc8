"""Who may do what with a conversation at the desk: the list that draws the buttons and guards the doors."""

from importlib.resources import files
from typing import Final, Literal, get_args

from msgspec import Struct

from xiaoer.conversations.model.thread import Relation, Speaker, Standing, Thread
from xiaoer.conversations.rules.standing import leads, standing
from xiaoer.kernel import table_text
from xiaoer.kernel.refusal import Kind, Refused

DeskDeed = Literal[
    "take",
    "assign",
    "transfer",
    "release",
    "snooze",
    "wake",
    "close",
    "reopen",
    "merge",
    "share",
    "note",
    "tag",
    "whisper",
    "step_in",
]
DEEDS: Final[tuple[DeskDeed, ...]] = get_args(DeskDeed)
DESK: Final = table_text.load((files("xiaoer.conversations") / "tables" / "desk.toml").read_text("utf-8"))
_KINDS: Final[dict[str, Kind]] = {
    "not_yours": "not_allowed",
    "lead_only": "not_allowed",
    "merged": "not_now",
    "not_open": "not_now",
    "not_served": "not_now",
    "with_colleague": "not_now",
    "already_yours": "not_now",
    "not_snoozed": "not_now",
    "still_open": "not_now",
}


class Allowed(Struct, frozen=True):
    """Whether a deed may be done now, or the code and row that refuse it."""

    deed: DeskDeed
    allowed: bool
    code: str | None = None
    row: str | None = None


def may(deed: DeskDeed, speaker: Speaker, thread: Thread, relation: Relation) -> Refused | None:
    """Why a deed may not be done now (tables/desk.toml); None when it may."""
    return _may(deed, standing(speaker, thread, relation), thread, leading=leads(speaker, thread))


def deeds(speaker: Speaker, thread: Thread, relation: Relation) -> list[Allowed]:
    """Every deed with whether it may be done now."""
    where = standing(speaker, thread, relation)
    found: list[Allowed] = []
    for deed in DEEDS:
        refused = _may(deed, where, thread, leading=leads(speaker, thread))
        if refused is None:
            found.append(Allowed(deed, allowed=True))
        else:
            found.append(Allowed(deed, allowed=False, code=refused.code, row=refused.row))
    return found


def _may(deed: DeskDeed, where: Standing, thread: Thread, *, leading: bool) -> Refused | None:
    if where in {"hidden", "buyer", "program"}:
        return Refused("not_found", "conversations.not_found")
    decision = DESK.decide({"deed": deed, "standing": where, "state": thread.state, "leads": leading})
    answer = decision.word("answer")
    if answer == "ok":
        return None
    facts = {"into": thread.merged_into} if answer == "merged" else {}
    return Refused(_KINDS[answer], f"conversations.{answer}", decision.row, facts)
