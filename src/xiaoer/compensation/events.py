"""What grants tell others: once for its receiver, once for the shop it concerns, and once for reactions."""

from datetime import datetime
from typing import Any, ClassVar, Self
from uuid import UUID

from xiaoer.compensation.model import Grant, GrantKind, GrantState
from xiaoer.plumbing.events import Event


class _OfGrant(Event, frozen=True):
    """What everybody hears of a grant that stands differently now."""

    grant: UUID
    kind: GrantKind
    event: str
    state: GrantState
    grant_version: int
    subject_kind: str
    subject: UUID
    amount_minor: int
    currency: str

    @classmethod
    def of(cls, grant: Grant, event: str, tenant: UUID, now: datetime, **more: Any) -> Self:
        """The event about this grant; `more` are the fields of its own."""
        return cls(
            tenant=tenant,
            at=now,
            grant=grant.id,
            kind=grant.kind,
            event=event,
            state=grant.state,
            grant_version=grant.version,
            subject_kind=grant.subject_kind,
            subject=grant.subject,
            amount_minor=grant.amount_minor,
            currency=grant.currency,
            **more,
        )


class GrantMoved(_OfGrant, frozen=True):
    """A grant that concerns a shop stands differently."""

    name: ClassVar[str] = "compensation.grant_moved"
    topic: ClassVar[str] = "shop:{shop}"
    shop: UUID


class MyGrantMoved(_OfGrant, frozen=True):
    """The same for the person it is for."""

    name: ClassVar[str] = "compensation.my_grant_moved"
    topic: ClassVar[str] = "person:{person}"
    kept: ClassVar[bool] = False
    person: UUID
