"""
``python -m tests.mutants [SHARE]``: how many small changes to the code the tests notice.

mutmut changes one thing at a time in a copy of the project (a comparison, a constant, an argument
left out) and runs the tests that reach it; what it changes and which tests run stands in
pyproject.toml. Without SHARE every mutant is tried, which takes hours; with it that share of each
module's, drawn by a fixed seed.
"""

import argparse
import json
import random
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
COPIED = ("bordermap", "data", "tests", "pyproject.toml")
SEED = 20231216

_SURVIVED, _UNTESTED, _NOT_TRIED = "survived", "no test", "not tried"
_BY_EXIT_CODE = {None: _NOT_TRIED, 0: _SURVIVED, 5: _UNTESTED, 33: _UNTESTED}
"""How mutmut records what became of a mutant; every other code is a failed or endless run."""


def main() -> int:
    """Try mutants, print a table and what survived, and return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m tests.mutants", description=__doc__)
    parser.add_argument("share", nargs="?", type=float, default=1.0)
    share = parser.parse_args().share
    with tempfile.TemporaryDirectory() as name:
        copy = Path(name) / "project"
        for part in COPIED:
            source = ROOT / part
            copy.mkdir(exist_ok=True)
            (shutil.copytree if source.is_dir() else shutil.copy)(source, copy / part)
        _mutmut(copy, "no-mutant-has-this-name")  # makes the mutants and tries none
        chosen = [key for module in _results(copy).values() for key in _drawn(module, share)]
        _mutmut(copy, *chosen)
        _report({module: found for module, found in _results(copy).items() if found}, set(chosen))
    return 0


def _mutmut(copy: Path, *names: str) -> None:
    subprocess.run([sys.executable, "-m", "mutmut", "run", *names], check=False, cwd=copy)


def _results(copy: Path) -> dict[str, dict[str, int | None]]:
    """Return for each module the exit code of each mutant, None where it was not tried."""
    folder = copy / "mutants"
    return {
        path.relative_to(folder).as_posix().removesuffix(".meta"): json.loads(
            path.read_text("utf-8")
        )["exit_code_by_key"]
        for path in sorted(folder.rglob("*.meta"))
    }


def _drawn(module: dict[str, int | None], share: float) -> Iterator[str]:
    keys = sorted(module)
    yield from sorted(random.Random(SEED).sample(keys, round(len(keys) * share)))  # noqa: S311


def _report(results: dict[str, dict[str, int | None]], chosen: set[str]) -> None:
    total: Counter[str] = Counter()
    for module, found in results.items():
        counts = Counter(
            _BY_EXIT_CODE.get(code, "killed") for key, code in found.items() if key in chosen
        )
        total += counts
        _say(f"{module:40} {len(found):5} mutants", counts)
        for key, code in found.items():
            if key in chosen and _BY_EXIT_CODE.get(code) in (_SURVIVED, _UNTESTED):
                sys.stdout.write(f"    {_BY_EXIT_CODE[code]}: {key}\n")
    _say(f"{'together':40} {sum(map(len, results.values())):5} mutants", total)


def _say(what: str, counts: Counter[str]) -> None:
    tried = counts.total() - counts[_NOT_TRIED]
    killed = counts["killed"]
    share = f" {killed / tried:6.1%}" if tried else ""
    sys.stdout.write(f"{what} {tried:5} tried {killed:5} killed{share}\n")


if __name__ == "__main__":
    sys.exit(main())
