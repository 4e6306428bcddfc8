"""Locks on files between processes: the kernel lets go of them when a process dies, however it dies."""

import fcntl
import os
import threading
import time
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

LOOK_SECONDS: Final = 0.005


def lock_file(path: Path) -> int:
    """The file, made when missing, open and closed to everybody else; not inherited by other programs."""
    return os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)


@contextmanager
def held_within(path: Path, seconds: float) -> Generator[None]:
    """Holds the lock alone, waiting so long at most. Raises TimeoutError."""
    handle = lock_file(path)
    try:
        if not locked_within(handle, fcntl.LOCK_EX, seconds):
            raise TimeoutError(path)
        yield
    finally:
        os.close(handle)


def locked_within(handle: int, how: int, seconds: float) -> bool:
    """Locks an open file (LOCK_SH or LOCK_EX), waiting so long at most."""
    pause, deadline = threading.Event(), time.monotonic() + seconds
    while True:
        try:
            fcntl.flock(handle, how | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() > deadline:
                return False
            pause.wait(LOOK_SECONDS)
        else:
            return True


def could_lock(path: Path, how: int) -> bool:
    """Could the lock be had now? It is let go at once."""
    handle = lock_file(path)
    try:
        fcntl.flock(handle, how | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    else:
        return True
    finally:
        os.close(handle)


def is_held(path: Path) -> bool:
    """Does somebody hold the lock alone?"""
    return not could_lock(path, fcntl.LOCK_SH)
