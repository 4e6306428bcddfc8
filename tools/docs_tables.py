"""Write docs/tables/: every decision table for people who do not read TOML, in English and Chinese."""

import shutil
import sys
import tomllib
from pathlib import Path

from tools.generators import folder_argument
from tools.progress import ROOT
from xiaoer.kernel.table import Table
from xiaoer.kernel.table_text import load, markdown

SOURCE = ROOT / "src" / "xiaoer"
PROFILES = SOURCE / "rulebook" / "profiles"
LANGUAGES = {"en": ".md", "zh": ".zh.md"}
HEAD = """\
# Decision tables

Every table decides one question; for every case that can happen exactly one row holds, which is proved.
A name with a profile behind it is what that profile says instead. Written from `src/xiaoer/*/tables/` and
`src/xiaoer/rulebook/profiles/` by `make draw`.

| table | question | 中文 |
|---|---|---|
"""


def main() -> int:
    """Write every table; returns the exit code."""
    folder = folder_argument() / "docs" / "tables"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    rows = [write(path, folder) for path in table_files()]
    rows += [write_variant(path, folder) for path in sorted(PROFILES.glob("*/*.toml"))]
    if rows:
        (folder / "README.md").write_text(HEAD + "".join(rows), encoding="utf-8")
    return 0


def table_files() -> list[Path]:
    """List the decision tables: the TOML files that name themselves a table and have rows."""
    files = sorted(SOURCE.rglob("tables/**/*.toml"))
    return [
        path for path in files if {"table", "row"} <= tomllib.loads(path.read_text(encoding="utf-8")).keys()
    ]


def write(path: Path, folder: Path) -> str:
    """Write one table in every language; returns its row of the list."""
    table = load(path.read_text(encoding="utf-8"))
    return _written(table, f"{path.relative_to(SOURCE).parts[0]}.{table.name}", folder)


def write_variant(path: Path, folder: Path) -> str:
    """Write a profile's own wording of a table; returns its row of the list."""
    return _written(load(path.read_text(encoding="utf-8")), f"{path.stem}.{path.parent.name}", folder)


def _written(table: Table, name: str, folder: Path) -> str:
    for language, ending in LANGUAGES.items():
        (folder / (name + ending)).write_text(markdown(table, language).rstrip() + "\n", encoding="utf-8")
    english, chinese = (table.title.get(language, table.name) for language in LANGUAGES)
    return f"| `{name}` | [{english}]({name}.md) | [{chinese}]({name}.zh.md) |\n"


if __name__ == "__main__":
    sys.exit(main())
