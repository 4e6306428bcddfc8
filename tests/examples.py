"""The smallest value a type accepts: valid bodies for every door, found from the doors' own types."""

import re
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

from msgspec import inspect

WORDS = (
    "a",
    "demo",
    "a@example.com",
    "+8613800000000",
    "https://shop.example",
    "0" * 64,
    "CNY",
    "09:00",
    "2026-11-11",
    "x" * 12,
)
MOMENT = datetime(2031, 1, 1, tzinfo=UTC)


def example(kind: Any, *, ids: dict[str, UUID] | None = None) -> Any:
    """A plain value (for JSON) that `kind` accepts; `ids` fill fields by name, with or without `_id`."""
    return _of(inspect.type_info(kind), "", ids or {})


PLAIN: dict[type[inspect.Type], Any] = {
    inspect.FloatType: 1.0,
    inspect.BoolType: True,
    inspect.DateTimeType: MOMENT.isoformat(),
    inspect.DictType: {},
    inspect.NoneType: None,
}


def _of(info: inspect.Type, name: str, ids: dict[str, UUID]) -> Any:
    match info:
        case inspect.StructType(fields=fields):
            return {
                field.encode_name: _of(field.type, field.encode_name, ids)
                for field in fields
                if field.required or _plain(field.encode_name) in ids
            }
        case inspect.StrType():
            return _word(info)
        case inspect.UUIDType():
            return str(ids.get(_plain(name)) or uuid4())
        case inspect.IntType():
            return max(1 if info.ge is None else info.ge, 1 if info.gt is None else info.gt + 1)
        case inspect.LiteralType(values=values):
            return values[0]
        case inspect.ListType(item_type=item) | inspect.VarTupleType(item_type=item):
            length = max(info.min_length or 0, 1 if _plain(name) in ids else 0)
            return [_of(item, name, ids)] * length
        case inspect.UnionType(types=types):
            plain = next(one for one in types if not isinstance(one, inspect.NoneType))
            return _of(plain, name, ids)
        case _:
            return PLAIN.get(type(info), "a")


def _word(info: inspect.StrType) -> str:
    for word in WORDS:
        if info.pattern and not re.search(info.pattern, word):
            continue
        if len(word) < (info.min_length or 0) or len(word) > (info.max_length or 10_000):
            continue
        return word
    raise LookupError(f"no word fits {info}")


def _plain(name: str) -> str:
    return name.removesuffix("_ids").removesuffix("_id").removesuffix("s")
