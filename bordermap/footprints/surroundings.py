"""What lies round a place: the border and each province's land, in metres."""

from dataclasses import dataclass
from typing import Self

import shapely
from shapely.geometry.base import BaseGeometry

from bordermap.boundaries import Borders
from bordermap.projection import LocalProjection


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
        square = shapely.segmentize(shapely.box(-reach_m, -reach_m, reach_m, reach_m), reach_m / 8)
        box = shapely.box(*shapely.bounds(projection.to_degrees(square)))
        lines = [shapely.intersection(line.line, box) for line in borders.lines]
        parts = {p.code: shapely.intersection(p.polygon, box) for p in borders.provinces}
        return cls(
            projection=projection,
            line=projection.to_metres(shapely.line_merge(shapely.union_all(lines))),
            land={
                code: projection.to_metres(part) for code, part in parts.items() if part.area > 0
            },
        )
