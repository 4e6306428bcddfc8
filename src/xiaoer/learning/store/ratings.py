"""How requests and ratings are kept: one function per statement of `ratings.sql`."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final
from uuid import UUID

from msgspec import Struct

from xiaoer.learning.model import RatingRequest, RatingWish, RequestState, Talked
from xiaoer.plumbing.db import Tx
from xiaoer.plumbing.sql import Statements


class Given(Struct, frozen=True):
    """Stars and words as they were given."""

    stars: int
    words: str


class Ended(Struct, frozen=True):
    """A consultation as learning needs it."""

    buyer: UUID
    opened_at: datetime
    closed_at: datetime | None
    assignee: UUID | None
    first_reply_by: UUID | None


class AgentFigures(Struct, frozen=True):
    """What was said of one agent in a time, and what he learned from it; None is who served nobody."""

    agent: UUID | None
    agent_name: str
    ratings: int
    stars: int
    satisfied: int
    dialogues: int
    operation: int
    information: int
    attitude: int
    improved: int
    came_back: int


_statements: Final = Statements(__file__, "ratings.sql")
_add_request = _statements.command("add_request")
_lock_request = _statements.rows("lock_request", RatingRequest)
_lock_last_request = _statements.rows("lock_last_request", RatingRequest)
_last_request = _statements.rows("last_request", RatingRequest)
_save_request = _statements.command("save_request")
_add_rating = _statements.command("add_rating")
_last_rating = _statements.rows("last_rating", Given)
_closed_consultation = _statements.rows("closed_consultation", Ended)
_opened_again = _statements.value("opened_again", bool)
_case_asked = _statements.value("case_asked", bool)
_complained = _statements.value("complained", bool)
_left_unanswered = _statements.value("left_unanswered", bool)
_ended_with = _statements.rows("ended_with", Talked)
_figures = _statements.rows("figures", AgentFigures)


async def add_request(tx: Tx, asked: RatingRequest) -> bool:
    """Ask about a consultation; False when it has been asked about."""
    return bool(
        await _add_request.run(
            tx,
            shop=asked.shop,
            id=asked.id,
            conversation=asked.conversation,
            consultation=asked.consultation,
            buyer=asked.buyer,
            agent=asked.agent,
            asked_at=asked.asked_at,
            until=asked.until,
        )
    )


async def lock_request(tx: Tx, id: UUID) -> RatingRequest | None:
    """A request, locked."""
    return await _lock_request.first(tx, id=id)


async def lock_last_request(tx: Tx, conversation: UUID, buyer: UUID) -> RatingRequest | None:
    """The request about a buyer's last consultation, locked."""
    return await _lock_last_request.first(tx, conversation=conversation, buyer=buyer)


async def last_request(tx: Tx, conversation: UUID, buyer: UUID) -> RatingRequest | None:
    """The request about a buyer's last consultation."""
    return await _last_request.first(tx, conversation=conversation, buyer=buyer)


async def save_request(tx: Tx, asked: RatingRequest, state: RequestState) -> None:
    """Write how a locked request stands."""
    await _save_request.run(tx, shop=asked.shop, id=asked.id, state=state)


async def add_rating(tx: Tx, asked: RatingRequest, wish: RatingWish, *, id: UUID, at: datetime) -> None:
    """Keep what a buyer said; what he said before stays."""
    await _add_rating.run(
        tx,
        shop=asked.shop,
        id=id,
        conversation=asked.conversation,
        consultation=asked.consultation,
        buyer=asked.buyer,
        agent=asked.agent,
        stars=wish.stars,
        words=wish.words,
        at=at,
    )


async def last_rating(tx: Tx, talked: Talked) -> Given | None:
    """What a buyer said last of a consultation."""
    return await _last_rating.first(tx, conversation=talked.conversation, consultation=talked.consultation)


async def closed_consultation(tx: Tx, talked: Talked) -> Ended | None:
    """A consultation with its buyer."""
    return await _closed_consultation.first(
        tx, shop=talked.shop, conversation=talked.conversation, consultation=talked.consultation
    )


async def opened_again(tx: Tx, talked: Talked, until: datetime) -> bool:
    """Whether the buyer came back until a moment."""
    return await _opened_again.one(
        tx,
        shop=talked.shop,
        conversation=talked.conversation,
        consultation=talked.consultation,
        until=until,
    )


async def case_asked(tx: Tx, shop: UUID, buyer: UUID, since: datetime, until: datetime) -> bool:
    """Whether the buyer asked the shop for something after-sale in a time."""
    return await _case_asked.one(tx, shop=shop, buyer=buyer, since=since, until=until)


async def complained(tx: Tx, shop: UUID, buyer: UUID, since: datetime, until: datetime) -> bool:
    """Whether the buyer complained of the shop in a time."""
    return await _complained.one(tx, shop=shop, buyer=buyer, since=since, until=until)


async def left_unanswered(tx: Tx, talked: Talked) -> bool:
    """Whether the buyer had the last word and got no answer."""
    return await _left_unanswered.one(
        tx, shop=talked.shop, conversation=talked.conversation, consultation=talked.consultation
    )


async def ended_with(tx: Tx, asked: Sequence[tuple[UUID, UUID, datetime]]) -> list[Talked]:
    """The latest consultations that ended of buyers with shops: shop, buyer, and since when."""
    return await _ended_with.all(
        tx,
        shops=[shop for shop, _, _ in asked],
        buyers=[buyer for _, buyer, _ in asked],
        sinces=[since for _, _, since in asked],
    )


async def figures(tx: Tx, shop: UUID, since: datetime, until: datetime, high: int) -> list[AgentFigures]:
    """Ratings and dialogues of each agent in a time; `high` is the least number of stars that satisfies."""
    return await _figures.all(tx, shop=shop, since=since, until=until, high=high)
