"""A ruling as a decision that can be appealed, by either side: undone, it leaves nothing behind."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final
from uuid import UUID

from xiaoer.appeals.actions import held_up
from xiaoer.appeals.model import Effect, EffectKind, Party, Target
from xiaoer.appeals.store import appeals as store
from xiaoer.compensation.actions.good import Ground, make_good
from xiaoer.compensation.model import Harm, Wrong
from xiaoer.disputes.actions import appeal as disputes
from xiaoer.disputes.actions import reverse
from xiaoer.disputes.model.court import Dispute
from xiaoer.disputes.model.court import Party as Quarreller
from xiaoer.disputes.queries import rulings as queries
from xiaoer.kernel.refusal import Refusal
from xiaoer.measures.queries import measures
from xiaoer.plumbing.db import Tx

_UNDONE: Final[Mapping[str, EffectKind]] = {
    "case": "record_corrected",
    "payout": "money_back",
    "charge": "money_back",
    "penalty": "points_back",
    "grant": "money_back",
}


class Rulings:
    """What the marketplace ruled between two."""

    async def find(self, tx: Tx, id: UUID) -> Target | None:
        """The ruling as an appeal sees it: either side may appeal it."""
        try:
            found = await queries.ruling(tx, id)
        except Refusal:
            return None
        dispute = await queries.dispute(tx, found.dispute)
        loser = dispute.respondent if found.favour == "claimant" else dispute.claimant
        both = [_party(one) for one in (dispute.claimant, dispute.respondent)]
        parties = tuple(one for one in both if one is not None)
        return Target(
            kind="ruling",
            id=id,
            shop=dispute.shop,
            parties=parties,
            decided_at=found.executed_at or found.made_at,
            judges=tuple(sorted(await queries.judges(tx, found.dispute))),
            agent=loser.id if loser.kind == "person" and dispute.buyer != loser.id else None,
            automated=found.automated,
            undone=found.reversed_at is not None or dispute.ruling != id,
            title=dispute.number,
            facts="\n".join(found.facts_found),
            rows=tuple(dict.fromkeys(one.row for one in found.rows)),
            rules_version=found.rules_version,
        )

    async def lodged(self, tx: Tx, target: Target, appeal: UUID, now: datetime) -> None:
        """The dispute is not over while somebody else looks at it."""
        if (await self._dispute(tx, target)).state != "under_appeal":
            await disputes.lodged(tx, target.id, appeal, now)

    async def suspend(self, tx: Tx, target: Target, *, by: UUID | None, now: datetime) -> None:
        """What was paid stays paid: a ruling has nothing that runs."""

    async def resume(self, tx: Tx, target: Target, *, by: UUID | None, now: datetime) -> None:
        """Nothing was held up."""

    async def stands(self, tx: Tx, target: Target, appeal: UUID, now: datetime) -> None:
        """The dispute is over, unless the other side appeals as well."""
        others = await store.of_target(tx, "ruling", target.id)
        if not any(one.closed_at is None and one.id != appeal for one in others):
            await disputes.dismissed(tx, target.id, appeal, now)

    async def reverse(
        self, tx: Tx, target: Target, *, appeal: UUID, by: UUID, why: str, now: datetime
    ) -> Sequence[Effect]:
        """Every effect undone, each in its own domain; then what it cost to get there is made good."""
        done = [one for one in await queries.effects(tx, target.id) if one.undone_at is None]
        penalties = [one.target for one in done if one.kind == "penalty"]
        public = any(one.published_at for one in await measures.of_sources(tx, penalties))
        currency = (await self._dispute(tx, target)).currency
        await reverse.reverse(tx, target.id, id=appeal, by=by, why=why, now=now)
        undone = [
            Effect(
                kind="money_back" if one.kind == "case" and one.amount_minor else _UNDONE[one.kind],
                amount_minor=one.amount_minor or None,
                currency=currency if one.amount_minor else None,
            )
            for one in done
        ]
        good = await self._good(tx, target, appeal, public=public, by=by, now=now)
        return [Effect(kind="ruling_undone"), *undone, *good]

    async def _good(
        self, tx: Tx, target: Target, appeal: UUID, *, public: bool, by: UUID, now: datetime
    ) -> Sequence[Effect]:
        """Whoever had to appeal has his time made good unasked, and his name where it was named (S-103)."""
        [wronged] = await store.find_appeals(tx, [appeal])
        under = Ground(
            receiver=wronged.appellant,
            shop=None,
            subject_kind="ruling",
            subject=target.id,
            rules_at=(await self._dispute(tx, target)).rules_at,
            actor=by,
        )
        harms: tuple[Harm, ...] = ("reputation", "time") if public else ("time",)
        wrong = Wrong(
            who=wronged.appellant_kind, bearer="marketplace", public=public, contacts=1, harms=harms
        )
        return await held_up.made_good(tx, [good for good, _ in await make_good(tx, under, wrong, now)])

    async def _dispute(self, tx: Tx, target: Target) -> Dispute:
        return await queries.dispute(tx, (await queries.ruling(tx, target.id)).dispute)


def _party(one: Quarreller) -> Party | None:
    return None if one.kind == "marketplace" else Party(one.kind, one.id)
