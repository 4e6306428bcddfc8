"""How the shops of the demonstration work, and what has been said in them."""

import secrets
from collections.abc import Mapping
from datetime import datetime, time, timedelta
from typing import Final, cast
from uuid import UUID
from zoneinfo import ZoneInfo

import msgspec
from msgspec import Struct

from xiaoer.cli.demo_trade import ZONE, Facts, table
from xiaoer.clocks import actions as clocks
from xiaoer.conversations.actions import canned, desk, notes, seen
from xiaoer.conversations.actions.locked import say_locked
from xiaoer.conversations.actions.open import ensure
from xiaoer.conversations.actions.speaker import speaker_of
from xiaoer.conversations.model.entry import Body
from xiaoer.conversations.model.thread import Asked, Message, Reading, Speaker
from xiaoer.conversations.queries.canned import CannedFields
from xiaoer.conversations.queries.shops import FreshShops
from xiaoer.conversations.rules.batch import ShopRules
from xiaoer.conversations.rules.chain import SALT_BYTES
from xiaoer.identity.model import Person
from xiaoer.identity.rules import role_of
from xiaoer.kernel.actor import Actor
from xiaoer.kernel.refusal import Refused
from xiaoer.orders import queries as orders
from xiaoer.orders.model import CardKind
from xiaoer.plumbing.clock import new_id
from xiaoer.plumbing.db import Tx
from xiaoer.routing import actions as routing

PAUSE_SECONDS: Final = 45
"""Between two lines of a conversation, when its table says nothing."""


class Cast(Struct, frozen=True):
    """Who there is: shops by their names in the tables, people by e-mail address or external id."""

    shops: Mapping[str, UUID]
    people: Mapping[str, Person]

    def speaker(self, tx: Tx, who: str, deed: str) -> Speaker:
        """Somebody who wants to do something. Raises KeyError for a name nobody has."""
        person = self.people[who]
        held = role_of(person.kind, person.memberships)
        if held is None:
            raise KeyError(who)
        role, shops, managed = held
        actor = Actor(
            tenant=tx.tenant,
            person=person.id,
            role=role,
            shops=shops,
            managed=managed,
            name=person.display_name,
            language=person.language,
        )
        return speaker_of(actor, deed)


class Spoken(Struct, frozen=True):
    """Where something was said: the first and the last line of it."""

    conversation: UUID
    first: int
    last: int


class Ended(Struct, frozen=True):
    """A conversation that was closed: whose it was (`buyer-1`), and who served it."""

    shop: UUID
    conversation: UUID
    buyer: str
    agent: UUID


class Once:
    """The rules of shops, each read once: nobody changes them while the demonstration is made."""

    def __init__(self, tx: Tx) -> None:
        self._fresh = FreshShops(tx)
        self._rules: dict[UUID, ShopRules] = {}

    async def of(self, tenant: UUID, shop: UUID, now: datetime) -> ShopRules:
        """The rules of one shop."""
        if shop not in self._rules:
            self._rules[shop] = await self._fresh.of(tenant, shop, now)
        return self._rules[shop]


async def build(tx: Tx, cast_: Cast, now: datetime) -> list[Ended]:
    """Hours, agents, queues, prepared answers and conversations; those that were closed."""
    plan = table("desk")
    boss = cast_.people["manager@demo.xiaoer"].id
    for name, calendar in cast("dict[str, Facts]", plan["calendars"]).items():
        await clocks.save_calendar(tx, cast_.shops[name], calendar, boss, now)
    await _agents(tx, cast_, plan["agents"], now)
    for place, queue in enumerate(cast("list[Facts]", plan["queues"])):
        shop = cast_.shops[queue["shop"]]
        fields = routing.QueueFields(name=queue["name"], position=place, skills=queue.get("skills", []))
        made = await routing.add_queue(tx, shop, fields, now)
        members = [cast_.people[login].id for login in queue["members"]]
        await routing.set_members(tx, shop, made.id, members, now)
    for answer in cast("list[Facts]", plan["canned"]):
        fields_ = CannedFields(
            answer["shortcut"], answer["title"], answer["text"], answer["language"], answer["topic"]
        )
        for shop_name in answer["shops"]:
            await canned.add(tx, cast_.shops[shop_name], fields_, boss, now)
    once = Once(tx)
    ended: list[Ended] = []
    for talk in cast("list[Facts]", table("talk")["talk"]):
        spoken = await talk_through(tx, cast_, once, talk, now)
        if talk.get("closed", False):
            agent = cast_.people[next(line["who"] for line in talk["lines"] if line["who"] != "buyer")].id
            buyer = f"buyer-{talk['buyer']}"
            ended.append(Ended(cast_.shops[talk["shop"]], spoken.conversation, buyer, agent))
    return ended


async def _agents(tx: Tx, cast_: Cast, agents: list[Facts], now: datetime) -> None:
    """Everybody of the team can serve in each of his shops."""
    for agent in agents:
        person = cast_.people[agent["login"]]
        for one in person.memberships:
            if one.shop_id is not None:
                await routing.ensure_agent(tx, one.shop_id, person.id, agent["capacity"], now)
                await routing.change_agent(
                    tx,
                    one.shop_id,
                    person.id,
                    capacity=agent["capacity"],
                    skills=agent["skills"],
                    languages=agent["languages"],
                    now=now,
                )


async def talk_through(tx: Tx, cast_: Cast, once: Once, talk: Facts, now: datetime) -> Spoken:
    """One conversation, line by line, decided and guarded like any other."""
    shop = cast_.shops[talk["shop"]]
    buyer = cast_.people[f"buyer-{talk['buyer']}"]
    at = moment(talk["at"], now)
    conversation = await ensure(
        tx, shop, new_id(), buyer=buyer.id, visitor=False, language=buyer.language, now=at
    )
    server, version, first = "", 0, 0
    for place, line in enumerate(cast("list[Facts]", talk["lines"])):
        at = min(now, at + timedelta(seconds=line.get("after", PAUSE_SECONDS))) if place else at
        who = f"buyer-{talk['buyer']}" if line["who"] == "buyer" else str(line["who"])
        server = server if line["who"] == "buyer" else who
        if "note" in line:
            named = [cast_.people[line["mention"]].id] if "mention" in line else []
            speaker = cast_.speaker(tx, who, "conversations.note")
            await notes.write_note(tx, speaker, conversation, text=line["note"], mentions=named, now=at)
        else:
            message = await _message(tx, shop, conversation, line)
            speaker = cast_.speaker(tx, who, "conversations.send")
            asked = Asked(speaker, message, new_id(), secrets.token_bytes(SALT_BYTES), at)
            answer = await say_locked(tx, asked, once)
            if isinstance(answer, Refused):
                raise RuntimeError(f"{line}: {answer}")
            version = answer.version
            first = first or version
    if "tags" in talk:
        speaker = cast_.speaker(tx, server, "conversations.tag")
        await notes.set_tags(tx, speaker, conversation, talk["tags"], at)
    if server:  # who answers has read; the buyer reads when he comes back
        there = cast_.people[server].id
        await seen.mark(tx, [Reading(conversation, there, "shop", delivered=version, read=version)], at)
    if talk.get("closed", False):
        mark = Reading(conversation, buyer.id, "buyer", delivered=version, read=version)
        await seen.mark(tx, [mark], at)
        await desk.close(tx, cast_.speaker(tx, server, "conversations.close"), conversation, at)
    return Spoken(conversation, first, version)


async def _message(tx: Tx, shop: UUID, conversation: UUID, line: Facts) -> Message:
    if "card" not in line:
        return Message(conversation, None, "text", line["text"], {})
    kind, _, number = str(line["card"]).partition(":")
    found = await orders.ids_of(tx, shop, [number])
    shown = await orders.card(tx, shop, cast("CardKind", kind), found[number])
    body: Body = {"card": msgspec.to_builtins(shown)}
    return Message(conversation, None, "card", "", body)


def moment(text: str, now: datetime) -> datetime:
    """A moment before `now`: `-3m` three minutes, `-2d 15:20` at that time two days earlier."""
    amount, _, clock = text.removeprefix("-").partition(" ")
    if not clock:
        return now - timedelta(minutes=float(amount.removesuffix("m")))
    day = (now.astimezone(ZoneInfo(ZONE)) - timedelta(days=int(amount.removesuffix("d")))).date()
    local = datetime.combine(day, time.fromisoformat(clock), ZoneInfo(ZONE))
    return min(local.astimezone(now.tzinfo), now)
