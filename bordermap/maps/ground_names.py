"""Names on the ground of the map: of countries, provinces and waters, and where each may stand."""

from collections.abc import Iterator, Mapping, Sequence

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from bordermap.cases import Case
from bordermap.datasets import Basemap, IndexEntry
from bordermap.datasets.collection import BoundaryDataset
from bordermap.maps.names import country_names
from bordermap.maps.page_data.ground import Place
from bordermap.maps.shapes import GROUND_DIGITS

GRID = 17
"""Rows and columns of the places where a country's name may stand."""


def water_places(
    waters: Basemap, lakes: Sequence[BaseGeometry], rivers: Sequence[BaseGeometry]
) -> Iterator[Place]:
    """Yield the names of lakes and rivers, each at its part within the box it was cut to."""
    for water, shape in zip((*waters.lakes, *waters.rivers), (*lakes, *rivers), strict=True):
        if water.name and not shape.is_empty:
            is_lake = water.kind == "lake"
            yield Place(
                kind=water.kind,
                code="",
                name=water.name,
                names=water.names,
                points=(inside(shape) if is_lake else _middle(shape),),
                rank=3 if is_lake else 6,
            )


def country_places(shapes: Mapping[str, tuple[str, BaseGeometry]]) -> Iterator[Place]:
    """Yield the names of countries, each where it stands best and all over its land."""
    for code, (name, shape) in shapes.items():
        if shape.area > 0:
            yield Place(
                kind="country",
                code=code,
                name=name,
                names=country_names(code),
                points=(inside(shape), *_spread(shape)),
                rank=1,
            )


def part_places(
    world: BoundaryDataset,
    units: Sequence[IndexEntry],
    polygons: Sequence[BaseGeometry],
    case: Case,
) -> Iterator[Place]:
    """Yield the names of the two countries' other provinces, as the world dataset has them."""
    claimed = {province.code for province in case.provinces}
    for unit, shape in zip(units, polygons, strict=True):
        near = unit.country_in(world.worldview) in {case.country.code, case.neighbour.code}
        if near and unit.code not in claimed and shape.area > 0:
            yield Place(
                kind="part",
                code="",
                name=unit.name,
                names=unit.names,
                points=(inside(shape),),
                rank=4,
            )


def inside(shape: BaseGeometry) -> tuple[float, float]:
    """Return a place inside a shape's largest part, its middle where that is."""
    largest = max(shapely.get_parts(shape), key=lambda part: float(part.area))
    point = shapely.point_on_surface(largest)
    centre = shapely.centroid(largest)
    chosen = centre if shapely.contains(largest, centre) else point
    return round(chosen.x, GROUND_DIGITS), round(chosen.y, GROUND_DIGITS)


def _spread(shape: BaseGeometry) -> Iterator[tuple[float, float]]:
    """Yield places all over a shape, away from its edge, the nearest to its middle first."""
    west, south, east, north = shapely.bounds(shape)
    across, up = (east - west) / GRID, (north - south) / GRID
    x, y = np.meshgrid(
        west + across * (np.arange(GRID) + 0.5), south + up * (np.arange(GRID) + 0.5)
    )
    places = np.column_stack((x.ravel(), y.ravel()))
    shapely.prepare(shape)
    room = np.array([across, up]) / 2
    round_each = shapely.box(*(places - room).T, *(places + room).T)
    kept = places[shapely.contains(shape, round_each)]
    middle = np.array(inside(shape))
    for place in kept[np.argsort(((kept - middle) ** 2).sum(axis=1))].round(GROUND_DIGITS).tolist():
        yield place[0], place[1]


def _middle(line: BaseGeometry) -> tuple[float, float]:
    longest = max(shapely.get_parts(line), key=lambda part: float(part.length))
    point = shapely.line_interpolate_point(longest, 0.5, normalized=True)
    return round(point.x, GROUND_DIGITS), round(point.y, GROUND_DIGITS)
