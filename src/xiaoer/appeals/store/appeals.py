"""How appeals are kept: the appeal, what is shown in it, what happened."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Final
from uuid import UUID

import msgspec
from msgspec import Struct

from xiaoer.after_sale.queries.views import FileFacts
from xiaoer.appeals.model import Appeal, Doer, Happening, Party, Shown, TargetKind
from xiaoer.plumbing.db import Tx
from xiaoer.plumbing.sql import Statements

Place = tuple[datetime, UUID]
FIRST: Final[Place] = (datetime(1, 1, 1, tzinfo=UTC), UUID(int=0))
LAST: Final[Place] = (datetime(9999, 1, 1, tzinfo=UTC), UUID(int=2**128 - 1))


class Load(Struct, frozen=True):
    """How many open appeals somebody has, and when the latest of them moved."""

    person: UUID
    open: int
    last_at: datetime | None


class Places(Struct, frozen=True):
    """Where an appeal stands in the lists."""

    due_at: datetime | None
    closed_at: datetime | None


statements: Final = Statements(__file__, "appeals.sql")
_insert_appeal: Final = statements.command("insert_appeal")
_save_appeal: Final = statements.command("save_appeal")
_lock_appeal: Final = statements.value("lock_appeal", UUID)
_find_appeals: Final = statements.rows("find_appeals", Appeal)
_find_of_client: Final = statements.value("find_of_client", UUID)
_lock_target: Final = statements.value("lock_target", bool)
_of_target: Final = statements.value("of_target", UUID)
_page_of_party: Final = statements.value("page_of_party", UUID)
_page_due: Final = statements.value("page_due", UUID)
_page_closed: Final = statements.value("page_closed", UUID)
_place_of: Final = statements.rows("place_of", Places)
_loads: Final = statements.rows("loads", Load)
_insert_evidence: Final = statements.command("insert_evidence")
_evidence: Final = statements.rows("evidence", Shown)
_insert_happening: Final = statements.command("insert_happening")
_happenings: Final = statements.rows("happenings", Happening)
_find_talk: Final = statements.value("find_talk", UUID)
_own_files: Final = statements.value("own_files", UUID)
_files: Final = statements.rows("files", FileFacts)


async def insert_appeal(tx: Tx, appeal: Appeal) -> None:
    """Keep a new appeal."""
    await _insert_appeal.run(
        tx,
        id=appeal.id,
        shop=appeal.shop,
        target_kind=appeal.target_kind,
        target=appeal.target,
        appellant_kind=appeal.appellant_kind,
        appellant=appeal.appellant,
        other_kind=appeal.other_kind,
        other=appeal.other,
        lodged_by=appeal.lodged_by,
        client_id=appeal.client_id,
        text=appeal.text,
        wanted=appeal.wanted,
        new_facts=appeal.new_facts,
        late_reason=appeal.late_reason,
        human=appeal.human,
        state=appeal.state,
        version=appeal.version,
        judges=list(appeal.judges),
        barred=list(appeal.barred),
        agent=appeal.agent,
        left_seconds=appeal.left_seconds,
        summary=msgspec.to_builtins(appeal.summary),
        clock=appeal.clock,
        due_at=appeal.due_at,
        rules_at=appeal.rules_at,
        rules_version=appeal.rules_version,
        now=appeal.lodged_at,
    )


async def save_appeal(tx: Tx, appeal: Appeal, was_version: int) -> bool:
    """Keep an appeal as it stands now; False when somebody changed it since it was read."""
    return bool(
        await _save_appeal.run(
            tx,
            id=appeal.id,
            version=was_version,
            state=appeal.state,
            new_facts=appeal.new_facts,
            judge=appeal.judge,
            barred=list(appeal.barred),
            suspended=appeal.suspended,
            left_seconds=appeal.left_seconds,
            statement=msgspec.to_builtins(appeal.statement),
            clock=appeal.clock,
            due_at=appeal.due_at,
            stage=appeal.stage,
            moved_at=appeal.moved_at,
            closed_at=appeal.closed_at,
        )
    )


async def lock_appeal(tx: Tx, appeal: UUID, party: UUID | None = None) -> Appeal | None:
    """An appeal, locked until the end of the transaction; None when there is none (of this party)."""
    if await _lock_appeal.first(tx, id=appeal, party=party) is None:
        return None
    return await _find_appeals.one(tx, ids=[appeal])


async def find_appeals(tx: Tx, ids: Sequence[UUID]) -> list[Appeal]:
    """Some appeals, in the order they were asked for."""
    return await _find_appeals.all(tx, ids=list(ids)) if ids else []


async def find_of_client(tx: Tx, person: UUID, client_id: str) -> UUID | None:
    """The appeal somebody has lodged under a key of his own."""
    return await _find_of_client.first(tx, person=person, client_id=client_id)


async def lock_target(tx: Tx, kind: TargetKind, target: UUID) -> None:
    """Nobody else lodges an appeal against this decision until the end of the transaction."""
    await _lock_target.first(tx, key=f"{kind} {target}")


async def of_target(tx: Tx, kind: TargetKind, target: UUID, appellant: UUID | None = None) -> list[Appeal]:
    """The appeals against a decision, of one party when it is named, in order."""
    ids = await _of_target.all(tx, kind=kind, target=target, appellant=appellant)
    return await find_appeals(tx, ids)


async def page_of_party(
    tx: Tx, party: Party, *, closed: bool | None, before: UUID | None, limit: int
) -> list[UUID]:
    """Appeals somebody takes part in, the newest first."""
    return await _page_of_party.all(tx, party=party.id, closed=closed, before=before, limit=limit)


async def page_due(tx: Tx, *, judge: UUID | None, free: bool, after: Place, limit: int) -> list[UUID]:
    """Open appeals by what falls due first; of one judge, or those nobody looks at yet."""
    return await _page_due.all(tx, judge=judge, free=free, after_due=after[0], after_id=after[1], limit=limit)


async def page_closed(tx: Tx, before: Place, limit: int) -> list[UUID]:
    """Closed appeals, the latest first."""
    return await _page_closed.all(tx, before_at=before[0], before_id=before[1], limit=limit)


async def place_of(tx: Tx, appeal: UUID) -> Places | None:
    """Where an appeal stands in the lists."""
    return await _place_of.first(tx, id=appeal)


async def loads(tx: Tx, people: Sequence[UUID]) -> list[Load]:
    """How much each of some people has to look at."""
    return await _loads.all(tx, people=list(people)) if people else []


async def insert_evidence(tx: Tx, appeal: UUID, shown: Shown) -> None:
    """Keep an evidence."""
    await _insert_evidence.run(
        tx,
        appeal=appeal,
        id=shown.id,
        side=shown.side,
        person=shown.person,
        kind=shown.kind,
        number=shown.number,
        opens_for=shown.opens_for,
        text=shown.text,
        files=list(shown.files),
        shows=list(shown.shows),
        weighed=msgspec.to_builtins(shown.weighed),
        at=shown.at,
    )


async def evidence(tx: Tx, appeal: UUID) -> list[Shown]:
    """What is shown in an appeal, in order."""
    return await _evidence.all(tx, appeal=appeal)


async def insert_happening(
    tx: Tx, appeal: Appeal, *, id: UUID, event: str, doer: Doer, from_state: str, text: str, at: datetime
) -> None:
    """Add a line to the timeline; its version is the appeal's."""
    await _insert_happening.run(
        tx,
        appeal=appeal.id,
        version=appeal.version,
        id=id,
        at=at,
        event=event,
        side=doer.side,
        person=doer.person,
        from_state=from_state,
        state=appeal.state,
        text=text,
    )


async def happenings(tx: Tx, appeal: UUID) -> list[Happening]:
    """The timeline of an appeal."""
    return await _happenings.all(tx, appeal=appeal)


async def find_talk(tx: Tx, shop: UUID | None, buyer: UUID, *, alone: bool) -> UUID | None:
    """The talk of a buyer with a shop; `alone`: any of his when there is none."""
    return await _find_talk.first(tx, shop=shop, buyer=buyer, alone=alone)


async def own_files(tx: Tx, ids: Sequence[UUID], person: UUID) -> set[UUID]:
    """Which of these files somebody uploaded himself."""
    return set(await _own_files.all(tx, ids=list(ids), person=person)) if ids else set()


async def files(tx: Tx, ids: Sequence[UUID]) -> dict[UUID, FileFacts]:
    """What some files are."""
    return {one.id: one for one in await _files.all(tx, ids=list(ids))} if ids else {}
