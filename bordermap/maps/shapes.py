"""Shapes as the page reads them: whole numbers, each the step from the point before."""

from collections.abc import Sequence

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

PRECISE_DIGITS = 6
"""Decimals of a degree that measured shapes keep (0.1 m)."""

GROUND_DIGITS = 4
"""Decimals of a degree that the ground keeps, which nothing is measured on (10 m)."""

Path = list[int]
"""One ring or line: x and y in turn, the first a place and each other a step [10^-digits °]."""

Polygons = list[list[Path]]
"""Polygons, each an exterior and its holes; rings are not closed by a repeated point."""


def encoded_polygons(
    geometries: Sequence[BaseGeometry], *, digits: int = PRECISE_DIGITS
) -> list[Polygons]:
    """
    Return the polygons of each geometry.

    Parameters
    ----------
    geometries
        Longitude, latitude [degrees, WGS 84].
    digits
        Decimals of a degree to keep.
    """
    polygons, owner = shapely.get_parts(np.asarray(geometries, dtype=object), return_index=True)
    areal = shapely.get_type_id(polygons) == shapely.GeometryType.POLYGON
    polygons, owner = polygons[areal], owner[areal]
    rings, of_polygon = shapely.get_rings(polygons, return_index=True)
    encoded: list[Polygons] = [[] for _ in geometries]
    paths = _paths(rings, digits, closed=True)
    last = -1
    for path, number in zip(paths, of_polygon.tolist(), strict=True):
        shape = encoded[owner[number]]
        if number != last:
            shape.append([])
            last = number
        shape[-1].append(path)
    return encoded


def encoded_lines(geometry: BaseGeometry, *, digits: int = PRECISE_DIGITS) -> list[Path]:
    """
    Return the lines of a geometry.

    Parameters
    ----------
    geometry
        Longitude, latitude [degrees, WGS 84].
    digits
        Decimals of a degree to keep.
    """
    parts = shapely.get_parts(geometry)
    lines = parts[np.isin(shapely.get_type_id(parts), (1, 2))]
    return _paths(lines, digits, closed=False)


def _paths(lines: NDArray[np.object_], digits: int, *, closed: bool) -> list[Path]:
    coordinates, of_line = shapely.get_coordinates(lines, return_index=True)
    whole = np.rint(coordinates * 10**digits).astype(np.int64)
    starts = np.searchsorted(of_line, np.arange(len(lines) + 1))
    steps = np.diff(whole, axis=0, prepend=0)
    steps[starts[:-1]] = whole[starts[:-1]]
    flat, last = steps.reshape(-1).tolist(), int(closed)
    return [
        flat[2 * start : 2 * (end - last)]
        for start, end in zip(starts[:-1].tolist(), starts[1:].tolist(), strict=True)
    ]
