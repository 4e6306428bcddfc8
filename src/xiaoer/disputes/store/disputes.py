"""How disputes are kept: the dispute, its issues, what is shown and proposed, what happened."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final
from uuid import UUID

import msgspec
from msgspec import Struct

from xiaoer.after_sale.queries.views import FileFacts
from xiaoer.disputes.model.court import (
    Dispute,
    Doer,
    Exhibit,
    Happening,
    Issue,
    IssueKind,
    Proposal,
    ProposalState,
    Side,
    State,
)
from xiaoer.plumbing.db import Tx
from xiaoer.plumbing.sql import Statements


class IssueShort(Struct, frozen=True):
    """What a dispute is about, in a list."""

    dispute: UUID
    id: UUID
    issue: IssueKind
    holder: Side
    settled: bool
    must: str


statements: Final = Statements(__file__, "disputes.sql")
_insert_dispute: Final = statements.command("insert_dispute")
_save_dispute: Final = statements.command("save_dispute")
_lock_dispute: Final = statements.value("lock_dispute", UUID)
_find_disputes: Final = statements.rows("find_disputes", Dispute)
_find_of_client: Final = statements.value("find_of_client", UUID)
_find_of_case: Final = statements.value("find_of_case", UUID)
_find_of_complaint: Final = statements.value("find_of_complaint", UUID)
_insert_issues: Final = statements.command("insert_issues")
_save_issues: Final = statements.command("save_issues")
_issues: Final = statements.rows("issues", Issue)
_issues_in_short: Final = statements.rows("issues_in_short", IssueShort)
_insert_exhibit: Final = statements.command("insert_exhibit")
_judge_exhibit: Final = statements.command("judge_exhibit")
_exhibits: Final = statements.rows("exhibits", Exhibit)
_insert_proposal: Final = statements.command("insert_proposal")
_answer_proposal: Final = statements.command("answer_proposal")
_end_proposal: Final = statements.command("end_proposal")
_proposals: Final = statements.rows("proposals", Proposal)
_insert_happening: Final = statements.command("insert_happening")
_happenings: Final = statements.rows("happenings", Happening)
_known_files: Final = statements.value("known_files", UUID)
_find_files: Final = statements.rows("find_files", FileFacts)
_pattern: Final = statements.value("pattern", int)


async def insert_dispute(tx: Tx, dispute: Dispute, issue_kinds: Sequence[str]) -> bool:
    """Keep a new dispute; False when there is one already by this id, this key, or about this case."""
    kept = await _insert_dispute.run(
        tx,
        id=dispute.id,
        number=dispute.number,
        kind=dispute.kind,
        shop=dispute.shop,
        claimant_kind=dispute.claimant.kind,
        claimant=dispute.claimant.id,
        respondent_kind=dispute.respondent.kind,
        respondent=dispute.respondent.id,
        buyer=dispute.buyer,
        purchase=dispute.purchase,
        order_number=dispute.order_number,
        case_id=dispute.case,
        complaint=dispute.complaint,
        conversation=dispute.conversation,
        state=dispute.state,
        version=dispute.version,
        opened_by=dispute.opened_by,
        client_id=dispute.client_id,
        currency=dispute.currency,
        asked_minor=dispute.asked_minor,
        paid_minor=dispute.paid_minor,
        issue_kinds=list(issue_kinds),
        officer=dispute.officer,
        evidence_until=dispute.evidence_until,
        clock=dispute.clock,
        due_at=dispute.due_at,
        rules_at=dispute.rules_at,
        rules_version=dispute.rules_version,
        now=dispute.opened_at,
    )
    return bool(kept)


async def save_dispute(tx: Tx, dispute: Dispute, was_version: int) -> bool:
    """Keep a dispute as it stands now; False when somebody changed it since it was read."""
    return bool(
        await _save_dispute.run(
            tx,
            id=dispute.id,
            version=was_version,
            state=dispute.state,
            round=dispute.round,
            officer=dispute.officer,
            second_reader=dispute.second_reader,
            ruling=dispute.ruling,
            outcome=dispute.outcome,
            favour=dispute.favour,
            ready_claimant=dispute.ready_claimant,
            ready_respondent=dispute.ready_respondent,
            evidence_until=dispute.evidence_until,
            evidence_ended_at=dispute.evidence_ended_at,
            rest_seconds=dispute.rest_seconds,
            suspended_ground=dispute.suspended_ground,
            clock=dispute.clock,
            due_at=dispute.due_at,
            stage=dispute.stage,
            moved_at=dispute.moved_at,
            closed_at=dispute.closed_at,
        )
    )


async def lock_dispute(tx: Tx, dispute: UUID) -> Dispute | None:
    """A dispute, locked until the end of the transaction."""
    if await _lock_dispute.first(tx, id=dispute) is None:
        return None
    found = await find_disputes(tx, [dispute])
    return found[0] if found else None


async def find_disputes(tx: Tx, ids: Sequence[UUID]) -> list[Dispute]:
    """Some disputes, in the order they were asked for."""
    return await _find_disputes.all(tx, ids=list(ids))


async def find_of_client(tx: Tx, person: UUID, client_id: str) -> UUID | None:
    """What somebody opened before with this key."""
    return await _find_of_client.first(tx, person=person, client_id=client_id)


async def find_of_case(tx: Tx, case: UUID) -> UUID | None:
    """The dispute about a case."""
    return await _find_of_case.first(tx, case_id=case)


async def find_of_complaint(tx: Tx, complaint: UUID) -> UUID | None:
    """The dispute behind a complaint."""
    return await _find_of_complaint.first(tx, complaint=complaint)


async def insert_issues(tx: Tx, dispute: UUID, issues: Sequence[Issue]) -> None:
    """Keep what a dispute is about."""
    await _insert_issues.run(tx, dispute=dispute, issues=msgspec.to_builtins(issues))


async def save_issues(tx: Tx, dispute: UUID, issues: Sequence[Issue]) -> None:
    """Keep where the burdens lie now."""
    if issues:
        await _save_issues.run(tx, dispute=dispute, issues=msgspec.to_builtins(issues))


async def issues(tx: Tx, dispute: UUID) -> list[Issue]:
    """What a dispute is about, in order."""
    return await _issues.all(tx, dispute=dispute)


async def issues_in_short(tx: Tx, disputes: Sequence[UUID]) -> list[IssueShort]:
    """What some disputes are about."""
    return await _issues_in_short.all(tx, disputes=list(disputes))


async def insert_exhibit(tx: Tx, dispute: UUID, exhibit: Exhibit) -> None:
    """Keep something shown; it gets the next number of its dispute, which is locked."""
    await _insert_exhibit.run(
        tx,
        dispute=dispute,
        id=exhibit.id,
        side=exhibit.side,
        person=exhibit.person,
        kind=exhibit.kind,
        text=exhibit.text,
        files=list(exhibit.files),
        shows=list(exhibit.shows),
        issues=list(exhibit.issues),
        seal_number=exhibit.seal_number,
        timing=exhibit.timing,
        accept=exhibit.accept,
        weight=exhibit.weight,
        rule_row=exhibit.row,
        flag=exhibit.flag,
        missing=list(exhibit.missing),
        now=exhibit.at,
    )


async def judge_exhibit(
    tx: Tx, dispute: UUID, exhibit: UUID, *, accept: str, weight: str, person: UUID, why: str
) -> bool:
    """Weigh an exhibit anew; False for one that is not of this dispute."""
    return bool(
        await _judge_exhibit.run(
            tx, dispute=dispute, id=exhibit, accept=accept, weight=weight, person=person, why=why
        )
    )


async def exhibits(tx: Tx, dispute: UUID) -> list[Exhibit]:
    """What has been shown, in order."""
    return await _exhibits.all(tx, dispute=dispute)


async def insert_proposal(tx: Tx, dispute: UUID, proposal: Proposal) -> None:
    """Keep a proposal; it gets the next number of its dispute, which is locked."""
    await _insert_proposal.run(
        tx,
        dispute=dispute,
        side=proposal.side,
        person=proposal.person,
        kind=proposal.kind,
        outcome=proposal.outcome,
        amount_minor=proposal.amount_minor,
        back_payer=proposal.back_payer,
        text=proposal.text,
        claimant_said=proposal.claimant_said,
        respondent_said=proposal.respondent_said,
        expires_at=proposal.expires_at,
        now=proposal.at,
    )


async def answer_proposal(tx: Tx, dispute: UUID, proposal: Proposal) -> None:
    """Keep what was said to a proposal."""
    await _answer_proposal.run(
        tx,
        dispute=dispute,
        number=proposal.number,
        state=proposal.state,
        claimant_said=proposal.claimant_said,
        respondent_said=proposal.respondent_said,
    )


async def end_proposal(tx: Tx, dispute: UUID, state: ProposalState) -> None:
    """The open proposal is over."""
    await _end_proposal.run(tx, dispute=dispute, state=state)


async def proposals(tx: Tx, dispute: UUID) -> list[Proposal]:
    """What has been proposed, in order."""
    return await _proposals.all(tx, dispute=dispute)


async def insert_happening(
    tx: Tx,
    dispute: Dispute,
    *,
    id: UUID,
    at: datetime,
    event: str,
    doer: Doer,
    from_state: State,
    text: str,
    files: Sequence[UUID],
    body: object,
) -> None:
    """Add a line to the record of a dispute."""
    await _insert_happening.run(
        tx,
        dispute=dispute.id,
        version=dispute.version,
        id=id,
        at=at,
        event=event,
        side=doer.side,
        person=doer.person,
        from_state=from_state,
        state=dispute.state,
        text=text,
        files=list(files),
        body=msgspec.to_builtins(body),
    )


async def happenings(tx: Tx, dispute: UUID) -> list[Happening]:
    """What happened in a dispute, in order."""
    return await _happenings.all(tx, dispute=dispute)


async def known_files(tx: Tx, shop: UUID, person: UUID, files: Sequence[UUID]) -> set[UUID]:
    """Which of these files are somebody's own."""
    return {*await _known_files.all(tx, ids=list(files), person=person, shop=shop)}


async def find_files(tx: Tx, files: Sequence[UUID]) -> list[FileFacts]:
    """What some files are."""
    return await _find_files.all(tx, ids=list(files))


async def pattern(tx: Tx, shop: UUID, issue: str, since: datetime) -> int:
    """How often buyers were found right about a shop and a kind of issue since then."""
    return await _pattern.one(tx, shop=shop, issue=issue, since=since)
