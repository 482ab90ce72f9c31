"""Tables as files: CSV for anybody, Parquet for who has many."""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Literal

from bordermap._text import printable
from bordermap.errors import DataError, OutputError
from bordermap.export.flat import inert_cell
from bordermap.outputs import write_file

Value = str | float | bool | None
Row = Mapping[str, Value]
Kind = Literal["text", "number", "truth"]
Columns = Mapping[str, Kind]

TABLES = (".csv", ".parquet")
"""Suffixes of tables that can be written."""

_TYPES: Mapping[Kind, str] = {"text": "string", "number": "float64", "truth": "boolean"}


def require_suffix(path: Path, known: Sequence[str]) -> None:
    """
    Refuse, before any work, a name that could not be written after it.

    Raises
    ------
    OutputError
        If its suffix is not known, or its folder is not there.
    """
    told = printable(str(path))
    if path.suffix.lower() not in known:
        raise OutputError(f"{told}: give a name that ends in {', '.join(known)}")
    if not path.parent.is_dir():
        raise OutputError(f"{printable(str(path.parent))} is no folder; make it first")
    if path.suffix.lower() == ".parquet" and not has_parquet():
        raise DataError(
            f"{told}: Parquet needs pyarrow; install it with pip install 'bordermap[parquet]'"
        )


def has_parquet() -> bool:
    """Return whether Parquet can be written here."""
    return find_spec("pyarrow") is not None


def write_table(path: Path, rows: Iterable[Row], columns: Columns) -> None:
    """
    Write rows as the table that a suffix names.

    Parameters
    ----------
    path
        Where; ends in one of `TABLES`.
    rows
        Rows; a column that one lacks is empty.
    columns
        Every column and what it holds.

    Raises
    ------
    OutputError
        If the file cannot be written.
    """
    write = parquet_bytes if path.suffix.lower() == ".parquet" else csv_bytes
    write_file(path, [write(rows, columns)])


def csv_bytes(rows: Iterable[Row], columns: Columns) -> bytes:
    """Return rows as CSV; text that a spreadsheet would run is made inert."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([inert_cell(row.get(name)) for name in columns] for row in rows)
    return text.getvalue().encode()


def parquet_bytes(rows: Iterable[Row], columns: Columns) -> bytes:
    """Return rows as Parquet; the same rows give the same bytes."""
    import pandas as pd

    table: dict[str, list[Any]] = {name: [] for name in columns}
    for row in rows:
        for name, cells in table.items():
            cells.append(row.get(name))
    frame = pd.DataFrame(
        {name: pd.Series(cells, dtype=_TYPES[columns[name]]) for name, cells in table.items()}
    )
    sink = io.BytesIO()
    frame.to_parquet(sink, index=False, compression="zstd")
    return sink.getvalue()
