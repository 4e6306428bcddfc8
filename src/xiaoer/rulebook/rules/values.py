"""May this value, this wording of a table, be put in force?"""

from typing import Final, cast

from xiaoer.kernel.refusal import Refused
from xiaoer.rulebook.model import (
    TEXT_MAX,
    WORD_MAX,
    WORDS_MAX,
    Book,
    InForce,
    Parameter,
    Value,
)
from xiaoer.rulebook.rules import drafts
from xiaoer.rulebook.rules.book import within_law, worse
from xiaoer.rulebook.rules.shelf import parameters, shelf, shipped

NOTICES: Final = {"ordinary": "rules.notice_days", "major": "rules.notice_days_major"}
"""The parameter that says how long a change is public before it begins (L-074, L-075)."""

LANGUAGES: Final = frozenset({"zh-Hans", "zh-Hant", "en", "es", "ja", "ko"})


def may_set(name: str, value: object, *, for_shop: bool, above: Book | None = None) -> Value | Refused | None:
    """The value as it will be kept, None for "back to the level above", or why it may not be set.

    `above` is the marketplace's book at the time the value begins: its profile bounds by law, and a shop's
    value may not be worse for the buyer than what the marketplace has.
    """
    parameter = (parameters(above.profile) if above else shipped()).get(name)
    if parameter is None:
        return Refused("not_found", "rulebook.unknown_parameter", facts={"name": name})
    if for_shop and parameter.scope != "shop":
        return Refused("not_allowed", "rulebook.marketplace_only", facts={"name": name})
    if value is None:
        return None
    kept = _CHECKS[parameter.type](parameter, value)
    return (
        kept
        if isinstance(kept, Refused)
        else _bounded(parameter, kept, above[name] if for_shop and above else None)
    )


def _bounded(parameter: Parameter, value: Value, above: InForce | None) -> Value | Refused:
    lawful = within_law(parameter, value)
    if lawful != value:
        facts: dict[str, object] = {
            "field": "value",
            "parameter": parameter.name,
            "bound": lawful,
            "basis": parameter.basis,
        }
        return Refused("refused", "rulebook.past_law", facts=facts)
    if above is not None and worse(parameter, value, above.value):
        facts = {"field": "value", "parameter": parameter.name, "bound": above.value}
        return Refused("refused", "rulebook.worse_for_buyer", facts=facts)
    return value


def may_set_table(name: str, text: str | None, *, for_shop: bool, above: Book) -> str | Refused | None:
    """The canonical text as it will be kept, None for "back to the level above", or why it may not be set."""
    table = shelf().get(name)
    if table is None:
        return Refused("not_found", "rulebook.unknown_table", facts={"name": name})
    if table.scope == "fixed":
        return Refused("not_allowed", "rulebook.fixed_table", facts={"name": name})
    if for_shop and table.scope != "shop":
        return Refused("not_allowed", "rulebook.marketplace_only", facts={"name": name})
    return None if text is None else drafts.fit(name, text, above.profile)


def _wrong(parameter: Parameter, wanted: str) -> Refused:
    facts: dict[str, object] = {"field": "value", "parameter": parameter.name, "wanted": wanted}
    return Refused("invalid", "rulebook.wrong_value", facts=facts)


def _integer(parameter: Parameter, value: object) -> Value | Refused:
    low, high = parameter.minimum, parameter.maximum
    if (
        not isinstance(value, int)
        or isinstance(value, bool)
        or (low is not None and value < low)
        or (high is not None and value > high)
    ):
        return _wrong(parameter, f"{low} – {high}")
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
