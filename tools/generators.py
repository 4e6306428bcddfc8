"""What the generators of `tools.generate` share."""

import argparse
import importlib
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

from tools.layers import layers
from tools.progress import ROOT
from xiaoer.plumbing.events import Event


def folder_argument() -> Path:
    """Read `--into FOLDER` from the command line: below it the generator writes; the root by default."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--into", type=Path, default=ROOT)
    return parser.parse_args().into


def modules(name: str) -> Iterator[tuple[str, ModuleType]]:
    """Import the file of that name, or every file of the folder of that name, in every package."""
    source = ROOT / "src" / "xiaoer"
    for package in sorted(package for layer in layers() for package in layer):
        home = source / package
        for path in [home / f"{name}.py", *sorted((home / name).glob("*.py"))]:
            if path.exists() and (path.stem != "__init__"):
                dotted = ".".join(path.relative_to(source.parent).with_suffix("").parts)
                yield package, importlib.import_module(dotted)


def events_of(module: ModuleType) -> list[type[Event]]:
    """List the events a module says itself."""
    return [
        one
        for one in vars(module).values()
        if isinstance(one, type)
        and issubclass(one, Event)
        and one.__module__ == module.__name__
        and "name" in vars(one)
    ]
