"""Who gets the next consultation, which queue it waits in, and how long that may take."""

import math
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from statistics import quantiles
from typing import Final
from uuid import UUID

from xiaoer.routing.model import Agent, AgentState, Estimate, Need, Queue

_LONG_AGO: Final = datetime.min.replace(tzinfo=UTC)
ENOUGH_SAMPLES: Final = 5
"""Below so many finished consultations an estimate would be invented."""


def is_free(agent: Agent) -> bool:
    """Whether an agent takes one more consultation now."""
    return agent.state is AgentState.ONLINE and agent.load < agent.capacity


def is_fit(agent: Agent, need: Need) -> bool:
    """Whether an agent has every skill asked for and speaks the language; no language given means any."""
    speaks = need.language is None or not agent.languages or need.language in agent.languages
    return speaks and need.skills <= set(agent.skills)


def choose(agents: Iterable[Agent], need: Need) -> Agent | None:
    """The agent who gets a consultation, or None when nobody free is fit.

    The agent of the last consultation first; then the smallest share of capacity in use; then whoever
    has waited longest for his last assignment (round robin); then the id, so that equals are decided.
    """
    free = [
        agent
        for agent in agents
        if is_free(agent) and is_fit(agent, need) and agent.person not in need.not_agents
    ]
    return min(
        free,
        key=lambda agent: (
            agent.person != need.last_agent,
            agent.load / agent.capacity,
            agent.last_assigned_at or _LONG_AGO,
            agent.person,
        ),
        default=None,
    )


def queue_for(queues: Sequence[Queue], need: Need) -> Queue | None:
    """The first open queue for these skills and this language, preferring one that names them."""
    open_queues = sorted(
        (queue for queue in queues if queue.archived_at is None), key=lambda queue: (queue.position, queue.id)
    )
    fit = [queue for queue in open_queues if _takes(queue, need)]
    named = [queue for queue in fit if _names(queue, need)]
    return (named or fit or open_queues or [None])[0]


def _takes(queue: Queue, need: Need) -> bool:
    language_fits = not queue.languages or need.language is None or need.language in queue.languages
    return language_fits and (not queue.skills or bool(need.skills & set(queue.skills)))


def _names(queue: Queue, need: Need) -> bool:
    return bool(need.skills & set(queue.skills)) or need.language in queue.languages


def members_of(agents: Iterable[Agent], queue: Queue | None) -> list[Agent]:
    """The agents who serve a queue; a queue without members is served by everybody."""
    if queue is None or not queue.members:
        return list(agents)
    members = set(queue.members)
    return [agent for agent in agents if agent.person in members]


def overflow_loops(queues: Sequence[Queue], queue: UUID, target: UUID | None) -> bool:
    """Whether sending the overflow of `queue` to `target` would lead back to `queue`."""
    following = {each.id: each.overflow_queue for each in queues} | {queue: target}
    seen: set[UUID] = set()
    at: UUID | None = queue
    while at is not None:
        if at in seen:
            return True
        seen.add(at)
        at = following.get(at)
    return False


def wait_estimate(place: int, agents: Sequence[Agent], handling_seconds: Sequence[float]) -> Estimate:
    """How long the `place`-th in line (1 = next) may wait, from the lower to the upper quartile.

    `handling_seconds` are the lengths of consultations finished lately. Each slot of an agent at work
    frees itself once per handling time, so `place` slots are free after `place / slots` handling times.
    Nobody at work, or too few samples, gives no numbers rather than invented ones.
    """
    slots = sum(agent.capacity for agent in agents if agent.state in {AgentState.ONLINE, AgentState.BUSY})
    if any(is_free(agent) for agent in agents) and place == 1:
        return Estimate(0, 60)
    if slots == 0 or len(handling_seconds) < ENOUGH_SAMPLES:
        return Estimate(None, None)
    low, _, high = quantiles(handling_seconds, n=4, method="inclusive")
    return Estimate(math.floor(place * low / slots), math.ceil(place * high / slots))


def shown_state(wished: AgentState, *, connected: bool) -> AgentState:
    """The state others see: what the agent wishes while he is connected, else offline."""
    return wished if connected else AgentState.OFFLINE
