"""What is in force, and may this value be set?"""

import tomllib
from collections.abc import Iterable, Mapping
from datetime import datetime
from functools import lru_cache
from importlib.resources import files
from typing import Final, cast
from uuid import UUID

import msgspec

from xiaoer.kernel.refusal import Refused
from xiaoer.rulebook.model import (
    TEXT_MAX,
    WORD_MAX,
    WORDS_MAX,
    Book,
    InForce,
    Parameter,
    RuleEntry,
    Source,
    Value,
)

LANGUAGES: Final = frozenset({"zh-Hans", "zh-Hant", "en", "es", "ja", "ko"})


@lru_cache(maxsize=1)
def shipped() -> Mapping[str, Parameter]:
    """Every parameter by its name, in the order of tables/parameters.toml."""
    text = (files("xiaoer.rulebook") / "tables" / "parameters.toml").read_text("utf-8")
    return {
        name: msgspec.convert({"name": name, **body}, Parameter) for name, body in tomllib.loads(text).items()
    }


def in_force(entries: Iterable[RuleEntry], shop: UUID | None, now: datetime) -> Book:
    """The book that holds at `now`: a shop's own value before the marketplace's before the shipped one.

    `entries` are those of the marketplace and of this shop, in any order. An entry without a value takes
    the value of the level above back into force.
    """
    present: dict[tuple[str, bool], RuleEntry] = {}
    coming: dict[str, RuleEntry] = {}
    for entry in sorted(entries, key=lambda entry: (entry.effective_from, entry.version)):
        if entry.shop is not None and entry.shop != shop:
            continue
        if entry.effective_from <= now:
            present[entry.name, entry.shop is not None] = entry
        else:
            coming.setdefault(entry.name, entry)
    chosen = {name: _chosen(parameter, present, coming.get(name)) for name, parameter in shipped().items()}
    return Book(chosen, min((entry.effective_from for entry in coming.values()), default=None))


def _chosen(
    parameter: Parameter, present: Mapping[tuple[str, bool], RuleEntry], coming: RuleEntry | None
) -> InForce:
    of_shop = present.get((parameter.name, True)) if parameter.scope == "shop" else None
    of_marketplace = present.get((parameter.name, False))
    next_value, next_from = (coming.value, coming.effective_from) if coming else (None, None)
    levels: tuple[tuple[Source, RuleEntry | None], ...] = (("shop", of_shop), ("marketplace", of_marketplace))
    for source, entry in levels:
        if entry is not None and entry.value is not None:
            return InForce(
                parameter=parameter,
                value=entry.value,
                source=source,
                version=entry.version,
                since=entry.effective_from,
                next_value=next_value,
                next_from=next_from,
            )
    return InForce(
        parameter=parameter,
        value=parameter.default,
        source="shipped",
        version=0,
        since=None,
        next_value=next_value,
        next_from=next_from,
    )


def may_set(name: str, value: object, *, for_shop: bool) -> Value | Refused | None:
    """The value as it will be kept, None for "back to the level above", or why it may not be set."""
    parameter = shipped().get(name)
    if parameter is None:
        return Refused("not_found", "rulebook.unknown_parameter", facts={"name": name})
    if for_shop and parameter.scope != "shop":
        return Refused("not_allowed", "rulebook.marketplace_only", facts={"name": name})
    if value is None:
        return None
    return _CHECKS[parameter.type](parameter, value)


def _wrong(parameter: Parameter, wanted: str) -> Refused:
    return Refused("invalid", "rulebook.wrong_value", facts={"name": parameter.name, "wanted": wanted})


def _integer(parameter: Parameter, value: object) -> Value | Refused:
    low, high = parameter.minimum, parameter.maximum
    if (
        not isinstance(value, int)
        or isinstance(value, bool)
        or (low is not None and value < low)
        or (high is not None and value > high)
    ):
        return _wrong(parameter, f"{low} – {high} {parameter.unit or ''}".strip())
    return value


def _boolean(parameter: Parameter, value: object) -> Value | Refused:
    return value if isinstance(value, bool) else _wrong(parameter, "true / false")


def _choice(parameter: Parameter, value: object) -> Value | Refused:
    if isinstance(value, str) and value in parameter.options:
        return value
    return _wrong(parameter, " / ".join(parameter.options))


def _text(parameter: Parameter, value: object) -> Value | Refused:
    return value if isinstance(value, str) and len(value) <= TEXT_MAX else _wrong(parameter, f"≤ {TEXT_MAX}")


def _words(parameter: Parameter, value: object) -> Value | Refused:
    wanted = f"≤ {WORDS_MAX} × ≤ {WORD_MAX}"
    if not isinstance(value, list) or len(cast("list[object]", value)) > WORDS_MAX:
        return _wrong(parameter, wanted)
    words: dict[str, None] = {}
    for word in cast("list[object]", value):
        if not isinstance(word, str) or not word.strip() or len(word) > WORD_MAX:
            return _wrong(parameter, wanted)
        words[word.strip()] = None
    return list(words)


def _texts(parameter: Parameter, value: object) -> Value | Refused:
    if not isinstance(value, dict):
        return _wrong(parameter, " / ".join(sorted(LANGUAGES)))
    texts: dict[str, str] = {}
    for language, text in cast("dict[object, object]", value).items():
        if language not in LANGUAGES or not isinstance(text, str) or len(text) > TEXT_MAX:
            return _wrong(parameter, " / ".join(sorted(LANGUAGES)))
        if text.strip():
            texts[cast("str", language)] = text.strip()
    return texts or _wrong(parameter, " / ".join(sorted(LANGUAGES)))


_CHECKS: Final = {
    "integer": _integer,
    "boolean": _boolean,
    "choice": _choice,
    "text": _text,
    "words": _words,
    "texts": _texts,
}
