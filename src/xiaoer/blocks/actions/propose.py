"""Somebody proposes a block: judged by the tables before anybody is bothered; then the person is asked."""

from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from xiaoer.blocks import store
from xiaoer.blocks.actions.move import locked, set_clock, write_down
from xiaoer.blocks.machine import STATEMENT
from xiaoer.blocks.model import Block, BlockWish, By, Side
from xiaoer.blocks.rules.propose import (
    FIT,
    PROPOSAL,
    Known,
    Sealed,
    fit_facts,
    proposal_facts,
    wrong_wish,
)
from xiaoer.evidence import queries as evidence
from xiaoer.identity import queries as identity
from xiaoer.kernel.refusal import Refusal, Refused, granted
from xiaoer.kernel.table import Decision
from xiaoer.plumbing.clock import new_id
from xiaoer.plumbing.db import Tx
from xiaoer.rulebook import queries as rulebook
from xiaoer.rulebook.actions import decide
from xiaoer.rulebook.model import Book

YEAR: Final = timedelta(days=365)


async def propose(
    tx: Tx, wish: BlockWish, *, id: UUID, side: Side, shop: UUID | None, proposer: UUID, now: datetime
) -> Block:
    """Propose a block (D8). Refused for a forbidden reason, without evidence, by a party, wider than fits.

    Raises Refusal; the codes are those of blocks.proposal and of a wish that makes no sense.
    """
    if wish.client_id and (known := await store.find_of_client(tx, proposer, wish.client_id)):
        return await locked(tx, known)
    if refused := wrong_wish(wish, side):
        raise Refusal(refused)
    if wish.subject_kind == "shop":
        await identity.shop(tx, wish.subject)
    else:
        await _only_buyers(tx, wish.subject)
    book = await rulebook.book(tx, None, now)
    known = await _known(tx, wish, book, side=side, shop=shop, proposer=proposer, now=now)

    async def ask(table: str, facts: dict[str, object]) -> Decision:
        return await decide(
            tx, book, table, facts,
            id=new_id(), shop=shop, subject_kind="block", subject=id, actor=proposer, now=now,
        )  # fmt: skip

    fit = await ask(FIT, fit_facts(wish, known))
    widest, term = str(fit.outcome["widest"]), str(fit.outcome["term"])
    judged = await ask(PROPOSAL, proposal_facts(wish, known, book, widest=widest, term=term))
    answer = str(judged.outcome["answer"])
    if answer not in {"hear_shop", "hear_marketplace"}:
        facts = {"widest": widest, "days": book.integer(f"blocks.{term}_days")}
        raise Refusal(Refused("refused", f"blocks.{answer}", row=judged.row, facts=facts))
    made = _made(
        wish, book, fit, id=id, side=side, shop=shop, proposer=proposer, now=now,
        approval="shop" if answer == "hear_shop" else "marketplace",
    )  # fmt: skip
    await store.insert_block(tx, made)
    await set_clock(tx, made, made, now)
    await write_down(tx, made, made, "propose", By(side, proposer, wish.facts), now=now)
    return made


async def _only_buyers(tx: Tx, person: UUID) -> None:
    found = granted(await _person(tx, person))
    if found != "buyer":
        raise Refusal(Refused("refused", "blocks.only_buyers_and_shops"))


async def _person(tx: Tx, person: UUID) -> str:
    return (await identity.person(tx, person)).kind


async def _known(
    tx: Tx, wish: BlockWish, book: Book, *, side: Side, shop: UUID | None, proposer: UUID, now: datetime
) -> Known:
    quarrel = False
    if side == "shop" and shop is not None:
        since = now - book.duration("blocks.quarrel_days")
        quarrel = await store.has_quarrel(tx, shop, wish.subject, since)
    return Known(
        side=side,
        shop=shop,
        proposer=proposer,
        sealed=await sealed(tx, wish.evidence),
        before=await store.was_blocked_before(tx, wish.subject_kind, wish.subject, now - YEAR),
        quarrel=quarrel,
    )


async def sealed(tx: Tx, numbers: tuple[str, ...]) -> tuple[Sealed, ...]:
    """What the evidence numbers stand for. Raises Refusal for one that does not exist."""
    found = [await evidence.seal(tx, number) for number in numbers]
    return tuple(Sealed(one.shop, one.buyer, frozenset(name.id for name in one.names)) for one in found)


def _made(
    wish: BlockWish,
    book: Book,
    fit: Decision,
    *,
    id: UUID,
    side: Side,
    shop: UUID | None,
    proposer: UUID,
    approval: Side,
    now: datetime,
) -> Block:
    return Block(
        id=id,
        side=side,
        shop=shop,
        subject_kind=wish.subject_kind,
        subject=wish.subject,
        ground=wish.ground,
        facts=wish.facts,
        evidence=wish.evidence,
        score=wish.score,
        scope=wish.scope,
        stops=wish.stops,
        danger=wish.danger,
        days=wish.days,
        approval=approval,
        fit_row=fit.row,
        fit_basis=fit.basis,
        state="proposed",
        version=1,
        proposed_by=proposer,
        approved_by=None,
        decided_text="",
        statement="",
        heard_at=None,
        asks=0,
        minutes=0,
        contacts=0,
        begins_at=None,
        ends_at=None,
        review_at=None,
        lifted_at=None,
        lifted_by=None,
        insult="none",
        public=False,
        good=(),
        client_id=wish.client_id,
        clock=STATEMENT,
        due_at=now + book.duration(STATEMENT),
        rules_at=now,
        rules_version=book.version,
        proposed_at=now,
        moved_at=now,
    )
