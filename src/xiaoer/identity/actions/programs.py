"""Programs and their tokens."""

from datetime import datetime
from uuid import UUID

from xiaoer.identity import queries, rules
from xiaoer.identity.events import AccessChanged
from xiaoer.identity.model import NewToken, TokenView, TokenWish
from xiaoer.identity.store import access as store
from xiaoer.identity.store import people as people_store
from xiaoer.kernel.actor import Actor
from xiaoer.kernel.refusal import Refusal, Refused
from xiaoer.plumbing import tokens
from xiaoer.plumbing.db import Tx
from xiaoer.plumbing.events import publish


async def create_token(
    tx: Tx, actor: Actor, wish: TokenWish, *, token: UUID, person: UUID, now: datetime
) -> NewToken:
    """A token and the person it acts as. Raises Refusal for a scope or shop that does not exist."""
    if unknown := sorted(set(wish.scopes) - rules.rights().known_scopes()):
        raise Refusal(Refused("invalid", "identity.unknown_scope", facts={"scopes": unknown}))
    if wish.expires_at is not None and wish.expires_at <= now:
        raise Refusal(Refused("invalid", "identity.expired_already"))
    shops = sorted(set(wish.shop_ids)) if wish.shop_ids is not None else None
    if shops is not None and len(await queries.shops(tx, shops)) != len(shops):
        raise Refusal(Refused("refused", "identity.unknown_shop_given"))
    fresh = tokens.fresh("token", tx.tenant)
    await people_store.insert_person(tx, person, kind="integration", display_name=wish.name, now=now)
    await store.insert_token(
        tx,
        token,
        token_hash=fresh.hash,
        person=person,
        name=wish.name,
        scopes=sorted(set(wish.scopes)),
        shops=shops,
        expires_at=wish.expires_at,
        created_by=actor.person,
        now=now,
    )
    return NewToken(secret=fresh.text, token=await _view(tx, token))


async def revoke_token(tx: Tx, token: UUID, now: datetime) -> None:
    """End a token at once. Raises Refusal when there is none by this id."""
    person = (await _view(tx, token)).person_id
    await store.revoke_token(tx, token, now)
    await publish(tx, AccessChanged(tenant=tx.tenant, at=now, person=person))


async def _view(tx: Tx, token: UUID) -> TokenView:
    found = await store.tokens_page(tx, only=token, limit=1)
    if not found:
        raise Refusal(Refused("not_found", "identity.unknown_token"))
    return found[0]
