"""The import contracts themselves: every domain is in each of them, and ours finds what it should."""

import sys
import tomllib

import pytest
from grimp import ImportGraph

from tests.architecture.source import ROOT, SRC, name, python_files, tree
from tests.architecture.syntax import imported
from tools.contracts import ReservedContract
from tools.layers import domains, height, may_read


def settings() -> list[dict[str, object]]:
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"][
        "contracts"
    ]


def test_the_inside_of_every_domain_is_under_contract():
    inside = next(one for one in settings() if one["name"] == "Inside a domain, the shell calls the core")
    assert inside["containers"] == sorted(f"xiaoer.{domain}" for domain in domains())


def test_the_kernel_needs_only_the_standard_library():
    allowed = sys.stdlib_module_names | {"xiaoer"}
    strangers = {
        f"{name(path)} imports {module}"
        for path in python_files(SRC / "kernel")
        for module in imported(tree(path))
        if module.partition(".")[0] not in allowed
    }
    assert not strangers


def contract(modules: list[str], importers: list[str]) -> ReservedContract:
    options = {"modules": modules, "importers": importers}
    return ReservedContract(
        name="under test", session_options={"root_packages": ["xiaoer"]}, contract_options=options
    )


@pytest.mark.parametrize(
    ("importer", "imported_module", "kept"),
    [
        ("xiaoer.orders.actions", "xiaoer.orders.store", True),
        ("xiaoer.orders.actions.import_file", "xiaoer.orders.store.rows", True),
        ("xiaoer.orders.store.rows", "xiaoer.orders.store.lines", True),
        ("xiaoer.orders.http", "xiaoer.orders.store", False),
        ("xiaoer.conversations.actions", "xiaoer.orders.store", False),
        ("xiaoer.main", "xiaoer.orders.store.rows", False),
        ("xiaoer.orders.actionsmith", "xiaoer.orders.store", False),
        ("xiaoer.orders.http", "xiaoer.plumbing.store", True),
    ],
)
def test_a_store_is_opened_only_by_its_own_actions_and_queries(
    importer: str, imported_module: str, kept: bool
):
    graph = ImportGraph()
    for module in (importer, imported_module):
        graph.add_module(module)
    graph.add_import(importer=importer, imported=imported_module)
    outcome = contract(["store"], ["{domain}.actions", "{domain}.queries"]).check(graph, verbose=False)
    assert outcome.kept is kept


def test_the_order_of_the_domains_is_read_from_the_contract():
    assert height("kernel") == 0 < height("plumbing") < height("identity") < height("conversations")
    assert may_read("conversations", "orders")
    assert may_read("orders", "orders")
    assert not may_read("orders", "conversations")
    assert not may_read("guard", "orders"), "neighbours do not see each other"
