"""The engine with a real scheduler and real workers, which are killed while they work."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

import bordermap
from bordermap.batch import Batch, Settings, engine
from bordermap.errors import DataError
from tests.batch.feeds import articles, feed

Client = pytest.importorskip(
    "distributed", reason="Dask distributed is not installed (extra 'cluster')"
).Client

ARTICLES = 48
PATIENCE_S = 120.0
"""For a machine with much else to do; no test waits this long where things go well."""


def until(
    holds: Callable[[], bool], what: str, *, runs: subprocess.Popen[bytes] | None = None
) -> None:
    end = time.monotonic() + PATIENCE_S
    while not holds():
        assert time.monotonic() < end, f"waited in vain until {what}"
        assert runs is None or runs.poll() is None, f"ended before {what}"
        time.sleep(0.02)


@dataclass
class Cluster:
    """A `dask scheduler` and its `dask worker` processes on loopback."""

    folder: Path
    processes: list[subprocess.Popen[bytes]] = field(default_factory=list)

    @property
    def file(self) -> Path:
        return self.folder / "scheduler.json"

    @property
    def address(self) -> str:
        return str(json.loads(self.file.read_text("utf-8"))["address"])

    @property
    def alive(self) -> list[subprocess.Popen[bytes]]:
        """The workers that live; the scheduler was started before them."""
        return [one for one in self.processes[1:] if one.poll() is None]

    def start_scheduler(self) -> None:
        self.start(
            "dask_scheduler", "--port", "0", "--no-show", "--dashboard-address", "127.0.0.1:0"
        )
        until(lambda: self.file.exists() and self.file.stat().st_size > 0, "the scheduler is up")

    def start_worker(self, path: Path | None = None) -> subprocess.Popen[bytes]:
        return self.start(
            "dask_worker", "--nthreads", "1", "--no-nanny", "--no-dashboard",
            "--local-directory", str(self.folder), path=path,
        )  # fmt: skip

    def start(
        self, program: str, *options: str, path: Path | None = None
    ) -> subprocess.Popen[bytes]:
        process = subprocess.Popen(
            [sys.executable, "-m", f"distributed.cli.{program}", "--host", "127.0.0.1",
             "--scheduler-file", str(self.file), *options],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            cwd=path,  # where modules are looked for first
        )  # fmt: skip
        self.processes.append(process)
        return process


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    found = Cluster(folder=tmp_path_factory.mktemp("cluster"))
    try:
        found.start_scheduler()
        yield found
    finally:
        for process in reversed(found.processes):
            process.kill()
            process.wait(timeout=PATIENCE_S)


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    records: list[dict[str, Any] | str] = [
        *articles(ARTICLES),
        "broken",
        {"id": "empty", "text": " "},
    ]
    return feed(tmp_path_factory.mktemp("feed") / "feed.jsonl", records)


@pytest.fixture(scope="module")
def table(source: Path, tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """Return the table as this process makes it."""
    folder = tmp_path_factory.mktemp("here") / "out"
    return batch(source, folder).run().table.read_bytes()


def batch(source: Path, out: Path, scheduler: str | None = None) -> Batch:
    return Batch(sources=[str(source)], folder=out, settings=Settings(), scheduler=scheduler)


def start(source: Path, out: Path, *options: str) -> subprocess.Popen[bytes]:
    """Start the command line in a process group of its own."""
    command = [sys.executable, "-m", "bordermap", "batch", str(source), "-o", str(out), *options]
    return subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    )


def finished(out: Path) -> dict[str, int]:
    """Return what is finished, and what tells it from the same done anew."""
    items = out / "items"
    if not items.is_dir():
        return {}
    return {one.name: one.stat().st_ino for one in items.iterdir() if not one.name.startswith(".")}


def test_a_worker_that_is_killed_loses_no_item(
    cluster: Cluster, source: Path, table: bytes, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    victim, _ = cluster.start_worker(), cluster.start_worker()
    client = start(source, out, "--scheduler", cluster.address)
    until(lambda: len(finished(out)) > 0, "the first item is finished", runs=client)
    assert len(finished(out)) < ARTICLES
    victim.kill()
    assert client.wait(timeout=PATIENCE_S) == 2  # two items of the feed are broken
    assert (out / "results.parquet").read_bytes() == table
    assert (out / "failures.csv").read_text("utf-8").count("\n") == 3


def test_a_client_that_is_killed_loses_nothing_that_was_finished(
    cluster: Cluster, source: Path, table: bytes, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    cluster.start_worker()
    client = start(source, out, "--scheduler", cluster.address)
    until(lambda: len(finished(out)) > 0, "the first item is finished", runs=client)
    client.kill()
    client.wait(timeout=PATIENCE_S)
    before = finished(out)
    assert 0 < len(before) < ARTICLES
    report = batch(source, out, scheduler=cluster.address).run()
    assert len(report.failures) == 2
    assert finished(out).items() >= before.items()
    assert (out / "results.parquet").read_bytes() == table


def test_processes_of_this_machine_give_the_same_table_and_die_with_their_client(
    source: Path, table: bytes, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    client = start(source, out, "--workers", "2")
    until(lambda: len(finished(out)) > 0, "the first item is finished", runs=client)
    client.kill()
    client.wait(timeout=PATIENCE_S)
    until(lambda: not group_lives(client.pid), "the workers have died with their client")
    batch(source, out).run()
    assert (out / "results.parquet").read_bytes() == table


def group_lives(group: int) -> bool:
    try:
        os.killpg(group, signal.SIG_DFL)
    except ProcessLookupError:
        return False
    return True


def test_a_task_that_kills_its_workers_is_lost_and_the_others_are_not() -> None:
    with engine(workers=2, shared={"a": b"one", "b": b"two"}) as here:
        assert dict(here.each(shared, [["a"], ["b"]])) == {"a": "one", "b": "two"}
        found = dict(here.each(fatal, [[1, 2, 3], [4, 13, 5], [6]]))
    lost = found.pop(13)
    assert "died" in getattr(lost, "reason", "")
    assert found == {number: number * 2 for number in range(1, 7)}


def fatal(task: int, /, *, folder: Path) -> int:
    if task == 13:
        os.kill(os.getpid(), signal.SIGKILL)
    assert shared("a", folder=folder) == "one"  # a worker in place of a dead one has it too
    return task * 2


def shared(task: str, /, *, folder: Path) -> str:
    return (folder / task).read_text("utf-8")


def test_files_that_are_shared_lie_where_the_work_is_done() -> None:
    with engine(workers=1, shared={"a": b"one", "b": b"two"}) as here:
        assert dict(here.each(shared, [["a"], ["b"]])) == {"a": "one", "b": "two"}


@pytest.mark.parametrize("address", ["tcp://127.0.0.1:1", "nonsense", "tcp://", "http://x y"])
def test_a_scheduler_that_does_not_answer_is_refused(
    address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bordermap.batch.connecting.ANSWER_S", 0.5)
    with (
        pytest.raises(DataError, match=r"no scheduler.*leave --scheduler out"),
        engine(workers=1, scheduler=address),
    ):
        pass


def test_a_worker_of_another_version_is_refused(cluster: Cluster, tmp_path: Path) -> None:
    package = Path(bordermap.__file__).parent
    other = shutil.copytree(package, tmp_path / "bordermap")
    (other / "_version.py").write_text('__version__ = "0.0.1"\n', "utf-8")
    worker = cluster.start_worker(tmp_path)
    try:
        with Client(cluster.address) as client:
            count = len(cluster.alive)
            until(lambda: len(client.nthreads()) == count, "every worker is there")
        with (
            pytest.raises(DataError, match=r"has bordermap 0\.0\.1, this is .*same version"),
            engine(workers=1, scheduler=cluster.address),
        ):
            pytest.fail("an engine was given that would mix results of two versions")
    finally:
        worker.kill()
        worker.wait(timeout=PATIENCE_S)


def test_an_engine_that_is_not_installed_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(DataError, match="bordermap\\[cluster\\]"), engine(workers=2):
        pass
