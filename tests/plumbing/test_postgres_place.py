import os
import stat
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xiaoer.plumbing.postgres import initdb_command
from xiaoer.plumbing.postgres_config import Machine, Options, allowed_memory, configuration
from xiaoer.plumbing.postgres_place import (
    SOCKET_NAME,
    SOCKET_PATH_BYTES,
    Account,
    Binaries,
    ServerFault,
    choose_place,
    find_binaries,
    make_private,
    may_traverse,
    reachable,
)

NOBODY = Account(65_534, 65_534, switch=True)
SELF = Account(os.geteuid(), os.getegid(), switch=False)
GIGABYTE = 1024**3


@pytest.mark.parametrize(
    ("mode", "owner", "group", "expected"),
    [
        (0o700, 0, 0, False),
        (0o701, 0, 0, True),
        (0o710, 0, 65_534, True),
        (0o701, 0, 65_534, False),  # the group's bits count for its members, not the others'
        (0o755, 0, 0, True),
        (0o700, 65_534, 0, True),
        (0o077, 65_534, 0, False),
    ],
)
def test_who_may_pass_through_a_folder(mode: int, owner: int, group: int, expected: bool) -> None:
    assert may_traverse(mode, owner, group, NOBODY) is expected


def test_one_closed_folder_on_the_way_closes_all_below(tmp_path: Path) -> None:
    closed = tmp_path / "closed"
    (closed / "deep" / "deeper").mkdir(parents=True)
    closed.chmod(0o700)
    stranger = Account(4_000_000, 4_000_000, switch=True)
    assert not reachable(closed / "deep" / "deeper" / "not there yet", stranger)
    assert reachable(closed / "deep", SELF)


def test_the_data_moves_when_the_servers_user_cannot_enter_and_says_so(tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir(mode=0o700)
    place = choose_place(home, Account(4_000_000, 4_000_000, switch=True), system_folder=Path("/var/lib/x"))
    assert place.folder.parent == Path("/var/lib/x")
    assert place.remark is not None
    assert str(home) in place.remark
    assert stat.S_IMODE(home.stat().st_mode) == 0o700
    assert choose_place(home, SELF).folder == home / "postgres"
    assert choose_place(home, SELF).remark is None


@given(st.integers(1, 200))
def test_the_path_of_the_socket_is_never_too_long(length: int) -> None:
    place = choose_place(Path("/") / ("字" * (length // 3 + 1)), SELF)
    assert len(os.fsencode(place.sockets / SOCKET_NAME)) <= SOCKET_PATH_BYTES


def test_a_folder_of_somebody_else_is_not_used(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(tmp_path)
    with pytest.raises(ServerFault, match="belongs to another user"):
        make_private(tmp_path / "link", SELF)
    mine = tmp_path / "mine"
    mine.mkdir(mode=0o755)
    with pytest.raises(ServerFault, match="belongs to another user"):
        make_private(mine, Account(4_000_000, 4_000_000, switch=False))
    make_private(mine, SELF)
    assert stat.S_IMODE(mine.stat().st_mode) == 0o700


def test_programs_that_are_named_must_work(tmp_path: Path) -> None:
    with pytest.raises(ServerFault, match="PGBIN"):
        find_binaries({"PGBIN": str(tmp_path)}, SELF, tmp_path / "copies", lambda _: None)


def test_programs_that_are_too_old_are_not_used(tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    old = tmp_path / "postgres"
    old.write_text("#!/bin/sh\necho 'postgres (PostgreSQL) 15.18 (Debian 15.18-0)'\n")
    old.chmod(0o755)
    with pytest.raises(ServerFault, match="15.18 is older than 16"):
        find_binaries({"PGBIN": str(tmp_path)}, SELF, tmp_path / "copies", lambda _: None)


def settings(**machine: int) -> dict[str, str]:
    text = configuration(
        Options(),
        Machine(**({"memory_bytes": 24 * GIGABYTE, "shared_memory_bytes": GIGABYTE} | machine)),
        major=18,
        sockets=Path("/tmp/it's here"),
        libraries="pg_stat_statements",
    )
    pairs = (line.split(" = ", 1) for line in text.splitlines() if not line.startswith("#"))
    return dict(pairs)


def test_the_server_is_durable_and_keeps_words_to_itself() -> None:
    found = settings()
    assert (found["fsync"], found["synchronous_commit"], found["full_page_writes"]) == (
        "'on'",
        "'on'",
        "'on'",
    )
    assert found["listen_addresses"] == "''"
    assert found["log_min_error_statement"] == "'panic'"
    assert found["unix_socket_directories"] == "'/tmp/it''s here'"


@pytest.mark.parametrize(
    ("megabytes", "shared"), [(96, 32), (512, 128), (8 * 1024, 2048), (24 * 1024, 6144), (256 * 1024, 8192)]
)
def test_a_quarter_of_the_memory_is_for_pages(megabytes: int, shared: int) -> None:
    assert settings(memory_bytes=megabytes * 1024**2)["shared_buffers"] == f"'{shared}MB'"


def test_a_machine_without_shared_memory_does_without() -> None:
    assert settings(shared_memory_bytes=64 * 1024**2)["dynamic_shared_memory_type"] == "'mmap'"


@pytest.mark.parametrize(
    ("groups", "files", "allowed"),
    [
        ("0::/", {}, None),
        ("0::/", {"memory.max": "max\n"}, None),
        ("0::/", {"memory.max": "1000\n"}, 1000),
        ("0::/a/b", {"a/b/memory.max": "max\n", "a/memory.max": "700\n", "memory.max": "900\n"}, 700),
        ("0::/a/b", {"a/b/memory.max": "500\n", "a/memory.max": "700\n"}, 500),
        ("3:cpu:/a\n4:memory:/a\n0::/", {"memory/a/memory.limit_in_bytes": "800\n"}, 800),
        ("4:cpu,memory:/of/the/host", {"memory/memory.limit_in_bytes": "600\n"}, 600),
        ("3:cpu:/a", {"a/memory.max": "5"}, None),
    ],
)
def test_a_container_s_limit_is_its_memory(
    groups: str, files: dict[str, str], allowed: int | None, tmp_path: Path
) -> None:
    own = tmp_path / "cgroup"
    own.write_text(groups + "\n")
    for name, text in files.items():
        file = tmp_path / "control" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
    assert allowed_memory(tmp_path / "control", own) == allowed
    assert allowed_memory(tmp_path / "control", tmp_path / "none") is None


def test_text_is_sorted_alike_everywhere() -> None:
    new = initdb_command(Binaries(Path("/bin"), "18.6"), Path("/data"))
    assert "--builtin-locale=C.UTF-8" in new
    assert "--builtin-locale=C.UTF-8" not in initdb_command(Binaries(Path("/bin"), "16.4"), Path("/data"))
    assert {"--encoding=UTF8", "--data-checksums", "--auth=trust"} <= set(new)
