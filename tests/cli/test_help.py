"""What the documentation tells of the command line, beside what ``--help`` says."""

import importlib.util
import re
from pathlib import Path
from types import ModuleType

import pytest

from tests.cli.commands import Command, commands

ROOT = Path(__file__).parent.parent.parent
PAGES = sorted([ROOT / "README.md", *(ROOT / "docs").rglob("*.md"), *(ROOT / "data").rglob("*.md")])
BY_NAME = {one.name: one for one in commands()}
EVERYWHERE = {"--help", "--version"}

CODE = re.compile(r"^```\w*\n(.*?)^```|`([^`\n]+)`", re.MULTILINE | re.DOTALL)
COMMAND = re.compile(r"^(?:python -m )?(bordermap [a-z].*?)(?:\s+#.*)?$", re.MULTILINE)
OPTION = re.compile(r"(?<![\w-])--?[a-z][\w-]*")


def hooks() -> ModuleType:
    spec = importlib.util.spec_from_file_location("hooks", ROOT / "docs" / "hooks.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def page() -> str:
    source = (ROOT / "docs" / "reference" / "cli.md").read_text("utf-8")
    return str(hooks().on_page_markdown(source, config=None))


@pytest.mark.parametrize("command", BY_NAME.values(), ids=BY_NAME)
def test_the_reference_has_a_command_with_its_arguments_and_options(
    page: str, command: Command
) -> None:
    part = re.search(rf"^###? `{command.name}`\n(.*?)(?=^##|\Z)", page, re.MULTILINE | re.DOTALL)
    assert part is not None
    for param in command.params:
        for name in param.opts:
            assert (name if name.startswith("-") else param.metavar or name.upper()) in part[1]
    assert all(line.strip() in part[1] for line in command.help.splitlines() if "  -" in line)


def told(text: str) -> list[str]:
    """Return the commands that the code of a page has."""
    code = (block or inline for block, inline in CODE.findall(text))
    return [command for part in code for command in COMMAND.findall(part)]


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_a_page_tells_of_no_command_and_no_option_that_is_not_there(path: Path) -> None:
    for line in told(path.read_text("utf-8")):
        words = line.split()
        name = next((" ".join(words[:n]) for n in (3, 2) if " ".join(words[:n]) in BY_NAME), None)
        if name is None:
            assert words[1] in {"boundaries", "…"}, line
            continue
        there = {option for param in BY_NAME[name].params for option in param.opts} | EVERYWHERE
        assert set(OPTION.findall(line)) <= there, line


def test_the_pages_do_tell_of_most_commands() -> None:
    lines = "\n".join(line for path in PAGES for line in told(path.read_text("utf-8")))
    assert {name for name in BY_NAME if name not in lines} == set()


def test_every_command_takes_json_and_has_a_help_of_its_own() -> None:
    assert all("--json" in one.help for one in BY_NAME.values())
    first = [one.help.splitlines()[2] for one in BY_NAME.values()]
    assert len(set(first)) == len(first)
