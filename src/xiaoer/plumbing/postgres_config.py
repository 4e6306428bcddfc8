"""The settings of our own PostgreSQL: sensible on a small machine, durable, silent about people; pure."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import msgspec

MEGABYTE: Final = 1024 * 1024
MOST_BUFFERS: Final = 8192
"""Megabytes; above this the system's own cache serves as well."""

PASSING_BUFFERS: Final = 256
"""Megabytes of a server for tests: it starts at once and forgets a table at once."""


class Options(msgspec.Struct, frozen=True, kw_only=True):
    """What may differ from one server of ours to another."""

    durable: bool = True
    """False only for tests: a crash of the machine may then lose everything."""
    connections: int = 100


class Machine(msgspec.Struct, frozen=True, kw_only=True):
    """What the settings depend on."""

    memory_bytes: int
    shared_memory_bytes: int
    """Free room in /dev/shm, small in most containers."""

    @classmethod
    def here(cls) -> "Machine":
        """This machine."""
        memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
        allowed = allowed_memory(Path("/sys/fs/cgroup"), Path("/proc/self/cgroup"))
        try:
            shared = os.statvfs("/dev/shm")  # noqa: S108 - only measured
            free = shared.f_bavail * shared.f_frsize
        except OSError:
            free = 0
        return cls(memory_bytes=min(memory, allowed or memory), shared_memory_bytes=free)


def allowed_memory(control: Path, groups: Path) -> int | None:
    """The least bytes our control groups and those above them allow, version 1 or 2; None without a limit."""
    try:
        lines = groups.read_text().splitlines()
    except OSError:  # no Linux
        return None
    return min((limit for line in lines for limit in _limits(control, line)), default=None)


def _limits(control: Path, line: str) -> Iterator[int]:
    """What one line of /proc/self/cgroup leads to; a container sees only its own group, as the uppermost."""
    _, controllers, path = line.split(":", 2)
    if not controllers:
        name = "memory.max"
    elif "memory" in controllers.split(","):
        control, name = control / "memory", "memory.limit_in_bytes"
    else:
        return
    group = control / path.lstrip("/")
    for folder in (group, *group.parents):
        if folder.is_relative_to(control):
            try:
                text = (folder / name).read_text().strip()
            except OSError:
                continue
            if text.isdigit():  # "max" is none
                yield int(text)


def configuration(options: Options, machine: Machine, *, major: int, sockets: Path, libraries: str) -> str:
    """The text of xiaoer.conf."""
    memory = machine.memory_bytes // MEGABYTE
    most = MOST_BUFFERS if options.durable else PASSING_BUFFERS
    shared = max(32, min(most, memory // 4))
    settings: dict[str, str | int] = {
        # who may come: programs on this machine that may enter the folder of the socket
        "listen_addresses": "",
        "unix_socket_directories": str(sockets),
        "unix_socket_permissions": "0700",
        "max_connections": options.connections,
        # memory: a quarter for pages, as PostgreSQL's manual advises. A page that does not fit is given up by
        # whoever needs the place, and if it was written to, he first writes it and waits for its journal
        "shared_buffers": f"{shared}MB",
        "effective_cache_size": f"{memory // 2}MB",
        "work_mem": "8MB",
        "maintenance_work_mem": f"{max(32, min(256, memory // 16))}MB",
        "dynamic_shared_memory_type": "posix" if machine.shared_memory_bytes >= 256 * MEGABYTE else "mmap",
        # durability
        "fsync": "on" if options.durable else "off",
        "synchronous_commit": "on" if options.durable else "off",
        "full_page_writes": "on" if options.durable else "off",
        "wal_compression": "pglz",
        "wal_buffers": "16MB",
        "min_wal_size": "256MB",
        "max_wal_size": "2GB",
        "checkpoint_timeout": "15min",
        # planning, for disks without heads and short queries
        "random_page_cost": "1.1",
        "jit": "off",
        "max_parallel_workers_per_gather": 1,
        # tables that are queues want to be swept often
        "autovacuum_naptime": "15s",
        "autovacuum_vacuum_cost_limit": 1000,
        # questions go by keys: nine thousand rows tell enough of a table, and sorting the columns of thirty
        # thousand holds a processor for half a second each time a table has grown
        "default_statistics_target": 30,
        # what is written down: no statement text and no values, they may hold words of people
        "log_line_prefix": "%m [%p] ",
        "log_error_verbosity": "terse",
        "log_min_error_statement": "panic",
        "log_parameter_max_length": 0,
        "log_parameter_max_length_on_error": 0,
        "log_timezone": "UTC",
        "timezone": "UTC",
        "lc_messages": "C",
    }
    if libraries:
        settings["shared_preload_libraries"] = libraries
    if major >= 17:
        settings["io_combine_limit"] = "128kB"
    lines = [f"{name} = {_quoted(value)}" for name, value in settings.items()]
    head = "# Written by xiaoer at every start. Your own settings belong at the end of postgresql.conf."
    return "\n".join((head, *lines, ""))


def _quoted(value: str | int) -> str:
    return str(value) if isinstance(value, int) else "'{}'".format(value.replace("'", "''"))
