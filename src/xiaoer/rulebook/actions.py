"""What can be done to the rulebook."""

from datetime import datetime
from uuid import UUID

from xiaoer.kernel.refusal import Refusal, Refused, granted
from xiaoer.plumbing import clock
from xiaoer.plumbing.db import Tx
from xiaoer.plumbing.events import publish
from xiaoer.rulebook import queries, store
from xiaoer.rulebook.events import RulebookChanged
from xiaoer.rulebook.model import InForce
from xiaoer.rulebook.rules import may_set


async def set_value(
    tx: Tx,
    *,
    shop: UUID | None,
    name: str,
    value: object,
    reason: str,
    author: UUID,
    now: datetime,
    effective_from: datetime | None = None,
) -> InForce:
    """Set a parameter from now or from a later time; `value` None goes back to the level above.

    Raises Refusal for an unknown name, a value that does not fit, a level that may not set it, a past start.
    """
    kept = granted(may_set(name, value, for_shop=shop is not None))
    if effective_from is not None and effective_from < now:
        raise Refusal(Refused("invalid", "rulebook.start_in_the_past"))
    await store.insert_entry(
        tx,
        clock.new_id(),
        shop=shop,
        name=name,
        value=kept,
        effective_from=effective_from or now,
        author=author,
        reason=reason,
        now=now,
    )
    await publish(tx, RulebookChanged(tenant=tx.tenant, at=now, shop=shop, parameter=name))
    return (await queries.book(tx, shop, now))[name]
