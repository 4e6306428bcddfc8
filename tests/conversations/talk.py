"""A shop, its people and a buyer with the whole program around them, for tests of conversations."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import count
from typing import Any
from uuid import UUID

from msgspec import structs

from tests import make
from tests.client import Client
from tests.socket_client import Page, page
from xiaoer.conversations.actions.committer import Committer
from xiaoer.conversations.actions.move import lock, move
from xiaoer.conversations.actions.speaker import speaker_of
from xiaoer.conversations.machine import CONVERSATION, Event, State
from xiaoer.conversations.model.entry import Entry
from xiaoer.conversations.model.thread import Asked, Message, Speaker, Thread
from xiaoer.conversations.queries.shops import KeptShops
from xiaoer.identity.model import Person
from xiaoer.kernel.actor import Actor
from xiaoer.kernel.refusal import Refused
from xiaoer.plumbing.app import App
from xiaoer.plumbing.clock import new_id
from xiaoer.plumbing.db import Database
from xiaoer.plumbing.http import Services
from xiaoer.plumbing.outbox import Outbox
from xiaoer.routing import actions as routing

NOON = datetime(2026, 11, 11, 4, 0, tzinfo=UTC)
"""Midday in Shanghai on a working day: the desk is open."""

_salt = bytes(range(16))
_number = count(1)


@dataclass
class Talk:
    """Everything at hand; `now` may be moved."""

    database: Database
    tenant: UUID
    shop: UUID
    people: dict[str, Person] = field(default_factory=dict)
    tokens: dict[str, str] = field(default_factory=dict)
    conversation: UUID = field(default_factory=new_id)
    now: datetime = NOON
    quiet_queue: UUID = field(default_factory=new_id)
    """A queue of the shop that only the manager serves."""

    def __post_init__(self) -> None:
        self.program = make.program(self.database, now=lambda: self.now)

    @property
    def services(self) -> Services:
        return self.program.services

    @property
    def committer(self) -> Committer:
        return self.services.service(Committer)

    @property
    def shops(self) -> KeptShops:
        return self.services.service(KeptShops)

    @property
    def app(self) -> App:
        return self.program.app

    def actor(self, who: str) -> Actor:
        return make.actor_of(self.tenant, self.people[who])

    def speaker(self, who: str, deed: str = "conversations.send") -> Speaker:
        return speaker_of(self.actor(who), deed)

    def client(self, who: str) -> Client:
        return Client(self.app, token=self.tokens[who])

    def page(self, who: str, **more: Any) -> Any:
        """An open socket of somebody: `async with talk.page("buyer") as page`."""
        return page(self.app, token=self.tokens[who], **more)

    def asked(
        self, who: str, text: str, *, client_id: str | None = None, conversation: UUID | None = None
    ) -> Asked:
        """Words on their way to the committer."""
        message = Message(
            conversation or self.conversation, client_id or f"c-{next(_number)}", "text", text, {}
        )
        return Asked(self.speaker(who), message, new_id(), _salt, self.now)

    async def say(self, who: str, text: str, **more: Any) -> Entry | Refused:
        """Send words through the committer."""
        return await self.committer.submit(self.asked(who, text, **more))

    async def said(self, who: str, text: str, **more: Any) -> Entry:
        """Send words that must be accepted."""
        answer = await self.say(who, text, **more)
        assert isinstance(answer, Entry), answer
        return answer

    async def refused(self, who: str, text: str, **more: Any) -> Refused:
        """Send words that must not be accepted."""
        answer = await self.say(who, text, **more)
        assert isinstance(answer, Refused), answer
        return answer

    async def thread(self, conversation: UUID | None = None) -> Thread:
        """The conversation as it stands."""
        async with self.database.transaction(self.tenant) as tx:
            return (await lock(tx, conversation or self.conversation, None)).thread

    async def bring(self, change: Callable[[Thread], Thread], kind: Any = "assigned") -> Thread:
        """Move the conversation as the desk would."""
        async with self.database.transaction(self.tenant) as tx:
            was = (await lock(tx, self.conversation, None)).thread
            changed = change(was)
            leads = {event: CONVERSATION.steps.get((State(was.state), event)) for event in Event}
            event = next(event for event, target in leads.items() if target == changed.state)
            changed = structs.replace(changed, state=was.state)
            return await move(tx, was, event, kind=kind, changed=changed, person=None, at=self.now)

    async def assign(self, who: str) -> Thread:
        """Hand the conversation to somebody, away from other agents' eyes."""
        person = self.people[who].id
        return await self.bring(
            lambda was: structs.replace(was, state="assigned", assignee=person, queue=self.quiet_queue)
        )

    async def react(self) -> None:
        """Everything that follows from what was said is done."""
        await self.services.service(Outbox).drain()

    async def make_conversation(self, who: str = "buyer") -> UUID:
        """The conversation of a buyer and the shop."""
        answer = await self.client(who).post(f"/public/v1/shops/{self.shop}/conversation")
        assert answer.status == 200, answer.body
        return UUID(answer.json["id"])


async def begin(database: Database) -> Talk:
    """A shop with two agents and a manager, two buyers, and the first buyer's conversation."""
    home = await make.marketplace(database)
    shop = await make.shop(database, home.tenant)
    talk = Talk(database, home.tenant, shop.id)
    roles = {"buyer": "buyer", "other_buyer": "buyer", "agent": "agent", "colleague": "agent"}
    roles |= {"manager": "manager", "officer": "officer"}
    for name, role in roles.items():
        shops = [shop.id] if role in {"agent", "manager"} else []
        talk.people[name] = await make.person(database, home.tenant, role=role, shops=shops, name=name)
        talk.tokens[name] = await make.session(database, home.tenant, talk.people[name])
        if shops:
            async with database.transaction(home.tenant) as tx:
                await routing.ensure_agent(tx, shop.id, talk.people[name].id, 8, talk.now)
    async with database.transaction(home.tenant) as tx:
        fields = routing.QueueFields(name="只有主管", position=9)
        quiet = await routing.add_queue(tx, shop.id, fields, talk.now)
        await routing.set_members(tx, shop.id, quiet.id, [talk.people["manager"].id], talk.now)
    talk.quiet_queue = quiet.id
    talk.conversation = await talk.make_conversation()
    return talk


async def together(*coroutines: Any) -> list[Any]:
    """Run all of them at once."""
    return list(await asyncio.gather(*coroutines))


__all__ = ["NOON", "Page", "Talk", "begin", "together"]
