"""The socket: greeting, topics, pings, and what happens to those who read slowly or lose their right."""

import asyncio
from typing import Any

from tests import make
from tests.conversations.talk import Talk, together
from tests.socket_client import Page, page
from xiaoer.conversations.actions.seen import Marker
from xiaoer.identity.events import AccessChanged
from xiaoer.plumbing.events import Envelope, publish
from xiaoer.plumbing.hub import FRAMES
from xiaoer.routing.events import AgentChanged
from xiaoer.routing.jobs import Presence

ENTRY = "conversations.entry_added"


def timeline(talk: Talk) -> str:
    return f"conversation:{talk.conversation}"


def desk(talk: Talk) -> str:
    return f"desk:{talk.conversation}"


async def sub(one: Page, topic: str, since: int = 0) -> Any:
    """Listen to a topic; the version it stands at."""
    await one.say(t="sub", topic=topic, since=since)
    return (await one.hear("subbed", lambda frame: frame["topic"] == topic))["version"]


# ── greeting ─────────────────────────────────────────────────────────────


async def test_a_token_or_a_cookie_says_who_it_is(talk: Talk):
    async with page(talk.app, hello=False) as one:
        await one.say(t="hello", token=talk.tokens["agent"])
        ready = await one.hear("ready")
        assert ready["me"]["id"] == str(talk.people["agent"].id)
        assert ready["me"]["role"] == "agent"
        assert ready["now"] == "2026-11-11T04:00:00Z"
    async with page(talk.app, cookie=talk.tokens["buyer"], hello=False) as one:
        await one.say(t="hello")
        assert (await one.hear("ready"))["me"]["role"] == "buyer"


async def test_nobody_gets_in_without_a_word(talk: Talk):
    for first in ({"t": "hello"}, {"t": "hello", "token": "nonsense"}, {"t": "ping"}):
        async with page(talk.app, hello=False) as one:
            await one.say(**first)
            assert await one.end() == 4001
    async with page(talk.app, hello=False) as one:
        await one.say_text("{not json")
        assert await one.end() == 4001


async def test_a_foreign_page_cannot_use_the_cookie(talk: Talk):
    foreign = {"origin": "https://evil.example"}
    async with page(talk.app, cookie=talk.tokens["buyer"], headers=foreign, hello=False) as one:
        assert await one.end() == 4003
        assert not one.accepted
    async with talk.database.transaction(talk.tenant) as tx:
        shop = await make.shop_in(tx, origins=["https://shop.example"])
    assert shop.allowed_origins == ("https://shop.example",)
    known = {"origin": "https://shop.example"}
    async with page(talk.app, cookie=talk.tokens["buyer"], headers=known, hello=False) as one:
        await one.say(t="hello")
        assert await one.end() == 4001  # the widget brings a token, never the cookie
    async with page(talk.app, token=talk.tokens["buyer"], headers=known) as one:
        await one.settled()


# ── frames ───────────────────────────────────────────────────────────────


async def test_what_cannot_be_read_is_refused_and_in_the_end_closed(talk: Talk):
    async with talk.page("buyer") as one:
        for text in ("[]", "{}", '{"t":"dance"}', '{"t":"send","ref":"r"}', '{"t":"typing","on":true}', "x"):
            await one.say_text(text)
            refused = await one.hear("refused")
            assert refused["error"]["code"] == "plumbing.frame_malformed"
        assert refused["ref"] is None
        await one.say_text('{"t":"send","ref":"mine","wish":{"text":5}}')
        assert (await one.hear("refused"))["ref"] == "mine"
        for _ in range(20):
            await one.say_text("x")
        assert await one.end() == 4002


async def test_a_huge_frame_ends_it(talk: Talk):
    async with talk.page("buyer") as one:
        await one.say_text("x" * 70_000)
        assert await one.end() == 4009


async def test_frames_that_wait_travel_together_for_those_who_ask(talk: Talk):
    async with talk.page("buyer", many=True) as one:
        await sub(one, timeline(talk))
        one.reading.clear()
        await together(*(talk.said("buyer", str(number)) for number in range(30)))
        one.reading.set()
        versions = [(await one.hear("event"))["version"] for _ in range(30)]
        assert versions == list(range(1, 31))


# ── topics ───────────────────────────────────────────────────────────────


async def test_who_may_listen_to_what(talk: Talk):
    await talk.said("buyer", "在吗")
    await talk.assign("agent")
    person = {who: f"person:{one.id}" for who, one in talk.people.items()}
    shop = f"shop:{talk.shop}"
    everything = [timeline(talk), desk(talk), shop, person["agent"], "nonsense", "conversation:x", "shop:"]
    may = {
        "buyer": {timeline(talk)},
        "other_buyer": set[str](),
        "agent": {timeline(talk), desk(talk), shop, person["agent"]},
        "colleague": {shop},
        "manager": {timeline(talk), desk(talk), shop},
        "officer": set[str](),
    }
    for who, topics in may.items():
        async with talk.page(who) as one:
            for topic in everything:
                await one.say(t="sub", topic=topic)
                answer = await one.hear("subbed" if topic in topics else "refused")
                assert answer.get("topic", answer.get("ref")) == topic, who


async def test_a_topic_says_where_it_stands(talk: Talk):
    await talk.said("buyer", "在吗")
    await talk.assign("agent")
    async with talk.page("agent") as one:
        assert await sub(one, timeline(talk)) == 1
        assert await sub(one, desk(talk)) == 1
        assert await sub(one, f"shop:{talk.shop}") is None


async def test_both_sides_hear_every_word_in_order(talk: Talk):
    async with talk.page("buyer") as buyer, talk.page("manager") as manager:
        for one in (buyer, manager):
            await sub(one, timeline(talk))
        await talk.said("buyer", "在吗")
        await talk.said("manager", "您好")
        for one in (buyer, manager):
            first, second = [await one.hear("event", lambda frame: frame["name"] == ENTRY) for _ in range(2)]
            assert [first["version"], second["version"]] == [1, 2]
            assert first["body"]["entry"]["text"] == "在吗"
            assert first["body"]["reply_due_at"] == "2026-11-11T04:05:00Z"
            assert second["body"]["entry"]["name"] == "manager"
            assert second["body"]["reply_due_at"] is None


async def test_what_a_guard_said_and_staff_lines_stay_with_staff(talk: Talk):
    async with talk.page("buyer") as buyer, talk.page("manager") as manager:
        for one in (buyer, manager):
            await sub(one, timeline(talk))
        await sub(manager, desk(talk))
        await talk.said("buyer", "你们都是骗子,滚")
        await talk.assign("agent")
        body = await buyer.event(ENTRY)
        assert "guard" not in body["entry"]
        marked = await manager.event("conversations.entry_marked")
        assert marked["guard"]["marks"] == ["abuse"]
        assert (await manager.event("conversations.desk_entry_added"))["entry"]["kind"] == "assigned"
        await buyer.settled()
        assert [frame for frame in buyer.heard if frame["t"] == "event"] == []


async def test_whoever_loses_a_conversation_hears_no_more_of_it(talk: Talk):
    await talk.said("buyer", "在吗")
    await talk.assign("agent")
    async with talk.page("agent") as agent, talk.page("colleague") as colleague:
        await sub(agent, timeline(talk))
        await sub(agent, desk(talk))
        await talk.assign("colleague")
        dropped = {(await agent.hear("dropped"))["topic"] for _ in range(2)}
        assert dropped == {timeline(talk), desk(talk)}
        await sub(colleague, timeline(talk))
        await talk.said("colleague", "您好")
        await agent.settled()
        assert [frame for frame in agent.heard if frame.get("name") == ENTRY] == []


async def test_whoever_is_signed_out_is_put_out(talk: Talk):
    async with talk.page("buyer") as one:
        await sub(one, timeline(talk))
        answer = await talk.client("buyer").post("/public/v1/sign-out-everywhere")
        assert answer.status < 300
        assert await one.end() == 4001


async def test_a_reassigned_right_is_noticed_on_a_socket_without_topics(talk: Talk):
    """What a connection remembers of a person is forgotten when his rights change."""
    await talk.said("buyer", "在吗")
    await talk.assign("agent")
    async with talk.page("agent") as one:
        await sub(one, timeline(talk))
        async with talk.database.transaction(talk.tenant) as tx:
            await publish(tx, AccessChanged(tenant=talk.tenant, at=talk.now, person=talk.people["agent"].id))
        await one.settled()
        await one.say(
            t="send",
            ref="r",
            wish={"conversation_id": str(talk.conversation), "client_id": "z", "text": "您好"},
        )
        assert (await one.hear("ok"))["entry"]["version"] == 2


async def test_nothing_is_missed_between_the_question_and_the_first_event(talk: Talk):
    """Words that come while the right to listen is asked arrive all the same."""
    async with talk.page("buyer") as one:
        await one.say(t="sub", topic=timeline(talk), since=0)
        await together(*(talk.said("buyer", str(number)) for number in range(10)))
        stands = (await one.hear("subbed"))["version"]
        await one.settled()
        heard = {frame["version"] for frame in one.heard if frame["t"] == "event"}
        assert heard | set(range(1, stands + 1)) == set(range(1, 11))


async def test_more_between_them_than_a_queue_holds_is_fetched(talk: Talk):
    """Nobody is left waiting for a word that was thrown away."""
    hub, topic = talk.services.hub, timeline(talk)
    async with talk.page("buyer") as one:
        await one.say(t="sub", topic=topic, since=0)
        for _ in range(100):
            if hub.count(talk.tenant, topic):
                break
            await asyncio.sleep(0)
        hub.publish([Envelope(talk.tenant, ENTRY, topic, None, "{}")] * (FRAMES + 1))
        await one.hear("subbed")
        assert (await one.hear("poke"))["topic"] == topic


async def test_a_client_that_comes_back_fetches_what_it_missed(talk: Talk):
    async with talk.page("buyer") as one:
        await sub(one, timeline(talk))
        await talk.said("buyer", "一")
        await one.event(ENTRY)
    await talk.said("buyer", "二")
    await talk.said("manager", "三")
    async with talk.page("buyer") as one:
        stands = await sub(one, timeline(talk), since=1)
        assert stands == 3
        answer = await talk.client("buyer").get(
            f"/public/v1/conversations/{talk.conversation}/entries", after=1
        )
        assert [entry["version"] for entry in answer.json["data"]] == [2, 3]
        await talk.said("buyer", "四")
        assert (await one.event(ENTRY))["entry"]["version"] == 4


async def test_two_tabs_of_one_person_show_the_same(talk: Talk):
    async with talk.page("buyer") as first, talk.page("buyer") as second:
        for one in (first, second):
            await sub(one, timeline(talk))
        wish = {"conversation_id": str(talk.conversation), "client_id": "same", "text": "在吗"}
        for one in (first, second):  # the outbox of a page that was opened twice
            await one.say(t="send", ref="r", wish=wish)
        answers = [await one.hear("ok") for one in (first, second)]
        assert answers[0]["entry"]["id"] == answers[1]["entry"]["id"]
        for one in (first, second):
            await one.event(ENTRY)
            await one.settled()
            assert [frame for frame in one.heard if frame.get("name") == ENTRY] == []


async def test_a_slow_reader_is_closed_and_finds_everything_again(talk: Talk):
    async with talk.page("buyer") as slow, talk.page("manager") as quick:
        for one in (slow, quick):
            await sub(one, timeline(talk))
        await slow.settled()
        slow.reading.clear()  # the network of this one is stuck
        # what the writer holds, what may wait, and a little more
        for start in range(0, 2 * FRAMES + 192, 64):
            await together(*(talk.said("buyer", str(start + number)) for number in range(64)))
        total = (await talk.thread()).version
        slow.reading.set()
        assert await slow.end() == 4008
        for version in range(1, total + 1):
            assert (await quick.hear("event"))["version"] == version
    async with talk.page("buyer") as again:
        assert await sub(again, timeline(talk)) == total


# ── pings ────────────────────────────────────────────────────────────────


async def test_typing_reaches_the_other_side_and_is_never_kept(talk: Talk):
    async with talk.page("buyer") as buyer, talk.page("manager") as manager:
        await sub(buyer, timeline(talk))
        await sub(manager, timeline(talk))
        await buyer.say(t="typing", conversation_id=str(talk.conversation), on=True)
        await buyer.say(t="typing", conversation_id=str(talk.conversation), on=True)
        await buyer.say(t="typing", conversation_id=str(talk.conversation), on=False)
        heard = [await manager.event("conversations.typing") for _ in range(2)]
        assert [one["on"] for one in heard] == [True, False]
        assert heard[0]["side"] == "buyer"
        await buyer.settled()
        assert (await talk.thread()).version == 0


async def test_pings_about_what_one_does_not_hear_are_nothing(talk: Talk):
    async with talk.page("other_buyer") as stranger, talk.page("buyer") as buyer:
        await sub(buyer, timeline(talk))
        await talk.said("manager", "您好")
        await buyer.event(ENTRY)
        conversation = str(talk.conversation)
        await stranger.say(t="typing", conversation_id=conversation, on=True)
        await stranger.say(t="seen", conversation_id=conversation, version=1)
        await stranger.say(t="got", at={conversation: 1})
        await stranger.say(t="viewing", conversation_id=conversation, on=True)
        await stranger.settled()
        await talk.services.service(Marker).close()
        await buyer.settled()
        assert [frame for frame in buyer.heard if frame["t"] == "event"] == []
        assert (await talk.thread()).unread_buyer == 1


async def test_read_marks_travel_and_count(talk: Talk):
    async with talk.page("buyer") as buyer, talk.page("manager") as manager:
        await sub(buyer, timeline(talk))
        await sub(manager, timeline(talk))
        await talk.said("manager", "一")
        await talk.said("manager", "二")
        await buyer.say(t="got", at={str(talk.conversation): 2})
        seen = await manager.event("conversations.seen")
        assert (seen["side"], seen["delivered"], seen["read"], seen["unread"]) == ("buyer", 2, 0, 2)
        await buyer.say(t="seen", conversation_id=str(talk.conversation), version=1)
        seen = await manager.event("conversations.seen")
        assert (seen["delivered"], seen["read"], seen["unread"]) == (2, 1, 1)


async def test_colleagues_see_who_looks_until_he_goes(talk: Talk):
    await talk.said("buyer", "在吗")
    await talk.assign("agent")
    async with talk.page("manager") as manager:
        await sub(manager, desk(talk))
        async with talk.page("agent") as agent:
            await sub(agent, desk(talk))
            await agent.say(t="viewing", conversation_id=str(talk.conversation), on=True)
            viewing = await manager.event("conversations.viewing")
            assert (viewing["person_name"], viewing["on"]) == ("agent", True)
        assert (await manager.event("conversations.viewing"))["on"] is False


async def test_staff_who_connect_are_at_work(talk: Talk):
    presence = talk.services.service(Presence)
    key = (talk.tenant, talk.shop, talk.people["agent"].id)
    async with talk.page("agent") as one, talk.page("agent") as two:
        await one.settled()
        await two.settled()
        assert presence._sockets[key] == 2
    assert key not in presence._sockets


async def test_late_news_that_an_agent_was_gone_takes_nothing_from_him(talk: Talk):
    """It is heard after he has come to work; whoever waits for him stays his."""
    agent = talk.people["agent"].id
    async with talk.page("agent") as one:
        await one.settled()
        for who in ("buyer", "agent", "buyer"):
            await talk.said(who, "在吗")
        async with talk.database.transaction(talk.tenant) as tx:
            gone = AgentChanged(
                tenant=talk.tenant, at=talk.now, shop=talk.shop, person=agent, state="offline", capacity=8,
                load=1,
            )  # fmt: skip
            await publish(tx, gone)
        await talk.react()
        thread = await talk.thread()
        assert (thread.state, thread.assignee) == ("assigned", agent)


async def test_asking_too_often_is_refused(talk: Talk):
    budgets = talk.services.budgets
    assert budgets.person.capacity >= 600
    strict = make.program(talk.database, limit_factor=0.005, now=lambda: talk.now)
    async with page(strict.app, token=talk.tokens["buyer"]) as one:
        for number in range(4):
            wish = {"conversation_id": str(talk.conversation), "client_id": f"a{number}", "text": "x"}
            await one.say(t="send", ref=str(number), wish=wish)
        refused = await one.hear("refused")
        assert refused["error"]["code"] == "plumbing.too_many"
        assert refused["ref"] == "3"
