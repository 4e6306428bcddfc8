"""What agents and whoever leads them do with an unsatisfied dialogue."""

from datetime import datetime
from uuid import UUID

from msgspec import structs

from xiaoer.kernel.refusal import Refusal
from xiaoer.learning.actions.move import locked, move
from xiaoer.learning.machine import DIALOGUE, Event, State
from xiaoer.learning.model import ContestWish, Dialogue, DialogueDecideWish, HintWish, PlanWish
from xiaoer.learning.rules.deeds import Deed, may
from xiaoer.learning.rules.found import followed_up
from xiaoer.learning.store import dialogues as store
from xiaoer.plumbing.clock import new_id
from xiaoer.plumbing.db import Tx


async def plan(
    tx: Tx, person: UUID, shop: UUID, dialogue: UUID, wish: PlanWish, *, leads: bool, now: datetime
) -> Dialogue:
    """The agent accepts, names the cause and what he will do differently (S-121, S-122)."""
    was = await _allowed(tx, person, shop, dialogue, "plan", leads=leads)
    changed = structs.replace(was, cause=wish.cause, plan=wish.plan, planned_at=now)
    return await move(tx, was, Event.PLAN, changed=changed, person=person, text=wish.plan, now=now)


async def contest(
    tx: Tx, person: UUID, shop: UUID, dialogue: UUID, wish: ContestWish, *, leads: bool, now: datetime
) -> Dialogue:
    """The agent says why this was not his to do better (D11)."""
    was = await _allowed(tx, person, shop, dialogue, "contest", leads=leads)
    changed = structs.replace(was, contest=wish.words)
    return await move(tx, was, Event.CONTEST, changed=changed, person=person, text=wish.words, now=now)


async def decide(
    tx: Tx, person: UUID, shop: UUID, dialogue: UUID, wish: DialogueDecideWish, *, leads: bool, now: datetime
) -> Dialogue:
    """Whoever leads sets a dialogue aside, or sends a contested one back. Raises Refusal(not_now)."""
    was = await _allowed(tx, person, shop, dialogue, "decide", leads=leads)
    event = Event.SET_ASIDE if wish.set_aside or was.state == "overdue" else Event.SEND_BACK
    changed = structs.replace(was, cause="outside") if event is Event.SET_ASIDE else was
    return await move(tx, was, event, changed=changed, person=person, text=wish.words, now=now)


async def hint(
    tx: Tx, person: UUID, shop: UUID, dialogue: UUID, wish: HintWish, *, leads: bool, now: datetime
) -> Dialogue:
    """Whoever leads writes advice; it stays as it was written (S-022)."""
    was = await _allowed(tx, person, shop, dialogue, "hint", leads=leads)
    await store.add_hint(tx, was.id, id=new_id(), author=person, text=wish.text, at=now)
    return was


async def fell_due(tx: Tx, dialogue: UUID, clock: str, now: datetime) -> Dialogue | None:
    """Nobody acted, or the time to look again has come. None when it stands elsewhere meanwhile."""
    was = await store.lock_dialogue(tx, dialogue)
    if was is None or was.clock != clock:
        return None
    event = DIALOGUE.due[State(was.state)][1]
    if was.state == "planned" and was.cause is not None and was.planned_at is not None:
        event = followed_up(await store.same_cause_since(tx, was, was.cause, was.planned_at))
    return await move(tx, was, event, now=now)


async def _allowed(tx: Tx, person: UUID, shop: UUID, dialogue: UUID, deed: Deed, *, leads: bool) -> Dialogue:
    was = await locked(tx, shop, dialogue)
    refused = may(was, deed, person, leads=leads)
    if refused is not None:
        raise Refusal(refused)
    return was
