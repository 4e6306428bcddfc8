"""Appeals as they travel: what stands, what follows from silence, what the viewer may do."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from msgspec import Struct

from xiaoer.after_sale.queries.views import FileFacts
from xiaoer.appeals.model import (
    Appeal,
    AppealStatement,
    AppealSummary,
    Doer,
    Happening,
    PartyKind,
    Shown,
    Side,
    State,
    TargetKind,
)
from xiaoer.appeals.rules.deeds import AppealDeed, deeds, sided, then, turn
from xiaoer.appeals.store import appeals as store
from xiaoer.evidence.model import Weighed
from xiaoer.identity import queries as identity
from xiaoer.plumbing.db import Tx

__all__ = ["AppealFile", "AppealLine", "AppealStep", "AppealWhole", "FileFacts", "PartyNamed", "Read"]


class PartyNamed(Struct, frozen=True):
    """A person or a shop with its name."""

    kind: PartyKind
    id: UUID
    name: str


class AppealLine(Struct, frozen=True, kw_only=True):
    """An appeal in a list; `then` is the state silence leads to, `side` the viewer's own."""

    id: UUID
    target_kind: TargetKind
    target_id: UUID
    title: str
    shop_id: UUID | None
    appellant: PartyNamed
    other: PartyNamed | None
    side: Side
    state: State
    version: int
    turn: str | None
    clock: str | None
    due_at: datetime | None
    then: str | None
    stage: int
    judge: PartyNamed | None
    suspended: bool
    human: bool
    rules_version: str
    lodged_at: datetime
    moved_at: datetime
    closed_at: datetime | None
    deeds: list[AppealDeed]


class AppealFile(Struct, frozen=True):
    """A file shown in an appeal; its addresses open for two to three hours."""

    id: UUID
    name: str
    media_type: str
    size_bytes: int
    url: str
    thumbnail_url: str | None


class AppealEvidence(Struct, frozen=True, kw_only=True):
    """An evidence of an appeal; an evidence number opens for the case `case_id`."""

    id: UUID
    side: Side
    kind: str
    number: str | None
    case_id: UUID | None
    text: str
    files: list[AppealFile]
    shows: tuple[str, ...]
    weighed: Weighed
    at: datetime


class AppealStep(Struct, frozen=True):
    """One line of the timeline; `event` is a key `event.<…>` of the catalogue."""

    version: int
    at: datetime
    event: str
    side: Side
    person_name: str
    from_state: State
    state: State
    text: str


class AppealWhole(AppealLine, frozen=True, kw_only=True):
    """One appeal with everything the viewer may know."""

    text: str
    wanted: str
    new_facts: str
    late_reason: str
    summary: AppealSummary
    evidence: list[AppealEvidence]
    timeline: list[AppealStep]
    statement: AppealStatement | None


class Read(Struct, frozen=True):
    """What is read of an appeal before addresses of files are made."""

    appeal: Appeal
    evidence: Sequence[Shown]
    happenings: Sequence[Happening]
    files: dict[UUID, FileFacts]
    names: dict[UUID, str]


async def read(tx: Tx, appeal: Appeal) -> Read:
    """Everything about one appeal."""
    evidence = await store.evidence(tx, appeal.id)
    happenings = await store.happenings(tx, appeal.id)
    files = await store.files(tx, sorted({file for one in evidence for file in one.files}))
    people = {one.person for one in happenings if one.person is not None}
    names = await names_of(tx, [appeal], people)
    return Read(appeal, evidence, happenings, files, names)


async def names_of(tx: Tx, appeals: Sequence[Appeal], more: set[UUID] | None = None) -> dict[UUID, str]:
    """The names of everybody in these appeals."""
    people, shops = set(more or ()), set[UUID]()
    for one in appeals:
        people |= {one.judge} if one.judge else set()
        for kind, who in ((one.appellant_kind, one.appellant), (one.other_kind, one.other)):
            if who is not None:
                (shops if kind == "shop" else people).add(who)
    return await identity.names(tx, people, shops)


async def lines(tx: Tx, ids: Sequence[UUID], viewer: Doer) -> list[AppealLine]:
    """Appeals as lists show them, in the order of their ids."""
    found = await store.find_appeals(tx, ids)
    names = await names_of(tx, found)
    return [line(one, viewer, names) for one in found]


def line(appeal: Appeal, viewer: Doer, names: dict[UUID, str]) -> AppealLine:
    """An appeal as a list shows it to one side; parties do not learn who decides before it is decided."""
    me = sided(appeal, viewer)
    judge = appeal.judge if me.side == "people" else None
    return AppealLine(
        id=appeal.id,
        target_kind=appeal.target_kind,
        target_id=appeal.target,
        title=appeal.summary.title,
        shop_id=appeal.shop,
        appellant=PartyNamed(appeal.appellant_kind, appeal.appellant, names.get(appeal.appellant, "")),
        other=_other(appeal, names),
        side=me.side,
        state=appeal.state,
        version=appeal.version,
        turn=turn(appeal.state),
        clock=appeal.clock,
        due_at=appeal.due_at,
        then=then(appeal),
        stage=appeal.stage,
        judge=None if judge is None else PartyNamed("person", judge, names.get(judge, "")),
        suspended=appeal.suspended,
        human=appeal.human,
        rules_version=appeal.rules_version,
        lodged_at=appeal.lodged_at,
        moved_at=appeal.moved_at,
        closed_at=appeal.closed_at,
        deeds=deeds(appeal, me),
    )


def _other(appeal: Appeal, names: dict[UUID, str]) -> PartyNamed | None:
    if appeal.other is None or appeal.other_kind is None:
        return None
    return PartyNamed(appeal.other_kind, appeal.other, names.get(appeal.other, ""))
