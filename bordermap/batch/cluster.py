"""Work given out to Dask workers, who may come, go and die."""

import math
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import CancelledError
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from bordermap._text import printable
from bordermap.batch.connecting import PATIENCE_S, PLUGIN, distributed
from bordermap.batch.tasks import Lost, R, T, Work
from bordermap.errors import DataError

HELD_PER_THREAD = 2
"""Bundles given out for each thread that works: none has to wait, and memory stays flat."""

POLL_S = 2.0


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
                distributed().wait(futures, timeout=POLL_S, return_when="FIRST_COMPLETED").done
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
    folder = distributed().get_worker().plugins[PLUGIN].folder
    return [work(task, folder=folder) for task in bundle]


def _result_of(future: Any) -> Any:  # noqa: ANN401  (Dask has no types)
    """Return what came of a task, and let the cluster forget it."""
    error = future.exception()
    if error is None:
        return future.result()
    if type(error).__name__ == "KilledWorker":
        return Lost(reason="the worker that was given it died, and so did those after it")
    return Lost(reason=f"it could not be given to a worker or back: {printable(repr(error))}")
