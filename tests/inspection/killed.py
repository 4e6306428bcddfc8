"""Work for tests of many workers: it is killed the first time, or every time, or does it."""

import os
import signal
from pathlib import Path


def work(plan: bytes, job: bytes) -> bytes:
    """Die once if the job says so: the plan is a folder that remembers."""
    marker = Path(plan.decode()) / job.decode()
    if job.startswith(b"dies") and (job == b"dies always" or not marker.exists()):
        marker.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return job.upper()
