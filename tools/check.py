"""Every check and every test of the project, in one command: `make test`.

The checks run two at a time, the tests last, so that their closing line ends the output. Each failed
check shows its output; the exit code is 1 when anything failed.
"""

import os
import subprocess
import sys
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass
from pathlib import Path

from tools import browser
from tools.progress import ROOT, calm, say, seconds

BIN = ROOT / ".venv" / "bin"
WEB = ROOT / "web"
AT_ONCE = 2


@dataclass(frozen=True)
class Check:
    """A command that must end with exit code 0."""

    title: str
    command: Sequence[str]
    cwd: Path = ROOT


@dataclass(frozen=True)
class Outcome:
    """What a check said, and how long it took."""

    check: Check
    code: int
    output: str
    elapsed_seconds: float


def migrations() -> list[str]:
    """List the migrations, oldest first."""
    return [str(path.relative_to(ROOT)) for path in sorted((ROOT / "db" / "migrations").glob("*.sql"))]


def checks() -> list[Check]:
    """List what is checked before the tests, the longest first so that two cores end together."""
    return [
        Check("types, strictly (pyright)", ["pyright"]),
        Check("tests of the pages (vitest)", ["vitest", "run"], WEB),
        Check("types of the pages (tsc)", ["tsc", "--noEmit"], WEB),
        Check("generated files are fresh", ["python", "-m", "tools.generate", "--check"]),
        Check("types (ty)", ["ty", "check"]),
        Check("style (ruff check)", ["ruff", "check", "."]),
        Check("form (ruff format)", ["ruff", "format", "--check", "."]),
        Check("who imports whom (lint-imports)", ["lint-imports", "--no-logo"]),
        Check("who imports whom in the pages (depcruise)", ["depcruise", "src", "apps"], WEB),
        Check("style of the pages (oxlint)", ["oxlint", "--deny-warnings"], WEB),
        Check("weight of the first pages (sizes)", ["node", "tools/sizes.mjs"], WEB),
        *([Check("migrations (squawk)", ["squawk", *migrations()])] if migrations() else []),
    ]


def environment() -> dict[str, str]:
    """Name our own commands first, and the browser for the tests of the pages.

    Python may keep what it compiled: the tests start the program some hundred times, and without that
    each start spends twice the processor time.
    """
    paths = (str(BIN), str(WEB / "node_modules" / ".bin"), os.environ.get("PATH", ""))
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    found = kept | {"PATH": os.pathsep.join(paths), "NO_COLOR": "1", "TERM": "dumb"}
    return found | {"XIAOER_CHROMIUM": browser.find() or ""}


def perform(check: Check, env: dict[str, str]) -> Outcome:
    """Run one check to its end."""
    started = time.monotonic()
    done = subprocess.run(
        list(check.command),
        cwd=check.cwd,
        env=env,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        check=False,
    )
    output = done.stdout.decode(errors="replace").strip()
    return Outcome(check, done.returncode, output, time.monotonic() - started)


def perform_all(env: dict[str, str]) -> list[str]:
    """Run the checks two at a time; returns the titles of those that failed."""
    failed: list[str] = []
    with ThreadPoolExecutor(AT_ONCE) as pool:
        for future in as_completed([pool.submit(perform, check, env) for check in checks()]):
            outcome = future.result()
            word = "FAILED" if outcome.code else "ok    "
            say(f"{word} {outcome.check.title} ({seconds(outcome.elapsed_seconds)})")
            if outcome.code:
                failed.append(outcome.check.title)
                print("\n".join(f"    {line}" for line in outcome.output.splitlines()), flush=True)
    return failed


def main() -> int:
    """Check, then test; returns the exit code."""
    calm()
    env = environment()
    started = time.monotonic()
    failed = perform_all(env)
    elapsed = seconds(time.monotonic() - started)
    say(f"{len(checks()) - len(failed)} of {len(checks())} checks are in order ({elapsed}); now the tests")
    spread = ["-n", str(AT_ONCE), "--dist", "loadfile", "--no-loadscope-reorder"]
    tests = ["pytest", "-q", *spread, *sys.argv[1:]]
    code = subprocess.run(tests, cwd=ROOT, env=env, stdin=subprocess.DEVNULL, check=False).returncode
    if failed:
        say(f"Failed before the tests: {'; '.join(failed)}")
    return 1 if failed or code else 0


if __name__ == "__main__":
    sys.exit(main())
