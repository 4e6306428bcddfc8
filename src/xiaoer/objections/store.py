"""How objections and proposals are kept: one function per statement of `store.sql`."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final, Literal
from uuid import UUID

import msgspec

from xiaoer.objections.model import Objection, WhitelistProposal
from xiaoer.plumbing.db import Tx
from xiaoer.plumbing.sql import Statements

_statements: Final = Statements(__file__)
_add_objection = _statements.command("add_objection")
_lock_objection = _statements.rows("lock_objection", Objection)
_objections_page = _statements.rows("objections_page", Objection)
_objections_by_id = _statements.rows("objections_by_id", Objection)
_save_objection = _statements.command("save_objection")
_add_proposal = _statements.command("add_proposal")
_lock_proposals = _statements.value("lock_proposals", UUID)
_proposals_by_id = _statements.rows("proposals_by_id", WhitelistProposal)
_proposals_page = _statements.rows("proposals_page", WhitelistProposal)
_save_proposal = _statements.command("save_proposal")
_add_step = _statements.command("add_step")


async def add_objection(tx: Tx, one: Objection) -> bool:
    """Keep an objection; False when the same person has the same one open."""
    return bool(
        await _add_objection.run(
            tx,
            shop=one.shop,
            id=one.id,
            conversation=one.conversation,
            person=one.person,
            lodged_as=one.lodged_as,
            level=one.level,
            kind=one.kind,
            row=one.row,
            text=one.text,
            findings=msgspec.to_builtins(one.findings),
            reason=one.reason,
            state=one.state,
            file=None if one.file is None else msgspec.to_builtins(one.file),
            due_at=one.due_at,
            lodged_at=one.lodged_at,
        )
    )


async def lock_objection(tx: Tx, id: UUID) -> Objection | None:
    """An objection, locked."""
    return await _lock_objection.first(tx, id=id)


async def objections_page(
    tx: Tx,
    shop: UUID | None,
    *,
    person: UUID | None,
    level: str | None,
    open: bool | None,
    overdue: bool,
    before: UUID | None,
    limit: int,
) -> Sequence[Objection]:
    """A page of objections, the newest first."""
    return await _objections_page.all(
        tx,
        shop=shop,
        person=person,
        level=level,
        open=open,
        overdue=overdue,
        before=before,
        limit=limit,
    )


async def objections(tx: Tx, ids: Sequence[UUID]) -> Sequence[Objection]:
    """The objections among these ids."""
    return await _objections_by_id.all(tx, ids=list(ids)) if ids else []


async def save_objection(tx: Tx, one: Objection) -> bool:
    """Write a locked objection with its new version; False when somebody else was faster."""
    return bool(
        await _save_objection.run(
            tx,
            shop=one.shop,
            id=one.id,
            state=one.state,
            version=one.version,
            decided_by=one.decided_by,
            decided_row=one.decided_row,
            decision=one.decision,
            overdue_at=one.overdue_at,
            moved_at=one.moved_at,
        )
    )


async def add_proposal(tx: Tx, one: WhitelistProposal) -> None:
    """Keep a proposed phrase."""
    await _add_proposal.run(
        tx,
        shop=one.shop,
        id=one.id,
        level=one.level,
        phrase=one.phrase,
        state=one.state,
        proposed_by=one.proposed_by,
        proposed_at=one.proposed_at,
    )


async def lock_proposals(tx: Tx) -> None:
    """Nobody else changes an open proposal until the end."""
    await _lock_proposals.all(tx)


async def proposals(tx: Tx, ids: Sequence[UUID]) -> Sequence[WhitelistProposal]:
    """The proposals among these ids."""
    return await _proposals_by_id.all(tx, ids=list(ids)) if ids else []


async def proposals_page(
    tx: Tx, *, open: bool | None, before: UUID | None, limit: int
) -> Sequence[WhitelistProposal]:
    """A page of proposed phrases, the newest first."""
    return await _proposals_page.all(tx, open=open, before=before, limit=limit)


async def save_proposal(tx: Tx, one: WhitelistProposal) -> bool:
    """Write a proposal with its new version; False when somebody else was faster."""
    return bool(
        await _save_proposal.run(
            tx,
            shop=one.shop,
            id=one.id,
            state=one.state,
            version=one.version,
            trial=None if one.trial is None else msgspec.to_builtins(one.trial),
            tried_at=one.tried_at,
            decided_by=one.decided_by,
            decision=one.decision,
            entry=one.entry,
            moved_at=one.moved_at,
        )
    )


async def add_step(
    tx: Tx,
    subject: UUID,
    about: Literal["objection", "proposal"],
    *,
    version: int,
    event: str,
    from_state: str,
    state: str,
    person: UUID | None,
    text: str,
    at: datetime,
) -> None:
    """Write down what happened."""
    await _add_step.run(
        tx,
        subject=subject,
        about=about,
        version=version,
        event=event,
        from_state=from_state,
        state=state,
        person=person,
        text=text,
        at=at,
    )
