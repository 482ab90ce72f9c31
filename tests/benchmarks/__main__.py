"""Print one table of what things cost, as ratios, measured side by side in this run."""

import os
import platform
import sys

from rich import box
from rich.console import Console
from rich.table import Table

from tests.benchmarks import files, geometry, many, outlines, page, programs
from tests.benchmarks.timing import Row


def main() -> None:
    """Measure and print."""
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for column in ("what", "ours", "against", "theirs", "ratio", "at most", ""):
        table.add_column(column)
    for part in (programs, geometry, files, many, outlines, page):
        for row in part.rows():
            sys.stderr.write(f"{row.what}: {row.ratio:.3g}\n")
            table.add_row(*_cells(row))
    console = Console(width=160)
    console.print(
        f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}"
    )
    console.print(table)


def _cells(row: Row) -> list[str]:
    limit = "" if row.at_most is None else f"{row.at_most:g}"
    kept = "" if row.at_most is None or row.ratio <= row.at_most else " (over)"
    return [
        row.what,
        f"{row.ours_s:.3g}",
        row.against,
        f"{row.theirs_s:.3g}",
        f"{row.ratio:.3g}{kept}",
        limit,
        row.note,
    ]


main()
