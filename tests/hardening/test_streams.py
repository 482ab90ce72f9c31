"""What becomes of output that cannot be written: no traceback, and an exit code that tells."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

PROGRAM = [sys.executable, "-m", "bordermap"]
FULL = Path("/dev/full")
ARMENIAN = "Գեղարքունիք"

needs_full = pytest.mark.skipif(not FULL.exists(), reason="this system has no /dev/full")


def shell(line: str, **environment: str) -> subprocess.CompletedProcess[bytes]:
    """Run a line of shell in which ``$B`` is the program."""
    done = subprocess.run(
        ["bash", "-c", line],
        env={**os.environ, "B": " ".join(PROGRAM), **environment},
        check=False,
        capture_output=True,
    )
    assert b"Traceback" not in done.stderr, done.stderr
    return done


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "cp1251", "utf-8"])
def test_a_terminal_without_the_letters_gets_them_escaped(encoding: str) -> None:
    found = shell(f"$B link {ARMENIAN} 😀 --json", PYTHONIOENCODING=encoding)
    assert found.returncode == 0
    assert [one["text"] for one in json.loads(found.stdout.decode(encoding))] == [ARMENIAN, "😀"]
    assert shell(f"$B link {ARMENIAN} 😀", PYTHONIOENCODING=encoding).returncode == 0


def test_a_name_that_is_no_unicode_is_still_answered_in_json() -> None:
    found = shell("$B link $'a\\xffb' --json")
    assert found.returncode == 0
    assert json.loads(found.stdout)[0]["text"] == "a\udcffb"


@needs_full
@pytest.mark.parametrize(
    "command", ["link Syunik --json", "link Syunik", "--help", "--version", "depth 150 --json"]
)
def test_a_full_disk_under_stdout_is_refused_in_one_line(command: str) -> None:
    done = shell(f"$B {command} > /dev/full")
    assert done.returncode == 2
    assert done.stderr.count(b"\n") == 1
    assert b"No space left" in done.stderr


@needs_full
def test_a_refusal_that_cannot_be_written_is_still_an_exit_code() -> None:
    assert shell("$B depth nonsense 2> /dev/full").returncode == 2


def test_closed_streams_change_no_exit_code() -> None:
    assert shell("$B link Syunik --json >&-").returncode == 0
    assert shell("$B depth nonsense 2>&-").returncode == 2


@pytest.mark.parametrize("command", ["link Syunik --json", "link Syunik", "--help"])
def test_a_reader_that_stops_reading_is_no_failure(command: str) -> None:
    done = shell(f"set -o pipefail; $B {command} | true")
    assert done.returncode == 0
    assert done.stderr == b""


def test_a_working_folder_that_is_gone_is_refused() -> None:
    done = shell('d=$(mktemp -d); cd "$d"; rmdir "$d"; $B area x.geojson')
    assert done.returncode == 2
    assert b"x.geojson: there is no such file" in done.stderr
