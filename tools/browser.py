"""Find a Chromium for the tests of the pages, or install one; standard library only."""

import os
import shutil
import socket
import subprocess
from collections.abc import Sequence
from pathlib import Path

from tools.progress import StepFailed, run

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FONT_FOLDERS = ("/usr/share/fonts", "/usr/local/share/fonts", "~/.fonts", "~/.local/share/fonts")
CHINESE_FONTS = ("cjk", "wqy", "droidsansfallback", "sourcehan", "noto sans sc")
APT = ("apt-get", "-q", "-o", "DPkg::Lock::Timeout=300", "-o", "Acquire::Retries=3")


def find() -> str | None:
    """Return the path of a Chromium: XIAOER_CHROMIUM first, then what the machine has."""
    chosen = os.environ.get("XIAOER_CHROMIUM")
    if chosen:
        return chosen
    return next((path for name in NAMES if (path := shutil.which(name))), None)


def free_port() -> int:
    """A port nobody listens on, below those that clients are given."""
    for number in range(21_000, 32_000):
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
    wanted = ([] if find() else ["chromium"]) + ([] if has_chinese_font() else ["fonts-wqy-microhei"])
    if not wanted:
        return
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        raise StepFailed(
            "the tests of the pages need Chromium and a Chinese font. Install them: "
            f"sudo apt-get install {' '.join(wanted)} (Debian, Ubuntu), or name a Chromium in XIAOER_CHROMIUM"
        )
    apt_install("Browser for the tests", wanted)


def apt_install(title: str, packages: Sequence[str]) -> None:
    """Install Debian packages as root, as one step."""
    quiet = {"DEBIAN_FRONTEND": "noninteractive"}
    run(f"{title}: package lists", [*APT, "update"], env=quiet, tries=2)
    run(title, [*APT, "install", "-y", "--no-install-recommends", *packages], env=quiet, tries=2)
