"""The mediator's bench: the claims as rows, one time line, precedents, signals; one page, few statements."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from msgspec import Struct

from xiaoer.disputes.model.court import Exhibit, Issue, Quarreller, Side
from xiaoer.disputes.queries.views import (
    DisputePartyShown,
    DisputeWhole,
    IssueShown,
    Whole,
)
from xiaoer.disputes.rules.similar import similarity
from xiaoer.disputes.store import judges as judge_store
from xiaoer.disputes.store import lists, rulings
from xiaoer.disputes.store.judges import Judge
from xiaoer.disputes.store.lists import Signals, TimeLine
from xiaoer.disputes.store.rulings import Precedent
from xiaoer.plumbing.db import Tx

YEAR: Final = timedelta(days=365)
PRECEDENTS: Final = 12


class Claim(Struct, frozen=True):
    """A row of the bench: one claim, what speaks for it, what against, what is missing, whose burden."""

    issue: IssueShown
    for_claimant: list[UUID]
    against: list[UUID]
    missing: list[str]
    burden: Side
    due_at: datetime | None


class PrecedentShown(Struct, frozen=True):
    """What was ruled about something alike; `similarity` of a hundred."""

    dispute: UUID
    ruling: UUID
    issue: str
    outcome: str
    favour: str
    amount_minor: int
    similarity: int
    made_at: datetime
    reversed: bool


class BenchSignal(Struct, frozen=True):
    """Something people should look at twice; the sentence is the key `signal.<…>` with the count."""

    signal: str
    count: int


class Bench(DisputeWhole, frozen=True, kw_only=True):
    """Everything a mediator needs about one dispute, in one answer."""

    officer: DisputePartyShown | None
    second_reader: UUID | None
    judges: list[Judge]
    claims: list[Claim]
    line: list[TimeLine]
    precedents: list[PrecedentShown]
    signals: list[BenchSignal]


class BenchFacts(Struct, frozen=True):
    """What the bench reads beside the dispute itself."""

    judges: Sequence[Judge]
    line: Sequence[TimeLine]
    precedents: Sequence[PrecedentShown]
    signals: Sequence[BenchSignal]


async def bench_facts(tx: Tx, whole: Whole, now: datetime, *, talk: bool) -> BenchFacts:
    """What the bench shows beside the dispute: four statements however many disputes there are.

    `talk`: sealed talk is for those who judge; every opening of it is written down (S-128).
    """
    dispute = whole.dispute
    numbers = numbers_of(whole.exhibits) if talk else []
    kinds = sorted({one.issue for one in whole.issues})
    pairs = {(one.issue, one.row) for one in whole.issues}
    alike = await rulings.precedents(tx, dispute.id, [kind for kind, _ in pairs], [row for _, row in pairs])
    found = await lists.signals(tx, dispute, kinds, now - YEAR)
    return BenchFacts(
        judges=await judge_store.judges(tx, dispute.id),
        line=await lists.time_line(tx, dispute, numbers),
        precedents=_ranked(alike, whole.issues, dispute.asked_minor),
        signals=_signals(found),
    )


async def unread(tx: Tx, whole: Whole, person: UUID) -> tuple[str, ...]:
    """The sealed talk of a dispute that somebody who judges it has not opened yet."""
    numbers = numbers_of(whole.exhibits)
    return tuple(await lists.unopened(tx, person, numbers))


def numbers_of(exhibits: Sequence[Exhibit]) -> list[str]:
    """The evidence numbers of sealed talk among some exhibits."""
    return [one.seal_number for one in exhibits if one.seal_number and one.kind == "chat_range"]


def claims(shown: Sequence[IssueShown], exhibits: Sequence[Exhibit]) -> list[Claim]:
    """The claims as rows."""
    return [
        Claim(
            issue=one,
            for_claimant=_of(one, exhibits, "claimant"),
            against=_of(one, exhibits, "respondent"),
            missing=[one.must] if not one.settled else [],
            burden=one.holder,
            due_at=one.due_at,
        )
        for one in shown
    ]


def _of(issue: Issue, exhibits: Sequence[Exhibit], side: Quarreller) -> list[UUID]:
    return [one.id for one in exhibits if one.side == side and (not one.issues or issue.id in one.issues)]


def _ranked(alike: Sequence[Precedent], issues: Sequence[Issue], asked_minor: int) -> list[PrecedentShown]:
    best: dict[tuple[UUID, str], PrecedentShown] = {}
    for one in alike:
        score = max(similarity(one, issue, asked_minor) for issue in issues)
        shown = PrecedentShown(
            one.dispute,
            one.ruling,
            one.issue,
            one.outcome,
            one.favour,
            one.amount_minor,
            score,
            one.made_at,
            one.reversed,
        )
        best[one.ruling, one.issue] = shown
    ranked = sorted(best.values(), key=lambda one: (-one.similarity, -one.made_at.timestamp(), one.ruling))
    return ranked[:PRECEDENTS]


def _signals(found: Signals) -> list[BenchSignal]:
    """Only what is worth a second look; nothing is decided by it."""
    worth = (
        ("forged_evidence", found.forged, 1),
        ("quarrels_often", found.buyer_disputes, 5),
        ("loses_often", found.buyer_lost, 3),
        ("returns_often", found.buyer_returns, 10),
        ("shop_loses_often", found.shop_lost, 3),
    )
    return [BenchSignal(name, count) for name, count, least in worth if count >= least]
