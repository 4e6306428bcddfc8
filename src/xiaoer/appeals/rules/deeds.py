"""What a side may do with an appeal now, and why not: the one list buttons are drawn from."""

from collections.abc import Mapping
from typing import Final

from msgspec import Struct

from xiaoer.appeals.machine import APPEAL, Event, State
from xiaoer.appeals.model import ENDED, Appeal, Doer, Party, Side
from xiaoer.kernel.refusal import Refused

_E, _S = Event, State
_WITH_JUDGE: Final = frozenset({"suspend", "resume", "ask_more", "step_aside", "decide"})


class AppealDeed(Struct, frozen=True):
    """Something the viewer may do now, or the code that says why not."""

    deed: str
    allowed: bool
    code: str | None = None


_WAYS: Final[Mapping[Side, Mapping[str, frozenset[State]]]] = {
    "appellant": {
        "add": frozenset({_S.LODGED, _S.INCOMPLETE, _S.ACCEPTED, _S.ASSIGNED, _S.SUPPLEMENT}),
        "withdraw": frozenset(state for state in State if APPEAL.takes(state, _E.WITHDRAW)),
    },
    "other": {"answer": frozenset({_S.LODGED, _S.INCOMPLETE, _S.ACCEPTED, _S.ASSIGNED, _S.SUPPLEMENT})},
    "people": {
        "admit": frozenset({_S.LODGED}),
        "take": frozenset({_S.ACCEPTED}),
        "assign": frozenset({_S.ACCEPTED, _S.ASSIGNED}),
        "decide": frozenset({_S.ASSIGNED}),
        "ask_more": frozenset({_S.ASSIGNED}),
        "suspend": frozenset({_S.ASSIGNED, _S.SUPPLEMENT}),
        "resume": frozenset({_S.ASSIGNED, _S.SUPPLEMENT}),
        "step_aside": frozenset({_S.ASSIGNED, _S.SUPPLEMENT}),
    },
    "program": {},
}


def deeds(appeal: Appeal, doer: Doer) -> list[AppealDeed]:
    """Every deed of a side with its answer, in the order the buttons stand."""
    found: list[AppealDeed] = []
    for deed in _WAYS[doer.side]:
        if (deed == "suspend" and appeal.suspended) or (deed == "resume" and not appeal.suspended):
            continue
        refused = may(appeal, doer, deed)
        found.append(AppealDeed(deed, refused is None, refused.code if refused else None))
    return found


def may(appeal: Appeal, doer: Doer, deed: str) -> Refused | None:
    """Why somebody may not do something now; None when he may.

    Codes: appeals.over, not_now, barred, not_yours, nothing_to_suspend, suspended_already, not_suspended.
    """
    if appeal.state in ENDED:
        return Refused("not_now", "appeals.over")
    if State(appeal.state) not in _WAYS[doer.side][deed]:
        return Refused("not_now", "appeals.not_now", facts={"state": appeal.state})
    return _people_may(appeal, doer, deed) if doer.side == "people" else None


def _people_may(appeal: Appeal, doer: Doer, deed: str) -> Refused | None:
    if deed in {"admit", "take", "decide", "suspend"} and is_barred(appeal, doer):
        return Refused("not_allowed", "appeals.barred")
    if deed in _WITH_JUDGE and appeal.judge != doer.person:
        return Refused("not_allowed", "appeals.not_yours")
    if deed == "suspend":
        return _suspend(appeal)
    if deed == "resume" and not appeal.suspended:
        return Refused("not_now", "appeals.not_suspended")
    return None


def is_barred(appeal: Appeal, doer: Doer) -> bool:
    """Whether somebody had a part in the decision, stepped aside, or is a party himself."""
    return doer.person in {*appeal.barred, appeal.lodged_by, appeal.appellant, appeal.other}


def _suspend(appeal: Appeal) -> Refused | None:
    if appeal.suspended:
        return Refused("not_now", "appeals.suspended_already")
    if appeal.target_kind in {"penalty", "block"}:
        return None
    return Refused("refused", "appeals.nothing_to_suspend")


def sided(appeal: Appeal, doer: Doer) -> Doer:
    """A party as what it is in this appeal; people stay what they are."""
    if doer.party is None:
        return doer
    mine = Party(appeal.appellant_kind, appeal.appellant) == doer.party
    return Doer("appellant" if mine else "other", doer.person, doer.party, leads=doer.leads)


def turn(state: str) -> str | None:
    """Whose turn it is: appellant, people, or nobody."""
    if state in {"incomplete", "supplement"}:
        return "appellant"
    return None if state in ENDED else "people"


def then(appeal: Appeal) -> str | None:
    """The state silence leads to."""
    if appeal.clock is None:
        return None
    state = State(appeal.state)
    return APPEAL.step(state, APPEAL.due[state][1]).value
