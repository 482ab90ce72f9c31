"""Caps: discs round a site, cut by the claimed land, many at once."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Self

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from bordermap.areas import multipolygon
from bordermap.boundaries import Borders
from bordermap.errors import GeometryError
from bordermap.footprints.columns import crossings
from bordermap.footprints.strip import QUARTER_SEGMENTS
from bordermap.footprints.surroundings import Surroundings
from bordermap.projection import LocalProjection

SAMPLES = 256
"""Points that a disc is measured at."""

GRID = 96
"""Cells along each side of the grid that tells how much land of whom is round a point."""

COLUMNS = 8
"""Columns in each cell of the grid along which land is measured."""

WIDEST_M = 100_000.0
"""Largest radius [m]."""


@dataclass(frozen=True, kw_only=True)
class CapFrame:
    """
    Where a cap is, and whose land lies round it.

    Parameters
    ----------
    projection
        Local projection, centred on the site.
    land
        Land by province code [m].
    half_m
        Half the side of the square in which the land is known [m].
    """

    projection: LocalProjection
    land: Mapping[str, BaseGeometry]
    half_m: float

    @classmethod
    def at(cls, place: shapely.Point, borders: Borders, *, widest_m: float, move_m: float) -> Self:
        """
        Return the frame of a cap at a place.

        Parameters
        ----------
        place
            Longitude, latitude [degrees, WGS 84].
        borders
            The provinces whose land counts.
        widest_m
            Largest radius that will be asked for [m].
        move_m
            Farthest that the centre will be moved [m].

        Raises
        ------
        GeometryError
            If the radius is out of range, or no land of the provinces is near.
        """
        if not 0 < widest_m <= WIDEST_M:
            raise GeometryError(
                f"a radius of {widest_m:g} m cannot be measured; give at most {WIDEST_M:,.0f} m"
            )
        half_m = widest_m + move_m
        around = Surroundings.of(place, borders, reach_m=half_m)
        if not around.land:
            raise GeometryError(
                f"no land of {borders.codes} within {half_m / 1e3:.1f} km of {place.x:.4f},"
                f" {place.y:.4f} (longitude, latitude); check the site or name its province"
            )
        return cls(projection=around.projection, land=around.land, half_m=half_m)

    @property
    def provinces(self) -> tuple[str, ...]:
        """Codes of the provinces with land here, in the order of the tables."""
        return tuple(self.land)

    @property
    def corners(self) -> NDArray[np.float64]:
        """Points between which all lies that may be drawn [m], shape (4, 2)."""
        ends = (-self.half_m, self.half_m)
        return np.array([(x, y) for x in ends for y in ends])

    def polygons(
        self, *, radius_m: float, east_m: float = 0.0, north_m: float = 0.0
    ) -> dict[str, shapely.MultiPolygon]:
        """
        Return the cap's land by province [degrees, WGS 84].

        Parameters
        ----------
        radius_m
            Radius [m].
        east_m, north_m
            Move of the centre [m].
        """
        disc = shapely.Point(east_m, north_m).buffer(radius_m, quad_segs=QUARTER_SEGMENTS)
        cut = {code: shapely.intersection(part, disc) for code, part in self.land.items()}
        return {
            code: multipolygon(self.projection.to_degrees(part))
            for code, part in cut.items()
            if part.area > 0
        }

    def in_projection(self, points: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return points of the frame in the projection, and the reverse: they are the same [m]."""
        return points

    in_frame = in_projection

    def shares(self, points: NDArray[np.float64]) -> NDArray[np.float64]:
        """
        Return how much of the grid's cell round each point is land.

        Parameters
        ----------
        points
            Shape (2, ...) [m].

        Returns
        -------
        Shape (..., provinces), each from 0 to 1.
        """
        cell = (points * (GRID / 2 / self.half_m) + GRID / 2).astype(np.int32)
        across, up = np.clip(cell, 0, GRID - 1, out=cell)
        shares: NDArray[np.float64] = self._shares.reshape(GRID * GRID, -1)[across * GRID + up]
        return shares

    @cached_property
    def _shares(self) -> NDArray[np.float64]:
        """How much of each cell is land, by province: shape (GRID, GRID, provinces)."""
        edges = np.linspace(-self.half_m, self.half_m, GRID + 1)
        columns_m = ((np.arange(GRID * COLUMNS) + 0.5) / (GRID * COLUMNS) * 2 - 1) * self.half_m
        below = np.zeros((len(columns_m), GRID + 1, len(self.land)))
        for province, part in enumerate(self.land.values()):
            column, low, high = crossings(columns_m, -self.half_m, self.half_m, part)
            ways = np.clip(edges, low[:, None], high[:, None]) - low[:, None]
            np.add.at(below[..., province], column, ways)
        ways = np.diff(below, axis=1).reshape(GRID, COLUMNS, GRID, len(self.land)).mean(axis=1)
        shares: NDArray[np.float64] = ways / (edges[1] - edges[0])
        return shares


@dataclass(frozen=True, kw_only=True)
class Caps:
    """
    Many caps at one site.

    Parameters
    ----------
    frame
        Where they are.
    radius_m
        Radius [m], shape (draws,).
    east_m, north_m
        Move of the centre [m].
    """

    frame: CapFrame
    radius_m: NDArray[np.float64]
    east_m: NDArray[np.float64]
    north_m: NDArray[np.float64]

    @property
    def count(self) -> int:
        """How many there are."""
        return len(self.radius_m)

    def areas_km2(self) -> NDArray[np.float64]:
        """
        Return the area of each by province [km²], shape (draws, provinces).

        Notes
        -----
        πr² times the mean share of the province's land at `SAMPLES` points of the disc (a
        sunflower, which covers it evenly).
        """
        land = self.frame.shares(self._points()).mean(axis=1)
        km2: NDArray[np.float64] = land * np.pi * self.radius_m[:, None] ** 2 / 1e6
        return km2

    def samples(self) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """
        Return points that cover each cap evenly, and the area each stands for.

        Returns
        -------
        Points of shape (2, draws, points) in the frame [m], and areas of shape
        (provinces, draws, points) [km²], which add up to `areas_km2`.
        """
        points, each_km2 = self._points(), np.pi * self.radius_m**2 / SAMPLES / 1e6
        return points, np.moveaxis(self.frame.shares(points), 2, 0) * each_km2[:, None]

    def bounds(self) -> NDArray[np.float64]:
        """Return the box that holds each in the frame, east and north, shape (2, 2, draws)."""
        centres = np.stack((self.east_m, self.north_m))
        return np.stack((centres - self.radius_m, centres + self.radius_m), axis=1)

    def of_draws(self, draws: NDArray[np.intp]) -> "Caps":
        """Return the caps of some of the draws, by their numbers."""
        if len(draws) == self.count:
            return self
        return Caps(
            frame=self.frame,
            radius_m=self.radius_m[draws],
            east_m=self.east_m[draws],
            north_m=self.north_m[draws],
        )

    def contains(self, points: NDArray[np.float64]) -> NDArray[np.bool_]:
        """Return whether points of the frame, shape (2, draws, points), lie in each disc."""
        east_m, north_m = points - np.stack((self.east_m, self.north_m))[..., None]
        inside: NDArray[np.bool_] = east_m**2 + north_m**2 <= self.radius_m[:, None] ** 2
        return inside

    def _points(self) -> NDArray[np.float64]:
        """Return the points that each is measured at, shape (2, draws, SAMPLES) [m]."""
        spread = self.radius_m[None, :, None] * sunflower().T[:, None]
        points: NDArray[np.float64] = np.stack((self.east_m, self.north_m))[..., None] + spread
        return points


def sunflower() -> NDArray[np.float64]:
    """Return `SAMPLES` points that cover the unit disc evenly, shape (SAMPLES, 2)."""
    number = np.arange(SAMPLES) + 0.5
    radius = np.sqrt(number / SAMPLES)
    angle = np.pi * (3 - np.sqrt(5)) * number
    return np.column_stack((radius * np.cos(angle), radius * np.sin(angle)))
