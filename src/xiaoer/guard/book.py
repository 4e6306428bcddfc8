"""All that reviews are made with: the automata, the tables, the wordings; never changed, only replaced."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from importlib.resources import files
from typing import Final

from xiaoer.guard import vocabulary
from xiaoer.guard.disguise import bits, gate
from xiaoer.guard.learned import Weights, heavy
from xiaoer.guard.learned import shipped as learned_weights
from xiaoer.guard.model import Addition, Changes
from xiaoer.guard.scan import ALLOW, EVERYWHERE, Hit, Layer, Term, by_area
from xiaoer.guard.vocabulary import Vocabulary
from xiaoer.kernel.table import Table
from xiaoer.kernel.table_text import load

ADDED: Final = "added"
JOINED_TERMS: Final = 10_000
"""From so many added terms on it pays to build the automaton of the shipped ones anew with them."""

Texts = Mapping[str, Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class GuardBook:
    """One marketplace's or shop's guard; `changed` gives another one, which may share its automata."""

    vocabulary: Vocabulary
    tables: Mapping[str, Table]
    layers: tuple[Layer, ...]
    domains: frozenset[str]
    phones: frozenset[str]
    removed: frozenset[str] = frozenset()
    names: tuple[str, ...] = ()
    abuse_likely: float = 0.5
    abuse_sure: float = 0.9
    learned: bool = True

    def changed(self, changes: Changes) -> "GuardBook":
        """Return a book with more (or fewer) terms, allowed phrases, contacts and names."""
        terms = [_added(addition) for addition in changes.add]
        terms += [Term(phrase, EVERYWHERE, ALLOW) for phrase in changes.allow]
        return replace(
            self,
            layers=_with(self.layers, terms),
            removed=self.removed | vocabulary.folded_words(changes.removed),
            domains=self.domains | {_domain(domain) for domain in changes.allowed_domains},
            phones=self.phones | {digits(phone) for phone in changes.allowed_phones},
            names=self.names + tuple(vocabulary.folded_words(changes.names)),
            abuse_likely=changes.abuse_likely,
            abuse_sure=changes.abuse_sure,
            learned=changes.learned,
        )

    def weights(self) -> Weights | None:
        """What the learned judge of abuse weighs with; None where it is not asked or has learned nothing."""
        return learned_weights() if self.learned else None

    def find(self, text: str) -> tuple[list[Hit], int]:
        """Every term of every layer in a text in normal form, and the marks of what else it may hold."""
        layers = self.layers
        hits, marks = layers[0].find(text)
        if len(layers) > 1:
            for layer in layers[1:]:
                hits += layer.find(text)[0]
        return hits, marks

    def hits(self, found: list[Hit]) -> dict[str, list[Hit]]:
        """What was found, by area, without what stands in allowed phrases."""
        return by_area(found, self.removed)

    def wording(self, name: str, language: str) -> str:
        """A ready wording in a language, else in English for Latin script languages, else in Chinese."""
        texts = _texts("wordings")[name]
        return texts.get(language) or texts["zh-Hans"]

    def ground(self, basis: str, language: str) -> str:
        """Say in words what a row stands on: the law or rule by its name, its id in brackets."""
        grounds = _texts("grounds")
        known = [(grounds[name], name) for name in basis.split(", ") if name in grounds]
        named = [f"{texts.get(language) or texts['zh-Hans']} ({name})" for texts, name in known]
        return "; ".join(named) or basis


def digits(text: str) -> str:
    """Only the digits of a number as people write it."""
    return re.sub(r"\D", "", text)


def _domain(text: str) -> str:
    bare = re.sub(r"^[a-z]+://", "", text.strip().lower()).partition("/")[0]
    return bare.removeprefix("*.").removeprefix("www.")


def _with(layers: tuple[Layer, ...], terms: list[Term]) -> tuple[Layer, ...]:
    """Few terms get a layer of their own, quickly built; many share one walk over each text with the rest."""
    if not terms:
        return layers
    if len(terms) < JOINED_TERMS:
        return (*layers, Layer(terms))
    return (Layer([*(term for layer in layers for term in layer.terms), *terms], layers[0].marks),)


def _added(addition: Addition) -> Term:
    return Term(addition.term, ADDED, addition.kind, addition.suggestion, addition.verdict)


class _Shipped(dict[str, Table]):
    """The shipped tables, each read when it is first asked: a command that judges one line starts faster."""

    def __missing__(self, name: str) -> Table:
        text = (files("xiaoer.guard") / "tables" / f"{name}.toml").read_text("utf-8")
        table = self[name] = load(text, version="shipped")
        return table


@lru_cache(maxsize=8)
def _texts(name: str) -> Texts:
    return tomllib.loads((files("xiaoer.guard") / "tables" / f"{name}.toml").read_text("utf-8"))


def _marks() -> dict[str, int]:
    """What tells of disguises, and of abuse that only the learned judge knows."""
    marks = gate.marks()
    weights = learned_weights()
    for piece in heavy(weights) if weights else ():
        marks[piece] = marks.get(piece, 0) | bits.WEIGHED
    return marks


@lru_cache(maxsize=1)
def shipped() -> GuardBook:
    """The book as it is shipped, built once in a process (about a tenth of a second)."""
    words = vocabulary.shipped()
    return GuardBook(
        vocabulary=words,
        tables=_Shipped(),
        layers=(Layer(words.terms, _marks()),),
        domains=frozenset(map(_domain, words.words("contact.domain"))),
        phones=frozenset(map(digits, words.words("contact.phone"))),
    )
