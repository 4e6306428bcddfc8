"""Write docs/map.md: one line per folder of src/xiaoer, from the docstring of each, top layer first."""

import ast
import sys
from pathlib import Path

from tools.generators import folder_argument
from tools.layers import layers
from tools.progress import ROOT

SOURCE = ROOT / "src" / "xiaoer"

HEAD = """\
# The map

One line per folder of `src/xiaoer`, from the top layer to the bottom. A folder may import what stands
below it, never what stands above or beside it. Made from the folders' own docstrings by `make draw`.

| folder | what it is for |
|---|---|
"""


def main() -> int:
    """Write the map; returns the exit code."""
    target = folder_argument() / "docs" / "map.md"
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(HEAD + "".join(rows()), encoding="utf-8")
    return 0


def rows() -> list[str]:
    """Make a table row for every folder and, indented, for the folders in it."""
    made: list[str] = []
    for layer in layers():
        for name in layer:
            top = SOURCE / name / "__init__.py"
            for init in [top, *sorted(top.parent.rglob("*/__init__.py"))]:
                if init.exists():
                    path = init.parent.relative_to(SOURCE).as_posix()
                    made.append(f"| `{path}/` | {sentence(init)} |\n")
    return made


def sentence(init: Path) -> str:
    """Read a folder's docstring as one line; raises ValueError when there is none."""
    text = ast.get_docstring(ast.parse(init.read_text(encoding="utf-8")))
    if not text:
        raise ValueError(f"{init.relative_to(ROOT)} has no docstring")
    return " ".join(text.split()).replace("|", "\\|")


if __name__ == "__main__":
    sys.exit(main())
