"""
``python -m tests.versions lowest|newest [TEST…]``: the tests in an environment of their own.

``lowest`` installs the lowest version that pyproject.toml allows of every package bordermap needs,
``newest`` the newest that pip finds; what the tests themselves need stays pinned, what those
packages need in turn is left to pip. The versions are then asserted by a test, and the groups of
tests run that reach most of the program, no browser among them. The Python is the one that runs
this.
"""

import argparse
import json
import os
import re
import subprocess
import sys
import venv
from pathlib import Path

from tests.versions.bounds import ROOT, lowest
from tests.versions.test_installed import ASKED

GROUPS = (
    *("tests/versions", "tests/test_areas.py", "tests/test_boundaries.py", "tests/footprints"),
    *("tests/models", "tests/measuring", "tests/series", "tests/test_geojson_reading.py"),
    *("tests/test_comparison.py", "tests/test_case_armenia.py", "tests/test_export.py"),
    *("tests/test_maps.py", "tests/test_report.py", "tests/test_reading.py", "tests/cli"),
    *("tests/test_doctor.py", "tests/test_gazetteer.py", "tests/fetching", "tests/hardening"),
)


def main() -> int:
    """Install, verify, test, and return the exit code of the tests."""
    parser = argparse.ArgumentParser(prog="python -m tests.versions", description=__doc__)
    parser.add_argument("which", choices=("lowest", "newest"))
    parser.add_argument("tests", nargs="*", metavar="TEST")
    given = parser.parse_args()
    tag = f"{sys.version_info.major}.{sys.version_info.minor}"
    folder = ROOT / f".venv-{given.which}-{tag}"
    python = folder / "bin" / "python"
    if not python.exists():
        venv.create(folder, with_pip=True)
    asked = lowest() if given.which == "lowest" else {}
    _install(python, asked, folder / "constraints.txt")
    if given.which == "newest":
        asked = _newest(python)
    table = "\n".join(f"{name}=={version}" for name, version in sorted(asked.items()))
    sys.stdout.write(f"Python {tag}, {given.which}:\n{table}\n")
    sys.stdout.flush()
    command = [str(python), "-m", "pytest", "-q", "-p", "no:cacheprovider", *_LET_PASS]
    return subprocess.run(
        [*command, *(given.tests or GROUPS)],
        check=False,
        cwd=ROOT,
        env={**os.environ, ASKED: json.dumps(asked)},
    ).returncode


def _install(python: Path, asked: dict[str, str], constraints: Path) -> None:
    pins = (ROOT / "constraints.txt").read_text("utf-8").split()
    tools = [pin for pin in pins if pin.partition("==")[0] in _TOOLS]
    lines = [*tools, *(f"{name}=={version}" for name, version in asked.items())]
    constraints.write_text("\n".join(lines) + "\n", encoding="utf-8")
    wanted = ["--constraint", str(constraints), "--editable", f"{ROOT}[dev]"]
    upgrade = ["--upgrade", "--upgrade-strategy", "eager"]
    subprocess.run([str(python), "-m", "pip", "install", "--quiet", *upgrade, *wanted], check=True)


_LET_PASS = ("-W", "ignore:Conversion of an array:DeprecationWarning")
"""What pyproj and older numpy say to one another of arrays of one; answers are the same."""

_TOOLS = frozenset(("hypothesis", "mypy", "pytest", "pytest-cov", "pytest-socket", "ruff"))
"""What tests and is not tested stays at its pin."""


def _newest(python: Path) -> dict[str, str]:
    """Return the newest version pip knows of each package, which are what is installed or not."""
    listed = [str(python), "-m", "pip", "list", "--format", "json"]
    installed = json.loads(subprocess.check_output(listed))
    outdated = json.loads(subprocess.check_output([*listed, "--outdated"]))
    known = {_one_form(one["name"]): one["version"] for one in installed}
    known |= {_one_form(one["name"]): one["latest_version"] for one in outdated}
    return {name: known[_one_form(name)] for name in lowest()}


def _one_form(name: str) -> str:
    """Return a package's name in the form in which two spellings of it compare equal."""
    return re.sub(r"[-_.]+", "-", name).lower()


if __name__ == "__main__":
    sys.exit(main())
