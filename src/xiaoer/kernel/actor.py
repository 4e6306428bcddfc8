"""Whoever is calling now, and how far a right of his can go."""

from dataclasses import dataclass
from typing import Final, Literal
from uuid import UUID

Role = Literal["buyer", "agent", "manager", "officer", "administrator", "integration"]
Reach = Literal["none", "own", "team", "all"]
"""How far a right goes: not at all, one's own things, the whole shop, the whole marketplace."""

STAFF: Final[frozenset[Role]] = frozenset({"agent", "manager", "officer", "administrator"})


@dataclass(frozen=True, slots=True)
class Actor:
    """A person in one role, or a program, calling now.

    `shops` are the shops of an agent or manager, or those a token is limited to; `managed` those of them he
    manages. `session` is the hash of the session's token; `token` the id of a program's token, whose `scopes`
    limit its rights. `language` is empty when the person never chose one.
    """

    tenant: UUID
    person: UUID
    role: Role
    shops: tuple[UUID, ...] = ()
    managed: tuple[UUID, ...] = ()
    name: str = ""
    language: str = ""
    session: bytes | None = None
    token: UUID | None = None
    scopes: frozenset[str] | None = None
    visitor: bool = False

    def role_in(self, shop: UUID | None) -> Role:
        """The role he has in one shop: a manager only answers for those of his shops he does not manage."""
        only_agent = self.role == "manager" and shop in self.shops and shop not in self.managed
        return "agent" if only_agent else self.role
