"""A contract for import-linter: some files of a domain are opened only by those named."""

from collections.abc import Iterable
from typing import Any, ClassVar, cast

from grimp import ImportGraph
from importlinter import Contract, ContractCheck, fields, output

Link = tuple[str, str]


class ReservedContract(Contract):
    """Files such as `store` may be imported only from the places listed, in every domain.

    modules: names of files (or folders) in a domain, such as `store`.
    importers: places below `xiaoer` that may import them; `{domain}` stands for the file's own domain.
    A reserved folder may always import its own parts. `plumbing` and `kernel` are no domains.
    """

    type_name: ClassVar[str] = "reserved"
    modules = fields.ListField(subfield=fields.StringField())
    importers = fields.ListField(subfield=fields.StringField())

    def check(self, graph: ImportGraph, verbose: bool) -> ContractCheck:  # noqa: ARG002
        """Collect the imports that nobody allowed."""
        modules, importers = words(self.modules), words(self.importers)
        broken = [
            (importer, reserved)
            for reserved in sorted(graph.modules)
            if (home := reserved_home(reserved, modules))
            for importer in sorted(graph.find_modules_that_directly_import(reserved))
            if not allowed(importer, home, importers)
        ]
        return ContractCheck(kept=not broken, metadata={"broken": broken})

    def render_broken_contract(self, check: ContractCheck) -> None:
        """Name each forbidden import."""
        links: list[Link] = check.metadata["broken"]
        for importer, reserved in links:
            output.print_error(f"{importer} imports {reserved}", bold=False)


def words(field: Any) -> list[str]:
    """Read a field that import-linter has filled with words."""
    return [str(word) for word in cast("Iterable[Any]", field)]


def reserved_home(module: str, names: list[str]) -> str | None:
    """Return the reserved file a module is or lies in: `xiaoer.orders.store.rows` → `xiaoer.orders.store`."""
    root, _, rest = module.partition(".")
    parts = rest.split(".")
    if len(parts) < 2 or parts[0] in {"plumbing", "kernel", "cli"} or parts[1] not in names:
        return None
    return ".".join((root, *parts[:2]))


def allowed(importer: str, home: str, places: list[str]) -> bool:
    """Say whether a module may import what lies in a reserved file."""
    root, domain, _ = home.split(".")
    doors = [home, *(f"{root}.{place.format(domain=domain)}" for place in places)]
    return any(importer == door or importer.startswith(door + ".") for door in doors)
