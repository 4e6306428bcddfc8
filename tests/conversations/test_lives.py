"""Random lives of a conversation: whatever both sides and the desk do, the record holds and screens agree."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from operator import itemgetter
from typing import Any

from hypothesis import example, given, settings
from hypothesis import strategies as st
from msgspec import structs

from tests import make
from tests.conversations.proof import whole
from tests.conversations.talk import NOON, Talk
from tests.living import LIVED
from tests.socket_client import Page
from xiaoer.conversations.actions.committer import Committer
from xiaoer.conversations.actions.seen import Marker
from xiaoer.conversations.model.entry import Entry

STAFF = ("agent", "colleague", "manager")
PEOPLE = ("buyer", *STAFF)
Step = tuple[Any, ...]

words = st.sampled_from(["在吗", "您好", "什么时候发货", "好的", "请稍等", "ok\u202egnp", "👍"])
say = st.tuples(st.just("say"), st.sampled_from(PEOPLE), words)
steps: st.SearchStrategy[Step] = st.one_of(
    say,
    say,
    st.tuples(st.just("many"), st.lists(st.tuples(st.sampled_from(PEOPLE), words), min_size=2, max_size=6)),
    st.tuples(st.just("again"), st.integers(0, 30)),
    st.tuples(st.just("recall"), st.sampled_from(PEOPLE), st.integers(1, 30)),
    st.tuples(st.just("seen"), st.sampled_from(("buyer", "manager")), st.integers(0, 40)),
    st.tuples(st.just("got"), st.sampled_from(("buyer", "manager")), st.integers(0, 40)),
    st.tuples(st.just("assign"), st.sampled_from(STAFF)),
    st.tuples(st.just("close")),
    st.tuples(st.just("snooze")),
    st.tuples(st.just("wait"), st.integers(1, 200)),
)


class Life:
    """One conversation that steps are done to, with a screen on either side."""

    def __init__(self, talk: Talk, other: Committer, screens: Mapping[str, Page]) -> None:
        self.talk = talk
        self.other = other
        self.screens = screens
        self.sent: list[tuple[str, str, str]] = []
        self.acknowledged: dict[tuple[str, str], Entry] = {}

    async def do(self, step: Step) -> None:
        match step:
            case ("say", who, text):
                await self._say([(who, text)])
            case ("many", said):
                await self._say(said)
            case ("again", place) if place < len(self.sent):
                await self._again(*self.sent[place])
            case ("recall", who, version):
                await self._recall(who, version)
            case ("seen" | "got", who, version):
                await self._mark(step[0], who, version)
            case ("assign", who):
                await self.talk.assign(who)
            case ("close",):
                await self._move("closed")
            case ("snooze",):
                await self._move("snoozed")
            case ("wait", seconds):
                self.talk.now += timedelta(seconds=seconds)
            case _:
                pass

    async def _say(self, said: Sequence[tuple[str, str]]) -> None:
        """Through two committers in turn, as if through two processes."""
        talk = self.talk
        pending: list[Any] = []
        for number, (who, text) in enumerate(said):
            client_id = f"{len(self.sent)}"
            self.sent.append((who, text, client_id))
            committer = self.other if number % 2 else talk.committer
            pending.append((who, client_id, committer.submit(talk.asked(who, text, client_id=client_id))))
        for who, client_id, future in pending:
            answer = await future
            if isinstance(answer, Entry):
                self.acknowledged[who, client_id] = answer

    async def _again(self, who: str, text: str, client_id: str) -> None:
        """A client that did not hear the answer asks again."""
        answer = await self.talk.say(who, text, client_id=client_id)
        before = self.acknowledged.get((who, client_id))
        if before is not None:
            assert isinstance(answer, Entry)
            assert answer.id == before.id
        elif isinstance(answer, Entry):
            self.acknowledged[who, client_id] = answer

    async def _recall(self, who: str, version: int) -> None:
        talk = self.talk
        base = "/public/v1" if who == "buyer" else f"/api/v1/shops/{talk.shop}"
        url = f"{base}/conversations/{talk.conversation}/entries/{version}/recall"
        answer = await talk.client(who).post(url)
        assert answer.status in {200, 403, 404, 409}, answer.body

    async def _mark(self, t: str, who: str, version: int) -> None:
        conversation = str(self.talk.conversation)
        said: dict[str, Any] = {"conversation_id": conversation, "version": version}
        await self.screens[who].say(t=t, **(said if t == "seen" else {"at": {conversation: version}}))
        await self.screens[who].settled()
        await self.talk.services.service(Marker).close()

    async def _move(self, state: str) -> None:
        thread = await self.talk.thread()
        if thread.state in ({"assigned"} if state == "snoozed" else {"queued", "assigned", "snoozed"}):
            until = self.talk.now + timedelta(days=1) if state == "snoozed" else None
            await self.talk.bring(
                lambda was: structs.replace(was, state=state, snoozed_until=until), kind=state
            )

    async def judge(self) -> None:
        """The record holds, everything acknowledged is in it once, and both screens show what is fetched."""
        entries = await whole(self.talk)
        by_id = {entry.id: entry for entry in entries}
        for answer in self.acknowledged.values():
            assert by_id[answer.id].text == answer.text
        keys = [(entry.person_id, entry.client_id) for entry in self.acknowledged.values()]
        assert len(keys) == len(set(keys))
        for who, page in self.screens.items():
            await page.settled()
            assert shown_by_events(page, who) == await fetched(self.talk, who), who


def shown_by_events(page: Page, who: str) -> dict[int, tuple[str, str]]:
    """What a screen shows that applied every event, as the pages do.

    Two processes may tell their news in either order; pages put them in order by version.
    """
    side = "buyer" if who == "buyer" else "shop"
    screen: dict[int, tuple[str, str]] = {}
    sides: dict[int, str] = {}
    added = [frame for frame in page.heard if frame.get("name") == "conversations.entry_added"]
    for frame in sorted(added, key=itemgetter("version")):
        entry = frame["body"]["entry"]
        assert frame["version"] == len(screen) + 1, "a gap, or twice"
        sides[entry["version"]] = "buyer" if entry["role"] == "buyer" else "shop"
        screen[entry["version"]] = (entry["kind"], entry["text"])
        target = entry["body"].get("recalls")
        if target is not None and sides[target] != side:
            screen[target] = (screen[target][0], "")
    return screen


async def fetched(talk: Talk, who: str) -> dict[int, tuple[str, str]]:
    """The same from the server."""
    base = "/public/v1" if who == "buyer" else f"/api/v1/shops/{talk.shop}"
    found: dict[int, tuple[str, str]] = {}
    while True:
        url = f"{base}/conversations/{talk.conversation}/entries"
        answer = (await talk.client(who).get(url, after=len(found), limit=20)).json
        found |= {entry["version"]: (entry["kind"], entry["text"]) for entry in answer["data"]}
        if not answer["has_more"]:
            return found


@settings(LIVED, max_examples=25)
@given(life=st.lists(steps, min_size=1, max_size=25))
@example(
    life=[("say", "buyer", "在吗"), ("say", "agent", "您好"), ("recall", "agent", 2), ("seen", "buyer", 9)]
)
@example(life=[("say", "buyer", "在吗"), ("assign", "agent"), ("snooze",), ("say", "buyer", "好的")])
@example(life=[("say", "buyer", "在吗"), ("close",), ("say", "manager", "您好"), ("say", "buyer", "好的")])
async def test_whatever_happens_the_record_holds(talk: Talk, life: list[Step]):
    talk = await somebody_new(talk)
    other = Committer(talk.database, talk.shops, hear=talk.services.hub.publish)
    async with talk.page("buyer") as buyer, talk.page("manager") as manager:
        for page in (buyer, manager):
            await page.say(t="sub", topic=f"conversation:{talk.conversation}")
            await page.hear("subbed")
        lived = Life(talk, other, {"buyer": buyer, "manager": manager})
        for step in life:
            await lived.do(step)
        await lived.judge()
    await other.close()


async def somebody_new(talk: Talk) -> Talk:
    """The same shop with another buyer, who has said nothing yet."""
    person = await make.person(talk.database, talk.tenant, role="buyer")
    token = await make.session(talk.database, talk.tenant, person)
    talk.people["buyer"], talk.tokens["buyer"], talk.now = person, token, NOON
    talk.conversation = await talk.make_conversation()
    return talk
