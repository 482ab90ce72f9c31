"""A batch from its sources to its table: what is finished is kept, what fails stands alone."""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from functools import partial
from itertools import chain
from pathlib import Path
from typing import Any

from bordermap._shipped import shipped
from bordermap._version import __version__
from bordermap.batch.engines import engine
from bordermap.batch.items import Item, Unusable, count_items, read_items
from bordermap.batch.store import ITEMS, Store
from bordermap.batch.table import COLUMNS, FAILURE_COLUMNS, table_name
from bordermap.batch.tasks import Lost
from bordermap.batch.work import Outcome, Settings, worked
from bordermap.datasets import is_registered, load_dataset
from bordermap.tables import Row, write_table

FAILURES = "failures.csv"

ARTICLES_TOGETHER = 16
"""Articles given out together: some tenths of a second of work."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """
    An item that nothing came of.

    Parameters
    ----------
    name
        How it is listed.
    reason
        Why, and what would do.
    """

    name: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Finished:
    """
    An item whose results are there.

    Parameters
    ----------
    name
        How it is listed.
    folder
        Its folder, below that of the batch.
    """

    name: str
    folder: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """
    How far a batch is.

    Parameters
    ----------
    done
        Items that are finished or have failed.
    failed
        Those that have failed.
    kept
        Those that were finished before.
    total
        About how many there are.
    """

    done: int = 0
    failed: int = 0
    kept: int = 0
    total: int = 0


@dataclass(frozen=True, kw_only=True)
class Batch:
    """
    Many cases and articles.

    Parameters
    ----------
    sources
        What to work on; see `read_items`.
    folder
        Where results go; an earlier batch's is gone on with.
    settings
        What holds for every item; `Settings.boundaries` is set from `boundaries`.
    boundaries
        A dataset's id or a user's file; None as in `Settings`.
    workers
        Processes of this machine.
    scheduler
        Address of a Dask scheduler to use instead.
    """

    sources: Sequence[str]
    folder: Path
    settings: Settings
    boundaries: str | None = None
    workers: int = 1
    scheduler: str | None = None

    def run(self, told: Callable[[Progress], None] = lambda _: None) -> "Report":
        """
        Return what came of every item, after all that is left to do was done.

        Parameters
        ----------
        told
            Is told how far the batch is.

        Raises
        ------
        OutputError
            If the folder is something else's, or the disk refuses.
        DataError
            If there is no engine, or it is lost; what is finished stays.
        """
        own = self._own_file()
        settings = replace(self.settings, boundaries=self._identity(own))
        running = _Running(
            store=Store(self.folder),
            key=f"{__version__} {_data_version()} {settings}",
            told=told,
            progress=Progress(total=count_items(self.sources)),
        )
        with running.store.opened():
            tasks = running.tasks(read_items(self.sources))
            first = next(tasks, None)
            if first is not None:  # else there is nothing to start workers for
                work = partial(_worked, settings=settings, given=None if own else self.boundaries)
                with engine(
                    workers=self.workers, scheduler=self.scheduler, shared=own or {}
                ) as here:
                    for task, outcome in here.each(work, _bundled(chain([first], tasks), settings)):
                        running.take(task, outcome)
            return running.report(settings)

    def _own_file(self) -> dict[str, bytes]:
        """Return a user's boundaries, to be sent to the workers; none for a dataset's id."""
        if self.boundaries is None or is_registered(self.boundaries):
            return {}
        path = Path(self.boundaries)
        load_dataset(path, worldview=self.settings.worldview)  # refused here, not for every item
        return {path.name: path.read_bytes()}

    def _identity(self, own: Mapping[str, bytes]) -> str | None:
        """Return what the dataset is known by: its id, or a file's checksum."""
        for name, content in own.items():
            return f"{name} {hashlib.sha256(content).hexdigest()}"
        return self.boundaries


@dataclass(frozen=True, kw_only=True)
class Report:
    """
    What came of a batch.

    Parameters
    ----------
    entries
        Every item, in the order of the sources.
    table
        The one table.
    store
        Where results lie.
    """

    entries: tuple[Finished | Failure, ...]
    table: Path
    store: Store

    @property
    def failures(self) -> tuple[Failure, ...]:
        """The items that nothing came of."""
        return tuple(entry for entry in self.entries if isinstance(entry, Failure))

    def as_json(self) -> list[dict[str, Any]]:
        """Return one summary an item, or why there is none."""
        return [
            {"item": entry.name, "error": entry.reason}
            if isinstance(entry, Failure)
            else {
                "item": entry.name,
                "folder": f"{ITEMS}/{entry.folder}",
                **self.store.summary(entry.folder),
            }
            for entry in self.entries
        ]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Task:
    """An item that is worked on, and its place among all."""

    place: int
    item: Item
    fingerprint: str


@dataclass(slots=True, kw_only=True)
class _Running:
    """A batch while it runs."""

    store: Store
    key: str
    told: Callable[[Progress], None]
    entries: list[Finished | Failure | None] = field(default_factory=list)
    progress: Progress = field(default_factory=Progress)

    def tasks(self, items: Iterable[Item | Unusable]) -> Iterator[_Task]:
        """Yield what is left to do; what is finished or cannot be used is noted on the way."""
        for item in items:
            if isinstance(item, Unusable):
                self.entries.append(Failure(name=item.name, reason=item.reason))
                self._tell(failed=1)
                continue
            fingerprint = item.fingerprint(self.key)
            folder = item.folder(fingerprint)
            if self.store.holds(folder, fingerprint):
                self.entries.append(Finished(name=item.name, folder=folder))
                self._tell(kept=1)
            else:
                self.entries.append(None)
                yield _Task(place=len(self.entries) - 1, item=item, fingerprint=fingerprint)

    def take(self, task: _Task, outcome: Outcome | Lost) -> None:
        """Keep what came of a task."""
        name = task.item.name
        if outcome.reason:
            self.entries[task.place] = Failure(name=name, reason=outcome.reason)
            self._tell(failed=1)
        elif isinstance(outcome, Outcome):
            folder = task.item.folder(task.fingerprint)
            self.store.put(folder, task.fingerprint, outcome)
            self.entries[task.place] = Finished(name=name, folder=folder)
            self._tell()

    def report(self, settings: Settings) -> Report:
        """Write the table, the failures and the manifest."""
        report = Report(
            entries=tuple(entry for entry in self.entries if entry is not None),
            table=self.store.folder / table_name(),
            store=self.store,
        )
        write_table(report.table, self._rows(), COLUMNS)
        failed = ({"item": failure.name, "reason": failure.reason} for failure in report.failures)
        write_table(self.store.folder / FAILURES, failed, FAILURE_COLUMNS)
        self.store.write_manifest(
            {
                "settings": asdict(settings),
                "items": len(report.entries),
                "failed": len(report.failures),
                "table": report.table.name,
            }
        )
        return report

    def _rows(self) -> Iterator[Row]:
        for entry in self.entries:
            if isinstance(entry, Finished):
                for row in self.store.rows(entry.folder):
                    yield {**row, "item": entry.name, "folder": f"{ITEMS}/{entry.folder}"}

    def _tell(self, *, failed: int = 0, kept: int = 0) -> None:
        before, done = self.progress, self.progress.done + 1
        self.progress = Progress(
            done=done,
            failed=before.failed + failed,
            kept=before.kept + kept,
            total=max(before.total, done),
        )
        self.told(self.progress)


def _bundled(tasks: Iterable[_Task], settings: Settings) -> Iterator[list[_Task]]:
    """Yield a case, or what takes as long as one, alone, and other articles some at a time."""
    bundle: list[_Task] = []
    for task in tasks:
        if settings.builds or task.item.kind == "case":
            yield [task]
            continue
        bundle.append(task)
        if len(bundle) == ARTICLES_TOGETHER:
            yield bundle
            bundle = []
    if bundle:
        yield bundle


def _worked(task: _Task, /, *, folder: Path, settings: Settings, given: str | None) -> Outcome:
    """Work on an item where the shared file, if there is one, is the user's boundaries."""
    own = next(folder.iterdir(), None)
    return worked(task.item, settings, own or given)


def _data_version() -> str:
    """Return what tells the shipped data from those of another version."""
    return hashlib.sha256(shipped("registry.toml").read_bytes()).hexdigest()
