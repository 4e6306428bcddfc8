"""What is kept about a buyer's earlier cases, as the decision of the next one asks it."""

from datetime import datetime
from typing import Final
from uuid import UUID

from msgspec import Struct

from xiaoer.plumbing.db import Tx
from xiaoer.plumbing.sql import Asked, Statements


class Taken(Struct, frozen=True):
    """How many of an item other cases are about, and what they took."""

    item: UUID
    quantity: int
    amount_minor: int


class Trust(Struct, frozen=True):
    """What a buyer's earlier cases say about him and about this order; `zone` is where its days are counted.

    `free_minor` is what could still go back, None while the order never had a case; `conversation` is his
    with the shop. `person_name` is whoever asks, `twin` what he opened under the same key.
    """

    orders: int
    asked: int
    repairs: int
    returns: int
    ahead_minor: int
    lost: bool
    details: dict[str, object] | None
    taken: list[Taken]
    free_minor: int | None
    zone: str
    buyer_name: str
    conversation: UUID | None
    person_name: str
    twin: UUID | None


class FirstTrust(Struct, frozen=True):
    """The same for an order that never had a case; what earlier cases of it would say is left out."""

    orders: int
    returns: int
    ahead_minor: int
    lost: bool
    details: dict[str, object] | None
    zone: str
    person_name: str
    twin: UUID | None

    def of(self, free_minor: int, buyer_name: str, conversation: UUID) -> Trust:
        """The whole of it: nothing was asked, taken or repaired before."""
        return Trust(
            orders=self.orders,
            asked=0,
            repairs=0,
            returns=self.returns,
            ahead_minor=self.ahead_minor,
            lost=self.lost,
            details=self.details,
            taken=[],
            free_minor=free_minor,
            zone=self.zone,
            buyer_name=buyer_name,
            conversation=conversation,
            person_name=self.person_name,
            twin=self.twin,
        )


statements: Final = Statements(__file__, "trust.sql")
_trust: Final = statements.rows("trust", Trust)
_trust_first: Final = statements.rows("trust_first", FirstTrust)


async def trust(
    tx: Tx, purchase: UUID, since: datetime, *, person: UUID | None, client_id: str | None
) -> Trust:
    """What a buyer's earlier cases say about him and about this order; ask under the order's lock."""
    return await _trust.one(tx, purchase=purchase, since=since, person=person, client_id=client_id)


def first_trust_asked(
    tx: Tx, purchase: UUID, since: datetime, *, person: UUID | None, client_id: str | None
) -> Asked[FirstTrust]:
    """The same of an order that never had a case, to be asked with something else."""
    return _trust_first.asked(tx, purchase=purchase, since=since, person=person, client_id=client_id)
