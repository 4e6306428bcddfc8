"""How well a shop answered: its turns of talk, counted by a response profile."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import Final, Literal
from uuid import UUID

from msgspec import Struct

from xiaoer.clocks import queries as clocks
from xiaoer.clocks.model import Counts, Line, Response, Share, Talk, Window
from xiaoer.clocks.rules.figures import response, responses_by_agent
from xiaoer.clocks.rules.profiles import profile_of
from xiaoer.conversations.model.entry import HUMAN_ROLES, MESSAGE_KINDS
from xiaoer.conversations.rules.speak import SPEAKERS
from xiaoer.conversations.store import figures as store
from xiaoer.conversations.store.figures import TurnTaken
from xiaoer.identity import queries as identity
from xiaoer.kernel.refusal import Refusal, Refused
from xiaoer.plumbing.db import Tx
from xiaoer.rulebook import queries as rulebook

ProfileName = Literal["five_minutes", "taobao_three_minutes", "pdd_five_minutes", "jd_thirty_seconds", "own"]
DAYS_MAX: Final = 92
"""The longest stretch one request looks at."""

LASTS: Final = timedelta(days=31)
"""How long before the stretch a consultation may have begun and still be looked at."""


class Shared(Struct, frozen=True):
    """How many of how many, and in percent; percent is null while there is nothing to divide by."""

    numerator: int
    denominator: int
    percent: float | None


class Day(Struct, frozen=True):
    """The share in time of one local day."""

    day: date
    in_time: Shared


class Figure(Struct, frozen=True):
    """How somebody answered.

    `rounds` are counted, `open_rounds` still within their time, `left_out` were asked outside the profile's
    hours or answered too fast for a person. `assessed`: there were enough to judge by.
    """

    in_time: Shared
    average_seconds: float | None
    rounds: int
    open_rounds: int
    left_out: int
    assessed: bool
    days: Sequence[Day]


class AgentFigure(Struct, frozen=True):
    """What one agent answered, and what waits for him."""

    person_id: UUID
    name: str
    figure: Figure


class ResponseFigures(Struct, frozen=True, rename={"since": "from", "until": "to"}):
    """A shop's response figures by a profile, with the facts that fill the sentence explaining them.

    The sentence is `formula.<counts>` of the catalogue's file clocks.
    """

    profile: str
    counts: Counts
    since: datetime
    until: datetime
    shop: Figure
    agents: Sequence[AgentFigure]
    good_percent: int
    facts: Mapping[str, object]


async def response_figures(
    tx: Tx,
    shop: UUID,
    *,
    profile: str | None,
    since: datetime | None,
    until: datetime | None,
    only: UUID | None,
    now: datetime,
) -> ResponseFigures:
    """The figures of questions asked from `since` on and before `until`; `only` leaves one agent's.

    Without a profile the shop's own choice counts, without a time the days its profile looks back. Raises
    Refusal for a stretch that ends before it begins or is longer than `DAYS_MAX` days.
    """
    chosen = profile_of(await rulebook.book(tx, shop, now), profile)
    until = until or now
    since = since or until - timedelta(days=chosen.window_days)
    if not since < until <= since + timedelta(days=DAYS_MAX):
        raise Refusal(Refused("invalid", "conversations.figures_when", facts={"days": DAYS_MAX}))
    calendar = (await clocks.calendar(tx, shop)).calendar()
    turns = await store.turns(
        tx,
        shop,
        opened_since=since - LASTS,
        since=since,
        until=until,
        roles=HUMAN_ROLES | {"buyer"},
        kinds=MESSAGE_KINDS,
    )
    talks, window = list(_talks(turns)), Window(since, until)
    whole = response(talks, chosen, calendar, now, window=window)
    by_agent = responses_by_agent(talks, chosen, calendar, now, window=window)
    seen = [agent for agent in by_agent if only is None or agent == only]
    names = await identity.people(tx, seen)
    agents = [
        AgentFigure(agent, names[agent].display_name, _figure(by_agent[agent]))
        for agent in seen
        if agent in names
    ]
    agents.sort(key=lambda one: (-one.figure.rounds, one.name, one.person_id))
    return ResponseFigures(
        profile=chosen.name,
        counts=whole.counts,
        since=since,
        until=until,
        shop=_figure(whole),
        agents=agents,
        good_percent=chosen.good_percent,
        facts=whole.facts,
    )


def _talks(turns: Sequence[TurnTaken]) -> Iterator[Talk]:
    for _, lines in groupby(turns, key=lambda turn: turn.conversation):
        mine = list(lines)
        said = (Line(one.at, SPEAKERS[one.role], one.consultation, agent=one.agent) for one in mine)
        yield Talk(mine[0].buyer, tuple(said))


def _figure(counted: Response) -> Figure:
    return Figure(
        in_time=_shared(counted.in_time),
        average_seconds=counted.average_seconds,
        rounds=counted.timed_rounds,
        open_rounds=counted.open_rounds,
        left_out=counted.left_out,
        assessed=counted.assessed,
        days=[Day(day, _shared(share)) for day, share in counted.days.items()],
    )


def _shared(share: Share) -> Shared:
    return Shared(share.numerator, share.denominator, share.percent)
