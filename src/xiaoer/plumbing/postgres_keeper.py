"""Keeps one PostgreSQL server running while somebody uses it; a script of its own, standard library only.

It is started by `postgres.py` and outlives whoever started it. Users hold a shared lock on `users.lock`; the
kernel lets go of it when they leave or die, and the keeper, who waits for that lock, stops the server.
When the server dies the keeper starts it again; when the keeper dies the kernel tells the server to stop.
"""

import contextlib
import ctypes
import fcntl
import json
import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any, Final

READY_SECONDS: Final = 600  # recovery after a crash may replay a lot
STOP_SECONDS: Final = 60
ORPHAN_SECONDS: Final = 20
RESTARTS: Final = (0.0, 0.2, 1.0, 3.0, 10.0)
CALM_SECONDS: Final = 60
LOG_BYTES: Final = 20_000_000
PR_SET_PDEATHSIG: Final = 1
LISTENED: Final = {signal.SIGCHLD, signal.SIGTERM, signal.SIGINT, signal.SIGUSR1}


def main() -> int:
    """Runs until nobody uses the server, somebody ends it, or it cannot be started."""
    spec: dict[str, Any] = json.loads(sys.argv[1])
    folder = Path(spec["folder"])
    election = lock_file(folder / "keeper.lock")
    try:
        fcntl.flock(election, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return 0  # there is a keeper already
    signal.pthread_sigmask(signal.SIG_BLOCK, LISTENED)
    alive = lock_file(folder / "alive.lock")
    fcntl.flock(alive, fcntl.LOCK_EX)
    threading.Thread(target=wait_for_the_last, args=(folder / "users.lock",), daemon=True).start()
    return Keeper(folder, spec).run()


def lock_file(path: Path) -> int:
    """The file, made when missing, open and closed to everybody else."""
    return os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)


def wait_for_the_last(users: Path) -> None:
    """Gets the lock when no user holds it any more, keeps it, and tells the main thread."""
    fcntl.flock(lock_file(users), fcntl.LOCK_EX)
    os.kill(os.getpid(), signal.SIGUSR1)


class Keeper:
    """The server as a child of this process."""

    def __init__(self, folder: Path, spec: dict[str, Any]) -> None:
        self.folder = folder
        self.data = Path(spec["data"])
        self.spec = spec
        self.log = folder / "postgres.log"
        self.asked_to_stop = False

    def run(self) -> int:
        """Start, wait, start again; 0 when stopped on request, 1 when the server cannot run."""
        failures = 0
        while True:
            if failures and self.pause(RESTARTS[failures - 1]):
                break
            started = time.monotonic()
            fault = self.start_and_wait()
            if self.asked_to_stop:
                break
            if time.monotonic() - started > CALM_SECONDS:
                failures = 0
            failures += 1
            if failures > (len(RESTARTS) if fault is None else 1):
                self.tell("failed", sentence=fault or "The server keeps dying.", tail=self.tail())
                return 1
        self.tell("stopped")
        return 0

    def start_and_wait(self) -> str | None:
        """One life of the server; a sentence when it did not even become ready."""
        if fault := self.clear_remains():
            return fault
        mark = self.log.stat().st_size if self.log.exists() else 0
        child = self.spawn()
        self.tell("starting", postgres=child.pid)
        deadline = time.monotonic() + READY_SECONDS
        while not self.is_ready(child.pid):
            if child.poll() is not None:
                return self.reason(mark)
            if self.pause(0.005) or time.monotonic() > deadline:
                self.stop(child)
                return "It did not become ready in time."
        self.tell("ready", postgres=child.pid)
        while child.poll() is None:
            if self.pause(None):
                self.stop(child)
        return None

    def spawn(self) -> subprocess.Popen[Any]:
        """The server, told by the kernel to stop when this process dies."""
        if self.log.exists() and self.log.stat().st_size > LOG_BYTES:
            self.log.replace(self.log.with_suffix(".log.1"))
        libc = ctypes.CDLL(None, use_errno=True)
        keeper = os.getpid()

        def before_start() -> None:  # runs in the child, after it has become the other user
            signal.pthread_sigmask(signal.SIG_SETMASK, [])
            if sys.platform == "linux":
                libc.prctl(PR_SET_PDEATHSIG, signal.SIGINT)
                if os.getppid() != keeper:
                    os._exit(1)

        with self.log.open("ab") as log:
            return subprocess.Popen(
                self.spec["command"],
                cwd="/",
                env=self.spec["environment"],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                preexec_fn=before_start,  # noqa: PLW1509 - only this thread and a waiting one exist
                start_new_session=True,
                **self.spec["account"],
            )

    def is_ready(self, pid: int) -> bool:
        """The last line of postmaster.pid says so, and the first that it is our child's file."""
        lines = self.pid_file()
        return len(lines) >= 8 and lines[0] == str(pid) and lines[7].strip() == "ready"

    def pid_file(self) -> list[str]:
        try:
            return (self.data / "postmaster.pid").read_text("utf-8", "replace").splitlines()
        except OSError:
            return []

    def clear_remains(self) -> str | None:
        """Waits for what is left of an earlier server, then removes its pid file; a sentence if it stays."""
        deadline = time.monotonic() + ORPHAN_SECONDS
        asked = False
        while remains := self.processes():
            if time.monotonic() > deadline:
                if asked:
                    return f"An earlier server (process {remains[0]}) still works in {self.data}."
                asked, deadline = True, deadline + ORPHAN_SECONDS
                first = self.pid_file()[:1]
                for pid in remains:
                    if [str(pid)] == first:
                        os.kill(pid, signal.SIGINT)
            if self.pause(0.02):
                return "It was told to stop before it had started."
        if sys.platform == "linux":  # nobody works there: a number in these files is somebody else's by now
            (self.data / "postmaster.pid").unlink(missing_ok=True)
            for left in Path(self.spec["sockets"]).glob(".s.PGSQL.*"):
                left.unlink(missing_ok=True)
        return None

    def processes(self) -> list[int]:
        """Processes that work in the data folder: servers change into theirs."""
        found: list[int] = []
        home = os.path.realpath(self.data)
        for entry in Path("/proc").glob("[0-9]*") if sys.platform == "linux" else ():
            with contextlib.suppress(OSError):
                if (entry / "cwd").readlink() == Path(home):
                    found.append(int(entry.name))
        return found

    def stop(self, child: subprocess.Popen[Any]) -> None:
        """A fast shutdown; a hard one when that takes too long."""
        self.asked_to_stop = True
        for how, seconds in ((signal.SIGINT, STOP_SECONDS), (signal.SIGQUIT, 5), (signal.SIGKILL, 5)):
            with contextlib.suppress(ProcessLookupError):
                child.send_signal(how)
            with contextlib.suppress(subprocess.TimeoutExpired):
                child.wait(seconds)
                return

    def pause(self, seconds: float | None) -> bool:
        """Waits for a signal or so long; True when it is time to stop."""
        heard = signal.sigwait(LISTENED) if seconds is None else signal.sigtimedwait(LISTENED, seconds)
        number = heard if heard is None or isinstance(heard, int) else heard.si_signo
        if number is not None and number != signal.SIGCHLD:
            self.asked_to_stop = True
        return self.asked_to_stop

    def reason(self, mark: int) -> str:
        """Why the server ended at once, in one sentence."""
        if os.statvfs(self.data).f_bavail == 0 or "No space left on device" in self.tail(mark):
            return f"The disk that holds {self.data} is full: free some space and start again."
        fatal = [line for line in self.tail(mark).splitlines() if "FATAL" in line or "PANIC" in line]
        return fatal[-1].strip() if fatal else "It ended at once."

    def tail(self, mark: int = 0) -> str:
        """The last lines of the log."""
        try:
            with self.log.open("rb") as log:
                log.seek(max(mark, self.log.stat().st_size - 4000))
                return "\n".join(log.read().decode("utf-8", "replace").splitlines()[-12:])
        except OSError:
            return ""

    def tell(self, state: str, **more: object) -> None:
        """Writes down how things stand, for those who wait."""
        said = {"state": state, "keeper": os.getpid(), "sockets": self.spec["sockets"], **more}
        fresh = self.folder / "status.new"
        with contextlib.suppress(OSError):  # a full disk must not keep us from stopping the server
            fresh.write_text(json.dumps(said))
            fresh.replace(self.folder / "status.json")


if __name__ == "__main__":
    sys.exit(main())
