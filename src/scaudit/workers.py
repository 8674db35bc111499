"""Workers: warm processes of this machine, each with scratch of its own, replaced when it has grown too large.

Rendering holds much in memory and bears no threads, so it is done in processes. A thread here only waits for one.
"""

import atexit
import os
import resource
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, ThreadPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from multiprocessing import get_context, parent_process
from pathlib import Path
from queue import SimpleQueue
from threading import Thread
from typing import Generic, TypeVar

from scaudit.collector import seldom
from scaudit.errors import ProjectError

Job = TypeVar("Job")
Answer = TypeVar("Answer")
Lane = ProcessPoolExecutor | None
"""A pool of one process; none where that has not begun yet, or has ended."""

LARGEST = 900  # megabytes that a worker may take before another one takes its place
TRIES = 2  # a worker may be ended from outside once: what ended it may have been meant for another
_UNIT = 1 if sys.platform == "darwin" else 1024  # bytes in which a system counts the memory of a process


class Workers(Generic[Job, Answer]):
    """Some processes that do one function, job after job, for as many threads as one likes.

    `warm` is called once in every process before its first job. Function, jobs and answers travel as pickles. One may
    have `begun` already.
    """

    def __init__(
        self,
        function: Callable[[Job], Answer],
        number: int,
        scratch: Path,
        warm: Callable[[], None],
        largest: float = LARGEST,
        begun: Lane = None,
    ) -> None:
        self.function, self._warm, self._largest, self._scratch = function, warm, largest, scratch
        self._lanes: SimpleQueue[Lane] = SimpleQueue()
        self._threads = ThreadPoolExecutor(number, "scaudit-worker")
        self.number = number
        for lane in (begun, *[None] * (number - 1)):
            self._lanes.put(lane)

    def do(self, job: Job) -> Answer:
        """Have a job done, by the first worker that is free.

        Raises what the function raises, and ProjectError where workers are ended from outside again and again.
        """
        return self.begin(job).result()

    def begin(self, job: Job) -> Future[Answer]:
        """The same without waiting for it; until a worker is free for it, it can be cancelled."""
        return self._threads.submit(self._done, job)

    def close(self) -> None:
        """End all processes, each after the job that it is at; jobs that have not begun are left undone."""
        self._threads.shutdown(cancel_futures=True)
        for _ in range(self.number):
            lane = self._lanes.get()
            if lane:
                lane.shutdown()

    def _done(self, job: Job) -> Answer:
        """In a thread, which only waits for the worker."""
        lane = self._lanes.get()
        try:
            for _ in range(TRIES):
                lane = lane or started(self._scratch, self._warm)
                try:
                    answer, size = lane.submit(_done, self.function, job).result()
                except BrokenProcessPool:
                    lane.shutdown()
                    lane = None
                    continue
                if size > self._largest:
                    lane.shutdown()
                    lane = None
                return answer
        finally:
            self._lanes.put(lane)
        raise ProjectError(
            "A process that renders was ended from outside, twice; the memory of this machine may be too small for "
            "so many at once. Run again, with fewer cores (taskset) or with more memory."
        )


def started(scratch: Path, warm: Callable[[], None]) -> ProcessPoolExecutor:
    """One process, which begins to warm up at once, with scratch of its own in a folder."""
    scratch.mkdir(parents=True, exist_ok=True)
    own = tempfile.mkdtemp(prefix="worker-", dir=scratch)
    lane = ProcessPoolExecutor(1, get_context("spawn"), _begin, (own, warm))
    lane.submit(int)  # a pool has no process before it has a job
    return lane


@contextmanager
def spread(workers: Workers[Job, Answer], jobs: Sequence[Job], *, helping: bool = False) -> Iterator[Iterator[Answer]]:
    """The answers to all jobs, in the order of the jobs, from these workers, which begin at once and end with this.

    Where this process is `helping`, it does jobs itself that nobody has begun when the answers are asked for, the
    first of them first. The first failure is raised when its turn comes; jobs that have not begun are then left undone.
    """
    waiting = [workers.begin(job) for job in jobs]
    try:
        yield _answers(jobs, waiting, workers.function if helping else None)
    finally:
        workers.close()


def _answers(
    jobs: Sequence[Job], waiting: Sequence[Future[Answer]], here: Callable[[Job], Answer] | None
) -> Iterator[Answer]:
    done: dict[int, Answer] = {}
    if here:
        for number, job in enumerate(jobs):
            if waiting[number].cancel():
                done[number] = here(job)
    for number, begun in enumerate(waiting):
        yield done[number] if number in done else begun.result()


def _begin(scratch: str, warm: Callable[[], None]) -> None:
    """In a worker: take the scratch, end when the run ends, however that may be, and warm up."""
    tempfile.tempdir = os.environ["TMPDIR"] = scratch
    Thread(target=_end_with_the_run, daemon=True).start()
    seldom()
    atexit.register(os._exit, 0)  # its work is done: to take all modules down only costs, and DuckDB complains of it
    warm()


def _end_with_the_run() -> None:
    """A worker whose run was killed would wait for jobs for ever."""
    run = parent_process()
    if run is not None:
        run.join()
        os._exit(1)


def _done(function: Callable[[Job], Answer], job: Job) -> tuple[Answer, float]:
    """In a worker: the answer, and the memory, in megabytes, that this process takes."""
    return function(job), _size()


def _size() -> float:
    """Megabytes that this process takes now; the most that it has taken, where the system does not tell that.

    Linux counts the most from what the process took that began this one: beside a large run all seem large at once.
    """
    try:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    except OSError:
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * _UNIT / 1_000_000
    return pages * resource.getpagesize() / 1_000_000
