"""The two countries, the provinces of the claim and the border they share."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import shapely

from bordermap.boundaries import Borders, Country
from bordermap.cases import Case
from bordermap.datasets import Water, without_lakes
from bordermap.maps.names import country_names
from bordermap.maps.shapes import GROUND_DIGITS, Path, Polygons, encoded_lines, encoded_polygons

LABELS = 4
"""How many places a province's name may stand at."""

LABEL_DEGREES = 0.01
"""How well the place of a province's name is found [degrees]."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CountryLine:
    """
    A country's name.

    Parameters
    ----------
    code
        Alpha-2 code.
    name, names
        Name to show, and other forms by language.
    """

    code: str
    name: str
    names: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class ProvinceShape:
    """
    A province of the claim.

    Parameters
    ----------
    code, name, names
        ISO 3166-2 code, name to show, other forms by language.
    area_km2, border_km
        Geodesic area, and length of what it shares with the neighbour.
    labels
        Longitude, latitude of places where its name may stand, the roomiest first.
    shape
        Its polygons at full detail.
    """

    code: str
    name: str
    names: Mapping[str, str]
    area_km2: float
    border_km: float
    labels: tuple[tuple[float, float], ...]
    shape: Polygons


@dataclass(frozen=True, slots=True, kw_only=True)
class BorderShape:
    """
    The shared border of one province and section, at full detail.

    Parameters
    ----------
    province, section
        Code, and section name.
    length_km
        Geodesic length.
    lines
        Its lines.
    """

    province: str
    section: str
    length_km: float
    lines: list[Path]


def country_line(country: Country) -> CountryLine:
    """Return a country with its name in the page's languages."""
    return CountryLine(code=country.code, name=country.name, names=country_names(country.code))


def province_shapes(case: Case, lakes: Sequence[Water]) -> tuple[ProvinceShape, ...]:
    """Return the provinces of a case; their names stand clear of lakes."""
    lengths = case.borders.length_km_by_province()
    shapes = encoded_polygons([province.polygon for province in case.provinces])
    return tuple(
        ProvinceShape(
            code=province.code,
            name=province.name,
            names=province.names,
            area_km2=case.province_areas_km2[province.code],
            border_km=lengths[province.code],
            labels=_labels(without_lakes(province, lakes).polygon),
            shape=shape,
        )
        for province, shape in zip(case.provinces, shapes, strict=True)
    )


def _labels(polygon: shapely.MultiPolygon) -> tuple[tuple[float, float], ...]:
    """Return where a name has room: the middles of the largest discs side by side, in order."""
    room = shapely.MultiPolygon([max(polygon.geoms, key=lambda part: float(part.area))])
    middles = []
    for _ in range(LABELS):
        radius = shapely.maximum_inscribed_circle(room, tolerance=LABEL_DEGREES)
        x, y = radius.coords[0]
        middles.append((round(x, GROUND_DIGITS), round(y, GROUND_DIGITS)))
        rest = shapely.difference(room, shapely.Point(x, y).buffer(radius.length))
        room = shapely.MultiPolygon([part for part in shapely.get_parts(rest) if part.area > 0])
        if room.is_empty:
            break
    return tuple(middles)


def border_shapes(borders: Borders) -> tuple[BorderShape, ...]:
    """Return the shared border, a shape for each province and section."""
    return tuple(
        BorderShape(
            province=line.province,
            section=line.section,
            length_km=line.length_km,
            lines=encoded_lines(line.line),
        )
        for line in borders.lines
    )
