"""Properties for formats that know no lists and no mappings."""

import json
from collections.abc import Mapping, Sequence

from bordermap.geojson import Feature

Value = str | int | float | bool | None

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
"""A spreadsheet runs text that begins so."""


def flat(value: object) -> Value:
    """Return a property as one value: what is nested becomes JSON text."""
    if value is None or isinstance(value, str | int | float | bool):
        return value
    return json.dumps(value, ensure_ascii=False, allow_nan=False)


def columns(features: Sequence[Feature]) -> list[str]:
    """Return the names of all properties, in the order they first come."""
    return list(dict.fromkeys(name for feature in features for name in feature.properties))


def rows(features: Sequence[Feature]) -> list[dict[str, Value]]:
    """Return one row a feature, its id first, with every column."""
    names = columns(features)
    return [
        {"id": flat(feature.id), **{name: flat(feature.properties.get(name)) for name in names}}
        for feature in features
    ]


def inert_cell(value: Value) -> Value:
    """Return a cell that no spreadsheet takes for a formula."""
    if isinstance(value, str) and value.startswith(FORMULA_STARTS):
        return f"'{value}"
    return value


def text_of(properties: Mapping[str, object]) -> dict[str, str]:
    """Return properties as text, without those that have no value."""
    return {name: str(flat(value)) for name, value in properties.items() if value is not None}
