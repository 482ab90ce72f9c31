"""What lies round a place: the border and each province's land, in metres."""

from dataclasses import dataclass
from typing import Self

import shapely
from shapely.geometry.base import BaseGeometry

from bordermap.areas import multilinestring, multipolygon
from bordermap.boundaries import Borders
from bordermap.errors import GeometryError
from bordermap.projection import (
    HALF_TURN,
    LONGEST_EDGE_DEGREES,
    LocalProjection,
    rolled,
    turned_to,
)


@dataclass(frozen=True, kw_only=True)
class Surroundings:
    """
    The border and the land round a place.

    Parameters
    ----------
    projection
        Local projection, centred on the place.
    line
        The border [m], merged.
    land
        Land by province code [m]; provinces without land here are left out.
    """

    projection: LocalProjection
    line: BaseGeometry
    land: dict[str, BaseGeometry]

    @classmethod
    def of(cls, place: shapely.Point, borders: Borders, *, reach_m: float) -> Self:
        """
        Return what lies round a place.

        Parameters
        ----------
        place
            Longitude, latitude [degrees, WGS 84].
        borders
            The lines, and the provinces whose land counts.
        reach_m
            What lies within this distance is there; some more may be [m].
        """
        projection = LocalProjection.centred_on(place)
        box = _box(projection, reach_m)
        parts = {code: multipolygon(_cut(land, box, place)) for code, land in borders.land.items()}
        return cls(
            projection=projection,
            line=_line(borders, box, place, projection),
            land={
                code: projection.to_metres(rolled(part))
                for code, part in parts.items()
                if part.area > 0
            },
        )


def nearest_border(place: shapely.Point, borders: Borders, *, reach_m: float) -> shapely.Point:
    """
    Return the point of the border that is nearest to a place [degrees, WGS 84].

    Parameters
    ----------
    place
        Longitude, latitude [degrees, WGS 84].
    borders
        The lines to look along.
    reach_m
        Farthest that it may be [m].

    Raises
    ------
    GeometryError
        If no border is so near.
    """
    projection = LocalProjection.centred_on(place)
    line = _line(borders, _box(projection, reach_m), place, projection)
    centre = shapely.Point(0, 0)
    if line.is_empty or shapely.distance(line, centre) > reach_m:
        raise GeometryError(
            f"no border within {reach_m / 1e3:.1f} km of {place.x:.4f}, {place.y:.4f} (longitude,"
            " latitude) that an incursion could start from; check the site or name its province"
        )
    way = shapely.shortest_line(line, centre)
    return projection.to_degrees(shapely.get_point(way, 0))


def _line(
    borders: Borders, box: shapely.Polygon, place: shapely.Point, projection: LocalProjection
) -> BaseGeometry:
    """Return the border in a box, merged [m]."""
    # Edges are divided before they are cut: a piece of an edge is no geodesic of its own.
    line = _cut(borders.line, box, place)
    return projection.to_metres(rolled(shapely.line_merge(multilinestring(line))))


def _box(projection: LocalProjection, reach_m: float) -> shapely.Polygon:
    """Return the box that holds all within a distance of the centre [degrees, continuous]."""
    square = shapely.segmentize(shapely.box(-reach_m, -reach_m, reach_m, reach_m), reach_m / 8)
    box = shapely.box(*shapely.bounds(turned_to(projection.to_degrees(square), projection.lon)))
    # Its edges are parallels, which the geodesic between two far corners would leave.
    return shapely.segmentize(box, LONGEST_EDGE_DEGREES)


def _cut(geometry: BaseGeometry, box: shapely.Polygon, place: shapely.Point) -> BaseGeometry:
    """Return what of a geometry lies in a box; what the antimeridian has parted is one again."""
    here = turned_to(geometry, place.x)
    if box.bounds[0] < -HALF_TURN or box.bounds[2] > HALF_TURN:
        here = shapely.union_all(shapely.get_parts(here))
    return shapely.intersection(here, box)
