"""Real builds that are killed, starved, raced and led astray: the old output or the new, whole."""

import hashlib
import json
import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from pathlib import Path

import pytest

from bordermap import outputs
from bordermap._shipped import shipped
from bordermap.cli.app import REFUSED, run
from bordermap.errors import OutputError
from tests.hardening.counts import FAULTS, TRIED

CASE = "chamizal-1963"
PROGRAM = [sys.executable, "-m", "bordermap"]
KILLS = 3
KILOBYTE = 1_024


def build(folder: Path, *, seed: int = 1, draws: int = 2) -> list[str]:
    return [*PROGRAM, "build", CASE, "-o", str(folder), "--draws", str(draws), "--seed", str(seed)]


def finished(
    arguments: list[str], *, before: Callable[[], None] | None = None
) -> subprocess.CompletedProcess[bytes]:
    TRIED[FAULTS] += before is not None
    done = subprocess.run(arguments, check=False, capture_output=True, preexec_fn=before)
    assert b"Traceback" not in done.stderr, done.stderr
    return done


def seed_of(folder: Path) -> int:
    """Return the seed of an output that is whole: every file it lists, and nothing more."""
    record = json.loads((folder / "run.json").read_bytes())
    there = {p.relative_to(folder).as_posix(): p for p in folder.rglob("*") if p.is_file()}
    assert set(there) == {"run.json", *record["files"]}
    for name, sha256 in record["files"].items():
        assert hashlib.sha256(there[name].read_bytes()).hexdigest() == sha256, name
    seed: int = record["seed"]
    return seed


@pytest.fixture(scope="module")
def old(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("built") / "out"
    assert finished(build(folder, seed=1)).returncode == 0
    return folder


@pytest.fixture
def out(old: Path, tmp_path: Path) -> Path:
    """Return a copy of an earlier output that a test may ruin."""
    return Path(shutil.copytree(old, tmp_path / "work" / "out"))


def test_a_build_is_the_same_bytes_under_other_flags_letters_and_homes(
    old: Path, tmp_path: Path
) -> None:
    out = tmp_path / 'a\\b:c "é"'
    command = build(out, seed=1)
    # what pyproj and older numpy say to one another of arrays of one; answers are the same
    quieter = "ignore:Conversion of an array:DeprecationWarning"
    command[1:1] = ["-O", "-W", "error", "-W", quieter]
    strange = {
        "PYTHONUTF8": "0",
        "PYTHONCOERCECLOCALE": "0",
        "LC_ALL": "C",
        "HOME": "/nowhere",
        "XDG_CACHE_HOME": "/dev/null/cache",
        "TMPDIR": "/nowhere",
    }
    done = subprocess.run(command, check=False, capture_output=True, env={**os.environ, **strange})
    assert done.returncode == 0, done.stderr
    assert done.stderr == b""
    there = {path.relative_to(old) for path in old.rglob("*") if path.is_file()}
    assert {path.relative_to(out) for path in out.rglob("*") if path.is_file()} == there
    assert all((out / name).read_bytes() == (old / name).read_bytes() for name in there)


def test_killed_at_random_moments_a_build_leaves_the_old_output_or_the_new(out: Path) -> None:
    moments = random.Random(20231216)  # noqa: S311  (when to kill, not a secret)
    started = time.monotonic()
    assert finished(build(out, seed=1)).returncode == 0
    lasts_s = time.monotonic() - started
    killed = 0
    for seed in range(2, 2 + KILLS):
        process = subprocess.Popen(
            build(out, seed=seed), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        try:
            # the last third is where files are written
            process.wait(timeout=lasts_s * moments.uniform(0.66, 1.02))
        except subprocess.TimeoutExpired:
            TRIED[FAULTS] += 1
            process.send_signal(signal.SIGKILL)
            process.wait()
            killed += 1
        assert seed_of(out) in range(1, seed + 1)
    assert killed > 0
    assert finished(build(out, seed=99)).returncode == 0
    assert seed_of(out) == 99
    assert [path.name for path in out.parent.iterdir()] == ["out"]


def test_an_interrupted_build_says_so_and_leaves_the_old_output(out: Path) -> None:
    lasting = build(out, seed=2, draws=1_000_000)
    # what runs the tests in the background may have left the signal ignored
    heed = partial(signal.signal, signal.SIGINT, signal.SIG_DFL)
    process = subprocess.Popen(
        lasting,
        stderr=subprocess.PIPE,
        preexec_fn=heed,  # noqa: PLW1509  (no threads here)
    )
    with pytest.raises(subprocess.TimeoutExpired):
        process.wait(timeout=0.7)
    TRIED[FAULTS] += 1
    process.send_signal(signal.SIGINT)
    _, told = process.communicate()
    assert process.returncode in (130, -signal.SIGINT)
    assert seed_of(out) == 1
    assert [path.name for path in out.parent.iterdir()] == ["out"]
    assert b"Traceback" not in told or process.returncode == -signal.SIGINT


def test_two_builds_into_one_folder_leave_the_output_of_one(out: Path) -> None:
    both = [
        subprocess.Popen(build(out, seed=seed), stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
        for seed in (2, 3)
    ]
    told = [process.communicate()[1] for process in both]
    codes = [process.returncode for process in both]
    assert set(codes) <= {0, REFUSED}
    assert 0 in codes
    assert seed_of(out) in (2, 3)
    for code, line in zip(codes, told, strict=True):
        assert (b"another build" in line) == (code == REFUSED)
    assert [path.name for path in out.parent.iterdir()] == ["out"]


def test_a_file_that_may_not_grow_leaves_the_old_output(out: Path) -> None:
    def small_files() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (100 * KILOBYTE, 100 * KILOBYTE))

    done = finished(build(out, seed=2), before=small_files)
    assert done.returncode == REFUSED
    assert done.stderr.count(b"\n") == 1
    assert b"nothing was changed" in done.stderr
    assert seed_of(out) == 1
    assert [path.name for path in out.parent.iterdir()] == ["out"]


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """Return a disk that holds one output but not two; skipped where none may be mounted."""
    disk = tmp_path / "disk"
    disk.mkdir()
    TRIED[FAULTS] += 1  # full, or only to be read
    size = f"size={1_000 * KILOBYTE}"
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", size, "tmpfs", str(disk)], check=False, capture_output=True
    )
    if mounted.returncode:
        pytest.skip("no disk may be mounted here; the limit on file sizes stands for it")
    yield disk
    subprocess.run(["umount", str(disk)], check=True)


def test_a_full_disk_leaves_the_old_output(small_disk: Path) -> None:
    out = small_disk / "out"
    assert finished(build(out, seed=1)).returncode == 0
    done = finished(build(out, seed=2))
    assert done.returncode == REFUSED
    assert b"No space left" in done.stderr
    assert seed_of(out) == 1
    assert [path.name for path in small_disk.iterdir()] == ["out"]


def test_a_read_only_disk_is_refused(small_disk: Path) -> None:
    remount = ["mount", "-o", "remount,ro", str(small_disk)]
    assert subprocess.run(remount, check=False).returncode == 0
    done = finished(build(small_disk / "out"))
    assert done.returncode == REFUSED
    assert b"cannot be written" in done.stderr


# Names that lead elsewhere ------------------------------------------------------------------------


def mine(tmp_path: Path) -> Path:
    """Return a folder that a user keeps files in."""
    folder = tmp_path / "mine"
    folder.mkdir()
    (folder / "notes.txt").write_text("mine", encoding="utf-8")
    return folder


def stamps(folder: Path) -> dict[str, int]:
    return {str(path): path.lstat().st_mtime_ns for path in folder.rglob("*")}


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a working folder with a user's files and with links."""
    folder = mine(tmp_path)
    (tmp_path / "link").symlink_to(folder)
    (tmp_path / "dangling").symlink_to(tmp_path / "nowhere")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("mine", "'notes.txt', which no build wrote"),
        ("mine/../mine", "'notes.txt', which no build wrote"),
        (".", "is no name of a folder; give one with -o"),
        ("/", "is no name of a folder; give one with -o"),
        ("link", "is a link"),
        ("dangling", "is a link"),
        ("mine/notes.txt", "is no folder"),
        ("mine/notes.txt/out", "is no folder"),
        ("a\0b", "an argument holds a zero byte"),
        ("x" * 300, "File name too long"),
    ],
)
def test_a_build_goes_nowhere_it_should_not(
    desk: Path, capsys: pytest.CaptureFixture[str], name: str, told: str
) -> None:
    before = stamps(desk)
    assert run(["build", CASE, "-o", name]) == REFUSED
    line = capsys.readouterr().err
    assert line.count("\n") == 1
    assert told in line
    assert stamps(desk) == before


@pytest.mark.parametrize(
    "name", ["link", "dangling", "mine/notes.txt", "mine/notes.txt/a.csv", "a\0b.csv", "o.exe"]
)
def test_an_export_goes_nowhere_it_should_not(
    desk: Path, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    before = stamps(desk)
    assert run(["export", CASE, "-o", name]) == REFUSED
    assert capsys.readouterr().err.count("\n") == 1
    assert stamps(desk) == before


@pytest.mark.parametrize("suffix", [".gpkg", ".csv"])
def test_an_export_replaces_no_link_and_writes_through_none(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], suffix: str
) -> None:
    folder = mine(tmp_path)
    for layer in ("", "-provinces", "-borders", "-footprints", "-sites", "-disagreement"):
        (tmp_path / f"o{layer}{suffix}").symlink_to(folder / "notes.txt")
    assert run(["export", CASE, "-o", str(tmp_path / f"o{suffix}")]) == REFUSED
    assert capsys.readouterr().err.count("\n") == 1
    assert (folder / "notes.txt").read_text(encoding="utf-8") == "mine"


def test_a_file_put_there_during_a_build_is_not_lost(
    out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    really = outputs._write_all

    def write_all(folder: Path, files: Mapping[str, bytes]) -> None:
        really(folder, files)
        (out / "notes.txt").write_text("mine", encoding="utf-8")

    monkeypatch.setattr(outputs, "_write_all", write_all)
    with pytest.raises(OutputError, match=r"notes\.txt"):
        outputs.write_folder(out, {"run.json": b"{}"})
    assert (out / "notes.txt").read_text(encoding="utf-8") == "mine"


# Cases that lead elsewhere ------------------------------------------------------------------------


def own_case(tmp_path: Path) -> Path:
    return Path(shutil.copytree(shipped("cases", CASE), tmp_path / "own"))


@pytest.mark.parametrize("name", ["case.toml", "sites.csv", "reports.toml", "claims/cila-243.toml"])
def test_a_link_out_of_a_case_is_not_followed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    case = own_case(tmp_path)
    outside = tmp_path / "outside"
    (case / name).rename(outside)
    (case / name).symlink_to(outside)
    assert run(["build", str(case), "-o", str(tmp_path / "out")]) == REFUSED
    assert Path(name).name in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    "name", ["../../../../etc/passwd", "/etc/passwd", "outlines/../../secret", "C:\\x", "", "\0"]
)
def test_outlines_are_read_from_the_case_alone(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    case = own_case(tmp_path)
    scenario = 'title = "t"\nmodel = "outlines"\nrationale = "r"\nassumes = ["a"]\n[outlines]\n'
    text = scenario + f"file = {json.dumps(name)}\n"
    (case / "scenarios" / "drawn.toml").write_text(text, encoding="utf-8")
    assert run(["build", str(case), "-o", str(tmp_path / "out")]) == REFUSED
    line = capsys.readouterr().err
    assert line.count("\n") == 1
    assert "root:" not in line
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("case_id", ["../evil", "/evil", "a/b", "", ".", "..", "a\\nb", "x" * 500])
def test_an_id_is_no_path(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    case_id: str,
) -> None:
    case = own_case(tmp_path)
    text = (case / "case.toml").read_text(encoding="utf-8")
    changed = text.replace(f'id = "{CASE}"', f'id = "{case_id}"', 1)
    assert changed != text
    (case / "case.toml").write_text(changed, encoding="utf-8")
    monkeypatch.chdir(case)
    assert run(["build", str(case)]) == REFUSED
    assert "case.toml" in capsys.readouterr().err
    assert not (case / "out").exists()
    assert [path.name for path in tmp_path.iterdir()] == ["own"]
