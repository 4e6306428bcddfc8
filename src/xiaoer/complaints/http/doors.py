"""What the doors of every side share: from a complaint to its answer, with addresses of files."""

from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Annotated
from uuid import UUID

from msgspec import Meta, Struct

from xiaoer.after_sale.queries.views import CaseFile, FileFacts
from xiaoer.complaints.actions import accused, complainant
from xiaoer.complaints.actions.intake import lodge_prepared, opened
from xiaoer.complaints.actions.lodge import lodge, prepared
from xiaoer.complaints.model import (
    By,
    Complaint,
    ComplaintWish,
    ComplaintWordsWish,
    Doer,
    SaidWish,
    ShowWish,
    Side,
    WithdrawWish,
)
from xiaoer.complaints.queries import complaints, views
from xiaoer.complaints.queries.acceptance import asked
from xiaoer.complaints.queries.complaints import Filter
from xiaoer.complaints.queries.views import ComplaintLine, ComplaintStep, ComplaintWhole, Whole
from xiaoer.complaints.rules.deadlines import due
from xiaoer.complaints.rules.prepared import call_of
from xiaoer.complaints.rules.types import types
from xiaoer.kernel.refusal import granted
from xiaoer.plumbing.clock import new_id
from xiaoer.plumbing.db import Tx
from xiaoer.plumbing.file_addresses import make_address
from xiaoer.plumbing.http import Call, Page
from xiaoer.rulebook.model import Explained
from xiaoer.rulebook.queries import why

KEY = "complaints"
Token = Annotated[str, Meta(max_length=200)]


class TypeShown(Struct, frozen=True):
    """One kind of complaint somebody may make; words in the catalogue: `type.<type>`, `hint.<type>`."""

    type: str
    of: str
    needs: str
    asks: tuple[str, ...]
    basis: str


class ComplaintQuote(Struct, frozen=True):
    """What would become of a complaint lodged now; nothing is written.

    `answer` is accept, refuse, merge or look; `say` the row's sentence; `due_at` until when somebody acts.
    """

    answer: str
    reason: str | None
    row: str
    say: str
    due_at: datetime | None
    rules_version: str


class Prepared(Struct, frozen=True):
    """What an operator wrote down for a caller: the beginning of his complaint."""

    type: str
    text: str
    order_id: UUID | None
    expires_at: datetime


def buyer(call: Call) -> Doer:
    """The buyer who calls."""
    return Doer(call.actor.person, "buyer")


def shop_of(call: Call, shop: UUID) -> Doer:
    """The shop whose person calls."""
    return Doer(call.actor.person, "shop", shop)


def people(call: Call) -> Doer:
    """Somebody of the marketplace who calls."""
    return Doer(call.actor.person)


def offered(by: By) -> list[TypeShown]:
    """What one side may complain of, in the order of the table; pressure has a button of its own."""
    return [
        TypeShown(word, one.of, one.needs, one.asks, one.basis)
        for word, one in types().items()
        if by in one.by and word != "pressure"
    ]


async def lodged(call: Call, me: Doer, wish: ComplaintWish) -> ComplaintWhole:
    """Lodge a complaint, or the one an operator prepared."""
    fresh, token = new_id(), wish.prepared

    async def work(tx: Tx) -> Complaint:
        if token is None:
            return await lodge(tx, me, wish, id=fresh, now=call.now)
        known = granted(call_of(call.services.settings.key(KEY), call.tenant, token))
        return await lodge_prepared(tx, me, wish, known, id=fresh, now=call.now)

    return await done(call, me, work)


async def quoted(call: Call, me: Doer, wish: ComplaintWish) -> ComplaintQuote:
    """What D15 would say."""
    async with call.database.read(call.tenant) as tx:
        case = await prepared(tx, me, wish, id=new_id(), intake=None, lock=False, now=call.now)
    said = asked(case.under, case.known, call.language)
    clock = {"accept": "complaints.answer", "look": "complaints.acceptance"}.get(said.answer)
    falls = due(case.under.book, clock, call.now, case.under.days, urgent=False) if clock else None
    return ComplaintQuote(said.answer, said.reason, said.row, said.say, falls, case.complaint.rules_version)


async def done(call: Call, me: Doer, work: Callable[[Tx], Awaitable[Complaint]]) -> ComplaintWhole:
    """Carry out a deed and answer with the complaint as it stands after it."""

    async def both(tx: Tx) -> Whole:
        after = await work(tx)
        return await views.whole(tx, after, complaints.side_of(after, me) or "people")

    return shown(call, await call.database.run(call.tenant, both))


async def read(call: Call, me: Doer, complaint: UUID) -> ComplaintWhole:
    """One complaint of somebody's."""
    async with call.database.read(call.tenant) as tx:
        found, side = await complaints.complaint(tx, complaint, me)
        return shown(call, await views.whole(tx, found, side))


async def reasons(call: Call, me: Doer, complaint: UUID) -> list[Explained]:
    """Every decision about a complaint, with its row and basis."""
    async with call.database.read(call.tenant) as tx:
        await complaints.complaint(tx, complaint, me)
        return list(await why(tx, "complaint", complaint, call.language))


async def listed(
    call: Call, me: Doer, wanted: Filter, *, after: UUID | None, limit: int
) -> Page[ComplaintLine]:
    """A page of one's complaints."""
    async with call.database.read(call.tenant) as tx:
        ids = await complaints.of_party(tx, me, wanted, after=after, limit=limit + 1)
        return await page(tx, me, ids, limit)


async def page(tx: Tx, me: Doer, ids: list[UUID], limit: int) -> Page[ComplaintLine]:
    """A page of a list from one id more than it holds."""
    more = len(ids) > limit
    found = await views.lines(tx, ids[:limit], me)
    return Page(found, has_more=more, next_cursor=str(ids[limit - 1]) if more else None)


async def begun(call: Call, me: Doer, token: str) -> Prepared:
    """The prepared form behind a link."""
    known = granted(call_of(call.services.settings.key(KEY), call.tenant, token))
    async with call.database.read(call.tenant) as tx:
        found = await opened(tx, me, known, call.now)
    return Prepared(found.type, found.text, found.purchase, found.expires_at)


# ── deeds of either end ──────────────────────────────────────────────────


async def withdraw(call: Call, me: Doer, complaint: UUID, wish: WithdrawWish) -> ComplaintWhole:
    """Take it back."""
    return await done(call, me, lambda tx: complainant.withdraw(tx, me, complaint, wish, call.now))


async def accept_apology(call: Call, me: Doer, complaint: UUID, wish: ComplaintWordsWish) -> ComplaintWhole:
    """Let it end with the apology."""
    return await done(call, me, lambda tx: complainant.accept_apology(tx, me, complaint, wish, call.now))


async def decline_apology(call: Call, me: Doer, complaint: UUID, wish: ComplaintWordsWish) -> ComplaintWhole:
    """Say no to the apology."""
    return await done(call, me, lambda tx: complainant.decline_apology(tx, me, complaint, wish, call.now))


async def add(call: Call, me: Doer, complaint: UUID, wish: ShowWish) -> ComplaintWhole:
    """Add words and evidence."""
    return await done(call, me, lambda tx: complainant.add(tx, me, complaint, wish, call.now))


async def pressure(call: Call, me: Doer, complaint: UUID, wish: ShowWish) -> ComplaintWhole:
    """Say that one is pressed: a complaint of its own."""
    fresh = new_id()
    return await done(
        call, me, lambda tx: complainant.pressure(tx, me, complaint, wish, id=fresh, now=call.now)
    )


async def apologise(call: Call, me: Doer, complaint: UUID, wish: SaidWish) -> ComplaintWhole:
    """Apologise and ask whether it may end there."""
    return await done(call, me, lambda tx: accused.apologise(tx, me, complaint, wish, call.now))


async def answer(call: Call, me: Doer, complaint: UUID, wish: ShowWish) -> ComplaintWhole:
    """Answer a complaint."""
    return await done(call, me, lambda tx: accused.answer(tx, me, complaint, wish, call.now))


# ── the answer ───────────────────────────────────────────────────────────


def shown(call: Call, whole: Whole) -> ComplaintWhole:
    """A complaint as one side sees it; only people learn the names of persons who acted for a side."""
    complaint, side = whole.complaint, whole.side
    line = views.line(complaint, side, whole.names)
    return ComplaintWhole(
        **{name: getattr(line, name) for name in ComplaintLine.__struct_fields__},
        text=complaint.text,
        asks=complaint.asks,
        asked_minor=complaint.asked_minor,
        currency=complaint.currency,
        items=complaint.items,
        about=complaint.about,
        danger=complaint.danger,
        evidence=complaint.evidence,
        apology=complaint.apology,
        refusal=complaint.refusal,
        links=list(whole.links),
        pressed=complaint.pressed and side != "accused",
        timeline=[
            ComplaintStep(
                version=one.version,
                at=one.at,
                event=one.event,
                side=one.side,
                person_name=_who(whole, one.person, one.side),
                from_state=one.from_state,
                state=one.state,
                text=one.text,
                evidence=one.evidence,
                files=[_file(call, whole.files[file]) for file in one.files if file in whole.files],
                body=one.body,
            )
            for one in whole.happenings
        ],
    )


def _who(whole: Whole, person: UUID | None, side: Side) -> str:
    if person is None or whole.side not in {"people", side}:
        return ""
    return whole.names.get(person, "")


def _file(call: Call, file: FileFacts) -> CaseFile:
    key = call.services.settings.key("files")
    address = make_address(key, call.tenant, file.id, call.now)
    small = make_address(key, call.tenant, file.id, call.now, variant="thumbnail") if file.thumbnail else None
    return CaseFile(
        file.id, file.name, file.media_type, file.size_bytes, file.width, file.height, address, small
    )
