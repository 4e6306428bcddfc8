"""Orders and products as cards: small enough to stand in a conversation, as they were when sent."""

from typing import Final

from xiaoer.orders.model import Card, Item, Product, Purchase

LINES_MAX: Final = 5
_LINE_CHARACTERS: Final = 80


def order_card(purchase: Purchase) -> Card:
    """The order's number, its first items, and what was to pay for it."""
    lines = [_item_line(item) for item in purchase.items[:LINES_MAX]]
    if len(purchase.items) > LINES_MAX:
        lines.append(f"+{len(purchase.items) - LINES_MAX}")
    return Card(
        kind="order",
        id=purchase.id,
        title=purchase.external_id,
        image_url=next((item.image_url for item in purchase.items if item.image_url), None),
        lines=lines,
        amount_minor=purchase.total_minor,
        currency=purchase.currency,
        state=purchase.state,
    )


def product_card(product: Product) -> Card:
    """The product's name, what it can be chosen by, and its price."""
    choices: dict[str, list[str]] = {}
    for variant in product.variants:
        if variant.available:
            for name, value in variant.options.items():
                values = choices.setdefault(name, [])
                if value not in values:
                    values.append(value)
    lines = [_cut(f"{name}: {' / '.join(values)}") for name, values in choices.items()]
    return Card(
        kind="product",
        id=product.id,
        title=product.title,
        image_url=product.image_url,
        lines=lines[:LINES_MAX],
        amount_minor=product.price_minor,
        currency=product.currency,
        state="available" if product.available else "gone",
    )


def _item_line(item: Item) -> str:
    chosen = " ".join(item.options.values())
    return _cut(f"{item.title} {chosen}".strip()) + (f" ×{item.quantity}" if item.quantity > 1 else "")


def _cut(text: str) -> str:
    return text if len(text) <= _LINE_CHARACTERS else f"{text[: _LINE_CHARACTERS - 1]}…"
