"""Somebody wants a decision looked at again."""

from datetime import datetime
from typing import Final
from uuid import UUID

from msgspec import structs

from xiaoer.appeals.actions import assign
from xiaoer.appeals.actions.move import start_clock, stepped, write_down
from xiaoer.appeals.actions.right import Right, right
from xiaoer.appeals.actions.show import show
from xiaoer.appeals.actions.targets import Targets
from xiaoer.appeals.machine import Event
from xiaoer.appeals.model import Appeal, AppealSummary, AppealWish, Doer, Party
from xiaoer.appeals.rules.windows import left_seconds
from xiaoer.appeals.store import appeals as store
from xiaoer.kernel.refusal import Refusal
from xiaoer.plumbing.clock import new_id
from xiaoer.plumbing.db import Tx
from xiaoer.rulebook import actions as rulebook

_EVENTS: Final = {"accept": Event.ACCEPT, "ask_more": Event.ASK_MORE, "look": Event.LOOK}


async def lodge(
    tx: Tx, doer: Doer, party: Party, wish: AppealWish, *, id: UUID, targets: Targets, now: datetime
) -> Appeal:
    """Lodge an appeal in a party's name; the same client_id gets the same appeal again.

    Raises Refusal: unknown_target, nothing_stands, already_open, only_once, too_late; of evidence see `show`.
    """
    assert doer.person is not None
    if wish.client_id and (known := await store.find_of_client(tx, doer.person, wish.client_id)):
        return (await store.find_appeals(tx, [known]))[0]
    await store.lock_target(tx, wish.kind, wish.target)
    asked = await right(tx, targets, party, wish, now)
    if asked.refused is not None:
        raise Refusal(asked.refused)
    fresh = _fresh(asked, doer, party, wish, id=id, now=now)
    me = Doer("appellant", doer.person, party, leads=doer.leads)
    event = _EVENTS[asked.answer]
    appeal = structs.replace(stepped(fresh, fresh, event, asked.under, now), version=1)
    await store.insert_appeal(tx, appeal)
    await _record(tx, asked, appeal, doer.person, now)
    await show(tx, appeal.id, wish.evidence, me, under=asked.under, now=now)
    await start_clock(tx, appeal, asked.under, now)
    await write_down(tx, fresh, appeal, str(event), me, text=wish.text, now=now)
    await targets.of(wish.kind).lodged(tx, asked.target, appeal.id, now)
    return await assign.by_itself(tx, appeal, asked.under, now)


async def _record(tx: Tx, asked: Right, appeal: Appeal, person: UUID, now: datetime) -> None:
    await rulebook.record(
        tx,
        [
            rulebook.recorded(
                asked.under.book,
                one,
                id=new_id(),
                shop=appeal.shop,
                subject_kind="appeal",
                subject=appeal.id,
                actor=person,
                at=now,
            )
            for one in asked.decisions
        ],
    )


def _fresh(asked: Right, doer: Doer, party: Party, wish: AppealWish, *, id: UUID, now: datetime) -> Appeal:
    target, book = asked.target, asked.under.book
    others = [one for one in (*target.parties, target.other) if one is not None and one != party]
    other = others[0] if others else None
    assert doer.person is not None
    return Appeal(
        id=id,
        shop=target.shop,
        target_kind=wish.kind,
        target=wish.target,
        appellant_kind=party.kind,
        appellant=party.id,
        other_kind=other.kind if other else None,
        other=other.id if other else None,
        lodged_by=doer.person,
        client_id=wish.client_id,
        text=wish.text,
        wanted=wish.wanted,
        new_facts=wish.new_facts,
        late_reason=wish.late_reason,
        human=wish.human,
        state="new",
        version=0,
        judge=None,
        judges=target.judges,
        barred=target.judges,
        agent=target.agent,
        suspended=False,
        left_seconds=left_seconds(asked.window, book, now),
        summary=AppealSummary(
            title=target.title,
            facts=target.facts,
            rows=target.rows,
            version=target.rules_version,
            decided_at=target.decided_at,
            automated=target.automated,
            published=target.published,
        ),
        statement=None,
        clock=None,
        due_at=None,
        stage=0,
        rules_at=now,
        rules_version=book.version,
        lodged_at=now,
        moved_at=now,
        closed_at=None,
    )
