"""Our own PostgreSQL: made on the first start, shared by every process of this home, gone with the last.

The server is the child of a small keeper process (`postgres_keeper.py`). Whoever uses it holds a shared lock
on `users.lock`; the keeper stops the server when nobody does. So it does not matter who started it, and
neither a killed program nor a killed server leaves anything behind that the next start has to be told about.
"""

import fcntl
import json
import os
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import AsyncGenerator, Callable, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Final
from urllib.parse import quote, urlsplit, urlunsplit

import msgspec

from xiaoer.plumbing import log
from xiaoer.plumbing.driver import Connection, connect
from xiaoer.plumbing.faults import DatabaseFault, explain
from xiaoer.plumbing.locks import could_lock, held_within, is_held, lock_file, locked_within
from xiaoer.plumbing.postgres_config import Machine, Options, configuration
from xiaoer.plumbing.postgres_place import (
    SYSTEM_FOLDER,
    Binaries,
    Place,
    ServerFault,
    account,
    choose_place,
    clean_environment,
    find_binaries,
    has_name,
    make_place,
    make_private,
    run_as,
)

START_SECONDS: Final = 630.0
SLOW_SECONDS: Final = 3.0
CLEAN_STATES: Final = frozenset({"", "starting up", "shut down", "shut down in recovery"})
"""As pg_controldata calls them; empty where it cannot tell."""
LEAVE_SECONDS: Final = 70.0
LAUNCH_AGAIN_SECONDS: Final = (0.1, 0.5, 2.0, 5.0, 15.0, 30.0)

_log = log.get("postgres")


class Status(msgspec.Struct, frozen=True):
    """What the keeper has written down."""

    state: str
    keeper: int = 0
    postgres: int = 0
    sentence: str = ""
    tail: str = ""


class Server:
    """A running server that stays while this object is open."""

    def __init__(self, place: Place, binaries: Binaries, options: Options) -> None:
        self.place: Final = place
        self.binaries: Final = binaries
        self._options = options
        self._users = -1
        self._leaving = threading.Event()

    def url(self, database: str = "xiaoer") -> str:
        """The address of one of its databases."""
        return f"postgresql://postgres@/{quote(database)}?host={quote(str(self.place.sockets), safe='/')}"

    def status(self) -> Status:
        """How the keeper says things stand."""
        return read_status(self.place.folder)

    def enter(self, say: Callable[[str], None]) -> None:
        """Joins the users; starts the server if it does not run. Raises ServerFault."""
        self._users = lock_file(self.place.folder / "users.lock")
        try:
            if not locked_within(self._users, fcntl.LOCK_SH, LEAVE_SECONDS):
                raise ServerFault(f"The server in {self.place.folder} has been stopping for too long.")
            self._launch(say)
        except BaseException:
            os.close(self._users)
            raise
        threading.Thread(target=self._watch, name="postgres watch", daemon=True).start()

    def close(self) -> None:
        """Leaves; the last one waits until the server has stopped."""
        if self._leaving.is_set():
            return
        self._leaving.set()
        os.close(self._users)
        self._wait_if_last()

    def _launch(self, say: Callable[[str], None]) -> None:
        """Sees to it that a keeper runs and its server is ready. Raises ServerFault."""
        folder = self.place.folder
        with held_within(folder / "start.lock", START_SECONDS):
            child: subprocess.Popen[bytes] | None = None
            if not is_held(folder / "keeper.lock"):
                (folder / "status.json").unlink(missing_ok=True)
                self._prepare(say)
                child = self._spawn_keeper()
            self._wait_until_ready(child, say)

    def _prepare(self, say: Callable[[str], None]) -> None:
        """Makes the data folder on the first start; writes the settings at every start."""
        place = self.place
        make_private(place.sockets, place.account)
        _check_data(place, self.binaries)
        if not (place.data / "PG_VERSION").exists():
            say("Making the database (only the first time) …")
            make_data(place, self.binaries)
        text = configuration(
            self._options,
            Machine.here(),
            major=self.binaries.major,
            sockets=place.sockets,
            libraries=_libraries(self.binaries),
        )
        _write(place, place.data / "xiaoer.conf", text)

    def _spawn_keeper(self) -> subprocess.Popen[bytes]:
        spec = {
            "folder": str(self.place.folder),
            "data": str(self.place.data),
            "sockets": str(self.place.sockets),
            "command": [self.binaries.program("postgres"), "-D", str(self.place.data)],
            "environment": clean_environment(),
            "account": self.place.account.options(),
        }
        script = Path(__file__).with_name("postgres_keeper.py")
        with (self.place.folder / "keeper.log").open("wb") as out:
            return subprocess.Popen(
                [sys.executable, "-I", "-S", str(script), json.dumps(spec)],
                cwd="/",
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=out,
                start_new_session=True,  # Ctrl-C in the terminal is for the program, not for the database
            )

    def _wait_until_ready(self, keeper: subprocess.Popen[bytes] | None, say: Callable[[str], None]) -> None:
        started, told = time.monotonic(), False
        pause = threading.Event()
        while True:
            status = self.status()
            if status.state == "ready":
                return
            if status.state == "failed":
                raise ServerFault(f"PostgreSQL does not start: {status.sentence}\n{status.tail}".rstrip())
            if keeper and keeper.poll() and status.state != "starting":
                said = _tail(self.place.folder / "keeper.log")
                raise ServerFault(f"The keeper of PostgreSQL does not start.\n{said}".rstrip())
            waited = time.monotonic() - started
            if waited > START_SECONDS:
                raise ServerFault(
                    f"PostgreSQL in {self.place.folder} did not become ready: see postgres.log there."
                )
            if waited > SLOW_SECONDS and not told:
                say(why_slow(self.place, self.binaries))
                told = True
            pause.wait(0.005)

    def _watch(self) -> None:
        """Starts a new keeper whenever the last one died while we are still here."""
        while True:
            alive = lock_file(self.place.folder / "alive.lock")
            fcntl.flock(alive, fcntl.LOCK_SH)  # returns when the keeper is no more
            os.close(alive)
            for attempt in range(1_000_000):
                if self._leaving.is_set():
                    return
                try:
                    self._launch(lambda said: _log.info("starting", said=said))
                    break
                except (ServerFault, OSError) as fault:
                    _log.error("database_down", fault=str(fault))
                seconds = LAUNCH_AGAIN_SECONDS[min(attempt, len(LAUNCH_AGAIN_SECONDS) - 1)]
                if self._leaving.wait(seconds):
                    return
            _log.warning("database_restarted")

    def _wait_if_last(self) -> None:
        """A container dies with its main process, so the last one lets the server stop first."""
        pause = threading.Event()
        deadline = time.monotonic() + LEAVE_SECONDS
        while time.monotonic() < deadline:
            if could_lock(self.place.folder / "users.lock", fcntl.LOCK_EX):
                if not is_held(self.place.folder / "alive.lock"):
                    return  # stopped and gone
                pause.wait(0.005)  # the keeper has not noticed yet
            elif could_lock(self.place.folder / "users.lock", fcntl.LOCK_SH):
                return  # others are still here
            else:
                pause.wait(0.005)  # the keeper is stopping it


def start(
    home: Path,
    *,
    options: Options | None = None,
    environ: Mapping[str, str] = os.environ,
    say: Callable[[str], None] = print,
    system_folder: Path = SYSTEM_FOLDER,
) -> Server:
    """Starts the server of this home, or joins the one that runs. Raises ServerFault.

    `system_folder` takes the data when the server's user cannot enter the home.
    """
    who = account()
    place = choose_place(home, who, system_folder=system_folder)
    if place.remark:
        say(place.remark)
    make_place(place)
    _check_owner(place)
    binaries = find_binaries(environ, who, place.folder / "binaries", say)
    server = Server(place, binaries, options or Options())
    try:
        server.enter(say)
    except TimeoutError as fault:
        raise ServerFault(f"Another process has been starting PostgreSQL for too long ({fault}).") from fault
    except OSError as fault:
        raise ServerFault(f"PostgreSQL cannot be started in {place.folder}: {fault}") from fault
    return server


async def make_database(url: str) -> bool:
    """Makes the database of this address if it is missing; True when it was. Raises DatabaseFault."""
    name, quoted = _database_of(url)
    async with _maintaining(url) as connection:
        if await connection.fetchval("select 1 from pg_database where datname = $1", name):
            return False
        await connection.execute(f"create database {quoted}")
        return True


async def drop_database(url: str) -> None:
    """Removes the database of this address and everything in it. Raises DatabaseFault."""
    async with _maintaining(url) as connection:
        await connection.execute(f"drop database if exists {_database_of(url)[1]} with (force)")


@asynccontextmanager
async def _maintaining(url: str) -> AsyncGenerator[Connection]:
    """A connection to the server's own database, for making others."""
    address = urlunsplit(urlsplit(url)._replace(path="/postgres"))
    try:
        connection = await connect(address, application="xiaoer setup", settings={"statement_timeout": "0"})
    except Exception as fault:
        if sentence := explain(fault):
            raise DatabaseFault(sentence) from fault
        raise
    try:
        yield connection
    finally:
        await connection.close(timeout=5)


def _database_of(url: str) -> tuple[str, str]:
    name = urlsplit(url).path.lstrip("/") or "postgres"
    return name, '"{}"'.format(name.replace('"', '""'))


def make_data(place: Place, binaries: Binaries) -> None:
    """Makes a new cluster: beside its place and then moved there, so that half of one is never found."""
    if not has_name(place.account.uid):
        raise ServerFault(
            f"The user with number {place.account.uid} has no name, and PostgreSQL asks for one: "
            "add it to /etc/passwd, or set XIAOER_DATABASE_URL to another server."
        )
    fresh = place.folder / "data.new"
    shutil.rmtree(fresh, ignore_errors=True)
    make_private(fresh, place.account)
    done = run_as(place.account, initdb_command(binaries, fresh))
    if done.returncode != 0:
        shutil.rmtree(fresh, ignore_errors=True)
        said = "\n".join((done.stderr or done.stdout).strip().splitlines()[-6:])
        if "No space left on device" in said:
            raise ServerFault(f"The disk that holds {place.folder} is full: free some space and start again.")
        raise ServerFault(f"PostgreSQL cannot make its data folder {place.data}.\n{said}")
    with (fresh / "postgresql.conf").open("a") as settings:
        settings.write("\ninclude_if_exists 'xiaoer.conf'\n# Your own settings follow here; they win.\n")
    fresh.rename(place.data)


def why_slow(place: Place, binaries: Binaries) -> str:
    """What to tell whoever waits for a start: only a cluster that was not shut down is recovering."""
    command = [binaries.program("pg_controldata"), "-D", str(place.data)]
    try:
        said = run_as(place.account, command, seconds=10).stdout
    except (OSError, subprocess.SubprocessError):
        said = ""
    state = next((line for line in said.splitlines() if line.startswith("Database cluster state:")), "")
    if state.rpartition(":")[2].strip() in CLEAN_STATES:
        return "PostgreSQL is starting; the disk or the machine is slow …"
    return "PostgreSQL is recovering; this can take a while after a crash …"


def initdb_command(binaries: Binaries, data: Path) -> list[str]:
    """How the cluster is made: UTF-8, sorted by code point everywhere alike, checksums on every page."""
    command = [binaries.program("initdb"), "-D", str(data), "--username=postgres", "--auth=trust"]
    command += ["--encoding=UTF8", "--locale=C.UTF-8", "--data-checksums"]
    if binaries.major >= 17:
        command += ["--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
    return command


def read_status(folder: Path) -> Status:
    """The keeper's last word."""
    try:
        return msgspec.json.decode((folder / "status.json").read_bytes(), type=Status)
    except (OSError, msgspec.MsgspecError):
        return Status("unknown")


def _check_owner(place: Place) -> None:
    """The data of another user cannot be used: better a sentence now than a riddle later."""
    try:
        owner = place.data.stat().st_uid
    except FileNotFoundError:
        return
    except OSError:
        owner = -1
    if owner != place.account.uid:
        raise ServerFault(
            f"The database in {place.data} belongs to another user: start xiaoer as the one who made it, "
            "or set XIAOER_HOME to another folder."
        )


def _check_data(place: Place, binaries: Binaries) -> None:
    try:
        found = (place.data / "PG_VERSION").read_text().strip()
    except FileNotFoundError:
        return
    if found != str(binaries.major):
        raise ServerFault(
            f"The database in {place.data} was made by PostgreSQL {found}, and this is {binaries.version}: "
            f"set PGBIN to the programs of PostgreSQL {found}, or dump and restore it."
        )


def _libraries(binaries: Binaries) -> str:
    """What the server loads at the start, if these programs have it."""
    done = subprocess.run(
        [binaries.program("pg_config"), "--pkglibdir"],
        capture_output=True,
        text=True,
        check=False,
        env=clean_environment(),
        cwd="/",
    )
    library = Path(done.stdout.strip()) / "pg_stat_statements.so"
    return "pg_stat_statements" if done.returncode == 0 and library.is_file() else ""


def _write(place: Place, file: Path, text: str) -> None:
    file.write_text(text)
    if place.account.switch:
        os.chown(file, place.account.uid, place.account.gid)


def _tail(file: Path) -> str:
    try:
        return "\n".join(file.read_text("utf-8", "replace").splitlines()[-12:])
    except OSError:
        return ""
