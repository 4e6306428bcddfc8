"""Signing in and out, being vouched for, changing one's password."""

from collections.abc import Callable
from datetime import datetime
from typing import Final
from uuid import UUID

from xiaoer.identity import queries, rules
from xiaoer.identity.actions import buyers
from xiaoer.identity.actions.buyers import BuyerFacts
from xiaoer.identity.events import AccessChanged
from xiaoer.identity.model import Bearer, Credentials, Marketplace, PersonKind
from xiaoer.identity.store import access as store
from xiaoer.identity.store import people as people_store
from xiaoer.kernel.actor import Actor
from xiaoer.kernel.refusal import Refusal, Refused
from xiaoer.plumbing import tokens
from xiaoer.plumbing.db import Database, Tx
from xiaoer.plumbing.events import publish
from xiaoer.plumbing.passwords import Passwords
from xiaoer.plumbing.settings import Settings

_WRONG: Final = Refused("unauthenticated", "identity.wrong_credentials")


async def sign_in(
    database: Database,
    passwords: Passwords,
    home: Marketplace,
    *,
    login: str,
    password: str,
    session: UUID,
    about: str,
    replaces: Actor | None,
    now: datetime,
) -> tokens.Fresh:
    """Open a session for whoever has this login and password. Raises Refusal, the same for every reason.

    A session the browser had before ends: nobody can plant one. A hash of an older cost is renewed.
    """
    async with database.read(home.tenant) as tx:
        found = await _credentials(tx, login)
    if not await passwords.matches(found.password_hash if found else None, password) or found is None:
        raise Refusal(_WRONG)
    if found.disabled_at is not None or found.merged_into is not None:
        raise Refusal(_WRONG)
    renewed = await passwords.hash(password) if passwords.outdated(found.password_hash or "") else None
    async with database.transaction(home.tenant) as tx:
        person = await queries.person(tx, found.person)
        if rules.role_of(person.kind, person.memberships) is None:
            raise Refusal(Refused("not_allowed", "identity.no_role"))
        if renewed is not None:
            await people_store.set_password(tx, found.person, renewed)
        if replaces is not None and replaces.session is not None and replaces.tenant == home.tenant:
            await store.revoke_session(tx, replaces.session, now)
            await publish(tx, AccessChanged(tenant=tx.tenant, at=now, person=replaces.person))
        return await open_session(tx, found.person, found.kind, session=session, about=about, now=now)


async def _credentials(tx: Tx, login: str) -> Credentials | None:
    find = people_store.credentials_by_email if "@" in login else people_store.credentials_by_phone
    return await find(tx, rules.fold_login(login))


async def open_session(
    tx: Tx, person: UUID, kind: PersonKind, *, session: UUID, about: str, now: datetime
) -> tokens.Fresh:
    """A new session for somebody who has proved who he is."""
    fresh = tokens.fresh("session", tx.tenant)
    ends_at = rules.session_last(kind, now)
    await store.insert_session(
        tx,
        fresh.hash,
        session=session,
        person=person,
        expires_at=rules.session_end(kind, ends_at, now),
        ends_at=ends_at,
        about=about,
        now=now,
    )
    return fresh


async def sign_out(tx: Tx, actor: Actor, now: datetime) -> None:
    """End the session that asks."""
    if actor.session is not None:
        await store.revoke_session(tx, actor.session, now)
        await publish(tx, AccessChanged(tenant=tx.tenant, at=now, person=actor.person))


async def sign_out_everywhere(tx: Tx, person: UUID, now: datetime, *, besides: bytes | None = None) -> None:
    """End all of somebody's sessions, except the one given."""
    await store.revoke_sessions(tx, person, now, besides=besides)
    await publish(tx, AccessChanged(tenant=tx.tenant, at=now, person=person))


async def end_session(tx: Tx, actor: Actor, session: UUID, now: datetime) -> None:
    """End one of one's own sessions. Raises Refusal when there is none by this id."""
    if not await store.revoke_session_by_id(tx, actor.person, session, now):
        raise Refusal(Refused("not_found", "identity.unknown_session"))
    await publish(tx, AccessChanged(tenant=tx.tenant, at=now, person=actor.person))


async def rotate(tx: Tx, actor: Actor, *, session: UUID, about: str, now: datetime) -> tokens.Fresh | None:
    """A new token for a session whose rights have grown; None when there is no need."""
    if actor.session is None:
        return None
    bearer = await store.bearer_of_session(tx, actor.session, now)
    if bearer is None or not bearer.rotate:
        return None
    await store.revoke_session(tx, actor.session, now)
    await publish(tx, AccessChanged(tenant=tx.tenant, at=now, person=actor.person))
    return await open_session(tx, actor.person, bearer.kind, session=session, about=about, now=now)


async def change_password(
    database: Database,
    passwords: Passwords,
    actor: Actor,
    *,
    old: str,
    new: str,
    session: UUID,
    about: str,
    now: datetime,
) -> tokens.Fresh:
    """A new password, proved by the old one; every session ends and a fresh one begins. Raises Refusal."""
    async with database.read(actor.tenant) as tx:
        person = await queries.person(tx, actor.person)
        found = await people_store.find_credentials(tx, actor.person)
    if not await passwords.matches(found.password_hash if found else None, old):
        raise Refusal(Refused("refused", "identity.wrong_password"))
    if flaw := rules.password_flaw(new, person.email, person.phone, person.display_name):
        raise Refusal(flaw)
    kept = await passwords.hash(new)
    async with database.transaction(actor.tenant) as tx:
        await people_store.set_password(tx, actor.person, kept)
        await sign_out_everywhere(tx, actor.person, now)
        return await open_session(tx, actor.person, person.kind, session=session, about=about, now=now)


async def admit_buyer(
    tx: Tx,
    settings: Settings,
    home: Marketplace,
    facts: BuyerFacts,
    *,
    identifier_hash: str,
    visitor: Actor | None,
    session: UUID,
    about: str,
    now: datetime,
    new_id: Callable[[], UUID],
) -> tokens.Fresh:
    """Open a session for a buyer his marketplace vouches for; the visitor he was until now becomes him.

    Raises Refusal for a signature that is not the marketplace's, and for a buyer who was shut out.
    """
    numbers = rules.accepted_numbers(home.secret_number, home.secret_turned_at, now)
    keys = [queries.widget_key_of(settings, home.tenant, number) for number in numbers]
    if not rules.vouched(keys, facts.external_id, identifier_hash):
        raise Refusal(Refused("not_allowed", "identity.signature_wrong"))
    buyer_id = (await buyers.ensure_buyers(tx, [facts], now, new_id)).ids[facts.external_id]
    buyer = await queries.person(tx, buyer_id)
    if buyer.kind != "buyer" or buyer.disabled_at is not None:
        raise Refusal(Refused("not_allowed", "identity.shut_out"))
    if visitor is not None and visitor.visitor and visitor.tenant == home.tenant:
        await buyers.merge_visitor(tx, visitor=visitor.person, buyer=buyer_id, now=now)
    return await open_session(tx, buyer_id, "buyer", session=session, about=about, now=now)


async def admit_visitor(
    tx: Tx, visitor: UUID, *, display_name: str, language: str, session: UUID, about: str, now: datetime
) -> tokens.Fresh:
    """Open a session for somebody who has not said who he is."""
    await people_store.insert_person(
        tx, visitor, kind="visitor", display_name=display_name, language=language, now=now
    )
    return await open_session(tx, visitor, "visitor", session=session, about=about, now=now)


async def note_use(tx: Tx, shown: tokens.Shown, bearer: Bearer, at: datetime) -> None:
    """Somebody was here: a token says when last, a session lasts on."""
    if shown.kind == "token":
        await store.touch_token(tx, shown.hash, at)
    elif bearer.ends_at is not None:
        await store.touch_session(tx, shown.hash, rules.session_end(bearer.kind, bearer.ends_at, at), at)


async def forget_ended(tx: Tx, now: datetime) -> int:
    """Forget sessions that ended long ago; in a system transaction."""
    return await store.prune_sessions(tx, now)
