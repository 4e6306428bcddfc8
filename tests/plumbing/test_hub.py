import asyncio
from uuid import UUID

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from xiaoer.plumbing.events import Envelope
from xiaoer.plumbing.hub import Dropped, Hub, Subscriber

TENANT, OTHER = UUID(int=1), UUID(int=2)


def news(topic: str, version: int = 1, tenant: UUID = TENANT) -> Envelope:
    return Envelope(tenant, "test.said", topic, version, "{}")


async def test_a_listener_hears_its_topics_and_nothing_else() -> None:
    hub, listener = Hub(), Subscriber()
    hub.join(listener, TENANT, "a")
    assert hub.publish([news("a"), news("b"), news("a", 2), news("a", 3, OTHER)]) == 2
    frames = [msgspec.json.decode(frame) for frame in await listener.take()]
    assert [frame["version"] for frame in frames] == [1, 2]
    hub.leave(listener, TENANT, "a")
    assert hub.publish([news("a")]) == 0
    assert hub.count(TENANT, "a") == 0


async def test_taking_waits_for_the_next_frame() -> None:
    hub, listener = Hub(), Subscriber()
    hub.join(listener, TENANT, "a")
    taking = asyncio.create_task(listener.take())
    await asyncio.sleep(0)
    assert not taking.done()
    hub.publish([news("a")])
    assert len(await taking) == 1


async def test_a_slow_listener_is_dropped_at_once_and_the_others_are_not() -> None:
    told: list[str] = []
    hub, slow, quick = Hub(), Subscriber("slow", limit_frames=3, on_drop=told.append), Subscriber("quick")
    for one in (slow, quick):
        hub.join(one, TENANT, "a")
        hub.join(one, TENANT, "b")
    hub.publish([news("a", n) for n in range(5)])
    assert told == ["slow"]
    assert (hub.count(TENANT, "a"), hub.count(TENANT, "b")) == (1, 1)
    assert len(await quick.take()) == 5
    with pytest.raises(Dropped, match="slow"):
        await slow.take()
    assert not slow.push("late")


async def test_many_frames_at_once_leave_before_a_listener_is_held_for_slow() -> None:
    left: list[str] = []

    def leave() -> None:
        left.extend(brisk.grab())

    brisk = Subscriber("brisk", limit_frames=3, on_full=leave)
    stuck = Subscriber("stuck", limit_frames=3, on_full=lambda: None)
    assert [brisk.push(str(n)) for n in range(8)] == [True] * 8
    assert [stuck.push(str(n)) for n in range(8)] == [True] * 3 + [False] * 5
    assert left + brisk.grab() == [str(n) for n in range(8)]
    assert (brisk.dropped, stuck.dropped) == (None, "slow")


async def test_a_few_huge_frames_are_too_much_as_well() -> None:
    listener = Subscriber()
    pushed = [listener.push("x" * 1_000_000) for _ in range(5)]
    assert pushed == [True, True, True, False, False]


async def test_a_dropped_listener_stops_waiting() -> None:
    listener = Subscriber()
    taking = asyncio.create_task(listener.take())
    await asyncio.sleep(0)
    listener.drop("closed")
    with pytest.raises(Dropped, match="closed"):
        await taking


async def test_rights_are_asked_again() -> None:
    hub = Hub()
    may = {"anna": True, "bert": True}
    listeners = {name: Subscriber(name) for name in may}

    def asks(name: str):
        async def allowed() -> bool:
            return may[name]

        return allowed

    for name, one in listeners.items():
        hub.join(one, TENANT, "desk:1", asks(name))
    hub.join(listeners["bert"], TENANT, "open")
    may["bert"] = False
    assert await hub.recheck(TENANT, tag="anna") == 0
    assert await hub.recheck(TENANT, topic="desk:1") == 1
    assert hub.tags(TENANT, "desk:1") == {"anna"}
    assert hub.tags(TENANT, "open") == {"bert"}
    [frame] = await listeners["bert"].take()
    assert msgspec.json.decode(frame) == {"t": "dropped", "topic": "desk:1", "why": "not_allowed"}


async def test_caches_hear_by_name_and_forget_after_a_gap() -> None:
    hub, heard = Hub(), list[Envelope | None]()
    hub.on("test.said", heard.append)
    hub.on("test.said", lambda _: 1 / 0)  # a mistake of one does not hurt the others
    hub.on("test.other", lambda _: heard.clear())
    hub.publish([news("nobody")])
    assert heard == [news("nobody")]
    hub.on("test.said", heard.append)


async def test_after_a_gap_everybody_is_poked() -> None:
    hub, one, two = Hub(), Subscriber(), Subscriber()
    heard: list[Envelope | None] = []
    hub.on("test.said", heard.append)
    hub.join(one, TENANT, "a")
    hub.join(two, OTHER, "b")
    hub.poke_all()
    assert msgspec.json.decode((await two.take())[0]) == {"t": "poke", "topic": "b", "version": None}
    assert one.waiting == 1
    assert heard == [None]


_steps = st.lists(
    st.tuples(st.sampled_from(["join", "leave", "quit", "publish"]), st.integers(0, 2), st.integers(0, 2)),
    max_size=60,
)


@given(_steps)
def test_the_hub_agrees_with_a_plain_set(steps: list[tuple[str, int, int]]) -> None:
    hub = Hub()
    listeners = [Subscriber(n, limit_frames=1000) for n in range(3)]
    model: set[tuple[int, int]] = set()
    expected = [0, 0, 0]
    for step, who, topic in steps:
        match step:
            case "join":
                hub.join(listeners[who], TENANT, str(topic))
                model.add((who, topic))
            case "leave":
                hub.leave(listeners[who], TENANT, str(topic))
                model.discard((who, topic))
            case "quit":
                hub.quit(listeners[who])
                model -= {(who, n) for n in range(3)}
            case _:
                hub.publish([news(str(topic))])
                for n in range(3):
                    expected[n] += (n, topic) in model
    assert [one.waiting for one in listeners] == expected
    assert all(hub.count(TENANT, str(n)) == sum(t == n for _, t in model) for n in range(3))
