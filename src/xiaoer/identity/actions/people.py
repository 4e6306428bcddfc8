"""Colleagues: who they are, which roles they hold, whether they may come in."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from msgspec import UNSET

from xiaoer.identity import queries, rules
from xiaoer.identity.actions.access import sign_out_everywhere
from xiaoer.identity.events import AccessChanged, MembershipEnded
from xiaoer.identity.model import (
    Member,
    Membership,
    Person,
    PersonChange,
    PersonKind,
    PersonWish,
    ProfileWish,
    ShopRole,
    StaffRole,
)
from xiaoer.identity.store import access as access_store
from xiaoer.identity.store import people as store
from xiaoer.kernel.actor import Actor
from xiaoer.kernel.refusal import Refusal, Refused
from xiaoer.plumbing.db import Tx
from xiaoer.plumbing.events import publish
from xiaoer.plumbing.faults import Broken, Duplicate


async def create_person(
    tx: Tx,
    person: UUID,
    wish: PersonWish,
    *,
    password_hash: str | None,
    now: datetime,
    kind: PersonKind = "staff",
    external_id: str | None = None,
) -> Person:
    """Add somebody with his roles. Raises Refusal when a login is taken or a role has no place."""
    memberships = [Membership(one.role, one.shop_id) for one in wish.memberships]
    _refuse_if(rules.memberships_flaw(memberships))
    try:
        async with tx.savepoint():
            await store.insert_person(
                tx,
                person,
                kind=kind,
                display_name=wish.display_name,
                external_id=external_id,
                email=rules.fold_email(wish.email) if wish.email else None,
                phone=rules.fold_phone(wish.phone) if wish.phone else None,
                password_hash=password_hash,
                language=wish.language or "",
                now=now,
            )
    except Duplicate as taken:
        raise Refusal(Refused("refused", "identity.login_taken")) from taken
    for one in memberships:
        await _put(tx, person, one.role, one.shop_id, now)
    return await queries.person(tx, person)


def password_of(wish: PersonWish) -> str | None:
    """The password of a wish, once it is known to be good enough. Raises Refusal."""
    if wish.password is not None:
        _refuse_if(rules.password_flaw(wish.password, wish.email, wish.phone, wish.display_name))
    return wish.password


async def change_profile(tx: Tx, actor: Actor, wish: ProfileWish, now: datetime) -> None:
    """Change one's own name or language."""
    await store.change_person(
        tx,
        actor.person,
        display_name=None if wish.display_name is UNSET else wish.display_name,
        language=None if wish.language is UNSET else wish.language,
    )
    await publish(tx, AccessChanged(tenant=tx.tenant, at=now, person=actor.person))


async def change_person(tx: Tx, actor: Actor, person: UUID, change: PersonChange, now: datetime) -> Person:
    """What an administrator changes: name, roles, whether he may come in. Raises Refusal."""
    await store.lock_members(tx, None)
    before = await store.lock_person(tx, person)
    if before is None:
        raise Refusal(Refused("not_found", "identity.unknown_person"))
    if change.display_name is not UNSET:
        await store.change_person(tx, person, display_name=change.display_name, language=None)
    if change.disabled is not UNSET:
        await _disable(tx, actor, before, disabled=change.disabled, now=now)
    if change.memberships is not UNSET:
        wanted = [Membership(one.role, one.shop_id) for one in change.memberships]
        await _change_memberships(tx, actor, before, wanted, now)
    await publish(tx, AccessChanged(tenant=tx.tenant, at=now, person=person))
    return await queries.person(tx, person)


async def _disable(tx: Tx, actor: Actor, person: Person, *, disabled: bool, now: datetime) -> None:
    if disabled and person.id == actor.person:
        raise Refusal(Refused("not_now", "identity.not_yourself"))
    await store.disable_person(tx, person.id, disabled=disabled, now=now)
    if disabled:
        await sign_out_everywhere(tx, person.id, now)


async def _change_memberships(
    tx: Tx, actor: Actor, person: Person, wanted: Sequence[Membership], now: datetime
) -> None:
    if person.kind != "staff":
        raise Refusal(Refused("refused", "identity.not_staff"))
    _refuse_if(rules.memberships_flaw(wanted))
    was_administrator = Membership("administrator") in person.memberships
    if person.id == actor.person and was_administrator and Membership("administrator") not in wanted:
        raise Refusal(Refused("not_now", "identity.not_yourself"))
    places = {one.shop_id for one in wanted}
    for one in person.memberships:
        if one.shop_id not in places:
            await store.delete_membership(tx, person.id, one.shop_id)
            if one.shop_id is not None:
                await publish(
                    tx, MembershipEnded(tenant=tx.tenant, at=now, person=person.id, shop=one.shop_id)
                )
    for one in wanted:
        await _put(tx, person.id, one.role, one.shop_id, now)
    await _after_change(tx, person.id, before=person.memberships, after=wanted, now=now)


async def _after_change(
    tx: Tx, person: UUID, *, before: Sequence[Membership], after: Sequence[Membership], now: datetime
) -> None:
    """Who lost a right signs in again; who gained one gets a new token when his page asks next."""
    if set(before) - set(after):
        await access_store.revoke_sessions(tx, person, now)
    elif set(after) - set(before):
        await access_store.rotate_sessions(tx, person)
    await publish(tx, AccessChanged(tenant=tx.tenant, at=now, person=person))


async def set_password(tx: Tx, person: UUID, password_hash: str, now: datetime) -> None:
    """A password an administrator hands out; whoever was signed in is not any more. Raises Refusal."""
    before = await store.lock_person(tx, person)
    if before is None:
        raise Refusal(Refused("not_found", "identity.unknown_person"))
    if before.kind != "staff":
        raise Refusal(Refused("refused", "identity.not_staff"))
    await store.set_password(tx, person, password_hash)
    await sign_out_everywhere(tx, person, now)


# ── a shop's team ────────────────────────────────────────────────────────


async def colleague(tx: Tx, login: str) -> Person | None:
    """The colleague with this e-mail or phone; None when nobody has it. Raises Refusal for a buyer's."""
    find = store.credentials_by_email if "@" in login else store.credentials_by_phone
    found = await find(tx, rules.fold_login(login))
    if found is None:
        return None
    if found.kind != "staff":
        raise Refusal(Refused("refused", "identity.login_taken"))
    return await queries.person(tx, found.person)


def wish_of(login: str, display_name: str, password: str) -> PersonWish:
    """A new colleague by one login, e-mail or phone. Raises Refusal for one that is neither."""
    email, phone = rules.usable_email(login), rules.usable_phone(login)
    if email is None and phone is None:
        raise Refusal(Refused("invalid", "identity.login_malformed"))
    return PersonWish(display_name=display_name, email=email, phone=phone, password=password)


async def put_member(tx: Tx, person: UUID, role: ShopRole, shop: UUID, now: datetime) -> Member:
    """Give somebody a role in a shop. Raises Refusal when its last manager would stop leading it."""
    await store.lock_members(tx, shop)
    before = await store.lock_person(tx, person)
    if before is None:
        raise Refusal(Refused("not_found", "identity.unknown_person"))
    if role != "manager" and Membership("manager", shop) in before.memberships:
        await _keep_a_manager(tx, person, shop)
    await _put(tx, person, role, shop, now)
    after = (await queries.person(tx, person)).memberships
    await _after_change(tx, person, before=before.memberships, after=after, now=now)
    return await member(tx, shop, person)


async def remove_member(tx: Tx, person: UUID, shop: UUID, now: datetime) -> None:
    """Take somebody off a shop's team. Raises Refusal for its last manager."""
    await store.lock_members(tx, shop)
    before = await store.lock_person(tx, person)
    if before is None or shop not in {one.shop_id for one in before.memberships}:
        raise Refusal(Refused("not_found", "identity.unknown_member"))
    if Membership("manager", shop) in before.memberships:
        await _keep_a_manager(tx, person, shop)
    await store.delete_membership(tx, person, shop)
    await access_store.revoke_sessions(tx, person, now)
    await publish(
        tx,
        MembershipEnded(tenant=tx.tenant, at=now, person=person, shop=shop),
        AccessChanged(tenant=tx.tenant, at=now, person=person),
    )


async def member(tx: Tx, shop: UUID, person: UUID) -> Member:
    """One of a shop's team. Raises Refusal."""
    found = await store.team_page(tx, shop, only=person, limit=1)
    if not found:
        raise Refusal(Refused("not_found", "identity.unknown_member"))
    return found[0]


async def _keep_a_manager(tx: Tx, person: UUID, shop: UUID) -> None:
    if not await store.count_role(tx, "manager", shop, besides=person):
        raise Refusal(Refused("not_now", "identity.last_manager"))


async def _put(tx: Tx, person: UUID, role: StaffRole, shop: UUID | None, now: datetime) -> None:
    try:
        async with tx.savepoint():
            await store.put_membership(tx, person, role, shop, now)
    except Broken as missing:
        raise Refusal(Refused("refused", "identity.unknown_shop_given")) from missing


def _refuse_if(refused: Refused | None) -> None:
    if refused is not None:
        raise Refusal(refused)
