"""How the rulebook is kept."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final
from uuid import UUID

import msgspec

from xiaoer.plumbing.db import Tx
from xiaoer.plumbing.sql import Statements
from xiaoer.plumbing.together import Then
from xiaoer.rulebook.model import RELEASE, Group, Recorded, RuleEntry, Wording

_json: Final = msgspec.json.Encoder().encode
_statements: Final = Statements(__file__)
_entries_for = _statements.rows("entries_for", RuleEntry)
_find_release = _statements.value("find_release", object)
_serving_release = _statements.value("serving_release", str)
_insert_release = _statements.command("insert_release")
_insert_shipment = _statements.command("insert_shipment")
_history = _statements.rows("history", RuleEntry)
_coming = _statements.rows("coming", RuleEntry)
_insert = _statements.value("insert_entry", int)
_insert_wording = _statements.command("insert_wording")
_wordings = _statements.rows("wordings", Wording)
_insert_decisions = _statements.value("insert_decisions", list[str])
_insert_known_decisions = _statements.command("insert_known_decisions")
_decisions_about = _statements.rows("decisions_about", Recorded)
_decision_groups = _statements.rows("decision_groups", Group)
_decisions_asked = _statements.rows("decisions_asked", Recorded)


async def entries_for(tx: Tx, shop: UUID | None) -> Sequence[RuleEntry]:
    """What was, is and will be in force for a shop or the marketplace itself, and which release served."""
    return await _entries_for.all(tx, shop=shop, release=RELEASE)


async def find_release(tx: Tx, digest: str) -> Mapping[str, str] | None:
    """The shipped files of a release that served here."""
    found = await _find_release.first(tx, digest=digest)
    return None if found is None else msgspec.convert(found, dict[str, str])


async def serve_release(tx: Tx, digest: str, files: Mapping[str, str], now: datetime) -> bool:
    """From now on this release serves; False when it does already."""
    if await _serving_release.first(tx) == digest:
        return False
    await _insert_release.run(tx, digest=digest, files=dict(files))
    await _insert_shipment.run(tx, digest=digest, now=now)
    return True


async def history(
    tx: Tx, name: str, shop: UUID | None, before: int | None, limit: int
) -> Sequence[RuleEntry]:
    """The versions of one parameter or table, newest first."""
    return await _history.all(tx, name=name, shop=shop, before=before, limit=limit)


async def coming(tx: Tx, now: datetime, limit: int) -> Sequence[RuleEntry]:
    """What the marketplace has announced and not yet begun, the next first."""
    return await _coming.all(tx, now=now, limit=limit)


async def insert_entry(tx: Tx, entry: RuleEntry) -> int:
    """Add the next version of a parameter or table and return its number; the entry's own is not read."""
    return await _insert.one(
        tx,
        id=entry.id,
        shop=entry.shop,
        name=entry.name,
        value=entry.value,
        effective_from=entry.effective_from,
        author=entry.author,
        reason=entry.reason,
        now=entry.created_at,
    )


async def insert_wording(tx: Tx, table: str, digest: str, text: str, now: datetime) -> None:
    """Keep the text of a wording."""
    await _insert_wording.run(tx, table_name=table, digest=digest, text=text, now=now)


async def wordings(tx: Tx, digests: Sequence[str]) -> Sequence[Wording]:
    """The kept texts of these digests."""
    return await _wordings.all(tx, digests=list(digests))


async def insert_decisions(tx: Tx, decisions: Sequence[Recorded], then: Then | None) -> None:
    """Keep decisions, together with other writes; `then` is told which wordings are not kept yet."""
    statement = _insert_known_decisions if then is None else _insert_decisions
    await statement.later(
        tx,
        "rulebook.decision",
        then,
        ids=[one.id for one in decisions],
        shops=[one.shop for one in decisions],
        tables=[one.table for one in decisions],
        versions=[one.version for one in decisions],
        wordings=[one.wording for one in decisions],
        rows=[one.row for one in decisions],
        inputs=[_json(one.inputs).decode() for one in decisions],
        outcomes=[_json(one.outcome).decode() for one in decisions],
        bases=[one.basis for one in decisions],
        authorities=[one.authority for one in decisions],
        kinds=[one.subject_kind for one in decisions],
        subjects=[one.subject for one in decisions],
        actors=[one.actor for one in decisions],
        moments=[one.at for one in decisions],
    )


async def decisions_about(tx: Tx, subject_kind: str, subject: UUID, limit: int) -> Sequence[Recorded]:
    """What was decided about one thing, in order."""
    return await _decisions_about.all(tx, subject_kind=subject_kind, subject=subject, limit=limit)


async def decision_groups(
    tx: Tx, table: str, *, since: datetime, until: datetime, shop: UUID | None, limit: int
) -> Sequence[Group]:
    """Equal questions with equal answers, counted, the commonest first."""
    return await _decision_groups.all(tx, table=table, since=since, until=until, shop=shop, limit=limit)


async def decisions_asked(
    tx: Tx,
    table: str,
    *,
    since: datetime,
    until: datetime,
    shop: UUID | None,
    inputs: Sequence[object] | None,
    before: tuple[datetime, UUID] | None,
    limit: int,
) -> Sequence[Recorded]:
    """Decisions of a table with one of these sets of inputs (None: any), newest first."""
    return await _decisions_asked.all(
        tx,
        table=table,
        since=since,
        until=until,
        shop=shop,
        inputs=None if inputs is None else list(inputs),
        before_at=before[0] if before else None,
        before_id=before[1] if before else None,
        limit=limit,
    )
