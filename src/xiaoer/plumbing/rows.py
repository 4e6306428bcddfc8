"""How a row becomes a thing: the way is worked out once for each class, not once for each row."""

import dataclasses
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from enum import Enum
from functools import cache, partial
from inspect import Parameter, signature
from types import NoneType, UnionType
from typing import Any, Final, Literal, NewType, TypeVar, Union, cast, get_args, get_origin, get_type_hints
from uuid import UUID

import msgspec

from xiaoer.plumbing.driver import Row

T = TypeVar("T")
Convert = Callable[[Any], Any]

_PLAIN: Final = (str, int, float, bool, bytes, UUID, datetime, date, time, timedelta, Decimal, object, Any)


def field_names(kind: type[Any]) -> tuple[str, ...]:
    """The names a row must have, in this order, to become a `kind`. Raises TypeError for other classes."""
    return tuple(field_types(kind))


@cache
def field_types(kind: type[Any]) -> dict[str, Any]:
    """Each field of a Struct, dataclass or NamedTuple with its type, in order. Raises TypeError."""
    hints = get_type_hints(kind)
    if issubclass(kind, msgspec.Struct):
        return {name: hints[name] for name in kind.__struct_fields__}
    if dataclasses.is_dataclass(kind):
        return {field.name: hints[field.name] for field in dataclasses.fields(kind) if field.init}
    if names := cast("tuple[str, ...]", getattr(kind, "_fields", ())):
        return {name: hints[name] for name in names}
    raise TypeError(f"{kind.__name__} is no Struct, dataclass or NamedTuple: a row cannot become one")


def decoder(kind: type[T]) -> Callable[[Row], T]:
    """The function that makes a `kind` from a row whose columns stand in the order of its fields."""
    return cast("Callable[[Row], T]", _decoder(kind))


@cache
def _decoder(kind: type[Any]) -> Callable[[Row], Any]:
    types = field_types(kind)
    conversions = tuple(
        (place, convert)
        for place, (name, hint) in enumerate(types.items())
        if (convert := conversion(hint, f"{kind.__name__}.{name}"))
    )
    make = cast("Callable[..., Any]", kind)
    if any(one.kind is Parameter.KEYWORD_ONLY for one in signature(kind).parameters.values()):
        return _by_name(make, tuple(types), conversions)
    if not conversions:
        return lambda row: make(*row)
    return lambda row: make(*_converted(row, conversions))


def conversion(hint: Any, where: str = "") -> Convert | None:
    """What must be done to a value from the driver to make it a `hint`; None = nothing. Raises TypeError."""
    hint = bare_type(hint)
    if hint in _PLAIN or get_origin(hint) is Literal or hint in {list, dict}:
        return None
    if isinstance(hint, type) and issubclass(hint, Enum):
        return hint
    origin, inside = get_origin(hint), get_args(hint)
    if origin is list and _is_plain(inside[0]):
        return None
    if origin is dict and all(_is_plain(one) for one in inside):
        return None
    if origin in {tuple, frozenset, set} and all(one is Ellipsis or _is_plain(one) for one in inside):
        return cast("Convert", origin)
    try:
        msgspec.json.schema(hint)  # does msgspec know such a thing at all?
    except (TypeError, msgspec.ValidationError) as fault:
        raise TypeError(f"{where}: a column cannot become {hint!r}") from fault
    return _composed(hint) if origin in {tuple, list} else partial(msgspec.convert, type=hint)


def _composed(hint: Any) -> Convert:
    """For lists of things: as JSON that the driver has read, or, for half the price, as its text."""
    read = msgspec.json.Decoder(hint).decode
    return lambda value: read(value) if isinstance(value, str) else msgspec.convert(value, hint)


def _converted(row: Row, conversions: tuple[tuple[int, Convert], ...]) -> list[Any]:
    values = list(row)
    for place, convert in conversions:
        if (value := values[place]) is not None:
            values[place] = convert(value)
    return values


def _by_name(
    make: Callable[..., T], names: tuple[str, ...], conversions: tuple[tuple[int, Convert], ...]
) -> Callable[[Row], T]:
    return lambda row: make(**dict(zip(names, _converted(row, conversions), strict=True)))


def bare_type(hint: Any) -> Any:
    """The type without `| None`, without what NewType and Annotated add."""
    while isinstance(hint, NewType):
        hint = hint.__supertype__
    if get_origin(hint) in {Union, UnionType}:
        rest = [one for one in get_args(hint) if one is not NoneType]
        if len(rest) == 1:
            return bare_type(rest[0])
    return hint


def _is_plain(hint: Any) -> bool:
    return bare_type(hint) in _PLAIN or get_origin(bare_type(hint)) is Literal
