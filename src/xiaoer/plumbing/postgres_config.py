"""The settings of our own PostgreSQL: sensible on a small machine, durable, silent about people; pure."""

import os
from pathlib import Path
from typing import Final

import msgspec

MEGABYTE: Final = 1024 * 1024


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
        try:
            shared = os.statvfs("/dev/shm")  # noqa: S108 - only measured
            free = shared.f_bavail * shared.f_frsize
        except OSError:
            free = 0
        return cls(memory_bytes=memory, shared_memory_bytes=free)


def configuration(options: Options, machine: Machine, *, major: int, sockets: Path, libraries: str) -> str:
    """The text of xiaoer.conf."""
    memory = machine.memory_bytes // MEGABYTE
    shared = max(32, min(256, memory // 8))
    settings: dict[str, str | int] = {
        # who may come: programs on this machine that may enter the folder of the socket
        "listen_addresses": "",
        "unix_socket_directories": str(sockets),
        "unix_socket_permissions": "0700",
        "max_connections": options.connections,
        # memory
        "shared_buffers": f"{shared}MB",
        "effective_cache_size": f"{max(shared * 2, memory // 2)}MB",
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
