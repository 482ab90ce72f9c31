"""A view: what part of the world a small map shows, and where on the drawing it lies."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from bordermap.projection import HALF_TURN, LocalProjection, continuous

WIDTH = 470.0
"""Width of the drawing [px]."""

MARGIN = 0.06
"""Land shown beyond the provinces, as a share of their extent."""

FINEST_PX = 0.35
"""Detail smaller than this is left out [px]."""


@dataclass(frozen=True, kw_only=True)
class View:
    """
    What part of the world is drawn, and where on the drawing it is.

    Parameters
    ----------
    projection
        Local projection.
    box
        West, south, east, north of what is drawn [degrees, WGS 84]; east is above 180 where the
        view crosses the antimeridian.
    west_m, north_m
        The upper left corner [m].
    metres_a_px
        Scale [m/px].
    height
        Height of the drawing [px].
    """

    projection: LocalProjection
    box: tuple[float, float, float, float]
    west_m: float
    north_m: float
    metres_a_px: float
    height: float

    @classmethod
    def of(cls, land: Sequence[BaseGeometry]) -> "View":
        """Return the view that holds some land [degrees, WGS 84], with a margin."""
        lon, lat = shapely.get_coordinates(land).T
        lon = continuous(lon)
        west, east = float(lon.min()), float(lon.max())
        south, north = float(lat.min()), float(lat.max())
        projection = LocalProjection(lon=_turned((west + east) / 2), lat=(south + north) / 2)
        rim = np.array([(x, y) for x in np.linspace(west, east, 9) for y in (south, north)])
        metres = projection.project(rim)
        (left, bottom), (right, top) = metres.min(axis=0), metres.max(axis=0)
        margin = MARGIN * max(right - left, top - bottom)
        scale = (right - left + 2 * margin) / WIDTH
        corners = np.array(
            [
                (x, y)
                for x in (left - margin, right + margin)
                for y in (bottom - margin, top + margin)
            ]
        )
        degrees = projection.unproject(corners)
        if east > HALF_TURN:
            degrees[:, 0] %= 2 * HALF_TURN
        (low_x, low_y), (high_x, high_y) = degrees.min(axis=0), degrees.max(axis=0)
        return cls(
            projection=projection,
            box=(float(low_x), float(low_y), float(high_x), float(high_y)),
            west_m=float(left - margin),
            north_m=float(top + margin),
            metres_a_px=float(scale),
            height=float((top - bottom + 2 * margin) / scale),
        )

    def pixels(self, degrees: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return where points are on the drawing [px]; longitude, latitude [degrees, WGS 84]."""
        metres = self.projection.project(degrees)
        return (metres - (self.west_m, self.north_m)) * (1, -1) / self.metres_a_px

    def degrees(self, pixels: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return the longitude, latitude [degrees, WGS 84] of places on the drawing [px]."""
        metres = pixels * (1, -1) * self.metres_a_px + (self.west_m, self.north_m)
        return self._in_box(self.projection.unproject(metres))

    def point(self, point: shapely.Point) -> tuple[float, float]:
        """Return where a point is on the drawing [px]."""
        x, y = self.pixels(np.array([[point.x, point.y]]))[0].tolist()
        return x, y

    def holds(self, point: shapely.Point) -> bool:
        """Return whether a point is on the drawing."""
        x, y = self.point(point)
        return 0 <= x <= WIDTH and 0 <= y <= self.height

    def seen(self, geometry: BaseGeometry) -> BaseGeometry:
        """Return a geometry [degrees, WGS 84] cut to the view, without detail too fine to see."""
        tolerance = FINEST_PX * self.metres_a_px / 111_320
        if self.box[2] > HALF_TURN:
            geometry = shapely.transform(geometry, self._in_box)
        cut = shapely.clip_by_rect(geometry, *self.box)
        return shapely.simplify(cut, tolerance, preserve_topology=False)

    def runs(self, geometry: BaseGeometry) -> list[NDArray[np.float64]]:
        """Return the rings and lines of a geometry [degrees, WGS 84], cut to the view [px]."""
        parts = shapely.get_parts(self.seen(geometry))
        polygons = shapely.get_type_id(parts) == shapely.GeometryType.POLYGON
        rings = shapely.get_rings(parts[polygons])
        lines = parts[shapely.get_type_id(parts) == shapely.GeometryType.LINESTRING]
        found = [*rings, *lines]
        return [self.pixels(shapely.get_coordinates(one)) for one in found]

    def _in_box(self, degrees: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return longitudes above 180 for those beyond the antimeridian, if the view crosses it."""
        if self.box[2] <= HALF_TURN:
            return degrees
        return degrees + np.where(degrees[:, :1] < 0, (2 * HALF_TURN, 0.0), 0.0)


def _turned(lon: float) -> float:
    """Return a longitude between -180 and 180 [degrees]."""
    return (lon + HALF_TURN) % (2 * HALF_TURN) - HALF_TURN
