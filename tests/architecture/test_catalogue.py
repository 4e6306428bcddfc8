"""Every sentence in six languages: the same keys, the same placeholders, and one for every refusal."""

import ast
import json
import re
import tomllib
from functools import cache
from pathlib import Path

import pytest
from opencc import OpenCC

from tests.architecture.source import SRC, name, python_files, tree
from tests.architecture.syntax import argument, calls_of
from tools.layers import layers

CATALOGUE = SRC / "catalogue"
PLURALS = {
    "zh-Hans": {"other"},
    "zh-Hant": {"other"},
    "en": {"one", "other"},
    "es": {"one", "many", "other"},
    "ja": {"other"},
    "ko": {"other"},
}
LANGUAGES = sorted(PLURALS)
PLURAL = re.compile(r"_(zero|one|two|few|many|other)$")
PLACEHOLDER = re.compile(r"\{\{\s*([\w.]+)[^}]*\}\}")
CODE = re.compile(r"[a-z][a-z0-9_]*\.[a-z][a-z0-9_]*")
WORD = re.compile(r"\"([a-z][a-z0-9_]*)\"")
CHINESE_OR_KOREAN_OR_JAPANESE = re.compile(r"[぀-ヿ㐀-鿿가-힣]")
OUR_NAME = "小二"


@cache
def sentences(language: str, file: str) -> dict[str, str]:
    path = CATALOGUE / language / f"{file}.json"
    return json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}


def files() -> list[str]:
    return sorted({path.stem for path in CATALOGUE.glob("*/*.json")})


@cache
def counted(file: str) -> frozenset[str]:
    """Name the sentences that have plural forms: those with an `_other` in some language."""
    keys = (key for language in LANGUAGES for key in sentences(language, file))
    return frozenset(key.removesuffix("_other") for key in keys if key.endswith("_other"))


def stem(file: str, key: str) -> str:
    """Take the plural form off a key; `too_many` is no plural."""
    short = PLURAL.sub("", key)
    return short if short in counted(file) else key


def placeholders(language: str, file: str) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for key, text in sentences(language, file).items():
        found.setdefault(stem(file, key), set()).update(PLACEHOLDER.findall(text))
    return found


def test_there_are_six_languages():
    assert sorted(path.name for path in CATALOGUE.iterdir() if path.is_dir()) == LANGUAGES


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_every_sentence(language: str):
    complaints: list[str] = []
    for file in files():
        here, there = placeholders(language, file), placeholders("zh-Hans", file)
        complaints += [f"{file}: {key} is missing" for key in sorted(there.keys() - here.keys())]
        complaints += [f"{file}: {key} is only here" for key in sorted(here.keys() - there.keys())]
        complaints += [
            f"{file}: {key} has the placeholders {sorted(here[key])}, not {sorted(there[key])}"
            for key in sorted(here.keys() & there.keys())
            if here[key] - {"count"} != there[key] - {"count"}
        ]
    assert not complaints


@pytest.mark.parametrize("language", LANGUAGES)
def test_counted_sentences_have_the_forms_of_their_language(language: str):
    complaints: list[str] = []
    for file in files():
        forms: dict[str, set[str]] = {}
        for key in sentences(language, file):
            if (short := stem(file, key)) != key:
                forms.setdefault(short, set()).add(key.removeprefix(f"{short}_"))
        complaints += [
            f"{file}: {key} has {sorted(has)}" for key, has in forms.items() if has != PLURALS[language]
        ]
    assert not complaints


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_files_are_flat_sorted_and_filled(language: str):
    complaints: list[str] = []
    for path in sorted((CATALOGUE / language).glob("*.json")):
        pairs = json.loads(path.read_text(encoding="utf-8"), object_pairs_hook=list)
        keys = [key for key, _ in pairs]
        if keys != sorted(set(keys)):
            complaints.append(f"{name(path)}: the keys are sorted and unique")
        complaints += [
            f"{name(path)}: {key}" for key, text in pairs if not isinstance(text, str) or not text.strip()
        ]
    assert not complaints


@pytest.mark.parametrize("language", ["en", "es"])
def test_nothing_is_left_in_chinese(language: str):
    found = [
        f"{file}: {key}"
        for file in files()
        for key, text in sentences(language, file).items()
        if CHINESE_OR_KOREAN_OR_JAPANESE.search(text.replace(OUR_NAME, ""))
    ]
    assert not found


def test_simplified_chinese_is_simplified():
    simplify = OpenCC("t2s").convert
    found = [
        f"{file}: {key}: {text}"
        for file in files()
        for key, text in sentences("zh-Hans", file).items()
        if simplify(text) != text and not key.startswith("language.")
    ]
    assert not found


# ── refusals ─────────────────────────────────────────────────────────────


def refusals(module: ast.Module) -> list[tuple[str, set[str] | None]]:
    """List the refusals a file spells out: code, and the names of its facts where they are spelt out too."""
    found: list[tuple[str, set[str] | None]] = []
    for call in calls_of(module, "Refused"):
        code, facts = argument(call, 1, "code"), argument(call, 3, "facts")
        if not isinstance(code, ast.Constant) or not isinstance(code.value, str):
            continue
        names: set[str] | None = set()
        if isinstance(facts, ast.Dict) and all(isinstance(key, ast.Constant) for key in facts.keys):
            names = {str(key.value) for key in facts.keys if isinstance(key, ast.Constant)}
        elif facts is not None:
            names = None
        found.append((code.value, names))
    return found


def spelt_out(folder: Path) -> str:
    """Read every text a refusal's code may be written in: Python and tables."""
    return "\n".join(
        path.read_text(encoding="utf-8") for path in [*python_files(folder), *folder.rglob("*.toml")]
    )


def decided_refusals() -> list[str]:
    """List the refusals that decision tables hand out: the words of an output called `refusal`."""
    found: list[str] = []
    for path in SRC.glob("*/tables/**/*.toml"):
        table = tomllib.loads(path.read_text(encoding="utf-8"))
        column = table.get("outputs", {}).get("refusal", []) if "table" in table else []
        words = column.get("words", []) if isinstance(column, dict) else column
        found += [word if "." in word else f"{path.relative_to(SRC).parts[0]}.{word}" for word in words]
    return found


def sentence_of(language: str, code: str) -> str | None:
    file, _, words = code.partition(".")
    return sentences(language, file).get(f"refused.{words}")


def test_every_refusal_has_a_sentence_that_its_facts_can_fill():
    complaints: list[str] = []
    for path in python_files(SRC):
        for code, facts in refusals(tree(path)):
            text = sentence_of("zh-Hans", code)
            if text is None:
                complaints.append(f"{name(path)}: {code} has no sentence in the catalogue")
            elif facts is not None and (empty := {*PLACEHOLDER.findall(text)} - facts):
                complaints.append(f"{name(path)}: {code} does not give {sorted(empty)}")
    assert not complaints


def test_every_refusal_of_a_decision_table_has_a_sentence():
    assert not [code for code in decided_refusals() if sentence_of("zh-Hans", code) is None]


def test_no_sentence_is_left_of_a_refusal_that_is_gone():
    full = {*CODE.findall(spelt_out(SRC))}
    found: list[str] = []
    for file in {*files()} & {package for layer in layers() for package in layer}:
        short = {
            *WORD.findall(spelt_out(SRC / file))
        }  # a rule may name the words and put its domain before them
        keys = (
            key.removeprefix("refused.") for key in sentences("zh-Hans", file) if key.startswith("refused.")
        )
        found += [
            f"{file}: refused.{key}" for key in keys if f"{file}.{key}" not in full and key not in short
        ]
    assert not found


def test_refusals_are_read_from_the_source():
    text = """
Refused("not_now", "orders.closed", facts={"state": state})
refusal.Refused("refused", code="orders.too_late", row="R1")
Refused("refused", code_of(row))
Refused("refused", "orders.no", None, facts)
"""
    expected = [("orders.closed", {"state"}), ("orders.too_late", set[str]()), ("orders.no", None)]
    assert refusals(ast.parse(text)) == expected
