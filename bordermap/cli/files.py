"""Commands that write or measure files: build, export, verify, area."""

import typer


def add_to(app: typer.Typer) -> None:
    """Add the commands to the program."""
