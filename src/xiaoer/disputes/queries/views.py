"""Disputes as they travel: what stands, who must show what, what was ruled, what the viewer may do."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from msgspec import Struct

from xiaoer.after_sale.queries.views import CaseFile, FileFacts
from xiaoer.disputes.model.court import (
    Dispute,
    DisputeKind,
    Exhibit,
    Favour,
    Ground,
    Happening,
    Issue,
    IssueKind,
    Outcome,
    PartyKind,
    Proposal,
    RefusedExhibit,
    RuledGrant,
    RuledIssue,
    RuledMoney,
    RuledPenalty,
    Ruling,
    Side,
    State,
)
from xiaoer.disputes.rules.deeds import DisputeDeed, deeds, then, turn
from xiaoer.disputes.store import disputes as store
from xiaoer.disputes.store import rulings as ruling_store
from xiaoer.disputes.store.disputes import IssueShort
from xiaoer.identity import queries as identity
from xiaoer.plumbing.db import Tx


class DisputePartyShown(Struct, frozen=True):
    """Who quarrels, with a name."""

    kind: PartyKind
    id: UUID
    name: str


class IssueName(Struct, frozen=True):
    """What a dispute is about, in a list."""

    id: UUID
    issue: IssueKind


class DisputeLine(Struct, frozen=True, kw_only=True):
    """A dispute in a list. `then` is where silence leads to at `due_at`: a key `then.<…>` of disputes."""

    id: UUID
    number: str
    kind: DisputeKind
    shop_id: UUID
    shop_name: str
    claimant: DisputePartyShown
    respondent: DisputePartyShown
    me: Side
    order_id: UUID | None
    order_number: str
    case_id: UUID | None
    complaint_id: UUID | None
    conversation_id: UUID | None
    issues: list[IssueName]
    state: State
    version: int
    round: int
    turn: list[Side]
    clock: str | None
    due_at: datetime | None
    then: str | None
    stage: int
    asked_minor: int
    currency: str
    outcome: Outcome | None
    favour: Favour | None
    rules_version: str
    opened_at: datetime
    moved_at: datetime
    closed_at: datetime | None
    deeds: list[DisputeDeed]


class DocketLine(DisputeLine, frozen=True, kw_only=True):
    """A dispute on the docket."""

    officer_id: UUID | None
    officer_name: str
    waiting_issues: int


class IssueShown(Issue, frozen=True, kw_only=True):
    """One thing quarrelled about, with a plain sentence about what it asks now."""

    sentence: str


class ExhibitShown(Struct, frozen=True, kw_only=True):
    """Something shown, and what it weighs."""

    id: UUID
    number: int
    side: Side
    kind: str
    text: str
    files: list[CaseFile]
    shows: tuple[str, ...]
    issues: tuple[UUID, ...]
    seal_number: str | None
    timing: str
    accept: str
    weight: str
    row: str
    flag: str | None
    missing: tuple[str, ...]
    judged_why: str | None
    at: datetime


class RowShown(Struct, frozen=True):
    """A row of a table with its sentence."""

    table: str
    row: str
    basis: str
    sentence: str
    issue: UUID | None = None


class RulingShown(Struct, frozen=True, kw_only=True):
    """A ruling as it travels; `words` say it plainly, `next_way` is a key `next.<…>` of disputes."""

    id: UUID
    dispute: UUID
    round: int
    by: str
    officer_name: str
    second_read: bool
    outcome: Outcome
    favour: Favour
    issues: tuple[RuledIssue, ...]
    facts_found: tuple[str, ...]
    used: tuple[UUID, ...]
    refused: tuple[RefusedExhibit, ...]
    money: tuple[RuledMoney, ...]
    penalty: RuledPenalty | None
    grant: RuledGrant | None
    rows: list[RowShown]
    rules_version: str
    automated: bool
    text: str
    words: list[str]
    next_way: str
    appeal_until: datetime | None
    made_at: datetime
    executed_at: datetime | None
    reversed_at: datetime | None
    reversed_why: str | None


class StepShown(Struct, frozen=True, kw_only=True):
    """One line of the record; `event` is a key `event.<…>` of disputes."""

    version: int
    at: datetime
    event: str
    side: Side
    person_name: str
    from_state: State
    state: State
    text: str
    files: list[CaseFile]
    body: dict[str, object]


class Suspension(Struct, frozen=True):
    """What a dispute waits for, and until when at the longest."""

    ground: Ground
    until: datetime | None


class DisputeWhole(DisputeLine, frozen=True, kw_only=True):
    """One dispute with everything the viewer may know; `words` say plainly what he must do now."""

    issues_shown: list[IssueShown]
    exhibits: list[ExhibitShown]
    proposals: list[Proposal]
    ruling: RulingShown | None
    rulings: list[RulingShown]
    timeline: list[StepShown]
    suspension: Suspension | None
    words: list[str]


class Whole(Struct, frozen=True):
    """What is read of a dispute before it is put into words and addresses of files are made."""

    dispute: Dispute
    issues: Sequence[Issue]
    exhibits: Sequence[Exhibit]
    proposals: Sequence[Proposal]
    rulings: Sequence[Ruling]
    happenings: Sequence[Happening]
    files: Mapping[UUID, FileFacts]
    names: Mapping[UUID, str]
    zone: str


async def whole(tx: Tx, dispute: Dispute) -> Whole:
    """Everything about one dispute, read in a handful of statements."""
    issues = await store.issues(tx, dispute.id)
    exhibits = await store.exhibits(tx, dispute.id)
    proposals = await store.proposals(tx, dispute.id)
    rulings = await ruling_store.rulings(tx, dispute.id)
    happenings = await store.happenings(tx, dispute.id)
    wanted = {file for one in exhibits for file in one.files} | {
        file for one in happenings for file in one.files
    }
    files = {one.id: one for one in await store.find_files(tx, list(wanted))} if wanted else {}
    people = {one.person for one in happenings if one.person} | {
        one.officer for one in rulings if one.officer
    }
    names = await names_of(tx, [dispute], people)
    zone = (await identity.marketplace(tx)).time_zone
    return Whole(dispute, issues, exhibits, proposals, rulings, happenings, files, names, zone)


async def names_of(
    tx: Tx, disputes: Sequence[Dispute], more: Iterable[UUID | None] = ()
) -> Mapping[UUID, str]:
    """The names of everybody in some disputes."""
    people = {one for one in more if one is not None}
    shops: set[UUID] = set()
    for dispute in disputes:
        shops.add(dispute.shop)
        for party in (dispute.claimant, dispute.respondent):
            (people if party.kind == "person" else shops).add(party.id)
        if dispute.officer is not None:
            people.add(dispute.officer)
    return await identity.names(tx, people, shops - {tx.tenant})


def side_of(dispute: Dispute, kind: PartyKind, id: UUID) -> Side:
    """On which side somebody stands in a dispute; the marketplace's people on none."""
    if (dispute.claimant.kind, dispute.claimant.id) == (kind, id):
        return "claimant"
    return "respondent" if (dispute.respondent.kind, dispute.respondent.id) == (kind, id) else "officer"


def line(
    dispute: Dispute,
    side: Side,
    issues: Sequence[IssueShort],
    names: Mapping[UUID, str],
    *,
    proposal: Proposal | None = None,
) -> DisputeLine:
    """A dispute in a list, as one side sees it."""
    return DisputeLine(
        id=dispute.id,
        number=dispute.number,
        kind=dispute.kind,
        shop_id=dispute.shop,
        shop_name=names.get(dispute.shop, ""),
        claimant=party(dispute.claimant.kind, dispute.claimant.id, names),
        respondent=party(dispute.respondent.kind, dispute.respondent.id, names),
        me=side,
        order_id=dispute.purchase,
        order_number=dispute.order_number,
        case_id=dispute.case,
        complaint_id=dispute.complaint,
        conversation_id=dispute.conversation,
        issues=[IssueName(one.id, one.issue) for one in issues],
        state=dispute.state,
        version=dispute.version,
        round=dispute.round,
        turn=turn(dispute, [one.holder for one in issues if not one.settled]),
        clock=dispute.clock,
        due_at=dispute.due_at,
        then=then(dispute),
        stage=dispute.stage,
        asked_minor=dispute.asked_minor,
        currency=dispute.currency,
        outcome=shown_outcome(dispute),
        favour=dispute.favour if shown_outcome(dispute) else None,
        rules_version=dispute.rules_version,
        opened_at=dispute.opened_at,
        moved_at=dispute.moved_at,
        closed_at=dispute.closed_at,
        deeds=deeds(dispute, side, proposal=proposal),
    )


def shown_outcome(dispute: Dispute) -> Outcome | None:
    """What was ruled, once it went out: nobody reads over the second reader's shoulder."""
    return None if dispute.state == "second_reading" else dispute.outcome


def party(kind: PartyKind, id: UUID, names: Mapping[UUID, str]) -> DisputePartyShown:
    """A party with its name."""
    return DisputePartyShown(kind, id, names.get(id, ""))


async def lines(tx: Tx, ids: Sequence[UUID], kind: PartyKind, viewer: UUID) -> list[DisputeLine]:
    """Some disputes as one viewer sees them, in the order they were asked for."""
    found = await store.find_disputes(tx, ids)
    issues = await _issues(tx, ids)
    names = await names_of(tx, found)
    return [line(one, side_of(one, kind, viewer), issues.get(one.id, ()), names) for one in found]


async def docket_lines(tx: Tx, ids: Sequence[UUID]) -> list[DocketLine]:
    """Some disputes as the docket shows them."""
    found = await store.find_disputes(tx, ids)
    issues = await _issues(tx, ids)
    names = await names_of(tx, found)
    return [
        DocketLine(
            **fields(line(one, "officer", issues.get(one.id, ()), names)),
            officer_id=one.officer,
            officer_name=names.get(one.officer, "") if one.officer else "",
            waiting_issues=sum(not issue.settled for issue in issues.get(one.id, ())),
        )
        for one in found
    ]


def fields(shown: DisputeLine) -> dict[str, Any]:
    """A line taken apart, for what shows more than it."""
    return {name: getattr(shown, name) for name in DisputeLine.__struct_fields__}


async def _issues(tx: Tx, ids: Sequence[UUID]) -> Mapping[UUID, list[IssueShort]]:
    found: dict[UUID, list[IssueShort]] = {}
    for one in await store.issues_in_short(tx, ids):
        found.setdefault(one.dispute, []).append(one)
    return found


def short(whole_: Whole) -> list[IssueShort]:
    """The issues of a dispute as a list shows them."""
    return [
        IssueShort(whole_.dispute.id, one.id, one.issue, one.holder, one.settled, one.must)
        for one in whole_.issues
    ]


def open_proposal(whole_: Whole, now: datetime) -> Proposal | None:
    """The proposal that may still be answered."""
    return next((one for one in whole_.proposals if one.state == "open" and now < one.expires_at), None)
