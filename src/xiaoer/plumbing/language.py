"""Which language somebody reads, and the sentence of the catalogue in it."""

import json
import re
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from functools import cache, lru_cache
from importlib.resources import files
from typing import Final, cast

from xiaoer.kernel.money import EXPONENTS, format_minor
from xiaoer.kernel.refusal import Refused

LANGUAGES: Final = ("zh-Hans", "zh-Hant", "en", "es", "ja", "ko")
DEFAULT: Final = "zh-Hans"
_FALLBACKS: Final = ("en", DEFAULT)
_TRADITIONAL: Final = frozenset({"hant", "tw", "hk", "mo"})
_PLACEHOLDER: Final = re.compile(r"\{\{\s*([a-z_][a-z0-9_]*)\s*\}\}")


@lru_cache(maxsize=1024)
def negotiate(accept_language: str) -> str:
    """The best of our languages for an Accept-Language header; zh-Hans when it names none of them."""
    best, best_weight = DEFAULT, 0.0
    for part in accept_language[:512].split(","):
        tag, _, parameters = part.strip().partition(";")
        weight = _weight(parameters)
        language = match(tag)
        if language is not None and weight > best_weight:
            best, best_weight = language, weight
    return best


def match(tag: str) -> str | None:
    """Our language for one tag such as `zh-TW` or `en-GB`; None when we do not speak it."""
    subtags = tag.strip().lower().replace("_", "-").split("-")
    if subtags[0] == "zh":
        return "zh-Hant" if _TRADITIONAL.intersection(subtags[1:]) else "zh-Hans"
    return subtags[0] if subtags[0] in LANGUAGES else None


def _weight(parameters: str) -> float:
    name, _, value = parameters.strip().partition("=")
    if name.strip() != "q":
        return 1.0
    try:
        return max(0.0, min(1.0, float(value)))
    except ValueError:
        return 0.0


class Catalogue:
    """All sentences: `catalogue/<language>/<domain>.json`, flat keys, `{{name}}` placeholders."""

    def __init__(self, sentences: Mapping[str, Mapping[str, Mapping[str, str]]]) -> None:
        self._sentences = sentences

    @classmethod
    @cache
    def shipped(cls) -> "Catalogue":
        """The catalogue that lies in the package, read once."""
        sentences: dict[str, dict[str, dict[str, str]]] = {}
        root = files("xiaoer") / "catalogue"
        for language in LANGUAGES:
            folder = root / language
            sentences[language] = {
                file.name.removesuffix(".json"): cast("dict[str, str]", json.loads(file.read_text("utf-8")))
                for file in (folder.iterdir() if folder.is_dir() else ())
                if file.name.endswith(".json")
            }
        return cls(sentences)

    def text(self, language: str, domain: str, key: str, facts: Mapping[str, object] | None = None) -> str:
        """The sentence under `key`, placeholders filled; in English or Chinese when the language lacks it."""
        for candidate in (language, *_FALLBACKS):
            template = self._sentences.get(candidate, {}).get(domain, {}).get(key)
            if template is not None:
                return fill(template, facts or {})
        return f"{domain}.{key}"

    def known(self, language: str, domain: str, key: str) -> str | None:
        """The words under `key` in this very language; None when there are none."""
        return self._sentences.get(language, {}).get(domain, {}).get(key)

    def knowing(self, language: str) -> Callable[[str, str], str | None]:
        """What `known` says of a domain and a key, in this language."""
        return lambda domain, key: self.known(language, domain, key)

    def moment(self, at: datetime, language: str) -> str:
        """A moment on the wall of its own zone, the marketplace's, and how far that is from UTC."""
        offset = f"{at:%z}"
        facts = {"at": f"{at:%Y-%m-%d %H:%M}", "offset": f"UTC{offset[:3]}:{offset[3:]}"}
        return self.text(language, "plumbing", "moment", facts)

    def sentence(self, refused: Refused, language: str) -> str:
        """What the caller reads about a refusal.

        A fact the domain has a word for (`state` is `state.offered`) is said in it, `…_minor` beside a
        `currency` as money, `…_bytes` as a size, and a moment as on the wall of its own zone.
        """
        words = refused.code.partition(".")[2]
        facts = {name: self._said(language, refused, name, fact) for name, fact in refused.facts.items()}
        return self.text(language, refused.domain, f"refused.{words}", facts)

    def _said(self, language: str, refused: Refused, name: str, fact: object) -> object:
        if isinstance(fact, datetime):
            return self.moment(fact, language)
        currency = refused.facts.get("currency")
        if name.endswith("_minor") and isinstance(fact, int) and currency in EXPONENTS:
            return format_minor(fact, str(currency), language)
        if name.endswith("_bytes") and isinstance(fact, int):
            return _size(fact)
        key = f"{name}.{fact}"
        if isinstance(fact, str) and key in self._sentences.get(language, {}).get(refused.domain, {}):
            return self.text(language, refused.domain, key)
        return fact


def _size(count_bytes: int) -> str:
    size, unit, larger = float(count_bytes), "B", iter(("kB", "MB", "GB"))
    while size >= 1024 and (above := next(larger, None)):
        size, unit = size / 1024, above
    return f"{size:.4g} {unit}"


def fill(template: str, facts: Mapping[str, object]) -> str:
    """Put facts into the `{{name}}` placeholders of a sentence; an unknown one stays visible."""
    if "{{" not in template:
        return template
    return _PLACEHOLDER.sub(
        lambda found: _shown(facts[found[1]]) if found[1] in facts else found[0], template
    )


def _shown(fact: object) -> str:
    if isinstance(fact, datetime):
        return fact.strftime("%Y-%m-%d %H:%M %Z").rstrip()
    if isinstance(fact, Sequence) and not isinstance(fact, (str, bytes)):
        return ", ".join(_shown(item) for item in cast("Sequence[object]", fact))
    return str(fact)


def placeholders(template: str) -> frozenset[str]:
    """The names of the facts a sentence wants."""
    return frozenset(_PLACEHOLDER.findall(template))
