"""One conversation as it stands, who speaks in it, and the facts a decision needs."""

from datetime import datetime
from typing import Literal
from uuid import UUID

from msgspec import Struct

from xiaoer.conversations.model.entry import Body, Entry, Kind, MessageKind, Role, Side

State = Literal["idle", "queued", "assigned", "snoozed", "closed", "merged"]

Standing = Literal["buyer", "assignee", "helper", "queue", "last", "lead", "program", "stranger", "hidden"]
"""Where somebody stands towards a conversation, his right already counted in.

buyer: it is his own · assignee: he serves it · helper: it is shared with him · queue: it stands in a queue of
his · last: it is closed and he served it last · lead: his right reaches the whole shop · program: speaks for
the shop by itself · stranger: knows the shop, has no business here · hidden: must not learn that it exists.
"""


class Speaker(Struct, frozen=True):
    """Whoever wants something in a conversation: an actor reduced to what conversations ask about him.

    `role` is what he is at best: a manager of one shop may be an agent of another. The program itself has no
    `person`. The rest is his right to the deed at hand: in his own things (`own`), in a whole shop (`leads`),
    or `everywhere` in the marketplace; `shops` are those he belongs to.
    """

    tenant: UUID
    person: UUID | None
    role: Role
    name: str
    own: bool = True
    shops: frozenset[UUID] = frozenset()
    leads: frozenset[UUID] = frozenset()
    everywhere: bool = False
    language: str = ""

    def role_in(self, shop: UUID) -> Role:
        """The role his words carry in a shop."""
        return "agent" if self.role == "manager" and shop not in self.leads else self.role


class Thread(Struct, frozen=True):
    """One conversation as it stands between two entries.

    `version` counts entries and `desk_version` staff lines; a decision holds only while both are as read.
    `answered` tells whether a human has answered in this consultation; `waiting_since` since when the buyer
    waits for one. `last_hash` is the head of the chain.
    """

    id: UUID
    shop: UUID
    buyer: UUID
    visitor: bool
    version: int
    desk_version: int
    last_hash: bytes
    state: State
    consultation: int
    queue: UUID | None
    assignee: UUID | None
    answered: bool
    opened_at: datetime | None
    queued_at: datetime | None
    waiting_since: datetime | None
    reply_due_at: datetime | None
    reply_warn_at: datetime | None
    snoozed_until: datetime | None
    last_at: datetime | None
    last_text: str
    last_kind: Kind | None
    last_role: Role | None
    last_version: int
    unread_shop: int
    unread_buyer: int
    shop_read: int
    buyer_read: int
    merged_into: UUID | None


class Relation(Struct, frozen=True):
    """What the database knows about one person towards one conversation."""

    in_queue: bool = False
    shared: bool = False
    served_last: bool = False
    disabled: bool = False
    shop_active: bool = True
    on_time: bool = False
    """The buyer waits for a purchase with on-time insurance (D10: a promise of delivery may stand)."""


class Message(Struct, frozen=True):
    """A wish with a complete body: what a file or card id stands for has been looked up."""

    conversation: UUID
    client_id: str | None
    kind: MessageKind
    text: str
    body: Body


class Asked(Struct, frozen=True):
    """One wish to be decided: who wants to say what, with the id, salt and moment its entry would get."""

    speaker: Speaker
    message: Message
    id: UUID
    salt: bytes
    at: datetime


class Facts(Struct, frozen=True):
    """What the database says to one wish; `first` is what the same client id got before."""

    thread: Thread
    relation: Relation
    first: Entry | None = None


class Reading(Struct, frozen=True):
    """One side's screen has received, or one of its people has read, everything up to a version."""

    conversation: UUID
    person: UUID
    side: Side
    delivered: int = 0
    read: int = 0
