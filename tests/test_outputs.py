import inspect
import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from bordermap import outputs
from bordermap.errors import OutputError
from bordermap.outputs import RECORD, require_replaceable, write_file, write_folder
from tests.hardening.counts import FAULTS, TRIED


def files(word: str, count: int = 3) -> dict[str, bytes]:
    """Return an output of some files that all say one word."""
    made = {f"part/{number}.txt": word.encode() * 100 for number in range(count)}
    record = {"bordermap": "0", "files": dict.fromkeys(made, "")}
    return {**made, RECORD: json.dumps(record).encode()}


def content(folder: Path) -> dict[str, bytes]:
    """Return every file of a folder by name."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_a_folder_is_what_was_written(tmp_path: Path) -> None:
    write_folder(tmp_path / "deep" / "out", files("new"))
    assert content(tmp_path / "deep" / "out") == files("new")
    assert [path.name for path in (tmp_path / "deep").iterdir()] == ["out"]


def test_a_later_output_replaces_an_earlier_one_whole(tmp_path: Path) -> None:
    write_folder(tmp_path / "out", files("old", 5))
    write_folder(tmp_path / "out", files("new", 2))
    assert content(tmp_path / "out") == files("new", 2)


def test_an_empty_folder_may_be_filled(tmp_path: Path) -> None:
    write_folder(tmp_path, files("new"))
    assert content(tmp_path) == files("new")


@pytest.mark.parametrize("replaceable", [False, True])
def test_what_no_build_wrote_is_never_lost(tmp_path: Path, *, replaceable: bool) -> None:
    out = tmp_path / "out"
    if replaceable:
        write_folder(out, files("old"))
    else:
        out.mkdir()
    (out / "notes.txt").write_text("mine", encoding="utf-8")
    before = content(out)
    with pytest.raises(OutputError, match=r"notes\.txt"):
        write_folder(out, files("new"))
    assert content(out) == before


def test_a_link_is_refused_and_so_is_a_file(tmp_path: Path) -> None:
    (tmp_path / "there").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "there")
    (tmp_path / "file").write_text("mine", encoding="utf-8")
    for name in ("link", "file"):
        with pytest.raises(OutputError, match=name):
            write_folder(tmp_path / name, files("new"))
    assert not list((tmp_path / "there").iterdir())


def test_a_record_that_is_not_ours_makes_nothing_ours(tmp_path: Path) -> None:
    for record in (b"{}", b"[]", b"not json", b'{"files": ["a"]}', b"[" * 100_000):
        (tmp_path / RECORD).write_bytes(record)
        with pytest.raises(OutputError, match=RECORD):
            require_replaceable(tmp_path)


def test_a_record_that_is_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / RECORD)
    with pytest.raises(OutputError, match=RECORD):
        require_replaceable(tmp_path)


def test_a_folder_deeper_than_a_stack_is_refused_like_another(tmp_path: Path) -> None:
    tmp_path.joinpath(*["a"] * 200).mkdir(parents=True)
    limit = sys.getrecursionlimit()
    sys.setrecursionlimit(len(inspect.stack()) + 100)
    try:
        with pytest.raises(OutputError, match="which no build wrote"):
            require_replaceable(tmp_path)
    finally:
        sys.setrecursionlimit(limit)


def test_a_pipe_is_not_replaced_by_a_file(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.csv")
    with pytest.raises(OutputError, match="pipe"):
        write_file(tmp_path / "pipe.csv", [b"new"])
    assert (tmp_path / "pipe.csv").is_fifo()


@pytest.mark.parametrize("name", ["../escape", "/escape", "a/../../escape", ""])
def test_no_name_leads_out_of_the_folder(tmp_path: Path, name: str) -> None:
    with pytest.raises(OutputError, match="leads out"):
        write_folder(tmp_path / "out", {name: b""})
    assert not list(tmp_path.iterdir())


class Crash(BaseException):
    """The process stops here."""


def crashing(after: int) -> Callable[[str, tuple[object, ...]], None]:
    """Return an audit hook's body that crashes at the n-th change to the file system."""
    changes = {"open", "os.rename", "os.mkdir", "os.rmdir", "os.remove", "ctypes.dlsym"}
    left = [after]

    def hook(event: str, _arguments: tuple[object, ...]) -> None:
        if event in changes:
            left[0] -= 1
            if left[0] == 0:
                raise Crash

    return hook


CODE = """
import json, os, sys
from pathlib import Path
sys.path.insert(0, sys.argv[4])
from test_outputs import crashing, files
from bordermap.outputs import write_file, write_folder
import fcntl, shutil
hook = crashing(int(sys.argv[2]))
def stop(event, arguments):
    try:
        hook(event, arguments)
    except BaseException:
        os.kill(os.getpid(), 9)
sys.addaudithook(stop)
if sys.argv[3] == "one file":
    write_file(Path(sys.argv[1]), [b"new"] * 3)
else:
    write_folder(Path(sys.argv[1]), files(sys.argv[3]))
"""


def stopped_at(step: int, out: Path, word: str) -> subprocess.CompletedProcess[bytes]:
    """Write in a process of its own that is killed at its n-th change to the file system."""
    TRIED[FAULTS] += 1
    return subprocess.run(
        [sys.executable, "-c", CODE, str(out), str(step), word, str(Path(__file__).parent)],
        check=False,
        capture_output=True,
    )


def test_killed_at_any_step_leaves_the_old_output_or_the_new_one(tmp_path: Path) -> None:
    out = tmp_path / "out"
    killed = 0
    for step in range(1, 200):
        shutil.rmtree(tmp_path)
        tmp_path.mkdir()
        write_folder(out, files("old"))
        done = stopped_at(step, out, "new")
        assert content(out) in (files("old"), files("new")), step
        write_folder(out, files("last"))
        assert content(out) == files("last")
        assert [path.name for path in tmp_path.iterdir()] == ["out"]
        if done.returncode == 0:
            break
        assert done.returncode == -signal.SIGKILL, done.stderr
        killed += 1
    assert killed > 10


def test_without_an_exchange_the_old_folder_is_moved_aside(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(outputs, "_exchanged", lambda _one, _other: False)
    write_folder(tmp_path / "out", files("old"))
    write_folder(tmp_path / "out", files("new"))
    assert content(tmp_path / "out") == files("new")
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_a_folder_left_aside_by_a_crash_is_put_back(tmp_path: Path) -> None:
    write_folder(tmp_path / "out", files("old"))
    (tmp_path / "out" / "notes.txt").write_text("mine", encoding="utf-8")
    (tmp_path / "out").rename(tmp_path / ".out.old")
    with pytest.raises(OutputError, match="notes"):
        write_folder(tmp_path / "out", files("new"))
    assert (tmp_path / "out" / "notes.txt").read_text(encoding="utf-8") == "mine"


def test_two_builds_at_once_do_not_mix(tmp_path: Path) -> None:
    with (
        outputs._locked(tmp_path / "out"),
        pytest.raises(OutputError, match="another build"),
    ):
        write_folder(tmp_path / "out", files("new"))
    write_folder(tmp_path / "out", files("new"))
    assert content(tmp_path / "out") == files("new")


def test_a_full_disk_leaves_the_old_output(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_folder(tmp_path / "out", files("old"))

    def full(_handle: int) -> None:
        TRIED[FAULTS] += 1
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OutputError, match="No space left"):
        write_folder(tmp_path / "out", files("new"))
    with pytest.raises(OutputError, match="No space left"):
        write_file(tmp_path / "one.txt", [b"new"])
    assert content(tmp_path) == {f"out/{name}": text for name, text in files("old").items()}


def test_a_file_is_replaced_whole_and_a_link_is_not_followed(tmp_path: Path) -> None:
    write_file(tmp_path / "one.txt", [b"a", b"b"])
    write_file(tmp_path / "one.txt", [b"c"])
    assert (tmp_path / "one.txt").read_bytes() == b"c"
    (tmp_path / "link.txt").symlink_to(tmp_path / "one.txt")
    with pytest.raises(OutputError, match="link"):
        write_file(tmp_path / "link.txt", [b"d"])
    assert (tmp_path / "one.txt").read_bytes() == b"c"


def test_a_file_killed_at_any_step_is_the_old_one_or_the_new_and_nothing_stays(
    tmp_path: Path,
) -> None:
    out = tmp_path / "one.txt"
    killed = 0
    for step in range(1, 50):
        write_file(out, [b"old"])
        done = stopped_at(step, out, "one file")
        assert out.read_bytes() in (b"old", b"newnewnew"), step
        write_file(out, [b"last"])
        assert [path.name for path in tmp_path.iterdir()] == ["one.txt"]
        if done.returncode == 0:
            break
        assert done.returncode == -signal.SIGKILL, done.stderr
        killed += 1
    assert killed > 1


def test_what_another_process_is_writing_is_no_leftover(tmp_path: Path) -> None:
    out = tmp_path / "one.txt"
    being_written = tmp_path / ".one.txt.new-1"
    dead, mine = tmp_path / ".one.txt.new-2", tmp_path / ".one.txt.new-3x"
    dead.write_bytes(b"half")
    mine.write_bytes(b"not named by us")
    (tmp_path / ".one.txt.new-4").symlink_to(mine)
    with outputs._made(being_written):
        write_file(out, [b"new"])
        assert being_written.exists()
    assert out.read_bytes() == b"new"
    assert not dead.exists()
    assert mine.read_bytes() == b"not named by us"
    assert (tmp_path / ".one.txt.new-4").is_symlink()
