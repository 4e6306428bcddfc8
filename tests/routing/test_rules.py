"""Who is next, where one waits, and how long: pure and decided."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from xiaoer.routing.model import Agent, AgentState, Estimate, Need, Queue
from xiaoer.routing.rules import choose, is_fit, is_free, members_of, overflow_loops, queue_for, wait_estimate

NOW = datetime(2026, 11, 11, 9, tzinfo=UTC)


def agent(number: int, **changes: object) -> Agent:
    plain = Agent(UUID(int=number), AgentState.ONLINE, AgentState.ONLINE, 4, 0, [], [], None, NOW)
    return msgspec.structs.replace(plain, **changes)


def queue(number: int, **changes: object) -> Queue:
    plain = Queue(UUID(int=number), f"q{number}", number, [], [], None, None, None, None, [])
    return msgspec.structs.replace(plain, **changes)


@pytest.mark.parametrize(
    ("agents", "need", "number"),
    [
        ([], Need(), None),
        ([agent(1, state=AgentState.AWAY), agent(2)], Need(), 2),
        ([agent(1, state=AgentState.BUSY)], Need(), None),
        ([agent(1, load=4)], Need(), None),
        ([agent(1, load=3), agent(2, load=2)], Need(), 2),
        ([agent(1, load=3, capacity=10), agent(2, load=2, capacity=4)], Need(), 1),
        ([agent(1, load=0), agent(2, load=3)], Need(last_agent=UUID(int=2)), 2),
        ([agent(1, load=0), agent(2, load=4)], Need(last_agent=UUID(int=2)), 1),
        ([agent(1, last_assigned_at=NOW), agent(2, last_assigned_at=NOW - timedelta(minutes=1))], Need(), 2),
        ([agent(1, last_assigned_at=NOW), agent(2)], Need(), 2),
        ([agent(1), agent(2, skills=["refund"])], Need(skills=frozenset({"refund"})), 2),
        ([agent(1, languages=["zh-Hans"]), agent(2, languages=["en"])], Need(language="en"), 2),
        ([agent(1, languages=["zh-Hans"])], Need(language="en"), None),
        ([agent(1), agent(2)], Need(not_agents=frozenset({UUID(int=1)})), 2),
        ([agent(1, capacity=0)], Need(), None),
    ],
)
def test_the_right_agent_gets_it(agents: list[Agent], need: Need, number: int | None) -> None:
    chosen = choose(agents, need)
    assert (chosen.person.int if chosen else None) == number


AGENTS = st.lists(
    st.builds(
        agent,
        st.integers(1, 1000),
        state=st.sampled_from(AgentState),
        capacity=st.integers(0, 5),
        load=st.integers(0, 6),
        languages=st.lists(st.sampled_from(["zh-Hans", "en"]), unique=True),
        last_assigned_at=st.none()
        | st.integers(0, 100).map(lambda minutes: NOW - timedelta(minutes=minutes)),
    ),
    unique_by=lambda each: each.person,
    max_size=8,
)


@given(AGENTS, st.none() | st.sampled_from(["zh-Hans", "en", "ja"]))
def test_somebody_is_chosen_exactly_when_somebody_free_is_fit(
    agents: list[Agent], language: str | None
) -> None:
    need = Need(language=language)
    chosen = choose(agents, need)
    able = [each for each in agents if is_free(each) and is_fit(each, need)]
    assert (chosen is None) == (not able)
    if chosen is not None:
        assert chosen in able
        assert all(chosen.load / chosen.capacity <= each.load / each.capacity for each in able)
    assert choose(list(reversed(agents)), need) == chosen


def test_round_robin_shares_evenly() -> None:
    agents = [agent(1), agent(2), agent(3)]
    counts = {each.person: 0 for each in agents}
    for minute in range(9):
        chosen = choose(agents, Need())
        assert chosen is not None
        counts[chosen.person] += 1
        later = msgspec.structs.replace(chosen, last_assigned_at=NOW + timedelta(minutes=minute))
        agents = [later if each.person == later.person else each for each in agents]
    assert set(counts.values()) == {3}


@pytest.mark.parametrize(
    ("queues", "need", "number"),
    [
        ([], Need(), None),
        ([queue(1), queue(2, languages=["en"])], Need(language="en"), 2),
        ([queue(1), queue(2, languages=["en"])], Need(language="zh-Hans"), 1),
        ([queue(1, languages=["zh-Hans"])], Need(language="ko"), 1),
        ([queue(1), queue(2, skills=["refund"])], Need(skills=frozenset({"refund"})), 2),
        ([queue(1, skills=["refund"]), queue(2)], Need(), 2),
        ([queue(1, archived_at=NOW), queue(2)], Need(), 2),
    ],
)
def test_the_queue_that_names_the_need_comes_first(
    queues: list[Queue], need: Need, number: int | None
) -> None:
    found = queue_for(queues, need)
    assert (found.id.int if found else None) == number


def test_a_queue_without_members_is_everybodys() -> None:
    agents = [agent(1), agent(2)]
    assert members_of(agents, queue(1)) == agents
    assert members_of(agents, queue(1, members=[UUID(int=2)])) == [agents[1]]


@pytest.mark.parametrize(("target", "loops"), [(None, False), (2, True), (3, True), (1, True), (4, False)])
def test_an_overflow_never_comes_back(target: int | None, loops: bool) -> None:
    queues = [queue(2, overflow_queue=UUID(int=3)), queue(3, overflow_queue=UUID(int=1)), queue(4)]
    assert overflow_loops(queues, UUID(int=1), UUID(int=target) if target else None) is loops


def test_an_estimate_is_honest() -> None:
    assert wait_estimate(3, [agent(1, load=4)], [60.0] * 4) == Estimate(None, None)
    assert wait_estimate(3, [], [60.0] * 50) == Estimate(None, None)
    assert wait_estimate(1, [agent(1)], []) == Estimate(0, 60)
    assert wait_estimate(4, [agent(1, load=4)], [100.0, 200.0, 300.0, 400.0, 500.0]) == Estimate(200, 400)
