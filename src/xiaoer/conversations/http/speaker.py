"""An actor reduced to what conversations ask about him."""

from uuid import UUID

from xiaoer.conversations.model.thread import Speaker
from xiaoer.kernel.actor import Actor, Reach
from xiaoer.plumbing.http import Call


def speaker_of(actor: Actor, reach: Reach, name: str | None = None) -> Speaker:
    """The speaker an actor is when his right to the deed at hand reaches so far."""
    shops = frozenset[UUID](actor.shops)
    leads = frozenset[UUID](actor.managed if actor.role == "manager" else actor.shops)
    return Speaker(
        tenant=actor.tenant,
        person=actor.person,
        role="bot"
        if actor.role == "integration"
        else "officer"
        if actor.role == "administrator"
        else actor.role,
        name=actor.name if name is None else name,
        own=reach != "none",
        shops=shops,
        leads=leads if reach in {"team", "all"} else frozenset(),
        everywhere=reach == "all" and not shops,
        language=actor.language,
    )


def speaker(call: Call) -> Speaker:
    """Whoever calls, with how far his right to this route's deed reaches."""
    return speaker_of(call.actor, call.reach)
