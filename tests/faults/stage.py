"""A shop with several conversations in an installation, the load on it, the proof that all of it is whole."""

import asyncio
from collections.abc import AsyncGenerator, Callable, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from uuid import UUID

from tests import make
from tests.conversations.proof import whole
from tests.conversations.talk import Talk, begin
from tests.faults.clients import Account, Door, Reader, Writer
from tests.faults.installation import until
from xiaoer.clocks.actions import save_calendar
from xiaoer.conversations.actions.committer import Committer
from xiaoer.conversations.actions.seen import Marker
from xiaoer.conversations.model.entry import Entry
from xiaoer.plumbing import clock
from xiaoer.plumbing.db import Database, Sizes

CONVERSATIONS = 3
DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
ALWAYS = {"name": "always", "zone": "Asia/Shanghai", "week": {day: ["00:00-24:00"] for day in DAYS}}
"""At night a desk answers by itself, too: the tests may be run at any hour."""


class Stage:
    """Some buyers, each with a conversation that an agent serves; everything is arranged in the database."""

    def __init__(self, talk: Talk, url: Callable[[], str]) -> None:
        self.talk = talk
        self.url = url
        self.conversations: list[UUID] = []
        self._buyers: dict[UUID, str] = {}

    def account(self, conversation: UUID, side: str, url: str | None = None) -> Account:
        """The buyer of a conversation, or somebody of the shop."""
        if side == "buyer":
            return Account(url or self.url(), self.talk.tokens[self._buyers[conversation]], conversation)
        return Account(url or self.url(), self.talk.tokens[side], conversation, self.talk.shop)

    async def add_conversation(self) -> UUID:
        """One more buyer, whom the agent serves."""
        talk, name = self.talk, f"buyer {len(self.conversations)}"
        talk.people[name] = await make.person(talk.database, talk.tenant, role="buyer", name=name)
        talk.tokens[name] = await make.session(talk.database, talk.tenant, talk.people[name])
        wish = {"buyer_id": str(talk.people[name].id)}
        answer = await talk.client("agent").post(f"/api/v1/shops/{talk.shop}/conversations", wish)
        assert answer.json["assignee"]["name"] == "agent", answer.body
        conversation = UUID(answer.json["id"])
        self._buyers[conversation] = name
        self.conversations.append(conversation)
        await talk.said("agent", "您好", conversation=conversation)
        return conversation

    async def served(self) -> bool:
        """Whether the agent's sockets have been noticed: buyers of an absent one are given to others."""
        agent = self.talk.people["agent"].id
        async with self.talk.database.read(self.talk.tenant) as tx:
            return await tx.fetchval("select state from routing.agent where person = $1", agent) == "online"

    async def whole(self, conversation: UUID) -> list[Entry]:
        """The timeline as the database has it, proved."""
        self.talk.conversation = conversation
        return await whole(self.talk)


@asynccontextmanager
async def staged(
    database_url: str, url: Callable[[], str], conversations: int = CONVERSATIONS
) -> AsyncGenerator[Stage]:
    """A marketplace of its own in this database."""
    database = await Database.open(database_url, sizes=Sizes(writers=2, readers=2, system=1))
    talk = await begin(database)
    talk.now = clock.now()
    async with database.transaction(talk.tenant) as tx:
        await save_calendar(tx, talk.shop, ALWAYS, talk.people["manager"].id, talk.now)
    stage = Stage(talk, url)
    for _ in range(conversations):
        await stage.add_conversation()
    try:
        yield stage
    finally:
        await talk.services.service(Marker).close()
        await talk.services.service(Committer).close()
        await database.close()


class Load:
    """Both sides of every conversation write, by frame and by POST; a screen watches each conversation."""

    def __init__(self, stage: Stage, urls: Sequence[str] = ()) -> None:
        self.stage = stage
        self.writers: list[Writer] = []
        self.readers: list[Reader] = []
        doors: tuple[Door, Door] = ("frame", "post")
        for place, conversation in enumerate(stage.conversations):
            for number, side in enumerate(("buyer", "agent")):
                url = urls[(place + number) % len(urls)] if urls else None
                account = stage.account(conversation, side, url)
                name = f"{side}-{place}-{len(self.writers)}"
                self.writers.append(Writer(account, name, doors[(place + number) % 2]))
                self.readers.append(Reader(account))

    @property
    def acknowledged(self) -> int:
        return sum(len(writer.acknowledged) for writer in self.writers)

    @property
    def refusals(self) -> list[tuple[int, str]]:
        return [refusal for writer in self.writers for refusal in writer.refusals]

    @asynccontextmanager
    async def going(self, words: int) -> AsyncGenerator[None]:
        """Beside the block every writer writes so many words; afterwards all are acknowledged and shown."""
        async with AsyncExitStack() as stack:
            for reader in self.readers:
                await stack.enter_async_context(reader.watching())
            await until(self.stage.served, "the agent is at work")
            async with asyncio.TaskGroup() as writing:
                for writer in self.writers:
                    writing.create_task(writer.write(words))
                yield
            await self.settle()

    async def reach(self, acknowledged: int) -> None:
        """Wait until so many words have been acknowledged."""
        await until(lambda: self.acknowledged >= acknowledged, f"{acknowledged} words are acknowledged")

    async def settle(self) -> None:
        """Every screen shows what the database has, by itself."""
        for conversation in self.stage.conversations:
            entries = await self.stage.whole(conversation)
            self._judge(conversation, entries)
            for reader in self.readers:
                if reader.account.conversation == conversation:
                    await reader.reach(len(entries))
                    shown = [(entry["id"], entry["text"]) for entry in reader.shown.values()]
                    assert shown == [(str(entry.id), entry.text) for entry in entries]

    def _judge(self, conversation: UUID, entries: Sequence[Entry]) -> None:
        """Nothing acknowledged is lost, doubled or out of its writer's order; nothing else was written."""
        by_version = {entry.version: entry for entry in entries}
        texts = [entry.text for entry in entries]
        assert len(texts) == len(set(texts)), "doubled"
        for writer in self.writers:
            if writer.account.conversation != conversation:
                continue
            mine = list(writer.acknowledged.values())
            for entry in mine:
                assert str(by_version[entry["version"]].id) == entry["id"]
            versions = [entry["version"] for entry in mine]
            assert versions == sorted(versions), "out of order"
            written = [text for text in texts if text.startswith(f"{writer.name} ")]
            assert written == [entry["text"] for entry in mine]


__all__ = ["Load", "Stage", "staged"]
