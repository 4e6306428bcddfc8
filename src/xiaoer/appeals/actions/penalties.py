"""A penalty as a decision that can be appealed: points, measures, notices; found wrong, it is made good."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from xiaoer.appeals.actions import held_up
from xiaoer.appeals.model import Effect, Party, Target
from xiaoer.compensation.actions.good import Ground, make_good
from xiaoer.compensation.model import Wrong
from xiaoer.disputes.queries import rulings
from xiaoer.kernel.refusal import Refusal
from xiaoer.measures.queries import measures
from xiaoer.penalties.actions import reverse as penalties
from xiaoer.penalties.model import Penalty
from xiaoer.penalties.queries import penalties as queries
from xiaoer.plumbing.db import Tx


class Penalties:
    """What is imposed on a shop or a person."""

    async def find(self, tx: Tx, id: UUID) -> Target | None:
        """The penalty as an appeal sees it; whoever judged the dispute behind it had a part in it."""
        try:
            found = await queries.penalty(tx, id)
        except Refusal:
            return None
        held = await measures.of_sources(tx, [id])
        return Target(
            kind="penalty",
            id=id,
            shop=found.subject if found.subject_kind == "shop" else None,
            parties=(Party(found.subject_kind, found.subject),),
            decided_at=found.at,
            judges=tuple(sorted(await _judges(tx, found))),
            agent=found.subject if found.subject_kind == "person" else None,
            automated=found.automated,
            undone=found.state == "reversed",
            published=any(one.published_at for one in held),
            title=found.offence,
            facts=found.facts,
            rows=(found.row_id, found.basis),
            rules_version=found.rules_version,
        )

    async def lodged(self, tx: Tx, target: Target, appeal: UUID, now: datetime) -> None:
        """A penalty stays as it is while it is looked at."""

    async def suspend(self, tx: Tx, target: Target, *, by: UUID | None, now: datetime) -> None:
        """Its measures bind nobody for now."""
        await held_up.suspend(tx, target.id, by=by, now=now)

    async def resume(self, tx: Tx, target: Target, *, by: UUID | None, now: datetime) -> None:
        """Its measures bind again."""
        await held_up.resume(tx, target.id, by=by, now=now)

    async def stands(self, tx: Tx, target: Target, appeal: UUID, now: datetime) -> None:
        """Nothing has to be done for it to stay."""

    async def reverse(
        self, tx: Tx, target: Target, *, appeal: UUID, by: UUID, why: str, now: datetime
    ) -> Sequence[Effect]:
        """Points back, measures ended, notice corrected, reputation and time made good (S-103, S-104)."""
        was = await queries.penalty(tx, target.id)
        held = await measures.of_sources(tx, [target.id])
        await held_up.resume(tx, target.id, by=by, now=now)
        await penalties.reverse(tx, target.id, id=appeal, why=why, by=by, now=now)
        points = [Effect(kind="points_back", points=was.points)] if was.points else []
        ended = await held_up.undone(tx, target.id, held)
        good = await _good(tx, was, public=target.published, by=by, now=now) if was.points or held else []
        return [*points, *ended, *good]


async def _good(tx: Tx, was: Penalty, *, public: bool, by: UUID, now: datetime) -> list[Effect]:
    """By the rules it was imposed under; the appeal is the contact it took."""
    ground = Ground(
        receiver=was.subject, shop=None, subject_kind="penalty", subject=was.id, rules_at=was.at, actor=by
    )
    harms = ("reputation", "time")
    wrong = Wrong(who=was.subject_kind, bearer="marketplace", public=public, contacts=1, harms=harms)
    return await held_up.made_good(tx, [good for good, _ in await make_good(tx, ground, wrong, now)])


async def _judges(tx: Tx, penalty: Penalty) -> frozenset[UUID]:
    own = {penalty.decided_by} if penalty.decided_by else set[UUID]()
    try:
        behind = await rulings.ruling(tx, penalty.source)
    except Refusal:
        return frozenset(own)
    return frozenset(own) | await rulings.judges(tx, behind.dispute)
