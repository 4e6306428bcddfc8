"""How judges are kept: who can, who may not, who sat, and how jurors voted."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final, Literal
from uuid import UUID

from msgspec import Struct

from xiaoer.disputes.model.court import IssueKind, Quarreller
from xiaoer.disputes.model.wishes import ConflictWish
from xiaoer.plumbing.db import Tx
from xiaoer.plumbing.sql import Statements

Part = Literal["officer", "second_reader", "juror"]
Why = Literal["recused", "challenged", "reassigned"]


class Officer(Struct, frozen=True):
    """Somebody who judges: what he can, how much he has, and whether this dispute is not for him."""

    person: UUID
    name: str
    skills: tuple[str, ...]
    active: bool
    open: int
    conflict: bool
    sat: bool


class Conflict(Struct, frozen=True):
    """Whom an officer may not judge."""

    person: UUID
    kind: str
    id: UUID
    reason: str


class Judge(Struct, frozen=True):
    """Somebody who sat in a dispute, and why he left."""

    person: UUID
    part: Part
    at: datetime
    left_at: datetime | None
    why: Why | None
    reason: str


class Juror(Struct, frozen=True):
    """What decides whether a buyer may sit in juries."""

    willing: bool
    orders: int
    quarrels: bool


class Tally(Struct, frozen=True):
    """How many found for whom."""

    claimant: int
    respondent: int


class JuryCall(Struct, frozen=True):
    """A dispute somebody is called to vote about."""

    dispute: UUID
    issue: IssueKind
    due_at: datetime
    voted: bool


statements: Final = Statements(__file__, "judges.sql")
_officers: Final = statements.rows("officers", Officer)
_conflicts: Final = statements.rows("conflicts", Conflict)
_is_officer: Final = statements.value("is_officer", bool)
_set_officer: Final = statements.command("set_officer")
_clear_conflicts: Final = statements.command("clear_conflicts")
_add_conflicts: Final = statements.command("add_conflicts")
_seat: Final = statements.command("seat")
_unseat: Final = statements.command("unseat")
_judges: Final = statements.rows("judges", Judge)
_set_willing: Final = statements.command("set_willing")
_end_willing: Final = statements.command("end_willing")
_juror: Final = statements.rows("juror", Juror)
_pool: Final = statements.value("pool", UUID)
_call_jurors: Final = statements.command("call_jurors")
_vote: Final = statements.command("vote")
_tally: Final = statements.rows("tally", Tally)
_calls: Final = statements.rows("calls", JuryCall)
_called: Final = statements.value("called", datetime)


async def officers(tx: Tx, parties: Sequence[UUID] = (), dispute: UUID | None = None) -> list[Officer]:
    """Who judges here, the fewest open disputes first; for a dispute also what keeps him from it."""
    return await _officers.all(tx, parties=list(parties), dispute=dispute)


async def is_officer(tx: Tx, person: UUID) -> bool:
    """Whether somebody is an officer of the marketplace."""
    return await _is_officer.one(tx, person=person)


async def conflicts(tx: Tx) -> list[Conflict]:
    """Whom which officer may not judge."""
    return await _conflicts.all(tx)


async def set_officer(
    tx: Tx, person: UUID, skills: Sequence[str], *, active: bool, conflicts: Sequence[ConflictWish]
) -> None:
    """What an officer can, whether he judges now, and whom never."""
    await _set_officer.run(tx, person=person, skills=list(skills), active=active)
    await _clear_conflicts.run(tx, person=person)
    if conflicts:
        await _add_conflicts.run(
            tx,
            person=person,
            kinds=[one.kind for one in conflicts],
            ids=[one.id for one in conflicts],
            reasons=[one.reason for one in conflicts],
        )


async def seat(tx: Tx, dispute: UUID, person: UUID, part: Part, now: datetime) -> None:
    """Somebody sits in a dispute from now on."""
    await _seat.run(tx, dispute=dispute, person=person, part=part, now=now)


async def unseat(
    tx: Tx, dispute: UUID, person: UUID, part: Part, *, why: Why, reason: str, now: datetime
) -> None:
    """Somebody does not sit in it any more."""
    await _unseat.run(tx, dispute=dispute, person=person, part=part, why=why, reason=reason, now=now)


async def judges(tx: Tx, dispute: UUID) -> list[Judge]:
    """Everybody who ever sat in a dispute."""
    return await _judges.all(tx, dispute=dispute)


async def set_willing(tx: Tx, person: UUID, now: datetime, *, willing: bool) -> None:
    """Somebody would sit in juries, or would not any more."""
    if willing:
        await _set_willing.run(tx, person=person, now=now)
    else:
        await _end_willing.run(tx, person=person)


async def juror(tx: Tx, person: UUID) -> Juror:
    """What decides whether somebody may sit in juries."""
    return await _juror.one(tx, person=person)


async def pool(
    tx: Tx, dispute: UUID, shop: UUID, parties: Sequence[UUID], *, orders: int, size: int
) -> list[UUID]:
    """So many who may sit in this jury, by a chance nobody can steer."""
    return await _pool.all(tx, dispute=dispute, shop=shop, parties=list(parties), orders=orders, size=size)


async def call_jurors(tx: Tx, dispute: UUID, round_: int, jurors: Sequence[UUID], due_at: datetime) -> None:
    """Call these people to vote."""
    await _call_jurors.run(tx, dispute=dispute, round=round_, jurors=list(jurors), due_at=due_at)


async def vote(
    tx: Tx, dispute: UUID, round_: int, juror_id: UUID, *, favour: Quarreller, now: datetime
) -> bool:
    """Keep a vote; False for who was not called or has voted."""
    return bool(await _vote.run(tx, dispute=dispute, round=round_, juror=juror_id, favour=favour, now=now))


async def tally(tx: Tx, dispute: UUID, round_: int) -> Tally:
    """How many found for whom; only the program asks."""
    return await _tally.one(tx, dispute=dispute, round=round_)


async def calls(tx: Tx, juror_id: UUID) -> list[JuryCall]:
    """What somebody is called to."""
    return await _calls.all(tx, juror=juror_id)


async def called(tx: Tx, dispute: UUID, juror_id: UUID) -> datetime | None:
    """Until when somebody may vote in this dispute; None for who may not."""
    return await _called.first(tx, dispute=dispute, juror=juror_id)
