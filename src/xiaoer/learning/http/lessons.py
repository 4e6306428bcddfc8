"""The doors to lessons, exams and training plans."""

from uuid import UUID

from xiaoer.identity import queries as identity
from xiaoer.kernel.refusal import Refusal, Refused
from xiaoer.learning.actions import lessons as actions
from xiaoer.learning.actions.cases import cases as real_cases
from xiaoer.learning.actions.read import Reader, words
from xiaoer.learning.http.dialogues import leads
from xiaoer.learning.model import (
    ExamLine,
    ExamWish,
    Lesson,
    LessonKind,
    LessonState,
    LessonWish,
    Said,
    Sitting,
    SittingWish,
    TaskWish,
    TrainingTask,
)
from xiaoer.learning.queries import dialogues, lessons
from xiaoer.learning.queries.dialogues import shared
from xiaoer.learning.queries.lessons import ExamShown
from xiaoer.plumbing.db import Tx
from xiaoer.plumbing.http import Call, Limit, Page, page_of
from xiaoer.rulebook.queries import Books


async def list_lessons(
    call: Call,
    shop: UUID,
    *,
    kind: LessonKind | None = None,
    state: LessonState | None = None,
    limit: Limit = 50,
    starting_after: UUID | None = None,
) -> Page[Lesson]:
    """What the team can learn from, the newest first."""
    async with call.database.read(call.tenant) as tx:
        found = await lessons.lessons(
            tx,
            shop,
            person=call.actor.person,
            leads=leads(call),
            kind=kind,
            state=state,
            before=starting_after,
            limit=limit + 1,
        )
    return page_of(found, limit, lambda one: str(one.id))


async def post_lesson(call: Call, shop: UUID, data: LessonWish) -> Lesson:
    """Share a dialogue with a good answer, a model dialogue or a script; words are masked, names left out."""
    lead = call.actor.role_in(shop) == "manager"

    async def work(tx: Tx) -> Lesson:
        talk = await _talk(tx, call, shop, data, lead=lead)
        return await actions.propose(tx, shop, call.actor.person, data, talk, leads=lead, now=call.now)

    return await call.database.run(call.tenant, work)


async def post_publish(call: Call, shop: UUID, lesson: UUID) -> None:
    """Let the team read a proposed lesson."""
    await _settle(call, shop, lesson, "published")


async def post_withdraw(call: Call, shop: UUID, lesson: UUID) -> None:
    """Take a lesson back."""
    await _settle(call, shop, lesson, "withdrawn")


async def post_read(call: Call, shop: UUID, lesson: UUID) -> None:
    """Say that one has read a lesson."""
    await call.database.run(
        call.tenant, lambda tx: actions.read(tx, shop, lesson, call.actor.person, call.now)
    )


async def list_exams(
    call: Call, shop: UUID, limit: Limit = 50, starting_after: UUID | None = None
) -> Page[ExamLine]:
    """The exams of the shop, with how one did in each."""
    async with call.database.read(call.tenant) as tx:
        found = await lessons.exams(tx, shop, call.actor.person, before=starting_after, limit=limit + 1)
    return page_of(found, limit, lambda one: str(one.id))


async def post_exam(call: Call, shop: UUID, data: ExamWish) -> ExamShown:
    """Make an exam of the shop's own inspected conversations, masked."""
    book = await call.service(Books).of(call.tenant, shop, call.now)

    async def work(tx: Tx) -> ExamShown:
        cases = await real_cases(tx, shop, most=data.questions, reader=_reader(call, shop), now=call.now)
        made = await actions.set_exam(
            tx,
            shop,
            call.actor.person,
            data,
            cases,
            pass_percent=book.integer("learning.pass_percent"),
            now=call.now,
        )
        return await lessons.exam(tx, shop, made.id)

    return await call.database.run(call.tenant, work)


async def get_exam(call: Call, shop: UUID, exam: UUID) -> ExamShown:
    """An exam to sit, without its answers."""
    async with call.database.read(call.tenant) as tx:
        return await lessons.exam(tx, shop, exam)


async def post_retire(call: Call, shop: UUID, exam: UUID) -> None:
    """Nobody sits this exam any more."""
    await call.database.run(call.tenant, lambda tx: actions.retire(tx, shop, exam, call.now))


async def post_sitting(call: Call, shop: UUID, exam: UUID, data: SittingWish) -> Sitting:
    """Hand in one's answers and learn what they come to."""
    return await call.database.run(
        call.tenant, lambda tx: actions.sit(tx, shop, exam, person=call.actor.person, wish=data, now=call.now)
    )


async def list_tasks(
    call: Call,
    shop: UUID,
    *,
    person: UUID | None = None,
    limit: Limit = 50,
    starting_after: UUID | None = None,
) -> Page[TrainingTask]:
    """One's own training plan; the team's for whoever leads it."""
    whose = person if leads(call) else call.actor.person
    async with call.database.read(call.tenant) as tx:
        found = await lessons.tasks(tx, shop, person=whose, before=starting_after, limit=limit + 1)
    return page_of(found, limit, lambda one: str(one.id))


async def post_task(call: Call, shop: UUID, data: TaskWish) -> TrainingTask:
    """Put a lesson or an exam into somebody's plan."""

    async def work(tx: Tx) -> TrainingTask:
        person = (await identity.people(tx, [data.person])).get(data.person)
        if person is None or all(one.shop_id != shop for one in person.memberships):
            raise Refusal(Refused("not_found", "learning.not_in_team"))
        title = await lessons.title(tx, shop, data.kind, data.item, call.actor.person)
        return await actions.set_task(
            tx, shop, data, title=title, name=person.display_name, by=call.actor.person, now=call.now
        )

    return await call.database.run(call.tenant, work)


async def _settle(call: Call, shop: UUID, lesson: UUID, state: LessonState) -> None:
    await call.database.run(
        call.tenant,
        lambda tx: actions.settle(tx, shop, lesson, state=state, by=call.actor.person, now=call.now),
    )


def _reader(call: Call, shop: UUID) -> Reader:
    return Reader(call.actor.person, call.actor.role_in(shop))


async def _talk(tx: Tx, call: Call, shop: UUID, wish: LessonWish, *, lead: bool) -> tuple[Said, ...]:
    """The masked lines a lesson is about; a script needs none."""
    mine = None if lead else call.actor.person
    if wish.dialogue is not None:
        found = await dialogues.dialogue(tx, shop, wish.dialogue, agent=mine)
        conversation, consultation = found.conversation, found.consultation
    elif wish.conversation is not None and wish.consultation is not None:
        conversation, consultation = wish.conversation, wish.consultation
        if not await dialogues.served(tx, shop, conversation, consultation, agent=mine):
            raise Refusal(Refused("not_found", "learning.unknown_dialogue"))
    else:
        return ()
    lines = await words(tx, shop, conversation, consultation, reader=_reader(call, shop), now=call.now)
    return shared(lines)
