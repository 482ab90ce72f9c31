"""A connection to Dask workers: those of a scheduler that is given, or processes started here."""

import importlib
import logging
from collections.abc import Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from bordermap._text import printable
from bordermap._version import __version__
from bordermap.errors import DataError
from bordermap.scratch import scratch_folder

ANSWER_S = 10.0
"""How long a scheduler may take to answer."""
PATIENCE_S = 30.0
"""How long it may have no worker."""

DEATHS = 1
"""How many workers of this machine a bundle may take with it before it is given up."""

UNWATCHED = {
    "distributed.worker.profile.enabled": False,
    "distributed.admin.tick.interval": "1s",
    "distributed.admin.system-monitor.interval": "10s",
}
"""How seldom processes started here look at themselves: nobody reads it, and a hundred times a
second it took a fifth of their time."""

PLUGIN = "bordermap-files"
"""By what name workers know the files that all tasks share."""


def connected(scheduler: str | None, workers: int, stack: ExitStack) -> Any:  # noqa: ANN401
    """Return a client of the scheduler, or of processes that are started here."""
    dask = distributed()
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
    folder = stack.enter_context(scratch_folder())
    settings = importlib.import_module("dask.config")
    chosen = {"distributed.scheduler.allowed-failures": DEATHS, **UNWATCHED}
    stack.enter_context(settings.set(chosen))
    cluster = dask.LocalCluster(
        n_workers=workers,
        threads_per_worker=1,
        processes=True,
        host="127.0.0.1",
        dashboard_address="127.0.0.1:0",
        worker_dashboard_address="127.0.0.1:0",
        memory_limit=0,
        local_directory=str(folder),
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


def share(client: Any, files: Mapping[str, bytes], stack: ExitStack) -> None:  # noqa: ANN401
    """Give every worker, those that come later too, the files once."""

    class Files(distributed().WorkerPlugin):  # type: ignore[misc]
        """Files that lie in a folder of the worker's own."""

        def __init__(self) -> None:
            self.files = dict(files)

        def setup(self, worker: object) -> None:  # noqa: ARG002
            self.held = ExitStack()
            self.folder = self.held.enter_context(scratch_folder())
            write_shared(self.files, self.folder)

        def teardown(self, worker: object) -> None:  # noqa: ARG002
            self.held.close()

    client.register_plugin(Files(), name=PLUGIN)
    stack.callback(client.unregister_worker_plugin, PLUGIN)


def write_shared(files: Mapping[str, bytes], folder: Path) -> None:
    """Write files that all tasks share."""
    for name, content in files.items():
        (folder / name).write_bytes(content)


def distributed() -> Any:  # noqa: ANN401
    """Return the module, which takes half a second to import and may not be installed."""
    try:
        return importlib.import_module("distributed")
    except ImportError:
        raise DataError(
            "more than one worker needs Dask distributed; install it with"
            " pip install 'bordermap[cluster]', or give --workers 1"
        ) from None
