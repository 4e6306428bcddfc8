"""The doors of changes to orders: for the shop, for its buyers, and for the side that owns the orders."""

from typing import Annotated
from uuid import UUID

from msgspec import Meta, Struct

from xiaoer.identity import queries as identity
from xiaoer.identity.model import BuyerProfile
from xiaoer.instructions import queries
from xiaoer.instructions.actions import answers, settle, top_up
from xiaoer.instructions.actions.ask import ask
from xiaoer.instructions.model import (
    SUBJECT,
    Address,
    AddressBody,
    Body,
    CancelBody,
    Instructed,
    Instruction,
    ItemsBody,
    Kind,
    Method,
    NewItem,
    Order,
    PaymentBody,
)
from xiaoer.orders import queries as orders
from xiaoer.plumbing.clock import new_id
from xiaoer.plumbing.db import Tx
from xiaoer.plumbing.http import Call, Limit, Page, page_of
from xiaoer.rulebook import queries as rulebook
from xiaoer.rulebook.model import Explained
from xiaoer.rulebook.queries import Books

ClientId = Annotated[str, Meta(min_length=1, max_length=64)]
Lines = Annotated[list[NewItem], Meta(min_length=1, max_length=500)]


class CancelWish(Struct, forbid_unknown_fields=True):
    """Cancel the order; asking again with one `client_id` asks once."""

    reason: Annotated[str, Meta(min_length=1, max_length=200)]
    client_id: ClientId


class AddressWish(Struct, forbid_unknown_fields=True):
    """Another address, as named parts."""

    address: Address
    client_id: ClientId


class ItemsWish(Struct, forbid_unknown_fields=True):
    """Other variants of the same products; `payment_method` pays the difference or gets it back."""

    lines: Lines
    client_id: ClientId
    payment_method: Method | None = None


class PaymentWish(Struct, forbid_unknown_fields=True):
    """Another way to pay, of those the buyer has."""

    payment_method: Method
    client_id: ClientId


class TopUpWish(Struct, forbid_unknown_fields=True):
    """The buyer pays what other items cost more; with another way to pay when one is named."""

    payment_method: Method | None = None


class OrderSideKey(Struct, frozen=True):
    """The key that signs what is asked of the order side, in hexadecimal digits."""

    key: str


class OrderSideAnswer(Struct, forbid_unknown_fields=True):
    """What the order side, or a person who asked it, says about an instruction."""

    confirms: bool
    words: Annotated[str, Meta(max_length=500)] | None = None


# ── the marketplace ──────────────────────────────────────────────────────


async def get_order_side_key(call: Call) -> OrderSideKey:
    """The key by which an order side knows that a request is ours."""
    return OrderSideKey(queries.order_side_key(call.services.settings, call.tenant).hex())


# ── the shop ─────────────────────────────────────────────────────────────


async def get_order(call: Call, shop: UUID, purchase: UUID) -> Order:
    """One order of the shop, and what may be asked of it now."""
    return await _book_and_order(call, shop, purchase, None)


async def list_instructions(
    call: Call, shop: UUID, purchase: UUID, *, limit: Limit = 50, starting_after: UUID | None = None
) -> Page[Instructed]:
    """What was asked of the order side about one order, in the order it was asked."""
    async with call.database.read(call.tenant) as tx:
        found = await queries.of_purchase(tx, shop, purchase, after=starting_after, limit=limit + 1)
    return page_of(found, limit, lambda one: str(one.id))


async def get_why(call: Call, shop: UUID, instruction: UUID) -> list[Explained]:
    """Which row let an instruction through, what it stands on, and what it was told."""
    async with call.database.read(call.tenant) as tx:
        made = await queries.instruction(tx, instruction, shop=shop)
        return list(await rulebook.why(tx, SUBJECT, made.id, call.language))


async def post_cancel(call: Call, shop: UUID, purchase: UUID, data: CancelWish) -> Instructed:
    """Cancel an order before dispatch."""
    return await _ask(call, "cancel", CancelBody(data.reason), data.client_id, purchase, shop=shop)


async def post_address(call: Call, shop: UUID, purchase: UUID, data: AddressWish) -> Instructed:
    """Change where an order goes, before dispatch."""
    return await _ask(call, "address", AddressBody(data.address), data.client_id, purchase, shop=shop)


async def post_items(call: Call, shop: UUID, purchase: UUID, data: ItemsWish) -> Instructed:
    """Change items within their products, before dispatch."""
    body = ItemsBody(data.lines, data.payment_method)
    return await _ask(call, "items", body, data.client_id, purchase, shop=shop)


async def post_payment(call: Call, shop: UUID, purchase: UUID, data: PaymentWish) -> Instructed:
    """Change how an order is paid, before dispatch."""
    return await _ask(call, "payment", PaymentBody(data.payment_method), data.client_id, purchase, shop=shop)


async def get_buyer(call: Call, shop: UUID, buyer: UUID) -> BuyerProfile:
    """The address and ways to pay of a buyer who has bought in this shop."""
    async with call.database.read(call.tenant) as tx:
        return await queries.buyer_of_shop(tx, shop, buyer)


async def post_buyer_address(call: Call, shop: UUID, buyer: UUID, data: AddressWish) -> Instructed:
    """Change the default address of a buyer who has bought in this shop."""

    async def work(tx: Tx) -> Instructed:
        await queries.buyer_of_shop(tx, shop, buyer)
        return await ask(tx, _of_buyer(call, data, buyer, shop), call.now)

    return _told(call, await call.database.run(call.tenant, work))


async def list_stuck(
    call: Call, shop: UUID, *, limit: Limit = 50, starting_after: UUID | None = None
) -> Page[Instructed]:
    """What the order side has not answered, and a person has to look at."""
    async with call.database.read(call.tenant) as tx:
        found = await queries.stuck(tx, shop, after=starting_after, limit=limit + 1)
    return page_of(found, limit, lambda one: str(one.id))


async def post_answer(call: Call, shop: UUID, instruction: UUID, data: OrderSideAnswer) -> Instructed:
    """Take the order side's answer to an instruction."""
    return await call.database.run(
        call.tenant,
        lambda tx: answers.answered(
            tx, instruction, call.now, confirms=data.confirms, words=data.words, shop=shop
        ),
    )


async def post_again(call: Call, shop: UUID, instruction: UUID) -> Instructed:
    """Ask the silent order side once more."""
    made = await call.database.run(call.tenant, lambda tx: settle.again(tx, shop, instruction, call.now))
    return _told(call, made)


async def post_withdraw(call: Call, shop: UUID, instruction: UUID) -> Instructed:
    """Give an unanswered instruction up."""
    return await call.database.run(call.tenant, lambda tx: settle.withdraw(tx, shop, instruction, call.now))


# ── buyers ───────────────────────────────────────────────────────────────


async def get_my_order(call: Call, purchase: UUID) -> Order:
    """One of one's own orders, and what may be asked of it now."""
    return await _book_and_order(call, None, purchase, call.actor.person)


async def post_my_cancel(call: Call, purchase: UUID, data: CancelWish) -> Instructed:
    """Cancel one's own order before dispatch."""
    return await _ask_own(call, "cancel", CancelBody(data.reason), data.client_id, purchase)


async def post_my_address(call: Call, purchase: UUID, data: AddressWish) -> Instructed:
    """Change where one's own order goes, before dispatch."""
    return await _ask_own(call, "address", AddressBody(data.address), data.client_id, purchase)


async def post_my_items(call: Call, purchase: UUID, data: ItemsWish) -> Instructed:
    """Change items of one's own order within their products, before dispatch."""
    return await _ask_own(call, "items", ItemsBody(data.lines, data.payment_method), data.client_id, purchase)


async def post_my_payment(call: Call, purchase: UUID, data: PaymentWish) -> Instructed:
    """Change how one's own order is paid, before dispatch."""
    return await _ask_own(call, "payment", PaymentBody(data.payment_method), data.client_id, purchase)


async def post_my_top_up(call: Call, purchase: UUID, instruction: UUID, data: TopUpWish) -> Instructed:
    """Pay what other items of one's own order cost more."""

    async def work(tx: Tx) -> Instructed:
        return await top_up.pay(
            tx, instruction, call.actor.person, data.payment_method, call.now, purchase=purchase
        )

    return _told(call, await call.database.run(call.tenant, work))


async def post_my_withdrawal(call: Call, purchase: UUID, instruction: UUID) -> Instructed:
    """Give a change up that waits for one's own money; the order stays as it is."""
    return await call.database.run(
        call.tenant,
        lambda tx: settle.withdraw(
            tx, None, instruction, call.now, buyer=call.actor.person, purchase=purchase
        ),
    )


async def get_my_profile(call: Call) -> BuyerProfile:
    """One's own default address and ways to pay."""
    async with call.database.read(call.tenant) as tx:
        return await identity.profile(tx, call.actor.person)


async def post_my_profile_address(call: Call, data: AddressWish) -> Instructed:
    """Change one's own default address."""
    wish = _of_buyer(call, data, call.actor.person, None)
    return _told(call, await call.database.run(call.tenant, lambda tx: ask(tx, wish, call.now)))


# ── both ─────────────────────────────────────────────────────────────────


async def _book_and_order(call: Call, shop: UUID | None, purchase: UUID, buyer: UUID | None) -> Order:
    async with call.database.read(call.tenant) as tx:
        found = await orders.purchase(tx, shop, purchase, buyer=buyer)
        waits = await queries.waiting(tx, purchase)
    book = await call.service(Books).of(call.tenant, found.shop_id, call.now)
    return queries.with_changes(found, book, waits)


def _told(call: Call, made: Instructed) -> Instructed:
    """What the order side has still to do is answered as taken, not as done."""
    call.is_waiting = made.settled_at is None
    return made


def _key(call: Call, about: UUID, client_id: str) -> str:
    """It holds who asks, so that nobody meets the key of somebody else."""
    return f"{call.actor.person}:{about}:{client_id}"


def _of_buyer(call: Call, data: AddressWish, buyer: UUID, shop: UUID | None) -> Instruction:
    return Instruction(
        id=new_id(),
        key=_key(call, buyer, data.client_id),
        kind="buyer_address",
        body=AddressBody(data.address),
        actor=call.actor.person,
        shop=shop,
        buyer=buyer,
        subject_kind="buyer",
    )


async def _ask(
    call: Call,
    kind: Kind,
    body: Body,
    client_id: str,
    purchase: UUID,
    *,
    shop: UUID | None,
    buyer: UUID | None = None,
) -> Instructed:
    wish = Instruction(
        id=new_id(),
        key=_key(call, purchase, client_id),
        kind=kind,
        body=body,
        actor=call.actor.person,
        shop=shop,
        purchase=purchase,
        buyer=buyer,
    )
    return _told(call, await call.database.run(call.tenant, lambda tx: ask(tx, wish, call.now)))


async def _ask_own(call: Call, kind: Kind, body: Body, client_id: str, purchase: UUID) -> Instructed:
    return await _ask(call, kind, body, client_id, purchase, shop=None, buyer=call.actor.person)
