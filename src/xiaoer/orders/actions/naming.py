"""What the rows of a batch name and who that is: shops, buyers, products, variants, each asked for once."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final, Generic, TypeVar
from uuid import UUID

from xiaoer.kernel.refusal import Refused
from xiaoer.orders.rules.fields import fault
from xiaoer.orders.rules.rows import ItemRow, OrderRow, Row
from xiaoer.orders.store import imports as store
from xiaoer.plumbing.db import Tx

T = TypeVar("T", bound=Row)

UNKNOWN: Final = frozenset(
    f"orders.{thing}_unknown" for thing in ("shop", "buyer", "product", "variant", "order", "item")
)
"""Refusals that may pass once more of the file is known."""


@dataclass(frozen=True, slots=True)
class Moment:
    """When an import writes, and how it makes ids."""

    now: datetime
    new_id: Callable[[], UUID]


@dataclass(frozen=True, slots=True)
class Placed(Generic[T]):
    """A row, its place in the batch and its shop."""

    place: int
    shop: UUID
    row: T


@dataclass(frozen=True, slots=True)
class Names:
    """The buyers, products and variants that orders and items name."""

    buyers: dict[str, UUID] = field(default_factory=dict[str, UUID])
    products: dict[store.Pair, store.KnownProduct] = field(
        default_factory=dict[store.Pair, store.KnownProduct]
    )
    variants: dict[store.Pair, store.KnownVariant] = field(
        default_factory=dict[store.Pair, store.KnownVariant]
    )

    def goods(self, shop: UUID, item: ItemRow, path: str = "") -> tuple[UUID | None, UUID | None] | Refused:
        """The product and variant of an item, or the one that is not known in this shop."""
        product = variant = None
        if item.product is not None:
            known = self.products.get((shop, item.product))
            if known is None:
                return fault("product_unknown", f"{path}product", value=item.product)
            product = known.id
        if item.variant is not None:
            found = self.variants.get((shop, item.variant))
            if found is None or product not in {None, found.product}:
                return fault("variant_unknown", f"{path}variant", value=item.variant)
            product, variant = found.product, found.id
        return product, variant

    def refuse(self, placed: Placed[OrderRow]) -> Refused | None:
        """Refuse an order whose buyer or goods nobody knows."""
        if placed.row.buyer not in self.buyers:
            return fault("buyer_unknown", "buyer", value=placed.row.buyer)
        for number, item in enumerate(placed.row.items or (), 1):
            found = self.goods(placed.shop, item, f"items[{number}].")
            if isinstance(found, Refused):
                return found
        return None


async def learn(
    tx: Tx, orders: Sequence[Placed[OrderRow]], items: Sequence[Placed[ItemRow]], buyers: dict[str, UUID]
) -> Names:
    """Ask for everything that these orders and items name beside their buyers, in two statements."""
    named = [(order.shop, item) for order in orders for item in order.row.items or ()]
    named += [(item.shop, item.row) for item in items]
    products = _pairs((shop, item.product) for shop, item in named)
    variants = _pairs((shop, item.variant) for shop, item in named)
    return Names(
        buyers,
        await store.known_products(tx, products) if products else {},
        await store.known_variants(tx, variants) if variants else {},
    )


def _pairs(named: Iterable[tuple[UUID, str | None]]) -> list[store.Pair]:
    return sorted({(shop, name) for shop, name in named if name is not None})
