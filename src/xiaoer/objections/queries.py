"""What may be asked of objections and proposals, and last week judged with a phrase let pass."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final, Literal
from uuid import UUID

from msgspec import Struct, structs

from xiaoer.conversations.actions import shadow
from xiaoer.conversations.actions.shadow import Sent, ShadowFound, ShadowWish
from xiaoer.guard.book import GuardBook
from xiaoer.identity import queries as identity
from xiaoer.kernel.mask import mask_text
from xiaoer.kernel.refusal import Refusal, Refused
from xiaoer.objections import rules, store
from xiaoer.objections.machine import Answer
from xiaoer.objections.model import Deed, Judge, Objection, Trial, TrialExample, WhitelistProposal
from xiaoer.objections.rules import ObjectionDeed
from xiaoer.plumbing.db import Tx
from xiaoer.rulebook import queries as rulebook

DAYS: Final = 7
SHOPS_MOST: Final = 50
"""Over how many shops a phrase of the marketplace's list is tried."""


DECIDERS_MOST: Final = 200
_MARKETPLACES: Final[tuple[Literal["officer", "administrator"], ...]] = ("officer", "administrator")
_ANSWERS: Final[tuple[tuple[Deed, Answer], ...]] = (
    ("try", Answer.TRY),
    ("accept", Answer.ACCEPT),
    ("decline", Answer.DECLINE),
)


class ObjectionLine(Struct, frozen=True, kw_only=True):
    """An objection with its people by name, what it led to, and what the viewer may do now.

    Its file opens for the shop's own people, and beyond the shop only for whoever decides or has decided it.
    """

    objection: Objection
    person_name: str
    shop_name: str
    decided_by_name: str
    proposal: WhitelistProposal | None
    deeds: list[ObjectionDeed]
    opens_file: bool
    file_url: str | None = None


class ProposalLine(Struct, frozen=True, kw_only=True):
    """A proposed phrase with the words it came from, and what the viewer may do now."""

    proposal: WhitelistProposal
    text: str
    reason: str
    decision: str
    kind: str
    row: str
    shop_name: str
    person_name: str
    proposed_by_name: str
    decided_by_name: str
    deeds: list[ObjectionDeed]


async def page(
    tx: Tx,
    shop: UUID | None,
    *,
    viewer: UUID,
    by: Judge | None,
    mine: bool,
    open: bool | None,
    overdue: bool,
    before: UUID | None,
    limit: int,
    now: datetime,
) -> list[ObjectionLine]:
    """A page of objections, the newest first, or only the overdue; outside the shop personal data are hidden.

    `by` is as what the viewer could decide; None for an agent. Without a shop: what the marketplace decides.
    """
    found = await store.objections_page(
        tx,
        shop,
        person=viewer if mine else None,
        level="marketplace" if shop is None else None,
        open=open,
        overdue=overdue,
        before=before,
        limit=limit,
    )
    return await _lines(tx, found, viewer=viewer, by=by, masked=shop is None, now=now)


async def find(tx: Tx, id: UUID, shop: UUID | None) -> Objection:
    """An objection, of this shop where one is named. Raises Refusal(not_found)."""
    found = await store.objections(tx, [id])
    if not found or shop not in {None, found[0].shop}:
        raise Refusal(Refused("not_found", "objections.unknown_objection"))
    return found[0]


async def deciders(tx: Tx, one: Objection, now: datetime) -> list[UUID]:
    """Everybody who may decide an objection as it stands: managers of its shop, people above."""
    table = (await rulebook.book(tx, one.shop, now)).table(rules.TABLE)
    found: dict[UUID, Judge] = {}
    for role in _MARKETPLACES:
        staff = await identity.people_page(tx, kind="staff", role=role, limit=DECIDERS_MOST)
        found |= {person.id: role for person in staff}
    team = await identity.team_page(tx, one.shop, limit=DECIDERS_MOST)
    found |= {each.person_id: "manager" for each in team if each.role == "manager" and not each.disabled}
    return [person for person, by in found.items() if rules.may_decide(one, person, by, table) is None]


async def line(
    tx: Tx, one: Objection, *, viewer: UUID, by: Judge | None, masked: bool, now: datetime
) -> ObjectionLine:
    """One objection as it is listed."""
    (found,) = await _lines(tx, [one], viewer=viewer, by=by, masked=masked, now=now)
    return found


async def _lines(
    tx: Tx, found: Sequence[Objection], *, viewer: UUID, by: Judge | None, masked: bool, now: datetime
) -> list[ObjectionLine]:
    people = await identity.people(
        tx, [*{one.person for one in found}, *{one.decided_by for one in found if one.decided_by}]
    )
    shops = await identity.shops(tx, list({one.shop for one in found}))
    led_to = {one.id: one for one in await store.proposals(tx, [one.id for one in found])}
    table = (await rulebook.book(tx, None, now)).table(rules.TABLE)
    lines: list[ObjectionLine] = []
    for one in found:
        deeds = [rules.deed("withdraw", rules.may_withdraw(one, viewer))]
        if by is not None:
            deeds.append(rules.deed("decide", rules.may_decide(one, viewer, by, table)))
        decider = people.get(one.decided_by) if one.decided_by else None
        lines.append(
            ObjectionLine(
                objection=_masked(one) if masked else one,
                person_name=people[one.person].display_name if one.person in people else "",
                shop_name=shops[one.shop].name if one.shop in shops else "",
                decided_by_name=decider.display_name if decider else "",
                proposal=led_to.get(one.id),
                deeds=deeds,
                opens_file=one.file is not None
                and (not masked or one.decided_by == viewer or any(_decides(deed) for deed in deeds)),
            )
        )
    return lines


def _decides(deed: ObjectionDeed) -> bool:
    return deed.deed == "decide" and deed.allowed


def _masked(one: Objection) -> Objection:
    """Without personal data; the places of its findings are those of the words as they were written."""
    findings = tuple(structs.replace(spot, words=mask_text(spot.words)) for spot in one.findings)
    file = structs.replace(one.file, name=mask_text(one.file.name)) if one.file else None
    return structs.replace(one, text=mask_text(one.text), findings=findings, file=file)


async def proposals(
    tx: Tx, *, viewer: UUID, open: bool | None, before: UUID | None, limit: int, now: datetime
) -> list[ProposalLine]:
    """A page of proposed phrases, the newest first."""
    found = await store.proposals_page(tx, open=open, before=before, limit=limit)
    return await _proposal_lines(tx, found, viewer, now)


async def proposal(tx: Tx, one: WhitelistProposal, viewer: UUID, now: datetime) -> ProposalLine:
    """One proposed phrase as it is listed."""
    (found,) = await _proposal_lines(tx, [one], viewer, now)
    return found


async def find_proposal(tx: Tx, id: UUID) -> WhitelistProposal:
    """A proposed phrase. Raises Refusal(not_found)."""
    found = await store.proposals(tx, [id])
    if not found:
        raise Refusal(Refused("not_found", "objections.unknown_proposal"))
    return found[0]


async def _proposal_lines(
    tx: Tx, found: Sequence[WhitelistProposal], viewer: UUID, now: datetime
) -> list[ProposalLine]:
    of = {one.id: one for one in await store.objections(tx, [one.id for one in found])}
    ids = {one.person for one in of.values()} | {one.proposed_by for one in found}
    people = await identity.people(tx, [*ids, *{one.decided_by for one in found if one.decided_by}])
    names = {person.id: person.display_name for person in people.values()}
    shops = await identity.shops(tx, list({one.shop for one in found}))
    fresh = timedelta(hours=(await rulebook.book(tx, None, now)).integer("guard.trial_hours"))
    lines: list[ProposalLine] = []
    for one in found:
        came = of[one.id]
        deeds = [
            rules.deed(name, rules.may_answer(one, came.person, viewer, answer, now=now, fresh=fresh))
            for name, answer in _ANSWERS
        ]
        lines.append(
            ProposalLine(
                proposal=one,
                text=mask_text(came.text),
                reason=came.reason,
                decision=came.decision,
                kind=came.kind,
                row=came.row,
                shop_name=shops[one.shop].name if one.shop in shops else "",
                person_name=names.get(came.person, ""),
                proposed_by_name=names.get(one.proposed_by, ""),
                decided_by_name=names.get(one.decided_by, "") if one.decided_by else "",
                deeds=deeds,
            )
        )
    return lines


async def to_try(tx: Tx, one: WhitelistProposal, now: datetime) -> list[Sent]:
    """What was sent last week where the phrase would pass: in its shop, or in the marketplace's shops."""
    if one.level == "shop":
        return await shadow.sent(tx, one.shop, DAYS, now)
    found: list[Sent] = await shadow.sent(tx, one.shop, DAYS, now)
    for other in await identity.shops_page(tx, after=None, limit=SHOPS_MOST):
        if len(found) > shadow.MOST:
            break
        if other.id != one.shop:
            found += await shadow.sent(tx, other.id, DAYS, now)
    return found


async def trial(one: WhitelistProposal, messages: Sequence[Sent], book: GuardBook, now: datetime) -> Trial:
    """Last week with the phrase let pass (shadow mode); others are served meanwhile."""
    found: ShadowFound = await shadow.tried(messages, book, ShadowWish(allow=(one.phrase,), days=DAYS), now)
    return Trial(
        since=found.since,
        messages=found.messages,
        complete=found.complete,
        held_before=found.held_before,
        held_after=found.held_after,
        changed=found.changed,
        examples=tuple(TrialExample(each.text, each.before, each.after) for each in found.examples),
    )
