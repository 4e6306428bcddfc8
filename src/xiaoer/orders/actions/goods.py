"""Writes the products of a batch with their variants."""

import hashlib
from collections.abc import Sequence
from uuid import UUID

import msgspec

from xiaoer.measures.queries.standing import Limits
from xiaoer.orders.actions.limits import of_product
from xiaoer.orders.actions.naming import Moment, Placed
from xiaoer.orders.rules.fields import fault
from xiaoer.orders.rules.rows import ProductRow, Row, VariantRow
from xiaoer.orders.rules.tally import Outcome
from xiaoer.orders.store import imports as store
from xiaoer.plumbing.db import Tx

_ROUND = b"1"  # a new number makes every row count as changed: for when what is kept of a row changes


def digest(row: Row) -> bytes:
    """What an unchanged row is known by."""
    return hashlib.blake2b(_ROUND + msgspec.json.encode(row), digest_size=16).digest()


async def put_products(
    tx: Tx, products: Sequence[Placed[ProductRow]], limits: Limits, moment: Moment
) -> dict[int, Outcome]:
    """Write products, answering by place; those that are as they were cost nothing.

    A shop that may not publish adds none; what it offers already may still change.
    """
    outcomes: dict[int, Outcome] = {}
    known = await store.known_products(tx, [(one.shop, one.row.id) for one in products])
    changed: list[Placed[ProductRow]] = []
    for one in products:
        was = known.get((one.shop, one.row.id))
        if was is not None and was.digest == digest(one.row):
            outcomes[one.place] = "unchanged"
        elif was is None and (refused := of_product(limits, one, moment)):
            outcomes[one.place] = refused
        else:
            changed.append(one)
    changed = await _without_strangers(tx, changed, known, outcomes)
    if not changed:
        return outcomes
    put = await store.put_products(tx, [_record(one, moment) for one in changed], now=moment.now)
    ids = {(one.shop, one.external_id): one for one in put}
    await store.put_variants(
        tx,
        [
            _variant(one, ids[one.shop, one.row.id].id, place, variant, moment)
            for one in changed
            for place, variant in enumerate(one.row.variants, 1)
        ],
    )
    await store.retire_variants(
        tx,
        [(one.shop, one.id) for one in put if not one.created],
        [(one.shop, variant.id) for one in changed for variant in one.row.variants],
    )
    for one in changed:
        outcomes[one.place] = "created" if ids[one.shop, one.row.id].created else "updated"
    return outcomes


async def _without_strangers(
    tx: Tx,
    products: Sequence[Placed[ProductRow]],
    known: dict[store.Pair, store.KnownProduct],
    outcomes: dict[int, Outcome],
) -> list[Placed[ProductRow]]:
    """Refuse products that claim a variant of another one."""
    pairs = [(one.shop, variant.id) for one in products for variant in one.row.variants]
    found = await store.known_variants(tx, pairs) if pairs else {}
    owners: dict[store.Pair, object] = {pair: variant.product for pair, variant in found.items()}
    good: list[Placed[ProductRow]] = []
    for one in products:
        was = known.get((one.shop, one.row.id))
        own: object = was.id if was is not None else one.row.id
        claimed = [variant.id for variant in one.row.variants]
        strange = next((name for name in claimed if owners.get((one.shop, name), own) != own), None)
        if strange is not None:
            outcomes[one.place] = fault("variant_elsewhere", "variants", value=strange)
            continue
        owners |= {(one.shop, name): own for name in claimed}
        good.append(one)
    return good


def _record(one: Placed[ProductRow], moment: Moment) -> store.ProductRecord:
    row = one.row
    return store.ProductRecord(
        shop=one.shop,
        id=moment.new_id(),
        external_id=row.id,
        title=row.title,
        image_url=row.image_url,
        flags=row.flags,
        price_minor=row.price_minor,
        currency=row.currency,
        available=row.available,
        details=row.details,
        digest=digest(row).hex(),
    )


def _variant(
    one: Placed[ProductRow], product: UUID, place: int, variant: VariantRow, moment: Moment
) -> store.VariantRecord:
    return store.VariantRecord(
        shop=one.shop,
        id=moment.new_id(),
        product=product,
        external_id=variant.id,
        place=place,
        options=variant.options,
        price_minor=variant.price_minor,
        currency=one.row.currency,
        available=variant.available,
    )
