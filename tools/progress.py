"""One calm line per step, on a terminal and in a log alike; standard library only.

A step's own output goes to a file under `.make/log/` and is shown only when the step fails.
"""

import os
import re
import subprocess
import sys
import threading
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TextIO

ROOT = Path(__file__).resolve().parent.parent
LOGS = ROOT / ".make" / "log"
TAIL_LINES = 60


class StepFailed(Exception):
    """A step ended with an error; its output has been shown already."""


def calm() -> None:
    """Make sure that no character of ours can fail to print, whatever the locale."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure:
            reconfigure(errors="replace", line_buffering=True)


def say(text: str) -> None:
    """Print one line, indented like the steps."""
    print(f"  {text}", flush=True)


def seconds(elapsed_seconds: float) -> str:
    """Write a duration for people: `0.4 s`, `12 s`, `2 min 5 s`."""
    if elapsed_seconds < 10:
        return f"{elapsed_seconds:.1f} s"
    minutes, rest = divmod(round(elapsed_seconds), 60)
    return f"{minutes} min {rest} s" if minutes else f"{rest} s"


class Line:
    """A line that says what is being done and, at the end, how long it took."""

    def __init__(self, title: str) -> None:
        self._title = title
        self._started = time.monotonic()
        self._live = sys.stdout.isatty()
        self._over = threading.Event()
        print(f"  {title} … ", end="", flush=True)
        if self._live:
            self._ticker = threading.Thread(target=self._tick, daemon=True)
            self._ticker.start()

    def _tick(self) -> None:
        while not self._over.wait(1):
            self._draw(seconds(time.monotonic() - self._started))

    def _draw(self, text: str) -> None:
        sys.stdout.write(f"\r\033[2K  {self._title} … {text}")
        sys.stdout.flush()

    def end(self, word: str = "") -> None:
        """Finish the line with the time it took, after a word such as `failed`."""
        self._over.set()
        text = f"{word} {seconds(time.monotonic() - self._started)}".strip()
        if self._live:
            self._ticker.join()
            self._draw(text)
            print(flush=True)
        else:
            print(text, flush=True)


def log_path(title: str) -> Path:
    """Name the file that keeps a step's output."""
    LOGS.mkdir(parents=True, exist_ok=True)
    return LOGS / (re.sub(r"[^a-z0-9]+", "-", title.lower()).strip("-") + ".log")


def run(
    title: str,
    command: Sequence[str],
    *,
    cwd: Path = ROOT,
    env: Mapping[str, str] | None = None,
    tries: int = 1,
) -> None:
    """Run one command as a step; raises StepFailed after showing the end of its output.

    A command that needs the network may be tried again: a lost connection is no reason to give up.
    """
    line = Line(title)
    log = log_path(title)
    for attempt in range(1, tries + 1):
        with log.open("w", encoding="utf-8", errors="replace") as out:
            if _call(command, cwd=cwd, env=env, out=out) == 0:
                line.end()
                return
        if attempt < tries:
            time.sleep(2)
    line.end("failed after")
    show_tail(log)
    raise StepFailed(title)


def _call(command: Sequence[str], *, cwd: Path, env: Mapping[str, str] | None, out: TextIO) -> int:
    try:
        done = subprocess.run(
            list(command),
            cwd=cwd,
            env=dict(os.environ) | dict(env or {}),
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=subprocess.STDOUT,
            check=False,
        )
    except OSError as error:
        out.write(f"cannot start {command[0]}: {error.strerror}\n")
        return 127
    return done.returncode


def show_tail(log: Path) -> None:
    """Print the last lines of a step's output and say where the rest is."""
    lines = log.read_text(encoding="utf-8", errors="replace").splitlines()
    for text in lines[-TAIL_LINES:]:
        print(f"    {text}")
    if len(lines) > TAIL_LINES:
        print(f"    (the whole output is in {log.relative_to(ROOT)})")
