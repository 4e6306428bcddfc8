"""The rule exam: an attempt is marked, and a passed one ends what waited for it (P-008)."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from xiaoer.identity import queries as identity
from xiaoer.kernel.refusal import Refusal, Refused
from xiaoer.measures.actions import impose as measures
from xiaoer.measures.queries import measures as known_measures
from xiaoer.penalties import store
from xiaoer.penalties.events import ExamPassed
from xiaoer.penalties.model import ExamTry
from xiaoer.penalties.rules import exam as rules
from xiaoer.plumbing.db import Tx
from xiaoer.plumbing.events import publish
from xiaoer.rulebook.model import Book


async def sit(
    tx: Tx, shop: UUID, answers: Mapping[str, int], *, id: UUID, person: UUID, book: Book, now: datetime
) -> ExamTry:
    """Mark an attempt. Raises Refusal `penalties.exam_too_soon` right after one that failed."""
    await store.lock_subject(tx, shop)
    before = await store.tries(tx, shop, 1)
    free_at = before[0].at + book.duration("penalties.exam_pause") if before else now
    if before and not before[0].passed and now < free_at:
        zone = await identity.home_zone(tx)
        facts: dict[str, object] = {"until": free_at.astimezone(zone)}
        raise Refusal(Refused("not_now", "penalties.exam_too_soon", facts=facts))
    asked, good = len(rules.questions()), rules.good(answers)
    passed = rules.passes(good, asked, book.integer("penalties.exam_percent"))
    made = ExamTry(id=id, person=person, asked=asked, good=good, passed=passed, at=now)
    known = {name: answers[name] for name in rules.questions() if name in answers}
    await store.insert_try(tx, shop, made, known)
    if passed:
        penalties = [one.id for one in await store.all_of_subject(tx, shop)]
        for measure in await known_measures.of_sources(tx, penalties):
            await measures.pass_exam(tx, measure.id, person, now)
        await publish(tx, ExamPassed(tenant=tx.tenant, at=now, shop=shop, person=person))
    return made
