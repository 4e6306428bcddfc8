"""The gatekeeper: who stands behind a credential, remembered for a moment and forgotten when told."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, TypeVar, cast
from uuid import UUID

import msgspec

from xiaoer.identity import queries, rules
from xiaoer.identity.actions import access
from xiaoer.identity.events import AccessChanged
from xiaoer.identity.model import Bearer
from xiaoer.kernel.actor import Actor, Reach
from xiaoer.kernel.refusal import Refusal, Refused
from xiaoer.plumbing import log, tokens
from xiaoer.plumbing.db import Database
from xiaoer.plumbing.events import Envelope

REMEMBERED: Final = timedelta(seconds=5)
PLACES_REMEMBERED: Final = timedelta(seconds=30)
USED_NOTED: Final = timedelta(minutes=1)
WRITE_EVERY_SECONDS: Final = 5.0
PRUNE_EVERY: Final = timedelta(hours=6)
ROOM: Final = 50_000
Key = TypeVar("Key")
Thing = TypeVar("Thing")
_log: Final = log.get("identity")


@dataclass(frozen=True, slots=True)
class _Known:
    actor: Actor | None
    until: datetime


@dataclass(frozen=True, slots=True)
class _Used:
    shown: tokens.Shown
    bearer: Bearer
    at: datetime


class Gatekeeper:
    """Answers the border's questions (`plumbing.auth.Gate`) from the database, with a short memory."""

    def __init__(self, database: Database, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._clock = clock
        self._known: dict[str, _Known] = {}
        self._places: dict[object, tuple[object, datetime]] = {}
        self._used: dict[bytes, _Used] = {}
        self._generation = 0
        self._pruned_at = clock()

    def remembered(self, credential: str) -> Actor | None:
        """The actor of a credential seen a moment ago, without asking the database."""
        known = self._known.get(credential)
        return known.actor if known is not None and known.until > self._clock() else None

    async def actor_of(self, credential: str) -> Actor | None:
        """The actor of a session or token, None when it is unknown, expired or revoked."""
        now = self._clock()
        known = self._known.get(credential)
        if known is not None and known.until > now:
            return known.actor
        shown = tokens.shown(credential)
        if shown is None:
            return None
        generation = self._generation
        async with self._database.read(shown.tenant) as tx:
            bearer = await queries.bearer_of(tx, shown, now)
        actor = actor_from(bearer, shown) if bearer else None
        until = now + REMEMBERED
        if bearer is not None and actor is not None:
            until = min(until, bearer.expires_at or until)
            if bearer.seen_at is None or now - bearer.seen_at >= USED_NOTED:
                self._used[shown.hash] = _Used(shown, bearer, now)
        if generation == self._generation:  # nothing was revoked while we looked
            _make_room(self._known)
            self._known[credential] = _Known(actor, until)
        return actor

    def check(self, actor: Actor, deed: str, path: str, shop: UUID | None) -> Reach | Refused:
        """The actor's reach for a deed through the door at `path`, or the refusal that says why not."""
        return rules.check(actor, deed, path, shop)

    def reach(self, actor: Actor, deed: str, shop: UUID | None = None) -> Reach:
        """How far the actor's right to a deed goes, `shop` being where he wants to do it."""
        return rules.reach(actor, deed, shop)

    async def shop_exists(self, tenant: UUID, shop: UUID) -> bool:
        """Whether the marketplace has this shop."""
        key = ("shop", tenant, shop)
        if (found := self._place(key)) is None:
            async with self._database.read(tenant) as tx:
                found = self._keep(key, bool(await queries.shops(tx, [shop])))
        return bool(found)

    async def origin_allowed(self, origin: str) -> bool:
        """Whether some shop has named this web origin as one of its own."""
        key = ("origin", origin[:200])
        if (found := self._place(key)) is None:
            async with self._database.system() as tx:
                found = self._keep(key, await queries.origin_known(tx, origin))
        return bool(found)

    async def frame_origins(self, shop: UUID) -> tuple[str, ...]:
        """The web origins whose pages may show this shop's widget."""
        key = ("frame", shop)
        if (found := self._place(key)) is None:
            async with self._database.system() as tx:
                found = self._keep(key, await queries.frame_origins(tx, shop))
        return cast("tuple[str, ...]", found)

    def forget(self, envelope: Envelope | None) -> None:
        """Somebody's access changed, or news was missed (None): ask the database again."""
        self._generation += 1
        if envelope is None or envelope.body is None:
            self._known.clear()
            self._places.clear()
            return
        told = msgspec.json.decode(envelope.body, type=AccessChanged)
        if told.shop is not None:
            self._places.clear()
        if told.person is None:
            return
        gone = [
            credential
            for credential, known in self._known.items()
            if known.actor is None or known.actor.person == told.person
        ]
        for credential in gone:
            del self._known[credential]

    async def write_uses(self, now: datetime) -> None:
        """Note who was here; sessions in use last on."""
        used, self._used = self._used, {}
        tenants = {one.shown.tenant for one in used.values()}
        for tenant in tenants:
            async with self._database.transaction(tenant) as tx:
                for one in used.values():
                    if one.shown.tenant == tenant:
                        await access.note_use(tx, one.shown, one.bearer, one.at)
        if now - self._pruned_at > PRUNE_EVERY:
            self._pruned_at = now
            async with self._database.system() as tx:
                await access.forget_ended(tx, now)

    async def run(self) -> None:
        """Write what was used every few seconds until cancelled."""
        while True:
            await asyncio.sleep(WRITE_EVERY_SECONDS)
            try:
                await self.write_uses(self._clock())
            except Refusal as away:
                _log.warning("uses_not_written", code=away.refused.code)

    def _place(self, key: object) -> object:
        kept = self._places.get(key)
        return kept[0] if kept is not None and kept[1] > self._clock() else None

    def _keep(self, key: object, found: object) -> object:
        _make_room(self._places)
        self._places[key] = (found, self._clock() + PLACES_REMEMBERED)
        return found


def actor_from(bearer: Bearer, shown: tokens.Shown) -> Actor | None:
    """The actor a bearer is; None for a colleague without any role."""
    held = rules.role_of(bearer.kind, bearer.memberships)
    if held is None:
        return None
    role, shops, managed = held
    return Actor(
        tenant=shown.tenant,
        person=bearer.person,
        role=role,
        shops=shops if bearer.shops is None else bearer.shops,
        managed=managed,
        name=bearer.display_name,
        language=bearer.language,
        session=shown.hash if shown.kind == "session" else None,
        token=bearer.token,
        scopes=None if bearer.scopes is None else frozenset(bearer.scopes),
        visitor=bearer.kind == "visitor",
    )


def _make_room(kept: dict[Key, Thing]) -> None:
    """What has been remembered longest goes first."""
    while len(kept) >= ROOM:
        del kept[next(iter(kept))]
