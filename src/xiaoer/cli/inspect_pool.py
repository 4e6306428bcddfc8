"""Many cores, or a cluster: the same work function behind one door, whichever engine carries it."""

import multiprocessing
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from typing import Any, Final, Literal

import click

from xiaoer.cli.inspect_read import optional

Engine = Literal["local", "ray", "dask"]
ENGINES: Final[tuple[Engine, ...]] = ("local", "ray", "dask")
TRIES: Final = 3
"""How often a job whose worker was killed is begun again before the whole command gives up."""

Work = Callable[[bytes, bytes], bytes]


def spread(
    work: Work, plan: bytes, jobs: Sequence[bytes], *, engine: Engine, workers: int
) -> Iterator[bytes]:
    """Yield what became of each job, in the order in which they end. Raises click.ClickException."""
    if engine == "ray":
        return _ray(work, plan, jobs, workers)
    if engine == "dask":
        return _dask(work, plan, jobs, workers)
    if workers == 1:
        return (work(plan, job) for job in jobs)
    return _local(work, plan, jobs, workers)


def _local(work: Work, plan: bytes, jobs: Sequence[bytes], workers: int) -> Iterator[bytes]:
    """Processes of this machine; a worker that is killed costs its job another go, nothing else."""
    left = dict(enumerate(jobs))
    tries = dict.fromkeys(left, 0)
    context = multiprocessing.get_context("spawn")  # a fork would copy whatever threads the parent has
    while left:
        lost: BrokenProcessPool | None = None
        with ProcessPoolExecutor(workers, mp_context=context) as pool:
            waiting = {pool.submit(work, plan, job): number for number, job in left.items()}
            while waiting:
                done, _ = wait(waiting, return_when=FIRST_COMPLETED)
                for future in done:
                    number = waiting.pop(future)
                    try:
                        result = future.result()
                    except BrokenProcessPool as error:
                        lost = error
                        continue
                    del left[number]
                    yield result
        if lost is not None:
            for number in left:
                tries[number] += 1
            if max(tries[number] for number in left) >= TRIES:
                raise click.ClickException(f"workers were killed {TRIES} times; is there enough memory?")


def _dask(work: Work, plan: bytes, jobs: Sequence[bytes], workers: int) -> Iterator[bytes]:
    """Dask: its own workers on this machine, or the cluster named by DASK_SCHEDULER_ADDRESS."""
    distributed = optional("distributed", "dask[distributed]", "The engine dask")
    config = optional("dask", "dask[distributed]", "The engine dask").config
    address: str | None = config.get("scheduler-address", None)
    client: Any = (
        distributed.Client(address)
        if address
        else distributed.Client(n_workers=workers, threads_per_worker=1, dashboard_address=None)
    )
    try:
        futures = [client.submit(work, plan, job, pure=False, retries=TRIES) for job in jobs]
        for _, result in distributed.as_completed(futures, with_results=True):
            yield result
    finally:
        client.close()


def _ray(work: Work, plan: bytes, jobs: Sequence[bytes], workers: int) -> Iterator[bytes]:
    """Ray: its own workers on this machine, or the cluster named by RAY_ADDRESS."""
    ray = optional("ray", "ray", "The engine ray")
    ray.init(num_cpus=workers, include_dashboard=False, log_to_driver=False, ignore_reinit_error=True)
    try:
        remote: Any = ray.remote(max_retries=TRIES)(work)
        waiting = [remote.remote(plan, job) for job in jobs]
        while waiting:
            (done, *_), waiting = ray.wait(waiting, num_returns=1)
            yield ray.get(done)
    finally:
        ray.shutdown()
