"""What is in force: law before shop before marketplace before profile before what is shipped."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from types import MappingProxyType
from typing import cast
from uuid import UUID

import msgspec

from xiaoer.rulebook.model import RELEASE, Book, InForce, Parameter, RuleEntry, Source, TableInForce, Value
from xiaoer.rulebook.rules.shelf import shelf
from xiaoer.rulebook.rules.shipment import PROFILE, Shipment, current

_Levels = Mapping[tuple[str, bool], RuleEntry]


def in_force(
    entries: Iterable[RuleEntry],
    shop: UUID | None,
    now: datetime,
    releases: Mapping[str, Shipment] = MappingProxyType({}),
) -> Book:
    """The book that holds at `now`: a shop's own value before the marketplace's before the profile's.

    `entries` are those of the marketplace and of this shop, in any order. An entry without a value takes
    the value of the level above back into force. Law goes before every level, and a shop's value that would
    be worse for the buyer than the marketplace's does not hold. What is shipped is what the release shipped
    that served then; `releases` holds those that are not the running one, by digest.
    """
    present: dict[tuple[str, bool], RuleEntry] = {}
    coming: dict[str, RuleEntry] = {}
    edition = 0
    ordered = sorted(entries, key=lambda entry: (entry.effective_from, entry.version))
    shipment, later = _served(ordered, now, releases)
    for entry in ordered:
        if entry.name == RELEASE:
            continue
        if entry.shop is not None and entry.shop != shop:
            continue
        if entry.effective_from <= now:
            present[entry.name, entry.shop is not None] = entry
            edition += 1
        else:
            coming.setdefault(entry.name, entry)
    profile = _profile(present, shipment)
    chosen = {
        name: _chosen(parameter, present, coming.get(name), _source(shipment, profile, name))
        for name, parameter in shipment.parameters(profile).items()
    }
    return Book(
        chosen,
        min((entry.effective_from for entry in coming.values()), default=None),
        tables={name: _table(name, present, coming.get(name), shipment, profile) for name in shelf()},
        profile=profile,
        edition=edition + later,
    )


def _served(
    ordered: Iterable[RuleEntry], now: datetime, releases: Mapping[str, Shipment]
) -> tuple[Shipment, int]:
    """What was shipped at a moment, and how many releases served before that one."""
    served = [entry for entry in ordered if entry.name == RELEASE]
    begun = [entry for entry in served if entry.effective_from <= now] or served[:1]
    if not begun:
        return current(), 0
    return releases.get(cast("str", begun[-1].value), current()), len(begun) - 1


def _source(shipment: Shipment, profile: str, name: str) -> Source:
    under = shipment.profiles.get(profile)
    return "profile" if under is not None and name in {*under.values, *under.tables} else "shipped"


def _profile(present: _Levels, shipment: Shipment) -> str:
    entry = present.get((PROFILE, False))
    chosen = (
        entry.value if entry is not None and entry.value is not None else shipment.shipped[PROFILE].default
    )
    return cast("str", chosen)


def _chosen(parameter: Parameter, present: _Levels, coming: RuleEntry | None, source: Source) -> InForce:
    of_shop = present.get((parameter.name, True)) if parameter.scope == "shop" else None
    of_marketplace = present.get((parameter.name, False))
    held = InForce(
        parameter=parameter,
        value=parameter.default,
        source=source,
        version=0,
        since=None,
        next_value=coming.value if coming else None,
        next_from=coming.effective_from if coming else None,
        next_author=coming.author if coming else None,
        next_reason=coming.reason if coming else "",
    )
    if of_marketplace is not None and of_marketplace.value is not None:
        held = _set(held, of_marketplace, of_marketplace.value, "marketplace")
    if of_shop is not None and of_shop.value is not None and not worse(parameter, of_shop.value, held.value):
        held = _set(held, of_shop, of_shop.value, "shop")
    lawful = within_law(parameter, held.value)
    return held if lawful == held.value else msgspec.structs.replace(held, value=lawful, source="law")


def _set(held: InForce, entry: RuleEntry, value: Value, source: Source) -> InForce:
    return msgspec.structs.replace(
        held,
        value=value,
        source=source,
        version=entry.version,
        since=entry.effective_from,
        author=entry.author,
        reason=entry.reason,
    )


def worse(parameter: Parameter, value: Value, than: Value) -> bool:
    """Whether a value is worse for the buyer than another, where the parameter says what is better."""
    if parameter.better is None or not isinstance(value, int) or not isinstance(than, int):
        return False
    return value < than if parameter.better == "higher" else value > than


def within_law(parameter: Parameter, value: Value) -> Value:
    """The value, or the bound of law it would go past."""
    if isinstance(value, bool) or not isinstance(value, int):
        return value
    if parameter.floor is not None and value < parameter.floor:
        return parameter.floor
    if parameter.ceiling is not None and value > parameter.ceiling:
        return parameter.ceiling
    return value


def _table(
    name: str, present: _Levels, coming: RuleEntry | None, shipment: Shipment, profile: str
) -> TableInForce:
    entry = present.get((name, True)) if shelf()[name].scope == "shop" else None
    source: Source = "shop"
    if entry is None or entry.value is None:
        entry, source = present.get((name, False)), "marketplace"
    next_from = coming.effective_from if coming else None
    if entry is not None and isinstance(entry.value, str):
        return TableInForce(
            name=name,
            text=entry.value,
            source=source,
            version=entry.version,
            since=entry.effective_from,
            author=entry.author,
            reason=entry.reason,
            next_from=next_from,
        )
    return TableInForce(
        name=name,
        text=shipment.texts(profile)[name],
        source=_source(shipment, profile, name),
        version=0,
        since=None,
        next_from=next_from,
    )
