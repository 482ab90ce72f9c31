# ruff: noqa: INP001  (no package: MkDocs reads this file by its path)
"""Pages and parts of the documentation that are made when it is built, so that they stay true."""

import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from bordermap.assessment import Assessment, assess
from bordermap.cases import load_case
from bordermap.cli.app import app
from bordermap.figures import (
    budget_chart,
    curve_chart,
    estimates_chart,
    locator_map,
    register_chart,
)
from bordermap.report.limits import limits_section
from bordermap.report.method import method_section
from bordermap.report.pen import Pen
from bordermap.writing.blocks import Document
from bordermap.writing.markdown import as_markdown
from bordermap.writing.words import words

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig

ROOT = Path(__file__).parent.parent
_PART = re.compile(r"^\{\{ (\w+)(?:: ([\w./-]+))? \}\}$", re.MULTILINE)
_LINK = re.compile(r"\[([^\]]+)\]\((?!https?:|#)[^)]*\)")


def on_page_markdown(markdown: str, config: "MkDocsConfig", **_: Any) -> str:  # noqa: ANN401, ARG001
    """Return a page with its parts put in; called by MkDocs."""
    return _PART.sub(lambda match: PARTS[match[1]](match[2] or ""), markdown)


def _file(name: str) -> str:
    """Return a Markdown file of the repository, its links to other files as plain text."""
    text = (ROOT / name).read_text("utf-8")
    body = text.partition("\n")[2]  # the page has a title of its own
    return _LINK.sub(r"\1", body)


def _source(name: str) -> str:
    """Return a file of the repository as it is, for a block of code."""
    return (ROOT / name).read_text("utf-8").rstrip()


def _commands(_: str) -> str:
    """Return the help of every command."""
    return "\n\n".join(_help(typer.main.get_command(app), "bordermap"))


def _help(command: Any, name: str) -> list[str]:  # noqa: ANN401  (typer's own click)
    context = command.context_class(
        command, info_name=name, max_content_width=96, terminal_width=96
    )
    level = "###" if name.count(" ") else "##"
    parts = [f"{level} `{name}`", f"```text\n{command.get_help(context)}\n```"]
    for child in getattr(command, "commands", {}).values():
        parts += _help(child, f"{name} {child.name}")
    return parts


def _method(_: str) -> str:
    """Return the report's section on the method."""
    blocks = [block for block in method_section(_pen()) if getattr(block, "level", 0) != 2]
    return as_markdown(Document(title="", language="en", blocks=blocks))


def _limits(_: str) -> str:
    """Return the report's list of what cannot be told."""
    blocks = [block for block in limits_section(_pen()) if getattr(block, "level", 0) != 2]
    return as_markdown(Document(title="", language="en", blocks=blocks))


def _drawing(name: str) -> str:
    """Return a figure of the shipped case."""
    assessment, say = _assessment(), words()
    register, claim = assessment.case.register, assessment.case.claim
    drawings = {
        "budget": lambda: budget_chart(assessment, say, said="Budget of uncertainty"),
        "curve": lambda: curve_chart(assessment, say, said="Area of a strip by its depth"),
        "estimates": lambda: estimates_chart(assessment, say, said="Estimates"),
        "locator": lambda: locator_map(assessment, say, said="Where the places are"),
        "register": lambda: register_chart(register, claim, say, said="The register"),
    }
    return f'<div class="drawing">{drawings[name]()}</div>'


@cache
def _assessment() -> Assessment:
    return assess(load_case())


def _pen() -> Pen:
    return Pen(_assessment(), words())


PARTS = {
    "commands": _commands,
    "drawing": _drawing,
    "file": _file,
    "limits": _limits,
    "method": _method,
    "source": _source,
}
