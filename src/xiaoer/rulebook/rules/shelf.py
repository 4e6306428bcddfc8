"""What is shipped: the tables on the shelf, the parameters, and the profiles that differ from them."""

import tomllib
from collections.abc import Mapping
from functools import lru_cache
from importlib.resources import files
from typing import Final

import msgspec

from xiaoer.rulebook.model import Parameter, Profile, ShelfTable

PROFILE: Final = "rulebook.profile"
"""The parameter that names a marketplace's profile."""


def _read(*path: str) -> str:
    return files("xiaoer").joinpath(*path).read_text("utf-8")


@lru_cache(maxsize=1)
def shipped() -> Mapping[str, Parameter]:
    """Every parameter by its name, in the order of tables/parameters.toml."""
    found = tomllib.loads(_read("rulebook", "tables", "parameters.toml"))
    return {name: msgspec.convert({"name": name, **body}, Parameter) for name, body in found.items()}


@lru_cache(maxsize=1)
def shelf() -> Mapping[str, ShelfTable]:
    """Every decision table by its full name, with its shipped text, in the order of shelf.toml."""
    found = tomllib.loads(_read("rulebook", "shelf.toml"))
    return {name: _shelf_table(name, body) for name, body in found.items()}


def _shelf_table(name: str, body: Mapping[str, object]) -> ShelfTable:
    domain, _, table = name.partition(".")
    return msgspec.convert(
        {"name": name, "text": _read(domain, "tables", f"{table}.toml"), **body}, ShelfTable
    )


@lru_cache(maxsize=1)
def profiles() -> Mapping[str, Profile]:
    """Every profile by its name; the first option of the parameter `rulebook.profile` changes nothing."""
    return {name: _profile(name) for name in shipped()[PROFILE].options}


def _profile(name: str) -> Profile:
    folder = files("xiaoer").joinpath("rulebook", "profiles", name)
    texts: dict[str, str] = {}
    if folder.is_dir():
        texts = {
            one.name.removesuffix(".toml"): one.read_text("utf-8")
            for one in folder.iterdir()
            if one.name.endswith(".toml")
        }
    body = tomllib.loads(_read("rulebook", "profiles", f"{name}.toml"))
    return msgspec.convert({"name": name, "tables": texts, **body}, Profile)


@lru_cache(maxsize=16)
def parameters(profile: str) -> Mapping[str, Parameter]:
    """Every parameter as a profile ships it: its default, and how far law lets anybody go."""
    under = profiles()[profile]
    return {
        name: msgspec.structs.replace(
            parameter,
            default=under.values.get(name, parameter.default),
            floor=under.floors.get(name, parameter.floor),
            ceiling=under.ceilings.get(name, parameter.ceiling),
            basis=under.basis.get(name, parameter.basis),
        )
        for name, parameter in shipped().items()
    }


@lru_cache(maxsize=16)
def texts(profile: str) -> Mapping[str, str]:
    """The text of every table on the shelf as a profile ships it."""
    under = profiles()[profile].tables
    return {name: under.get(name, table.text) for name, table in shelf().items()}
