"""What the two sides do: add, answer, withdraw."""

from datetime import datetime
from typing import Final
from uuid import UUID

from msgspec import structs

from xiaoer.appeals.actions import assign
from xiaoer.appeals.actions.known import standing
from xiaoer.appeals.actions.move import move, note
from xiaoer.appeals.actions.show import show
from xiaoer.appeals.actions.stays import stays
from xiaoer.appeals.actions.targets import Targets
from xiaoer.appeals.machine import Event
from xiaoer.appeals.model import AddWish, Appeal, Doer
from xiaoer.kernel.refusal import Refusal, Refused
from xiaoer.plumbing.db import Tx

_ASKED: Final = frozenset({"incomplete", "supplement"})


async def add(tx: Tx, doer: Doer, appeal: UUID, wish: AddWish, now: datetime) -> Appeal:
    """The appellant shows what was asked of him, or more; the other side answers.

    Raises Refusal: nothing_new when new facts are what is missing; for evidence see `show`.
    """
    was, me, under = await standing(tx, doer, appeal, "add")
    await show(tx, was.id, wish.evidence, me, under=under, now=now)
    if me.side == "other":
        return await note(tx, was, "answered", me, now=now, text=wish.text)
    facts = "\n".join(one for one in (was.new_facts, wish.new_facts) if one.strip())
    changed = structs.replace(was, new_facts=facts)
    if was.state not in _ASKED:
        return await note(tx, was, "added", me, now=now, changed=changed, text=wish.text)
    if was.state == "incomplete" and not facts and not wish.evidence:
        raise Refusal(Refused("invalid", "appeals.nothing_new"))
    after = await move(tx, was, Event.ADD, me, under, now=now, changed=changed, text=wish.text)
    return await assign.by_itself(tx, after, under, now)


async def withdraw(tx: Tx, doer: Doer, appeal: UUID, text: str, *, targets: Targets, now: datetime) -> Appeal:
    """The appellant takes it back: the decision stays."""
    was, me, under = await standing(tx, doer, appeal, "withdraw")
    changed = await stays(tx, was, targets, by=doer.person, now=now)
    return await move(tx, was, Event.WITHDRAW, me, under, now=now, changed=changed, text=text)
