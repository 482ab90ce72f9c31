"""What the command line prints: results on stdout, progress and refusals on stderr."""

import io
import json
import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from bordermap._text import printable

if TYPE_CHECKING:
    from rich.progress import Progress

T = TypeVar("T")


def prepare_streams() -> None:
    """Let stdout and stderr take any text: a terminal may lack letters, a stream may be closed."""
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:
            nowhere = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115  (to the end)
            setattr(sys, name, nowhere)
        elif isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def print_json(content: object) -> None:
    """Print JSON, and nothing else, on stdout; what its encoding may lack is escaped."""
    has_every_letter = (sys.stdout.encoding or "").lower().replace("_", "-") in {"utf-8", "utf8"}
    json.dump(content, sys.stdout, ensure_ascii=not has_every_letter, indent=2, allow_nan=False)
    sys.stdout.write("\n")


def print_text(*lines: str) -> None:
    """Print lines on stdout, with what could steer a terminal escaped."""
    for line in lines:
        sys.stdout.write(printable(line) + "\n")


def print_refusal(message: str) -> None:
    """Print one line on stderr that says what was refused."""
    line = " ".join(printable(part) for part in message.splitlines() if part.strip())
    try:
        sys.stderr.write(f"bordermap: {line}\n")
        sys.stderr.flush()
    except OSError:
        # Where stderr takes nothing the exit code still tells; left alone, the interpreter would
        # try once more at its end, fail, and put a code of its own in its place.
        sys.stderr = None


def print_table(columns: Sequence[str], rows: Sequence[Sequence[str]], *, title: str = "") -> None:
    """Print a table on stdout; columns that hold numbers are set right."""
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(title=title or None, title_justify="left", box=box.SIMPLE_HEAD, pad_edge=False)
    for number, column in enumerate(columns):
        numeric = bool(rows) and all(_is_number(row[number]) for row in rows)
        table.add_column(Text(column), justify="right" if numeric else "left")
    for row in rows:
        table.add_row(*(Text(printable(cell)) for cell in row))
    Console(highlight=False).print(table)


@contextmanager
def progress(what: str) -> Iterator[Any]:
    """Show on stderr that work goes on, where that is a terminal."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.text import Text

    with Console(stderr=True).status(Text(what)) as status:
        yield status


class Bar:
    """
    A bar that shows how much of some work is done, where somebody looks on.

    Parameters
    ----------
    shown
        rich's bar; None where stderr is no terminal.
    """

    def __init__(self, shown: "Progress | None", what: str) -> None:
        self.shown = shown
        self.task = None if shown is None else shown.add_task(what, total=None, said="")

    def __call__(self, done: int, *, total: int | None = None, said: str = "") -> None:
        """Show that so much is done, of so much where that is known, and what else to say."""
        if self.shown is not None and self.task is not None:
            self.shown.update(self.task, completed=done, total=total, said=said)

    def counting(self, things: Iterable[T], *, total: int) -> Iterator[T]:
        """Pass things on, and show how many there were."""
        for number, thing in enumerate(things, start=1):
            self(number, total=total)
            yield thing


@contextmanager
def bar(what: str) -> Iterator[Bar]:
    """Show a bar on stderr while there is work, where that is a terminal; then take it away."""
    if not sys.stderr.isatty():
        yield Bar(None, what)
        return
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeElapsedColumn,
        TimeRemainingColumn,
    )

    columns = (
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TimeRemainingColumn(),
        TextColumn("{task.fields[said]}", markup=False),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as shown:
        yield Bar(shown, what)


def _is_number(cell: str) -> bool:
    return bool(cell) and (cell[0].isdigit() or cell[0] in "-–+" or cell == "")
