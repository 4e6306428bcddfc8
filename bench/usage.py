"""What processes have used, read from /proc: time on the processor and memory."""

import os
from pathlib import Path
from typing import Final

TICK_SECONDS: Final = 1 / os.sysconf("SC_CLK_TCK")
PAGE_BYTES: Final = os.sysconf("SC_PAGE_SIZE")


def seconds_of(process: int) -> float:
    """The processor time of one process so far."""
    fields = _stat(process)
    return sum(int(fields[place]) for place in (11, 12)) * TICK_SECONDS


def seconds_of_family(process: int) -> float:
    """The same of a process, its children that run and its children that have ended."""
    fields = _stat(process)
    total = sum(int(fields[place]) for place in (11, 12, 13, 14)) * TICK_SECONDS
    for path in Path("/proc").iterdir():
        if path.name.isdigit():
            try:
                if int(_stat(int(path.name))[1]) == process:
                    total += seconds_of(int(path.name))
            except (FileNotFoundError, ProcessLookupError):
                continue
    return total


def memory_bytes(process: int) -> int:
    """What one process holds in memory."""
    return int(Path(f"/proc/{process}/statm").read_text("ascii").split()[1]) * PAGE_BYTES


def withheld_seconds() -> float:
    """How long processors of a rented machine had work so far and were given to others by its host."""
    first = Path("/proc/stat").read_text("ascii").partition("\n")[0].split()
    return int(first[8]) * TICK_SECONDS


def machine() -> dict[str, str]:
    """The machine, in words for a table."""
    processor = next(
        (
            line.partition(":")[2].strip()
            for line in Path("/proc/cpuinfo").read_text("utf-8").splitlines()
            if line.startswith("model name")
        ),
        os.uname().machine,
    )
    memory = os.sysconf("SC_PHYS_PAGES") * PAGE_BYTES
    return {
        "processors": f"{len(os.sched_getaffinity(0))} × {processor}",
        "memory": f"{memory / 2**30:.0f} GiB",
        "system": f"{os.uname().sysname} {os.uname().release}",
        "load at the start": " ".join(f"{one:.2f}" for one in os.getloadavg()),
    }


def _stat(process: int) -> list[str]:
    """The fields after the name, which may hold spaces; the first is the state."""
    return Path(f"/proc/{process}/stat").read_text("ascii", "replace").rpartition(")")[2].split()
