"""
``python -m tests.fuzz [MINUTES] [TARGET…]``: every target for an even share of the time.

With atheris installed (``make fuzz`` asks for it) the search is led by what the code covers, one
process a target, and gains in depth; without it hypothesis
draws as in the tests, but without end and from another seed each time. What breaks a promise is
kept as ``found-<target>-<hash>``, printed with its traceback, and ends the run with exit code 1.
"""

import argparse
import hashlib
import importlib.util
import re
import subprocess
import sys
import tempfile
import time
import traceback
import warnings
from pathlib import Path

from hypothesis import HealthCheck, given, settings

from tests.fuzz.targets import TARGETS, Target

MINUTES = 10.0
ROUND = 200
"""How many contents hypothesis tries before it looks at the clock."""


def main() -> int:
    """Fuzz, print a table, and return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument("minutes", nargs="?", type=float, default=MINUTES)
    parser.add_argument("targets", nargs="*", metavar="TARGET", help=", ".join(TARGETS))
    given_arguments = parser.parse_args()
    warnings.simplefilter("error")
    names = given_arguments.targets or list(TARGETS)
    share_s = given_arguments.minutes * 60 / len(names)
    with_atheris = importlib.util.find_spec("atheris") is not None
    tool = "atheris" if with_atheris else "hypothesis, for atheris is not installed"
    _say(f"{tool}: {share_s:.0f} s a target")
    findings = 0
    for name in names:
        tried, found = (_in_a_process if with_atheris else _drawn)(name, share_s)
        findings += found
        _say(f"{name:20} {tried:10,} tried {found:3} found")
    return 1 if findings else 0


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def _kept(name: str, content: bytes) -> Path:
    path = Path(f"found-{name}-{hashlib.sha256(content).hexdigest()[:12]}")
    path.write_bytes(content)
    return path


def _drawn(name: str, share_s: float) -> tuple[int, int]:
    """Return how many contents hypothesis tried, and whether one broke the promise."""
    target = TARGETS[name]
    ends = time.monotonic() + share_s
    with tempfile.TemporaryDirectory() as folder:
        last = _Last()
        while time.monotonic() < ends:
            try:
                _try_round(target, Path(folder), last)
            except Exception:  # noqa: BLE001  (whatever breaks a promise is what is looked for)
                traceback.print_exc()
                _say(f"kept as {_kept(name, last.content)}")
                return last.tried, 1
    _say(f"{name:20} {last.slowest_s:10.2f} s the slowest")
    return last.tried, 0


class _Last:
    """The last content that was tried, and how many there were."""

    content = b""
    tried = 0
    slowest_s = 0.0


def _try_round(target: Target, folder: Path, last: _Last) -> None:
    @settings(
        max_examples=ROUND, deadline=None, database=None, suppress_health_check=list(HealthCheck)
    )
    @given(target.contents)
    def keeps(content: bytes) -> None:
        last.content = content
        last.tried += 1
        began = time.monotonic()
        target.promise(content, folder)
        last.slowest_s = max(last.slowest_s, time.monotonic() - began)

    keeps()


def _in_a_process(name: str, share_s: float) -> tuple[int, int]:
    """Return how many contents atheris tried, and whether one broke the promise."""
    with tempfile.TemporaryDirectory() as folder:
        command = [
            sys.executable,
            "-m",
            "tests.fuzz.led",
            name,
            str(max(1, round(share_s))),
            folder,
        ]
        done = subprocess.run(
            command, check=False, capture_output=True, text=True, errors="replace"
        )
    tried = re.findall(r"^#(\d+)", done.stderr, re.MULTILINE)
    if done.returncode or not tried:
        _say(done.stderr[-6_000:])
        return int(tried[-1]) if tried else 0, 1
    return int(tried[-1]), 0


if __name__ == "__main__":
    sys.exit(main())
