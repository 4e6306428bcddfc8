"""The order of the domains, read from the import contracts in pyproject.toml: said once, used by all."""

import re
import tomllib
from functools import cache

from tools.progress import ROOT

CONTRACT = "Domains form layers; every package is listed"


@cache
def layers() -> tuple[tuple[str, ...], ...]:
    """List the layers from top to bottom; the names in one layer are neighbours that may not meet."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    for contract in settings["tool"]["importlinter"]["contracts"]:
        if contract["name"] == CONTRACT:
            return tuple(tuple(re.findall(r"\w+", layer)) for layer in contract["layers"])
    raise LookupError(CONTRACT)


def height(name: str) -> int:
    """Say how high a package stands: 0 is the bottom; raises KeyError for a package not listed."""
    for depth, layer in enumerate(reversed(layers())):
        if name in layer:
            return depth
    raise KeyError(name)


def domains() -> tuple[str, ...]:
    """List the domains: every listed package but the composition root, the command line, and the floor."""
    others = {"main", "cli", "plumbing", "kernel"}
    return tuple(name for layer in layers() for name in layer if name not in others)


def may_read(reader: str, other: str) -> bool:
    """Say whether one package may see another: itself and whatever stands lower."""
    return reader == other or height(reader) > height(other)
