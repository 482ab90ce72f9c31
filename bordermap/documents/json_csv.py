"""JSON and CSV, read within limits."""

import csv
import io
import json
from collections import Counter
from pathlib import Path
from typing import Any

from bordermap.documents.files import read_text
from bordermap.documents.limits import require_measured_json, require_plain_numbers
from bordermap.documents.wording import named, one_line, shown
from bordermap.errors import DataError

MAX_ROWS = 10_000
"""Most rows of a table."""


def read_json(path: Path, *, within: Path | None = None) -> dict[str, Any]:
    """
    Return the object in a small JSON file.

    Parameters
    ----------
    path
        The file.
    within
        Folder that the file must really lie in.

    Raises
    ------
    DataError
        If the file cannot be read (`read_text`), exceeds `MAX_KEYS` or `MAX_NESTING`, is not
        strict JSON, names a key twice, has a number that is not finite, or holds no object.
    """
    text = read_text(path, within=within)
    require_measured_json(text, path)
    try:
        content = json.loads(text, object_pairs_hook=_unique, parse_constant=_refuse_constant)
    except ValueError as error:
        raise DataError(f"{named(path)}: is not JSON: {one_line(str(error))}") from None
    if not isinstance(content, dict):
        raise DataError(f"{named(path)}: holds {shown(content)}; it must hold one object")
    require_plain_numbers(content, path)
    return content


def read_rows(path: Path, *, within: Path | None = None) -> list[tuple[int, dict[str, str]]]:
    """
    Return the rows of a small CSV file with a header, each with the line it ends on.

    Parameters
    ----------
    path
        The file: comma-separated, quoted where needed, UTF-8.
    within
        Folder that the file must really lie in.

    Raises
    ------
    DataError
        If the file cannot be read (`read_text`), has no header, a column twice, a row of another
        length, a broken quote, or more than `MAX_ROWS` rows.
    """
    text = read_text(path, within=within)
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    rows: list[tuple[int, dict[str, str]]] = []
    try:
        header = next(reader, [])
        if not header or len(set(header)) < len(header):
            raise DataError(f"{named(path)}: line 1 must name each column once")
        for cells in reader:
            if not cells:
                continue
            if len(cells) != len(header):
                raise DataError(
                    f"{named(path)}: line {reader.line_num} has {len(cells)} cells; "
                    f"the header has {len(header)}"
                )
            rows.append((reader.line_num, dict(zip(header, cells, strict=True))))
            if len(rows) > MAX_ROWS:
                raise DataError(f"{named(path)}: has more than {MAX_ROWS} rows; split it")
    except csv.Error as error:
        raise DataError(
            f"{named(path)}: line {reader.line_num}: is not CSV: {one_line(str(error))}"
        ) from None
    return rows


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    content = dict(pairs)
    if len(content) < len(pairs):
        counts = Counter(key for key, _ in pairs)
        raise ValueError(f"the key {shown(counts.most_common(1)[0][0])} stands twice")
    return content


def _refuse_constant(name: str) -> float:
    raise ValueError(f"{name} is no number of JSON")
