"""The conversation's machine, cell by cell."""

import re
from pathlib import Path
from typing import get_args
from uuid import UUID

import pytest
from msgspec import structs

from tests import machines
from tests.conversations.test_standing import thread as thread_in
from xiaoer import conversations
from xiaoer.conversations.machine import CONVERSATION, Event, State
from xiaoer.conversations.model import thread
from xiaoer.conversations.rules.states import stepped
from xiaoer.kernel.machine import Cell, IllegalStep

# rows are states, columns are events; · marks a step that cannot happen
WRITTEN = machines.grid("""
             idle     queued   assigned snoozed  closed   merged
buyer_spoke  queued   queued   assigned assigned queued   ·
follow_up    assigned ·        ·        ·        assigned ·
assign       ·        assigned assigned assigned ·        ·
transfer     ·        queued   queued   queued   ·        ·
release      ·        ·        queued   queued   ·        ·
take_back    ·        ·        queued   queued   ·        ·
agent_gone   ·        ·        queued   queued   ·        ·
queue_waited ·        queued   ·        ·        ·        ·
snooze       ·        ·        snoozed  snoozed  ·        ·
wake         ·        ·        ·        assigned ·        ·
close        ·        closed   closed   closed   ·        ·
merge        merged   merged   merged   merged   merged   ·
""")


@machines.each_cell(CONVERSATION)
def test_a_cell(cell: Cell) -> None:
    machines.holds(CONVERSATION, cell, WRITTEN)


def test_no_conversation_is_lost() -> None:
    machines.complete(CONVERSATION, WRITTEN)
    assert CONVERSATION.clocks == {"overflow", "ignored", "snooze"}


def test_a_buyer_is_heard_in_every_state_but_merged() -> None:
    heard = {state for state in State if CONVERSATION.takes(state, Event.BUYER_SPOKE)}
    assert heard == set(State) - {State.MERGED}


def test_nobody_but_the_machine_says_how_a_conversation_stands_next() -> None:
    folder = Path(conversations.__file__).parent
    written = re.compile(r"""\bstate=["'](?:""" + "|".join(State) + r""")["']""")
    assert [path.name for path in folder.rglob("*.py") if written.search(path.read_text("utf-8"))] == []


def test_a_thread_steps_and_keeps_everything_else() -> None:
    was = thread_in("snoozed", UUID(int=1))
    assert stepped(was, Event.WAKE) == structs.replace(was, state="assigned")
    with pytest.raises(IllegalStep):
        stepped(was, Event.FOLLOW_UP)


def test_the_states_are_those_of_a_thread() -> None:
    assert get_args(thread.State) == tuple(State)
