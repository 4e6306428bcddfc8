"""The source as the architecture tests see it: files, syntax trees, and the exceptions written down."""

import ast
import re
from functools import cache
from pathlib import Path

from tools.progress import ROOT

SRC = ROOT / "src" / "xiaoer"
WEB = ROOT / "web"
TESTS = ROOT / "tests"
VIOLATIONS = ROOT / "docs" / "violations.md"
NOT_OURS = {"node_modules", "dist", "pages"}


def name(path: Path) -> str:
    """Name a file from the root of the project, the same on every machine."""
    return path.relative_to(ROOT).as_posix()


def python_files(*folders: Path) -> list[Path]:
    """List the Python files below the folders."""
    return sorted(path for folder in folders for path in folder.rglob("*.py") if not NOT_OURS & {*path.parts})


def page_files() -> list[Path]:
    """List the TypeScript files of the pages, without tests and the generated ones."""
    files = [
        path for kind in ("*.ts", "*.tsx") for part in ("src", "apps") for path in (WEB / part).rglob(kind)
    ]
    made = {"schema.d.ts", "events.ts", "resources.d.ts"}
    return sorted(
        path
        for path in files
        if not NOT_OURS & {*path.parts} and path.name not in made and ".test." not in path.name
    )


@cache
def tree(path: Path) -> ast.Module:
    """Parse a Python file."""
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def lines(path: Path) -> int:
    """Count the lines of a file."""
    return len(path.read_text(encoding="utf-8").splitlines())


@cache
def exceptions(title: str) -> dict[str, str]:
    """Read one table of docs/violations.md: where → why."""
    section = VIOLATIONS.read_text(encoding="utf-8").partition(f"## {title}\n")[2].partition("\n## ")[0]
    rows = re.findall(r"^\| `([^`]+)` \| (.+) \|$", section, flags=re.MULTILINE)
    return dict(rows)


def judge(found: dict[str, str], title: str) -> list[str]:
    """Compare what a check found with what is written down; returns the complaints."""
    known = exceptions(title)
    fresh = [f"{where}: {what}" for where, what in sorted(found.items()) if where not in known]
    stale = [
        f"{where}: no longer needed in docs/violations.md" for where in sorted(known) if where not in found
    ]
    return fresh + stale
