"""Who stands how towards a conversation, and what that lets him say."""

from typing import get_args
from uuid import UUID

import pytest
from msgspec import structs

from xiaoer.conversations.model.entry import Role
from xiaoer.conversations.model.thread import Relation, Speaker, State, Thread
from xiaoer.conversations.rules.standing import may_read, may_speak, standing
from xiaoer.kernel.refusal import Refused

TENANT, SHOP, OTHER_SHOP, QUEUE = (UUID(int=n) for n in range(1, 5))
BUYER, OTHER_BUYER, AGENT, COLLEAGUE = (UUID(int=n) for n in range(11, 15))
MEMBER = frozenset({SHOP})

PEOPLE = {
    "buyer": Speaker(TENANT, BUYER, "buyer", ""),
    "another buyer": Speaker(TENANT, OTHER_BUYER, "buyer", ""),
    "agent": Speaker(TENANT, AGENT, "agent", "", shops=MEMBER),
    "agent of another shop": Speaker(TENANT, AGENT, "agent", "", shops=frozenset({OTHER_SHOP})),
    "agent without the right": Speaker(TENANT, AGENT, "agent", "", own=False, shops=MEMBER),
    "manager": Speaker(TENANT, AGENT, "manager", "", shops=MEMBER, leads=MEMBER),
    "manager of another shop": Speaker(
        TENANT, AGENT, "manager", "", shops=frozenset({SHOP, OTHER_SHOP}), leads=frozenset({OTHER_SHOP})
    ),
    "officer": Speaker(TENANT, AGENT, "officer", "", own=False),
    "program of the shop": Speaker(TENANT, AGENT, "bot", "", shops=MEMBER, leads=MEMBER),
    "the program itself": Speaker(TENANT, None, "auto", "", shops=MEMBER),
}


def thread(state: State, assignee: UUID | None = None) -> Thread:
    if state in {"assigned", "snoozed"} and assignee is None:
        assignee = COLLEAGUE
    return Thread(
        id=UUID(int=99), shop=SHOP, buyer=BUYER, visitor=False, version=3, desk_version=1,
        last_hash=bytes(32), state=state, consultation=1, queue=QUEUE, assignee=assignee, answered=False,
        opened_at=None, queued_at=None, waiting_since=None, reply_due_at=None, reply_warn_at=None,
        snoozed_until=None, last_at=None, last_text="", last_kind=None, last_role=None, last_version=3,
        unread_shop=0, unread_buyer=0, shop_read=0, buyer_read=0, merged_into=None,
    )  # fmt: skip


MINE = Relation()
IN_QUEUE = Relation(in_queue=True)
SHARED = Relation(shared=True)
SERVED_LAST = Relation(served_last=True)

CASES = [
    ("buyer", "idle", MINE, "buyer", "open"),
    ("buyer", "queued", MINE, "buyer", "say"),
    ("buyer", "assigned", MINE, "buyer", "say"),
    ("buyer", "snoozed", MINE, "buyer", "wake"),
    ("buyer", "closed", MINE, "buyer", "open"),
    ("buyer", "merged", MINE, "buyer", "conversations.merged"),
    ("another buyer", "queued", MINE, "hidden", "conversations.not_found"),
    ("agent", "idle", MINE, "stranger", "conversations.not_yours"),
    ("agent", "queued", MINE, "stranger", "conversations.not_yours"),
    ("agent", "queued", IN_QUEUE, "queue", "take"),
    ("agent", "assigned", IN_QUEUE, "queue", "conversations.with_colleague"),
    ("agent", "snoozed", IN_QUEUE, "queue", "conversations.with_colleague"),
    ("agent", "assigned", SHARED, "helper", "say"),
    ("agent", "queued", SHARED, "helper", "say"),
    ("agent", "closed", SHARED, "helper", "conversations.not_open"),
    ("agent", "closed", SERVED_LAST, "last", "resume"),
    ("agent", "closed", Relation(shared=True, served_last=True), "last", "resume"),
    ("agent", "closed", MINE, "stranger", "conversations.not_yours"),
    ("agent of another shop", "queued", IN_QUEUE, "hidden", "conversations.not_found"),
    ("agent without the right", "queued", IN_QUEUE, "stranger", "conversations.not_yours"),
    ("manager", "idle", MINE, "lead", "resume"),
    ("manager", "queued", MINE, "lead", "say"),
    ("manager", "queued", IN_QUEUE, "queue", "take"),
    ("manager", "assigned", MINE, "lead", "say"),
    ("manager", "closed", MINE, "lead", "resume"),
    ("manager", "merged", MINE, "lead", "conversations.merged"),
    ("manager of another shop", "assigned", MINE, "stranger", "conversations.not_yours"),
    ("officer", "assigned", MINE, "hidden", "conversations.not_found"),
    ("program of the shop", "assigned", MINE, "program", "say"),
    ("program of the shop", "closed", MINE, "program", "conversations.not_open"),
    ("the program itself", "queued", MINE, "program", "say"),
]


@pytest.mark.parametrize(("who", "state", "relation", "where", "says"), CASES)
def test_standing_and_speech(who: str, state: State, relation: Relation, where: str, says: str):
    now = thread(state)
    found = standing(PEOPLE[who], now, relation)
    assert found == where
    answer = may_speak(found, now, relation)
    assert (answer.code if isinstance(answer, Refused) else answer) == says
    assert not isinstance(answer, Refused) or bool(answer.row) == (found != "hidden")


def test_whoever_serves_speaks():
    for state in ("assigned", "snoozed"):
        now = thread(state, AGENT)
        assert standing(PEOPLE["agent"], now, MINE) == "assignee"
        assert may_speak("assignee", now, MINE) == "say"


def test_every_standing_and_state_gets_an_answer():
    """Nobody, in whatever state, makes the table fall silent."""
    relations = [
        Relation(in_queue=q, shared=s, served_last=last)
        for q in (False, True) for s in (False, True) for last in (False, True)
    ]  # fmt: skip
    for state in get_args(State):
        for speaker in PEOPLE.values():
            for assignee in (AGENT, COLLEAGUE) if state in {"assigned", "snoozed"} else (None,):
                now = thread(state, assignee)
                for relation in relations:
                    possible = structs.replace(
                        relation,
                        in_queue=relation.in_queue and state in {"queued", "assigned", "snoozed"},
                        served_last=relation.served_last and state == "closed",
                    )
                    may_speak(standing(speaker, now, possible), now, possible)


def test_the_disabled_and_closed_shops_are_refused():
    now = thread("queued")
    disabled = may_speak("buyer", now, Relation(disabled=True))
    assert isinstance(disabled, Refused)
    assert disabled.code == "conversations.sender_disabled"
    closed = may_speak("buyer", now, Relation(shop_active=False))
    assert isinstance(closed, Refused)
    assert closed.code == "conversations.shop_closed"
    assert may_speak("lead", now, Relation(shop_active=False)) == "say"


def test_strangers_read_nothing():
    assert [where for where in ("stranger", "hidden") if may_read(where)] == []


@pytest.mark.parametrize(("who", "role"), [("manager", "manager"), ("manager of another shop", "agent")])
def test_a_manager_is_one_only_where_he_leads(who: str, role: Role):
    assert PEOPLE[who].role_in(SHOP) == role
