"""Provinces, country parts and the borders that two countries share, by section."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import shapely


@dataclass(frozen=True, slots=True, kw_only=True)
class Province:
    """
    An admin-1 unit.

    Parameters
    ----------
    code
        ISO 3166-2 code, such as ``AM-SU``.
    name
        Name to show.
    country
        ISO 3166-1 alpha-2 code of the country it is given to, under the worldview in force.
    polygon
        Longitude, latitude [degrees, WGS 84].
    names
        Other forms by language (``hy``, ``az``, ``ru``, ``en``, ``local``).
    """

    code: str
    name: str
    country: str
    polygon: shapely.MultiPolygon
    names: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Country:
    """
    A country's whole polygon.

    Parameters
    ----------
    code
        ISO 3166-1 alpha-2 code.
    name
        Name to show.
    polygon
        Longitude, latitude [degrees, WGS 84]; each polygon is a country part.
    """

    code: str
    name: str
    polygon: shapely.MultiPolygon
