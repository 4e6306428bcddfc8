"""What one release of the program ships of the rulebook, read from its files or as it was kept."""

import hashlib
import tomllib
from collections.abc import Mapping
from functools import cache, cached_property
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Final, Self

import msgspec

from xiaoer.kernel.table import Table
from xiaoer.rulebook.model import Parameter, Profile, ShelfTable, parsed

PROFILE: Final = "rulebook.profile"
"""The parameter that names a marketplace's profile."""

PARAMETERS: Final = "rulebook/tables/parameters.toml"
SHELF: Final = "rulebook/shelf.toml"
PROFILES: Final = "rulebook/profiles/"


class Shipment:
    """Everything a release ships of the rulebook; equal files, equal `digest`.

    With a `newer` release, that one is what runs: what it alone knows, and what it asks in another way, is
    taken from it; everything else stays as this release shipped it.
    """

    def __init__(self, texts: Mapping[str, str], newer: Self | None = None) -> None:
        self.files = dict(sorted(texts.items()))
        self._newer = newer
        self.parameters = cache(self._parameters)
        self.texts = cache(self._texts)

    @cached_property
    def digest(self) -> str:
        """What names this release's rules."""
        return hashlib.sha256(msgspec.json.encode(self.files)).hexdigest()

    @cached_property
    def shipped(self) -> Mapping[str, Parameter]:
        """Every parameter by its name, in the order of tables/parameters.toml."""
        found = tomllib.loads(self.files[PARAMETERS])
        return {name: msgspec.convert({"name": name, **body}, Parameter) for name, body in found.items()}

    @cached_property
    def shelf(self) -> Mapping[str, ShelfTable]:
        """Every decision table by its full name, with its shipped text, in the order of shelf.toml."""
        found = tomllib.loads(self.files[SHELF])
        return {name: self._shelf_table(name, body) for name, body in found.items()}

    def _shelf_table(self, name: str, body: Mapping[str, object]) -> ShelfTable:
        return msgspec.convert({"name": name, "text": self.files[table_file(name)], **body}, ShelfTable)

    @cached_property
    def profiles(self) -> Mapping[str, Profile]:
        """Every profile by its name; the first option of `rulebook.profile` changes nothing."""
        return {name: self._profile(name) for name in self.shipped[PROFILE].options}

    def _profile(self, name: str) -> Profile:
        folder = f"{PROFILES}{name}/"
        tables = {
            path.removeprefix(folder).removesuffix(".toml"): text
            for path, text in self.files.items()
            if path.startswith(folder)
        }
        body = tomllib.loads(self.files[f"{PROFILES}{name}.toml"])
        return msgspec.convert({"name": name, "tables": tables, **body}, Profile)

    def _parameters(self, profile: str) -> Mapping[str, Parameter]:
        newer: Mapping[str, Parameter] = self._newer.parameters(profile) if self._newer else {}
        if self._newer and profile not in self.profiles:
            return newer
        under = self.profiles[profile]
        own = {
            name: msgspec.structs.replace(
                parameter,
                default=under.values.get(name, parameter.default),
                floor=under.floors.get(name, parameter.floor),
                ceiling=under.ceilings.get(name, parameter.ceiling),
                basis=under.basis.get(name, parameter.basis),
            )
            for name, parameter in self.shipped.items()
        }
        return {**own, **{name: one for name, one in newer.items() if not _same_kind(own.get(name), one)}}

    def _texts(self, profile: str) -> Mapping[str, str]:
        newer: Mapping[str, str] = self._newer.texts(profile) if self._newer else {}
        if self._newer and profile not in self.profiles:
            return newer
        under = self.profiles[profile].tables
        own = {name: under.get(name, table.text) for name, table in self.shelf.items()}
        if not newer:
            return own
        return {name: _kept(name, own.get(name), text) for name, text in newer.items()}

    def beside(self, newer: Self) -> Self:
        """The rules of this release as a newer one can ask them."""
        return self if newer.digest == self.digest else type(self)(self.files, newer)


def table_file(name: str) -> str:
    """Where the text of a table is shipped."""
    domain, _, table = name.partition(".")
    return f"{domain}/tables/{table}.toml"


def _same_kind(old: Parameter | None, new: Parameter) -> bool:
    return old is not None and (old.type, old.unit) == (new.type, new.unit)


def _kept(name: str, old: str | None, new: str) -> str:
    if old is None or old == new:
        return new
    return old if _answers(parsed(name, old), parsed(name, new)) else new


def _answers(old: Table, new: Table) -> bool:
    """Whether an old table takes every question that is put to the new one, and says nothing it does not."""
    asked, wanted = ({one.name: one for one in table.inputs} for table in (old, new))
    said, known = ({one.name: one for one in table.outputs} for table in (old, new))
    if old.hit != new.hit or asked.keys() != wanted.keys() or said.keys() != known.keys():
        return False
    takes = all(
        one.kind == wanted[name].kind and set(one.values) >= set(wanted[name].values)
        for name, one in asked.items()
    )
    return takes and all(
        (one.kind, one.many) == (known[name].kind, known[name].many)
        and set(one.words) <= set(known[name].words)
        for name, one in said.items()
    )


@cache
def current() -> Shipment:
    """What this release ships."""
    root = files("xiaoer")
    paths = [PARAMETERS, SHELF, *(table_file(name) for name in tomllib.loads(_read(root, SHELF)))]
    for one in (root / "rulebook" / "profiles").iterdir():
        if one.is_dir():
            paths += [f"{PROFILES}{one.name}/{table.name}" for table in one.iterdir()]
        else:
            paths.append(f"{PROFILES}{one.name}")
    return Shipment({path: _read(root, path) for path in paths if path.endswith(".toml")})


def _read(root: Traversable, path: str) -> str:
    return root.joinpath(*path.split("/")).read_text("utf-8")
