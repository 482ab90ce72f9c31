"""Geometries on a globe that is cut at longitude 180, as RFC 7946 wants them."""

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.affinity import translate
from shapely.geometry.base import BaseGeometry

from bordermap.errors import GeometryError

_TURN = 360.0
_HALF_TURN = 180.0
_POLE = 90.0


def cut_at_antimeridian(geometries: NDArray[np.object_]) -> NDArray[np.object_]:
    """
    Return geometries that reach beyond longitude ±180 cut there, their parts brought back.

    Parameters
    ----------
    geometries
        Longitude, latitude [degrees]; longitudes may go on beyond 180, up to a turn.

    Raises
    ------
    GeometryError
        If a latitude is beyond ±90, a longitude beyond ±540, a coordinate not finite, or an edge
        longer than half a turn: it would be drawn the wrong way round the globe.
    """
    coordinates, owner = shapely.get_coordinates(geometries, return_index=True)
    reach = np.abs(coordinates)
    if len(reach) and not (reach <= (_HALF_TURN, _POLE)).all():
        _require_one_turn(coordinates, reach)
        geometries = geometries.copy()
        west, _, east, _ = shapely.bounds(geometries).T
        for index in np.flatnonzero((west < -_HALF_TURN) | (east > _HALF_TURN)):
            geometries[index] = _brought_back(geometries[index])
    jumps = np.abs(np.diff(coordinates[:, 0])) > _HALF_TURN
    for index in np.unique(owner[1:][jumps & (owner[1:] == owner[:-1])]):
        _require_short_edges(geometries[index])
    return geometries


def part_boxes(geometries: NDArray[np.object_]) -> NDArray[np.float64]:
    """Return west, south, east, north of every part of some geometries; shape (n, 4) [degrees]."""
    boxes: NDArray[np.float64] = shapely.bounds(shapely.get_parts(geometries))
    return boxes[~np.isnan(boxes[:, 0])]


def bounding_box(boxes: NDArray[np.float64]) -> NDArray[np.float64]:
    """
    Return the box around boxes by RFC 7946, 5.

    Parameters
    ----------
    boxes
        West, south, east, north of each part [degrees, WGS 84], cut at the antimeridian; at
        least one, shape (n, 4).

    Returns
    -------
    West, south, east, north, shape (4,). West is greater than east where the parts lie on both
    sides of the antimeridian and not all around the globe (RFC 7946, 5.2).
    """
    box: NDArray[np.float64] = np.r_[boxes[:, :2].min(axis=0), boxes[:, 2:].max(axis=0)]
    if (box[0], box[2]) == (-_HALF_TURN, _HALF_TURN):
        box[0], box[2] = _around_widest_gap(boxes[:, 0], boxes[:, 2])
    return box


def _require_one_turn(coordinates: NDArray[np.float64], reach: NDArray[np.float64]) -> None:
    within = (reach <= (_HALF_TURN + _TURN, _POLE)).all(axis=1)
    if not within.all():
        lon, lat = coordinates[np.argmin(within)]
        raise GeometryError(f"({lon:.10g}, {lat:.10g}) is no longitude, latitude; not written")


def _require_short_edges(geometry: BaseGeometry) -> None:
    for line in _lines(geometry):
        (lon, lat) = shapely.get_coordinates(line).T
        at_pole = np.abs(lat) == _POLE  # there all longitudes are one point
        if ((np.abs(np.diff(lon)) > _HALF_TURN) & ~(at_pole[:-1] & at_pole[1:])).any():
            raise GeometryError(
                f"an edge near ({lon[0]:.10g}, {lat[0]:.10g}) goes over half the globe;"
                " cut the geometry at longitude 180 before it is written"
            )


def _lines(geometry: BaseGeometry) -> list[BaseGeometry]:
    """Return the lines and rings a geometry is made of."""
    parts = shapely.get_parts(geometry)
    if (shapely.get_type_id(parts) > shapely.GeometryType.POLYGON).any():
        return [line for part in parts for line in _lines(part)]
    is_line = shapely.get_dimensions(parts) == 1
    return [*parts[is_line], *shapely.get_rings(parts)]


def _brought_back(geometry: BaseGeometry) -> BaseGeometry:
    parts: list[BaseGeometry] = []
    for turn in (-_TURN, 0.0, _TURN):
        strip = shapely.box(turn - _HALF_TURN, -_POLE, turn + _HALF_TURN, _POLE)
        pieces = shapely.get_parts(shapely.intersection(geometry, strip))
        same = shapely.get_dimensions(pieces) == shapely.get_dimensions(geometry)
        parts.extend(translate(piece, xoff=-turn) for piece in pieces[same])
    return shapely.union_all(parts)


def _around_widest_gap(west: NDArray[np.float64], east: NDArray[np.float64]) -> tuple[float, float]:
    """Return west and east of what touches both sides of the cut, around its widest gap."""
    order = np.argsort(west)
    reached = np.maximum.accumulate(east[order])[:-1]
    gaps = west[order][1:] - reached
    if not len(gaps) or gaps.max() <= 0:
        return -_HALF_TURN, _HALF_TURN
    widest = int(np.argmax(gaps))
    return float(west[order][widest + 1]), float(reached[widest])
