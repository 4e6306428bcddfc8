"""Evidence in an appeal: one's own, weighed by D7 as a new fact, and kept."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final
from uuid import UUID

from xiaoer.appeals.actions.known import Ground
from xiaoer.appeals.model import EVIDENCE_MAX, Doer, EvidenceWish, Shown
from xiaoer.appeals.store import appeals as store
from xiaoer.evidence import queries as evidence
from xiaoer.evidence.model import Seal
from xiaoer.evidence.rules import weigh
from xiaoer.kernel.refusal import Refusal, Refused
from xiaoer.plumbing.clock import new_id
from xiaoer.plumbing.db import Tx
from xiaoer.rulebook import actions as rulebook

_UNKNOWN_NUMBER: Final = Refused("not_found", "appeals.unknown_number")


async def show(
    tx: Tx, appeal: UUID, wishes: Sequence[EvidenceWish], doer: Doer, *, under: Ground, now: datetime
) -> list[Shown]:
    """Keep what somebody shows.

    Raises Refusal: unknown_number, unknown_file for what is not one's own, number_needed, too_much_evidence.
    """
    if not wishes:
        return []
    assert doer.person is not None
    if len(await store.evidence(tx, appeal)) + len(wishes) > EVIDENCE_MAX:
        raise Refusal(Refused("refused", "appeals.too_much_evidence", facts={"most": EVIDENCE_MAX}))
    asked = {file for wish in wishes for file in wish.files}
    if asked - await store.own_files(tx, sorted(asked), doer.person):
        raise Refusal(Refused("not_found", "appeals.unknown_file"))
    return [await _show(tx, appeal, wish, doer, under=under, now=now) for wish in wishes]


async def _show(
    tx: Tx, appeal: UUID, wish: EvidenceWish, doer: Doer, *, under: Ground, now: datetime
) -> Shown:
    if wish.kind == "chat_range" and wish.number is None:
        raise Refusal(Refused("invalid", "appeals.number_needed"))
    seal = None if wish.number is None else await _own_seal(tx, wish.number, doer)
    kind = "chat_range" if seal else wish.kind
    assert doer.person is not None
    fresh = new_id()
    decision = await rulebook.decide(
        tx,
        under.book,
        weigh.TABLE,
        weigh.facts(kind, wish.shows, "not_compared", "late_new"),
        id=new_id(),
        shop=None,
        subject_kind="appeal_evidence",
        subject=fresh,
        actor=doer.person,
        now=now,
    )
    made = Shown(
        id=fresh,
        side=doer.side,
        person=doer.person,
        kind=kind,
        number=wish.number,
        opens_for=None if seal is None else seal.case or appeal,
        text=wish.text,
        files=tuple(wish.files),
        shows=tuple(wish.shows),
        weighed=weigh.weighed(decision, kind, wish.shows),
        at=now,
    )
    await store.insert_evidence(tx, appeal, made)
    return made


async def _own_seal(tx: Tx, number: str, doer: Doer) -> Seal:
    """Everybody shows a number he made himself; a manager also one of his shop's people."""
    try:
        seal = await evidence.seal(tx, number)
    except Refusal:
        raise Refusal(_UNKNOWN_NUMBER) from None
    party = doer.party
    of_shop = party is not None and party.kind == "shop" and seal.shop == party.id
    if seal.asked_by != doer.person and not (of_shop and doer.leads and seal.asked_role != "buyer"):
        raise Refusal(_UNKNOWN_NUMBER)
    return seal
