"""Documents as values of dataclasses, and back."""

import functools
import json
import typing
from collections.abc import Collection, Hashable, Mapping, Sequence
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any, TypeVar, cast

from pydantic import TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from bordermap.documents.wording import named, one_line, place, shown
from bordermap.errors import DataError

_T = TypeVar("_T")


def validated(
    kind: type[_T], document: Mapping[str, Any], *, path: Path, derived: Collection[str] = ()
) -> _T:
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
    derived
        Keys that do not stand in the file but were added by its reader.

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
        raise _refusal(error, kind, named(path), derived) from None
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
        raise _refusal(error, kind, f"{named(path)}: line {line}", ()) from None
    return value


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


@functools.cache
def _adapter(kind: Any) -> TypeAdapter[Any]:  # noqa: ANN401  (any dataclass)
    return TypeAdapter(kind)


def _iso(value: Any) -> str:  # noqa: ANN401  (json hands over whatever it does not know: dates)
    return str(value.isoformat())


def _refusal(error: ValidationError, kind: type, start: str, derived: Collection[str]) -> DataError:
    faults = error.errors(include_url=False)
    # a misspelt key is both unknown and missing: tell the unknown one, it is what was given
    first = min(faults, key=lambda fault: fault["type"] != "unexpected_keyword_argument")
    more = f" (and {len(faults) - 1} more)" if len(faults) > 1 else ""
    return DataError(f"{start}: {_fault(first, kind, derived)}{more}")


def _fault(fault: ErrorDetails, kind: type, derived: Collection[str]) -> str:
    where, value, type_ = fault["loc"], fault["input"], fault["type"]
    told = place(where) or "the whole"
    if type_ in {"missing", "missing_argument", "missing_keyword_only_argument"}:
        return f"{told} is missing; add it"
    if type_ == "unexpected_keyword_argument":
        known = [key for key in _keys_at(kind, where[:-1]) if key not in derived]
        return f"{told} is not known; known here: {', '.join(known)}"
    if type_ in {"value_error", "assertion_error"}:
        reason = one_line(str(fault["ctx"]["error"]))
        return f"{told}: {reason}" if where else reason
    if type_ == "dataclass_type":
        return f"{told} is {shown(value)}; give a table"
    if type_ == "literal_error":
        return f"{told} is {shown(value)}; give {fault['ctx']['expected']}"
    wanted = one_line(fault["msg"].removeprefix("Input should be "))
    return f"{told} is {shown(value)}; give {wanted}"


def _keys_at(kind: Any, where: Sequence[str | int]) -> list[str]:  # noqa: ANN401  (a type or a form of one)
    """Return the keys known at a place of a dataclass."""
    if not is_dataclass(kind):
        inner = [arg for arg in typing.get_args(kind) if is_dataclass(arg) or typing.get_args(arg)]
        return _keys_at(inner[0], where) if inner else []
    names = [str(part) for part in where if isinstance(part, str)]
    if names:
        return _keys_at(typing.get_type_hints(kind)[names[0]], names[1:])
    return [field.name for field in fields(kind)]
