"""A penalty is imposed: decided by its table, recorded, and what follows from it brought about."""

from datetime import datetime

from xiaoer.clocks import actions as clocks
from xiaoer.identity import queries as identity
from xiaoer.kernel.refusal import Refusal, granted
from xiaoer.penalties import store
from xiaoer.penalties.actions.settle import settle
from xiaoer.penalties.events import PenaltyImposed
from xiaoer.penalties.machine import APPEAL
from xiaoer.penalties.model import Penalty, PenaltyWish
from xiaoer.penalties.rules import impose as rules
from xiaoer.penalties.rules.course import node as node_of
from xiaoer.plumbing import clock
from xiaoer.plumbing.db import Tx
from xiaoer.plumbing.events import publish
from xiaoer.rulebook import actions as rulebook
from xiaoer.rulebook.model import Book


async def penalise(tx: Tx, wish: PenaltyWish, book: Book, now: datetime) -> Penalty:
    """Impose a penalty by the marketplace's book; the same id a second time answers as the first time.

    Points are entered, the measures of its row and of the node it reaches begin with their reasons, the
    appeal window runs. `pays_minor` of the answer is left to the caller to grant. Raises Refusal
    `penalties.no_facts`, `penalties.unlisted`, or when there is no such subject.
    """
    if (wrong := rules.check(wish)) is not None:
        raise Refusal(wrong)
    if wish.subject_kind == "shop":
        await identity.shop(tx, wish.subject)
    else:
        await identity.person(tx, wish.subject)
    await store.lock_subject(tx, wish.subject)
    if known := await store.find_penalties(tx, [wish.id]):
        return known[0]
    await settle(tx, wish.subject_kind, wish.subject, now, why="replaced", reason="year_end")
    others = await store.all_of_subject(tx, wish.subject)
    count = rules.earlier(others, now, book.duration("penalties.repeat_days"))
    decision = await rulebook.decide(
        tx,
        book,
        rules.table_of(wish),
        rules.facts(wish, book, count),
        id=clock.new_id(),
        shop=None,
        subject_kind="penalty",
        subject=wish.id,
        actor=wish.decided_by,
        now=now,
    )
    made = granted(rules.penalty(wish, decision, book, now))
    if made.track is not None:
        await _record_node(tx, made, book, now)
    await store.insert_penalty(tx, made)
    if made.track is not None:
        await store.insert_entry(
            tx,
            clock.new_id(),
            subject_kind=made.subject_kind,
            subject=made.subject,
            track=made.track,
            points=made.points,
            reason="imposed",
            penalty=made.id,
            at=now,
        )
    await settle(tx, made.subject_kind, made.subject, now, why="replaced", reason="corrected")
    await clocks.start(tx, owner=made.id, name=APPEAL, due_at=made.appeal_until, now=now)
    await publish(tx, PenaltyImposed.of(made, tx.tenant, now))
    return made


async def _record_node(tx: Tx, made: Penalty, book: Book, now: datetime) -> None:
    """Keep which node its points reach, so that the page can say why."""
    if made.track is None:
        return
    before = (await store.sums(tx, made.subject)).get(made.track, 0)
    strikes = sum(
        one.strike and one.state != "reversed" for one in await store.all_of_subject(tx, made.subject)
    )
    kept = rulebook.recorded(
        book,
        node_of(made, before, strikes, book),
        id=clock.new_id(),
        shop=None,
        subject_kind="penalty",
        subject=made.id,
        actor=made.decided_by,
        at=now,
    )
    await rulebook.record(tx, [kept])
