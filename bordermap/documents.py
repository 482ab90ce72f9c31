"""
Small files that people write by hand (TOML, JSON, CSV), read with limits.

A case may come from anywhere, so a file is measured before it is parsed: parsers of TOML and JSON
recurse into nested values and copy dotted keys, and a few kilobytes could cost them gigabytes or
minutes. The scan that counts is linear in the size of the file. Every refusal is a `DataError`
of one line that names the file, the place in it, what was found and what would do.
"""

import csv
import datetime as dt
import functools
import io
import json
import math
import os
import re
import stat
import tomllib
import typing
from collections import Counter
from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import fields, is_dataclass
from pathlib import Path, PurePosixPath
from typing import Any, Protocol, TypeVar, cast

from pydantic import TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from bordermap.errors import DataError

MAX_BYTES = 262_144
"""Largest file that is read [bytes]."""
MAX_KEYS = 10_000
"""Most keys and tables in one file."""
MAX_KEY_PARTS = 8
"""Most parts of a dotted key (``a.b.c`` has three)."""
MAX_NESTING = 12
"""Most lists and tables inside one another."""
MAX_ROWS = 10_000
"""Most rows of a table."""
MAX_INTEGER = 2**63 - 1
"""Largest whole number, as TOML has it."""

_SHOWN_LENGTH = 60
_MESSAGE_LENGTH = 300

_TOML_MARK = re.compile(
    r'"""(?:[^"\\]|\\.|"(?!""))*+(?:"{3,5}|\Z)'
    r"|'''(?:[^']|'(?!''))*+(?:'{3,5}|\Z)"
    r'|"(?:[^"\\\n]|\\[^\n])*+"?'
    r"|'[^'\n]*+'?"
    r"|\#[^\n]*+"
    r"|[\[\]{}=.,\n]",
    re.DOTALL,
)
_JSON_MARK = re.compile(r'"(?:[^"\\]|\\.)*+"?|[\[\]{}:]', re.DOTALL)

_T = TypeVar("_T")


class _HasAddress(Protocol):
    @property
    def url(self) -> str | None: ...


_Addressed = TypeVar("_Addressed", bound=_HasAddress)


def path_within(folder: Path, relative: str) -> Path:
    """
    Return the path of a file named inside a folder.

    Parameters
    ----------
    folder
        Folder that the name must not lead out of.
    relative
        Name as a file of the folder gives it, with forward slashes.

    Raises
    ------
    DataError
        If the name is empty, absolute, has a drive or a backslash, or leads out of the folder,
        be it by ``..`` or by a link.
    """
    parts = PurePosixPath(relative).parts
    if not parts or relative.startswith("/") or ".." in parts or set(relative) & set("\\:\0"):
        raise DataError(
            f"{shown(relative)} is no file of the case; give a path below the case folder, "
            f"such as 'outlines/a.geojson'"
        )
    path = folder.joinpath(*parts)
    _require_within(path, folder)
    return path


def read_text(path: Path, *, within: Path | None = None, max_bytes: int = MAX_BYTES) -> str:
    """
    Return the text of a small UTF-8 file.

    Parameters
    ----------
    path
        A regular file.
    within
        Folder that the file must really lie in; a link that leads out of it is refused.
    max_bytes
        Largest size [bytes].

    Raises
    ------
    DataError
        If the file is missing, no regular file, outside `within`, too large or not UTF-8.
    """
    if within is not None:
        _require_within(path, within)
    data = _bytes_of(path, max_bytes)
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise DataError(f"{_named(path)}: is UTF-16; save it as UTF-8")
    if data.startswith(b"\xef\xbb\xbf"):
        raise DataError(f"{_named(path)}: begins with a byte order mark; save it as UTF-8 without")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise DataError(
            f"{_named(path)}: line {line}: byte 0x{data[error.start]:02x} is not UTF-8; "
            f"save the file as UTF-8"
        ) from None


def read_toml(path: Path, *, within: Path | None = None) -> dict[str, Any]:
    """
    Return the content of a TOML file.

    Parameters
    ----------
    path
        The file.
    within
        Folder that the file must really lie in.

    Raises
    ------
    DataError
        If the file cannot be read (`read_text`), exceeds `MAX_KEYS`, `MAX_KEY_PARTS` or
        `MAX_NESTING`, is not TOML, or has a number that is not finite.
    """
    return parsed_toml(read_text(path, within=within), path=path)


def parsed_toml(text: str, *, path: Path) -> dict[str, Any]:
    """
    Return the content of TOML text; see `read_toml`.

    Parameters
    ----------
    text
        The text.
    path
        File that a refusal names.

    Raises
    ------
    DataError
        As `read_toml`.
    """
    _require_measured_toml(text, path)
    try:
        content = tomllib.loads(text)
    except ValueError as error:  # whole numbers of thousands of digits are a plain ValueError
        raise DataError(f"{_named(path)}: is not TOML: {_one_line(str(error))}") from None
    _require_plain_numbers(content, path)
    return content


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
    _require_measured_json(text, path)
    try:
        content = json.loads(text, object_pairs_hook=_unique, parse_constant=_refuse_constant)
    except ValueError as error:
        raise DataError(f"{_named(path)}: is not JSON: {_one_line(str(error))}") from None
    if not isinstance(content, dict):
        raise DataError(f"{_named(path)}: holds {shown(content)}; it must hold one object")
    _require_plain_numbers(content, path)
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
            raise DataError(f"{_named(path)}: line 1 must name each column once")
        for cells in reader:
            if not cells:
                continue
            if len(cells) != len(header):
                raise DataError(
                    f"{_named(path)}: line {reader.line_num} has {len(cells)} cells; "
                    f"the header has {len(header)}"
                )
            rows.append((reader.line_num, dict(zip(header, cells, strict=True))))
            if len(rows) > MAX_ROWS:
                raise DataError(f"{_named(path)}: has more than {MAX_ROWS} rows; split it")
    except csv.Error as error:
        raise DataError(
            f"{_named(path)}: line {reader.line_num}: is not CSV: {_one_line(str(error))}"
        ) from None
    return rows


def toml_files(folder: Path, *, most: int) -> tuple[Path, ...]:
    """
    Return the TOML files right in a folder, by name.

    Parameters
    ----------
    folder
        The folder.
    most
        Most files it may hold.

    Raises
    ------
    DataError
        If the folder cannot be listed, holds no TOML file, or more than `most`.
    """
    try:
        found = sorted(
            path
            for path in folder.iterdir()
            if path.suffix == ".toml" and not path.name.startswith(".")
        )
    except OSError as error:
        raise DataError(f"{_named(folder)}: cannot be listed: {error.strerror}") from None
    if not 0 < len(found) <= most:
        raise DataError(f"{_named(folder)}: holds {len(found)} .toml files; give 1 to {most}")
    return tuple(found)


def without_defaults(value: Any) -> Any:  # noqa: ANN401  (a dataclass in, a table out)
    """
    Return a dataclass as the table a file would have: without None and what is the default.

    Parameters
    ----------
    value
        A dataclass, or a list, mapping or plain value inside one.
    """
    if is_dataclass(value):
        items = ((part, getattr(value, part.name)) for part in fields(value))
        return {
            part.name: without_defaults(item)
            for part, item in items
            if item is not None and item != part.default
        }
    if isinstance(value, Mapping):
        return {key: without_defaults(item) for key, item in value.items()}
    if isinstance(value, tuple | list):
        return [without_defaults(item) for item in value]
    return value


def toml_text(document: Mapping[str, Any]) -> str:
    """
    Return a table as TOML text; `parsed_toml` undoes it.

    Parameters
    ----------
    document
        Texts, numbers, truth values, dates, lists and tables under text keys.

    Raises
    ------
    TypeError
        If it holds anything else.
    """
    return "\n".join(_toml_lines(document, ())).lstrip("\n") + "\n"


def validated(kind: type[_T], document: Mapping[str, Any], *, path: Path, at: str = "") -> _T:
    """
    Return a document as a value of a dataclass.

    Types are strict (no number from a text or a truth value), unknown keys are refused.

    Parameters
    ----------
    kind
        The dataclass.
    document
        What the file holds, or a part of it.
    path
        File that a refusal names.
    at
        Where in the file the part stands, such as ``report no. 3``.

    Raises
    ------
    DataError
        If the document is not such a value; of several faults the first is told and the rest
        counted.
    """
    # through JSON, because strict pydantic takes tables, lists and dates from JSON only
    text = json.dumps(document, default=_iso)
    try:
        value: _T = _adapter(cast("Hashable", kind)).validate_json(text, strict=True)
    except ValidationError as error:
        raise _refusal(error, kind, path, at) from None
    return value


def validated_row(kind: type[_T], row: Mapping[str, str], *, path: Path, line: int) -> _T:
    """
    Return a row of texts as a value of a dataclass; an empty cell counts as absent.

    Parameters
    ----------
    kind
        The dataclass.
    row
        Cells by column.
    path, line
        File and line that a refusal names.

    Raises
    ------
    DataError
        If a cell is missing, not known, or not of the type.
    """
    given = {column: cell.strip() for column, cell in row.items() if cell.strip()}
    try:
        value: _T = _adapter(cast("Hashable", kind)).validate_strings(given)
    except ValidationError as error:
        raise _refusal(error, kind, path, f"line {line}") from None
    return value


def with_web_address(value: _Addressed) -> _Addressed:
    """
    Return a source whose address, if it has one, is a page of the web.

    Parameters
    ----------
    value
        The source.

    Raises
    ------
    ValueError
        If the address is of another kind: an address becomes a link in a map or report, and
        a link must not run script or open a local file.
    """
    if value.url is not None and not re.match(r"https?://[^\s/]+", value.url):
        raise ValueError(f"an address begins with https:// or http://, unlike {shown(value.url)}")
    return value


def open_ended(value: object) -> object:
    """
    Return the table of an interval with the ends that a file leaves out.

    TOML has no null: ``{ best = 2.5 }`` is what "2.5, no more is said" looks like.

    Parameters
    ----------
    value
        A table of low, best and high; anything else is returned as it is.
    """
    return {"low": None, "high": None} | value if isinstance(value, dict) else value


def shown(value: object) -> str:
    r"""
    Return a value as a message may show it: escaped, short, on one line.

    Parameters
    ----------
    value
        Anything a file can hold.

    Examples
    --------
    >>> print(shown("a\nb"))
    'a\nb'
    >>> shown([1, 2])
    'a list of 2'
    """
    if isinstance(value, str):
        return f"'{_one_line(value, length=_SHOWN_LENGTH)}'"
    if isinstance(value, Mapping):
        return "a table" if value else "an empty table"
    if isinstance(value, Sequence):
        return f"a list of {len(value)}"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int) and abs(value) > MAX_INTEGER:
        return "a whole number of more than 18 digits"
    return "nothing" if value is None else _one_line(str(value), length=_SHOWN_LENGTH)


# Reading bytes ---------------------------------------------------------------------------------


def _bytes_of(path: Path, max_bytes: int) -> bytes:
    # a pipe or a device could block or never end: open without waiting, then look what it is
    def without_waiting(name: str, flags: int) -> int:
        return os.open(name, flags | getattr(os, "O_NONBLOCK", 0))

    try:
        with io.BufferedReader(io.FileIO(path, opener=without_waiting)) as file:
            regular = stat.S_ISREG(os.fstat(file.fileno()).st_mode)
            data = file.read(max_bytes + 1) if regular else b""
    except (OSError, ValueError) as error:  # ValueError: a name with a zero byte
        reason = error.strerror if isinstance(error, OSError) else "no such name can be"
        raise DataError(f"{_named(path)}: cannot be read: {reason}") from None
    if not regular:
        raise DataError(f"{_named(path)}: is no regular file; give a file")
    if len(data) > max_bytes:
        raise DataError(f"{_named(path)}: is larger than {max_bytes} bytes; make it smaller")
    return data


def _require_within(path: Path, folder: Path) -> None:
    try:
        inside = path.resolve().is_relative_to(folder.resolve())
    except (OSError, RuntimeError, ValueError):  # a loop of links, a name that cannot be
        inside = False
    if not inside:
        raise DataError(
            f"{_named(path)}: leads out of {_named(folder)}; put the file itself there, not a link"
        )


# Measuring before parsing ----------------------------------------------------------------------


def _require_measured_toml(text: str, path: Path) -> None:
    keys = depth = dots = 0
    for match in _TOML_MARK.finditer(text):
        mark = match[0]
        if mark == ".":
            dots += 1
        elif mark in "[]{}=,\n":
            dots = 0
            keys += mark in "[{="
            depth = max(0, depth + (mark in "[{") - (mark in "]}"))
        _require_modest(keys, depth, dots + 1, path=path, text=text, start=match.start())


def _require_measured_json(text: str, path: Path) -> None:
    keys = depth = 0
    for match in _JSON_MARK.finditer(text):
        mark = match[0]
        if mark in "[]{}:":
            keys += mark in "[{:"
            depth = max(0, depth + (mark in "[{") - (mark in "]}"))
            _require_modest(keys, depth, 1, path=path, text=text, start=match.start())


def _require_modest(  # noqa: PLR0913  (three counts and where they were reached)
    keys: int, depth: int, parts: int, *, path: Path, text: str, start: int
) -> None:
    if keys <= MAX_KEYS and depth <= MAX_NESTING and parts <= MAX_KEY_PARTS:
        return
    line = text.count("\n", 0, start) + 1
    if depth > MAX_NESTING:
        fault = f"more than {MAX_NESTING} lists and tables inside one another; write it flatter"
    elif parts > MAX_KEY_PARTS:
        fault = f"a key of more than {MAX_KEY_PARTS} parts; write it shorter"
    else:
        fault = f"more than {MAX_KEYS} keys and tables; split the file"
    raise DataError(f"{_named(path)}: line {line}: {fault}")


def _require_plain_numbers(content: Mapping[str, Any], path: Path) -> None:
    for where, value in _leaves(content):
        if isinstance(value, float) and not math.isfinite(value):
            raise DataError(f"{_named(path)}: {where} is {value}; give a finite number")
        if isinstance(value, int) and abs(value) > MAX_INTEGER:
            raise DataError(f"{_named(path)}: {where} is {shown(value)}; give a smaller one")


def _leaves(content: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    waiting: list[tuple[tuple[str | int, ...], Any]] = [((), content)]
    while waiting:
        where, value = waiting.pop()
        if isinstance(value, Mapping):
            waiting.extend(((*where, key), item) for key, item in value.items())
        elif isinstance(value, list):
            waiting.extend(((*where, index), item) for index, item in enumerate(value))
        else:
            yield _place(where), value


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    content = dict(pairs)
    if len(content) < len(pairs):
        counts = Counter(key for key, _ in pairs)
        raise ValueError(f"the key {shown(counts.most_common(1)[0][0])} stands twice")
    return content


def _refuse_constant(name: str) -> float:
    raise ValueError(f"{name} is no number of JSON")


# Writing ---------------------------------------------------------------------------------------


def _toml_lines(table: Mapping[str, Any], where: tuple[str, ...]) -> Iterator[str]:
    nested: list[tuple[str, Any]] = []
    for key, value in table.items():
        if _is_table(value) or _is_table_list(value):
            nested.append((key, value))
        else:
            yield f"{_toml_key(key)} = {_toml_value(value)}"
    for key, value in nested:
        below = (*where, key)
        name = ".".join(map(_toml_key, below))
        if isinstance(value, Mapping):
            yield f"\n[{name}]"
            yield from _toml_lines(value, below)
        else:
            for item in value:
                yield f"\n[[{name}]]"
                yield from _toml_lines(item, below)


def _is_table(value: object) -> bool:
    """Return whether a value gets a header of its own: a table, but not one of mere numbers."""
    return isinstance(value, Mapping) and not all(
        isinstance(item, int | float) for item in value.values()
    )


def _is_table_list(value: object) -> bool:
    return (
        isinstance(value, Sequence)
        and not isinstance(value, str)
        and bool(value)
        and all(isinstance(item, Mapping) for item in value)
    )


def _toml_key(key: str) -> str:
    return key if re.fullmatch(r"[A-Za-z0-9_-]+", key) else _toml_value(key)


def _toml_value(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
    if isinstance(value, int | float):
        return repr(value)
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, Sequence):
        return f"[{', '.join(_toml_value(item) for item in value)}]"
    if isinstance(value, Mapping):
        items = (f"{_toml_key(key)} = {_toml_value(item)}" for key, item in value.items())
        return f"{{ {', '.join(items)} }}"
    raise TypeError(f"TOML has no {type(value).__name__}")


# Telling what is wrong -------------------------------------------------------------------------


@functools.cache
def _adapter(kind: Any) -> TypeAdapter[Any]:  # noqa: ANN401  (any dataclass)
    return TypeAdapter(kind)


def _iso(value: Any) -> str:  # noqa: ANN401  (json hands over whatever it does not know: dates)
    return str(value.isoformat())


def _refusal(error: ValidationError, kind: type, path: Path, at: str) -> DataError:
    faults = error.errors(include_url=False)
    # a misspelt key is both unknown and missing: tell the unknown one, it is what was given
    first = min(faults, key=lambda fault: fault["type"] != "unexpected_keyword_argument")
    start = _named(path) + (f": {at}" if at else "")
    more = f" (and {len(faults) - 1} more)" if len(faults) > 1 else ""
    return DataError(f"{start}: {_fault(first, kind)}{more}")


def _fault(fault: ErrorDetails, kind: type) -> str:
    where, value, type_ = fault["loc"], fault["input"], fault["type"]
    place = _place(where) or "the whole"
    if type_ in {"missing", "missing_argument", "missing_keyword_only_argument"}:
        return f"{place} is missing; add it"
    if type_ == "unexpected_keyword_argument":
        return f"{place} is not known; known here: {', '.join(_keys_at(kind, where[:-1]))}"
    if type_ in {"value_error", "assertion_error"}:
        reason = _one_line(str(fault["ctx"]["error"]))
        return f"{_place(where)}: {reason}" if where else reason
    if type_ == "dataclass_type":
        return f"{place} is {shown(value)}; give a table"
    if type_ == "literal_error":
        return f"{place} is {shown(value)}; give {fault['ctx']['expected']}"
    wanted = fault["msg"].removeprefix("Input should be ")
    return f"{place} is {shown(value)}; give {_one_line(wanted)}"


def _keys_at(kind: Any, where: Sequence[str | int]) -> list[str]:  # noqa: ANN401  (a type or a form of one)
    """Return the keys known at a place of a dataclass."""
    if not is_dataclass(kind):
        inner = [arg for arg in typing.get_args(kind) if is_dataclass(arg) or typing.get_args(arg)]
        return _keys_at(inner[0], where) if inner else []
    names = [str(part) for part in where if isinstance(part, str)]
    if names:
        return _keys_at(typing.get_type_hints(kind)[names[0]], names[1:])
    return [field.name for field in fields(kind)]


def _place(where: Sequence[str | int]) -> str:
    place = ""
    for part in where:
        if isinstance(part, int):
            place += f" (no. {part + 1})"
        else:
            place += ("." if place else "") + _one_line(part, length=_SHOWN_LENGTH)
    return place


def _named(path: Path) -> str:
    return _one_line(str(path))


def _one_line(text: str, *, length: int = _MESSAGE_LENGTH) -> str:
    """Return text shortened, with what does not print written as escapes."""
    short = text if len(text) <= length else text[: length - 1] + "…"
    return "".join(
        char if char.isprintable() else char.encode("unicode_escape").decode() for char in short
    )
