"""Whose turn it is to show something: burdens are laid by table D3, and pass on when shown or not."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from msgspec import structs

from xiaoer.disputes.actions.known import Ground
from xiaoer.disputes.model.court import Dispute, Exhibit, Issue, Shown
from xiaoer.disputes.rules import burden as rules
from xiaoer.disputes.rules.deadlines import answer_by
from xiaoer.disputes.store import disputes as store
from xiaoer.kernel.table import Decision
from xiaoer.plumbing.clock import new_id
from xiaoer.plumbing.db import Tx
from xiaoer.rulebook import actions as rulebook

STAGES = 3


async def lay(
    tx: Tx, dispute: Dispute, issue: Issue, stage: int, due_at: datetime, *, ground: Ground, now: datetime
) -> Issue:
    """Lay the burden of an issue where D3 puts it at this stage; the decision is kept.

    What the marketplace itself must show is there, or is for people: nobody is made to wait for it.
    """
    decision = await rulebook.decide(
        tx,
        ground.book,
        rules.TABLE,
        rules.facts(issue, stage),
        id=new_id(),
        shop=dispute.shop,
        subject_kind="dispute",
        subject=dispute.id,
        actor=None,
        now=now,
    )
    return await _laid(tx, dispute, issue, stage, decision, due_at=due_at, ground=ground, now=now)


async def _laid(
    tx: Tx,
    dispute: Dispute,
    issue: Issue,
    stage: int,
    decision: Decision,
    *,
    due_at: datetime,
    ground: Ground,
    now: datetime,
) -> Issue:
    laid = rules.laid(dispute, issue, stage, decision, due_at)
    if laid.settled or laid.must not in rules.OF_PLATFORM:
        return laid
    return await passed(tx, dispute, laid, "shown", due_at, ground=ground, now=now)


async def passed(
    tx: Tx, dispute: Dispute, issue: Issue, how: Shown, due_at: datetime, *, ground: Ground, now: datetime
) -> Issue:
    """What becomes of an issue when its holder shows it, keeps silent, or will not hand it over."""
    follows = rules.follows(issue, how)
    if follows == "next" and issue.stage < STAGES:
        return await lay(
            tx,
            dispute,
            structs.replace(issue, decided_by=how),
            issue.stage + 1,
            due_at,
            ground=ground,
            now=now,
        )
    favour = follows if follows == "claimant" or follows == "respondent" else None  # noqa: PLR1714
    return rules.settled(issue, favour, how)


async def shown(
    tx: Tx, dispute: Dispute, exhibits: Sequence[Exhibit], ground: Ground, now: datetime
) -> datetime | None:
    """Let burdens pass on that these exhibits carry; answers until when the other side must show now."""
    latest: datetime | None = None
    changed: list[Issue] = []
    for issue in await store.issues(tx, dispute.id):
        if any(_carries(issue, one) for one in exhibits):
            until = answer_by(ground.book, dispute, now, ground.days)
            after = await passed(tx, dispute, issue, "shown", until, ground=ground, now=now)
            changed.append(after)
            if after.due_at is not None and (latest is None or after.due_at > latest):
                latest = after.due_at
    await store.save_issues(tx, dispute.id, changed)
    return latest


async def silence(
    tx: Tx, dispute: Dispute, ground: Ground, now: datetime, *, all_said: bool
) -> datetime | None:
    """The time for evidence is over: silence decides (J-003).

    Answers until when somebody still must show: the burden may pass to a side that had no time yet. After
    the longest time, or when both have nothing more (`all_said`), nobody is waited for.
    """
    over = all_said or (dispute.evidence_until is not None and now >= dispute.evidence_until)
    latest: datetime | None = None
    changed: list[Issue] = []
    for issue in await store.issues(tx, dispute.id):
        after = issue
        if not issue.settled and (over or issue.due_at is None or issue.due_at <= now):
            until = answer_by(ground.book, structs.replace(dispute, due_at=now), now, ground.days)
            after = await passed(tx, dispute, issue, "silence", until, ground=ground, now=now)
            while over and not after.settled:
                after = await passed(tx, dispute, after, "silence", until, ground=ground, now=now)
            changed.append(after)
        if after.due_at is not None and (latest is None or after.due_at > latest):
            latest = after.due_at
    await store.save_issues(tx, dispute.id, changed)
    return latest if latest is not None and latest > now else None


async def begin(tx: Tx, dispute: Dispute) -> None:
    """The time for evidence begins: everybody knows until when."""
    issues = await store.issues(tx, dispute.id)
    await store.save_issues(
        tx,
        dispute.id,
        [structs.replace(one, due_at=dispute.due_at) for one in issues if not one.settled],
    )


def _carries(issue: Issue, exhibit: Exhibit) -> bool:
    concerns = not exhibit.issues or issue.id in exhibit.issues
    return concerns and rules.answers(issue, exhibit.side, exhibit.kind, exhibit.accept)


def concerned(issues: Sequence[Issue], wanted: Sequence[UUID]) -> bool:
    """Whether all these are issues of the dispute."""
    known = {one.id for one in issues}
    return all(one in known for one in wanted)
