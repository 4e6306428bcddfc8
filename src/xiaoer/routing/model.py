"""The things of routing: queues, agents, and what a consultation needs."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

import msgspec


class AgentState(StrEnum):
    """Whether an agent takes new consultations: only `online` does."""

    ONLINE = "online"
    BUSY = "busy"
    AWAY = "away"
    OFFLINE = "offline"


class Queue(msgspec.Struct, frozen=True):
    """A waiting line of a shop; empty skills or languages mean "any"."""

    id: UUID
    name: str
    position: int
    skills: list[str]
    languages: list[str]
    overflow_queue: UUID | None
    overflow_seconds: int | None
    ignore_seconds: int | None
    archived_at: datetime | None
    members: list[UUID]


class Agent(msgspec.Struct, frozen=True):
    """An agent of a shop with what he can do and what he has in hand (in consultations)."""

    person: UUID
    state: AgentState
    wished_state: AgentState
    capacity: int
    load: int
    skills: list[str]
    languages: list[str]
    last_assigned_at: datetime | None
    changed_at: datetime


class Need(msgspec.Struct, frozen=True, kw_only=True):
    """What a waiting consultation asks of its agent."""

    skills: frozenset[str] = frozenset()
    language: str | None = None
    last_agent: UUID | None = None
    not_agents: frozenset[UUID] = frozenset()
    """Who has just ignored or handed over this consultation and is not asked again at once."""


class Estimate(msgspec.Struct, frozen=True):
    """An honest guess how long somebody waits, in seconds; None means that nobody can say."""

    low_seconds: int | None
    high_seconds: int | None
