"""A marketplace with decisions to appeal, at one movable moment; a double stands for the decisions."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, Self
from uuid import UUID

from msgspec import structs

from tests import make
from tests.client import Client, Response
from xiaoer import main
from xiaoer.appeals.actions import clock
from xiaoer.appeals.actions.targets import Appealable, Targets
from xiaoer.appeals.machine import APPEAL
from xiaoer.appeals.model import TARGETS, Effect, Party, Target, TargetKind
from xiaoer.clocks.jobs import Ringer
from xiaoer.clocks.ring import Ring
from xiaoer.identity.model import Person
from xiaoer.plumbing.clock import new_id
from xiaoer.plumbing.db import Database, Tx
from xiaoer.plumbing.driver import Connection
from xiaoer.plumbing.outbox import Outbox
from xiaoer.rulebook import actions as rulebook

NOON = datetime(2026, 11, 11, 4, 0, tzinfo=UTC)
"""Midday in Shanghai."""

PEOPLE = ("buyer", "other_buyer", "agent", "manager", "officer", "second", "third", "administrator")
ROLES = {"other_buyer": "buyer", "second": "officer", "third": "officer"}


class Decisions:
    """Decisions of one kind as an appeal sees them; remembers what was done to each, and can undo them."""

    def __init__(self) -> None:
        self.known: dict[UUID, Target] = {}
        self.done: list[tuple[str, UUID]] = []
        self.held: set[UUID] = set()

    async def find(self, tx: Tx, id: UUID) -> Target | None:
        return self.known.get(id)

    async def lodged(self, tx: Tx, target: Target, appeal: UUID, now: datetime) -> None:
        self.done.append(("lodged", target.id))

    async def suspend(self, tx: Tx, target: Target, *, by: UUID | None, now: datetime) -> None:
        self.done.append(("suspended", target.id))
        self.held.add(target.id)

    async def resume(self, tx: Tx, target: Target, *, by: UUID | None, now: datetime) -> None:
        self.done.append(("resumed", target.id))
        self.held.discard(target.id)

    async def stands(self, tx: Tx, target: Target, appeal: UUID, now: datetime) -> None:
        self.done.append(("stands", target.id))

    async def reverse(
        self,
        tx: Tx,
        target: Target,
        *,
        appeal: UUID,
        by: UUID,
        why: str,
        now: datetime,
    ) -> Sequence[Effect]:
        self.done.append(("reversed", target.id))
        self.held.discard(target.id)
        self.known[target.id] = structs.replace(target, undone=True)
        return [Effect(kind="points_back", points=12), Effect(kind="correction_published")]


class Court:
    """Everything at hand; `now` may be moved."""

    def __init__(self, database: Database, owner: Connection, tenant: UUID, shop: UUID) -> None:
        self.database = database
        self.owner = owner
        self.tenant = tenant
        self.shop = shop
        self.now = NOON
        self.people: dict[str, Person] = {}
        self.tokens: dict[str, str] = {}
        self.decisions: dict[TargetKind, Decisions] = {kind: Decisions() for kind in TARGETS}
        doubles: dict[TargetKind, Appealable] = {**self.decisions}
        self.targets = Targets(doubles)
        self.program = make.program(database, now=lambda: self.now)
        self.program.services.register(self.targets)
        self.ringer = Ringer(database, {**main.TIMERS, **dict.fromkeys(APPEAL.clocks, self._rang)})

    @classmethod
    async def open(cls, database: Database, owner: Connection, *, profile: str | None = None) -> Self:
        tenant = (await make.marketplace(database)).tenant
        if profile is not None:  # chosen before there is a shop, nobody has to be told first
            async with database.transaction(tenant) as tx:
                await rulebook.set_value(
                    tx, shop=None, name="rulebook.profile", value=profile, reason="test", author=tenant,
                    now=NOON - timedelta(days=1),
                )  # fmt: skip
        court = cls(database, owner, tenant, (await make.shop(database, tenant)).id)
        for who in PEOPLE:
            role = ROLES.get(who, who)
            shops = [court.shop] if who in {"agent", "manager"} else []
            court.people[who] = await make.person(database, tenant, role=role, shops=shops)
        return court

    async def _rang(self, tx: Tx, ring: Ring, now: datetime) -> None:
        if ring.kind == "warn":
            await clock.warned(tx, ring.owner, ring.name, now)
        else:
            await clock.fell_due(tx, ring.owner, ring.name, targets=self.targets, now=now)

    # ── arranging ────────────────────────────────────────────────────────

    def party(self, who: str) -> Party:
        """The shop, or somebody by his name here."""
        return Party("shop", self.shop) if who == "shop" else Party("person", self.people[who].id)

    def decided(
        self,
        kind: TargetKind,
        *parties: str,
        judges: Sequence[str] = ("officer",),
        ago: timedelta = timedelta(hours=1),
        **more: Any,
    ) -> UUID:
        """A decision about some parties."""
        fresh = new_id()
        self.decisions[kind].known[fresh] = Target(
            kind=kind,
            id=fresh,
            shop=self.shop,
            parties=tuple(self.party(one) for one in parties),
            decided_at=self.now - ago,
            judges=tuple(self.people[one].id for one in judges),
            rows=("D5-3",),
            rules_version="taobao.0",
            facts="辱骂属实",
            **more,
        )
        return fresh

    def did(self, kind: TargetKind, target: UUID) -> list[str]:
        """What appeals did to a decision."""
        return [deed for deed, one in self.decisions[kind].done if one == target]

    # ── doing ────────────────────────────────────────────────────────────

    async def client(self, who: str) -> Client:
        if who not in self.tokens:
            self.tokens[who] = await make.session(self.database, self.tenant, self.people[who])
            await self.owner.execute("update identity.session set expires_at = now() + interval '30 years'")
        return Client(self.program.app, token=self.tokens[who])

    def place(self, who: str) -> str:
        """Where somebody finds appeals."""
        if who in {"buyer", "other_buyer"}:
            return "/public/v1/me/appeals"
        if who in {"agent", "manager"}:
            return f"/api/v1/shops/{self.shop}/appeals"
        return "/platform/v1/appeals"

    async def lodges(self, who: str, kind: TargetKind, target: UUID, **more: Any) -> Response:
        """Somebody wants a decision looked at again."""
        wish = {"kind": kind, "target": str(target), "text": "与事实不符", **more}
        return await (await self.client(who)).post(self.place(who), wish)

    async def lodged(self, who: str, kind: TargetKind, target: UUID, **more: Any) -> dict[str, Any]:
        """An appeal that must be taken."""
        answer = await self.lodges(who, kind, target, **more)
        assert answer.status == 201, answer.body
        return answer.json

    async def does(self, who: str, appeal: str, deed: str, data: Mapping[str, Any] | None = None) -> Response:
        """Somebody does something with an appeal."""
        return await (await self.client(who)).post(f"{self.place(who)}/{appeal}/{deed}", data)

    async def done(
        self, who: str, appeal: str, deed: str, data: Mapping[str, Any] | None = None
    ) -> dict[str, Any]:
        """The same, which must be possible."""
        answer = await self.does(who, appeal, deed, data)
        assert answer.status == 200, answer.body
        return answer.json

    async def appeal(self, appeal: str, who: str = "administrator") -> dict[str, Any]:
        answer = await (await self.client(who)).get(f"{self.place(who)}/{appeal}")
        assert answer.status == 200, answer.body
        return answer.json

    def judge_of(self, appeal: Mapping[str, Any]) -> str:
        """Who decides an appeal, by his name here."""
        return next(who for who, one in self.people.items() if str(one.id) == appeal["judge"]["id"])

    async def judged(self, appeal: str, result: str, **more: Any) -> dict[str, Any]:
        """Whoever has it decides it."""
        whole = await self.appeal(appeal)
        wish = {"result": result, "facts": "聊天记录显示并无辱骂", "rows": ["D5-3"]}
        wish |= {"used": [one["id"] for one in whole["evidence"]]} | more
        return await self.done(self.judge_of(whole), appeal, "decide", wish)

    async def later(self, **span: float) -> None:
        """Time passes and clocks ring."""
        self.now += timedelta(**span)
        while await self.ringer.ring_awake(self.now):
            pass
        await self.program.services.service(Outbox).drain()
