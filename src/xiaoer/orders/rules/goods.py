"""Reads products and their variants."""

from xiaoer.orders.rules.fields import Fields
from xiaoer.orders.rules.rows import ProductRow, VariantRow
from xiaoer.orders.rules.words import LIMITS


def product(fields: Fields) -> ProductRow:
    """A product; without a price of its own it has the lowest of its variants, those on sale first."""
    currency = fields.currency("currency", fields.customs.currency) or fields.customs.currency
    price_minor = fields.amount("price", currency)
    inner = fields.objects("variants", most=LIMITS["lines_max"]) or []
    variants = [_variant(variant, currency, price_minor) for variant in inner]
    fields.each_once("variants", [variant.id for variant in variants])
    if price_minor is None and variants:
        on_sale = [variant.price_minor for variant in variants if variant.available]
        price_minor = min(on_sale or [variant.price_minor for variant in variants])
    image = fields.text("image_url")
    if image is not None and not image.startswith(("https://", "http://", "/")):
        fields.wrong("address_expected", "image_url")
    return ProductRow(
        shop=fields.shop(),
        id=fields.id("id", required=True) or "",
        title=fields.text("title", most=LIMITS["title_max"], required=True) or "",
        image_url=image,
        flags=fields.flags("flags") or [],
        price_minor=price_minor,
        currency=currency,
        available=fields.yes("available", otherwise=True),
        details=fields.details("details"),
        variants=variants,
    )


def _variant(fields: Fields, currency: str, price_minor: int | None) -> VariantRow:
    own_minor = fields.amount("price", currency)
    if price_minor is None and fields.get("price") is None:
        fields.wrong("field_missing", "price")
    variant = VariantRow(
        id=fields.id("id", required=True) or "",
        options=fields.pairs("options", single="option") or {},
        price_minor=(price_minor or 0) if own_minor is None else own_minor,
        available=fields.yes("available", otherwise=True),
    )
    fields.finish()
    return variant
