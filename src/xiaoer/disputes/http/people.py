"""The doors of people of the marketplace: the docket, the bench, everything an officer does."""

from collections.abc import Awaitable, Callable
from uuid import UUID

from msgspec import Struct

from xiaoer.disputes.actions import execute, jury, party, people, rule, seats, show
from xiaoer.disputes.http import doors
from xiaoer.disputes.model.court import Dispute, Doer, IssueKind, State
from xiaoer.disputes.model.wishes import (
    AssignWish,
    DisputeAskWish,
    NothingMore,
    OfficerWish,
    ProofWish,
    ProposalWish,
    ReadWish,
    ReasonWish,
    RefusedWish,
    RulingWish,
    SuspendWish,
    WeighWish,
)
from xiaoer.disputes.queries import bench, disputes, draft, rulings, views
from xiaoer.disputes.queries.bench import Bench, BenchFacts
from xiaoer.disputes.queries.disputes import Docket
from xiaoer.disputes.queries.draft import RulingDraft
from xiaoer.disputes.queries.views import DisputePartyShown, DocketLine, RulingShown, Whole
from xiaoer.evidence.actions.open import open_number
from xiaoer.evidence.model import OpenWish
from xiaoer.evidence.queries import seal
from xiaoer.plumbing.clock import new_id
from xiaoer.plumbing.db import Tx
from xiaoer.plumbing.http import Call, Limit, Page
from xiaoer.rulebook import queries as rulebook
from xiaoer.rulebook.model import Book, Explained


class ConflictShown(Struct, frozen=True):
    """Whom an officer may not judge."""

    kind: str
    id: UUID
    reason: str


class OfficerShown(Struct, frozen=True):
    """Somebody who judges; no skill named means every kind of issue."""

    id: UUID
    name: str
    skills: tuple[str, ...]
    active: bool
    open: int
    conflicts: list[ConflictShown]


async def list_disputes(
    call: Call,
    *,
    mine: bool = False,
    unassigned: bool = False,
    state: State | None = None,
    issue: IssueKind | None = None,
    limit: Limit = 50,
    starting_after: UUID | None = None,
) -> Page[DocketLine]:
    """The docket: open disputes of every shop, the first due first."""
    wanted = Docket(state, issue, call.actor.person if mine else None, unassigned)
    async with call.database.read(call.tenant) as tx:
        ids = await disputes.docket(tx, wanted, after=starting_after, limit=limit + 1)
        found = await views.docket_lines(tx, ids[:limit])
    more = len(ids) > limit
    return Page(found, has_more=more, next_cursor=str(found[-1].id) if more else None)


async def get_dispute(call: Call, dispute: UUID) -> Bench:
    """The bench of one dispute; opening its sealed talk is written down, once for each officer."""
    async with call.database.read(call.tenant) as tx:
        whole = await views.whole(tx, await disputes.dispute(tx, dispute))
        unread = await bench.unread(tx, whole, call.actor.person) if _judges(call, whole.dispute) else ()
        if not unread:
            return await _bench(call, tx, whole)
    await call.database.run(call.tenant, lambda tx: _open(call, tx, whole.dispute, unread))
    async with call.database.read(call.tenant) as tx:
        return await _bench(call, tx, whole)


def _judges(call: Call, dispute: Dispute) -> bool:
    return call.actor.person in {dispute.officer, dispute.second_reader}


async def _open(call: Call, tx: Tx, dispute: Dispute, numbers: tuple[str, ...]) -> None:
    for number in numbers:
        found = await seal(tx, number)
        wish = OpenWish(found.purpose, found.case or dispute.id, f"bench {dispute.number}")
        await open_number(tx, call.actor, number, wish, way="read", id=new_id(), now=call.now)


async def _bench(call: Call, tx: Tx, whole: Whole) -> Bench:
    dispute = whole.dispute
    facts = await bench.bench_facts(tx, whole, call.now, talk=_judges(call, dispute))
    return _shown(call, whole, facts, await rulebook.book(tx, dispute.shop, dispute.rules_at))


def _shown(call: Call, whole: Whole, facts: BenchFacts, book: Book) -> Bench:
    shown, dispute = doors.shown(call, "officer", whole, book), whole.dispute
    officer = dispute.officer
    return Bench(
        **{name: getattr(shown, name) for name in shown.__struct_fields__},
        officer=DisputePartyShown("person", officer, whole.names.get(officer, "")) if officer else None,
        second_reader=dispute.second_reader,
        judges=list(facts.judges),
        claims=bench.claims(shown.issues_shown, whole.exhibits),
        line=list(facts.line),
        precedents=list(facts.precedents),
        signals=list(facts.signals),
    )


async def _done(call: Call, work: Callable[[Tx, Doer], Awaitable[Dispute]]) -> Bench:
    """Carry out an officer's deed and answer with the bench as it stands after it."""
    me = Doer("officer", call.actor.person)

    async def both(tx: Tx) -> Bench:
        return await _bench(call, tx, await views.whole(tx, await work(tx, me)))

    return await call.database.run(call.tenant, both)


async def get_why(call: Call, dispute: UUID) -> list[Explained]:
    """Every decision of a table about a dispute, with its row and basis."""
    return await doors.reasons(call, dispute, None)


async def get_ruling_why(call: Call, ruling: UUID) -> list[Explained]:
    """What a ruling stands on: why what it gave was given."""
    return await doors.ruling_reasons(call, ruling, None)


async def get_draft(call: Call, dispute: UUID) -> RulingDraft:
    """A ruling put together from the facts and the rows, for an officer to finish; nothing is decided."""
    async with call.database.read(call.tenant) as tx:
        whole = await views.whole(tx, await disputes.dispute(tx, dispute))
        return await draft.draft(tx, whole, doors.reader_of(call, whole, "officer"))


async def get_ruling(call: Call, ruling: UUID) -> RulingShown:
    """One ruling."""
    async with call.database.read(call.tenant) as tx:
        one = await rulings.ruling(tx, ruling)
        found = await disputes.dispute(tx, one.dispute)
        whole = await views.whole(tx, found)
        book = await rulebook.book(tx, found.shop, found.rules_at)
    return doors.ruling(whole, one, doors.reader_of(call, whole, "officer"), book)


async def post_ask(call: Call, dispute: UUID, data: DisputeAskWish) -> Bench:
    """Ask one side for more; it has four business hours."""
    return await _done(call, lambda tx, me: people.ask(tx, me, dispute, data, call.now))


async def post_propose(call: Call, dispute: UUID, data: ProposalWish) -> Bench:
    """Propose to both sides how it could end."""
    return await _done(call, lambda tx, me: party.propose(tx, me, dispute, data, call.now))


async def post_weigh(call: Call, dispute: UUID, data: WeighWish) -> Bench:
    """Weigh an exhibit anew, with the reason."""
    return await _done(call, lambda tx, me: show.weigh(tx, me, dispute, data, call.now))


async def post_refused(call: Call, dispute: UUID, data: RefusedWish) -> Bench:
    """Note that who holds the evidence does not hand it over: it counts against him."""
    return await _done(call, lambda tx, me: show.refuse(tx, me, dispute, data, call.now))


async def post_rule(call: Call, dispute: UUID, data: RulingWish) -> Bench:
    """Rule."""
    return await _done(call, lambda tx, me: rule.rule(tx, me, dispute, data, call.now))


async def post_read(call: Call, dispute: UUID, data: ReadWish) -> Bench:
    """Say as the second reader whether a ruling may go out."""
    return await _done(call, lambda tx, me: rule.read(tx, me, dispute, data, call.now))


async def post_execute(call: Call, dispute: UUID, data: NothingMore) -> Bench:  # noqa: ARG001  an empty body
    """Have a ruling carried out at once."""
    return await _done(call, lambda tx, me: execute.execute(tx, me, dispute, call.now))


async def post_recuse(call: Call, dispute: UUID, data: ReasonWish) -> Bench:
    """Step aside, with the reason."""
    return await _done(call, lambda tx, me: seats.recuse(tx, me, dispute, data.reason, call.now))


async def post_assign(call: Call, dispute: UUID, data: AssignWish) -> Bench:
    """Give a dispute to somebody who may judge it, or to whoever is fittest."""
    return await _done(call, lambda tx, me: seats.assign(tx, me, dispute, data.officer, call.now))


async def post_jury(call: Call, dispute: UUID, data: NothingMore) -> Bench:  # noqa: ARG001  an empty body
    """Call a jury."""
    return await _done(call, lambda tx, me: jury.call(tx, me, dispute, call.now))


async def post_suspend(call: Call, dispute: UUID, data: SuspendWish) -> Bench:
    """Have a dispute wait for a court or the police."""
    return await _done(call, lambda tx, me: party.suspend(tx, me, dispute, data, call.now))


async def post_resume(call: Call, dispute: UUID, data: ProofWish) -> Bench:
    """Go on with a dispute that waited."""
    return await _done(call, lambda tx, me: party.resume(tx, me, dispute, data, call.now))


async def list_officers(call: Call) -> list[OfficerShown]:
    """Who judges here, the fewest open disputes first."""
    async with call.database.read(call.tenant) as tx:
        found = await rulings.officers(tx)
        conflicts = await rulings.conflicts(tx)
    return [
        OfficerShown(
            one.person,
            one.name,
            one.skills,
            one.active,
            one.open,
            [ConflictShown(c.kind, c.id, c.reason) for c in conflicts if c.person == one.person],
        )
        for one in found
    ]


async def put_officer(call: Call, person: UUID, data: OfficerWish) -> list[OfficerShown]:
    """What an officer can judge, whether he does now, and whom he never may."""
    await call.database.run(call.tenant, lambda tx: seats.set_officer(tx, person, data))
    return await list_officers(call)
