"""Folders for the time being: gone at the end, whatever the end was."""

import signal
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from bordermap.scratch import scratch_folder

HOLDS = """
from bordermap.scratch import scratch_folder
with scratch_folder() as folder:
    (folder / "a").write_text("a")
    print(folder, flush=True)
    input()
"""


@pytest.fixture(autouse=True)
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return what is the system's folder for temporary files here."""
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


def test_a_folder_is_gone_at_the_end_also_of_what_fails(place: Path) -> None:
    def fail() -> None:
        with scratch_folder() as folder:
            (folder / "a").write_text("a", "utf-8")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert list(place.iterdir()) == []


def test_a_killed_process_leaves_its_folder_to_the_next_and_a_living_one_keeps_it(
    place: Path,
) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", HOLDS], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        held = Path(process.stdout.readline().strip())
        with scratch_folder() as mine:
            assert {path.name for path in place.iterdir()} == {held.name, mine.name}
        process.send_signal(signal.SIGKILL)
        process.wait()
    assert held.is_dir()
    with scratch_folder() as mine:
        assert list(place.iterdir()) == [mine]


def test_what_others_put_there_stays(place: Path) -> None:
    (place / "other").mkdir()
    (place / "bordermap-notes").write_text("mine", "utf-8")
    (place / "bordermap-link").symlink_to(place / "other")
    with scratch_folder():
        pass
    assert sorted(path.name for path in place.iterdir()) == [
        "bordermap-link",
        "bordermap-notes",
        "other",
    ]
