"""Dask distributed, the one engine: processes of this machine, or a cluster that is given."""

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from itertools import chain
from pathlib import Path

from bordermap.batch.cluster import Cluster
from bordermap.batch.connecting import connected, share, write_shared
from bordermap.batch.tasks import Engine, Lost, R, T, Work
from bordermap.scratch import scratch_folder


@contextmanager
def engine(
    *, workers: int, scheduler: str | None = None, shared: Mapping[str, bytes] | None = None
) -> Iterator[Engine]:
    """
    Hold an engine while there is work for it.

    Parameters
    ----------
    workers
        Processes of this machine; with one, work is done in this process. Not used where a
        scheduler is given.
    scheduler
        Address of a Dask scheduler, such as ``tcp://127.0.0.1:8786``.
    shared
        Content of files by name that every task may read; sent once to each worker.

    Raises
    ------
    DataError
        If Dask distributed is not installed, the scheduler does not answer, has no workers, or
        its workers have another version of bordermap.
    """
    files = dict(shared or {})
    with ExitStack() as stack:
        if scheduler is None and workers == 1:
            folder = stack.enter_context(scratch_folder())
            write_shared(files, folder)
            yield ThisProcess(folder=folder)
            return
        client = connected(scheduler, workers, stack)
        share(client, files, stack)
        yield Cluster(client=client, name=scheduler or "the workers of this machine")


def local_workers() -> int:
    """Return how many processes this machine can do work in, if there is an engine for them."""
    return (os.cpu_count() or 1) if find_spec("distributed") else 1


@dataclass(frozen=True, slots=True, kw_only=True)
class ThisProcess:
    """
    Work done here, one task after the other.

    Parameters
    ----------
    folder
        Where shared files lie.
    """

    folder: Path

    def each(
        self, work: Work[T, R], bundles: Iterable[Sequence[T]]
    ) -> Iterator[tuple[T, R | Lost]]:
        """Yield each task with what came of it, in order."""
        for task in chain.from_iterable(bundles):
            yield task, work(task, folder=self.folder)
