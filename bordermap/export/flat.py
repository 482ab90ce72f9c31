"""Properties for formats that know no lists and no mappings."""

import json
from collections.abc import Collection, Iterable, Mapping, Sequence

from bordermap.geojson import Feature

Value = str | int | float | bool | None

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
"""A spreadsheet runs text that begins so."""

LARGEST_INTEGER = 2**63 - 1


def flat(value: object) -> Value:
    """Return a property as one value: what is nested becomes JSON text."""
    if value is None or isinstance(value, str | int | float | bool):
        return value
    return json.dumps(value, ensure_ascii=False, allow_nan=False)


def columns(features: Sequence[Feature], *, taken: Collection[str] = ()) -> dict[str, list[Value]]:
    """
    Return the values of each property by column, ``id`` of the features first.

    Parameters
    ----------
    features
        Features with any properties; one that a feature lacks is None there.
    taken
        Names that the format has a meaning for.

    Notes
    -----
    Databases tell columns apart by letters alone, not by case. A property whose name is in use
    gets underscores until it is not.
    """
    names = dict.fromkeys(name for feature in features for name in feature.properties)
    used = {"id", *(name.casefold() for name in taken)}
    content: dict[str, list[Value]] = {"id": [flat(feature.id) for feature in features]}
    for name in names:
        column = name
        while column.casefold() in used:
            column += "_"
        used.add(column.casefold())
        content[column] = [flat(feature.properties.get(name)) for feature in features]
    return content


def of_one_type(values: Iterable[Value]) -> list[Value]:
    """Return the values of a column as they are if they share a type, else as JSON text."""
    column = list(values)
    types = {type(value) for value in column if value is not None}
    if types == {int, float}:
        return [None if value is None else float(value) for value in column]
    is_large = types == {int} and any(abs(int(value or 0)) > LARGEST_INTEGER for value in column)
    if len(types) < 2 and not is_large:
        return column
    return [None if value is None else json.dumps(value, ensure_ascii=False) for value in column]


def inert_cell(value: Value) -> Value:
    """Return a cell that no spreadsheet takes for a formula; truth values as JSON has them."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str) and value.startswith(FORMULA_STARTS):
        return f"'{value}"
    return value


def text_of(properties: Mapping[str, object]) -> dict[str, str]:
    """Return properties as text, without those that have no value."""
    return {name: str(flat(value)) for name, value in properties.items() if value is not None}
