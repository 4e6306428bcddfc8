"""Signing in and out, and what one may know and change about oneself."""

import hashlib
from uuid import UUID

from xiaoer.identity import queries
from xiaoer.identity.actions import access, people
from xiaoer.identity.actions.buyers import BuyerFacts
from xiaoer.identity.model import (
    Admission,
    IdentifyWish,
    Me,
    PasswordWish,
    ProfileWish,
    PublicMarketplace,
    SessionView,
    SignInWish,
    VisitWish,
)
from xiaoer.identity.rules import fold_login
from xiaoer.kernel.refusal import Refusal, Refused
from xiaoer.plumbing.auth import SESSION_COOKIE, origin_is_ours
from xiaoer.plumbing.clock import new_id
from xiaoer.plumbing.db import Tx
from xiaoer.plumbing.http import Call, Page
from xiaoer.plumbing.language import LANGUAGES
from xiaoer.plumbing.limits import Budget, too_many
from xiaoer.plumbing.passwords import Passwords
from xiaoer.plumbing.tokens import Fresh

COOKIE_SECONDS = 400 * 24 * 3600
"""As long as browsers keep one; the session itself ends sooner."""


async def sign_in(call: Call, data: SignInWish) -> Me:
    """Sign in with e-mail or phone and password; the answer sets the session's cookie."""
    budgets = call.services.budgets
    await _spend(call, f"sign_in_address:{call.address}", budgets.sign_in_address)
    async with call.database.system() as tx:
        home = await queries.marketplace_named(tx, data.marketplace)
    login = hashlib.sha256(f"{home.tenant}\n{fold_login(data.login)}".encode()).hexdigest()
    await _spend(call, f"sign_in_login:{login}", budgets.sign_in_login)
    fresh = await access.sign_in(
        call.database,
        call.service(Passwords),
        home,
        login=data.login,
        password=data.password,
        session=new_id(),
        about=_about(call),
        replaces=call.caller,
        now=call.now,
    )
    _keep(call, fresh)
    return await _me(call, fresh)


async def sign_out(call: Call) -> None:
    """End this session and take its cookie away; nobody is refused."""
    if call.caller is not None:
        actor = call.caller
        async with call.database.transaction(actor.tenant) as tx:
            await access.sign_out(tx, actor, call.now)
    call.set_cookie(SESSION_COOKIE, "", max_age_seconds=0)


async def sign_out_everywhere(call: Call) -> None:
    """End all of one's sessions, this one too."""
    async with call.database.transaction(call.tenant) as tx:
        await access.sign_out_everywhere(tx, call.actor.person, call.now)
    call.set_cookie(SESSION_COOKIE, "", max_age_seconds=0)


async def get_me(call: Call) -> Me:
    """Who is signed in, where he works and how far each right goes.

    A session whose rights have grown gets a new token here.
    """
    if call.actor.session is not None and SESSION_COOKIE in call.cookies:
        async with call.database.transaction(call.tenant) as tx:
            fresh = await access.rotate(tx, call.actor, session=new_id(), about=_about(call), now=call.now)
        if fresh is not None:
            _keep(call, fresh)
    async with call.database.read(call.tenant) as tx:
        return await queries.me(tx, call.actor)


async def patch_me(call: Call, data: ProfileWish) -> Me:
    """Change one's name or language."""

    async def work(tx: Tx) -> None:
        await people.change_profile(tx, call.actor, data, call.now)

    await call.database.run(call.tenant, work)
    credential = call.credential
    actor = await call.services.gate.actor_of(credential) if credential else None
    async with call.database.read(call.tenant) as tx:
        return await queries.me(tx, actor or call.actor)


async def post_password(call: Call, data: PasswordWish) -> Me:
    """Change one's password; every other session ends and this one gets a new token."""
    await _spend(call, f"password:{call.actor.person}", call.services.budgets.sign_in_login)
    fresh = await access.change_password(
        call.database,
        call.service(Passwords),
        call.actor,
        old=data.old,
        new=data.new,
        session=new_id(),
        about=_about(call),
        now=call.now,
    )
    _keep(call, fresh)
    return await _me(call, fresh)


async def list_sessions(call: Call) -> Page[SessionView]:
    """Where one is signed in."""
    async with call.database.read(call.tenant) as tx:
        return Page(list(await queries.sessions(tx, call.actor, call.now)))


async def delete_session(call: Call, session: UUID) -> None:
    """End one of one's sessions."""
    async with call.database.transaction(call.tenant) as tx:
        await access.end_session(tx, call.actor, session, call.now)


async def identify(call: Call, data: IdentifyWish) -> Admission:
    """Sign a buyer in whom his marketplace vouches for: `identifier_hash` = HMAC-SHA256(key, buyer_id).

    A visitor who calls becomes that buyer, with everything he said.
    """
    async with call.database.system() as tx:
        home = await queries.marketplace_named(tx, data.marketplace)
    facts = BuyerFacts(data.buyer_id, data.display_name, data.email, data.phone)

    async def work(tx: Tx) -> Fresh:
        return await access.admit_buyer(
            tx,
            call.services.settings,
            home,
            facts,
            identifier_hash=data.identifier_hash,
            visitor=call.caller,
            session=new_id(),
            about=_about(call),
            now=call.now,
            new_id=new_id,
        )

    return await _admit(call, await call.database.run(home.tenant, work))


async def visit(call: Call, data: VisitWish) -> Admission:
    """Come to a shop without saying who one is."""
    await _spend(call, f"visit:{call.address}", call.services.budgets.visit_address)
    async with call.database.system() as tx:
        tenant = await queries.tenant_of_shop(tx, data.shop_id)
        if data.marketplace is not None:
            home = await queries.marketplace_named(tx, data.marketplace)
            if home.tenant != tenant:
                raise Refusal(Refused("not_found", "plumbing.unknown_shop"))
    visitor = new_id()
    name = call.services.catalogue.text(
        call.language, "identity", "visitor_name", {"number": visitor.hex[-4:].upper()}
    )
    async with call.database.transaction(tenant) as tx:
        fresh = await access.admit_visitor(
            tx,
            visitor,
            display_name=name,
            language=call.language,
            session=new_id(),
            about=_about(call),
            now=call.now,
        )
    return await _admit(call, fresh)


async def get_marketplace(call: Call, slug: str) -> PublicMarketplace:
    """What a sign-in page needs to know about a marketplace."""
    async with call.database.system() as tx:
        home = await queries.marketplace_named(tx, slug)
    return PublicMarketplace(home.slug, home.name, home.language, list(LANGUAGES))


async def _admit(call: Call, fresh: Fresh) -> Admission:
    if origin_is_ours(call.headers, call.services.public_url):
        _keep(call, fresh)
    return Admission(fresh.text, await _me(call, fresh))


async def _me(call: Call, fresh: Fresh) -> Me:
    actor = await call.services.gate.actor_of(fresh.text)
    if actor is None:
        raise Refusal(Refused("unauthenticated", "plumbing.session_ended"))
    async with call.database.read(actor.tenant) as tx:
        return await queries.me(tx, actor)


def _keep(call: Call, fresh: Fresh) -> None:
    call.set_cookie(SESSION_COOKIE, fresh.text, max_age_seconds=COOKIE_SECONDS)


def _about(call: Call) -> str:
    """What a person recognises his own device by."""
    return call.headers.get("user-agent", "")[:200].replace("\x00", "")


async def _spend(call: Call, key: str, budget: Budget) -> None:
    wait_seconds = await call.services.limits.spend_strictly(key, budget, call.now)
    if wait_seconds:
        raise Refusal(too_many(wait_seconds))
