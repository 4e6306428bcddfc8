"""The root of a day: made once for each day of each marketplace, in order, whoever does it."""

from datetime import datetime

from xiaoer.evidence import store
from xiaoer.evidence.model import Day
from xiaoer.evidence.rules import days as rules
from xiaoer.evidence.rules.sign import Signer
from xiaoer.identity import queries as identity
from xiaoer.plumbing.db import Tx
from xiaoer.rulebook import queries as rulebook

DELAY = "evidence.root_after_minutes"


async def close_next_day(tx: Tx, signer: Signer, now: datetime) -> Day | None:
    """Close the next day that is over and has no root; None when there is none.

    Two processes may do it at once: the second one's root is left out, and it is the same.
    """
    zone = (await identity.marketplace(tx)).time_zone
    last = await store.last_day(tx)
    first_at = await store.first_message_at(tx) if last is None else None
    day = rules.next_day(last.day if last else None, first_at, zone)
    delay = (await rulebook.book(tx, None, now)).duration(DELAY)
    if day is None or not rules.is_due(day, zone, now, delay):
        return None
    since, until = rules.bounds(day, zone)
    hashes = await store.hashes_of_day(tx, since, until)
    made = rules.day_of(tx.tenant, day, zone, hashes, last, signer=signer)
    await store.add_day(tx, made)
    return made
