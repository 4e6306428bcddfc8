"""What the doors of every side share: from an appeal to its answer, with addresses of files."""

from collections.abc import Awaitable, Callable
from datetime import datetime
from uuid import UUID

from msgspec import Struct

from xiaoer.appeals.actions.lodge import lodge
from xiaoer.appeals.actions.right import open_of, right
from xiaoer.appeals.actions.targets import Targets
from xiaoer.appeals.model import Appeal, AppealWish, Doer, Party, TargetKind
from xiaoer.appeals.queries import appeals, views
from xiaoer.appeals.queries.views import (
    AppealEvidence,
    AppealFile,
    AppealLine,
    AppealStep,
    AppealWhole,
    FileFacts,
    Read,
)
from xiaoer.kernel.refusal import Refusal
from xiaoer.plumbing.clock import new_id
from xiaoer.plumbing.db import Tx
from xiaoer.plumbing.file_addresses import make_address
from xiaoer.plumbing.http import Call, Page
from xiaoer.rulebook.model import Explained
from xiaoer.rulebook.queries import why


class AppealRight(Struct, frozen=True, kw_only=True):
    """Whether somebody may appeal a decision now, until when, and why not.

    `conversation_id`: where photos for it can be kept, if there is such a talk.
    """

    allowed: bool
    code: str | None
    message: str | None
    until: datetime | None
    window_days: int
    needs_new_facts: bool
    open_appeal: UUID | None
    conversation_id: UUID | None
    row: str
    rules_version: str


def party_of(call: Call, shop: UUID | None) -> Party:
    """In whose name somebody calls: the shop's, or his own."""
    return Party("person", call.actor.person) if shop is None else Party("shop", shop)


def doer_of(call: Call, shop: UUID | None) -> Doer:
    """Whoever calls, as a party."""
    leads = shop is not None and call.actor.role_in(shop) == "manager"
    return Doer("appellant", call.actor.person, party_of(call, shop), leads=leads)


def people(call: Call) -> Doer:
    """Whoever calls, as one of the people of the marketplace."""
    return Doer("people", call.actor.person)


async def done(call: Call, viewer: Doer, work: Callable[[Tx], Awaitable[Appeal]]) -> AppealWhole:
    """Carry out a deed and answer with the appeal as it stands after it."""

    async def both(tx: Tx) -> Read:
        return await views.read(tx, await work(tx))

    return shown(call, viewer, await call.database.run(call.tenant, both))


async def whole(call: Call, viewer: Doer, appeal: UUID) -> AppealWhole:
    """One appeal, of the viewer when he is a party."""
    async with call.database.read(call.tenant) as tx:
        found = await appeals.appeal(tx, appeal, party=viewer.party)
        return shown(call, viewer, await views.read(tx, found))


async def reasons(call: Call, viewer: Doer, appeal: UUID) -> list[Explained]:
    """Every decision about an appeal."""
    async with call.database.read(call.tenant) as tx:
        await appeals.appeal(tx, appeal, party=viewer.party)
        return list(await why(tx, "appeal", appeal, call.language))


async def page(viewer: Doer, tx: Tx, ids: list[UUID], limit: int) -> Page[AppealLine]:
    """A page of a list from one id more than it holds."""
    found = await views.lines(tx, ids[:limit], viewer)
    more = len(ids) > limit
    return Page(found, has_more=more, next_cursor=str(found[-1].id) if more else None)


async def listed(
    call: Call, viewer: Doer, *, closed: bool | None, limit: int, after: UUID | None
) -> Page[AppealLine]:
    """A party's appeals, the newest first."""
    assert viewer.party is not None
    async with call.database.read(call.tenant) as tx:
        ids = await appeals.of_party(tx, viewer.party, closed=closed, after=after, limit=limit + 1)
        return await page(viewer, tx, ids, limit)


async def lodged(call: Call, shop: UUID | None, wish: AppealWish) -> AppealWhole:
    """Lodge an appeal in one's own name or the shop's."""
    me, fresh, targets = doer_of(call, shop), new_id(), call.service(Targets)
    return await done(
        call,
        me,
        lambda tx: lodge(tx, me, party_of(call, shop), wish, id=fresh, targets=targets, now=call.now),
    )


async def asked(call: Call, shop: UUID | None, kind: TargetKind, target: UUID) -> AppealRight:
    """Whether an appeal against a decision would be taken now. Raises Refusal for a decision of others."""
    wish = AppealWish(kind=kind, target=target, text="?", new_facts="?")
    async with call.database.read(call.tenant) as tx:
        found = await right(tx, call.service(Targets), party_of(call, shop), wish, call.now)
        talk = await appeals.talk_about(tx, found.target, None if shop else call.actor.person)
    refused = found.refused
    if refused is not None and refused.kind == "not_found":
        raise Refusal(refused)
    return AppealRight(
        allowed=refused is None,
        code=refused.code if refused else None,
        message=call.services.catalogue.sentence(refused, call.language) if refused else None,
        until=found.window.until,
        window_days=found.window.days,
        needs_new_facts=found.window.needs_new_facts,
        open_appeal=open_of(found.earlier),
        conversation_id=talk,
        row=found.decisions[0].row,
        rules_version=found.under.book.version,
    )


def shown(call: Call, viewer: Doer, read: Read) -> AppealWhole:
    """An appeal as one side sees it; parties do not learn the names of people of the marketplace."""
    appeal = read.appeal
    line = views.line(appeal, viewer, read.names)
    return AppealWhole(
        **{name: getattr(line, name) for name in AppealLine.__struct_fields__},
        text=appeal.text,
        wanted=appeal.wanted,
        new_facts=appeal.new_facts,
        late_reason=appeal.late_reason,
        summary=appeal.summary,
        evidence=[
            AppealEvidence(
                id=one.id,
                side=one.side,
                kind=one.kind,
                number=one.number,
                case_id=one.opens_for,
                text=one.text,
                files=[_file(call, read.files[file]) for file in one.files if file in read.files],
                shows=one.shows,
                weighed=one.weighed,
                at=one.at,
            )
            for one in read.evidence
        ],
        timeline=[
            AppealStep(
                version=one.version,
                at=one.at,
                event=one.event,
                side=one.side,
                person_name=_named(read, one.person) if viewer.party is None else "",
                from_state=one.from_state,
                state=one.state,
                text=one.text,
            )
            for one in read.happenings
        ],
        statement=appeal.statement,
    )


def _named(read: Read, person: UUID | None) -> str:
    return read.names.get(person, "") if person else ""


def _file(call: Call, file: FileFacts) -> AppealFile:
    key = call.services.settings.key("files")
    small = make_address(key, call.tenant, file.id, call.now, variant="thumbnail") if file.thumbnail else None
    address = make_address(key, call.tenant, file.id, call.now)
    return AppealFile(file.id, file.name, file.media_type, file.size_bytes, address, small)
