"""Reads shops and buyers."""

import re
from typing import Final, cast
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from xiaoer.identity.rules import fold_phone
from xiaoer.orders.rules.fields import Fields
from xiaoer.orders.rules.rows import BuyerRow, PaymentMethodRow, ShopRow, ShopState
from xiaoer.orders.rules.words import LANGUAGES, SHOP_STATES

_PHONE: Final = re.compile(r"\+?[0-9]{5,20}", re.ASCII)


def shop(fields: Fields) -> ShopRow:
    """A shop of the marketplace."""
    zone = fields.text("time_zone", most=64)
    if zone is not None and not _is_zone(zone):
        fields.wrong("time_zone_unknown", "time_zone", value=zone)
    origins = fields.texts("allowed_origins")
    for origin in origins or ():
        if not origin.startswith(("https://", "http://")) or len(origin) > 255:
            fields.wrong("address_expected", "allowed_origins")
    return ShopRow(
        id=fields.id("id", required=True) or "",
        name=fields.text("name", most=200),
        language=fields.word("language", known=LANGUAGES, code="language_unknown"),
        time_zone=zone,
        allowed_origins=origins,
        state=cast(ShopState | None, fields.word("state", known=SHOP_STATES, code="state_unknown")),
    )


def _is_zone(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return True


def buyer(fields: Fields) -> BuyerRow:
    """A buyer of the marketplace with his address and his ways to pay."""
    email = fields.text("email", most=254)
    if email is not None and ("@" not in email[1:-1] or " " in email):
        fields.wrong("email_expected", "email")
    phone = fields.text("phone", most=32)
    if phone is not None and not _PHONE.fullmatch(fold_phone(phone)):
        fields.wrong("phone_expected", "phone")
    methods = fields.objects("payment_methods")
    return BuyerRow(
        id=fields.id("id", required=True) or "",
        name=fields.text("name", most=200),
        email=email,
        phone=phone,
        language=fields.word("language", known=LANGUAGES, code="language_unknown"),
        address=fields.pairs("address", single="text"),
        payment_methods=None if methods is None else [_payment_method(method) for method in methods],
    )


def _payment_method(fields: Fields) -> PaymentMethodRow:
    last_four = fields.text("last_four", most=4)
    if last_four is not None and not (last_four.isascii() and last_four.isdigit()):
        fields.wrong("last_four_expected", "last_four")
    currency = fields.currency("currency", fields.customs.currency)
    balance_minor = fields.amount("balance", currency)
    method = PaymentMethodRow(
        id=fields.id("id", required=True) or "",
        kind=fields.text("kind", most=40, required=True) or "",
        brand=fields.text("brand", most=40),
        last_four=last_four,
        balance_minor=balance_minor,
        currency=None if balance_minor is None else currency,
    )
    fields.finish()
    return method
