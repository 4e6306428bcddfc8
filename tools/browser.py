"""Find a Chromium for the tests of the pages, or install one; standard library only."""

import os
import shutil
import socket
import subprocess
from collections.abc import Sequence
from pathlib import Path

from tools.progress import StepFailed, run

SHELL = "chromium-headless-shell"
"""Chromium without what draws windows: half the work for the same pages."""

NAMES = (SHELL, "chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FONT_FOLDERS = ("/usr/share/fonts", "/usr/local/share/fonts", "~/.fonts", "~/.local/share/fonts")
FREE_PORTS = 11_000
CHINESE_FONTS = ("cjk", "wqy", "droidsansfallback", "sourcehan", "noto sans sc")
APT = ("apt-get", "-q", "-o", "DPkg::Lock::Timeout=300", "-o", "Acquire::Retries=3")


def find() -> str | None:
    """Return the path of a Chromium: XIAOER_CHROMIUM first, then what the machine has."""
    chosen = os.environ.get("XIAOER_CHROMIUM")
    if chosen:
        return chosen
    return next((path for name in NAMES if (path := shutil.which(name))), None)


def free_port() -> int:
    """A port nobody listens on, below those that clients are given; two that look at once look elsewhere."""
    first = os.getpid() % FREE_PORTS
    for place in range(FREE_PORTS):
        number = 21_000 + (first + place) % FREE_PORTS
        with socket.socket() as one:
            try:
                one.bind(("127.0.0.1", number))
            except OSError:
                continue
            return number
    raise StepFailed("there is no free port between 21000 and 32000")


def has_chinese_font() -> bool:
    """Say whether some font can draw Chinese; without one every page is a row of boxes."""
    if listing := shutil.which("fc-list"):
        done = subprocess.run([listing, ":lang=zh"], capture_output=True, text=True, check=False)
        return bool(done.stdout.strip())
    return any(
        any(name in file.name.lower() for name in CHINESE_FONTS)
        for folder in FONT_FOLDERS
        for file in Path(folder).expanduser().rglob("*.[ot]t[cf]")
    )


def install() -> None:
    """Install what is missing of browser and font, or say which command would."""
    may = os.geteuid() == 0 and shutil.which("apt-get") is not None
    fonts = [] if has_chinese_font() else ["fonts-wqy-microhei"]
    if may and find() != shutil.which(SHELL):
        _install_shell(fonts)
        return
    wanted = ([] if find() else ["chromium"]) + fonts
    if not wanted:
        return
    if not may:
        raise StepFailed(
            "the tests of the pages need Chromium and a Chinese font. Install them: "
            f"sudo apt-get install {' '.join(wanted)} (Debian, Ubuntu), or name a Chromium in XIAOER_CHROMIUM"
        )
    apt_install("Browser for the tests", wanted)


def _install_shell(fonts: Sequence[str]) -> None:
    """Install the small Chromium where Debian has one; another that is there does as well, but slower."""
    if os.environ.get("XIAOER_CHROMIUM") and not fonts:
        return
    quiet = {"DEBIAN_FRONTEND": "noninteractive"}
    try:
        run("Browser for the tests: package lists", [*APT, "update"], env=quiet, tries=2)
        known = subprocess.run(["apt-cache", "show", SHELL], capture_output=True, check=False).returncode == 0
        wanted = [SHELL] if known else [] if find() else ["chromium"]
        if wanted or fonts:
            apt_install("Browser for the tests", [*wanted, *fonts], listed=True)
    except StepFailed:
        if fonts or not find():
            raise


def apt_install(title: str, packages: Sequence[str], *, listed: bool = False) -> None:
    """Install Debian packages as root, as one step; `listed`: the package lists have just been fetched."""
    quiet = {"DEBIAN_FRONTEND": "noninteractive"}
    if not listed:
        run(f"{title}: package lists", [*APT, "update"], env=quiet, tries=2)
    run(title, [*APT, "install", "-y", "--no-install-recommends", *packages], env=quiet, tries=2)
