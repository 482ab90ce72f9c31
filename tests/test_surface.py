"""The public surface: small, sorted, cheap to import, and as wide as the command line."""

import inspect
import re
import subprocess
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

import bordermap as bm
from tests.cli.commands import commands

ROOT = Path(__file__).parent.parent
API = (ROOT / "docs" / "reference" / "api.md").read_text("utf-8")
ROW = re.compile(r"^\| `(bordermap[a-z ]+)` \| `(.+)` \|$", re.MULTILINE)


def test_public_names_are_sorted_and_offered_by_tab_completion() -> None:
    assert list(bm.__all__) == sorted(bm.__all__)
    assert dir(bm) == bm.__all__
    assert len(bm.__all__) < 60


@pytest.mark.parametrize("name", bm.__all__)
def test_a_public_name_is_there_and_says_what_it_is(name: str) -> None:
    value = getattr(bm, name)
    if name == "__version__":
        return
    text = inspect.getdoc(value) or ""
    assert text.partition("\n")[0].endswith((".", ";", ","))
    if inspect.isroutine(inspect.unwrap(value)):
        assert ">>> " in text, "a function teaches by an example"
    told = re.search(rf"^::: bordermap\..*\b{name}$", API, re.MULTILINE)
    assert told or name == "BordermapError"  # which the page on errors has with the others


@pytest.mark.parametrize("command", [one.name for one in commands()])
def test_a_command_is_one_call_of_the_library(command: str) -> None:
    calls = dict(ROW.findall(API))
    assert command in calls, "docs/reference/api.md says the call of each command"
    names = set(re.findall(r"\bbm\.(\w+)", calls[command]))
    assert names
    assert names <= set(bm.__all__)


def test_no_call_is_told_of_a_command_that_is_gone() -> None:
    assert {command for command, _ in ROW.findall(API)} == {one.name for one in commands()}


def test_importing_costs_no_module_of_any_extra() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    needs = [need for extra in project["optional-dependencies"].values() for need in extra]
    extras = {re.split(r"[^\w.-]", need, maxsplit=1)[0].lower() for need in needs} - {"bordermap"}
    modules = {
        module
        for module, packages in packages_distributions().items()
        if extras & {package.lower() for package in packages}
    }
    assert {"ipywidgets", "matplotlib", "pyarrow", "distributed"} <= modules
    code = "import sys, bordermap, bordermap.cli.app; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert modules & {name.partition(".")[0] for name in done.stdout.split()} == set()
