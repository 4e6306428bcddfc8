"""May somebody appeal a decision, until when, and by which row?"""

from datetime import datetime
from uuid import UUID

from msgspec import Struct

from xiaoer.appeals.actions.known import Ground, ground
from xiaoer.appeals.actions.targets import Targets
from xiaoer.appeals.model import Appeal, AppealWish, Party, Target
from xiaoer.appeals.rules.windows import (
    DECISIONS,
    RIGHTS,
    Window,
    before_of,
    decision_facts,
    right_facts,
    window_of,
)
from xiaoer.appeals.store import appeals as store
from xiaoer.kernel.refusal import Refused
from xiaoer.kernel.table import Decision
from xiaoer.plumbing.db import Tx


class Right(Struct, frozen=True):
    """What the two tables say about an appeal that is asked for."""

    target: Target
    window: Window
    earlier: list[Appeal]
    decisions: tuple[Decision, Decision]
    under: Ground

    @property
    def answer(self) -> str:
        """accept, ask_more, look or refuse."""
        return self.decisions[1].word("answer")

    @property
    def refused(self) -> Refused | None:
        """Why not, when it is refused; whoever is no party does not learn that there is a decision."""
        code = self.decisions[1].outcome.get("code")
        if code is None:
            return None
        if code == "not_a_party":
            return Refused("not_found", "appeals.unknown_target")
        kind = "not_now" if code == "already_open" else "refused"
        until = self.window.until.isoformat() if self.window.until else ""
        facts: dict[str, object] = {"days": self.window.days, "until": until}
        return Refused(kind, f"appeals.{code}", row=self.decisions[1].row, facts=facts)


async def right(tx: Tx, targets: Targets, party: Party, wish: AppealWish, now: datetime) -> Right:
    """What would be said if this appeal were lodged now; nothing is written. Raises Refusal."""
    target = await targets.find(tx, wish.kind, wish.target)
    under = await ground(tx, now)
    kind = under.book.table(DECISIONS).decide(decision_facts(target, party.kind))
    window = window_of(under.book, kind, target, under.days)
    earlier = await store.of_target(tx, wish.kind, wish.target, party.id)
    facts = right_facts(target, party, window, before_of(earlier), wish=wish, now=now)
    taken = under.book.table(RIGHTS).decide(facts)
    return Right(target, window, earlier, (kind, taken), under)


def open_of(earlier: list[Appeal]) -> UUID | None:
    """The appeal that is open already, if there is one."""
    return next((one.id for one in earlier if one.closed_at is None), None)
