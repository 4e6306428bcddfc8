"""What may be complained of, by whom and of whom: tables/types.toml."""

import tomllib
from collections.abc import Mapping
from functools import lru_cache
from importlib.resources import files

from msgspec import convert

from xiaoer.complaints.model import By, ComplaintType, ComplaintWish
from xiaoer.kernel.refusal import Refused


@lru_cache(maxsize=1)
def types() -> Mapping[str, ComplaintType]:
    """Every type by its word, in the order of tables/types.toml."""
    text = (files("xiaoer.complaints") / "tables" / "types.toml").read_text("utf-8")
    return {word: convert(body, ComplaintType) for word, body in tomllib.loads(text).items()}


def type_for(wish: ComplaintWish, by: By) -> ComplaintType | Refused:
    """The type somebody names, where he may complain of it and asks what can be asked."""
    found = types().get(wish.type)
    if found is None or by not in found.by:
        return Refused("invalid", "complaints.unknown_type", facts={"type": wish.type})
    wrong = [ask for ask in wish.asks if ask not in found.asks]
    if wrong:
        return Refused("invalid", "complaints.cannot_be_asked", facts={"ask": wrong[0]})
    return found


def number_of(day: str, fresh: bytes) -> str:
    """The number people say on the telephone: the day, and letters nobody confuses."""
    letters = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
    return f"TS{day}-" + "".join(letters[byte % 32] for byte in fresh[:8])
