"""The doors of penalties: the shop and the buyer they happen to, and people of the marketplace."""

from typing import Annotated
from uuid import UUID

from msgspec import Meta, Struct

from xiaoer.measures.model import SubjectKind
from xiaoer.penalties.actions import exam, reverse
from xiaoer.penalties.actions.impose import penalise
from xiaoer.penalties.model import Circumstance, ExamTry, Grade, Offence, PenaltyState, PenaltyWish, Text
from xiaoer.penalties.queries import penalties, views
from xiaoer.penalties.queries.views import PenaltyLine, PenaltyWhole, ShopStanding
from xiaoer.penalties.rules.exam import QuestionShown, shown
from xiaoer.plumbing.clock import new_id
from xiaoer.plumbing.db import Tx
from xiaoer.plumbing.http import Call, Limit, Page, page_of
from xiaoer.rulebook import queries as rulebook
from xiaoer.rulebook.model import Explained
from xiaoer.rulebook.queries import Books

Number = Annotated[str, Meta(min_length=1, max_length=64)]


class Exam(Struct, frozen=True):
    """The rule exam: its questions in the caller's language, and what passes."""

    questions: list[QuestionShown]
    pass_percent: int
    tries: list[ExamTry]


class ExamAnswers(Struct, forbid_unknown_fields=True):
    """The place of the chosen answer, from 0, by the id of its question."""

    answers: Annotated[dict[str, int], Meta(max_length=100)]


class NewPenalty(Struct, kw_only=True, forbid_unknown_fields=True):
    """What an officer penalises; `id` is his own: the second time he gets the first answer."""

    id: UUID
    subject_kind: SubjectKind
    subject: UUID
    offence: Offence
    grade: Grade
    facts: Text
    circumstances: Annotated[list[Circumstance], Meta(max_length=20)] = []
    evidence: Annotated[list[Number], Meta(max_length=100)] = []
    quantity: Annotated[int, Meta(ge=1, le=10_000)] = 1


class ReversalWish(Struct, forbid_unknown_fields=True):
    """Why a penalty is taken back."""

    why: Text


# ── the shop ─────────────────────────────────────────────────────────────


async def get_standing(call: Call, shop: UUID) -> ShopStanding:
    """How a shop stands: points by track, what binds it and until when, its penalties, the exam."""
    async with call.database.read(call.tenant) as tx:
        return await views.standing(tx, shop, call.now)


async def list_of_shop(
    call: Call, shop: UUID, *, limit: Limit = 50, starting_after: UUID | None = None
) -> Page[PenaltyLine]:
    """The penalties of a shop, newest first."""
    return await _of(call, shop, limit, starting_after)


async def get_of_shop(call: Call, shop: UUID, penalty: UUID) -> PenaltyWhole:
    """One penalty of a shop, with its reasons and measures."""
    async with call.database.read(call.tenant) as tx:
        found = await penalties.penalty(tx, penalty, shop)
        return await views.whole(tx, found, call.now, decides=False)


async def get_why_of_shop(call: Call, shop: UUID, penalty: UUID) -> list[Explained]:
    """Every decision about a penalty, with its row and basis."""
    async with call.database.read(call.tenant) as tx:
        await penalties.penalty(tx, penalty, shop)
        return list(await rulebook.why(tx, "penalty", penalty, call.language))


async def get_exam(call: Call, shop: UUID) -> Exam:
    """The rule exam, and how the shop did before."""
    book = await call.service(Books).of(call.tenant, None, call.now)
    async with call.database.read(call.tenant) as tx:
        tries = await penalties.tries(tx, shop)
    return Exam(shown(call.language), book.integer("penalties.exam_percent"), list(tries))


async def post_exam(call: Call, shop: UUID, data: ExamAnswers) -> ExamTry:
    """Hand the answers in; a passed exam ends what waited for it."""
    fresh, me = new_id(), call.actor.person
    book = await call.service(Books).of(call.tenant, None, call.now)

    async def work(tx: Tx) -> ExamTry:
        return await exam.sit(tx, shop, data.answers, id=fresh, person=me, book=book, now=call.now)

    return await call.database.run(call.tenant, work)


# ── the buyer ────────────────────────────────────────────────────────────


async def list_mine(
    call: Call, *, limit: Limit = 50, starting_after: UUID | None = None
) -> Page[PenaltyLine]:
    """The caller's own penalties, newest first."""
    return await _of(call, call.actor.person, limit, starting_after)


async def get_mine(call: Call, penalty: UUID) -> PenaltyWhole:
    """One of the caller's own penalties, with its reasons and measures."""
    async with call.database.read(call.tenant) as tx:
        found = await penalties.penalty(tx, penalty, call.actor.person)
        return await views.whole(tx, found, call.now, decides=False)


async def get_my_why(call: Call, penalty: UUID) -> list[Explained]:
    """Every decision about one of the caller's own penalties, with its row and basis."""
    async with call.database.read(call.tenant) as tx:
        await penalties.penalty(tx, penalty, call.actor.person)
        return list(await rulebook.why(tx, "penalty", penalty, call.language))


# ── people of the marketplace ────────────────────────────────────────────


async def list_all(
    call: Call,
    *,
    subject: UUID | None = None,
    offence: Offence | None = None,
    state: PenaltyState | None = None,
    limit: Limit = 50,
    starting_after: UUID | None = None,
) -> Page[PenaltyLine]:
    """Penalties of everybody, newest first."""
    async with call.database.read(call.tenant) as tx:
        found = await penalties.page(
            tx, subject=subject, offence=offence, state=state, before=starting_after, limit=limit + 1
        )
        lines = await views.lines(tx, found)
    return page_of(lines, limit, lambda one: str(one.id))


async def get_one(call: Call, penalty: UUID) -> PenaltyWhole:
    """One penalty, with its reasons and measures."""
    async with call.database.read(call.tenant) as tx:
        return await views.whole(tx, await penalties.penalty(tx, penalty), call.now, decides=True)


async def get_why(call: Call, penalty: UUID) -> list[Explained]:
    """Every decision about a penalty, with its row and basis."""
    async with call.database.read(call.tenant) as tx:
        await penalties.penalty(tx, penalty)
        return list(await rulebook.why(tx, "penalty", penalty, call.language))


async def post_penalty(call: Call, data: NewPenalty) -> PenaltyWhole:
    """Impose a penalty; its subject is told the reasons at once."""
    book = await call.service(Books).of(call.tenant, None, call.now)
    wish = PenaltyWish(
        id=data.id,
        subject_kind=data.subject_kind,
        subject=data.subject,
        offence=data.offence,
        grade=data.grade,
        facts=data.facts,
        circumstances=tuple(data.circumstances),
        evidence=tuple(data.evidence),
        quantity=data.quantity,
        source_kind="officer",
        source=data.id,
        decided_by=call.actor.person,
    )

    async def work(tx: Tx) -> PenaltyWhole:
        return await views.whole(tx, await penalise(tx, wish, book, call.now), call.now, decides=True)

    return await call.database.run(call.tenant, work)


async def post_reverse(call: Call, penalty: UUID, data: ReversalWish) -> PenaltyWhole:
    """Take a penalty back: points, measures and notices are as if it had never been."""
    fresh, me = new_id(), call.actor.person

    async def work(tx: Tx) -> PenaltyWhole:
        found = await reverse.reverse(tx, penalty, id=fresh, why=data.why, by=me, now=call.now)
        return await views.whole(tx, found, call.now, decides=True)

    return await call.database.run(call.tenant, work)


async def _of(call: Call, subject: UUID, limit: int, starting_after: UUID | None) -> Page[PenaltyLine]:
    async with call.database.read(call.tenant) as tx:
        found = await penalties.page(tx, subject=subject, before=starting_after, limit=limit + 1)
        lines = await views.lines(tx, found)
    return page_of(lines, limit, lambda one: str(one.id))
