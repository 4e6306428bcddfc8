"""An actor as conversations see him: his right to one deed, shop by shop."""

from typing import Final
from uuid import UUID

from msgspec import structs

from xiaoer.conversations.model.entry import Role
from xiaoer.conversations.model.thread import Speaker
from xiaoer.identity.rules import reach
from xiaoer.kernel.actor import Actor
from xiaoer.kernel.actor import Role as ActorRole

_ROLES: Final[dict[ActorRole, Role]] = {
    "buyer": "buyer",
    "agent": "agent",
    "manager": "manager",
    "officer": "officer",
    "administrator": "officer",
    "integration": "bot",
}


def speaker_of(actor: Actor, deed: str) -> Speaker:
    """The actor with how far his right to a deed goes in each of his shops."""
    reaches = {shop: reach(actor, deed, shop) for shop in actor.shops}
    anywhere = reach(actor, deed, None)
    return Speaker(
        tenant=actor.tenant,
        person=actor.person,
        role=_ROLES[actor.role],
        name=actor.name,
        own=anywhere != "none" or any(one != "none" for one in reaches.values()),
        shops=frozenset(actor.shops),
        leads=frozenset(shop for shop, one in reaches.items() if one in {"team", "all"}),
        everywhere=anywhere == "all" and not actor.shops,
        language=actor.language,
    )


def within(speaker: Speaker, shop: UUID) -> Speaker:
    """The same speaker, in one shop only: conversations of others are hidden from him."""
    leads = speaker.everywhere or shop in speaker.leads
    here = frozenset({shop}) if speaker.everywhere or shop in speaker.shops else frozenset[UUID]()
    return structs.replace(speaker, shops=here, leads=here if leads else frozenset(), everywhere=False)


def system(tenant: UUID, shop: UUID) -> Speaker:
    """The program itself, speaking in a shop's conversations."""
    return Speaker(tenant, None, "system", "", shops=frozenset({shop}))
