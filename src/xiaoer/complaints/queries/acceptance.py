"""What is known about whether a complaint is to be taken on, for people who look at it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from msgspec import Struct

from xiaoer.complaints.model import Complaint
from xiaoer.complaints.queries.signals import signals_of
from xiaoer.complaints.rules import acceptance
from xiaoer.complaints.rules.acceptance import Before, Known
from xiaoer.complaints.rules.deadlines import Ground, window_end
from xiaoer.complaints.rules.signals import strong
from xiaoer.complaints.rules.types import types
from xiaoer.complaints.store import complaints as store
from xiaoer.orders import queries as orders
from xiaoer.plumbing.db import Tx
from xiaoer.rulebook.rules.explain import said

_NO_WORDS: Final[Mapping[str, str]] = {}


class Acceptance(Struct, frozen=True):
    """The facts as they stand now, what D15 says to them, and the sentence of its row."""

    facts: Known
    answer: str
    reason: str | None
    row: str
    say: str


async def known_of(tx: Tx, complaint: Complaint, under: Ground, now: datetime) -> Known:
    """The facts of a complaint that is kept already."""
    kind = types()[complaint.type]
    before = [one for one in await store.same_matter(tx, complaint) if one.id != complaint.id]
    happened = await store.happenings(tx, complaint.id)
    since = None
    if complaint.purchase is not None:
        since = (await orders.purchase(tx, complaint.shop, complaint.purchase)).signed_at
    return acceptance.known(
        complaint,
        kind,
        [Before(one.state, one.evidence) for one in before if one.lodged_at < complaint.lodged_at],
        files=sum(len(one.files) for one in happened),
        until=window_end(under.book, kind.window, since, under.days),
        strong=strong(await signals_of(tx, complaint, "complainant", under.book, now)),
        danger=complaint.danger != "none",
    )


async def acceptance_of(
    tx: Tx, complaint: Complaint, under: Ground, now: datetime, language: str
) -> Acceptance:
    """What D15 would say now; nothing is written."""
    facts = await known_of(tx, complaint, under, now)
    return asked(under, facts, language)


def asked(under: Ground, facts: Known, language: str) -> Acceptance:
    """What D15 says to these facts."""
    table = under.book.table(acceptance.TABLE)
    decision = table.decide(acceptance.facts_of(facts))
    words = next((row.say for row in table.rows if row.id == decision.row), _NO_WORDS)
    reason = decision.outcome.get("reason")
    return Acceptance(
        facts,
        decision.word("answer"),
        reason if isinstance(reason, str) else None,
        decision.row,
        said(words, language),
    )
