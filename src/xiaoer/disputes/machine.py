"""How a dispute stands between two parties, and what can happen to it next."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from xiaoer.kernel.machine import Machine


class State(StrEnum):
    """Where a dispute stands: the periods of the court, and what interrupts them.

    negotiation: both still talk · evidence: both show what they must · hearing: the officer hears both ·
    supplement: one side is asked for more · jury: people like them vote · ruling: the officer writes ·
    second_reading: another officer reads first · execution: who lost may act himself · decided: it may be
    appealed · under_appeal: somebody else looks again · suspended_agreed, awaiting_acceptance, in_court,
    with_police: both wait for something outside (T-030).
    """

    NEW = "new"
    NEGOTIATION = "negotiation"
    EVIDENCE = "evidence"
    HEARING = "hearing"
    SUPPLEMENT = "supplement"
    JURY = "jury"
    RULING = "ruling"
    SECOND_READING = "second_reading"
    EXECUTION = "execution"
    DECIDED = "decided"
    UNDER_APPEAL = "under_appeal"
    SUSPENDED_AGREED = "suspended_agreed"
    AWAITING_ACCEPTANCE = "awaiting_acceptance"
    IN_COURT = "in_court"
    WITH_POLICE = "with_police"
    CLOSED = "closed"
    SETTLED = "settled"
    WITHDRAWN = "withdrawn"


class Event(StrEnum):
    """What happens to a dispute.

    open_negotiation, open_evidence: it is opened, with or without time to talk · time_up: the clock of the
    state rang · all_shown: both have said that they have nothing more · rule, rule_read: a ruling goes out at
    once, or to a second reader first · execute: its effects are carried out, in one stroke · resume: whatever
    it waited for is over · remind: people decide, never a clock; they are reminded.
    """

    OPEN_NEGOTIATION = "open_negotiation"
    OPEN_EVIDENCE = "open_evidence"
    TIME_UP = "time_up"
    ALL_SHOWN = "all_shown"
    ASK_MORE = "ask_more"
    ANSWERED = "answered"
    CALL_JURY = "call_jury"
    JURY_DECIDED = "jury_decided"
    RULE = "rule"
    RULE_READ = "rule_read"
    CONFIRM = "confirm"
    OBJECT = "object"
    EXECUTE = "execute"
    SETTLE = "settle"
    WITHDRAW = "withdraw"
    SUSPEND_AGREED = "suspend_agreed"
    SUSPEND_COURT = "suspend_court"
    SUSPEND_POLICE = "suspend_police"
    COURT_ACCEPTED = "court_accepted"
    RESUME = "resume"
    REMIND = "remind"
    APPEAL = "appeal"
    APPEAL_OVER = "appeal_over"
    REVERSE = "reverse"


S, E = State, Event

OPEN_TALK: Final = (S.NEGOTIATION, S.EVIDENCE, S.HEARING, S.SUPPLEMENT, S.RULING)
"""Where both may still settle, wait together, or the claimant give up."""

SUSPENDED: Final = (S.SUSPENDED_AGREED, S.AWAITING_ACCEPTANCE, S.IN_COURT, S.WITH_POLICE)


def _steps() -> Mapping[tuple[State, Event], State]:
    steps: dict[tuple[State, Event], State] = {}
    for state in OPEN_TALK:
        steps |= {
            (state, E.SETTLE): S.SETTLED,
            (state, E.WITHDRAW): S.WITHDRAWN,
            (state, E.SUSPEND_AGREED): S.SUSPENDED_AGREED,
            (state, E.SUSPEND_COURT): S.AWAITING_ACCEPTANCE,
            (state, E.SUSPEND_POLICE): S.WITH_POLICE,
        }
    for state in SUSPENDED:
        steps |= {
            (state, E.RESUME): S.EVIDENCE,
            (state, E.SETTLE): S.SETTLED,
            (state, E.WITHDRAW): S.WITHDRAWN,
        }
    for state in (S.HEARING, S.RULING):
        steps |= {
            (state, E.ASK_MORE): S.SUPPLEMENT,
            (state, E.CALL_JURY): S.JURY,
            (state, E.RULE): S.EXECUTION,
            (state, E.RULE_READ): S.SECOND_READING,
        }
    for state in (S.DECIDED, S.UNDER_APPEAL):
        steps[state, E.REVERSE] = S.CLOSED
    return {**steps, **_PERIODS}


_PERIODS: Final[Mapping[tuple[State, Event], State]] = {
    (S.NEW, E.OPEN_NEGOTIATION): S.NEGOTIATION,
    (S.NEW, E.OPEN_EVIDENCE): S.EVIDENCE,
    (S.NEGOTIATION, E.TIME_UP): S.EVIDENCE,
    (S.NEGOTIATION, E.ALL_SHOWN): S.EVIDENCE,
    (S.EVIDENCE, E.TIME_UP): S.HEARING,
    (S.EVIDENCE, E.ALL_SHOWN): S.HEARING,
    (S.HEARING, E.TIME_UP): S.RULING,
    (S.SUPPLEMENT, E.TIME_UP): S.RULING,
    (S.SUPPLEMENT, E.ANSWERED): S.HEARING,
    (S.JURY, E.TIME_UP): S.RULING,
    (S.JURY, E.JURY_DECIDED): S.EXECUTION,
    (S.RULING, E.REMIND): S.RULING,
    (S.SECOND_READING, E.CONFIRM): S.EXECUTION,
    (S.SECOND_READING, E.OBJECT): S.RULING,
    (S.SECOND_READING, E.TIME_UP): S.EXECUTION,
    (S.EXECUTION, E.EXECUTE): S.DECIDED,
    (S.DECIDED, E.TIME_UP): S.CLOSED,
    (S.DECIDED, E.APPEAL): S.UNDER_APPEAL,
    (S.UNDER_APPEAL, E.APPEAL_OVER): S.CLOSED,
    (S.UNDER_APPEAL, E.REMIND): S.UNDER_APPEAL,
    (S.AWAITING_ACCEPTANCE, E.COURT_ACCEPTED): S.IN_COURT,
    (S.IN_COURT, E.REMIND): S.IN_COURT,
}

DISPUTE: Final[Machine[State, Event]] = Machine(
    name="dispute",
    start=S.NEW,
    final=frozenset({S.CLOSED, S.SETTLED, S.WITHDRAWN}),
    steps=_steps(),
    due={
        S.NEGOTIATION: ("disputes.negotiation", E.TIME_UP),
        S.EVIDENCE: ("disputes.evidence", E.TIME_UP),
        S.HEARING: ("disputes.hearing", E.TIME_UP),
        S.SUPPLEMENT: ("disputes.supplement", E.TIME_UP),
        S.JURY: ("disputes.jury", E.TIME_UP),
        S.RULING: ("disputes.ruling", E.REMIND),
        S.SECOND_READING: ("disputes.second_reading", E.TIME_UP),
        S.EXECUTION: ("disputes.execution", E.EXECUTE),
        S.DECIDED: ("disputes.appeal", E.TIME_UP),
        S.UNDER_APPEAL: ("disputes.appeal_reminder", E.REMIND),
        S.SUSPENDED_AGREED: ("disputes.suspended", E.RESUME),
        S.AWAITING_ACCEPTANCE: ("disputes.acceptance", E.RESUME),
        S.IN_COURT: ("disputes.court_reminder", E.REMIND),
        S.WITH_POLICE: ("disputes.police", E.RESUME),
    },
    resting={
        S.NEW: "never kept: a dispute is opened in the same breath",
        S.RULING: "people decide by the evidence, never a clock; they are reminded, then their supervisor",
        S.UNDER_APPEAL: "the appeal has its own clock",
        S.IN_COURT: "a court decides in its own time",
    },
)
