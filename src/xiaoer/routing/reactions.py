"""What routing does when it hears news."""

from datetime import datetime

from xiaoer.identity.events import MembershipEnded
from xiaoer.plumbing.db import Tx
from xiaoer.routing import actions


async def on_membership_ended(tx: Tx, event: MembershipEnded, now: datetime) -> None:
    """Somebody no longer works for a shop: he serves no queue and takes nothing more."""
    await actions.remove_agent(tx, event.shop, event.person, now)
