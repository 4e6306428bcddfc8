"""An agent objects to a block, another decides, and an upheld phrase is tried and put into the whitelist."""

from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from msgspec import structs

from xiaoer.clocks import actions as clocks
from xiaoer.conversations.actions.prove import NOTHING_HELD, Here, judge_here
from xiaoer.conversations.model.thread import Speaker
from xiaoer.conversations.queries import files
from xiaoer.conversations.rules.batch import ShopRules
from xiaoer.guard.book import GuardBook
from xiaoer.guard.kinds.proofs import held
from xiaoer.guard.model import Context
from xiaoer.kernel.refusal import Refusal, Refused
from xiaoer.objections import queries, rules, store
from xiaoer.objections.events import ObjectionMoved, ObjectionOverdue, ProposalMoved
from xiaoer.objections.machine import DECISION_CLOCK, OBJECTION, PROPOSAL, Answer, Event, Proposed, State
from xiaoer.objections.model import (
    DecisionWish,
    Judge,
    Lodger,
    Objection,
    ObjectionWish,
    Trial,
    WhitelistProposal,
)
from xiaoer.plumbing.clock import new_id
from xiaoer.plumbing.db import Tx
from xiaoer.plumbing.events import publish
from xiaoer.rulebook import queries as rulebook
from xiaoer.rulebook.actions import decide as ask
from xiaoer.rulebook.actions import set_value

SUBJECT: Final = "guard_objection"
LIST: Final = "guard.whitelist"
FRESH: Final = "guard.trial_hours"
UNKNOWN: Final = Refused("not_found", "objections.unknown_objection")
UNKNOWN_PROPOSAL: Final = Refused("not_found", "objections.unknown_proposal")
AGAIN: Final = Refused("not_now", "objections.objected_before")
LETS_NOTHING_PASS: Final = Refused("refused", "objections.phrase_changes_nothing")


async def lodge(
    tx: Tx,
    speaker: Speaker,
    shop: UUID,
    wish: ObjectionWish,
    *,
    here: ShopRules,
    marketplace: GuardBook,
    now: datetime,
) -> Objection:
    """Say that words were right to say; they are judged again here, so that nothing is claimed.

    Raises Refusal: nothing_held, file_unknown, objected_before.
    """
    if speaker.person is None:
        raise TypeError("a program objects to nothing")
    found, _ = await judge_here(tx, speaker, Here(shop, wish.conversation_id, here), wish.text, now)
    finding = next(
        (one for one in held(found.review.findings) if (one.kind, one.start) == (wish.kind, wish.start)), None
    )
    if finding is None:
        raise Refusal(NOTHING_HELD)
    lodged_as: Lodger = "manager" if shop in speaker.leads else "agent"
    one = Objection(
        id=new_id(),
        shop=shop,
        conversation=wish.conversation_id,
        person=speaker.person,
        lodged_as=lodged_as,
        level=rules.level_of(wish.text, finding, Context(role=lodged_as), marketplace),
        kind=finding.kind,
        row=finding.row,
        text=wish.text,
        findings=rules.spots(wish.text, found.review.findings),
        reason=wish.reason.strip(),
        state=OBJECTION.start.value,
        version=1,
        file=await files.given(tx, speaker.person, wish.conversation_id, wish.file_id),
        due_at=rules.decision_due(now, await rulebook.book(tx, shop, now)),
        lodged_at=now,
        moved_at=now,
    )
    if not await store.add_objection(tx, one):
        raise Refusal(AGAIN)
    assert one.due_at is not None
    await clocks.start(tx, owner=one.id, name=DECISION_CLOCK, shop=shop, due_at=one.due_at, now=now)
    await _write(tx, one, "lodged", "", person=speaker.person, text=one.reason, now=now)
    return one


async def withdraw(tx: Tx, shop: UUID, id: UUID, person: UUID, now: datetime) -> Objection:
    """Take one's own objection back. Raises Refusal."""
    was = await _locked(tx, shop, id)
    refused = rules.may_withdraw(was, person)
    if refused is not None:
        raise Refusal(refused)
    return await _move(tx, was, Event.WITHDRAW, person, text="", now=now)


async def decide(
    tx: Tx,
    shop: UUID | None,
    id: UUID,
    person: UUID,
    wish: DecisionWish,
    *,
    by: Judge,
    book: GuardBook | None,
    now: datetime,
) -> Objection:
    """Uphold or dismiss; a phrase given with it is proposed to pass. `book` is that of the objection's level.

    Raises Refusal: by table objections.review, objection_over, phrase_changes_nothing.
    """
    was = await _locked(tx, shop, id)
    values = await rulebook.book(tx, was.shop, now)
    refused = rules.may_decide(was, person, by, values.table(rules.TABLE))
    if refused is not None:
        raise Refusal(refused)
    phrase = (wish.phrase or "").strip() if wish.upheld else ""
    if phrase and (book is None or not rules.lets_pass(was, phrase, book)):
        raise Refusal(LETS_NOTHING_PASS)
    decision = await ask(
        tx,
        values,
        rules.TABLE,
        rules.asked(was, person, by),
        id=new_id(),
        shop=was.shop,
        subject_kind=SUBJECT,
        subject=id,
        actor=person,
        now=now,
    )
    decided = structs.replace(was, decided_by=person, decided_row=decision.row, decision=wish.reason.strip())
    after = await _move(
        tx, decided, Event.UPHOLD if wish.upheld else Event.DISMISS, person, text=decided.decision, now=now
    )
    if phrase:
        await _propose(tx, after, phrase, person, now)
    return after


async def fell_due(tx: Tx, id: UUID, clock: str, now: datetime) -> Objection | None:
    """Nobody decided in time: whoever stands above may now, too, and everybody who may is told.

    None when it stands elsewhere meanwhile.
    """
    was = await store.lock_objection(tx, id)
    if was is None or OBJECTION.due.get(State(was.state), ("", None))[0] != clock:
        return None
    overdue = structs.replace(was, overdue_at=now)
    after = await _move(tx, overdue, OBJECTION.due[State(was.state)][1], None, text="", now=now)
    for person in await queries.deciders(tx, after, now):
        told = ObjectionOverdue(
            tenant=tx.tenant, at=now, person=person, shop=after.shop, objection=after.id, level=after.level
        )
        await publish(tx, told)
    return after


async def tried(tx: Tx, id: UUID, person: UUID, trial: Trial, now: datetime) -> WhitelistProposal:
    """Keep what last week would have been with a phrase let pass. Raises Refusal."""
    was, of = await _proposal(tx, id)
    await _granted(tx, was, of, person, Answer.TRY, now=now)
    return await _answer(
        tx, structs.replace(was, trial=trial, tried_at=now), Answer.TRY, person, text="", now=now
    )


async def accept(tx: Tx, id: UUID, person: UUID, reason: str, now: datetime) -> WhitelistProposal:
    """Put a phrase into the whitelist of its level, from this moment. Raises Refusal."""
    await store.lock_proposals(tx)
    was, of = await _proposal(tx, id)
    await _granted(tx, was, of, person, Answer.ACCEPT, now=now)
    at_shop = was.shop if was.level == "shop" else None
    entry = await _allow(tx, at_shop, was.phrase, person=person, reason=reason, now=now)
    if at_shop is None:  # a shop with a list of its own goes by that one
        own = (await rulebook.book_read(tx, was.shop, now))[LIST]
        if own.source == "shop":
            await _allow(tx, was.shop, was.phrase, person=person, reason=reason, now=now)
    after = structs.replace(was, decided_by=person, decision=reason, entry=entry)
    return await _answer(tx, after, Answer.ACCEPT, person, text=reason, now=now)


async def decline(tx: Tx, id: UUID, person: UUID, reason: str, now: datetime) -> WhitelistProposal:
    """Leave the list as it is. Raises Refusal."""
    was, of = await _proposal(tx, id)
    await _granted(tx, was, of, person, Answer.DECLINE, now=now)
    after = structs.replace(was, decided_by=person, decision=reason)
    return await _answer(tx, after, Answer.DECLINE, person, text=reason, now=now)


async def _allow(tx: Tx, shop: UUID | None, phrase: str, *, person: UUID, reason: str, now: datetime) -> int:
    words = (await rulebook.book_read(tx, shop, now)).words(LIST)
    value = [*words, *([] if phrase in words else [phrase])]
    kept = await set_value(
        tx, shop=shop, name=LIST, value=value, reason=reason[:1000], author=person, now=now
    )
    return kept.version


async def _locked(tx: Tx, shop: UUID | None, id: UUID) -> Objection:
    found = await store.lock_objection(tx, id)
    if found is None or shop not in {None, found.shop}:
        raise Refusal(UNKNOWN)
    return found


async def _proposal(tx: Tx, id: UUID) -> tuple[WhitelistProposal, UUID]:
    """A proposal, its objection locked, and who wrote the words."""
    objection = await store.lock_objection(tx, id)
    found = await store.proposals(tx, [id])
    if objection is None or not found:
        raise Refusal(UNKNOWN_PROPOSAL)
    return found[0], objection.person


async def _granted(
    tx: Tx, one: WhitelistProposal, of: UUID, person: UUID, answer: Answer, *, now: datetime
) -> None:
    fresh = timedelta(hours=(await rulebook.book(tx, None, now)).integer(FRESH))
    refused = rules.may_answer(one, of, person, answer, now=now, fresh=fresh)
    if refused is not None:
        raise Refusal(refused)


async def _propose(tx: Tx, of: Objection, phrase: str, person: UUID, now: datetime) -> None:
    one = WhitelistProposal(
        id=of.id,
        shop=of.shop,
        level=of.level,
        phrase=phrase,
        state=PROPOSAL.start.value,
        version=1,
        proposed_by=person,
        proposed_at=now,
        moved_at=now,
    )
    await store.add_proposal(tx, one)
    await _note(tx, one, "proposed", "", person=person, text=phrase, now=now)


async def _move(
    tx: Tx, was: Objection, event: Event, person: UUID | None, *, text: str, now: datetime
) -> Objection:
    state = OBJECTION.step(State(was.state), event)
    after = structs.replace(was, state=state.value, version=was.version + 1, moved_at=now)
    if not await store.save_objection(tx, after):
        raise RuntimeError(f"objection {was.id} was moved without its lock")
    if State(was.state) in OBJECTION.due:
        await clocks.stop(tx, was.id, DECISION_CLOCK)
    await _write(tx, after, str(event), was.state, person=person, text=text, now=now)
    return after


async def _answer(
    tx: Tx, was: WhitelistProposal, answer: Answer, person: UUID, *, text: str, now: datetime
) -> WhitelistProposal:
    state = PROPOSAL.step(Proposed(was.state), answer)
    after = structs.replace(was, state=state.value, version=was.version + 1, moved_at=now)
    if not await store.save_proposal(tx, after):
        raise RuntimeError(f"proposal {was.id} was moved without its lock")
    await _note(tx, after, str(answer), was.state, person=person, text=text, now=now)
    return after


async def _write(
    tx: Tx, one: Objection, event: str, from_state: str, *, person: UUID | None, text: str, now: datetime
) -> None:
    await store.add_step(
        tx,
        one.id,
        "objection",
        version=one.version,
        event=event,
        from_state=from_state,
        state=one.state,
        person=person,
        text=text,
        at=now,
    )
    moved = ObjectionMoved(
        tenant=tx.tenant,
        at=now,
        shop=one.shop,
        person=one.person,
        objection=one.id,
        level=one.level,
        state=one.state,
        due_at=one.due_at if OBJECTION.accepts(State(one.state)) else None,
    )
    await publish(tx, moved)


async def _note(
    tx: Tx, one: WhitelistProposal, event: str, from_state: str, *, person: UUID, text: str, now: datetime
) -> None:
    await store.add_step(
        tx,
        one.id,
        "proposal",
        version=one.version,
        event=event,
        from_state=from_state,
        state=one.state,
        person=person,
        text=text,
        at=now,
    )
    moved = ProposalMoved(
        tenant=tx.tenant, at=now, shop=one.shop, proposal=one.id, level=one.level, state=one.state
    )
    await publish(tx, moved)
