"""Write the files that are made from code, or check that they are fresh.

    python -m tools.generate             write all of them
    python -m tools.generate draw        write one group: draw, types or schema
    python -m tools.generate --check     write them elsewhere and compare; exit code 1 when one is stale

A generator is a program in tools/ or web/tools/; it writes its files below the folder given after `--into`.
"""

import argparse
import difflib
import os
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from tools.progress import ROOT, calm, say

BIN = ROOT / ".venv" / "bin"
DIFF_LINES = 40


@dataclass(frozen=True)
class Generator:
    """One maker of files: its program and what it writes, as paths from the root (files or folders)."""

    group: str
    program: str
    writes: tuple[str, ...]

    def command(self, root: Path) -> list[str]:
        """Say how it is run: a module of Python, or a script of Node."""
        if self.program.endswith(".py"):
            module = self.program.removesuffix(".py").replace("/", ".")
            return [sys.executable, "-m", module, "--into", str(root)]
        return ["node", self.program, "--into", str(root)]


# The one list. In order: a later generator reads what an earlier one wrote below the same folder.
GENERATORS = (
    Generator("draw", "tools/docs_map.py", ("docs/map.md",)),
    Generator("draw", "tools/docs_machines.py", ("docs/machines",)),
    Generator("draw", "tools/docs_tables.py", ("docs/tables",)),
    Generator("draw", "tools/docs_events.py", ("docs/events.md",)),
    Generator("schema", "tools/dump_schema.py", ("db/schema.sql",)),
    Generator("types", "tools/describe_api.py", ("docs/api", "docs/api.md")),
    Generator(
        "types",
        "web/tools/types.mjs",
        ("web/src/api/schema.d.ts", "web/src/api/events.ts", "web/src/i18n/resources.d.ts"),
    ),
)


def main() -> int:
    """Write or check; returns the exit code."""
    calm()
    parser = argparse.ArgumentParser(prog="tools.generate", description=__doc__)
    parser.add_argument("group", nargs="?", choices=sorted({one.group for one in GENERATORS}))
    parser.add_argument("--check", action="store_true", help="compare instead of writing")
    options = parser.parse_args()
    chosen = [one for one in GENERATORS if options.group in (None, one.group)]
    if options.check:
        return check(chosen)
    return max((write(one, ROOT) for one in chosen), default=0)


def write(generator: Generator, root: Path) -> int:
    """Run one generator; returns its exit code."""
    env = dict(os.environ) | {"PATH": os.pathsep.join((str(BIN), os.environ.get("PATH", "")))}
    done = subprocess.run(generator.command(root), cwd=ROOT, env=env, stdin=subprocess.DEVNULL, check=False)
    if done.returncode:
        say(f"{generator.program}: failed")
    elif root == ROOT:
        say(f"{generator.program}: {', '.join(generator.writes)}")
    return done.returncode


def check(generators: list[Generator]) -> int:
    """Compare the checked-in files with what the code makes now; returns the exit code."""
    failed = 0
    with tempfile.TemporaryDirectory(prefix="xiaoer-generate-") as folder:
        for generator in generators:
            failed |= write(generator, Path(folder))
            for name in generator.writes:
                for difference in differences(Path(folder) / name, ROOT / name):
                    print(difference)
                    failed = 1
    if failed:
        say("Stale. Write them anew with make draw, make types or make schema, and read the difference.")
    return failed


def differences(fresh: Path, kept: Path) -> list[str]:
    """Tell, file by file, how the kept files differ from the fresh ones."""
    found: list[str] = []
    names = {path.relative_to(fresh) for path in files(fresh)} | {
        path.relative_to(kept) for path in files(kept)
    }
    for name in sorted(names):
        new, old = read(fresh / name), read(kept / name)
        if new == old:
            continue
        label = str((kept / name).relative_to(ROOT))
        lines = difflib.unified_diff(old, new, f"{label} (kept)", f"{label} (fresh)", lineterm="", n=1)
        found += list(lines)[:DIFF_LINES]
    return found


def files(path: Path) -> list[Path]:
    """List the files at or below a path."""
    return [path] if path.is_file() else [one for one in path.rglob("*") if one.is_file()]


def read(path: Path) -> list[str]:
    """Read the lines of a file; a missing file has none, not even an empty one."""
    return [*path.read_text(encoding="utf-8").splitlines(), ""] if path.is_file() else []


if __name__ == "__main__":
    sys.exit(main())
