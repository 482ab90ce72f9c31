"""The commands that there are, as the program itself has them."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import typer

from bordermap.cli.app import app


@dataclass(frozen=True, kw_only=True)
class Command:
    """
    A command that does something, not a group of others.

    Parameters
    ----------
    name
        What is typed, such as ``bordermap boundaries list``.
    help
        What ``--help`` prints.
    params
        Its arguments and options, as typer has them.
    """

    name: str
    help: str
    params: tuple[Any, ...]


def commands() -> tuple[Command, ...]:
    """Return every command, in the order of ``--help``."""
    return tuple(_found(typer.main.get_command(app), "bordermap"))


def _found(command: Any, name: str) -> Iterator[Command]:  # noqa: ANN401  (typer's own click)
    if children := getattr(command, "commands", {}):
        for child in children.values():
            yield from _found(child, f"{name} {child.name}")
        return
    context = command.context_class(command, info_name=name, terminal_width=96)
    yield Command(name=name, help=command.get_help(context), params=tuple(command.params))
