"""Dask distributed, the one engine: processes of this machine, or a cluster that is given."""

import importlib
import logging
import math
import tempfile
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import CancelledError
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from itertools import chain, islice
from pathlib import Path
from typing import Any, Protocol, TypeVar

from bordermap._text import printable
from bordermap._version import __version__
from bordermap.errors import DataError

T = TypeVar("T")
R = TypeVar("R")
T_contra = TypeVar("T_contra", contravariant=True)
R_co = TypeVar("R_co", covariant=True)

HELD_PER_THREAD = 2
"""Bundles given out for each thread that works: none has to wait, and memory stays flat."""

POLL_S = 2.0
ANSWER_S = 10.0
"""How long a scheduler may take to answer."""
PATIENCE_S = 30.0
"""How long it may have no worker."""

DEATHS = 1
"""How many workers of this machine a bundle may take with it before it is given up."""

_PLUGIN = "bordermap-files"


@dataclass(frozen=True, slots=True, kw_only=True)
class Lost:
    """
    What comes of a task that no worker brought to an end.

    Parameters
    ----------
    reason
        Why.
    """

    reason: str


class Work(Protocol[T_contra, R_co]):
    """What is done with a task; files that all tasks share lie in the folder."""

    def __call__(self, task: T_contra, /, *, folder: Path) -> R_co:
        """Return what comes of a task."""


class Engine(Protocol):
    """Where work is done."""

    def each(
        self, work: Work[T, R], bundles: Iterable[Sequence[T]]
    ) -> Iterator[tuple[T, R | Lost]]:
        """
        Yield each task with what came of it, in the order in which they end.

        Parameters
        ----------
        work
            What is done with a task; a function of a module, or a partial one.
        bundles
            Tasks that are given out together; small ones are, so that the work outweighs the
            giving out.
        """


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
            folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="bordermap-")))
            _write(files, folder)
            yield ThisProcess(folder=folder)
            return
        client = _connected(scheduler, workers, stack)
        _share(client, files, stack)
        yield Cluster(client=client, name=scheduler or "the workers of this machine")


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Cluster:
    """
    Work given out to Dask workers.

    Parameters
    ----------
    client
        The connection to their scheduler.
    name
        How messages call it.
    """

    client: Any
    name: str

    def each(
        self, work: Work[T, R], bundles: Iterable[Sequence[T]]
    ) -> Iterator[tuple[T, R | Lost]]:
        """
        Yield each task with what came of it, in the order in which they end.

        Raises
        ------
        DataError
            If the scheduler is lost, or has had no worker for `PATIENCE_S`.

        Notes
        -----
        A bundle whose worker dies is given to another one by the scheduler, and given up when it
        has taken several with it. What was given up is suspected, not guilty: another bundle on
        the same worker may have killed it. At last each suspect is tried alone, while nothing
        else runs, so that only tasks that do kill are lost.
        """
        waiting, suspects = iter(bundles), list[T]()
        given_out: dict[Any, Sequence[T]] = {}
        roster = _Roster(client=self.client, name=self.name)
        while True:
            room = HELD_PER_THREAD * max(1, roster.threads()) - len(given_out)
            for bundle in islice(waiting, max(0, room)):
                given_out[self._submit(work, bundle)] = bundle
            if not given_out:
                break
            for future in self._ended(list(given_out)):
                bundle, found = given_out.pop(future), _result_of(future)
                if isinstance(found, Lost):
                    suspects += bundle
                else:
                    yield from zip(bundle, found, strict=True)
        for task in suspects:
            future = self._submit(work, [task])
            while not self._ended([future]):
                roster.threads()
            found = _result_of(future)
            yield task, found if isinstance(found, Lost) else found[0]

    def _submit(self, work: Work[T, R], bundle: Sequence[T]) -> Any:  # noqa: ANN401
        return self.client.submit(_on_worker, work, bundle, pure=False)

    def _ended(self, futures: list[Any]) -> list[Any]:
        """Return the tasks that have ended, after waiting for one for a while."""
        try:
            return list(
                _distributed().wait(futures, timeout=POLL_S, return_when="FIRST_COMPLETED").done
            )
        except TimeoutError:
            return []
        except CancelledError:
            raise _gone(self.name) from None


@dataclass(slots=True, kw_only=True)
class _Roster:
    """How many threads of workers there are, asked for now and then."""

    client: Any
    name: str
    known: int = 0
    asked: float = -math.inf
    seen: float = field(default_factory=time.monotonic)

    def threads(self) -> int:
        """
        Return how many threads there are.

        Raises
        ------
        DataError
            If the scheduler is gone, or has had no worker for `PATIENCE_S`.
        """
        now = time.monotonic()
        if now - self.asked < POLL_S:
            return self.known
        try:
            threads: Mapping[str, int] = self.client.nthreads()
        except OSError:
            raise _gone(self.name) from None
        self.asked, self.known = now, sum(threads.values())
        if self.known:
            self.seen = now
        elif now - self.seen > PATIENCE_S:
            raise DataError(
                f"{self.name}: has had no worker for {PATIENCE_S:.0f} s; start one, and run the"
                " same command again to go on"
            )
        return self.known


def _gone(name: str) -> DataError:
    return DataError(
        f"{name}: the scheduler is gone; what is finished is kept, run the same command again to"
        " go on"
    )


def _on_worker(work: Work[T, R], bundle: Sequence[T]) -> list[R]:
    """Do the work in a worker's process."""
    folder = _distributed().get_worker().plugins[_PLUGIN].folder
    return [work(task, folder=folder) for task in bundle]


def _result_of(future: Any) -> Any:  # noqa: ANN401  (Dask has no types)
    """Return what came of a task, and let the cluster forget it."""
    error = future.exception()
    if error is None:
        return future.result()
    if type(error).__name__ == "KilledWorker":
        return Lost(reason="the worker that was given it died, and so did those after it")
    return Lost(reason=f"it could not be given to a worker or back: {printable(repr(error))}")


def _connected(scheduler: str | None, workers: int, stack: ExitStack) -> Any:  # noqa: ANN401
    """Return a client of the scheduler, or of processes that are started here."""
    dask = _distributed()
    if scheduler is not None:
        try:
            client = stack.enter_context(dask.Client(scheduler, timeout=ANSWER_S))
            client.wait_for_workers(1, timeout=PATIENCE_S)
        except (OSError, ValueError) as error:  # no answer; an address that is none
            told = printable(str(error)).splitlines()[0]
            raise DataError(
                f"{printable(scheduler)}: no scheduler with a worker answers there ({told});"
                " start `dask scheduler` and `dask worker`, or leave --scheduler out to work here"
            ) from None
        _require_same_version(client)
        return client
    folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="bordermap-"))
    settings = importlib.import_module("dask.config")
    stack.enter_context(settings.set({"distributed.scheduler.allowed-failures": DEATHS}))
    cluster = dask.LocalCluster(
        n_workers=workers,
        threads_per_worker=1,
        processes=True,
        host="127.0.0.1",
        dashboard_address="127.0.0.1:0",
        worker_dashboard_address="127.0.0.1:0",
        memory_limit=0,
        local_directory=folder,
        silence_logs=logging.CRITICAL,
    )
    return stack.enter_context(dask.Client(stack.enter_context(cluster)))


def _require_same_version(client: Any) -> None:  # noqa: ANN401
    """Refuse workers whose results would not be ours."""
    try:
        versions: Mapping[str, str] = client.run(_version)
    except ImportError:
        raise DataError(
            "a worker of this cluster has no bordermap; install the same version everywhere"
        ) from None
    for worker, version in versions.items():
        if version != __version__:
            raise DataError(
                f"the worker {printable(worker)} has bordermap {version}, this is {__version__};"
                " install the same version everywhere"
            )


def _version() -> str:
    return __version__


def _share(client: Any, files: Mapping[str, bytes], stack: ExitStack) -> None:  # noqa: ANN401
    """Give every worker, those that come later too, the files once."""

    class Files(_distributed().WorkerPlugin):  # type: ignore[misc]
        """Files that lie in a folder of the worker's own."""

        def __init__(self) -> None:
            self.files = dict(files)

        def setup(self, worker: object) -> None:  # noqa: ARG002
            self.scratch = tempfile.TemporaryDirectory(prefix="bordermap-")
            self.folder = Path(self.scratch.name)
            _write(self.files, self.folder)

    client.register_plugin(Files(), name=_PLUGIN)
    stack.callback(client.unregister_worker_plugin, _PLUGIN)


def _write(files: Mapping[str, bytes], folder: Path) -> None:
    for name, content in files.items():
        (folder / name).write_bytes(content)


def _distributed() -> Any:  # noqa: ANN401
    """Return the module, which takes half a second to import and may not be installed."""
    try:
        return importlib.import_module("distributed")
    except ImportError:
        raise DataError(
            "more than one worker needs Dask distributed; install it with"
            " pip install 'bordermap[cluster]', or give --workers 1"
        ) from None
