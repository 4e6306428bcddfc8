"""The doors of the ledger: a shop's money and payouts, and what officers and administrators do about them."""

from datetime import date
from typing import Annotated, Final, Literal
from uuid import UUID

import msgspec
from msgspec import Meta, Struct

from xiaoer.identity import queries as identity
from xiaoer.kernel.money import EXPONENTS
from xiaoer.kernel.refusal import Refusal, Refused
from xiaoer.ledger import queries
from xiaoer.ledger.actions import collections, payouts, posting
from xiaoer.ledger.actions.paying import Payer, reconcile
from xiaoer.ledger.model import (
    AccountKind,
    Balance,
    Credit,
    Payout,
    PayoutState,
    Reconciliation,
    ShopAccount,
    ShopFunds,
    StatementLine,
    Total,
)
from xiaoer.plumbing import signed
from xiaoer.plumbing.clock import new_id
from xiaoer.plumbing.http import Call, Limit, Page, page_of
from xiaoer.rulebook.queries import Books

Currency = Annotated[str, Meta(pattern="^[A-Z]{3}$")]
Day = Annotated[str, Meta(pattern=r"^\d{4}-\d{2}-\d{2}$")]
Note = Annotated[str, Meta(max_length=500)]
KINDS: Final[dict[ShopAccount, AccountKind]] = {
    "balance": "shop_balance",
    "deposit": "shop_deposit",
    "debt": "shop_debt",
}


class Funds(Struct, frozen=True):
    """What a shop has and owes, by currency."""

    data: list[ShopFunds]


class TopUp(Struct, forbid_unknown_fields=True):
    """Money that has arrived for a shop; `id` is the caller's, so that it is entered once."""

    id: UUID
    account: Literal["balance", "deposit"]
    amount_minor: Annotated[int, Meta(ge=1, le=10**15)]
    currency: Currency
    note: Note = ""


class UndoWish(Struct, forbid_unknown_fields=True):
    """Why a payout is called off or a top-up taken back."""

    note: Annotated[str, Meta(min_length=1, max_length=500)]


class Audit(Struct, frozen=True):
    """What all accounts hold together, and the proof: nothing is left over and every balance is its lines."""

    totals: list[Total]
    is_balanced: bool
    wrong_accounts: list[Balance]


# ── a shop's own money ───────────────────────────────────────────────────


async def get_funds(call: Call, shop: UUID) -> Funds:
    """What a shop has and owes: balance, deposit and debt in each currency."""
    async with call.database.read(call.tenant) as tx:
        return Funds(list(await queries.shop_funds(tx, shop)))


async def list_statement(
    call: Call,
    shop: UUID,
    *,
    account: ShopAccount = "balance",
    currency: Currency | None = None,
    limit: Limit = 50,
    starting_after: Annotated[int, Meta(ge=1)] | None = None,
) -> Page[StatementLine]:
    """The lines of a shop's balance, deposit or debt, newest first, each with the balance it led to."""
    async with call.database.read(call.tenant) as tx:
        chosen = currency or (await identity.marketplace(tx)).currency
        found = await queries.statement(
            tx, KINDS[account], shop, chosen, before=starting_after, limit=limit + 1
        )
    return page_of(found, limit, lambda one: str(one.number))


async def list_payouts(
    call: Call,
    shop: UUID,
    *,
    state: PayoutState | None = None,
    limit: Limit = 50,
    starting_after: UUID | None = None,
) -> Page[Payout]:
    """The payouts of a shop, newest first, in all states or in one."""
    states: list[PayoutState] | None = [state] if state else None
    async with call.database.read(call.tenant) as tx:
        found = await queries.payouts_of_shop(tx, shop, states, before=starting_after, limit=limit + 1)
    return page_of(found, limit, lambda one: str(one.id))


async def get_payout(call: Call, shop: UUID, payout: UUID) -> Payout:
    """One payout of a shop."""
    async with call.database.read(call.tenant) as tx:
        return await queries.payout(tx, payout, shop)


# ── a marketplace's own provider ─────────────────────────────────────────


class PaymentsKey(Struct, frozen=True):
    """Hexadecimal digits for the bytes that requests to a provider and its news are signed with."""

    key: str


class News(Struct, frozen=True):
    """The key of a wish whose fate has changed; what became of it we ask ourselves."""

    key: Annotated[str, Meta(min_length=1, max_length=200)]


async def get_payments_key(call: Call) -> PaymentsKey:
    """The key by which a marketplace's payment provider and we know each other."""
    return PaymentsKey(queries.payments_key(call.services.settings, call.tenant).hex())


async def post_news(call: Call, marketplace: UUID, data: bytes) -> None:
    """A provider answers late: it names the key, signed like our requests, and is asked about it at once."""
    key = queries.payments_key(call.services.settings, marketplace)
    if not signed.is_signed(key, data, call.headers.get(signed.HEADER.lower(), ""), call.now):
        raise Refusal(Refused("not_allowed", "ledger.signature_wrong"))
    try:
        news = msgspec.json.decode(data, type=News)
    except msgspec.MsgspecError as fault:
        raise Refusal(Refused("invalid", "ledger.news_unreadable")) from fault
    await call.database.run(marketplace, lambda tx: collections.look_now(tx, news.key, call.now))


# ── the marketplace ──────────────────────────────────────────────────────


async def list_open_payouts(
    call: Call, *, stuck: bool = False, limit: Limit = 50, starting_after: UUID | None = None
) -> Page[Payout]:
    """Payouts of every shop without an end, oldest first; `stuck`: those that need a person."""
    book = await call.service(Books).of(call.tenant, None, call.now)
    attempts = book.integer("ledger.payout_attempts")
    async with call.database.read(call.tenant) as tx:
        found = await queries.open_payouts(
            tx, stuck=stuck, attempts=attempts, after=starting_after, limit=limit + 1
        )
    return page_of(found, limit, lambda one: str(one.id))


async def post_retry(call: Call, payout: UUID) -> Payout:
    """Have a payout tried again at once; a refused one in a new round."""
    return await call.database.run(call.tenant, lambda tx: payouts.retry(tx, payout, call.now))


async def post_cancel(call: Call, payout: UUID, data: UndoWish) -> Payout:
    """Call a payout off by hand: the money goes back to those who bore it."""
    return await call.service(Payer).cancel(
        call.tenant, payout, author=call.actor.person, note=data.note, now=call.now
    )


async def post_top_up(call: Call, shop: UUID, data: TopUp) -> Funds:
    """Enter money that has arrived for a shop's balance or deposit; what it owes is paid from it first."""
    if data.currency not in EXPONENTS:
        raise Refusal(Refused("invalid", "ledger.unknown_currency", facts={"currency": data.currency}))
    wish = Credit(
        id=data.id,
        shop=shop,
        account=data.account,
        amount_minor=data.amount_minor,
        currency=data.currency,
        reason="top_up",
        subject_kind="shop",
        subject=shop,
        author=call.actor.person,
        note=data.note,
    )
    await call.database.run(call.tenant, lambda tx: posting.credit_shop(tx, wish, call.now))
    return await get_funds(call, shop)


async def post_reversal(call: Call, shop: UUID, top_up: UUID, data: UndoWish) -> Funds:
    """Take a wrong top-up back by a counter-posting."""
    await call.database.run(
        call.tenant,
        lambda tx: posting.reverse_top_up(
            tx, shop, top_up, id=new_id(), now=call.now, author=call.actor.person, note=data.note
        ),
    )
    return await get_funds(call, shop)


async def get_audit(call: Call) -> Audit:
    """What all accounts hold together, and whether it adds up to nothing."""
    async with call.database.read(call.tenant, snapshot=True) as tx:
        totals = list(await queries.totals(tx))
        wrong = list(await queries.wrong_accounts(tx))
    sums: dict[str, int] = {}
    for one in totals:
        sums[one.currency] = sums.get(one.currency, 0) + one.balance_minor
    return Audit(totals, not any(sums.values()) and not wrong, wrong)


async def get_reconciliation(call: Call, day: Day) -> Reconciliation:
    """One day of payouts as the provider and we know it, in the marketplace's time zone."""
    try:
        chosen = date.fromisoformat(day)
    except ValueError as fault:
        raise Refusal(Refused("invalid", "ledger.unknown_day", facts={"day": day})) from fault
    provider = await call.service(Payer).provider_for(call.tenant)
    return await reconcile(call.database, provider, call.tenant, chosen)
