"""The step a conversation takes: the machine alone says where it leads."""

from msgspec import structs

from xiaoer.conversations.machine import CONVERSATION, Event, State
from xiaoer.conversations.model.thread import Thread


def stepped(thread: Thread, event: Event) -> Thread:
    """The thread in the state the event leads to; everything else is as it was. Raises IllegalStep."""
    return structs.replace(thread, state=CONVERSATION.step(State(thread.state), event).value)
