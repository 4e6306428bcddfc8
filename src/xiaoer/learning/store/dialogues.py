"""How unsatisfied dialogues are kept: one function per statement of `dialogues.sql`."""

from datetime import datetime
from typing import Final
from uuid import UUID

import msgspec
from msgspec import Struct

from xiaoer.learning.model import Cause, Dialogue, DialogueState, DialogueStep, Hint
from xiaoer.plumbing.db import Tx
from xiaoer.plumbing.sql import Statements


class Told(Struct, frozen=True):
    """A dialogue whose cause is known."""

    id: UUID
    conversation: UUID
    consultation: int
    cause: Cause


_statements: Final = Statements(__file__, "dialogues.sql")
_add_dialogue = _statements.command("add_dialogue")
_lock_dialogue = _statements.rows("lock_dialogue", Dialogue)
_find_dialogue = _statements.rows("find_dialogue", Dialogue)
_dialogues_page = _statements.rows("dialogues_page", Dialogue)
_save_dialogue = _statements.command("save_dialogue")
_add_step = _statements.command("add_step")
_steps = _statements.rows("steps", DialogueStep)
_add_hint = _statements.command("add_hint")
_hints = _statements.rows("hints", Hint)
_same_cause_since = _statements.value("same_cause_since", int)
_told_causes = _statements.rows("told_causes", Told)
_served = _statements.value("served", bool)


async def add_dialogue(tx: Tx, dialogue: Dialogue) -> bool:
    """Keep what was found; False when this consultation was found before."""
    return bool(
        await _add_dialogue.run(
            tx,
            shop=dialogue.shop,
            id=dialogue.id,
            conversation=dialogue.conversation,
            consultation=dialogue.consultation,
            agent=dialogue.agent,
            state=dialogue.state,
            row=dialogue.row,
            signals=msgspec.to_builtins(dialogue.signals),
            found_at=dialogue.found_at,
            clock=dialogue.clock,
            due_at=dialogue.due_at,
            rules_at=dialogue.rules_at,
            rules_version=dialogue.rules_version,
        )
    )


async def lock_dialogue(tx: Tx, id: UUID) -> Dialogue | None:
    """A dialogue, locked."""
    return await _lock_dialogue.first(tx, id=id)


async def find_dialogue(tx: Tx, shop: UUID, id: UUID) -> Dialogue | None:
    """A dialogue of a shop."""
    return await _find_dialogue.first(tx, shop=shop, id=id)


async def dialogues_page(
    tx: Tx, shop: UUID, *, agent: UUID | None, state: DialogueState | None, before: UUID | None, limit: int
) -> list[Dialogue]:
    """A page of a shop's dialogues, the newest first."""
    return await _dialogues_page.all(tx, shop=shop, agent=agent, state=state, before=before, limit=limit)


async def save_dialogue(tx: Tx, dialogue: Dialogue) -> bool:
    """Write a locked dialogue with its new version; False when somebody else was faster."""
    return bool(
        await _save_dialogue.run(
            tx,
            shop=dialogue.shop,
            id=dialogue.id,
            state=dialogue.state,
            version=dialogue.version,
            cause=dialogue.cause,
            plan=dialogue.plan,
            contest=dialogue.contest,
            moved_at=dialogue.moved_at,
            planned_at=dialogue.planned_at,
            clock=dialogue.clock,
            due_at=dialogue.due_at,
        )
    )


async def add_step(
    tx: Tx, dialogue: Dialogue, *, event: str, from_state: str, person: UUID | None, text: str
) -> None:
    """Add what happened to the history."""
    await _add_step.run(
        tx,
        dialogue=dialogue.id,
        version=dialogue.version,
        event=event,
        from_state=from_state,
        state=dialogue.state,
        person=person,
        text=text,
        at=dialogue.moved_at,
    )


async def steps(tx: Tx, dialogue: UUID) -> list[DialogueStep]:
    """What has happened to a dialogue, in order."""
    return await _steps.all(tx, dialogue=dialogue)


async def add_hint(tx: Tx, dialogue: UUID, *, id: UUID, author: UUID, text: str, at: datetime) -> None:
    """Write advice down."""
    await _add_hint.run(tx, dialogue=dialogue, id=id, author=author, text=text, at=at)


async def hints(tx: Tx, dialogue: UUID) -> list[Hint]:
    """All advice about a dialogue, in order."""
    return await _hints.all(tx, dialogue=dialogue)


async def same_cause_since(tx: Tx, dialogue: Dialogue, cause: Cause, since: datetime) -> int:
    """How many other dialogues of the agent had the same cause since a moment."""
    return await _same_cause_since.one(
        tx, shop=dialogue.shop, agent=dialogue.agent, cause=cause, since=since, id=dialogue.id
    )


async def told_causes(tx: Tx, shop: UUID, limit: int) -> list[Told]:
    """Dialogues whose cause their agent has named, the latest first."""
    return await _told_causes.all(tx, shop=shop, limit=limit)


async def served(tx: Tx, shop: UUID, conversation: UUID, consultation: int, agent: UUID | None) -> bool:
    """Whether a consultation was a shop's, and an agent's if he is named."""
    return await _served.one(tx, shop=shop, conversation=conversation, consultation=consultation, agent=agent)
