"""People and what they are where."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from msgspec import Struct

from xiaoer.identity import rules
from xiaoer.identity.model import (
    BuyerProfile,
    Credentials,
    Member,
    PaymentMethod,
    Person,
    PersonKind,
    StaffRole,
)
from xiaoer.plumbing.db import Tx
from xiaoer.plumbing.sql import Statements


class BuyerRow(Struct, frozen=True):
    """A buyer as the marketplace tells of him."""

    id: UUID
    external_id: str
    display_name: str | None
    email: str | None
    phone: str | None
    address: dict[str, Any] | None
    payment_methods: list[dict[str, Any]] | None


class Ensured(Struct, frozen=True):
    """A buyer that was new or has changed."""

    external_id: str
    created: bool


class ExternalRow(Struct, frozen=True):
    """One person's two ids."""

    external_id: str
    id: UUID


_statements: Final = Statements(__file__, "people.sql")
_people_by_ids = _statements.rows("people_by_ids", Person)
_lock_person = _statements.rows("lock_person", Person)
_ids_found = _statements.value("ids_found", UUID)
_people_page = _statements.rows("people_page", Person)
_insert_person = _statements.command("insert_person")
_change_person = _statements.command("change_person")
_disable_person = _statements.command("disable_person")
_set_password = _statements.command("set_password")
_find_credentials = _statements.rows("find_credentials", Credentials)
_credentials_by_email = _statements.rows("credentials_by_email", Credentials)
_credentials_by_phone = _statements.rows("credentials_by_phone", Credentials)
_ensure_buyers = _statements.rows("ensure_buyers", Ensured)
_ids_of_external = _statements.rows("ids_of_external", ExternalRow)
_merge_visitor = _statements.command("merge_visitor")
_lock_members = _statements.command("lock_members")
_count_role = _statements.value("count_role", int)
_delete_memberships = _statements.command("delete_memberships")
_put_membership = _statements.command("put_membership")
_find_profile = _statements.rows("find_profile", BuyerProfile)
_lock_profile = _statements.rows("lock_profile", BuyerProfile)
_change_profile = _statements.command("change_profile")
_team_page = _statements.rows("team_page", Member)


async def people_by_ids(tx: Tx, ids: Sequence[UUID]) -> Sequence[Person]:
    """The people among these ids."""
    return await _people_by_ids.all(tx, ids=list(ids))


async def lock_person(tx: Tx, person: UUID) -> Person | None:
    """One person, kept from change by others until the end of the transaction."""
    return await _lock_person.first(tx, person=person)


async def find_profile(tx: Tx, person: UUID) -> BuyerProfile | None:
    """A buyer's address and ways to pay."""
    return await _find_profile.first(tx, person=person)


async def lock_profile(tx: Tx, person: UUID) -> BuyerProfile | None:
    """The same, kept from change by others until the end of the transaction."""
    return await _lock_profile.first(tx, person=person)


async def change_profile(
    tx: Tx,
    person: UUID,
    *,
    address: dict[str, str] | None,
    payment_methods: Sequence[PaymentMethod] | None,
) -> None:
    """Change what a buyer has left; None stays as it is."""
    await _change_profile.run(tx, person=person, address=address, payment_methods=payment_methods)


async def people_page(
    tx: Tx,
    *,
    kind: PersonKind,
    q: str | None,
    role: StaffRole | None,
    shop: UUID | None,
    after: UUID | None,
    limit: int,
) -> Sequence[Person]:
    """People of one kind in the order they came, all or those found by `q`."""
    found = None if q is None else await ids_found(tx, q)
    return await _people_page.all(
        tx, kind=kind, q=q, found=found, role=role, shop=shop, after=after, limit=limit
    )


async def ids_found(tx: Tx, q: str) -> list[UUID]:
    """The people whose e-mail, phone, external id or whole name this is."""
    return await _ids_found.all(tx, q=q, folded=rules.fold_email(q), phone=rules.fold_phone(q))


async def insert_person(
    tx: Tx,
    person: UUID,
    *,
    kind: PersonKind,
    display_name: str,
    now: datetime,
    external_id: str | None = None,
    email: str | None = None,
    phone: str | None = None,
    password_hash: str | None = None,
    language: str = "",
) -> None:
    """Add a person. Raises Duplicate when e-mail, phone or external id is taken."""
    await _insert_person.run(
        tx,
        id=person,
        kind=kind,
        display_name=display_name,
        external_id=external_id,
        email=email,
        phone=phone,
        password_hash=password_hash,
        language=language,
        now=now,
    )


async def change_person(tx: Tx, person: UUID, *, display_name: str | None, language: str | None) -> None:
    """Change what is given."""
    await _change_person.run(tx, person=person, display_name=display_name, language=language)


async def disable_person(tx: Tx, person: UUID, *, disabled: bool, now: datetime) -> None:
    """Shut somebody out, or let him in again."""
    await _disable_person.run(tx, person=person, disabled=disabled, now=now)


async def set_password(tx: Tx, person: UUID, password_hash: str) -> None:
    """Keep a new password's hash."""
    await _set_password.run(tx, person=person, password_hash=password_hash)


async def find_credentials(tx: Tx, person: UUID) -> Credentials | None:
    """What a person's password is checked against."""
    return await _find_credentials.first(tx, person=person)


async def credentials_by_email(tx: Tx, email: str) -> Credentials | None:
    """The credentials behind a folded e-mail address."""
    return await _credentials_by_email.first(tx, login=email)


async def credentials_by_phone(tx: Tx, phone: str) -> Credentials | None:
    """The credentials behind a folded phone number."""
    return await _credentials_by_phone.first(tx, login=phone)


async def ensure_buyers(tx: Tx, buyers: Sequence[BuyerRow], now: datetime) -> Sequence[Ensured]:
    """Make or refresh buyers, each external id once; answers those that were new or changed."""
    return await _ensure_buyers.all(
        tx,
        ids=[buyer.id for buyer in buyers],
        external_ids=[buyer.external_id for buyer in buyers],
        display_names=[buyer.display_name for buyer in buyers],
        emails=[buyer.email for buyer in buyers],
        phones=[buyer.phone for buyer in buyers],
        addresses=[buyer.address for buyer in buyers],
        payment_methods=[buyer.payment_methods for buyer in buyers],
        now=now,
    )


async def ids_of_external(tx: Tx, external_ids: Sequence[str]) -> dict[str, UUID]:
    """The people the marketplace calls by these ids."""
    rows = await _ids_of_external.all(tx, external_ids=list(external_ids))
    return {row.external_id: row.id for row in rows}


async def merge_visitor(tx: Tx, *, visitor: UUID, buyer: UUID) -> bool:
    """Say that a visitor was this buyer all along; False when that is no visitor or said already."""
    return bool(await _merge_visitor.run(tx, visitor=visitor, buyer=buyer))


async def lock_members(tx: Tx, shop: UUID | None) -> None:
    """Keep others from changing who leads a shop, or the marketplace, until the end of the transaction."""
    await _lock_members.run(tx, shop=shop)


async def count_role(tx: Tx, role: StaffRole, shop: UUID | None, *, besides: UUID) -> int:
    """How many others hold a role and can sign in."""
    return await _count_role.one(tx, role=role, shop=shop, besides=besides)


async def delete_membership(tx: Tx, person: UUID, shop: UUID | None) -> bool:
    """Take somebody's role in one place away; False when he had none."""
    return bool(await _delete_memberships.run(tx, person=person, shop=shop, everywhere=False))


async def delete_memberships(tx: Tx, person: UUID) -> None:
    """Take all of somebody's roles away."""
    await _delete_memberships.run(tx, person=person, shop=None, everywhere=True)


async def put_membership(tx: Tx, person: UUID, role: StaffRole, shop: UUID | None, now: datetime) -> bool:
    """Give somebody a role; False when he had it. Raises Broken for a shop that does not exist."""
    return bool(await _put_membership.run(tx, person=person, role=role, shop=shop, now=now))


async def team_page(
    tx: Tx, shop: UUID, *, after: UUID | None = None, only: UUID | None = None, limit: int = 200
) -> Sequence[Member]:
    """The people of a shop."""
    return await _team_page.all(tx, shop=shop, after=after, only=only, limit=limit)
