"""TOML, read within limits and written."""

import datetime as dt
import json
import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from bordermap.documents.files import read_text
from bordermap.documents.limits import require_measured_toml, require_plain_numbers
from bordermap.documents.wording import named, one_line
from bordermap.errors import DataError

_TWICE = re.compile(r"Cannot (overwrite|declare)|Duplicate")


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
    require_measured_toml(text, path)
    try:
        content = tomllib.loads(text)
    except ValueError as error:  # whole numbers of thousands of digits are a plain ValueError
        reason = one_line(str(error))
        twice = "; name each key and table once" if _TWICE.search(reason) else ""
        raise DataError(f"{named(path)}: is not TOML: {reason}{twice}") from None
    require_plain_numbers(content, path)
    return content


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
