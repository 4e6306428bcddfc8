"""What may be asked of ratings."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from msgspec import Struct

from xiaoer.learning.model import RatingShown, Talked
from xiaoer.learning.store import ratings as store
from xiaoer.learning.store.ratings import AgentFigures
from xiaoer.plumbing.db import Tx


class RatingFigures(Struct, frozen=True):
    """What buyers said of a shop in a time, agent by agent; `formulas` say how each figure is made.

    `ratings` and `stars` are sums: their quotient is the mean. `satisfied` counts from `high_stars` on.
    """

    since: datetime
    until: datetime
    high_stars: int
    agents: list[AgentFigures]
    formulas: dict[str, str]


async def shown(tx: Tx, conversation: UUID, buyer: UUID) -> RatingShown:
    """Whether a buyer is asked about his last consultation, and what he said."""
    asked = await store.last_request(tx, conversation, buyer)
    if asked is None:
        return RatingShown(asked=False)
    given = await store.last_rating(tx, Talked(asked.shop, conversation, asked.consultation))
    return RatingShown(
        asked=True,
        consultation=asked.consultation,
        state=asked.state,
        until=asked.until,
        stars=given.stars if given else None,
        words=given.words if given else "",
    )


async def figures(
    tx: Tx, shop: UUID, since: datetime, until: datetime, *, high: int, agent: UUID | None
) -> RatingFigures:
    """Ratings and dialogues of a shop in a time; of one agent when named."""
    found = await store.figures(tx, shop, since, until, high)
    agents = [one for one in found if agent is None or one.agent == agent]
    return RatingFigures(since, until, high, agents, dict(_FORMULAS))


async def ended_with(tx: Tx, asked: Sequence[tuple[UUID, UUID, datetime]]) -> Sequence[Talked]:
    """The latest consultations that ended of buyers with shops: shop, buyer, and since when; each once."""
    return list(dict.fromkeys(await store.ended_with(tx, asked)))


_FORMULAS = {
    "mean": "stars / ratings",
    "satisfied_percent": "100 × satisfied / ratings",
    "unsatisfied": "dialogues found, without those set aside",
    "came_back_percent": "100 × came_back / (came_back + improved)",
}
