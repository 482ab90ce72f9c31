"""Geodesic areas and lengths: edges are geodesics between the vertices as given, on WGS 84."""

from collections.abc import Sequence
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, cast

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from bordermap.errors import CRSError, GeometryError

if TYPE_CHECKING:
    import pyproj

GLOBE_M2 = 510_065_621_724_088.44
"""Area of the WGS 84 ellipsoid [m²]."""

_HALF_TURN = 180.0


@cache
def wgs84() -> "pyproj.Geod":
    """Return the ellipsoid that all geodesics are measured on."""
    import pyproj

    return pyproj.Geod(ellps="WGS84")


def require_degrees(coordinates: NDArray[np.float64]) -> None:
    """
    Refuse coordinates that cannot be longitude, latitude.

    Parameters
    ----------
    coordinates
        Shape (n, 2): longitude, latitude [degrees, WGS 84].

    Raises
    ------
    CRSError
        If a value is out of range; the message says what it looks like.
    """
    if not len(coordinates):
        return
    farthest_lon, farthest_lat = np.abs(coordinates).max(axis=0)
    if farthest_lon <= 180 and farthest_lat <= 90:
        return
    worst = coordinates[np.abs(coordinates / (180.0, 90.0)).max(axis=1).argmax()]
    seen = f"({worst[0]:.10g}, {worst[1]:.10g})"
    if farthest_lon <= 90 and farthest_lat <= 180:
        raise CRSError(f"{seen} looks like latitude, longitude; give longitude first")
    raise CRSError(f"{seen} looks like metres; give longitude, latitude in degrees on WGS 84")


def geodesic_areas_km2(geometries: Sequence[BaseGeometry]) -> NDArray[np.float64]:
    """
    Return the area of each geometry [km²].

    Parameters
    ----------
    geometries
        Valid polygons in longitude, latitude [degrees, WGS 84]; lines and points have no area.

    Returns
    -------
    Shape (len(geometries),). Rings may wind either way.

    Raises
    ------
    CRSError
        If a coordinate is out of range for degrees.
    GeometryError
        If a ring goes round so much of the globe with so long edges that either side of it may
        be its inside.

    Notes
    -----
    Each ring is measured by GeographicLib's algorithm (C. F. F. Karney, "Algorithms for
    geodesics", J. Geodesy 87, 2013) as PROJ ships it; an exterior counts once, each hole is
    taken off. On a globe a ring has two insides; the one that is meant is that of the ring drawn
    in longitude and latitude, also where it is most of the globe.
    """
    polygons, owner = shapely.get_parts(np.asarray(geometries, dtype=object), return_index=True)
    # A geometry collection may hold collections: take it apart until nothing is nested.
    while (shapely.get_type_id(polygons) > shapely.GeometryType.POLYGON).any():
        polygons, inner = shapely.get_parts(polygons, return_index=True)
        owner = owner[inner]
    flat = shapely.get_type_id(polygons) == shapely.GeometryType.POLYGON
    polygons, owner = polygons[flat], owner[flat]
    rings, of_polygon = shapely.get_rings(polygons, return_index=True)
    coordinates, of_ring = shapely.get_coordinates(rings, return_index=True)
    require_degrees(coordinates)
    starts = np.searchsorted(of_ring, np.arange(len(rings) + 1))
    measure = wgs84().polygon_area_perimeter
    lon, lat = np.ascontiguousarray(coordinates.T)
    sizes = np.array([abs(measure(lon[a:b], lat[a:b])[0]) for a, b in pairwise(starts)])
    west, _, east, _ = shapely.bounds(rings).T
    for index in np.flatnonzero(east - west >= _HALF_TURN):
        inside = slice(starts[index], starts[index + 1])
        sizes[index] = _size_of_wide_m2(coordinates[inside], sizes[index])
    is_hole = np.r_[False, of_polygon[1:] == of_polygon[:-1]][: len(rings)]
    total = np.zeros(len(geometries))
    np.add.at(total, owner[of_polygon], np.where(is_hole, -sizes, sizes))
    return total / 1e6


def _size_of_wide_m2(ring: NDArray[np.float64], size_m2: float) -> float:
    """Return the area of the side of a wide ring that is its inside as drawn in degrees [m²]."""
    lon, sine = np.radians(ring[:, 0]), np.sin(np.radians(ring[:, 1]))
    # Lambert's cylinder: its areas are those of the globe, but its edges are no geodesics.
    shares = (lon[:-1] * sine[1:] - lon[1:] * sine[:-1]) / (8 * np.pi)
    drawn_m2 = abs(float(shares.sum())) * GLOBE_M2
    sides_m2 = (size_m2, GLOBE_M2 - size_m2)
    meant_m2 = min(sides_m2, key=lambda side: abs(side - drawn_m2))
    if abs(meant_m2 - drawn_m2) > GLOBE_M2 / 8:
        raise GeometryError(
            f"a ring from longitude {ring[:, 0].min():g} to {ring[:, 0].max():g} has edges so long"
            " that either side may be its inside; put vertices into them"
        )
    return meant_m2


def geodesic_area_km2(geometry: BaseGeometry) -> float:
    """
    Return the area of one geometry [km²]; see `geodesic_areas_km2`.

    Examples
    --------
    >>> import shapely
    >>> f"{geodesic_area_km2(shapely.box(44, 39, 45, 40)):.1f}"
    '9549.5'
    """
    return float(geodesic_areas_km2([geometry])[0])


def geodesic_length_km(geometry: BaseGeometry) -> float:
    """
    Return the length of lines [km], longitude and latitude in degrees on WGS 84.

    Raises
    ------
    CRSError
        If a coordinate is out of range for degrees.

    Examples
    --------
    >>> import shapely
    >>> f"{geodesic_length_km(shapely.LineString([(44, 39), (44, 40)])):.2f}"
    '111.03'
    """
    lines = shapely.get_parts(geometry)
    coordinates, of_line = shapely.get_coordinates(lines, return_index=True)
    require_degrees(coordinates)
    lon, lat = np.ascontiguousarray(coordinates.T)
    same = of_line[1:] == of_line[:-1]
    if not same.any():
        return 0.0
    _, _, metres = wgs84().inv(lon[:-1][same], lat[:-1][same], lon[1:][same], lat[1:][same])
    return float(np.sum(metres)) / 1e3


def multipolygon(geometry: BaseGeometry) -> shapely.MultiPolygon:
    """Return the polygons of a geometry, without the lines and points where land only touches."""
    parts = shapely.get_parts(geometry)
    return shapely.MultiPolygon([part for part in parts if isinstance(part, shapely.Polygon)])


def multilinestring(geometry: BaseGeometry) -> shapely.MultiLineString:
    """Return the lines of a geometry, without the points where lines only touch."""
    parts = shapely.get_parts(geometry)
    is_line = np.isin(shapely.get_type_id(parts), (1, 2)) & ~shapely.is_empty(parts)
    # cast: the function gives an array only for indices
    return cast("shapely.MultiLineString", shapely.multilinestrings(parts[is_line]))


def edges_of(lines: BaseGeometry | Sequence[BaseGeometry]) -> NDArray[np.object_]:
    """Return each edge of some lines: next to nothing is in its box, and much is in a line's."""
    coordinates, of_line = shapely.get_coordinates(shapely.get_parts(lines), return_index=True)
    same = of_line[1:] == of_line[:-1]
    ends = np.stack((coordinates[:-1][same], coordinates[1:][same]), axis=1)
    return np.asarray(shapely.linestrings(ends))


def multipolygons(geometries: NDArray[np.object_]) -> NDArray[np.object_]:
    """Return the polygons of each geometry as `multipolygon` does, thousands at once."""
    parts, owner = shapely.get_parts(geometries, return_index=True)
    is_polygon = shapely.get_type_id(parts) == shapely.GeometryType.POLYGON
    is_polygon &= ~shapely.is_empty(parts)
    found = np.full(len(geometries), shapely.MultiPolygon(), dtype=object)
    shapely.multipolygons(parts[is_polygon], indices=owner[is_polygon], out=found)
    return found
