"""A feature: a geometry with an id and properties."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from shapely.geometry.base import BaseGeometry


@dataclass(frozen=True, slots=True, kw_only=True)
class Feature:
    """
    A geometry with an id and properties.

    Parameters
    ----------
    id
        Key of the feature in its layer or file; None where a user's file gives none.
    geometry
        Longitude, latitude [degrees, WGS 84].
    properties
        Values that JSON has: texts, finite numbers, truth values, None, lists and mappings.
    """

    id: str | int | float | None
    geometry: BaseGeometry
    properties: Mapping[str, object] = field(default_factory=dict)
