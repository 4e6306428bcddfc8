"""What the doors of every side share: from a dispute to its answer, in the reader's language."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Final
from uuid import UUID

from msgspec import structs

from xiaoer.after_sale.queries.views import CaseFile, FileFacts
from xiaoer.disputes.model.court import Dispute, Doer, Exhibit, Party, Ruling, Side
from xiaoer.disputes.queries import disputes, draft, rulings, views, words
from xiaoer.disputes.queries.views import (
    DisputeLine,
    DisputeWhole,
    ExhibitShown,
    IssueShown,
    RulingShown,
    StepShown,
    Suspension,
    Whole,
)
from xiaoer.disputes.queries.words import Reader
from xiaoer.plumbing.db import Tx
from xiaoer.plumbing.file_addresses import make_address
from xiaoer.plumbing.http import Call, Page
from xiaoer.rulebook import queries as rulebook
from xiaoer.rulebook.model import Book, Explained

_NEXT: Final[Mapping[str, str]] = {
    "decided": "next.appeal",
    "execution": "next.wait",
    "under_appeal": "next.appealed",
}


def buyer(call: Call) -> Party:
    """Whoever calls, as a party."""
    return Party("person", call.actor.person)


async def doer(call: Call, tx: Tx, dispute: UUID, party: Party) -> Doer:
    """Whoever calls, on the side his party stands. Raises Refusal for a dispute that is not its own."""
    found = await disputes.dispute(tx, dispute, party=party)
    return Doer(views.side_of(found, party.kind, party.id), call.actor.person, party)


async def done(
    call: Call, dispute: UUID, party: Party, work: Callable[[Tx, Doer], Awaitable[Dispute]]
) -> DisputeWhole:
    """Carry out a party's deed and answer with the dispute as it stands after it."""

    async def both(tx: Tx) -> tuple[Whole, Doer, Book]:
        me = await doer(call, tx, dispute, party)
        after = await work(tx, me)
        return await views.whole(tx, after), me, await _book(tx, after)

    whole, me, book = await call.database.run(call.tenant, both)
    return shown(call, me.side, whole, book)


async def one(call: Call, dispute: UUID, party: Party) -> DisputeWhole:
    """One dispute of a party."""
    async with call.database.read(call.tenant) as tx:
        me = await doer(call, tx, dispute, party)
        found = await disputes.dispute(tx, dispute)
        whole, book = await views.whole(tx, found), await _book(tx, found)
    return shown(call, me.side, whole, book)


async def reasons(call: Call, dispute: UUID, party: Party | None) -> list[Explained]:
    """Every decision of a table about a dispute."""
    async with call.database.read(call.tenant) as tx:
        return await _reasons(call, tx, dispute, party)


async def ruling_reasons(call: Call, ruling_id: UUID, party: Party | None) -> list[Explained]:
    """Every decision of a table a ruling stands on: those about its dispute until it was made."""
    async with call.database.read(call.tenant) as tx:
        made = await rulings.ruling(tx, ruling_id)
        found = await _reasons(call, tx, made.dispute, party)
    return [one for one in found if one.at <= made.made_at]


async def _reasons(call: Call, tx: Tx, dispute: UUID, party: Party | None) -> list[Explained]:
    await disputes.dispute(tx, dispute, party=party)
    return list(await rulebook.why(tx, "dispute", dispute, call.language))


async def page(party: Party, tx: Tx, ids: list[UUID], limit: int) -> Page[DisputeLine]:
    """A page of a list from one id more than it holds."""
    more = len(ids) > limit
    found = await views.lines(tx, ids[:limit], party.kind, party.id)
    return Page(found, has_more=more, next_cursor=str(found[-1].id) if more else None)


async def _book(tx: Tx, dispute: Dispute) -> Book:
    return await rulebook.book(tx, dispute.shop, dispute.rules_at)


def reader_of(call: Call, whole: Whole, side: Side) -> Reader:
    """Whoever calls, as somebody who reads."""
    return Reader(call.services.catalogue, call.language, whole.zone, side)


def shown(call: Call, side: Side, whole: Whole, book: Book) -> DisputeWhole:
    """A dispute as one side sees it."""
    dispute, reader = whole.dispute, reader_of(call, whole, side)
    proposal = views.open_proposal(whole, call.now)
    line = views.line(dispute, side, views.short(whole), whole.names, proposal=proposal)
    said = [
        ruling(whole, one, reader, book)
        for one in whole.rulings
        if side == "officer" or one.id != dispute.ruling or dispute.state != "second_reading"
    ]
    return DisputeWhole(
        **views.fields(line),
        issues_shown=issues(whole, reader),
        exhibits=[_exhibit(call, whole, one) for one in whole.exhibits],
        proposals=list(whole.proposals),
        ruling=next((one for one in reversed(said) if one.id == dispute.ruling), None),
        rulings=said,
        timeline=_timeline(call, side, whole),
        suspension=_suspension(dispute),
        words=words.now_for(dispute, whole.issues, reader),
    )


def issues(whole: Whole, reader: Reader) -> list[IssueShown]:
    """The issues with a plain sentence each."""
    return [IssueShown(**structs.asdict(one), sentence=words.of_issue(one, reader)) for one in whole.issues]


def ruling(whole: Whole, one: Ruling, reader: Reader, book: Book) -> RulingShown:
    """A ruling in plain words, with the sentences of its rows; its officer's name is the marketplace's."""
    dispute = whole.dispute
    over = "next.outside" if dispute.round > 1 or dispute.state == "closed" else "next.none"
    return RulingShown(
        id=one.id,
        dispute=one.dispute,
        round=one.round,
        by=one.by,
        officer_name=whole.names.get(one.officer, "") if one.officer and reader.side == "officer" else "",
        second_read=one.second_reader is not None,
        outcome=one.outcome,
        favour=one.favour,
        issues=one.issues,
        facts_found=tuple(_fact(one, fact, reader) for fact in one.facts_found),
        used=one.used,
        refused=one.refused,
        money=one.money,
        penalty=one.penalty,
        grant=one.grant,
        rows=draft.shown_rows(one.rows, book, reader),
        rules_version=one.rules_version,
        automated=one.automated,
        text=_fact(one, one.text, reader),
        words=words.of_ruling(dispute, whole.issues, one, reader),
        next_way=_NEXT.get(dispute.state, over) if one.id == dispute.ruling else over,
        appeal_until=one.appeal_until,
        made_at=one.made_at,
        executed_at=one.executed_at,
        reversed_at=one.reversed_at,
        reversed_why=one.reversed_why,
    )


def _fact(one: Ruling, text: str, reader: Reader) -> str:
    """What the program itself wrote is said in the reader's language."""
    if one.by == "jury" and text == "jury":
        return reader.say("ruled.by_jury")
    return reader.say(f"outcome.{text}") if one.by == "settlement" and text == one.outcome else text


def _suspension(dispute: Dispute) -> Suspension | None:
    waits = dispute.state in {"suspended_agreed", "awaiting_acceptance", "in_court", "with_police"}
    if not waits or dispute.suspended_ground is None:
        return None
    return Suspension(dispute.suspended_ground, dispute.due_at)


def _timeline(call: Call, side: Side, whole: Whole) -> list[StepShown]:
    return [
        StepShown(
            version=one.version,
            at=one.at,
            event=one.event,
            side=one.side,
            person_name=whole.names.get(one.person, "") if one.person and side == "officer" else "",
            from_state=one.from_state,
            state=one.state,
            text=one.text,
            files=_files(call, whole.files, one.files),
            body=one.body,
        )
        for one in whole.happenings
        if side == "officer" or not _inner(one.event, whole.dispute)
    ]


def _inner(event: str, dispute: Dispute) -> bool:
    """What only the court's own people read: what a second reader was given, and what he gave back."""
    return event in {"rule_read", "object"} or (event == "warned" and dispute.state == "second_reading")


def _exhibit(call: Call, whole: Whole, one: Exhibit) -> ExhibitShown:
    return ExhibitShown(
        id=one.id,
        number=one.number,
        side=one.side,
        kind=one.kind,
        text=one.text,
        files=_files(call, whole.files, one.files),
        shows=one.shows,
        issues=one.issues,
        seal_number=one.seal_number,
        timing=one.timing,
        accept=one.accept,
        weight=one.weight,
        row=one.row,
        flag=one.flag,
        missing=one.missing,
        judged_why=one.judged_why,
        at=one.at,
    )


def _files(call: Call, known: Mapping[UUID, FileFacts], ids: Sequence[UUID]) -> list[CaseFile]:
    return [_file(call, known[one]) for one in ids if one in known]


def _file(call: Call, file: FileFacts) -> CaseFile:
    key = call.services.settings.key("files")
    small = make_address(key, call.tenant, file.id, call.now, variant="thumbnail") if file.thumbnail else None
    return CaseFile(
        id=file.id,
        name=file.name,
        media_type=file.media_type,
        size_bytes=file.size_bytes,
        width=file.width,
        height=file.height,
        url=make_address(key, call.tenant, file.id, call.now),
        thumbnail_url=small,
    )
